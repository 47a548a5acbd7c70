/**
 * What a detector is: on which situations it looks, which codes it writes, how it says them.
 *
 * A person detector is asked about one person at a time; a household detector sees everybody pass and speaks at the end.
 * A row detector is asked about one row, a register detector about all of them: both speak before anybody has found out
 * who is one person, and their codes rest on the row alone. None keeps anything between two runs.
 */
import type { Finding, FindingList } from './finding-list.ts'
import type { People } from '../linking/people.ts'
import type { Ground, RegisterGround } from './ground.ts'
import type { RowList, Situation } from './situation.ts'
import type { FindingCode } from './table.ts'
import type { Words } from './words.ts'

export type Sentences = Partial<Record<FindingCode, (finding: Finding, words: Words) => string>>

export interface PersonDetector {
  /** Bits of a situation that must all be set. */
  readonly when: number
  /** Asked only when the households have spoken: a household finding may replace what it says. */
  readonly waitsForHouseholds?: boolean
  readonly sentences: Sentences
  detect(situation: Situation, out: FindingList): void
}

export interface RowDetector {
  /** Register numbers whose rows it looks at. */
  readonly registers: readonly number[]
  readonly sentences: Sentences
  detect(row: number, ground: RegisterGround, out: FindingList): void
}

export interface RegisterDetector {
  readonly sentences: Sentences
  detect(ground: RegisterGround, out: FindingList): void
  /** Asked when the people are known: whether a finding on these rows still says what it says. */
  holds?(rows: Int32Array, people: People): boolean
}

export interface HouseholdDetector {
  readonly sentences: Sentences
  /** A fresh observer for one run. */
  observe(ground: Ground): HouseholdObserver
}

interface HouseholdObserver {
  /** A person passes by. */
  see(situation: Situation): void
  /** Everybody has passed. */
  finish(out: FindingList): void
}

export function writeRows(out: FindingList, rows: RowList): void {
  for (let k = 0; k < rows.length; k++) out.row(rows.items[k])
}

export function writeEvidence(out: FindingList, rows: RowList): void {
  for (let k = 0; k < rows.length; k++) out.evidence(rows.items[k])
}
