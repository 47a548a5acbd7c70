/**
 * How many workers a county of this size is worth.
 *
 * Every thread compiles the whole road for itself, a second of work: below some 30 MB one more costs more than it brings
 * (bench/history.md). The first thread is there at any size, and the main thread helps it (pool.ts): two workers. The answer of a run is the same with any number.
 */
import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'

const BYTES_A_WORKER = 32 * 2 ** 20
const WORKERS_MAX = 8

/** Tables below this are compared before a thread has read them: this thread does without. */
const TABLE_BYTES_LEAST = 512 * 1024

/** Workers for tables of any kind; 1: no thread is worth its start. */
export function workersForTables(paths: readonly string[]): number {
  return bytesOf(paths) < TABLE_BYTES_LEAST ? 1 : workersFor(paths)
}

function bytesOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + sizeOf(path), 0)
}

/** Nothing where the file cannot be looked at (a circle of links, a folder that is closed to us): whoever reads it says so. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

/** At least 2, at most one per core and 8. A file that is not there counts nothing: reading it will say so. */
export function workersFor(paths: readonly string[]): number {
  return Math.min(WORKERS_MAX, availableParallelism(), Math.max(2, Math.ceil(bytesOf(paths) / BYTES_A_WORKER)))
}
