/**
 * How many workers a county of this size is worth.
 *
 * Every thread compiles the whole road for itself, a second of work: below some 30 MB one more costs more than it brings
 * (bench/history.md), and below 4 MB, some 12,000 people, the first one (bench/README.md). The main thread is a worker
 * itself (pool.ts). The answer of a run is the same with any number.
 */
import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'

const BYTES_A_WORKER = 32 * 2 ** 20
/** Registers below this are reconciled as soon without a thread, for less work. */
const BYTES_ALONE = 4 * 2 ** 20
const WORKERS_MAX = 8

/** Tables below this are compared before a thread has read them. */
const TABLE_BYTES_ALONE = 2 ** 19

/** Workers for registers: at most one per core and 8. A file that is not there counts nothing: reading it will say so. */
export const workersFor = (paths: readonly string[]): number => workersOf(paths, BYTES_ALONE)

/** Workers for tables of any kind. */
export const workersForTables = (paths: readonly string[]): number => workersOf(paths, TABLE_BYTES_ALONE)

/** @param alone bytes below which no thread is worth its start */
function workersOf(paths: readonly string[], alone: number): number {
  const bytes = paths.reduce((sum, path) => sum + sizeOf(path), 0)
  if (bytes < alone) return 1
  return Math.min(WORKERS_MAX, availableParallelism(), Math.max(2, Math.ceil(bytes / BYTES_A_WORKER)))
}

/** Nothing where the file cannot be looked at (a circle of links, a folder that is closed to us): whoever reads it says so. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}
