/**
 * The library's face.
 *
 * @example
 * import { reconcile } from 'bidui'
 * const { summary } = await reconcile({
 *   registers: { police: ['huji.csv'], census: ['duanbiao.csv'] },
 *   out: 'run1',
 * })
 * console.log(summary.findings.total)
 */
import { runToDirectory } from './commands/run.ts'
import { stageLines } from './progress.ts'
import type { Summary } from './report/summary.ts'
import { completeSettings, type Settings } from './settings.ts'
import { workersFor } from './workers/worker-count.ts'

export { BiduiError, EXIT } from './errors.ts'
export type { Explanation, ExplanationRow } from './matching/explanation.ts'
export type { Settings } from './settings.ts'
export type { Summary } from './report/summary.ts'
export * from './tables/index.ts'

/**
 * Reconciles a county and writes a run directory.
 *
 * @param settings register files, where to write, reference date, area, workers …; the rest is completed
 * @returns counts of what was read, linked and found, and how many rows were quarantined
 * @throws BiduiError with a code, an exit status and what to do
 */
export async function reconcile(
  settings: Settings,
): Promise<{ readonly summary: Summary; readonly quarantined: number }> {
  const complete = completeSettings(settings, workersFor)
  const { summary, quarantined } = await runToDirectory(complete, stageLines({ quiet: true }))
  return { summary, quarantined }
}
