/**
 * Verdicts on findings whose record ids were given anew, found again by what stands in their rows; as pairs are (store/rows-by-content.ts).
 *
 * In:  verdicts, each with the finding's fingerprint and content when it was judged, and the run of tonight. Out: for every finding of
 *      tonight the verdict that is about it, and what became of all of them.
 * A verdict goes to another finding only where the content is that of exactly one finding tonight, and where nobody has judged
 * that finding of tonight's data: rather lost, and told, than attached to somebody else. Verdicts of several nights on one
 * content are about one question: the newest stands.
 * Pure.
 */

/** A verdict as far as it matters where it belongs. */
export interface JudgedFinding {
  readonly findingId: string
  /** Of the finding as it was judged, record keys included; '' in files of earlier versions. */
  readonly print: string
  /** Of the same without record keys; '' where it could mean somebody else, and in files of earlier versions. */
  readonly content: string
  /** 2026-11-24T08:00:00.000+08:00 */
  readonly t: string
}

/** Finding that was judged → its print and content in the run it was judged on, for verdicts that do not hold them themselves. */
export type JudgedContents = Readonly<Record<string, readonly [print: string, content: string]>>

/** A verdict of an earlier version with what the run of the night before knew of its finding, if that was the finding judged. */
export function backFill<V extends JudgedFinding>(judged: V, known: JudgedContents): V {
  const [print, content] = known[judged.findingId] ?? []
  if (print === undefined || content === undefined || judged.content !== '') return judged
  return judged.print === '' || judged.print === print ? { ...judged, print, content } : judged
}

export interface FindingsTonight {
  /** '' where the run has no such finding. */
  readonly printOf: (findingId: string) => string
  /** Asked for only where a verdict has to be looked for. */
  readonly idsByContent: () => ReadonlyMap<string, string>
}

export interface CarriedFindings {
  /** finding of tonight → finding that was judged */
  readonly from: ReadonlyMap<string, string>
  /** finding that was judged → finding of tonight */
  readonly to: ReadonlyMap<string, string>
  /** Ids have moved on to other rows: a finding that has a judged one's id and says something else is somebody else's. */
  readonly isMoved: boolean
}

export function carryFindings(verdicts: Iterable<JudgedFinding>, tonight: FindingsTonight): CarriedFindings {
  const standing = new Set<string>()
  const lost = new Map<string, JudgedFinding[]>()
  for (const judged of verdicts) {
    const { findingId, print, content } = judged
    const now = tonight.printOf(findingId)
    if (now !== '' && (print === '' || now === print)) standing.add(findingId)
    else if (content !== '') lost.set(content, [...(lost.get(content) ?? []), judged])
  }
  const from = new Map<string, string>()
  const to = new Map<string, string>()
  if (lost.size === 0) return { from, to, isMoved: false }
  const ids = tonight.idsByContent()
  for (const [content, judged] of lost) {
    const target = ids.get(content)
    if (target === undefined || standing.has(target)) continue
    from.set(target, judged.reduce((newest, one) => (one.t >= newest.t ? one : newest)).findingId)
    for (const { findingId } of judged) to.set(findingId, target)
  }
  return { from, to, isMoved: [...to.keys()].some((findingId) => tonight.printOf(findingId) !== '') }
}

/** The verdict on a finding of tonight: given on it, or carried to it; none where its own went to another finding. */
export function verdictOn<V extends JudgedFinding>(
  findingId: string,
  verdictOf: (findingId: string) => V | undefined,
  carried: CarriedFindings,
  printOf: (findingId: string) => string,
): { readonly verdict: V; readonly isChanged: boolean } | undefined {
  const own = verdictOf(findingId)
  if (own !== undefined && (own.print === '' || own.print === printOf(findingId)))
    return { verdict: own, isChanged: false }
  const origin = carried.from.get(findingId)
  const moved = origin === undefined ? undefined : verdictOf(origin)
  if (moved !== undefined) return { verdict: moved, isChanged: false }
  // Ids that were given anew are somebody else's now: what went to another finding says nothing of this one.
  if (own === undefined || carried.isMoved || carried.to.has(findingId)) return undefined
  return { verdict: own, isChanged: true }
}
