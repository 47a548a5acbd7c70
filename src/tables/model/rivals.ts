/**
 * Rivals: a row that is one thing has one partner, so pairs that share a row share one chance.
 *
 * In:  candidate pairs, weights of their patterns in milli-bits. Out: per pattern, which part of its chance to be a match is
 *      left on average when every pair must outbid the others of its two rows.
 * EM sees patterns, not rows: where much is alike (one maker, one kind of thing) it may take that likeness for the match.
 * But such likeness is shared by many partners of a row, the true one is not.
 */
import { type CandidatePairs, forEachPair } from '../candidates/candidate-pairs.ts'

/** Bits beyond which a pair leaves nothing to others anyway. */
const BITS_MOST = 60

export function chancesLeft(pairs: CandidatePairs, weights: Int32Array, rowCount: number): Float64Array {
  const odds = Float64Array.from(weights, (weight) => 2 ** Math.min(weight / 1000, BITS_MOST))
  const ofRow = new Float64Array(rowCount)
  forEachPair(pairs, (a, b, pattern) => {
    ofRow[a] += odds[pattern]
    ofRow[b] += odds[pattern]
  })
  const left = new Float64Array(weights.length)
  const met = new Float64Array(weights.length)
  forEachPair(pairs, (a, b, pattern) => {
    const own = odds[pattern]
    left[pattern] += (1 + own) / (1 + Math.max(ofRow[a] + ofRow[b] - own, own))
    met[pattern]++
  })
  return left.map((sum, pattern) => (met[pattern] === 0 ? 1 : sum / met[pattern]))
}
