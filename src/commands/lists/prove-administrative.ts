/**
 * Which findings can be shown without the census: the police, birth and death registers of a run linked once more, alone.
 *
 * In:  a run directory whose input files lie where they lay. Out: a test by code and records. What the census helped to
 *      link may not leave the census office, however administrative its records are (普查条例 art. 33).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { detectAdministrativeFindings } from '../../findings/index.ts'
import { findingContext, linkRegisters } from '../../pipeline.ts'
import { REGISTERS } from '../../registers/columns.ts'
import type { Summary } from '../../report/summary.ts'
import { WorkerPool } from '../../workers/pool.ts'
import { runSettings } from '../opened-run/open-run.ts'

const SILENT = { begin: () => undefined, progress: () => undefined, end: () => undefined }

export async function provedWithoutCensus(run: string): Promise<(code: string, records: readonly string[]) => boolean> {
  const complete = runSettings(run)
  const summary = JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')) as Summary
  const settings = {
    ...complete,
    inputs: complete.inputs.filter(({ register }) => !register.startsWith('census')),
    // Without block codes nothing says which county is loaded: the run's own answer does.
    area: complete.area.length > 0 ? complete.area : summary.loaded_counties,
    decisions: undefined,
  }
  const proved = new Set<string>()
  if (settings.inputs.length > 0) {
    const pool = new WorkerPool(settings.workers)
    try {
      // Verdicts of the review desk saw census rows: none is used.
      const linked = await linkRegisters(settings, SILENT, [], pool)
      const { table } = linked.ingest
      const keyOf = (row: number): string => `${REGISTERS[table.registerOf(row)]}:${table.recordId(row)}`
      detectAdministrativeFindings(findingContext(linked, settings)).forEach(({ code, rows }) => {
        proved.add(factOf(code, rows.map(keyOf)))
      })
    } finally {
      await pool.close()
    }
  }
  return (code, records) => proved.has(factOf(code, records))
}

function factOf(code: string, records: readonly string[]): string {
  return `${code} ${[...records].sort().join(' ')}`
}
