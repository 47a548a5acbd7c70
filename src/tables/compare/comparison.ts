/** What a comparison is: a function from two rows to a level, one by one or a batch at once. */

/** Pairs of rows to be compared together, and what is found of them. */
export interface PairBatch {
  readonly left: Int32Array
  readonly right: Int32Array
  /** At most BATCH (value-pairs.ts). */
  count: number
  /** [pair × comparisons + comparison] */
  readonly levels: Uint8Array
}

export interface Comparison {
  readonly name: string
  /** Place of the column it looks at; several comparisons may look at one. */
  readonly field: number
  readonly kind: string
  /** [0] is 'missing'; then the exact levels, the rarest last; then from near to 'differs'. */
  readonly levels: readonly string[]
  /** How matches usually fall on the levels: where EM begins, and what it falls back on. */
  readonly usualM: readonly number[]
  /** How strangers usually fall on them (usual-strangers.ts); undefined where that differs from table to table. */
  readonly usualU?: readonly number[] | undefined
  /** Levels 1 … exactCount are exact agreement. */
  readonly exactCount: number
  /** Levels 1 … this belong to one person; 0 where people share what the column holds (surname, address, telephone). */
  readonly personalLevels: number
  /** What a row is called as a whole: a person, or what stands at an address. Two names with half in common are two. */
  readonly isWholeName: boolean
  /** Levels in which a mark of the one contradicts that of the other: a variant, more often than the same thing. */
  readonly contradicting: readonly number[]
  /** Codes of models: who has another is another thing, or bears a shop's own number. */
  readonly isModel: boolean
  levelOf(a: number, b: number): number
  /** The same for all pairs of a batch; the levels become its column `place` of `width`. */
  fillLevels(batch: PairBatch, place: number, width: number): void
}
