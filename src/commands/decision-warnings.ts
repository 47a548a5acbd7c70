/**
 * Says when decisions cannot be obeyed because their records are not among the files: a county whose ids were given
 * anew, or another county's decisions, would otherwise lose what people did without a word.
 */
import { basename } from 'node:path'
import type { RunWarning } from '../report/summary.ts'

/** @param decided pairs that people decided, @param found those whose two records the files have */
export function decisionWarnings(path: string | undefined, decided: number, found: number): RunWarning[] {
  const lost = decided - found
  if (path === undefined || lost === 0) return []
  return [
    {
      code: 'E133',
      file: basename(path),
      message: `${decided} 对裁决中有 ${lost} 对的记录不在本次文件中,未能采用;记录号是否改过 · ${lost} of ${decided} decided pairs have records that are not in these files and were not taken: were record ids given anew?`,
    },
  ]
}
