import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { beforeAll, expect, test, vi } from 'vitest'
import { makePersonalRecords } from '../../bench/accuracy/tables/personal-records.ts'
import { runTableCommand, type TableCommandOptions } from '../../src/commands/link.ts'
import { csvText } from '../../bench/accuracy/tables/words.ts'
import { programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-tables')
const bidui = programIn(home)
const put = (name: string, text: string | Uint8Array) => writeFileSync(join(home, name), text)
const spec =
  (file: string, more: Partial<TableCommandOptions> = {}) =>
  (folder: string) => ({ spec: join(folder, file), ...more })
const lines = (name: string) => readFileSync(join(home, name), 'utf8').trim().split('\n')

beforeAll(() => {
  const options = { duplicatesMost: 2, changesMost: 3, changesPerFieldMost: 2 }
  const one = makePersonalRecords(31, { originals: 100, duplicates: 60, apart: false, ...options })
  const two = makePersonalRecords(32, { originals: 80, duplicates: 80, apart: true, ...options })
  put('people.csv', csvText(one.left))
  put('left.csv', csvText(two.left))
  put('right.csv', csvText(two.right ?? []))
  put('spec.yaml', JSON.stringify(one.spec))
  put('near.yaml', JSON.stringify(one.spec).replace('surname', 'surnam'))
  put('empty.csv', '')
  put('header.csv', 'rec_id,given_name\n')
  put('latin1.csv', Buffer.from([0x69, 0x64, 0x2c, 0x61, 0x0a, 0x31, 0x2c, 0xff, 0xff, 0x0a]))
  put('same.csv', 'a,b\nx,y\nx,y\n')
  put('short.csv', 'rec_id,surname\n1,ash\n2\n')
  put(
    'chinese.csv',
    iconv.encode('编号;姓名;出生日期\n1;王小明;1980年2月3日\n2;王小明;1980-02-03\n3;李四;1975-01-09\n', 'gb18030'),
  )
})

test('dedupe leaves the files of the contract, every record once in clusters.csv, and measures against a truth column', () => {
  const { status, out, err } = bidui(
    'dedupe',
    'people.csv',
    '--spec',
    'spec.yaml',
    '--out',
    'd1',
    '--truth-column',
    'cluster',
  )
  expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' })
  expect(readdirSync(join(home, 'd1')).sort()).toEqual(['clusters.csv', 'links.csv', 'model.json', 'summary.json'])
  expect(lines('d1/links.csv')[0]).toBe('left_record_id,right_record_id,match_weight,match_probability,decision')
  const [header, ...clusters] = lines('d1/clusters.csv')
  expect(header).toBe('cluster_id,record_id')
  expect(new Set(clusters.map((line) => line.split(',')[1])).size).toBe(lines('people.csv').length - 1)
  expect(out).toMatch(/precision 准确率 1\.0000 {2}recall 召回率 (1\.0|0\.9)/)
})

test('link with a guessed spec names the table of each record', () => {
  const { status, err } = bidui('link', 'left.csv', 'right.csv', '--spec', 'auto', '--out', 'l1')
  expect(status).toBe(0)
  expect(err).toMatch(/surname: family name/)
  // The guess lies beside what came of it, to be corrected.
  expect(err).toContain(readFileSync(join(home, 'l1/spec.yaml'), 'utf8'))
  const [header, ...clusters] = lines('l1/clusters.csv')
  expect(header).toBe('cluster_id,source,record_id')
  expect(clusters.filter((line) => line.includes(',left,')).length).toBe(80)
  expect(lines('l1/links.csv').filter((line) => line.endsWith(',link')).length).toBeGreaterThan(76)
})

test('a workbook gives what its rows give as text, and one that is no workbook is refused', async () => {
  const rows = lines('people.csv').map((line) => line.split(','))
  // As clerks leave it: a second sheet without anything, and styled rows below the last one.
  put(
    'people.xlsx',
    await writeXlsx({
      sheets: [
        { name: 'people', rows: [...rows, rows[0].map(() => '')] },
        { name: 'Sheet2', rows: [] },
      ],
    }),
  )
  expect(bidui('dedupe', 'people.csv', '--spec', 'spec.yaml', '--out', 'xlsx1').status).toBe(0)
  const { status, err } = bidui('dedupe', 'people.xlsx', '--spec', 'spec.yaml', '--out', 'xlsx2')
  expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' })
  for (const name of ['links.csv', 'clusters.csv', 'model.json'])
    expect(readFileSync(join(home, 'xlsx2', name), 'utf8')).toBe(readFileSync(join(home, 'xlsx1', name), 'utf8'))
  expect(bidui('propose-spec', 'people.xlsx').out).toBe(bidui('propose-spec', 'people.csv').out)
  put('text.xlsx', 'a,b\nx,y\n')
  const refused = bidui('dedupe', 'text.xlsx', '--spec', 'auto', '--out', 'xlsx3')
  expect(refused.status).toBe(65)
  expect(refused.err).toMatch(/E106.*text\.xlsx/)
  expect(bidui('dedupe', 'gone.xlsx', '--spec', 'auto', '--out', 'xlsx3').err).toMatch(/E402.*no such file/)
})

test('without a spec the guess is shown and nothing is run; the guess can be saved and used', async () => {
  const shown = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  const run = runTableCommand([join(home, 'chinese.csv')], {
    out: join(home, 'no ne'),
  })
  await expect(run).rejects.toThrow(
    `
  bidui dedupe ${join(home, 'chinese.csv')} --spec auto --out '${join(home, 'no ne')}'
或先改正 or correct it first:
  bidui propose-spec ${join(home, 'chinese.csv')} > spec.yaml
  bidui dedupe ${join(home, 'chinese.csv')} --spec spec.yaml --out '${join(home, 'no ne')}'`,
  )
  const text = String(shown.mock.calls[0][0])
  shown.mockRestore()
  expect(existsSync(join(home, 'no ne'))).toBe(false)
  expect(text).toMatch(/^id: 编号\ncolumns:\n {2}姓名: full name.*\n {2}出生日期: date/)
  put('guess.yaml', text)
  await runTableCommand([join(home, 'chinese.csv')], { spec: join(home, 'guess.yaml'), out: join(home, 'c1') })
  const clusterOf = new Map(lines('c1/clusters.csv').map((line) => line.split(',').reverse() as [string, string]))
  expect(clusterOf.get('3')).not.toBe(clusterOf.get('1'))
})

test.each<[string, string[], (home: string) => Partial<TableCommandOptions>, number, RegExp]>([
  ['a missing file', ['gone.csv'], spec('spec.yaml'), 66, /E402.*gone\.csv.*no such file/],
  ['a folder', ['.'], spec('spec.yaml'), 66, /E402.*a folder, not a file/],
  ['a missing spec', ['people.csv'], spec('gone.yaml'), 66, /E402.*gone\.yaml/],
  ['an empty file', ['empty.csv'], spec('spec.yaml'), 65, /E501.*empty\.csv/],
  ['a column that is not there', ['people.csv'], spec('near.yaml'), 78, /E516.*surnam.*did you mean surname\?/],
  [
    'a truth column that is not there',
    ['people.csv'],
    spec('spec.yaml', { truthColumn: 'clustr' }),
    78,
    /E516.*clustr.*did you mean cluster\?/,
  ],
  ['a row too short', ['short.csv'], spec('spec.yaml'), 65, /E505.*short\.csv:3/],
  ['bytes of no known encoding', ['latin1.csv'], spec('spec.yaml'), 65, /E502.*latin1\.csv/],
  ['a share beyond 1', ['people.csv'], spec('spec.yaml', { probabilityMin: '7' }), 64, /E401.*between 0 and 1/],
  ['a policy that is none', ['left.csv', 'right.csv'], spec('spec.yaml', { oneToOne: 'maybe' }), 64, /E401.*maybe/],
  ['no worker', ['people.csv'], spec('spec.yaml', { workers: '0' }), 64, /E401.*--workers 0/],
  ['one record to explain', ['people.csv'], spec('spec.yaml', { explain: ['zz'] }), 64, /E401.*two record/],
  [
    'an unknown record to explain',
    ['people.csv'],
    spec('spec.yaml', { explain: ['zz', 'yy'] }),
    64,
    /E517.*zz.*see column/,
  ],
  ['a guess where nothing can be compared', ['same.csv'], () => ({ spec: 'auto' }), 78, /E519.*same\.csv/],
])(
  '%s is refused with its exit status and what to do, and leaves nothing',
  async (_, files, options, status, message) => {
    const out = join(home, 'refused')
    const run = () =>
      runTableCommand(
        files.map((file) => join(home, file)),
        { out, ...options(home) },
      )
    await expect(run()).rejects.toThrow(message)
    await expect(run()).rejects.toThrow(expect.objectContaining({ exitStatus: status }))
    expect(existsSync(out)).toBe(false)
  },
)

test('a file without a header is refused with the option that reads it, which leads to the same links', async () => {
  const [header, ...rows] = lines('people.csv')
  const answer = header.split(',').indexOf('cluster') + 1
  put('headless.csv', `${rows.join('\n')}\n`)
  const files = [join(home, 'headless.csv')]
  const refused = runTableCommand(files, { spec: 'auto', out: join(home, 'n1') })
  await expect(refused).rejects.toThrow(expect.objectContaining({ advice: expect.stringMatching(/--no-header/) }))
  const quiet = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  await runTableCommand(files, { spec: 'auto', header: false, truthColumn: `c${answer}`, out: join(home, 'n1') })
  quiet.mockRestore()
  expect(lines('n1/clusters.csv').length).toBe(rows.length + 1)
  expect(Math.abs(lines('n1/links.csv').length - lines('d1/links.csv').length)).toBeLessThan(5)
})

test('a header without rows gives empty results, not a crash', async () => {
  put('one.yaml', '{id: rec_id, columns: {given_name: given name}}')
  await runTableCommand([join(home, 'header.csv')], { spec: join(home, 'one.yaml'), out: join(home, 'h1') })
  expect(lines('h1/links.csv').length).toBe(1)
})

test('any number of workers leaves the same bytes', async () => {
  for (const workers of ['1', '2', '3'])
    await runTableCommand([join(home, 'left.csv'), join(home, 'right.csv')], {
      spec: join(home, 'spec.yaml'),
      out: join(home, `w${workers}`),
      workers,
    })
  const files = readdirSync(join(home, 'w1'))
  expect(files.length).toBeGreaterThan(3)
  for (const file of files)
    for (const many of ['w2', 'w3'])
      expect(readFileSync(join(home, many, file), 'utf8')).toBe(readFileSync(join(home, 'w1', file), 'utf8'))
})
