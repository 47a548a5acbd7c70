/**
 * Which records a run knows: people.csv names every accepted row, run.sqlite only those that somebody must look at.
 *
 * In:  a run directory, record keys `register:record_id`. Out: those of them that are in the run's files.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeCsv } from './csv.ts'

export function knownRecords(directory: string, wanted: ReadonlySet<string>): ReadonlySet<string> {
  const path = join(directory, 'people.csv')
  if (!existsSync(path)) return wanted
  const known = new Set<string>()
  for (const [, register, recordId] of decodeCsv(readFileSync(path))) {
    const key = `${register}:${recordId}`
    if (wanted.has(key)) known.add(key)
  }
  return known
}
