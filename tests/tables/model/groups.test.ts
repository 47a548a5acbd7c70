import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeCameras, makeNotebooks } from '../../../bench/accuracy/tables/gadgets.ts'
import type { MadeTable } from '../../../bench/accuracy/tables/made-table.ts'
import { makeAffiliations } from '../../../bench/accuracy/tables/places.ts'
import { makeBeers } from '../../../bench/accuracy/tables/stores.ts'
import type { CandidatePairs } from '../../../src/tables/candidates/candidate-pairs.ts'
import { runTables } from '../../../src/tables/engine.ts'
import { proposeSpec } from '../../../src/tables/spec/propose-spec.ts'
import { sharesWithin } from '../../../src/tables/model/groups.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'
import { measureTruth } from '../../../src/tables/results/truth.ts'

const ROWS = 6

test('a pattern is worth what part of its pairs lies within one group', () => {
  const anyPair = fc.tuple(fc.nat(ROWS - 1), fc.nat(ROWS - 1), fc.nat(2)).filter(([a, b]) => a < b)
  fc.assert(
    fc.property(
      fc.uniqueArray(anyPair, { selector: ([a, b]) => `${a} ${b}`, maxLength: 12 }),
      fc.array(fc.nat(2), { minLength: ROWS, maxLength: ROWS }),
      (list, groups) => {
        const sorted = [...list].sort((x, y) => x[0] - y[0] || x[1] - y[1])
        const pairs = {
          from: Int32Array.from({ length: ROWS }, (_, row) => sorted.filter(([a]) => a < row).length),
          to: Int32Array.from({ length: ROWS }, (_, row) => sorted.filter(([a]) => a <= row).length),
          right: Int32Array.from(sorted, ([, b]) => b),
          pattern: Int32Array.from(sorted, ([, , p]) => p),
          patterns: { count: 3 },
        } as unknown as CandidatePairs
        const shares = sharesWithin(pairs, Int32Array.from(groups))
        for (const pattern of [0, 1, 2]) {
          const of = list.filter(([, , p]) => p === pattern)
          const within = of.filter(([a, b]) => groups[a] === groups[b]).length
          expect(shares[pattern]).toBe(of.length === 0 ? 0 : within / of.length)
        }
      },
    ),
  )
})

function dedupe({ left, spec }: MadeTable) {
  const table = tableFromRows('t', left)
  const result = runTables(table, undefined, completeSpec(spec))
  const links = result.links.filter(({ decision }) => decision === 'link').length
  return { f1: measureTruth(result, table, undefined, 'cluster').f1, links }
}

/** Nobody twice: the first row of each thing. */
function once(made: MadeTable): MadeTable {
  const seen = new Set<string>()
  return { ...made, left: made.left.filter(({ cluster }) => !seen.has(cluster) && seen.add(cluster)) }
}

test.each([
  ['notebooks: titles of fifteen words', () => makeNotebooks(963, { notebooks: 120, meanRows: 4 }), 0.93],
  ['institutions: one string', () => makeAffiliations(963, { institutions: 100, meanRows: 6 }), 0.88],
  ['cameras: a title and sparse columns', () => makeCameras(963, { cameras: 100, meanRows: 5 }), 0.85],
])('things that stand many times are known by their groups: %s', (_, make, least) =>
  expect(dedupe(make()).f1).toBeGreaterThan(least),
)

test.each([
  ['notebooks', () => makeNotebooks(963, { notebooks: 300, meanRows: 1 })],
  ['institutions', () => makeAffiliations(963, { institutions: 300, meanRows: 1, areNamesOwn: true })],
  ['cameras', () => makeCameras(963, { cameras: 300, meanRows: 1 })],
])('likeness that gathers by twos and threes is no group: %s where nobody stands twice', (_, make) =>
  expect(dedupe(once(make())).links).toBeLessThan(8),
)

test('groups whose titles wholly differ are kinds of things: no two beers of one style are one', () => {
  // Taken for groups of one beer, these would make more than a thousand links.
  const { left } = once(makeBeers(946, { beers: 700 }))
  const table = tableFromRows('t', left)
  const { spec } = proposeSpec(table, undefined, 'cluster')
  const { links } = runTables(table, undefined, completeSpec(spec))
  expect(links.filter(({ decision }) => decision === 'link').length).toBeLessThan(8)
})
