/** Two rows that are likely one person, and wait for review: the lists of those counted or registered twice hold them. */
import { describe, expect, test } from 'vitest'
import { detectAdministrativeFindings, detectFindings } from '../../src/findings/index.ts'
import { findSupposedPeople, type SupposedPerson } from '../../src/findings/supposed-people.ts'
import type { Reason } from '../../src/linking/pair-decisions.ts'
import { DECISION, type Links } from '../../src/linking/people.ts'
import { REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { away, census, death, form, police, T0, V2, V3, visitor } from './check.ts'

const asOf = Object.fromEntries(REGISTERS.map((register) => [register, T0])) as Record<RegisterName, number>
const settings = { referenceDate: T0, asOf, graceDays: 30 }

type Waiting = readonly [left: RowText, right: RowText, weight: number, reason: Reason, decision?: number]

/** Each row a person of its own unless `person` says otherwise. */
function supposed(rows: readonly RowText[], waiting: readonly Waiting[]): SupposedPerson[] {
  const { table, people, rowOf } = buildTable(rows)
  const at = (row: RowText): number => rowOf(`${row.register}:${row.id}`)
  const ends = waiting.map(([left, right]) => [at(left), at(right)].sort((a, b) => a - b))
  const links: Links = {
    count: waiting.length,
    left: Int32Array.from(ends, ([left]) => left),
    right: Int32Array.from(ends, ([, right]) => right),
    weight: Int32Array.from(waiting, ([, , weight]) => weight),
    decision: Uint8Array.from(waiting, ([, , , , decision]) => decision ?? DECISION.review),
    layer: new Uint8Array(waiting.length),
  }
  return findSupposedPeople(table, links, new Map(waiting.map(([, , , reason], line) => [line, reason])), people)
}

const hukou = police({ person: 'one' })
const second = police({ person: 'two', area_code: V2, household_no: 'H2' })
const one = census({ person: 'one' })
const two = census({ person: 'two', block_code: `${V2}001` })
const three = census({ person: 'three', block_code: `${V3}001` })

describe('two rows of which a clerk is asked', () => {
  test('are supposed one person from even odds on', () => {
    expect(supposed([one, two], [[one, two, 0, 'weight']])).toHaveLength(1)
    expect(supposed([one, two], [[one, two, -1, 'weight']])).toHaveLength(0)
  })

  test('are not where something stands against it, nor where they are linked, nor where one is away', () => {
    for (const reason of ['two-numbers', 'twin-suspect', 'second-row', 'two-hukou', 'decided'] as const)
      expect(supposed([one, two], [[one, two, 9000, reason]])).toHaveLength(0)
    expect(supposed([one, two], [[one, two, 9000, 'weight', DECISION.link]])).toHaveLength(0)
    const gone = away({ person: 'two' })
    expect(supposed([one, gone], [[one, gone, 900, 'weight']])).toHaveLength(0)
  })

  test('are two hukou only where they are four times likelier one person than not, told by the names or by the family', () => {
    for (const reason of ['two-hukou', 'household'] as const) {
      expect(supposed([hukou, second], [[hukou, second, 2000, reason]])).toHaveLength(1)
      expect(supposed([hukou, second], [[hukou, second, 1999, reason]])).toHaveLength(0)
    }
    expect(supposed([hukou, second], [[hukou, second, 9000, 'twin-suspect']])).toHaveLength(0)
  })

  test('are two hukou of people both listed as present only where two numbers keep them apart, and eight times likelier one', () => {
    const rows = [hukou, second, one, two]
    expect(supposed(rows, [[hukou, second, 3000, 'two-hukou']])).toHaveLength(1)
    expect(supposed(rows, [[hukou, second, 2999, 'two-hukou']])).toHaveLength(0)
    expect(supposed(rows, [[hukou, second, 9000, 'household']])).toHaveLength(0)
    const gone = away({ person: 'two' })
    expect(supposed([hukou, second, one, gone], [[hukou, second, 2000, 'household']])).toHaveLength(1)
  })

  test('are a death form and a present row at even odds, of one household too', () => {
    const dead = form({ person: 'two' })
    for (const reason of ['weight', 'ambiguous', 'household'] as const) {
      expect(supposed([one, dead], [[one, dead, 0, reason]])).toHaveLength(1)
      expect(supposed([one, dead], [[one, dead, -1, reason]])).toHaveLength(0)
    }
    expect(supposed([one, dead], [[one, dead, 9000, 'twin-suspect']])).toHaveLength(0)
    const gone = away({ person: 'one' })
    expect(supposed([gone, dead], [[gone, dead, 900, 'household']])).toHaveLength(0)
  })

  test('are once only, each with the likeliest of the others', () => {
    const pairs = supposed(
      [one, two, three],
      [
        [one, two, 300, 'ambiguous'],
        [two, three, 800, 'ambiguous'],
        [three, two, 200, 'weight'],
      ],
    )
    expect(pairs).toEqual(supposed([one, two, three], [[two, three, 800, 'weight']]))
  })
})

/** Findings of being counted twice, as `code certainty sentence`, where the people `one` and `two` are supposed to be one. */
function said(rows: readonly RowText[]): string[] {
  const { table, people, rowOf } = buildTable(rows)
  const persons = [...new Set(rows.map((row) => people.personOf[rowOf(`${row.register}:${row.id}`)]))]
  const supposedPeople = [[persons[0], persons[1]] as const]
  const context = { table, people, given: new Set(REGISTERS), settings, supposedPeople }
  const list = detectFindings(context)
  const isCounted = rows.some(({ register }) => register === 'census')
  if (!isCounted) expect(detectAdministrativeFindings(context).countByCode().has('double-hukou')).toBe(false)
  const found: string[] = []
  list.forEach(({ code, certainty, detail, rows: on }) => {
    if (/twice|duplicate|double|alive/.test(code))
      found.push(`${code} ${certainty} ${on.length} ${detail.includes('(链接待确认)') ? 'open' : ''}`)
  })
  return found
}

describe('two people who are supposed to be one', () => {
  test('were counted twice, at certainty review, and the sentence says that the link is open', () => {
    const newcomer = { hukou_place: '4', id_number: '' }
    expect(
      said([census({ ...newcomer, person: 'one' }), census({ ...newcomer, person: 'two', block_code: `${V2}001` })]),
    ).toEqual(['duplicate-cross-place review 2 open'])
    expect(said([police({ person: 'one' }), census({ person: 'one' }), visitor({ person: 'two' })])).toEqual([
      'present-twice review 2 open',
    ])
  })

  test('are dead and alive, unless a certificate says of what', () => {
    const rows = [one, form({ person: 'two' })]
    expect(said(rows)).toEqual(['dead-and-alive review 2 open'])
    expect(said([...rows, death({ person: 'two' })])).toEqual([])
  })

  test('say nothing more where one of them is counted twice already', () => {
    const rows = [one, census({ person: 'one', block_code: `${V2}001` }), three]
    expect(said(rows)).toEqual(['duplicate-cross-place certain 2 '])
  })

  test('have two hukou, and are away from both; the police are not sent what is only supposed', () => {
    expect(said([hukou, second])).toEqual(['double-hukou review 2 open'])
    const listed = [away({ person: 'one' }), away({ person: 'two', block_code: `${V2}001` })]
    expect(said([hukou, second, ...listed])).toEqual(['duplicate-away review 2 open', 'double-hukou review 2 open'])
  })
})
