import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Command } from 'commander'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { registerAnswers } from '../../../src/commands/answers.ts'
import { registerLists } from '../../../src/commands/lists.ts'
import { decodeCsv, encodeCsv } from '../../../src/report/lists/csv.ts'
import { invented, writeRun } from './make-run.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const scratch = temporaryFolder('bidui-commands')
const COUNTY = invented({ townships: 1, blocksPerTownship: 2, findingsPerBlock: 5 })
let run: string

beforeAll(() => {
  run = writeRun(join(scratch, 'run'), COUNTY)
})
afterEach(() => {
  vi.restoreAllMocks()
  process.exitCode = undefined
})

async function bidui(...words: string[]): Promise<string> {
  const printed: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text))
    return true
  })
  const program = new Command('bidui').exitOverride().configureOutput({ writeErr: () => undefined })
  registerLists(program)
  registerAnswers(program)
  await program.parseAsync(['node', 'bidui', ...words])
  return printed.join('')
}

test('lists of a run whose files lack a township say so before anybody is sent for its people', async () => {
  const directory = writeRun(join(scratch, 'lossy'), COUNTY)
  const losses = [{ code: 'E141', register: 'census', township: '513027100', before: 900, now: 0 }]
  const database = new Database(join(directory, 'run.sqlite'))
  database.prepare("INSERT OR REPLACE INTO run VALUES ('previous', ?)").run(JSON.stringify({ run: 'night-1', losses }))
  database.close()
  const told: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told.push(String(text))
    return true
  })
  await bidui('lists', run, '--out', join(scratch, 'whole'), '--format', 'csv')
  expect(told.join('')).not.toContain('E14')
  await bidui('lists', directory, '--out', join(scratch, 'lacking'), '--format', 'csv')
  expect(told.join('')).toMatch(/\[E141\] 普查短表 乡镇 513027100 .*不要下发/)
})

test('lists, a preview, an import and its undo, from the command line', async () => {
  const out = join(scratch, 'lists')
  expect(await bidui('lists', run, '--out', out, '--format', 'csv')).toContain('问题清单 10 条，1 个乡镇，2 个普查小区')
  const rows = decodeCsv(readFileSync(join(out, '513027100_问题清单.csv')))
  const at = (name: string) => rows[0].indexOf(name)
  rows[1][at('核实结果')] = '属实'
  rows[2][at('姓名')] = '改名'
  const filled = join(scratch, 'filled.csv')
  writeFileSync(filled, encodeCsv(rows))

  const preview = await bidui('answers', 'import', run, filled)
  expect(preview).toContain('可导入 can be taken 1')
  expect(preview).toContain('[E301] filled.csv 第3行')
  expect(process.exitCode).toBe(3)
  for (const { raw } of COUNTY.records) {
    expect(preview).not.toContain(raw['name'])
    expect(preview).not.toContain(raw['id_number'])
  }
  expect(preview).not.toContain('改名')

  const taken = JSON.parse(await bidui('answers', 'import', run, filled, '--apply', '--json', '--user', '张')) as {
    importId: string
    counts: Record<string, number>
  }
  expect(taken.counts).toMatchObject({ applied: 1, rejected: 1 })
  expect(await bidui('answers', 'undo', run, taken.importId, '--user', '李')).toContain('1 条答案')
  const events = await bidui('answers', 'list', run)
  const line = (did: string, who: string) =>
    String.raw`20\d\d-\d\d-\d\d \d\d:\d\d \+08:00  ${did}  ${taken.importId}  ${who}  1 条 answer  .+\n`
  expect(events).toMatch(new RegExp(`^${line('导入 imported', '张')}${line('撤销 undone', '李')}$`))
})

test.each([
  [['--format', 'pdf'], /\[E401\] --format pdf/],
  [['--severity', 'S9'], /\[E401\] --severity S9/],
  [['--township', 'abc'], /\[E401\] --township abc/],
  [['--for', 'bank'], /\[E401\] --for bank/],
  [['--tables', '3'], /\[E401\] --tables 3/],
  [['--tables', 'all'], /\[E401\] --tables.*--police/],
  [['--purpose', ' '], /\[E401\].*--purpose/],
])('%j is refused with the option named, and leaves no directory', async (words, message) => {
  await expect(bidui('lists', run, '--out', join(scratch, 'refused'), ...words)).rejects.toThrow(message)
  expect(readdirSync(scratch).filter((name) => name.includes('refused'))).toEqual([])
})

test('a township without findings is told with the code that is near, where the run does not say where its rows lie', async () => {
  const said = await bidui('lists', run, '--out', join(scratch, 'empty'), '--format', 'csv', '--township', '513027101')
  expect(said).toMatch(/^513027101: 本次核对在此没有问题.* did you mean 513027100\?$/m)
})

test('a clean township is told and is no error; a code in none of the files is refused and writes nothing', async () => {
  const directory = writeRun(join(scratch, 'townships'), COUNTY)
  const rows = { police: { '513027100': 40, '513027101': 30, '': 2 } }
  writeFileSync(join(directory, 'summary.json'), JSON.stringify({ rows_by_township: rows }))
  const lists = (name: string, ...words: string[]) =>
    bidui('lists', directory, '--out', join(scratch, name), '--format', 'csv', ...words)
  const clean = await lists('clean', '--township', '513027101', '--township', '513027100')
  expect(clean).toMatch(/^513027101: 本次核对在此没有问题，没有清单 · no finding lies there, no list was written\.$/m)
  expect(clean).not.toContain('513027100:')
  expect(process.exitCode).toBeUndefined()
  expect(JSON.parse(await lists('json', '--township', '513027101', '--json')).empty).toHaveLength(1)
  const chosen = await lists('chosen', '--township', '513027100', '--severity', 'S0')
  expect(chosen).toMatch(/^513027100.*没有清单，10 个问题不在所选范围/m)
  await expect(lists('strange', '--township', '513027901')).rejects.toMatchObject({ code: 'E401', exitStatus: 64 })
  expect(readdirSync(scratch)).not.toContain('strange')
})
