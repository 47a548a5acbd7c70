/**
 * What became of the answers of a run after a later one was made of it: lists imported into it since, imports undone in it.
 *
 * In:  run directories. Out: answers taken over, answers withdrawn, as events of the later run.
 * An answer is known again by its words and by where it was imported from, so that no clock and no order of nights has to be
 * right, and what somebody has undone in a later run is never brought back by itself.
 */
import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Answer, AnswerStore, type StoredAnswer } from './answer-store.ts'
import { CARRIED, carryAnswers, type CarryOrder, type CarrySummary, sourceBeyond } from './carry-answers.ts'
import { RunSource } from './run-source.ts'

/** What one earlier run had to add. */
export interface LateAnswers {
  /** Name of the earlier run. */
  readonly run: string
  /** Undefined where nothing was imported since. */
  readonly taken: CarrySummary | undefined
  readonly withdrawn: number
  /** Why the earlier run cannot be read, when it has answers that this one lacks. */
  readonly trouble: string
}

/**
 * Answers of `to` that were taken over from `from` and were undone there since are withdrawn.
 * @param takenAt when the later run, or the one before it, took an answer; by key
 * @returns how many
 */
export function withdrawUndone(from: string, to: string, given: CarryOrder, takenAt = takenBy(to)): number {
  const undone = new Map<string, string>()
  const earlier = storedIn(from)
  for (const { key, undoneAt } of earlier) if (undoneAt > (undone.get(key) ?? '')) undone.set(key, undoneAt)
  // Imported anew since, or under another import as well.
  for (const { key, undoneAt } of earlier) if (undoneAt === '') undone.delete(key)
  if (undone.size === 0) return 0
  const store = new AnswerStore(to)
  try {
    const fallen = store
      .everStored()
      .filter(({ importId, undoneAt }) => undoneAt === '' && importId.startsWith(CARRIED))
      .filter((answer) => (undone.get(keyOf(answer)) ?? '') >= (takenAt.get(keyOf(answer)) ?? '\uffff'))
    if (fallen.length === 0) return 0
    const digest = createHash('sha256').update(String(store.events().length))
    for (const answer of fallen) digest.update(`\n${answer.findingId}\t${keyOf(answer)}`)
    const importId = `W${digest.digest('hex').slice(0, 12)}`
    store.withdraw(fallen, { ...given, importId, files: `沿用 ${nameOf(from)}` })
    return fallen.length
  } finally {
    store.close()
  }
}

/** What the runs before `last` have had to say since it was made of them, brought into `to`, which was just made of it. */
export function carryLate(last: string, to: string, given: CarryOrder): LateAnswers[] {
  const seen = takenBy(last)
  return runsBefore(last).flatMap((run): LateAnswers[] => {
    const name = nameOf(run)
    const isLate = (answer: Answer) => !seen.has(keyOf(answer))
    const hasLate = storedIn(run).some(({ undoneAt, key }) => undoneAt === '' && !seen.has(key))
    try {
      const taken = hasLate ? carryFrom(run, to, given, isLate) : undefined
      const withdrawn = withdrawUndone(run, to, given, seen)
      return taken === undefined && withdrawn === 0 ? [] : [{ run: name, taken, withdrawn, trouble: '' }]
    } catch (error) {
      return [{ run: name, taken: undefined, withdrawn: 0, trouble: error instanceof Error ? error.message : '' }]
    }
  })
}

function carryFrom(run: string, to: string, given: CarryOrder, isLate: (answer: Answer) => boolean): CarrySummary {
  const [earlier, later] = [new RunSource(run), new RunSource(to)]
  try {
    return carryAnswers(earlier, later, given, isLate)
  } finally {
    earlier.close()
    later.close()
  }
}

/** The runs whose answers came into this one, nearest first, as far as they still lie beside it. */
function runsBefore(last: string): string[] {
  const folder = dirname(realpathSync(last))
  const names = [nameOf(last)]
  for (const name of names) {
    if (!existsSync(join(folder, name, 'answers.sqlite'))) continue
    const store = new AnswerStore(join(folder, name), 'read')
    try {
      for (const earlier of store.followed()) if (!names.includes(earlier)) names.push(earlier)
    } finally {
      store.close()
    }
  }
  return names
    .slice(1)
    .map((name) => join(folder, name))
    .filter((run) => existsSync(join(run, 'answers.sqlite')))
}

/** Every answer that was ever in a run, by the key that later runs know it by. */
function storedIn(run: string): (StoredAnswer & { readonly key: string })[] {
  const store = new AnswerStore(run, 'read')
  try {
    const origin = nameOf(run)
    return store
      .everStored()
      .map((answer) => ({ ...answer, key: keyOf({ ...answer, source: sourceBeyond(origin, answer) }) }))
  } finally {
    store.close()
  }
}

/** When a run first had each answer that it took over. */
function takenBy(run: string): ReadonlyMap<string, string> {
  const store = new AnswerStore(run, 'read')
  try {
    const first = new Map<string, string>()
    for (const answer of store.everStored()) {
      const key = keyOf(answer)
      const before = first.get(key)
      if (before === undefined || answer.at < before) first.set(key, answer.at)
    }
    return first
  } finally {
    store.close()
  }
}

/** Where record ids were given anew the finding has another id: it is no part of the key. */
function keyOf({ source, check, verdict, tailFits, visitor, visitedOn, note }: Answer): string {
  return JSON.stringify([source, check, verdict, tailFits, visitor, visitedOn, note])
}

function nameOf(run: string): string {
  return basename(realpathSync(run))
}
