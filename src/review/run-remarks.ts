/**
 * What a run says of itself to the desk, beside its rows: which decisions it obeyed, what its files lack beside last night's.
 * Written by commands/run.ts into run.sqlite, as JSON. Types and the reading of them only; nothing of older runs is guessed.
 */
import type { RowLoss } from '../report/row-losses.ts'

export interface Obeyed {
  /** Number of the newest event that the run knew. */
  readonly upTo: number
  /** `left|right` of decided pairs whose records are not in its files (E133). */
  readonly lost: readonly string[]
}

/** The comparison with last night's files (E140–E142). */
export interface ComparedNightRemark {
  readonly run: string
  readonly losses: readonly RowLoss[]
}

export function readRemark<T>(text: string): T | undefined {
  return text === '' ? undefined : (JSON.parse(text) as T)
}
