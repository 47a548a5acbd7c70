/**
 * The county's linking: weighed pairs → people, in layers; each link keeps the strictest layer that made it.
 *
 *   person_no     versions of one person in the police system
 *   exact         same valid ID number and nothing against it
 *   statistical   heaviest pair first, rivals counted, conflicts named
 *   household     members of households that are linked already; newborns by their mother
 *   decision      what a person decided outranks all of it
 *
 * In:  RecordTable, candidate pairs with patterns, model. Out: People, Links, reasons of the pairs to review.
 */
import { PAIR_WORDS } from '../blocking/pair-buffer.ts'
import { ID_LEVEL } from '../matching/compare/levels.ts'
import { type CountyModel, isMisfit } from '../matching/county-model.ts'
import type { Kernel } from '../matching/kernel.ts'
import { idLevelOf, SHIFT } from '../matching/kernel.ts'
import type { PatternCounts } from '../matching/pattern-counts.ts'
import { type RowLists } from '../matching/random-pairs.ts'
import type { CountyWeights } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { POLICE } from '../registers/columns.ts'
import { Groups, joinPersonNumbers } from './groups.ts'
import { type HouseholdPair, householdWeights, linkHouseholds } from './households.ts'
import { linkNewborns } from './mothers.ts'
import { discreditNumbers } from './number-holders.ts'
import { type OrderedPairs, orderPairs, pairsOfRows } from './ordered-pairs.ts'
import { ATTACHMENT, DECISION, LAYERS, type Layer, type Links, type People, peopleFromGroups } from './people.ts'
import { conflictOf, LINK, type LinkThresholds, linkStatistically, type PairDecisions, REASONS, REVIEW, type Reason } from './statistical.ts'

/** Pairs lighter than this can neither be linked nor rival a link. */
const WEIGHT_MIN = -4000
/** A link is certain from this probability on. */
const CERTAIN_WEIGHT = 13_000

export interface Judgement {
  readonly left: number
  readonly right: number
  readonly verdict: 'same' | 'different'
}

export interface LinkInput {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly model: CountyModel
  readonly pairs: Int32Array
  readonly pairCount: number
  readonly householdPatterns: PatternCounts
  readonly thresholds: LinkThresholds
  readonly judgements: readonly Judgement[]
}

export interface LinkResult {
  readonly people: People
  readonly links: Links
  /** Reason of each pair of `links` that waits for review; '' for links. */
  readonly reasons: readonly (Reason | '')[]
  readonly discredited: Uint8Array
}

export function linkCounty(input: LinkInput): LinkResult {
  const { table, lines, kernel, weights, model, thresholds } = input
  const discredited = discreditNumbers(table, input.pairs, input.pairCount)
  const groups = new Groups(table, lines, discredited)
  joinPersonNumbers(table, groups)
  const pairs = weighPairs(input, discredited)

  const decisions: PairDecisions = {
    decision: new Uint8Array(pairs.count),
    weight: pairs.weight.slice(),
    reason: new Uint8Array(pairs.count),
  }
  const layer = new Uint8Array(pairs.count)
  const household: HouseholdPair[] = []
  const judged: HouseholdPair[] = []
  for (const { left, right, verdict } of input.judgements) if (verdict === 'different') groups.forbid(left, right)
  for (const { left, right, verdict } of input.judgements) {
    if (verdict !== 'same' || groups.isForbidden(groups.root(left), groups.root(right))) continue
    groups.join(left, right)
    judged.push({ left, right, pattern: kernel.compare(left, right), weight: 60_000, decision: 'link' })
  }
  linkExactly(groups, pairs, decisions, layer)

  const byHousehold = rowsOfHouseholds(table)
  linkStatistically(
    {
      groups,
      pairs,
      pairsOf: pairsOfRows(pairs, table.rows),
      kernel,
      weights,
      thresholds,
      household: table.columns.household,
    },
    decisions,
  )
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === LINK && layer[i] === 0) layer[i] = LAYERS.indexOf('statistical')

  const familyWeights = householdWeights(model, input.householdPatterns)
  for (let round = 0; round < 2; round++) {
    household.push(...linkNewborns({ table, groups, kernel, households: byHousehold, thresholds }))
    household.push(
      ...linkHouseholds({ table, groups, kernel, weights: familyWeights, thresholds, households: byHousehold, discredited }),
    )
  }
  return gather(table, groups, pairs, decisions, layer, household, judged, discredited)
}

/** Keeps pairs that can matter, with the numbers known to be somebody else's taken out of the pattern. */
function weighPairs(input: LinkInput, discredited: Uint8Array): OrderedPairs {
  const { pairs, pairCount, weights } = input
  const left = new Int32Array(pairCount)
  const right = new Int32Array(pairCount)
  const pattern = new Int32Array(pairCount)
  const weight = new Int32Array(pairCount)
  let n = 0
  for (let i = 0; i < pairCount; i++) {
    const at = i * PAIR_WORDS
    const a = pairs[at]
    const b = pairs[at + 1]
    let p = pairs[at + 2]
    if ((discredited[a] | discredited[b]) !== 0 && idLevelOf(p) >= ID_LEVEL.bothValidDiffer)
      p = (p & ~(15 << SHIFT.id)) | (ID_LEVEL.heldElsewhere << SHIFT.id)
    const w = weights.weigh(a, b, p)
    if (w < WEIGHT_MIN) continue
    left[n] = a
    right[n] = b
    pattern[n] = p
    weight[n] = w
    n++
  }
  return orderPairs(left, right, pattern, weight, n)
}

/** Same valid number, and name, birth and sex do not contradict it. */
function linkExactly(
  groups: Groups,
  pairs: OrderedPairs,
  decisions: PairDecisions,
  layer: Uint8Array,
): void {
  const exact = LAYERS.indexOf('exact')
  for (let i = 0; i < pairs.count; i++) {
    const pattern = pairs.pattern[i]
    if (idLevelOf(pattern) !== ID_LEVEL.sameValid || isMisfit(pattern) || pairs.weight[i] < 6000) continue
    const a = pairs.left[i]
    const b = pairs.right[i]
    const ra = groups.root(a)
    const rb = groups.root(b)
    if (ra !== rb && conflictOf(groups, ra, rb, pattern, pairs.weight[i]) !== '') continue
    decisions.decision[i] = LINK
    layer[i] = exact
    groups.join(a, b)
  }
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a}:${b}` : `${b}:${a}`
}

/** Rows by household over all registers, rows ascending; old versions of police rows live nowhere. */
function rowsOfHouseholds(table: RecordTable): RowLists {
  const { household, recordFlag, reversalFlag } = table.columns
  const largest = table.households.size
  const lives = (row: number): boolean =>
    household[row] !== 0 && (row >= table.starts[POLICE + 1] || (recordFlag[row] === 1 && reversalFlag[row] === 0))
  const start = new Int32Array(largest + 2)
  let total = 0
  for (let row = 0; row < table.rows; row++) {
    if (!lives(row)) continue
    start[household[row] + 1]++
    total++
  }
  for (let i = 0; i <= largest; i++) start[i + 1] += start[i]
  const next = start.slice()
  const rows = new Int32Array(total)
  for (let row = 0; row < table.rows; row++) if (lives(row)) rows[next[household[row]]++] = row
  return { start, rows }
}

function gather(
  table: RecordTable,
  groups: Groups,
  pairs: OrderedPairs,
  decisions: PairDecisions,
  layer: Uint8Array,
  household: readonly HouseholdPair[],
  judged: readonly HouseholdPair[],
  discredited: Uint8Array,
): LinkResult {
  const lines: { left: number; right: number; weight: number; decision: number; layer: number; reason: Reason | '' }[] = []
  const known = new Set<string>()
  const attachment = new Uint8Array(table.rows)
  const attach = (row: number, weight: number): void => {
    const strength = weight >= CERTAIN_WEIGHT ? ATTACHMENT.certain : ATTACHMENT.probable
    if (attachment[row] < strength) attachment[row] = strength
  }
  const push = (left: number, right: number, weight: number, by: Layer): void => {
    lines.push({ left, right, weight, decision: DECISION.link, layer: LAYERS.indexOf(by), reason: '' })
    attach(left, weight)
    attach(right, weight)
  }
  for (const pair of judged) {
    known.add(pairKey(pair.left, pair.right))
    push(pair.left, pair.right, pair.weight, 'decision')
  }
  for (const pair of household) {
    const key = pairKey(pair.left, pair.right)
    if (pair.decision !== 'link' || known.has(key)) continue
    known.add(key)
    push(pair.left, pair.right, pair.weight, 'household')
  }
  const waiting: { left: number; right: number; weight: number; reason: Reason | '' }[] = []
  for (let i = 0; i < pairs.count; i++) {
    if (decisions.decision[i] === 0) continue
    const left = pairs.left[i]
    const right = pairs.right[i]
    if (decisions.decision[i] === LINK) {
      if (known.size > 0 && known.has(pairKey(left, right))) continue
      push(left, right, decisions.weight[i], LAYERS[layer[i]])
    } else if (decisions.decision[i] === REVIEW && groups.root(left) !== groups.root(right))
      waiting.push({ left, right, weight: decisions.weight[i], reason: REASONS[decisions.reason[i]] })
  }
  for (const pair of household)
    if (pair.decision === 'review' && groups.root(pair.left) !== groups.root(pair.right))
      waiting.push({ left: pair.left, right: pair.right, weight: pair.weight, reason: 'household' })
  for (const pair of waiting) {
    const key = pairKey(pair.left, pair.right)
    if (known.has(key)) continue
    known.add(key)
    lines.push({ ...pair, decision: DECISION.review, layer: LAYERS.indexOf('review') })
  }
  lines.sort((p, q) => p.left - q.left || p.right - q.right)
  // Versions of one person in the police system are as certain as the system itself.
  const { personNo } = table.columns
  const versions = new Uint8Array(table.personNos.size + 1)
  for (let row = 0; row < table.starts[POLICE + 1]; row++) if (versions[personNo[row]] < 2) versions[personNo[row]]++
  for (let row = 0; row < table.starts[POLICE + 1]; row++)
    if (personNo[row] !== 0 && versions[personNo[row]] > 1 && attachment[row] === 0) attachment[row] = ATTACHMENT.certain
  return {
    people: peopleFromGroups(groups.parent, attachment),
    links: {
      count: lines.length,
      left: Int32Array.from(lines, (l) => l.left),
      right: Int32Array.from(lines, (l) => l.right),
      weight: Int32Array.from(lines, (l) => l.weight),
      decision: Uint8Array.from(lines, (l) => l.decision),
      layer: Uint8Array.from(lines, (l) => l.layer),
    },
    reasons: lines.map((l) => l.reason),
    discredited,
  }
}
