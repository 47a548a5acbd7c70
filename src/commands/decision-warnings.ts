/**
 * Says what became of the decisions in this run: a county whose ids were given anew, changed rows or another county's
 * decisions would otherwise lose what people did without a word.
 *
 * Pairs are told in the summary (E133 where their records are not in the files, E138 where their data changed and they wait
 * again, E139 where their ids were given anew and they were found by content); verdicts on findings after the run, when its findings have their ids.
 */
import { basename } from 'node:path'
import { RunSource } from '../report/lists/run-source.ts'
import type { RunWarning } from '../report/summary.ts'
import { carryFindings, hasFindingChanged, loadFindingVerdicts } from '../review/decisions/index.ts'

/** @param decided pairs that people decided, @param found those whose two records the files have */
export function decisionWarnings(
  path: string | undefined,
  decided: number,
  found: readonly { readonly isStale?: boolean; readonly isByContent?: boolean }[],
): RunWarning[] {
  if (path === undefined) return []
  const file = basename(path)
  const warnings: RunWarning[] = []
  const lost = decided - found.length
  if (lost > 0)
    warnings.push({
      code: 'E133',
      file,
      message: `${decided} 对裁决中有 ${lost} 对的记录不在本次文件中,未能采用;记录号是否改过 · ${lost} of ${decided} decided pairs have records that are not in these files and were not taken: were record ids given anew?`,
    })
  const stale = found.filter(({ isStale }) => isStale === true).length
  if (stale > 0)
    warnings.push({
      code: 'E138',
      file,
      message: `${decided} 对裁决中有 ${stale} 对的数据已变化,重新待审 · the data of ${stale} of ${decided} decided pairs have changed: they wait to be judged again`,
    })
  const again = found.filter(({ isByContent }) => isByContent === true).length
  if (again > 0)
    warnings.push({
      code: 'E139',
      file,
      message: `${decided} 对裁决中有 ${again} 对的记录号已改,按内容找回并采用 · the record ids of ${again} of ${decided} decided pairs were given anew: they were found by what stands in the rows, and taken`,
    })
  return warnings
}

/** What became of the desk's verdicts on findings; '' where there are none. */
export function findingVerdictsText(out: string, decisions: string | undefined): string {
  if (decisions === undefined) return ''
  const verdicts = loadFindingVerdicts(decisions)
  if (verdicts.size === 0) return ''
  const source = new RunSource(out)
  try {
    const carried = carryFindings(verdicts.values(), {
      printOf: (findingId) => source.findingPrint(findingId),
      idsByContent: () => source.findingsByContent(),
    })
    // Older verdicts on what was found by content are replaced by the newest: nothing became of them.
    let [standing, changed, gone] = [0, 0, 0]
    const found = carried.from.size
    for (const verdict of verdicts.values()) {
      if (carried.to.has(verdict.findingId)) continue
      const now = source.findingPrint(verdict.findingId)
      if (now === '') gone++
      else if (hasFindingChanged(verdict, now)) changed++
      else standing++
    }
    return (
      `审核台对问题的裁决 desk verdicts on findings: 仍有效 standing ${standing} · 记录号已改,按内容找回 found by content ${found} · 数据已变化,重新待审 changed, open again ${changed} · ` +
      `问题已消失 gone ${gone}\n`
    )
  } finally {
    source.close()
  }
}
