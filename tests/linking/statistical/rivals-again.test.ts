/** A rival that has found its own row since is none any more. */
import { expect, test } from 'vitest'
import { Groups } from '../../../src/linking/groups.ts'
import { pairsOfRows } from '../../../src/linking/ordered-pairs.ts'
import { REASONS, REVIEW } from '../../../src/linking/pair-decisions.ts'
import { probabilityOf } from '../../../src/linking/people.ts'
import { weighRivalsAgain } from '../../../src/linking/statistical/statistical.ts'
import { BEYOND } from '../../../src/matching/beyond-pair.ts'
import { PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { buildTable } from '../../support/build-table.ts'
import { census, police } from '../../support/village-rows.ts'

/** Two namesakes, a row that fits both alike, and a row of the second. */
const { table, rowOf } = buildTable([
  police('P1', { name: '王伟' }),
  police('P2', { name: '王伟' }),
  census('C1', { name: '王伟' }),
  census('C2', { name: '王伟' }),
])
const lines = new Int32Array(table.rows * LINE_WORDS)
packRecords(table, lines, 0, table.rows)

/** The pair of P1 and C1, after P2 has found this row or none: its chance, undefined where it waits no longer, and what moved its weight. */
function pairBeside(found?: string, taken?: string): { chance: number | undefined; beyond: number } {
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  if (found !== undefined) groups.join(rowOf('police:P2'), rowOf(found))
  if (taken !== undefined) groups.join(rowOf('police:P1'), rowOf(taken))
  const pairs = {
    count: 2,
    left: Int32Array.of(rowOf('police:P1'), rowOf('police:P2')),
    right: new Int32Array(2).fill(rowOf('census:C1')),
    pattern: new Int32Array(2).fill(PAIR_CLASS.policeCensus << SHIFT.pairClass),
    weight: new Int32Array(2).fill(9000),
  }
  const decisions = {
    decision: new Uint8Array(2).fill(REVIEW),
    weight: new Int32Array(2),
    reason: new Uint8Array(2).fill(REASONS.indexOf('ambiguous')),
    beyond: new Uint8Array(2),
  }
  const context = {
    table,
    columns: table.columns,
    household: table.columns.household,
    lines,
    groups,
    pairs,
    pairsOf: pairsOfRows(pairs as never, table.rows),
    kernel: { compare: () => PAIR_CLASS.policePolice << SHIFT.pairClass },
    weights: { weigh: () => -30_000, prior: () => -10_000, isNameless: () => false, expectation: () => 0 },
    presentTwice: { weightOf: () => undefined },
    relatives: { weightOf: () => 0 },
    unseenTwins: { oddsOf: () => 0 },
    thresholds: { link: 0.98, review: 0.05 },
  }
  weighRivalsAgain(context as never, decisions)
  const chance = decisions.decision[0] === REVIEW ? probabilityOf(decisions.weight[0]) : undefined
  return { chance, beyond: decisions.beyond[0] }
}

const chanceBeside = (found?: string, taken?: string) => pairBeside(found, taken).chance

test('while both seek, each has even odds', () => {
  expect(chanceBeside()).toBeCloseTo(0.5, 2)
})

test('where the rival has found a row of its own, the other one is as good as sure', () => {
  expect(chanceBeside('census:C2')).toBeGreaterThan(0.95)
})

test('and hardly worth a look where the person asked about has found one', () => {
  expect(chanceBeside(undefined, 'census:C2') ?? 0).toBeLessThan(0.05)
})

test('that it was the rival is noted', () => {
  expect(pairBeside().beyond).toBe(BEYOND.rivals)
})
