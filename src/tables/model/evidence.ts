/**
 * What a pattern weighs under the three classes: matches, strangers, companions.
 *
 * In:  a model's trees and companions, patterns. Out: bits of evidence and the odds of companions, of one pattern
 *      (`evidenceOf`, `companionBits`: the plain judges) or of all of them at once (`weighEvidence`: the same numbers).
 */
import type { Patterns } from '../compare/patterns.ts'
import { type Companions, companionEvidence } from './companions.ts'
import { logOf, type Tree } from './trees.ts'

/** The classes of a model. */
export interface Classes {
  readonly matches: Tree
  readonly strangers: Tree
  readonly companions: Companions | undefined
}

/** Bits by which dependence may make a pattern likelier among matches than its columns one by one. */
const DEPENDENCE_BITS_MOST = 5
/** Odds beyond which nothing changes any more, bits. */
const ODDS_BITS_MOST = 60

/**
 * Match weight of a pattern without the prior, in bits. Without the bound the tree of matches could describe a second
 * kind of pair, strangers who share a place and nothing else, as matches in which every column "differs together".
 */
export function evidenceOf(classes: Classes, levels: Uint8Array, at: number): number {
  const { matches } = classes
  let alone = 0
  for (let c = 0; c < matches.parents.length; c++) {
    const level = levels[at + c]
    if (level !== 0) alone += matches.logMarginals[c][level]
  }
  const strangers = logOf(classes.strangers, levels, at) + companionBits(classes, levels, at)
  return Math.min(logOf(matches, levels, at), alone + DEPENDENCE_BITS_MOST) - strangers
}

/** Bits by which a pattern is likelier among all pairs that are no matches because some of them are companions. */
export function companionBits(
  { companions, strangers }: Pick<Classes, 'strangers' | 'companions'>,
  levels: Uint8Array,
  at: number,
): number {
  if (companions === undefined) return 0
  return bitsOfOdds(companions, companionOdds(companions, logOf(strangers, levels, at), levels, at))
}

function bitsOfOdds(companions: Companions, odds: number): number {
  return Math.log2(1 - companions.share) + Math.log2(1 + odds)
}

/**
 * Odds that a pair which is no match is one of companions rather than of strangers.
 * @param strangers log2 of the pattern's probability among strangers
 */
function companionOdds(companions: Companions, strangers: number, levels: Uint8Array, at: number): number {
  const bits =
    Math.log2(companions.share / (1 - companions.share)) + companionEvidence(companions, levels, at) - strangers
  return 2 ** Math.max(Math.min(bits, ODDS_BITS_MOST), -ODDS_BITS_MOST)
}

/**
 * Evidence of all patterns: hundreds of thousands in every round of EM, so each tree is laid flat and walked once.
 * @param evidence [i] becomes evidenceOf pattern i
 * @param odds [i] becomes the odds of companions; 0 where the model knows none
 */
export function weighEvidence(classes: Classes, patterns: Patterns, evidence: Float64Array, odds: Float64Array): void {
  const { width, levels, count } = patterns
  const { companions } = classes
  const matches = layFlat(classes.matches)
  const strangers = layFlat(classes.strangers)
  for (let i = 0; i < count; i++) {
    const at = i * width
    let alone = 0
    let together = 0
    let apart = 0
    for (let c = 0; c < width; c++) {
      const level = levels[at + c]
      if (level === 0) continue
      alone += matches.logs[matches.alone[c] + level]
      together += matches.logs[placeIn(matches, c, level, levels, at)]
      apart += strangers.logs[placeIn(strangers, c, level, levels, at)]
    }
    const oddsHere = companions === undefined ? 0 : companionOdds(companions, apart, levels, at)
    const others = companions === undefined ? apart : apart + bitsOfOdds(companions, oddsHere)
    evidence[i] = Math.min(together, alone + DEPENDENCE_BITS_MOST) - others
    odds[i] = oddsHere
  }
}

/** Where in the list the level of comparison c stands, given that of its parent. */
function placeIn({ offset, size, parent }: FlatTree, c: number, level: number, levels: Uint8Array, at: number): number {
  const condition = parent[c] < 0 ? 0 : levels[at + parent[c]]
  return offset[c] + condition * size[c] + level
}

/** A tree in one list: log2 P(level c | level of the parent) at [offset[c] + parent level × size[c] + level c]. */
interface FlatTree {
  readonly logs: Float64Array
  readonly offset: Int32Array
  readonly size: Int32Array
  /** log2 P(level c) at [alone[c] + level c]. */
  readonly alone: Int32Array
  readonly parent: Int32Array
}

function layFlat({ parents, tables, marginals, logMarginals }: Tree): FlatTree {
  const size = Int32Array.from(marginals, (marginal) => marginal.length)
  const offset = new Int32Array(tables.length)
  const alone = new Int32Array(tables.length)
  const logs: number[] = []
  tables.forEach((table, c) => {
    offset[c] = logs.length
    logs.push(...table)
    alone[c] = logs.length
    logs.push(...logMarginals[c])
  })
  return { logs: Float64Array.from(logs), offset, size, alone, parent: parents }
}
