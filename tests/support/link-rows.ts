/**
 * Links a handful of rows in this thread, by the very steps a county takes: features, keys, blocks, kernel, model, layers.
 * So few rows teach the model nothing: it believes its defaults, which is what these tests are about.
 */
import { DEFAULT_RULES } from '../../src/blocking/rules.ts'
import { indexFamilies } from '../../src/linking/family-index.ts'
import type { LinkResult } from '../../src/linking/results/gather-links.ts'
import type { Judgement } from '../../src/linking/judged.ts'
import { linkCounty } from '../../src/linking/link-county.ts'
import { orderPairs } from '../../src/linking/ordered-pairs.ts'
import { COMPARISONS } from '../../src/matching/comparisons.ts'
import { estimateCountyModel } from '../../src/matching/county-model.ts'
import { expectPartners } from '../../src/matching/expected-partners.ts'
import { Kernel } from '../../src/matching/kernel.ts'
import { matchCounty } from '../../src/matching/match-county.ts'
import { sampleNeighbours } from '../../src/matching/random-pairs.ts'
import { CountyWeights } from '../../src/matching/weigh-county.ts'
import { countEthnicities } from '../../src/matching/weigh/ethnicity.ts'
import { NameFrequencies } from '../../src/matching/weigh/name-frequencies.ts'
import { weighSlice } from '../../src/workers/jobs/weigh.ts'
import { workspaceBytes } from '../../src/matching/workspace.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { type BuiltTable, buildTable, type RowText } from './build-table.ts'
import { inlinePool } from './inline-pool.ts'

export interface LinkedRows extends BuiltTable {
  readonly explain: (
    left: string,
    right: string,
  ) => { readonly prior: number; readonly weights: Readonly<Record<string, number>>; readonly total: number }
  readonly result: LinkResult
  /** Groups of record keys that became one person, as `police:P1 census:C1`, alone ones left out. */
  readonly groups: readonly string[]
  /** Pairs that wait for a person: `police:P1 census:C1 reason`. */
  readonly reviews: readonly string[]
}

/**
 * @param expecting rows that must have a partner weigh as in a county where few have none
 * @param counted how often each of STANDINGS is counted; as often as anybody where it is left out
 */
export async function linkRows(
  rows: readonly RowText[],
  judged: readonly (readonly [string, string, 'same' | 'different', 'changed since'?])[] = [],
  expecting = false,
  counted: readonly number[] = [],
): Promise<LinkedRows> {
  const built = buildTable(rows, { extraBytes: workspaceBytes(200_000) })
  const { table, memory } = built
  const matched = await matchCounty(table, memory, DEFAULT_RULES, inlinePool)
  const kernel = new Kernel(table, matched.names, matched.lines)
  const samples = sampleNeighbours(table, kernel)
  // As in a county of a hundred thousand: a handful of rows would make every name common.
  const size = [100_000, 100_000, 100, 800, 700]
  const model = estimateCountyModel({
    scored: matched.patterns.entries(),
    random: { patterns: new Int32Array(0), counts: new Float64Array(0) },
    randomLocal: { patterns: new Int32Array(0), counts: new Float64Array(0) },
    rows: size,
    idCoverage: [1, 0.95, 0.9, 0, 0.9],
    unmatched: expecting ? [0.05, 0.12] : [1, 1],
    counted,
    ethnicity: countEthnicities(table),
  })
  const frequencies = NameFrequencies.count(table, matched.names, size[0])
  const weights = new CountyWeights(
    model,
    frequencies,
    matched.lines,
    expectPartners(table, matched.names).flags,
    table.columns.ethnicity,
  )
  const judgements: Judgement[] = judged.map(([left, right, verdict, changed]) => {
    const [a, b] = [built.rowOf(left), built.rowOf(right)].sort((x, y) => x - y)
    return { left: a, right: b, verdict, isStale: changed !== undefined }
  })
  const pairWeights = new Int32Array(matched.pairCount)
  weighSlice(matched.pairs, 0, matched.pairCount, weights, pairWeights)
  const result = await linkCounty({
    table,
    lines: matched.lines,
    kernel,
    weights,
    model,
    pairs: matched.pairs,
    pairCount: matched.pairCount,
    ordered: orderPairs(matched.pairs, matched.pairCount, pairWeights),
    families: () => indexFamilies(table),
    householdPatterns: samples.household,
    thresholds: { link: 0.98, review: 0.05 },
    judgements,
    maxFalseLinkRate: 0.0005,
  })
  const explain: LinkedRows['explain'] = (left, right) => {
    const [a, b] = [built.rowOf(left), built.rowOf(right)].sort((x, y) => x - y)
    const pattern = kernel.compare(a, b)
    const of = Object.fromEntries(COMPARISONS.map((c, k) => [c.name, weights.weightOf(k, a, b, pattern)]))
    return { prior: weights.prior(a, b, pattern), weights: of, total: weights.weigh(a, b, pattern) }
  }
  return { ...built, explain, result, groups: groupsOf(built, result), reviews: reviewsOf(built, result) }
}

function groupsOf(built: BuiltTable, { people }: LinkResult): string[] {
  const groups: string[] = []
  for (let p = 0; p < people.count; p++) {
    const rows = [...people.rows.subarray(people.rowStart[p], people.rowStart[p + 1])]
    if (rows.length > 1) groups.push(rows.map(built.keyOf).sort(byRegister).join(' '))
  }
  return groups.sort()
}

function reviewsOf(built: BuiltTable, { links, reasons }: LinkResult): string[] {
  return [...reasons]
    .map(
      ([line, why]) =>
        `${[built.keyOf(links.left[line]), built.keyOf(links.right[line])].sort(byRegister).join(' ')} ${why}`,
    )
    .sort()
}

function byRegister(a: string, b: string): number {
  const order = (key: string): number => REGISTERS.findIndex((r) => key.startsWith(`${r}:`))
  return order(a) - order(b) || (a < b ? -1 : 1)
}
