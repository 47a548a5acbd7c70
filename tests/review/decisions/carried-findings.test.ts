/** Verdicts on findings over a night in which the rows were numbered anew: found by content, and never somebody else's. */
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carryFindings, type JudgedFinding, verdictOn } from '../../../src/review/decisions/index.ts'
import { FindingContents } from '../../../src/store/finding-contents.ts'
import { FindingPrints } from '../../../src/store/finding-prints.ts'
import { RUN_INDICES, RUN_SCHEMA } from '../../../src/store/schema.ts'
import { insertSources, packRow } from '../../../src/store/source-columns.ts'
import { everyRegister } from '../../support/sources.ts'

interface Somebody {
  /** Who it is: nothing in the files says so. */
  readonly identity: number
  readonly household: string
  readonly name: string
  readonly hasNumber: boolean
  /** Of its number: 18 where nothing is said. */
  readonly digits?: number
  readonly severity: 'S1' | 'S3'
  readonly isFound: boolean
}

const SOURCES = everyRegister()
const CENSUS = SOURCES.find(({ register }) => register === 'census')!

/** A run of these rows, numbered as they lie in the file. */
function nightOf(rows: readonly Somebody[], idOf: (at: number) => string) {
  const database = new Database(':memory:')
  database.exec(RUN_SCHEMA + RUN_INDICES)
  insertSources(database, SOURCES)
  const record = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const finding = database.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const named = database.prepare('INSERT INTO finding_record VALUES (?, 0, ?)')
  const whoIs = new Map<string, Somebody>()
  rows.forEach((row, at) => {
    const key = `census:${idOf(at)}`
    const raw = { name: row.name, household_no: row.household, ...(row.hasNumber ? { id_number: NUMBER(row) } : {}) }
    const print = JSON.stringify(raw)
    record.run(key, 'census', idOf(at), 'P', row.household, '5', '5', packRow(CENSUS, raw), print)
    if (!row.isFound) return
    const id = `F-${row.severity}-${key}`
    finding.run(id, 'missing-everywhere', row.severity, 'cen', 'certain', 'P', '5', '查无此人')
    named.run(id, key)
    whoIs.set(id, row)
  })
  const [prints, contents] = [new FindingPrints(database), new FindingContents(database)]
  return { whoIs, prints, contents, close: () => database.close() }
}

/** Tests make no numbers of people: as long as one, and of nobody. */
const NUMBER = ({ name, household, digits = 18 }: Somebody) => `513027${household}${name}`.padEnd(digits, '甲')

const county = fc
  .array(
    fc.record({
      household: fc.constantFrom('001', '002', '003'),
      name: fc.constantFrom('王一', '王二', '李三', '李四'),
      hasNumber: fc.boolean(),
      severity: fc.constantFrom('S1' as const, 'S3' as const),
      isFound: fc.boolean(),
      fate: fc.constantFrom('stays', 'stays', 'stays', 'changes', 'leaves', 'comes'),
      order: fc.nat(1000),
    }),
    { minLength: 1, maxLength: 16 },
  )
  .map((people) => people.map((one, identity) => ({ ...one, identity })))

test('a verdict is never attached to somebody else, and none is lost whose row is there unchanged without a twin', () =>
  fc.assert(
    fc.property(county, fc.nat(20), (people, shift) => {
      const before = people.filter(({ fate }) => fate !== 'comes')
      const after = people
        .filter(({ fate }) => fate !== 'leaves')
        .map((one) => (one.fate === 'changes' ? { ...one, name: `${one.name}改` } : one))
        .sort((a, b) => a.order - b.order)
      const first = nightOf(before, (at) => String(at))
      const second = nightOf(after, (at) => String(at + shift))
      try {
        const verdicts = [...first.whoIs.keys()].map((findingId, n): JudgedFinding => {
          const [print, content] = [first.prints.of(findingId), first.contents.of(findingId)]
          return { findingId, print, content, t: String(n) }
        })
        const printOf = (id: string) => second.prints.of(id)
        const carried = carryFindings(verdicts, { printOf, idsByContent: () => second.contents.idsByContent() })
        const byId = new Map(verdicts.map((verdict) => [verdict.findingId, verdict]))
        for (const [findingId, who] of second.whoIs) {
          const said = verdictOn(findingId, (id) => byId.get(id), carried, printOf)
          const isTwin = (some: readonly Somebody[]) =>
            some.filter(
              (one) => one.household === who.household && one.name === who.name && one.hasNumber === who.hasNumber,
            ).length > 1
          if (said !== undefined && !said.isChanged && !isTwin(before) && !isTwin(after)) {
            const judged = first.whoIs.get(said.verdict.findingId)!
            // Somebody may have come whose row is that of one who left, letter by letter: then it is the same question.
            expect([judged.household, judged.name, judged.hasNumber]).toEqual([who.household, who.name, who.hasNumber])
          }
          const was = before.find(({ identity }) => identity === who.identity)
          const isSure = who.severity === 'S1' || who.hasNumber
          if (was !== undefined && was.name === who.name && isSure && !isTwin(before) && !isTwin(after))
            expect(said?.isChanged).toBe(false)
        }
        // One verdict closes one finding.
        expect(new Set(carried.from.values()).size).toBe(carried.from.size)
      } finally {
        first.close()
        second.close()
      }
    }),
    { numRuns: 300 },
  ))

const somebody = (identity: number, name: string, more: Partial<Somebody> = {}): Somebody => ({
  identity,
  household: '001',
  name,
  hasNumber: false,
  severity: 'S1',
  isFound: true,
  ...more,
})

function judgedIn(rows: readonly Somebody[], tonight: readonly Somebody[]) {
  const first = nightOf(rows, (at) => String(at + 2))
  const second = nightOf(tonight, (at) => String(at + 2))
  const verdicts = [...first.whoIs.keys()].map((findingId): JudgedFinding => {
    return { findingId, print: first.prints.of(findingId), content: first.contents.of(findingId), t: findingId }
  })
  const printOf = (id: string) => second.prints.of(id)
  const carried = carryFindings(verdicts, { printOf, idsByContent: () => second.contents.idsByContent() })
  const byId = new Map(verdicts.map((verdict) => [verdict.findingId, verdict]))
  const answers = [...second.whoIs].map(([findingId, { name }]) => {
    const said = verdictOn(findingId, (id) => byId.get(id), carried, printOf)
    const of = said === undefined ? '' : first.whoIs.get(said.verdict.findingId)!.name
    return `${name}: ${said === undefined ? 'open' : `${said.isChanged ? 'changed' : 'judged'} ${of}`}`
  })
  first.close()
  second.close()
  return answers
}

test('one row more at the head of a file without record ids: every verdict moves down with its row', () =>
  expect(
    judgedIn(
      [somebody(1, '王一'), somebody(2, '王二')],
      [somebody(3, '新人'), somebody(1, '王一'), somebody(2, '王二')],
    ),
  ).toEqual(['新人: open', '王一: judged 王一', '王二: judged 王二']))

test('the row of a verdict is gone and its id is somebody else’s: nobody is shown that verdict', () =>
  expect(
    judgedIn(
      [somebody(1, '王一'), somebody(2, '王二'), somebody(4, '王四')],
      [somebody(2, '王二'), somebody(4, '王四'), somebody(3, '新人')],
    ),
  ).toEqual(['王二: judged 王二', '王四: judged 王四', '新人: open']))

// The second stands under the id that the first had, and says what the first said: nothing tells them apart.
test('two rows alike in one household are told by their ids alone: the one moved to a new id is asked again', () =>
  expect(
    judgedIn(
      [somebody(1, '王一'), somebody(2, '王一')],
      [somebody(3, '新人'), somebody(1, '王一'), somebody(2, '王一')],
    ),
  ).toEqual(['新人: changed 王一', '王一: judged 王一', '王一: open']))

test('an attribute of a row without a number, whose household is not in the run, is asked again', () =>
  expect(
    judgedIn(
      [somebody(1, '王一', { severity: 'S3' })],
      [somebody(3, '新人', { isFound: false }), somebody(1, '王一', { severity: 'S3' })],
    ),
  ).toEqual(['王一: open']))

test('an attribute of a row with a number of fifteen digits goes with its row, one digit less is no number', () => {
  const after = (digits: number) => {
    const holder = somebody(1, '王一', { severity: 'S3', hasNumber: true, digits })
    return judgedIn([holder], [somebody(3, '新人', { isFound: false }), holder])
  }
  expect([after(15), after(14)]).toEqual([['王一: judged 王一'], ['王一: open']])
})

test('a row that names no household may be anybody of its name: it is asked again', () =>
  expect(
    judgedIn(
      [somebody(1, '王一', { household: '' })],
      [somebody(3, '新人', { isFound: false }), somebody(1, '王一', { household: '' })],
    ),
  ).toEqual(['王一: open']))

/** A run with one finding on two census rows, as two nights would number and name them. */
function twoRows(ids: readonly [string, string], names: readonly [string, string], mark = '') {
  const database = new Database(':memory:')
  database.exec(RUN_SCHEMA + RUN_INDICES)
  insertSources(database, SOURCES)
  const finding = database.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  finding.run('F', 'present-twice', 'S1', 'cen', 'certain', 'P', '5', `${names.join('、')}都登记为现住${mark}`)
  names.forEach((name, at) => {
    const key = `census:${ids[at]}`
    const raw = { name, household_no: name }
    const values = [key, 'census', ids[at], 'P', name, '5', '5', packRow(CENSUS, raw), JSON.stringify(raw)]
    database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...values)
    database.prepare('INSERT INTO finding_record VALUES (?, ?, ?)').run('F', at, key)
  })
  const contents = new FindingContents(database)
  const said = { content: contents.of('F'), ids: contents.idsByContent(), print: new FindingPrints(database).of('F') }
  database.close()
  return said
}

test('ids given anew turn two rows round, and the places in the sentence with them: it is the same question', () => {
  const first = twoRows(['1', '2'], ['甲村', '乙村'])
  const second = twoRows(['7', '8'], ['乙村', '甲村'])
  expect(second.ids.get(first.content)).toBe('F')
  expect(twoRows(['7', '8'], ['乙村', '丙村']).ids.has(first.content)).toBe(false)
})

test('a link that was confirmed since is no other question', () => {
  const pending = twoRows(['1', '2'], ['甲村', '乙村'], '(链接待确认)')
  const confirmed = twoRows(['1', '2'], ['甲村', '乙村'])
  expect([pending.print, pending.content]).toEqual([confirmed.print, confirmed.content])
  expect(twoRows(['1', '2'], ['甲村', '乙村'], '(按月)').print).not.toBe(confirmed.print)
})

test('a content that an earlier version wrote is found as well', () => {
  const rows = ['甲村', '乙村'].map((name) => `census ${JSON.stringify({ name, household_no: name })}`).sort()
  const written = ['bidui-content-1', 'present-twice', '甲村、乙村都登记为现住', ...rows].join('\n')
  const content = createHash('sha256').update(written).digest('hex').slice(0, 16)
  expect(twoRows(['7', '8'], ['甲村', '乙村']).ids.get(content)).toBe('F')
})

test('two verdicts of two nights on one content: the newest stands', () => {
  const verdict = (findingId: string, t: string): JudgedFinding => ({ findingId, print: findingId, content: 'c', t })
  const carried = carryFindings([verdict('a', '2'), verdict('b', '3'), verdict('d', '1')], {
    printOf: (id) => (id === 'tonight' ? 'p' : ''),
    idsByContent: () => new Map([['c', 'tonight']]),
  })
  expect(carried.from.get('tonight')).toBe('b')
  expect([...carried.to.keys()]).toEqual(['a', 'b', 'd'])
})
