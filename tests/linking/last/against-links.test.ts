/** What waits although a link speaks against it weighs what is left of it beside that link. */
import { describe, expect, test } from 'vitest'
import { weighAgainstLinks } from '../../../src/linking/last/against-links.ts'
import { Groups } from '../../../src/linking/groups.ts'
import { type LaterPair, LINK, type Reason, REASONS, REVIEW } from '../../../src/linking/pair-decisions.ts'
import { probabilityOf } from '../../../src/linking/people.ts'
import { PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { buildTable } from '../../support/build-table.ts'
import { census, id, OTHER, police } from '../../support/village-rows.ts'

/** Two namesakes of one month under two numbers: P1 here, P2 in another village; C1 and C2 without numbers, C3 with that of P1. */
const { table, rowOf } = buildTable([
  police('P1', { name: '周建', id_number: id('19941207', '403') }),
  police('P2', { name: '周建', id_number: id('19941223', '097'), area_code: OTHER }),
  census('C1', { name: '周建' }),
  census('C2', { name: '周建', block_code: `${OTHER}001` }),
  census('C3', { name: '周建', id_number: id('19941207', '403') }),
])
const lines = new Int32Array(table.rows * LINE_WORDS)
packRecords(table, lines, 0, table.rows)

type Pair = readonly [left: string, right: string, weight: number, decision: 'link' | Reason]

/** The probabilities of those that wait, after it; those that wait no longer are missing. */
function chancesAfter(pairs: readonly Pair[], later: readonly LaterPair[] = []): Record<string, number> {
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  for (const [left, right, , decision] of pairs) if (decision === 'link') groups.join(rowOf(left), rowOf(right))
  for (const { left, right, decision } of later) if (decision === 'link') groups.join(left, right)
  const classOf = (left: string, right: string): number =>
    (right.startsWith('police')
      ? PAIR_CLASS.policePolice
      : left.startsWith('police')
        ? PAIR_CLASS.policeCensus
        : PAIR_CLASS.censusCensus) << SHIFT.pairClass
  const ordered = {
    count: pairs.length,
    left: Int32Array.from(pairs, ([left]) => rowOf(left)),
    right: Int32Array.from(pairs, ([, right]) => rowOf(right)),
    pattern: Int32Array.from(pairs, ([left, right]) => classOf(left, right)),
    weight: Int32Array.from(pairs, ([, , weight]) => weight),
  }
  const decisions = {
    decision: Uint8Array.from(pairs, ([, , , decision]) => (decision === 'link' ? LINK : REVIEW)),
    weight: ordered.weight.slice(),
    reason: Uint8Array.from(pairs, ([, , , reason]) => (reason === 'link' ? 0 : REASONS.indexOf(reason))),
    beyond: new Uint8Array(pairs.length),
  }
  const kept = weighAgainstLinks({ table, groups, pairs: ordered, later, review: 0.05 }, decisions)
  return Object.fromEntries([
    ...pairs.flatMap(([left, right], i) =>
      decisions.decision[i] === REVIEW ? [[`${left} ${right}`, probabilityOf(decisions.weight[i])]] : [],
    ),
    ...kept.flatMap(({ left, right, decision, weight }) =>
      decision === 'review' ? [[`${left} ${right}`, probabilityOf(weight)]] : [],
    ),
  ])
}

describe('a pair against a link', () => {
  test('a namesake of a row that has found its own waits no longer, however well he fits', () => {
    const found: Pair[] = [
      ['police:P1', 'census:C1', 26_000, 'link'],
      ['police:P2', 'census:C1', 14_000, 'two-numbers'],
    ]
    expect(chancesAfter(found)).toEqual({})
  })

  test('is as likely as that link is wrong', () => {
    const found: Pair[] = [
      ['police:P1', 'census:C1', 14_000, 'link'],
      ['police:P2', 'census:C1', 13_000, 'two-numbers'],
    ]
    expect(chancesAfter(found)['police:P2 census:C1']).toBeCloseTo(1 / 3, 3)
  })

  test('and less where the other person has such a row already', () => {
    const found: Pair[] = [
      ['police:P2', 'census:C2', 20_000, 'link'],
      ['police:P1', 'census:C1', 14_000, 'link'],
      ['police:P2', 'census:C1', 13_500, 'two-numbers'],
    ]
    expect(chancesAfter(found)).toEqual({})
    expect(chancesAfter(found.slice(1))['police:P2 census:C1']).toBeGreaterThan(0.4)
  })

  test('is judged by the weakest link on the way to the number', () => {
    const found: Pair[] = [
      ['census:C1', 'census:C3', 12_000, 'link'],
      ['police:P1', 'census:C3', 40_000, 'link'],
      ['police:P2', 'census:C1', 12_000, 'two-numbers'],
    ]
    expect(chancesAfter(found)['police:P2 census:C1']).toBeCloseTo(0.5, 3)
  })

  test('is as likely as it is that both are one person under two numbers', () => {
    const found: Pair[] = [
      ['police:P1', 'census:C1', 26_000, 'link'],
      ['police:P1', 'police:P2', 2000, 'two-hukou'],
      ['police:P2', 'census:C1', 14_000, 'two-numbers'],
    ]
    expect(chancesAfter(found)['police:P2 census:C1']).toBeCloseTo(probabilityOf(2000), 3)
  })

  test('keeps its weight where the two rows bear the numbers themselves', () => {
    expect(chancesAfter([['police:P2', 'census:C3', 5000, 'two-numbers']])['police:P2 census:C3']).toBeCloseTo(
      probabilityOf(5000),
      6,
    )
  })

  test('which is nothing where each of them has found its own', () => {
    const found: Pair[] = [
      ['police:P1', 'census:C3', 40_000, 'link'],
      ['police:P2', 'census:C2', 14_000, 'link'],
      ['police:P2', 'census:C3', 15_000, 'two-numbers'],
    ]
    expect(chancesAfter(found)).toEqual({})
    // A police row that nobody in the census is may be the other hukou.
    expect(chancesAfter([found[0], found[2]])['police:P2 census:C3']).toBeCloseTo(1, 4)
  })

  test('that outweighs the link by far is not quite certain', () => {
    const found: Pair[] = [
      ['police:P1', 'census:C1', 1000, 'link'],
      ['police:P2', 'census:C1', 80_000, 'two-numbers'],
    ]
    expect(chancesAfter(found)['police:P2 census:C1']).toBeCloseTo(1 - 1e-6, 8)
  })

  test('of a later layer is weighed in the same way', () => {
    const later = (weight: number): LaterPair[] => [
      {
        left: rowOf('police:P2'),
        right: rowOf('census:C1'),
        pattern: PAIR_CLASS.policeCensus << SHIFT.pairClass,
        weight,
        decision: 'review',
        by: 'household',
      },
    ]
    const found: Pair[] = [['police:P1', 'census:C1', 9000, 'link']]
    expect(chancesAfter(found, later(3000))).toEqual({})
    expect(Object.values(chancesAfter(found, later(8000)))[0]).toBeCloseTo(1 / 3, 3)
  })
})
