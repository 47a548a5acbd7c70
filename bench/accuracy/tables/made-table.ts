/** What every generator of test tables makes: rows of one table or two, with what their columns hold. */
import type { Row } from './words.ts'

export interface MadeTable {
  /** With the true cluster of each row in the column `cluster`. */
  readonly left: Row[]
  /** The second table; undefined where doubles are sought in one. */
  readonly right: Row[] | undefined
  readonly spec: { id: string; columns: Record<string, string> }
}
