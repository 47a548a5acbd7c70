/** What several layers decided of a pair is one line: under the first of a person, a later layer, the pairs by weight. */
import { expect, test } from 'vitest'
import { gatherLinks } from '../../../src/linking/results/gather-links.ts'
import { type DecidedPair, type LaterPair, LINK, REASONS, REVIEW } from '../../../src/linking/pair-decisions.ts'
import { DECISION, LAYERS, pairKey } from '../../../src/linking/people.ts'
import { buildTable } from '../../support/build-table.ts'
import { census, police } from '../../support/village-rows.ts'

const COUNT = 4
const { table, rowOf, keyOf } = buildTable(
  Array.from({ length: COUNT }, (_, i) => [
    police(`P${i}`, { name: '王伟' }),
    census(`C${i}`, { name: '王伟' }),
  ]).flat(),
)

type Decision = typeof LINK | typeof REVIEW
const pairOf = (k: number): [left: number, right: number] => [rowOf(`police:P${k}`), rowOf(`census:C${k}`)]
const decided = (k: number, decision: 'link' | 'review'): DecidedPair => {
  const [left, right] = pairOf(k)
  return { left, right, pattern: 0, weight: 9000, decision }
}

/** The lines that come of it: police row k and census row k by weight, some of them by others as well. */
function linesOf(
  byWeight: readonly Decision[],
  others: { later?: readonly LaterPair[]; judged?: readonly DecidedPair[]; stale?: readonly DecidedPair[] } = {},
): string[] {
  const { later = [], judged = [], stale = [] } = others
  const pairs = byWeight.map((_, k) => pairOf(k))
  const parent = Int32Array.from({ length: table.rows }, (_, row) => row)
  const join = ([left, right]: readonly [number, number]) => (parent[right] = left)
  byWeight.forEach((decision, k) => decision === LINK && join(pairs[k]))
  for (const { left, right, decision } of [...later, ...judged]) if (decision === 'link') join([left, right])
  const { links } = gatherLinks(table, {
    parent,
    pairs: {
      count: pairs.length,
      left: Int32Array.from(pairs, ([left]) => left),
      right: Int32Array.from(pairs, ([, right]) => right),
      pattern: new Int32Array(pairs.length),
      weight: new Int32Array(pairs.length),
    },
    decisions: {
      decision: Uint8Array.from(byWeight),
      weight: new Int32Array(pairs.length).fill(14_000),
      reason: new Uint8Array(pairs.length).fill(REASONS.indexOf('weight')),
      beyond: new Uint8Array(pairs.length),
    },
    layer: new Uint8Array(pairs.length).fill(LAYERS.indexOf('statistical')),
    later,
    judged,
    stale,
    discredited: new Uint8Array(table.rows),
  })
  expect(new Set(Array.from(links.left, (left, i) => pairKey(left, links.right[i]))).size).toBe(links.count)
  return Array.from(links.left, (left, i) => {
    const word = links.decision[i] === DECISION.link ? 'link' : 'review'
    return `${keyOf(left)} ${keyOf(links.right[i])} ${word} ${LAYERS[links.layer[i]]}`
  }).sort()
}

test('what weight alone has linked stands as it is; so does what waits', () => {
  expect(linesOf([LINK, REVIEW])).toEqual(['police:P0 census:C0 link statistical', 'police:P1 census:C1 review review'])
})

test('a pair that a person, a household and the weights have linked is the person’s', () => {
  const later: LaterPair[] = [0, 1].map((k) => ({ ...decided(k, 'link'), by: 'household' }))
  expect(linesOf([LINK, LINK, LINK], { later, judged: [decided(0, 'link')] })).toEqual([
    'police:P0 census:C0 link decision',
    'police:P1 census:C1 link household',
    'police:P2 census:C2 link statistical',
  ])
})

test('a pair waits once, however many layers ask; not where its rows are one person by now', () => {
  const later: LaterPair[] = [0, 1].map((k) => ({ ...decided(k, 'review'), by: 'leftover' }))
  expect(linesOf([REVIEW, LINK], { later })).toEqual([
    'police:P0 census:C0 review review',
    'police:P1 census:C1 link statistical',
  ])
})

test('a decision on rows that changed since waits again, though the weights would link them', () => {
  expect(linesOf([LINK], { stale: [decided(0, 'review')] })).toEqual(['police:P0 census:C0 review review'])
})
