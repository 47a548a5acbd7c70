/** What linking says of pairs: from which probability on a pair is linked or asked about, and why it is asked. */

export const REASONS = [
  'weight',
  'decided',
  'ambiguous',
  'two-numbers',
  'two-hukou',
  'second-row',
  'household',
  'twin-suspect',
] as const
export type Reason = (typeof REASONS)[number]

export interface LinkThresholds {
  /** Smallest match probability of a link. */
  readonly link: number
  /** Smallest match probability worth a clerk's look. */
  readonly review: number
}

export const LINK = 1
export const REVIEW = 2

export interface PairDecisions {
  /** 0 undecided, LINK or REVIEW, by pair number. */
  readonly decision: Uint8Array
  /** Weight the decision rests on, rivals and taken places counted, in milli-bits. */
  readonly weight: Int32Array
  /** Index into REASONS for pairs to review. */
  readonly reason: Uint8Array
  /** What beside the rows moved the weight of a decided pair most: one of BEYOND. */
  readonly beyond: Uint8Array
}

/** A pair that a layer after the statistical one decided, or a person. */
export interface DecidedPair {
  readonly left: number
  readonly right: number
  readonly pattern: number
  /** Milli-bits, rivals and taken places counted. */
  readonly weight: number
  readonly decision: 'link' | 'review'
  /** What beside the rows and its layer moved the weight, one of BEYOND; unsaid where the layer says it. */
  readonly beyond?: number
}

/** A pair that a layer after the statistical one found, and which kind of layer. */
export type LaterPair = DecidedPair & { readonly by: 'household' | 'leftover' }
