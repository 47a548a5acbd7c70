/**
 * Answers of an earlier run taken over into a later one: a case that the field has closed is not asked again.
 *
 * In:  two runs, the earlier with answers. Out: an import in the later run's answers.sqlite that can be undone like any
 *      other, and how many answers were not taken over. A finding keeps its id from run to run; if what its list showed
 *      has changed since, the old answer was to another question and does not stand. Where record ids were given anew the
 *      finding is found by its content, if that is nobody else's (store/finding-contents.ts).
 */
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { Answer } from './answer-store.ts'
import { AnswerStore } from './answer-store.ts'
import { issueRowOf } from './issue-rows.ts'
import { knownRecords } from './known-records.ts'
import type { RunSource } from './run-source.ts'

export interface CarrySummary {
  readonly carried: number
  /** Of these: record ids were given anew, and the finding was found by what stands in its rows. */
  readonly byContent: number
  /** The rows behind the finding say something else now. */
  readonly changed: number
  /** The later run has the records, and no such finding any more. */
  readonly gone: number
  /** The later run does not have the records: left out of its files, or their ids were given anew. */
  readonly withoutRecords: number
  /** Answered in the later run already. */
  readonly kept: number
  /** '' when nothing was taken over. */
  readonly importId: string
}

export function carryAnswers(
  from: RunSource,
  to: RunSource,
  given: { readonly actor: string; readonly at: string },
): CarrySummary {
  const standing = standingIn(from.directory)
  if (standing.size === 0)
    return { carried: 0, byContent: 0, changed: 0, gone: 0, withoutRecords: 0, kept: 0, importId: '' }
  const store = new AnswerStore(to.directory)
  try {
    const present = store.standing()
    const answers: Answer[] = []
    let [changed, kept, byContent] = [0, 0, 0]
    const lost: Answer[] = []
    const taken = new Set(present.keys())
    const goneKeys: string[][] = []
    const origin = basename(from.directory)
    for (const answer of standing.values()) {
      const now = to.finding(answer.findingId)
      const then = from.finding(answer.findingId)
      const isSame = now !== undefined && then !== undefined && evidenceOf(from, then) === evidenceOf(to, now)
      if (present.has(answer.findingId)) kept++
      else if (!isSame) lost.push(answer)
      else answers.push({ ...answer, source: `${origin}: ${answer.source}` })
      if (isSame) taken.add(answer.findingId)
    }
    const ids = lost.length === 0 ? new Map<string, string>() : to.findingsByContent()
    for (const answer of lost) {
      const { findingId } = answer
      const content = from.findingContent(findingId)
      const found = content === '' ? undefined : ids.get(content)
      if (found !== undefined && present.has(found)) kept++
      else if (found !== undefined && !taken.has(found)) {
        byContent++
        taken.add(found)
        answers.push({ ...answer, findingId: found, source: `${origin}: ${answer.source}` })
      } else if (to.finding(findingId) === undefined || from.finding(findingId) === undefined)
        goneKeys.push(from.recordKeysOfFinding(findingId))
      else changed++
    }
    const importId = answers.length === 0 ? '' : storeCarried(store, answers, { ...given, origin })
    const withoutRecords = countWithoutRecords(to, goneKeys)
    const gone = goneKeys.length - withoutRecords
    return { carried: answers.length, byContent, changed, gone, withoutRecords, kept, importId }
  } finally {
    store.close()
  }
}

function standingIn(directory: string): ReadonlyMap<string, Answer> {
  const store = new AnswerStore(directory, 'read')
  try {
    return store.standing()
  } finally {
    store.close()
  }
}

/** Stores them as one import, to be undone as one; its id tells the same answers carried once more apart. */
function storeCarried(
  store: AnswerStore,
  answers: readonly Answer[],
  { origin, ...given }: { readonly origin: string; readonly actor: string; readonly at: string },
): string {
  const digest = createHash('sha256').update(String(store.events().length))
  for (const { findingId, verdict, note } of answers) digest.update(`\n${findingId}\t${verdict}\t${note}`)
  const importId = `C${digest.digest('hex').slice(0, 12)}`
  const files = `沿用 ${origin}`
  store.applyImport({ ...given, importId, files, applied: answers.length, conflicting: 0, rejected: 0 }, answers)
  return importId
}

/** A finding that is gone with its records is not settled: nobody knows what became of it. */
function countWithoutRecords(to: RunSource, findings: readonly (readonly string[])[]): number {
  if (findings.length === 0) return 0
  const known = knownRecords(to.directory, new Set(findings.flat()))
  return findings.filter((keys) => keys.some((key) => !known.has(key))).length
}

const FOR_CENSUS = { addressee: 'census', purpose: '', authorisation: '' } as const

/** What the list shows of the rows, without the words of the question: a sentence may be reworded between versions. */
function evidenceOf(source: RunSource, finding: Parameters<typeof issueRowOf>[1]): string {
  return issueRowOf(source, finding, FOR_CENSUS).shown.slice(1, -1).join('\n')
}
