/**
 * Two runs of one county side by side: what tonight's has that last night's had not, and the other way round.
 *
 * In:  the head of each finding by its id. Out: per code how many stand in both, only in the later, only in the earlier, and their
 *      ids. A finding is the same one where its code and its records are: a record under another id makes another finding.
 */
import type { FindingHead } from './read-tables.ts'

/** Findings of one code and severity. */
export interface CodeChange {
  readonly code: string
  readonly severity: string
  readonly kept: number
  /** Ids of the later run only, sorted. */
  readonly new: readonly string[]
  /** Ids of the earlier run only, sorted. */
  readonly gone: readonly string[]
}

/** The order of the summary: what changes the head count first, what is only for information last. */
const SEVERITIES = ['S1', 'S2', 'S3', 'S0']

/** One line for each code and severity of either run; a finding whose severity changed is gone in the one and new in the other. */
export function compareFindings(
  earlier: ReadonlyMap<string, FindingHead>,
  later: ReadonlyMap<string, FindingHead>,
): CodeChange[] {
  const changes = new Map<string, { code: string; severity: string; kept: number; new: string[]; gone: string[] }>()
  const changeOf = ({ code, severity }: FindingHead) => {
    const kind = `${severity} ${code}`
    const change = changes.get(kind) ?? { code, severity, kept: 0, new: [], gone: [] }
    changes.set(kind, change)
    return change
  }
  for (const [id, head] of later) {
    const change = changeOf(head)
    if (earlier.get(id)?.severity === head.severity) change.kept++
    else change.new.push(id)
  }
  for (const [id, head] of earlier) if (later.get(id)?.severity !== head.severity) changeOf(head).gone.push(id)
  for (const change of changes.values()) {
    change.new.sort()
    change.gone.sort()
  }
  const moved = (change: CodeChange) => change.new.length + change.gone.length
  return [...changes.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      moved(b) - moved(a) ||
      (a.code < b.code ? -1 : 1),
  )
}
