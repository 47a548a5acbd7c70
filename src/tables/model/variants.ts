/**
 * Variants: things that are alike in all but a mark that contradicts (the live recording, the same model in white).
 *
 * In:  patterns with their weights, what the column of the mark adds to each, how often matches usually contradict.
 * Out: per level of such a column the variants to be expected per match.
 * Variants are like matches in every other column, so no likelihood of these can part them. What can is excess: of the
 * pairs that match by all other columns, more contradict than slips of the pen would make. The rest are variants.
 */
import type { Patterns } from '../compare/patterns.ts'
import type { Tree } from './trees.ts'

/** Per comparison, per level: variants per match. Empty arrays where a column holds no mark. */
export type Variants = readonly Float64Array[]

/** Share of matches in which a mark contradicts by a slip of the pen. */
const SLIPS = 0.02

export function noVariants(levelCounts: readonly number[], contradicting: readonly (readonly number[])[]): Variants {
  return levelCounts.map((levels, c) => new Float64Array((contradicting[c] ?? []).length > 0 ? levels : 0))
}

/** `weights` in bits, prior included, variants not yet counted. */
export function variantsOf(
  candidates: Patterns,
  weights: Float64Array,
  trees: { readonly matches: Tree; readonly strangers: Tree },
  contradicting: readonly (readonly number[])[],
): Variants {
  const width = candidates.width
  return trees.matches.marginals.map((marginal, c) => {
    const levels = contradicting[c] ?? []
    if (levels.length === 0) return new Float64Array(0)
    const met = new Float64Array(marginal.length)
    let known = 0
    for (let i = 0; i < candidates.count; i++) {
      const level = candidates.levels[i * width + c]
      if (level === 0) continue
      const own = trees.matches.logMarginals[c][level] - trees.strangers.logMarginals[c][level]
      const count = candidates.counts[i] / (1 + 2 ** Math.min(own - weights[i], 60))
      met[level] += count
      known += count
    }
    return Float64Array.from(met, (count, level) =>
      levels.includes(level) ? Math.max(count / Math.max(known, 1) / SLIPS - 1, 0) : 0,
    )
  })
}

/** Bits of a match against everything else: odds against it are those without variants, and the variants per match. */
export function weighVariants(bits: number, variants: Variants, levels: Uint8Array, at: number): number {
  let perMatch = 0
  for (let c = 0; c < variants.length; c++) if (variants[c].length > 0) perMatch += variants[c][levels[at + c]]
  return perMatch === 0 ? bits : -Math.log2(2 ** -Math.max(Math.min(bits, 60), -60) + perMatch)
}
