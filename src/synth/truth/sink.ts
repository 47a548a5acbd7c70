/**
 * Where true findings go: those that must be made, and those that may be.
 *
 * In:  a code and the records it falls on. Out: one line a record in findings.csv or
 *      findings-may.csv, and the number of findings that must be made by code.
 */
import type { RegisterName } from '../rows.ts'

export interface RecordKey {
  readonly register: RegisterName
  readonly recordId: string
}

export interface TruthFinding {
  readonly code: string
  readonly must: boolean
  readonly keys: readonly RecordKey[]
}

export class FindingSink {
  readonly counts = new Map<string, number>()
  private readonly receive: (finding: TruthFinding) => void

  constructor(receive: (finding: TruthFinding) => void) {
    this.receive = receive
  }

  must(code: string, ...keys: readonly (readonly RecordKey[])[]): void {
    this.put(code, true, keys.flat())
  }

  may(code: string, ...keys: readonly (readonly RecordKey[])[]): void {
    this.put(code, false, keys.flat())
  }

  put(code: string, must: boolean, keys: readonly RecordKey[]): void {
    if (keys.length === 0) return
    if (must) this.counts.set(code, (this.counts.get(code) ?? 0) + 1)
    this.receive({ code, must, keys })
  }
}

export function keysOf(register: RegisterName, rows: readonly { readonly record_id: string }[]): RecordKey[] {
  return rows.map((row) => ({ register, recordId: row.record_id }))
}
