/**
 * How wrong the links are, estimated without a single label.
 *
 * In:  match weights (milli-bits, prior included) with how many pairs have each.
 * Out: for every threshold the expected false-link rate (share of links that are not matches) and missed-link rate
 *      (share of matches below it), with 95 % intervals; and the lowest threshold that keeps a wanted false-link rate.
 *
 * A calibrated probability p is the expected number of matches of a pair: sums of p and p (1 − p) give mean and variance
 * (Belin & Rubin 1995; pairs taken as independent). The interval also carries what the model itself may be wrong about:
 * all weights are moved up and down by one bit.
 */
import { NORMAL_975 } from '../../wilson.ts'

export interface ErrorRates {
  /** Pairs with at least this weight are links, milli-bits. */
  readonly threshold: number
  readonly links: number
  readonly falseLinkRate: number
  readonly falseLinkRateLow: number
  readonly falseLinkRateHigh: number
  readonly missedLinkRate: number
  readonly missedLinkRateLow: number
  readonly missedLinkRateHigh: number
}

/** How far all weights may be wrong together, milli-bits. */
const CALIBRATION = 1000

/** One row per distinct weight, falling. */
export function estimateErrorRates(weights: ArrayLike<number>, counts: ArrayLike<number>): ErrorRates[] {
  const byWeight = new Map<number, number>()
  for (let i = 0; i < weights.length; i++)
    if (counts[i] > 0) byWeight.set(weights[i], (byWeight.get(weights[i]) ?? 0) + counts[i])
  const falling = [...byWeight].sort((a, b) => b[0] - a[0])

  let matches = 0
  let matchesHigh = 0
  let matchesLow = 0
  let variance = 0
  for (const [weight, count] of falling) {
    const p = probability(weight)
    matches += count * p
    matchesHigh += count * probability(weight + CALIBRATION)
    matchesLow += count * probability(weight - CALIBRATION)
    variance += count * p * (1 - p)
  }
  const rows: ErrorRates[] = []
  let links = 0
  let above = 0
  let aboveLow = 0
  let aboveHigh = 0
  let varianceAbove = 0
  for (const [weight, count] of falling) {
    const p = probability(weight)
    links += count
    above += count * p
    aboveLow += count * probability(weight - CALIBRATION)
    aboveHigh += count * probability(weight + CALIBRATION)
    varianceAbove += count * p * (1 - p)
    const spread = NORMAL_975 * Math.sqrt(varianceAbove)
    const missed = Math.max(matches - above, 0)
    const spreadBelow = NORMAL_975 * Math.sqrt(Math.max(variance - varianceAbove, 0))
    rows.push({
      threshold: weight,
      links,
      falseLinkRate: share(links - above, links),
      falseLinkRateLow: share(links - aboveHigh - spread, links),
      falseLinkRateHigh: share(links - aboveLow + spread, links),
      missedLinkRate: share(missed, matches),
      missedLinkRateLow: share(Math.max(matchesLow - aboveLow, 0) - spreadBelow, matchesLow),
      missedLinkRateHigh: share(Math.max(matchesHigh - aboveHigh, 0) + spreadBelow, matchesHigh),
    })
  }
  return rows
}

/** The lowest threshold whose expected false-link rate stays within `wanted`; undefined when even the best pairs fail. */
export function thresholdForFalseLinkRate(rates: readonly ErrorRates[], wanted: number): number | undefined {
  let found: number | undefined
  for (const row of rates) if (row.falseLinkRate <= wanted) found = row.threshold
  return found
}

function probability(weight: number): number {
  const odds = 2 ** (-Math.abs(weight) / 1000)
  return weight >= 0 ? 1 / (1 + odds) : odds / (1 + odds)
}

function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(Math.max(part / whole, 0), 1)
}
