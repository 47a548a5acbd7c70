/** `bidui check-sample` at a terminal: blocks drawn, a re-enumeration measured against the census, originals untouched. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { displayWidth } from '../../src/display-text.ts'
import { decodeCsv } from '../../src/report/lists/csv.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-check')
const bidui = programIn(home)
const path = (...parts: string[]) => join(home, ...parts)

const ORDER = ['--purpose', '质量抽查', '--authorisation', '7号']
const read = (name: string) => decodeCsv(readFileSync(path(name))).slice(1)
const hashes = () =>
  ['county', 'run'].flatMap((folder) =>
    readdirSync(path(folder)).map((name) =>
      createHash('sha256')
        .update(name)
        .update(readFileSync(path(folder, name)))
        .digest('hex'),
    ),
  )

beforeAll(async () => {
  const county = { people: 4000, seed: 'check', preset: 'hard' }
  await synthesizeCounty({ ...county, out: path('county') })
  const { status } = bidui(
    'run',
    '--police',
    'county/police.csv',
    '--census',
    'county/census.csv',
    ...ORDER,
    '--out',
    'run',
  )
  expect(status).toBe(0)
  expect(bidui('check-sample', 'draw', 'run', '--blocks', '5', '--seed', 's', '--out', 'blocks.csv').status).toBe(0)
  const checkBlocks = read('blocks.csv').map(([block]) => block)
  await synthesizeCounty({ ...county, out: path('again'), checkBlocks })
}, 300_000)
test('finds who is missed and who is twice, as the truth has it, and changes nothing', () => {
  const before = hashes()
  const { status, out } = bidui(
    'check-sample',
    'measure',
    'run',
    'again/check-sample.csv',
    '--blocks',
    'blocks.csv',
    '--out',
    'cases.csv',
  )
  expect(status).toBe(0)
  expect(out).toMatch(/5 blocks 普查小区/)
  expect(hashes()).toEqual(before)

  const people = new Map(read('again/people.csv').map(([person, register, id]) => [`${register}:${id}`, person]))
  const present = new Map<string, number>()
  for (const cells of read('again/census.csv')) {
    const person = people.get(`census:${cells[0]}`) as string
    if (cells[12] === '1') present.set(person, (present.get(person) ?? 0) + 1)
  }
  const truth = read('again/check-people.csv')
  const missed = truth.filter(([person]) => !present.has(person)).map(([, key]) => key)
  const said = read('cases.csv')
    .filter(([, kind]) => kind === '漏登' || kind === '只登记为外出')
    .map(([, , key]) => key)
  expect(missed.length).toBeGreaterThan(10)
  expect(missed.filter((key) => said.includes(key)).length).toBeGreaterThanOrEqual(missed.length * 0.97)
  expect(said.length).toBeLessThanOrEqual(missed.length * 1.1)
})

test('the cases name records, never people, and say for what they were written', () => {
  const text = readFileSync(path('cases.csv'), 'utf8')
  for (const cells of read('cases.csv')) expect(cells.at(-1)).toMatch(/用途：质量抽查.*授权编号：7号/)
  for (const cells of read('again/check-sample.csv')) {
    expect(text).not.toContain(cells[6])
    if (cells[8].length > 6) expect(text).not.toContain(cells[8])
  }
})

test('a block where nobody went, and rows outside the draw, are said and left out', () => {
  writeFileSync(path('more.csv'), `${readFileSync(path('blocks.csv'), 'utf8')}513027001001999,x\r\n`)
  const all = bidui('check-sample', 'measure', 'run', 'again/check-sample.csv', '--blocks', 'more.csv')
  expect(all.err).toContain('nothing came back: 513027001001999')
  expect(all.out).toContain('5 blocks')
  const [first] = read('blocks.csv')
  writeFileSync(path('one.csv'), `普查小区\n${first[0]}\n`)
  const one = bidui('check-sample', 'measure', 'run', 'again/check-sample.csv', '--blocks', 'one.csv', '--json')
  expect(one.err).toContain('outside the drawn blocks')
  expect(JSON.parse(one.out)).toMatchObject({ blocks: 1 })
  expect(JSON.parse(one.out)).not.toHaveProperty('cases')
})

test.each([
  [['draw', 'run', '--seed', 's'], 64, 'E401'],
  [['draw', 'run', '--seed', 's', '--blocks', '0'], 64, 'E401'],
  [['draw', 'county', '--seed', 's', '--blocks', '2'], 66, 'E101'],
  [['measure', 'run', 'again/check-sample.csv', '--missed-links', '1'], 64, 'E401'],
  [['measure', 'run', 'again/check-sample.csv', '--out', 'x.csv', '--purpose', ' '], 64, 'E401'],
  [['measure', 'run', 'nowhere.csv'], 66, 'nowhere.csv'],
  [['measure', 'run', 'again/check-sample.csv', '--blocks', 'county/police.csv'], 65, 'E311'],
])('%j is refused', (args, status, message) => {
  const result = bidui('check-sample', ...args)
  expect(result.status).toBe(status)
  expect(result.err).toContain(message)
})

test('the rates stand one below the other, a Chinese character taking two columns', () => {
  const { out } = bidui('check-sample', 'measure', 'run', 'again/check-sample.csv', '--blocks', 'blocks.csv')
  const at = [...out.matchAll(/^.*?‰/gm)].map(([head]) => displayWidth(head))
  expect(at.length).toBeGreaterThan(4)
  expect(new Set(at).size).toBe(1)
})
