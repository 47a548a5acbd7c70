/** Runs of a small county as somebody at a terminal makes them: their files, logs and nights, and what later commands make of them. */
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-cli')
const bidui = programIn(home)
const county = join(home, 'county')

// Last night's run: with a log, and the day up to which the police register reaches. Several tests look at it.
beforeAll(async () => {
  await synthesizeCounty({ people: 1500, seed: 'cli', out: county })
  const more = ['--as-of', 'police=2020-11-20', '--quiet', '--log', 'run.jsonl']
  expect(bidui('run', ...registers, ...more, '--out', 'night1').status).toBe(0)
})
const registers = ['--police', join(county, 'police.csv'), '--census', join(county, 'census.csv')]

test('the log of a run tells stages and counts, also of a run that fails, and nobody’s name or number', () => {
  const file = join(home, 'run.jsonl')
  const lines = () =>
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
  const done = lines()
  expect(done.map(({ msg }) => msg)).toEqual(['started', ...Array.from({ length: 6 }, () => 'stage'), 'finished'])
  expect(done.filter(({ msg }) => msg === 'stage').map(({ stage }) => stage)).toEqual([
    'ingest',
    'match',
    'model',
    'link',
    'findings',
    'write',
  ])
  const summary = JSON.parse(readFileSync(join(home, 'night1/summary.json'), 'utf8')) as {
    readonly people: { readonly total: number }
  }
  expect(done.at(-1)).toMatchObject({ level: 'info', people: summary.people.total, quarantined: 0, exit: 0 })
  expect(statSync(file).mode & 0o777).toBe(0o600)

  expect(bidui('run', '--police', '张三丰513027199901010018.csv', '--out', 'x', '--log', 'run.jsonl').status).toBe(66)
  expect(lines().at(-1)).toMatchObject({ level: 'error', exit: 66, msg: 'failed' })
  expect(readFileSync(file, 'utf8')).not.toMatch(/[\u4e00-\u9fff]|\d{18}/)

  expect(bidui('run', ...registers, '--out', 'x', '--log-level', 'warn').err).toContain('no --log FILE')
  expect(bidui('run', ...registers, '--out', 'x', '--log', 'l', '--log-level', 'loud')).toMatchObject({ status: 64 })
  expect(bidui('run', ...registers, '--out', 'x', '--log', county)).toMatchObject({ status: 73 })
})

describe('a township that last night had is not in tonight’s files', () => {
  const without = () => {
    const [header, ...lines] = readFileSync(join(county, 'census.csv'), 'utf8').split('\n')
    const block = header
      .replace(/^\ufeff/, '')
      .trim()
      .split(',')
      .indexOf('block_code')
    const townshipOf = (line: string) => (line.split(',')[block] ?? '').slice(0, 9)
    const gone = townshipOf(lines[0])
    const left = join(home, 'census-left.csv')
    writeFileSync(left, [header, ...lines.filter((line) => townshipOf(line) !== gone)].join('\n'))
    return { gone, tonight: ['--police', join(county, 'police.csv'), '--census', left] }
  }

  test('it is told with its rows, in summary and manifest too; --stop-on-loss refuses with 65 and writes nothing', () => {
    const { gone, tonight } = without()
    const told = bidui('run', ...tonight, '--out', 'night2', '--quiet', '--previous', 'night1')
    expect(told.status).toBe(0)
    expect(told.err).toMatch(
      new RegExp(`^\\[E141\\] 普查短表 乡镇 ${gone} 整个乡镇缺失\\(上次 [\\d,]+ 行 → 本次 0 行\\)`, 'mu'),
    )
    const read = (file: string) => JSON.parse(readFileSync(join(home, 'night2', file), 'utf8'))
    expect(read('summary.json').warnings[0]).toMatchObject({ code: 'E141', file: 'night1' })
    expect(read('manifest.json').previous).toMatchObject({
      run: 'night1',
      losses: [{ code: 'E141', register: 'census', township: gone, now: 0 }],
    })
    const refused = bidui('run', ...tonight, '--out', 'night3', '--quiet', '--previous', 'night1', '--stop-on-loss')
    expect(refused.status).toBe(65)
    expect(refused.err).toContain('[E143]')
    expect(existsSync(join(home, 'night3'))).toBe(false)
    expect(bidui('run', ...tonight, '--out', 'night4', '--previous', 'nowhere')).toMatchObject({ status: 66 })
  })

  test('extracts that came again, reach less far than last night’s, or a day that is a slip: told, the run is made', () => {
    const { tonight } = without()
    const days = ['--as-of', 'police=2020-11-12', '--as-of', 'deaths=2020-12-01', '--as-of', 'census=2002-11-01']
    const { status, err, out } = bidui('run', ...tonight, ...days, '--out', 'night7', '--previous', 'night1')
    expect(status).toBe(0)
    // The census of the same night lost a township: another file.
    expect(err).toMatch(/^\[E153\] 与上次是同样的文件：户籍。.*the same files as last time: police\. /m)
    expect(err).toMatch(/^\[E154\] 户籍数据截至 2020-11-12，早于上次的 2020-11-20/m)
    expect(out).toContain('--as-of deaths=2020-12-01: 本次没有给出死亡医学证明，此日期不起作用')
    expect(out).toMatch(/--as-of census=2002-11-01: 离标准时点 2020-11-01 一年以上/)
    const { warnings } = JSON.parse(readFileSync(join(home, 'night7/summary.json'), 'utf8'))
    const codes = warnings.map(({ code }: { code: string }) => code)
    expect(codes).toEqual(expect.arrayContaining(['E141', 'E152', 'E153', 'E154']))
  })

  test('a run of an earlier version is compared by register', () => {
    const path = join(home, 'night1', 'summary.json')
    const { rows_by_township: _, ...older } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    writeFileSync(path, JSON.stringify(older))
    const { tonight } = without()
    const { err } = bidui('run', ...tonight.slice(2), '--out', 'night5', '--quiet', '--previous', 'night1')
    expect(err).toMatch(/^\[E140\] 户籍 整个登记册缺失\(上次 [\d,]+ 行 → 本次 0 行\)/m)
    expect(err).toMatch(/^\[E142\] 普查短表 少了 \d+%/m)
  })
})

describe('a run', () => {
  test('leaves every file of the contract, whole, and says what it found', () => {
    const { status, out } = bidui(
      'run',
      ...registers,
      '--births',
      join(county, 'births.csv'),
      '--out',
      'run1',
      '--quiet',
    )
    expect(status).toBe(0)
    for (const file of [
      'people.csv',
      'links.csv',
      'findings.csv',
      'quarantine.csv',
      'summary.json',
      'manifest.json',
      'run.sqlite',
    ])
      expect(existsSync(join(home, 'run1', file)), file).toBe(true)
    expect(readFileSync(join(home, 'run1/people.csv'), 'utf8')).toMatch(/^person_id,register,record_id\r?\n/)
    expect(out).toContain('separated-pair')
    expect(out).toContain('counted-dead')
  })

  test('says by name and number of bits why two records are one person', () => {
    const line = readFileSync(join(home, 'run1/links.csv'), 'utf8').split('\n')[1].split(',')
    const { status, out } = bidui('explain', 'run1', `${line[0]}:${line[1]}`, `${line[2]}:${line[3]}`)
    expect(status).toBe(0)
    expect(out).toContain('prior')
    expect(out).toMatch(/判为同一人。/)
    expect(out).toMatch(/blocking 分组 {2}proposed by \d+ of \d+ rules/)
  })

  test('is measured against the truth', () => {
    const { status, out } = bidui('evaluate', 'run1', '--truth', join(county, 'people.csv'), '--json')
    expect(status).toBe(0)
    const all = JSON.parse(out).links.automatic[0]
    expect(all.precision).toBeGreaterThan(0.995)
  })

  test.each(['lists', 'report', 'review'])('%s of a damaged run says so, without a stack trace', (command) => {
    cpSync(join(home, 'run1'), join(home, `damaged-${command}`), { recursive: true })
    truncateSync(join(home, `damaged-${command}`, 'run.sqlite'), 100_000)
    const more = command === 'review' ? ['--rates'] : ['--out', `none-${command}`]
    const { status, err } = bidui(command, `damaged-${command}`, ...more)
    expect(status).toBe(65)
    expect(err).toMatch(new RegExp(`^\\[E109\\] damaged-${command}/run\\.sqlite: 数据库损坏`, 'm'))
    expect(err).not.toContain('    at ')
  })

  test.each([
    ['records.arrow', ['report', '--out', 'damaged.html']],
    ['records.arrow', ['check-sample', 'draw', '--seed', '1', '--out', 'damaged-sample']],
    ['links.arrow', ['evaluate', '--truth', join(county, 'people.csv'), '--no-blocking']],
  ])('%s cut short is told by whoever reads it', (file, [command, ...more]) => {
    const run = `cut-${command}`
    cpSync(join(home, 'run1'), join(home, run), { recursive: true })
    truncateSync(join(home, run, file), 5000)
    const args = command === 'check-sample' ? [command, more[0], run, ...more.slice(1)] : [command, run, ...more]
    const { status, err } = bidui(...args)
    expect(err).toContain(`[E109] ${run}/${file}: 文件损坏`)
    expect(status).toBe(65)
  })

  test('takes the same options from a job file, paths from where it lies', () => {
    writeFileSync(join(county, 'job.yaml'), 'police: [police.csv]\ncensus: census.csv\nout: ../run2\n')
    expect(bidui('run', join(county, 'job.yaml'), '--quiet').status).toBe(0)
    const read = (run: string): string => readFileSync(join(home, run, 'people.csv'), 'utf8')
    expect(read('run2').split('\n').length).toBeLessThan(read('run1').split('\n').length)
  })

  test('keeps a ragged row aside and ends with 3', () => {
    mkdirSync(join(home, 'ragged'))
    copyFileSync(join(county, 'police.csv'), join(home, 'ragged/police.csv'))
    appendFileSync(join(home, 'ragged/police.csv'), 'too,few,cells\n')
    const { status } = bidui(
      'run',
      '--police',
      'ragged/police.csv',
      '--census',
      join(county, 'census.csv'),
      '--out',
      'run3',
      '--quiet',
    )
    expect(status).toBe(3)
    expect(readFileSync(join(home, 'run3/quarantine.csv'), 'utf8')).toContain('E201')
  })
})

test('a report and a model replace an earlier one and no other file: no file of a run, no register', () => {
  const order = ['--purpose', '核查', '--authorisation', '1号']
  const summary = join('night1', 'summary.json')
  const [before, census] = [join(home, summary), registers[3]].map((path) => readFileSync(path, 'utf8'))
  for (const path of [summary, registers[3]]) {
    const refused = bidui('report', 'night1', '--out', path, ...order)
    expect(refused).toMatchObject({ status: 73, out: '' })
    expect(refused.err).toContain('E408')
  }
  expect(bidui('model', 'night1', '--save', summary)).toMatchObject({ status: 73 })
  expect([join(home, summary), registers[3]].map((path) => readFileSync(path, 'utf8'))).toEqual([before, census])
  // A page that no browser knows for one by its name would not open by a click.
  expect(bidui('report', 'night1', '--out', 'page', ...order).out).toContain('page.html')
  expect(existsSync(join(home, 'page'))).toBe(false)
  const page = readFileSync(join(home, 'page.html'), 'utf8')
  expect(page).toMatch(/^<!doctype html>/)
  expect(bidui('report', 'night1', '--out', 'page.html', '--purpose', '汇报', '--authorisation', '2号').status).toBe(0)
  expect(readFileSync(join(home, 'page.html'), 'utf8')).not.toBe(page)
  for (let night = 0; night < 2; night++) expect(bidui('model', 'night1', '--save', 'model.json').status).toBe(0)
})
