/**
 * What people said of findings at the desk, as the lists of the townships read it: the newest verdict of each finding.
 *
 * In:  decisions.sqlite (a snapshot; a desk may be writing; nothing is written here). Out: finding_id → verdict, who,
 *      when. A finding without a verdict, or with one that was taken back, is not in it.
 */
import { readEvents } from './decision-log.ts'
import type { JudgedFinding } from './carried-findings.ts'
import type { EventKind, FindingVerdict } from './event.ts'
import { openDecisions } from './open-decisions.ts'
import { Projection } from './projection.ts'

export interface FindingDecision extends JudgedFinding {
  readonly verdict: FindingVerdict
  readonly actor: string
}

/** Whether the finding says something else now, or of other data, than when it was judged. */
export function hasFindingChanged(judged: { readonly print: string }, now: string): boolean {
  return judged.print !== '' && judged.print !== now
}

/**
 * 属实: the township has yet to put it right. 待入户 and 无法核实: the question is the field's, or stays open. Every other
 * verdict closes it.
 */
const OPEN_VERDICTS: ReadonlySet<FindingVerdict> = new Set<FindingVerdict>(['true', 'field', 'unverifiable'])

export function closesFinding(verdict: FindingVerdict): boolean {
  return !OPEN_VERDICTS.has(verdict)
}

const ABOUT_FINDINGS: ReadonlySet<EventKind> = new Set<EventKind>(['finding', 'undo'])

export function loadFindingVerdicts(path: string): ReadonlyMap<string, FindingDecision> {
  const database = openDecisions(path)
  try {
    return findingVerdictsOf(Projection.of(readEvents(database, ABOUT_FINDINGS)))
  } finally {
    database.close()
  }
}

export function findingVerdictsOf(projection: Projection): ReadonlyMap<string, FindingDecision> {
  const newest = new Map<string, FindingDecision>()
  for (const { findingId, entries } of projection.findings.values()) {
    const last = entries.at(-1)
    if (last === undefined) continue
    const { verdict, actor, t, print, content } = last
    newest.set(findingId, { findingId, verdict, actor, t, print, content })
  }
  return newest
}
