/**
 * Error rates per threshold, estimated without labels, and beside them what the truth says where it is known.
 *
 * In:  match weights of the listed pairs (links and pairs for review, milli-bits). Out: for a few thresholds the expected
 * share of false links among the pairs at or above it, of matches below it, with intervals (error-rates.ts).
 * Counted are listed pairs only: what blocking never proposed is told by `bidui evaluate` alone.
 */
import { countText, padCellsEnd, padCellsStart } from '../display-text.ts'
import { type ErrorRates, estimateErrorRates } from '../matching/weigh/error-rates.ts'

export interface ThresholdRates extends Omit<ErrorRates, 'threshold'> {
  /** Smallest match probability of a link. */
  readonly probability: number
  /** The same shares by the truth; absent without one. */
  readonly observed?: { readonly falseLinkRate: number; readonly missedLinkRate: number }
}

const SHOWN_PROBABILITIES = [0.5, 0.85, 0.95, 0.98, 0.99, 0.999, 0.9999] as const

/**
 * @param weights milli-bits
 * @param isMatch by pair: 1 a match, 0 none, 255 not judged; absent without a truth
 */
export function thresholdRates(weights: ArrayLike<number>, isMatch?: Uint8Array): ThresholdRates[] {
  const rates = estimateErrorRates(weights, new Uint8Array(weights.length).fill(1))
  return SHOWN_PROBABILITIES.flatMap((probability) => {
    const threshold = Math.round(Math.log2(probability / (1 - probability)) * 1000)
    const row = rates.findLast((rate) => rate.threshold >= threshold)
    if (row === undefined) return []
    const { threshold: _, ...shares } = row
    return [
      { probability, ...shares, ...(isMatch === undefined ? {} : { observed: observe(weights, isMatch, threshold) }) },
    ]
  })
}

function observe(weights: ArrayLike<number>, isMatch: Uint8Array, threshold: number) {
  let links = 0
  let wrong = 0
  let matches = 0
  let missed = 0
  for (let i = 0; i < weights.length; i++) {
    if (isMatch[i] === 255) continue
    matches += isMatch[i]
    if (weights[i] >= threshold) {
      links++
      wrong += 1 - isMatch[i]
    } else missed += isMatch[i]
  }
  return { falseLinkRate: wrong / Math.max(1, links), missedLinkRate: missed / Math.max(1, matches) }
}

/** The table for a terminal. */
export function formatThresholdRates(rates: readonly ThresholdRates[]): string[] {
  const hasTruth = rates.some((rate) => rate.observed !== undefined)
  const range = (value: number, low: number, high: number): string =>
    `${value.toFixed(5)} [${low.toFixed(5)}–${high.toFixed(5)}]`
  const truth = (value: number | undefined): readonly string[] => (hasTruth ? [value?.toFixed(5) ?? ''] : [])
  const line = ([threshold, pairs, ...shares]: readonly string[]): string =>
    [
      padCellsEnd(threshold, 31),
      padCellsStart(pairs, 11),
      ...shares.map((text) => `  ${padCellsEnd(text, text.length > 12 ? 36 : 9)}`),
    ]
      .join('')
      .trimEnd()
  return [
    line([
      'Link from probability 判定概率',
      'pairs 对数',
      'false links, estimated 错误关联(估计)',
      ...(hasTruth ? ['true 实际'] : []),
      'missed links, estimated 遗漏关联(估计)',
      ...(hasTruth ? ['true 实际'] : []),
    ]),
    ...rates.map((r) =>
      line([
        String(r.probability),
        countText(r.links),
        range(r.falseLinkRate, r.falseLinkRateLow, r.falseLinkRateHigh),
        ...truth(r.observed?.falseLinkRate),
        range(r.missedLinkRate, r.missedLinkRateLow, r.missedLinkRateHigh),
        ...truth(r.observed?.missedLinkRate),
      ]),
    ),
  ]
}
