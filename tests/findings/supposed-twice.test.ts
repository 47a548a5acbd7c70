/** Two present rows that are likely one person, and wait for review: the list of those counted twice holds them. */
import { describe, expect, test } from 'vitest'
import { detectFindings } from '../../src/findings/index.ts'
import { findSupposedTwice, type SupposedPerson } from '../../src/findings/supposed-twice.ts'
import type { Reason } from '../../src/linking/pair-decisions.ts'
import { DECISION, type Links } from '../../src/linking/people.ts'
import { REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { away, census, police, T0, V2, V3, visitor } from './check.ts'

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
  return findSupposedTwice(table, links, new Map(waiting.map(([, , , reason], line) => [line, reason])), people)
}

const one = census({ person: 'one' })
const two = census({ person: 'two', block_code: `${V2}001` })
const three = census({ person: 'three', block_code: `${V3}001` })

describe('two present rows of which a clerk is asked', () => {
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
  const inReview = rows.filter(({ register }) => register === 'census').map((row) => rowOf(`census:${row.id}`))
  const persons = [...new Set(inReview.map((row) => people.personOf[row]))]
  const reviewRows = new Uint8Array(table.rows)
  for (const row of inReview) reviewRows[row] = 1
  const supposedTwice = [[persons[0], persons[1]] as const]
  const list = detectFindings({ table, people, given: new Set(REGISTERS), settings, reviewRows, supposedTwice })
  const found: string[] = []
  list.forEach(({ code, certainty, detail, rows: on }) => {
    if (/twice|duplicate/.test(code))
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

  test('say nothing more where one of them is counted twice already', () => {
    const rows = [one, census({ person: 'one', block_code: `${V2}001` }), three]
    expect(said(rows)).toEqual(['duplicate-cross-place review 2 open'])
  })
})
