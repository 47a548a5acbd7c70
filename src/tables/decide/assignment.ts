/**
 * One-to-one assignment: when neither table repeats a person, a partner taken is a partner gone.
 *
 * In:  pairs with weights, how many rows each side has. Out: the pairs assigned, each with a probability that knows how few
 *      rows are left: among ten rows a side that nobody has claimed, likeness that would prove nothing among ten
 *      thousand is proof. Equal weights are settled by row numbers, which values decide; they are marked as ties.
 */
import { oddsTooLow } from './partner-counts.ts'

export interface Assignment {
  readonly pair: number
  /** milli-bits, with the prior of the rows that were still free */
  readonly weight: number
  readonly isTied: boolean
}

export interface AssignmentInput {
  readonly count: number
  readonly left: ArrayLike<number>
  readonly right: ArrayLike<number>
  /** milli-bits, prior included */
  readonly weight: ArrayLike<number>
  /** milli-bits of that prior */
  readonly prior: number
  readonly leftCount: number
  readonly rightCount: number
  /** Whether the rows of a pair have models that differ; such a pair is likely only as far as the model believes it. */
  readonly isContradicted?: (pair: number) => boolean
  /** A share of false links was wished for, which the model's own odds are to keep: they are not raised. */
  readonly areOddsKept?: boolean
}

/** Evidence below which a pair gains nothing from being left over: two rows that say nothing are nobody's match. */
const EVIDENCE_LEAST = 6000

/** Weight above which an assignment is beyond the doubts of the residue. */
const FIRM = 7000

export function assignOneToOne(input: AssignmentInput): Assignment[] {
  const order = Array.from({ length: input.count }, (_, i) => i).sort(
    (i, j) => input.weight[j] - input.weight[i] || input.left[i] - input.left[j] || input.right[i] - input.right[j],
  )
  const best = new Map<number, number>()
  const taken = new Set<number>()
  const chosen: { pair: number; evidence: number; isTied: boolean }[] = []
  const rightOf = (i: number) => -1 - input.right[i]
  for (const i of order) {
    const l = input.left[i]
    const r = rightOf(i)
    if (!taken.has(l) && !taken.has(r) && input.weight[i] > input.prior) {
      taken.add(l)
      taken.add(r)
      chosen.push({ pair: i, evidence: input.weight[i] - input.prior, isTied: false })
    }
    for (const row of [l, r]) if (!best.has(row)) best.set(row, i)
  }
  // A chosen pair is tied when another pair of the same weight wanted one of its rows.
  const byRow = new Map<number, { pair: number; evidence: number; isTied: boolean }>()
  for (const item of chosen) {
    byRow.set(input.left[item.pair], item)
    byRow.set(rightOf(item.pair), item)
  }
  for (const i of order)
    for (const row of [input.left[i], rightOf(i)]) {
      const item = byRow.get(row)
      if (item !== undefined && item.pair !== i && input.weight[i] === input.weight[item.pair]) item.isTied = true
    }

  const firm = chosen.filter((item) => item.evidence + input.prior >= FIRM)
  const rest = chosen.filter((item) => item.evidence + input.prior < FIRM)
  const left = Math.max(input.leftCount - firm.length, 1)
  const right = Math.max(input.rightCount - firm.length, 1)
  // How many of the free rows still have a partner: the number that the probabilities themselves add up to.
  let expected = Math.min(left, right) * 0.5
  for (let round = 0; round < 50; round++) {
    const prior = Math.log2(expected / (left * right - expected + 1e-9)) * 1000
    let sum = 0
    for (const item of rest) if (item.evidence >= EVIDENCE_LEAST) sum += probability(item.evidence + prior)
    expected = Math.min(Math.max(sum, 1e-3), Math.min(left, right) * 0.98)
  }
  const prior = Math.max(Math.round(Math.log2(expected / (left * right - expected + 1e-9)) * 1000), input.prior)
  // Variants come by series, not as chance says: to the count they are strangers.
  const isContradicted = input.isContradicted ?? (() => false)
  const counted = Array.from(order, (_, i) => (isContradicted(i) ? -Infinity : input.weight[i]))
  const weights = chosen.filter((item) => !isContradicted(item.pair)).map((item) => item.evidence + input.prior)
  const tooLow = input.areOddsKept === true ? 0 : oddsTooLow({ ...input, weight: counted }, weights)
  return [
    ...firm.map((item) => ({ pair: item.pair, weight: item.evidence + input.prior, isTied: item.isTied })),
    ...rest.map((item) => {
      const leftOver = item.evidence + (item.evidence >= EVIDENCE_LEAST ? prior : input.prior)
      return {
        pair: item.pair,
        weight: Math.max(leftOver, raised(item.evidence + input.prior, isContradicted(item.pair) ? 0 : tooLow)),
        isTied: item.isTied,
      }
    }),
  ]
}

/** Weights below firm ones are drawn out so that what lies `tooLow` below even odds is even; order is kept. */
function raised(weight: number, tooLow: number): number {
  return Math.round(weight <= -tooLow ? weight + tooLow : ((weight + tooLow) * FIRM) / (FIRM + tooLow))
}

function probability(weight: number): number {
  return 1 / (1 + 2 ** -Math.max(Math.min(weight / 1000, 60), -60))
}

export interface SecondPartners {
  /** Pairs in which each row is the best partner of the other. */
  readonly first: number
  /** Pairs beside these whose rows are one thing with the better partners in their own table. */
  readonly repeats: number
  /** Pairs beside these whose rows are not: the camera in black and in white, the paper of the conference and its twin. */
  readonly rivals: number
}

/** What pairs of at least `least` milli-bits are to their rows; `areOne` says whether two rows of one table are one thing. */
export function secondPartners(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  weight: ArrayLike<number>,
  least: number,
  areOne: (a: number, b: number) => boolean,
): SecondPartners {
  // The pair of most weight of each row; of several alike the first.
  const [ofLeft, ofRight] = [new Map<number, number>(), new Map<number, number>()]
  const offer = (best: Map<number, number>, row: number, pair: number): void => {
    const held = best.get(row)
    if (held === undefined || weight[pair] > weight[held]) best.set(row, pair)
  }
  for (let i = 0; i < weight.length; i++) {
    if (weight[i] < least) continue
    offer(ofLeft, left[i], i)
    offer(ofRight, right[i], i)
  }
  let [first, repeats, rivals] = [0, 0, 0]
  for (let i = 0; i < weight.length; i++) {
    if (weight[i] < least) continue
    const [better, other] = [ofLeft.get(left[i]) as number, ofRight.get(right[i]) as number]
    const isRepeat = (better === i || areOne(right[i], right[better])) && (other === i || areOne(left[i], left[other]))
    if (better === i && other === i) first++
    else if (isRepeat) repeats++
    else rivals++
  }
  return { first, repeats, rivals }
}

/**
 * Weight, milli-bits, that three quarters of the firm pairs reach in which each row is the best partner of the other; 0
 * where there is none. Where a model takes near strangers for matches, these are its weakest matches and this is above
 * most of them.
 */
export function usualBestWeight(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  weight: ArrayLike<number>,
  firm: number,
): number {
  const [ofLeft, ofRight] = [new Map<number, number>(), new Map<number, number>()]
  for (let i = 0; i < weight.length; i++) {
    if (weight[i] < firm) continue
    ofLeft.set(left[i], Math.max(ofLeft.get(left[i]) ?? firm, weight[i]))
    ofRight.set(right[i], Math.max(ofRight.get(right[i]) ?? firm, weight[i]))
  }
  const mutual: number[] = []
  for (let i = 0; i < weight.length; i++)
    if (weight[i] >= firm && weight[i] === ofLeft.get(left[i]) && weight[i] === ofRight.get(right[i]))
      mutual.push(weight[i])
  mutual.sort((a, b) => a - b)
  return mutual.length === 0 ? 0 : mutual[Math.floor(mutual.length / 4)]
}

/**
 * Copies of one thing carry the slips of both, so that few are as alike as a pair across usually is: in made-up tables whose things
 * stand several times 47 to 61 in a hundred second partners were, where they do not 16 at most.
 */
const RIVALS_PER_REPEAT = 2
/** Up to this share of second partners, per pair linked, the residue of one to one is worth more than they are. */
const REPEATS_MOST = 0.02
/** milli-bits from which a pair says something of the tables as a whole */
const TELLING = 4000

/**
 * One to one takes away the second partners of rows: those that are repeats are lost, those that are rivals well lost.
 * @param weightOf weight of any two rows, of one table too
 */
export function isOneToOne(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  weight: ArrayLike<number>,
  weightOf: (a: number, b: number) => number,
): boolean {
  // Rows of one table that are one thing are as alike as the pairs across; rivals are only alike.
  const usual = Math.max(usualBestWeight(left, right, weight, TELLING), 0)
  const { first, repeats, rivals } = secondPartners(left, right, weight, 0, (a, b) => weightOf(a, b) >= usual)
  return repeats <= Math.max(rivals / RIVALS_PER_REPEAT, REPEATS_MOST * first)
}
