/** From a run to the lists, from the filled lists to the next run: answers, as somebody at a terminal sees them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { runToDirectory } from '../../src/commands/run.ts'
import { stageLines } from '../../src/progress.ts'
import { loadAnswers } from '../../src/report/lists/answer-store.ts'
import { decodeCsv, encodeCsv } from '../../src/report/lists/csv.ts'
import { completeSettings } from '../../src/settings.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { PROGRAM, programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-answers-cli')
const bidui = programIn(home)

const REGISTERS = ['police', 'census', 'census-deaths', 'births', 'deaths'].flatMap((name) => [
  `--${name}`,
  `county/${name.replace('-', '_')}.csv`,
])
const ORDER = ['--purpose', '比对复查', '--authorisation', '7号']

beforeAll(async () => {
  await synthesizeCounty({ people: 1500, seed: 'answers', out: join(home, 'county') })
  expect(bidui('run', ...REGISTERS, ...ORDER, '--out', 'run1', '--quiet').status).toBe(0)
}, 300_000)
const findings = (run: string) => decodeCsv(readFileSync(join(home, run, 'findings.csv'))).slice(1)

test('an answer is seen on the person, closes the case, and stands in the next run', () => {
  expect(bidui('answers', 'list', 'run1').out).toContain('nothing has been imported yet')
  expect(bidui('lists', 'run1', '--out', 'lists1', '--format', 'csv', '--severity', 'S1').status).toBe(0)
  const [file] = readdirSync(join(home, 'lists1'))
  const rows = decodeCsv(readFileSync(join(home, 'lists1', file)))
  const findingId = rows[1][rows[0].indexOf('编号')]
  rows[1][rows[0].indexOf('核实结果')] = '不属实'
  writeFileSync(join(home, 'filled.csv'), encodeCsv(rows))
  expect(bidui('answers', 'import', 'run1', 'filled.csv', '--apply').status).toBe(0)

  const record = findings('run1')
    .find(([id]) => id === findingId)?.[6]
    .split(';')[0] as string
  expect(bidui('person', 'run1', record).out).toContain('核实结果 answer: 不属实 — 已答结 closed')
  const again = bidui('lists', 'run1', '--out', 'lists2', '--format', 'csv', '--severity', 'S1')
  expect(again.out).toContain('已答结 1 条')
  expect(readFileSync(join(home, 'lists2', file), 'utf8')).not.toContain(findingId)

  const next = bidui('run', ...REGISTERS, ...ORDER, '--answers', 'run1', '--out', 'run2', '--quiet')
  expect(next.err).toContain('沿用答案 taken over 1')
  expect(bidui('person', 'run2', record).out).toContain('不属实')
  expect(readFileSync(join(home, 'run2/findings.csv'))).toEqual(readFileSync(join(home, 'run1/findings.csv')))
  expect(bidui('report', 'run2', '--out', 'r.html').status).toBe(0)
  expect(readFileSync(join(home, 'r.html'), 'utf8')).toContain('核查反馈')
}, 120_000)

test('how much is not for the police is said in both languages: it rests on census rows', () => {
  const { out } = bidui('lists', 'run1', '--out', 'police1', '--format', 'csv', '--for', 'police')
  const [, zh, en] =
    /^涉及普查登记、不对外提供 ([\d,]+) 条 · ([\d,]+) findings held back: they rest on census rows$/mu.exec(out) ?? []
  const [, listed] = /^问题清单 ([\d,]+) 条/u.exec(out) ?? []
  const told = bidui('lists', 'run1', '--out', 'census1', '--format', 'csv').out
  const [, all] = /^问题清单 ([\d,]+) 条/u.exec(told) ?? []
  const [, closed] = /^已答结 ([\d,]+) 条 · 1 finding left out: the field has answered$/mu.exec(told) ?? []
  const count = (text: string | undefined): number => Number(text?.replaceAll(',', ''))
  expect(en).toBe(zh)
  expect(count(zh)).toBeGreaterThan(100)
  expect(count(zh) + count(listed)).toBe(count(all) + count(closed))
})

test('a list that lacks rows, an answer in the wrong column, a folder: each is told with what to do, the refused rows first', () => {
  const [file] = readdirSync(join(home, 'lists1'))
  const [head, ...rows] = decodeCsv(readFileSync(join(home, 'lists1', file)))
  const blockOf = (row: readonly string[]) => row[head.indexOf('普查小区')]
  // The first row is answered by now: its sheet is none of which only one row is left to be missed.
  const row = rows.findLast((one) => rows.filter((other) => blockOf(other) === blockOf(one)).length > 1)!
  expect(blockOf(row)).not.toBe(blockOf(rows[0]))
  row[head.indexOf('备注')] = '属实'
  writeFileSync(join(home, 'torn.csv'), encodeCsv([head, row]))
  const { out, status } = bidui('answers', 'import', 'run1', 'torn.csv')
  expect(status).toBe(3)
  const [refused, missing] = out.split('\n')
  expect(refused).toMatch(/^\[E303\] torn\.csv 第2行 F\w+: 答案写在了「备注」.*belongs in 核实结果/)
  expect(missing).toMatch(/^\[E305\] torn\.csv: 缺 \d+ 行，视为未答 · \d+ rows? missing, counted as unanswered: F\w+/)
  expect(bidui('answers', 'import', 'run1', 'lists1').err).toContain('give the lists in it, as lists1/*.xlsx')
  expect(bidui('answers', 'import', 'run1', 'tron.csv').err).toContain('did you mean torn.csv?')
  expect(bidui('answers', 'import', 'run1', '~$torn.xlsx').err).toContain('save and close that workbook')
})

test('a folder of runs given for a run names the runs in it, a mistyped run the one that was meant', () => {
  expect(bidui('person', '.', 'census:1').err).toMatch(/runs in it: .*run1/)
  expect(bidui('person', 'run11', 'census:1').err).toContain('did you mean run1?')
  expect(bidui('person', 'run1', '边志刚').err).toContain('use the search of `bidui review`')
})

test('an import killed at any moment stands whole or not at all, and is taken by the next', async () => {
  cpSync(join(home, 'run1'), join(home, 'killed'), { recursive: true })
  const store = join(home, 'killed/answers.sqlite')
  for (const file of readdirSync(join(home, 'killed')))
    if (file.startsWith('answers.')) rmSync(join(home, 'killed', file))
  const sent = bidui('lists', 'killed', '--out', 'lists-killed', '--format', 'csv')
  expect(sent.status, sent.err).toBe(0)
  const files = readdirSync(join(home, 'lists-killed')).map((name) => {
    const rows = decodeCsv(readFileSync(join(home, 'lists-killed', name)))
    const verdictAt = rows[0].indexOf('核实结果')
    for (const row of rows.slice(1)) row[verdictAt] = '属实'
    writeFileSync(join(home, name), encodeCsv(rows))
    return { name, rows: rows.length - 1 }
  })
  const all = files.reduce((sum, file) => sum + file.rows, 0)
  expect(all).toBeGreaterThan(300)
  const args = ['answers', 'import', 'killed', ...files.map(({ name }) => name), '--apply']
  const standing = () => loadAnswers(join(home, 'killed')).size
  const log = `${store}-wal`
  // As the store is opened, as its tables are made, and while the answers are written.
  for (const bytes of [0, 1, 20_000, 60_000]) {
    const child = spawn(PROGRAM[0], [PROGRAM[1], ...args], { cwd: home, stdio: 'ignore' })
    let hasEnded = false
    const ended = once(child, 'exit').then(() => (hasEnded = true))
    // The log goes away with the end of the import, between two looks too.
    while (!hasEnded && (statSync(log, { throwIfNoEntry: false })?.size ?? -1) < bytes) await setTimeout(1)
    child.kill('SIGKILL')
    await ended
    expect([0, all], `killed at ${bytes} bytes`).toContain(standing())
  }
  expect(bidui(...args).status).toBe(0)
  expect(standing()).toBe(all)
}, 120_000)

test('two nights are compared: nothing new between equal ones, and a finding that one of them lacks is told with its id', () => {
  expect(bidui('compare', 'run1', 'run2').out).toContain('No finding is new or gone')
  cpSync(join(home, 'run1'), join(home, 'less'), { recursive: true })
  const lines = readFileSync(join(home, 'run1/findings.csv'), 'utf8').split('\n')
  const [lost, code, severity] = lines[1].split(',')
  writeFileSync(join(home, 'less/findings.csv'), [lines[0], ...lines.slice(2)].join('\n'))
  const { out } = bidui('compare', 'run1', 'less')
  expect(out).toMatch(new RegExp(`^${severity} ${code} .* 0 +1 +\\d+$`, 'm'))
  expect(out).toMatch(/^户籍 police +([\d,]+) +\1 +0$/m)
  const { findings: changes } = JSON.parse(bidui('compare', 'run1', 'less', '--json').out) as {
    findings: readonly { readonly new: readonly string[]; readonly gone: readonly string[] }[]
  }
  expect(changes.flatMap((change) => change.gone)).toEqual([lost])
  expect(changes.flatMap((change) => change.new)).toEqual([])
})

test('a person is asked for by a finding as well as by a record, and each finding stands with its id', () => {
  const [id, , , , , , records] = findings('run1').find(([, , severity]) => severity === 'S1') as string[]
  const byFinding = bidui('person', 'run1', id).out
  expect(byFinding).toContain(`  ${id}  S1 `)
  expect(bidui('person', 'run1', records.split(';')[0]).out).toBe(byFinding)
})

test('a police station gets what the registers alone give, and nothing that the census helped to find', () => {
  const { out, status } = bidui('lists', 'run1', '--out', 'pol', '--format', 'csv', '--for', 'police', '--json')
  expect(status).toBe(0)
  const { rows, heldBack } = JSON.parse(out) as { rows: number; heldBack: number }
  const sent = findings('run1').filter(([, , severity]) => severity !== 'S0')
  const adm = sent.filter(([, , , lineage]) => lineage === 'adm')
  expect(rows).toBeGreaterThan(0)
  expect(rows).toBeLessThanOrEqual(adm.length)
  expect(rows + heldBack).toBe(sent.length)
}, 300_000)

test('an earlier run that is none is refused before the work begins', () => {
  const { status, err } = bidui('run', ...REGISTERS, '--answers', 'nowhere', '--out', 'run9', '--quiet')
  expect(status).toBe(66)
  expect(err).toContain('nowhere')
  expect(readdirSync(home)).not.toContain('run9')
})

test('a run appears with the answers of the earlier one in it, and not at all where they cannot be read', async () => {
  const seen: string[] = []
  const settings = completeSettings(
    { registers: { births: [join(home, 'county/births.csv')] }, out: join(home, 'run7') },
    () => 1,
  )
  const whenWhole = (staged: string) => {
    seen.push(...readdirSync(staged).filter((name) => name === 'run.sqlite' || name === 'manifest.json'))
    throw new Error('killed here')
  }
  const run = runToDirectory(settings, stageLines({ quiet: true }), { whenWhole })
  await expect(run).rejects.toThrow('killed here')
  expect(seen).toEqual(['manifest.json', 'run.sqlite'])
  expect(readdirSync(home).filter((name) => name.includes('run7'))).toEqual([])

  cpSync(join(home, 'run1'), join(home, 'run8'), { recursive: true })
  writeFileSync(join(home, 'run8/answers.sqlite'), 'cut short '.repeat(500))
  const { status, err } = bidui('run', ...REGISTERS, '--answers', 'run8', '--out', 'run9', '--quiet')
  expect(status).toBe(65)
  expect(err).toContain('E109')
  expect(readdirSync(home)).not.toContain('run9')
})

test('a record id alone, or under a misspelt register, is answered with the key that is meant', () => {
  const [key] = findings('run1')[0][6].split(';')
  const [register, id] = key.split(':')
  for (const given of [id, `${register}x:${id}`]) {
    const { status, err } = bidui('person', 'run1', given)
    expect(status).toBe(64)
    expect(err).toContain(`did you mean ${key}?`)
  }
})
