/** What a model is fitted to: patterns of pairs, how matches usually fall, and what is known of the columns. */
import type { Patterns } from '../compare/patterns.ts'
import type { Unrelated } from './trees.ts'

export interface DependentInput {
  readonly levelCounts: readonly number[]
  readonly usualM: readonly (readonly number[])[]
  /** How strangers usually fall, per column; undefined where it cannot be told. */
  readonly usualU?: readonly (readonly number[] | undefined)[]
  readonly candidates: Patterns
  readonly outside: Patterns
  /** Real pairs that one outside pair stands for. */
  readonly outsideScale: number
  readonly pairsTotal: number
  readonly iterationsMax: number
  /** Rows that can have a match: of one table all, of two those of the smaller. */
  readonly rowsMatchable?: number
  /**
   * Matches there can be at most. Given little but a title, EM calls matches whatever shares half of its words; that there
   * are more of them than rows then tells that the class is not the one that was asked for.
   */
  readonly matchesMost?: number
  /** Per column, up to which level agreement is personal; 0: shared by companions. All 0: no class of companions. */
  readonly personalLevels?: readonly number[]
  /** Per column, how many levels, from the first on, say that both values are the same: so common a value could say no more. */
  readonly exactCounts?: readonly number[]
  /** Comparisons of titles: siblings differ in them and in little else. */
  readonly areTitles?: readonly boolean[]
  /** Comparisons of whole names, which matches hardly ever have wholly different. */
  readonly areWholeNames?: readonly boolean[]
  /** Comparisons of codes of a thing's own: companions are variants then, which differ in them and little else. */
  readonly areOwnCodes?: readonly boolean[]
  /** Per column, levels in which a mark contradicts (variants.ts); such columns stand in no tree. */
  readonly contradicting?: readonly (readonly number[])[]
  /** Comparisons of a part of what another one compares: nothing is asked of them before anything is known. */
  readonly ofParts?: readonly boolean[]
  /** Per column, the one whose values it looks at once more and on which it hangs in every tree; −1 where there is none. */
  readonly hangsOn?: readonly number[]
  /** Comparisons that say nothing in this fit: EM alone would learn from them what near strangers are like. */
  readonly areSilent?: readonly boolean[]
  /** Comparisons that do not go together among strangers; what candidates show of it is matches. */
  readonly areUnrelated?: Unrelated
  /** Part of what it could say that a pair must say to begin as a match; nearly half where it is left out. */
  readonly partAsked?: number
  /** Whether EM begins with usual strangers whatever the pairs show: of the pairs of few rows many may be matches. */
  readonly isToldStrangers?: boolean
  /** Probabilities to begin with, per candidate pattern; without them the usual m decide. */
  readonly start?: Float64Array
  /** Per candidate pattern, the part of its chance that rivals leave it (rivals.ts). */
  readonly chancesLeft?: Float64Array
}
