/**
 * Answers of an earlier run taken over into a later one: a case that the field has closed is not asked again.
 *
 * In:  two runs, the earlier with answers. Out: an import in the later run's answers.sqlite that can be undone like any
 *      other, and how many answers were not taken over. A finding keeps its id from run to run; if what its list showed
 *      has changed since, the old answer was to another question and does not stand. Where record ids were given anew the
 *      finding is found by its content, if that is nobody else's (store/finding-contents.ts). What is not found goes along
 *      aside: a township whose file was forgotten for one night is not asked again about what it has answered.
 */
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename } from 'node:path'
import type { Answer, AsideAnswer } from './answer-store.ts'
import { AnswerStore } from './answer-store.ts'
import { issueRowOf } from './issue-rows.ts'
import { knownRecords } from './known-records.ts'
import type { RunSource } from './run-source.ts'

export interface CarrySummary {
  readonly carried: number
  /** Of these: record ids were given anew, and the finding was found by what stands in its rows. */
  readonly byContent: number
  /** Of these: kept aside by the earlier run, which did not find what was answered. */
  readonly foundAgain: number
  /** The rows behind the finding say something else now. */
  readonly changed: number
  /** The later run has the records, and no such finding any more. */
  readonly gone: number
  /** The later run does not have the records: left out of its files, or their ids were given anew. */
  readonly withoutRecords: number
  /** Answered in the later run already, and alike. */
  readonly kept: number
  /** Answered otherwise in the later run: its answer stays. */
  readonly different: number
  /** What the later run does not find as it was answered, this night or for longer: it goes along, and stands when it is found again. */
  readonly aside: number
  /** '' when nothing was taken over. */
  readonly importId: string
}

export interface CarryOrder {
  readonly actor: string
  /** ISO. */
  readonly at: string
}

/** @param isWanted which answers of the earlier run are asked for; those that were not are neither taken nor counted */
export function carryAnswers(
  from: RunSource,
  to: RunSource,
  given: CarryOrder,
  isWanted: (answer: Answer) => boolean = () => true,
): CarrySummary {
  // The run itself, where a link such as runs/last was named: tomorrow that leads elsewhere.
  const origin = basename(realpathSync(from.directory))
  const earlier = answersOf(from, origin).filter(isWanted)
  const store = new AnswerStore(to.directory)
  try {
    const present = store.standing()
    const alreadyAside = store.aside()
    const answers: Answer[] = []
    const aside: EarlierAnswer[] = []
    let [changed, kept, different, byContent, foundAgain] = [0, 0, 0, 0, 0]
    const lost: EarlierAnswer[] = []
    const taken = new Set(present.keys())
    const goneKeys: string[][] = []
    const keep = (there: Answer, { verdict, note }: Answer) => {
      if (there.verdict === verdict && there.note === note) kept++
      else different++
    }
    const take = (answer: EarlierAnswer, findingId: string) => {
      if (answer.wasAside) foundAgain++
      answers.push({ ...answer, findingId })
    }
    for (const answer of earlier) {
      const isSame = answer.shown !== '' && answer.shown === shownBy(to, answer.findingId)
      const there = present.get(answer.findingId)
      if (there !== undefined) keep(there, answer)
      else if (!isSame) lost.push(answer)
      else take(answer, answer.findingId)
      if (isSame) taken.add(answer.findingId)
    }
    const ids = lost.length === 0 ? new Map<string, string>() : to.findingsByContent()
    for (const one of lost) {
      const { findingId, wasAside } = one
      const content = wasAside ? one.content : from.findingContent(findingId)
      const answer = { ...one, content }
      const found = content === '' ? undefined : ids.get(content)
      const there = found === undefined ? undefined : present.get(found)
      if (there !== undefined) keep(there, answer)
      else if (found !== undefined && !taken.has(found)) {
        byContent++
        taken.add(found)
        take(answer, found)
      } else {
        aside.push(answer)
        if (wasAside) continue
        if (to.finding(findingId) === undefined || from.finding(findingId) === undefined)
          goneKeys.push(from.recordKeysOfFinding(findingId))
        else changed++
      }
    }
    const newAside = aside.filter(({ findingId }) => !alreadyAside.has(findingId))
    const isNothing = answers.length + newAside.length === 0
    const importId = isNothing ? '' : storeCarried(store, answers, newAside, { ...given, origin })
    const withoutRecords = countWithoutRecords(to, goneKeys)
    const gone = goneKeys.length - withoutRecords
    const carried = answers.length
    return {
      carried,
      byContent,
      foundAgain,
      changed,
      gone,
      withoutRecords,
      kept,
      different,
      aside: aside.length,
      importId,
    }
  } finally {
    store.close()
  }
}

/** An answer of the earlier run, or one that it kept aside of a run before; its source names the run into which it was imported. */
type EarlierAnswer = AsideAnswer & { readonly wasAside: boolean }

/** By finding. What was answered anew replaces what waits aside. */
function answersOf(from: RunSource, origin: string): readonly EarlierAnswer[] {
  const store = new AnswerStore(from.directory, 'read')
  try {
    const standing = store.standing()
    return [
      ...[...standing.values()].map((answer) => ({
        ...answer,
        source: sourceBeyond(origin, answer),
        shown: shownBy(from, answer.findingId),
        // Read when it is wanted: most answers are to what both runs find.
        content: '',
        wasAside: false,
      })),
      ...[...store.aside().values()]
        .filter(({ findingId }) => !standing.has(findingId))
        .map((answer) => ({ ...answer, wasAside: true })),
    ]
  } finally {
    store.close()
  }
}

/** How later runs name where an answer comes from. Told once, by the run into which it was imported: not by every night it has passed since. */
export function sourceBeyond(
  origin: string,
  { importId, source }: { readonly importId: string; readonly source: string },
): string {
  return importId.startsWith(CARRIED) ? source : `${origin}: ${source}`
}

/** Ids of imports that took answers over begin with it. */
export const CARRIED = 'C'

/** Stores them as one import, to be undone as one; its id tells the same answers carried once more apart. */
function storeCarried(
  store: AnswerStore,
  answers: readonly Answer[],
  aside: readonly AsideAnswer[],
  { origin, ...given }: { readonly origin: string; readonly actor: string; readonly at: string },
): string {
  const digest = createHash('sha256').update(String(store.events().length))
  for (const { findingId, verdict, note } of [...answers, ...aside])
    digest.update(`\n${findingId}\t${verdict}\t${note}`)
  const importId = `${CARRIED}${digest.digest('hex').slice(0, 12)}`
  const files = `沿用 ${origin}`
  store.applyImport({ ...given, importId, files, applied: answers.length, conflicting: 0, rejected: 0 }, answers, aside)
  return importId
}

/** A finding that is gone with its records is not settled: nobody knows what became of it. */
function countWithoutRecords(to: RunSource, findings: readonly (readonly string[])[]): number {
  if (findings.length === 0) return 0
  const known = knownRecords(to.directory, new Set(findings.flat()))
  return findings.filter((keys) => keys.some((key) => !known.has(key))).length
}

const FOR_CENSUS = { addressee: 'census', purpose: '', authorisation: '' } as const

/** A print of what the list shows of the rows, without the words of the question: a sentence may be reworded between versions. */
function shownBy(source: RunSource, findingId: string): string {
  const finding = source.finding(findingId)
  if (finding === undefined) return ''
  const cells = issueRowOf(source, finding, FOR_CENSUS).shown.slice(1, -1)
  return createHash('sha256').update(cells.join('\n')).digest('hex').slice(0, 32)
}
