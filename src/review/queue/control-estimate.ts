/**
 * How wrong linking the pairs that wait would be, by what people said of the control sample.
 *
 * In:  every pair that waits or waited: its probability by the model and, for pairs of the control sample, the verdict.
 * Out: by band of probability the share of matches; for each threshold the share of false links among the pairs at or
 *      above it, and of missed links (matches below it) among all matches that waited; each with a 95 % interval and
 *      what the model expects; the lowest threshold that keeps a wanted false-link rate, as a suggestion.
 *
 * A task is in the control sample by chance, one in twenty, and control tasks are given out in an order by chance. So
 * within a band the n judged pairs stand for all N that waited: each weighs N / n, the inverse of the probability that
 * it was drawn and judged (post-stratification; Horvitz and Thompson 1952). Sums over bands get Wilson's interval on the
 * effective sample size (Korn and Graubard 1998). Where a band was not judged at all there is no estimate.
 * Links that the engine made by itself are not in the sample: nothing is said of them here.
 */
import { type Estimate, wilson } from './agreement.ts'

export interface WaitingPair {
  readonly probability: number
  /** Given for judged pairs of the control sample only; all others count for how many there are. */
  readonly verdict?: 'same' | 'different'
}

export interface BandEstimate {
  readonly from: number
  readonly to: number
  /** Pairs that wait or waited. */
  readonly waiting: number
  readonly judged: number
  readonly same: number
  /** Share of matches by the model. */
  readonly expected: number
  readonly share: Estimate
}

export interface ThresholdEstimate {
  readonly threshold: number
  readonly pairs: number
  readonly judged: number
  /** Undefined while a band with pairs has no verdict. */
  readonly falseLinks: Estimate | undefined
  readonly falseLinksExpected: number
  readonly missedLinks: Estimate | undefined
  readonly missedLinksExpected: number
}

export interface ControlEstimate {
  readonly bands: readonly BandEstimate[]
  /** Rising. */
  readonly thresholds: readonly ThresholdEstimate[]
  readonly wanted: number
  /** The lowest threshold whose false-link rate is within `wanted` even at the upper end; undefined if none is proved. */
  readonly suggested: number | undefined
  /** Control verdicts without an error that would prove the wanted rate. */
  readonly verdictsNeeded: number
}

export const BAND_EDGES: readonly number[] = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 1]

export function estimateFromControl(pairs: Iterable<WaitingPair>, wanted: number): ControlEstimate {
  const bands = BAND_EDGES.slice(0, -1).map((from, i) => ({
    from,
    to: BAND_EDGES[i + 1],
    waiting: 0,
    judged: 0,
    same: 0,
    sum: 0,
  }))
  for (const { probability, verdict } of pairs) {
    const band = bands.findLast(({ from }) => probability >= from) ?? bands[0]
    band.waiting++
    band.sum += probability
    if (verdict === undefined) continue
    band.judged++
    if (verdict === 'same') band.same++
  }
  const thresholds = bands.map((_, at) => estimateThreshold(bands, at))
  return {
    bands: bands.map(({ sum, ...band }) => ({
      ...band,
      expected: band.waiting === 0 ? 0 : sum / band.waiting,
      share: wilson(band.same, band.judged),
    })),
    thresholds,
    wanted,
    // A band without pairs adds nothing: its threshold would only sound bolder.
    suggested: thresholds.find(({ falseLinks }, at) => bands[at].waiting > 0 && (falseLinks?.high ?? 1) <= wanted)
      ?.threshold,
    verdictsNeeded: verdictsToProve(wanted),
  }
}

/** The largest false-link rate to give to `bidui run` for links to begin at this probability (see linkThresholds). */
export function settingForThreshold(threshold: number): number {
  return Math.round(((1 - threshold) / 40) * 1e6) / 1e6
}

interface Band {
  readonly from: number
  readonly waiting: number
  readonly judged: number
  readonly same: number
  readonly sum: number
}

function estimateThreshold(bands: readonly Band[], at: number): ThresholdEstimate {
  const above = totalOf(bands.slice(at))
  const below = totalOf(bands.slice(0, at))
  const matches = above.expected + below.expected
  return {
    threshold: bands[at].from,
    pairs: above.pairs,
    judged: above.judged,
    falseLinks: above.isKnown && above.pairs > 0 ? falseLinksOf(above) : undefined,
    falseLinksExpected: above.pairs === 0 ? 0 : 1 - above.expected / above.pairs,
    missedLinks: above.isKnown && below.isKnown ? missedLinksOf(above, below) : undefined,
    missedLinksExpected: matches === 0 ? 0 : below.expected / matches,
  }
}

/** Sums over bands, each verdict weighing N / n. `smooth` and `variance` never are 0 where somebody might be wrong. */
interface Total {
  readonly isKnown: boolean
  readonly pairs: number
  readonly judged: number
  readonly expected: number
  readonly matches: number
  readonly smooth: number
  readonly variance: number
}

function totalOf(bands: readonly Band[]): Total {
  let [pairs, judged, expected, matches, smooth, variance] = [0, 0, 0, 0, 0, 0]
  let isKnown = true
  for (const { waiting, judged: n, same, sum } of bands) {
    pairs += waiting
    judged += n
    expected += sum
    if (waiting === 0) continue
    if (n === 0) {
      isKnown = false
      continue
    }
    // Half a verdict on each side (Jeffreys): ten of ten is not certainty.
    const share = (same + 0.5) / (n + 1)
    matches += (waiting * same) / n
    smooth += waiting * share
    variance += (waiting * waiting * share * (1 - share)) / n
  }
  return { isKnown, pairs, judged, expected, matches, smooth, variance }
}

function falseLinksOf({ pairs, matches, smooth, variance }: Total): Estimate {
  const rate = 1 - smooth / pairs
  return interval(1 - matches / pairs, (rate * (1 - rate) * pairs * pairs) / variance)
}

/** Matches below over all matches; the variance of the ratio by the delta method. */
function missedLinksOf(above: Total, below: Total): Estimate | undefined {
  const matches = above.matches + below.matches
  if (matches === 0) return undefined
  if (below.pairs === 0) return { value: 0, low: 0, high: 0 }
  const smooth = above.smooth + below.smooth
  const ratio = below.smooth / smooth
  const variance =
    (above.smooth * above.smooth * below.variance + below.smooth * below.smooth * above.variance) / smooth ** 4
  return interval(below.matches / matches, (ratio * (1 - ratio)) / variance)
}

function interval(value: number, effective: number): Estimate {
  return { ...wilson(value * effective, effective), value }
}

/** Wilson's upper end of 0 of n is z² / (n + z²). */
function verdictsToProve(wanted: number): number {
  const z2 = 3.841458820694124
  return Math.ceil((z2 * (1 - wanted)) / wanted)
}
