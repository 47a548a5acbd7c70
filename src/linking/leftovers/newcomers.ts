/**
 * Newcomers: people without a police row here who were written down as present in two places.
 *
 * Two present rows of somebody with a hukou here find each other over the police row that both belong to. Who came from
 * afar has none, so the two rows have only each other, and the statistical layer weighs them as any two of the county's
 * present rows. Once the others are linked, three things are known that it could not know: how few rows are left
 * without a police row, how many of those are counted twice, and where each comes from. A row comes from where it
 * claims its hukou, or, if it claims none elsewhere (the register has denied it one here), from the area that its
 * number begins with. Of two strangers few share a distant county: it weighs as a rare name does. So does the village
 * where both are listed (all of it: newcomer-weights.ts). And a family is met
 * twice together: two households with one pair of namesakes may be chance, with two pairs they are one household.
 *
 * In:  groups after the household layer. Out: links of layer `leftover`, further pairs for review.
 */
import { pairKey } from '../people.ts'
import { RadixSorter } from '../../blocking/radix-sort.ts'
import { type Kernel, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import { isPresent } from '../../matching/packed-records.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { mixTriple } from '../../records/triple-dictionary.ts'
import { CENSUS } from '../../registers/columns.ts'
import { areTwoByNumber } from '../conflicts.ts'
import { creditedPattern } from '../number-holders.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { type NewcomerEvidence, NewcomerWeights } from './newcomer-weights.ts'
import { Origins } from './origins.ts'
import { type Candidate, linkCandidates, mayBeOnePerson } from '../rival-candidates.ts'
import {
  type DecidedPair,
  type LinkThresholds,
  type PairDecisions,
  type Reason,
  REASONS,
  REVIEW,
} from '../pair-decisions.ts'

const CANDIDATE_WEIGHT_MIN = -4000
/** Too light to be linked, but not to speak for another member of the family. */
const MEMBER_WEIGHT_MIN = -10_000
/** Where one member is met twice, every second one of the others is. What another pair says is believed up to a limit. */
const MEMBER_TOO = milliBits(0.5)
const FAMILY_MAX = 12_000
/** A key that more newcomers share than this tells nothing. */
const SHARED_KEY_MAX = 64

/** Reasons to ask that tell of want of weight, not of a conflict that a person must see. */
const DOUBT: ReadonlySet<Reason> = new Set<Reason>(['weight', 'ambiguous', 'second-row'])

export interface NewcomerContext extends NewcomerEvidence {
  readonly thresholds: LinkThresholds
  readonly discredited: Uint8Array
}

/** @param decisions of the pairs by weight: those that wait for want of weight wait here or not at all */
export function linkNewcomers(context: NewcomerContext, decisions: PairDecisions): DecidedPair[] {
  const { table, groups, kernel, weights, thresholds, pairs } = context
  const { numberOf, rows } = findNewcomers(context)
  if (rows.length < 2) return []
  const origins = new Origins(table, rows, numberOf)
  const known = knownPairs(pairs, numberOf)
  const found = new NewcomerPairs(context, origins, new NewcomerWeights(context, rows, origins, known))
  // What waits for want of weight is weighed anew, by more than the pairs by weight could know of it.
  for (const i of known)
    if (found.consider(pairs.left[i], pairs.right[i]) && decisions.decision[i] === REVIEW)
      if (DOUBT.has(REASONS[decisions.reason[i]])) decisions.decision[i] = 0
  // Most who share a key have two numbers: they tell nothing of their families either.
  const { idNo } = table.columns
  meet(table, kernel, rows, origins, (left, right) => {
    if (!areTwoByNumber(groups, idNo, left, right)) found.consider(left, right)
  })
  const together = withFamily(table, rows, found.candidates, found.prior)
  const likely = together.filter(({ weight }) => weight > CANDIDATE_WEIGHT_MIN)
  return linkCandidates(groups, likely, thresholds, mayBeOnePerson(groups, kernel, weights))
}

/** Numbers of the pairs by weight whose rows are both newcomers'. */
function knownPairs(pairs: OrderedPairs, numberOf: Int32Array): number[] {
  const known: number[] = []
  for (let i = 0; i < pairs.count; i++)
    if (
      pairClassOf(pairs.pattern[i]) === PAIR_CLASS.censusCensus &&
      numberOf[pairs.left[i]] !== 0 &&
      numberOf[pairs.right[i]] !== 0
    )
      known.push(i)
  return known
}

/** Pairs of newcomers that are likely enough to be linked, or to speak for their families; each once. */
class NewcomerPairs {
  readonly candidates: Candidate[] = []
  private readonly seen = new Set<number>()
  private readonly context: NewcomerContext
  private readonly origins: Origins
  private readonly evidence: NewcomerWeights

  constructor(context: NewcomerContext, origins: Origins, evidence: NewcomerWeights) {
    this.context = context
    this.origins = origins
    this.evidence = evidence
  }

  get prior(): number {
    return this.evidence.prior
  }

  /** Whether the pair is one that can be judged here. */
  consider(left: number, right: number): boolean {
    const { evidence } = this
    const { table, groups, kernel, discredited } = this.context
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra === rb || this.origins.areHere(left, right) || groups.shareHousehold(ra, rb)) return false
    const pattern = creditedPattern(kernel.compare(left, right), discredited[left] | discredited[right])
    const ofThemselves = evidence.prior + evidence.ofThemselves(left, right, pattern)
    if (ofThemselves + evidence.placesMax <= MEMBER_WEIGHT_MIN) return true
    const weight = ofThemselves + evidence.ofPlaces(left, right)
    const key = left * table.rows + right
    if (weight > MEMBER_WEIGHT_MIN && !this.seen.has(key)) {
      this.seen.add(key)
      this.candidates.push({ left, right, pattern, weight })
    }
    return true
  }
}

/**
 * Each pair with what the likeliest other pair between the same two households says: with prior odds λ and evidence e₁
 * and e₂, the odds of the first are λ·e₁·(1 + e₂ ÷ 2), since the other member is met twice too or is not. The likeliest
 * was chosen among all pairs of the other members, of which one may be so likely by chance: e₂ is divided by their
 * number. Between two dormitories of hundreds there always are such.
 */
export function withFamily(
  table: Pick<RecordTable, 'columns'>,
  newcomers: Int32Array,
  candidates: readonly Candidate[],
  prior: number,
): Candidate[] {
  const { household } = table.columns
  const members = new Map<number, number>()
  for (const row of newcomers) members.set(household[row], (members.get(household[row]) ?? 0) + 1)
  const othersOf = (row: number): number => Math.max(1, (members.get(household[row]) ?? 1) - 1)
  const between = new Map<number, Candidate[]>()
  const keyOf = ({ left, right }: Candidate): number => pairKey(household[left], household[right])
  for (const pair of candidates) {
    if (household[pair.left] === 0 || household[pair.right] === 0) continue
    const list = between.get(keyOf(pair))
    if (list === undefined) between.set(keyOf(pair), [pair])
    else list.push(pair)
  }
  return candidates.map((pair) => {
    let support = 0
    for (const other of between.get(keyOf(pair)) ?? []) {
      const isApart = [other.left, other.right].every((row) => row !== pair.left && row !== pair.right)
      if (isApart) support = Math.max(support, other.weight - prior + MEMBER_TOO)
    }
    if (support <= 0) return pair
    const chance = milliBits(1 / (othersOf(pair.left) * othersOf(pair.right)))
    return { ...pair, weight: pair.weight + Math.min(FAMILY_MAX, Math.max(0, support + chance)) }
  })
}

/** Present rows whose person has no police row, ascending; of each row its place among them from 1, 0 = none. */
function findNewcomers({ table, lines, groups }: NewcomerContext): { numberOf: Int32Array; rows: Int32Array } {
  const numberOf = new Int32Array(table.rows)
  const from = table.starts[CENSUS]
  const rows = new Int32Array(table.starts[CENSUS + 1] - from)
  let count = 0
  for (let row = from; row < from + rows.length; row++) {
    if (!isPresent(lines, row)) continue
    if (groups.police[groups.root(row)] !== 0) continue
    rows[count++] = row
    numberOf[row] = count
  }
  return { numberOf, rows: rows.slice(0, count) }
}

/**
 * Calls `consider` with the pairs of newcomers of one name, or of one birth month, sex and surname, last character of the
 * name or county of origin: whatever blocking left out, much of which asks for a hukou that many of them do not name. A
 * pair may come twice.
 */
function meet(
  table: RecordTable,
  kernel: Kernel,
  rows: Int32Array,
  origins: Origins,
  consider: (left: number, right: number) => void,
): void {
  const { name, birth, sex } = table.columns
  const monthAnd = (row: number, other: number): number => {
    const month = birth[row] >> 5
    return (month & 15) === 0 || other === 0 ? 0 : mixTriple(month, sex[row], other) || 1
  }
  const sorter = new RadixSorter(rows.length)
  for (const keyOf of [
    (row: number) => (name[row] === 0 ? 0 : kernel.nameKey(name[row])),
    (row: number) => monthAnd(row, table.names.firstUnit(name[row])),
    (row: number) => monthAnd(row, table.names.lastUnit(name[row])),
    (row: number) => monthAnd(row, origins.countyOf(row)),
  ]) {
    const order = rows.slice()
    const keys = order.map(keyOf)
    sorter.sort(keys, order, order.length)
    for (let start = 0, end = 0; start < order.length; start = end) {
      while (end < order.length && keys[end] === keys[start]) end++
      if (keys[start] === 0 || end - start > SHARED_KEY_MAX) continue
      for (let i = start; i < end; i++) for (let k = i + 1; k < end; k++) consider(order[i], order[k])
    }
  }
}
