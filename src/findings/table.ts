/**
 * THE table of findings: code → Chinese term, severity, lineage, what it rests on, what staff do, what it means.
 *
 * docs/findings.md is generated from it; detectors, summary, lists and report read it. A code's number is its place
 * in FINDING_CODES: it lives inside one run only, outputs write the code.
 */
import type { RegisterName } from '../registers/columns.ts'
import { ATTRIBUTE } from './table/attribute.ts'
import { BIRTHS_DEATHS } from './table/births-deaths.ts'
import type { FindingEntry } from './table/entry.ts'
import { HOUSEHOLD } from './table/household.ts'
import { PRESENCE } from './table/presence.ts'
import { REGISTER } from './table/register.ts'

export type { FindingEntry, FindingGroup, Severity } from './table/entry.ts'

const ENTRIES = { ...PRESENCE, ...BIRTHS_DEATHS, ...REGISTER, ...ATTRIBUTE, ...HOUSEHOLD } as const

export type FindingCode = keyof typeof ENTRIES

export const FINDING_TABLE: Readonly<Record<FindingCode, FindingEntry>> = ENTRIES

export const FINDING_CODES = Object.keys(ENTRIES) as readonly FindingCode[]

const NUMBERS: ReadonlyMap<FindingCode, number> = new Map(FINDING_CODES.map((code, number) => [code, number]))

/** The number of a code inside a run. */
export function codeNumber(code: FindingCode): number {
  return NUMBERS.get(code) as number
}

export interface FindingNotMade {
  readonly code: FindingCode
  readonly missing: readonly RegisterName[]
  /** For the summary. */
  readonly why: string
}

/** Codes that cannot be made without the registers that were not given. */
export function findingsNotMade(given: ReadonlySet<RegisterName>): readonly FindingNotMade[] {
  return FINDING_CODES.flatMap((code) => {
    const entry = FINDING_TABLE[code]
    const missing = entry.registers.filter((register) => !given.has(register))
    if (entry.notMade !== undefined || missing.length === 0) return []
    return [{ code, missing, why: `未提供 · not given: ${missing.join(', ')}` }]
  })
}
