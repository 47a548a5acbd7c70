/**
 * What the table of findings says of one code: the type of an entry, nothing else.
 *
 * Detectors, docs/findings.md, the summary and the lists all read these entries; no sentence about a code stands
 * anywhere else.
 */
import type { RegisterName } from '../../registers/columns.ts'

/** S1 changes the head count, S2 a resident count, a register or a vital count, S3 an attribute, S0 is information. */
export type Severity = 'S0' | 'S1' | 'S2' | 'S3'

/** adm: provable from police, births and deaths alone. cen: needs a census form. row: follows the rows it falls on. */
type Lineage = 'adm' | 'cen' | 'row'

export type FindingGroup = 'presence' | 'births-deaths' | 'register' | 'attribute' | 'household' | 'audit'

/**
 * On what a finding rests. row: what one row itself says. links: rows being one person. absence: a row that should
 * exist and was not found.
 */
type Ground = 'row' | 'links' | 'absence'

export interface FindingEntry {
  readonly zh: string
  readonly severity: Severity
  readonly lineage: Lineage
  readonly group: FindingGroup
  readonly rests: Ground
  /** Registers without which it cannot be made. */
  readonly registers: readonly RegisterName[]
  /** What staff do. */
  readonly action: string
  /** The same in English. */
  readonly advice: string
  readonly means: string
  readonly meaning: string
  /** When severity differs, which fair readings are made, which are left to another code. */
  readonly note?: string
  /** Said when the code is known but never made from the five registers. */
  readonly notMade?: string
}
