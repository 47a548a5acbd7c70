/**
 * An explanation is data: prior, one row per comparison, total. CLI, page and report draw the same rows.
 * The rows' weights and the prior add up to the total exactly (integers of milli-bits).
 */
export interface ExplanationRow {
  /** Comparison: id, name, birth, sex, place, kin, household. */
  readonly comparison: string
  readonly zh: string
  /** As the clerks wrote it. */
  readonly left: string
  readonly right: string
  readonly level: number
  /** e.g. `same sound, one character` */
  readonly en: string
  /** e.g. `音同，一字不同` */
  readonly sentence: string
  /** milli-bits */
  readonly weight: number
}

export interface Explanation {
  readonly left: string
  readonly right: string
  /** milli-bits */
  readonly prior: number
  readonly rows: readonly ExplanationRow[]
  /** milli-bits: prior + the rows */
  readonly total: number
  readonly probability: number
  readonly decision: 'link' | 'review' | 'non-link'
  readonly layer: string
  /** One Chinese sentence that says what was decided and why. */
  readonly sentence: string
}

/** The same pair with its sides exchanged. */
export function turned(explanation: Explanation): Explanation {
  const { left, right, rows } = explanation
  return {
    ...explanation,
    left: right,
    right: left,
    rows: rows.map((row) => ({ ...row, left: row.right, right: row.left })),
  }
}
