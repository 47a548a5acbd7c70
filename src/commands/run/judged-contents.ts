/**
 * Verdicts on findings given by earlier versions hold no content, by which they would be found again after a night in which record ids
 * were given anew. The run of the night before still has the findings: what it knows of them goes into the run of tonight.
 *
 * In:  decisions file, last night's run. Out: JudgedContents; what that run had been given by the one before it goes along. The
 *      log itself is append-only and stays as it is.
 */
import { BiduiError } from '../../errors.ts'
import { RunSource } from '../../report/lists/run-source.ts'
import { type JudgedContents, loadFindingVerdicts } from '../../review/decisions/index.ts'
import { readRemark } from '../../review/run-remarks.ts'

export function judgedContents(decisions: string | undefined, lastNight: string | undefined): JudgedContents {
  if (decisions === undefined || lastNight === undefined) return {}
  const bare = [...loadFindingVerdicts(decisions).values()].filter(({ content }) => content === '')
  if (bare.length === 0) return {}
  let source: RunSource
  try {
    source = new RunSource(lastNight)
  } catch (error) {
    // A run of a version that cannot be read any more knows nothing of them.
    if (error instanceof BiduiError) return {}
    throw error
  }
  try {
    const earlier = contentsIn(source)
    const known: Record<string, readonly [string, string]> = {}
    for (const { findingId, print } of bare) {
      const now = source.findingPrint(findingId)
      // The finding itself, not one that has its id by now.
      const content = now !== '' && (print === '' || print === now) ? source.findingContent(findingId) : ''
      if (earlier[findingId] !== undefined) known[findingId] = earlier[findingId]
      else if (content !== '') known[findingId] = [now, content]
    }
    return known
  } finally {
    source.close()
  }
}

/** What a run was given by the one before it. */
export function contentsIn(source: RunSource): JudgedContents {
  return readRemark<JudgedContents>(source.setting('judged_contents')) ?? {}
}
