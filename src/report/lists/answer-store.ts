/**
 * answers.sqlite of a run: which rows were sent, and what came back. Append-only; an undone import stays readable.
 *
 * In:  sent lists, imports with their applied answers, undo events. Out: the answers that stand, and those kept aside: given of
 *      an earlier run, to what this run does not find.
 * Of the people asked about nothing is kept but finding ids and verdicts: the last four digits are compared and let go.
 */
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { BiduiError, EXIT } from '../../errors.ts'
import { namedDatabaseError } from '../../store/database-error.ts'
import type { TownshipList } from './issue-sheets.ts'
import type { Verdict } from './questions.ts'

const SCHEMA = `
CREATE TABLE IF NOT EXISTS sent (
  list_number TEXT NOT NULL, finding_id TEXT NOT NULL, sheet TEXT NOT NULL, township TEXT NOT NULL,
  check_value TEXT NOT NULL, PRIMARY KEY (list_number, finding_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sent_by_finding ON sent (finding_id);
CREATE TABLE IF NOT EXISTS list_sent (
  list_number TEXT PRIMARY KEY, township TEXT NOT NULL, addressee TEXT NOT NULL, purpose TEXT NOT NULL,
  authorisation TEXT NOT NULL, rows INTEGER NOT NULL, sent_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('import', 'undo')),
  import_id TEXT NOT NULL, actor TEXT NOT NULL, files TEXT NOT NULL,
  applied INTEGER NOT NULL, conflicting INTEGER NOT NULL, rejected INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS answer (
  import_id TEXT NOT NULL, finding_id TEXT NOT NULL, verdict TEXT NOT NULL, tail_fits TEXT NOT NULL,
  visitor TEXT NOT NULL, visited_on TEXT NOT NULL, note TEXT NOT NULL, check_value TEXT NOT NULL,
  source TEXT NOT NULL, PRIMARY KEY (import_id, finding_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS answer_by_finding ON answer (finding_id);
CREATE TABLE IF NOT EXISTS aside (
  import_id TEXT NOT NULL, finding_id TEXT NOT NULL, verdict TEXT NOT NULL, tail_fits TEXT NOT NULL,
  visitor TEXT NOT NULL, visited_on TEXT NOT NULL, note TEXT NOT NULL, check_value TEXT NOT NULL,
  source TEXT NOT NULL, shown TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (import_id, finding_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS withdrawn (
  import_id TEXT NOT NULL, finding_id TEXT NOT NULL, check_value TEXT NOT NULL, undo_id TEXT NOT NULL,
  PRIMARY KEY (import_id, finding_id, check_value)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS follows (run TEXT PRIMARY KEY) WITHOUT ROWID;
${['sent', 'list_sent', 'event', 'answer', 'aside', 'withdrawn', 'follows']
  .flatMap((table) =>
    ['UPDATE', 'DELETE'].map(
      (verb) =>
        `CREATE TRIGGER IF NOT EXISTS ${table}_no_${verb.toLowerCase()} BEFORE ${verb} ON ${table} ` +
        `BEGIN SELECT RAISE(ABORT, 'answers are append-only'); END;`,
    ),
  )
  .join('\n')}
`

/** Whether the last four digits written at the door are those of a record of the finding. */
export type TailFits = '' | 'both' | 'register' | 'census' | 'neither'

export interface Answer {
  readonly findingId: string
  readonly verdict: Verdict
  readonly tailFits: TailFits
  readonly visitor: string
  readonly visitedOn: string
  readonly note: string
  readonly check: string
  /** File and row it came from. */
  readonly source: string
}

/** An answer to what this run does not find, or finds with other values: it waits for a run that finds it as it was. */
export interface AsideAnswer extends Answer {
  /** Print of what the list showed when it was answered. */
  readonly shown: string
  /** The finding by its content (store/finding-contents.ts); '' where that could be somebody else's. */
  readonly content: string
}

/** An answer as it was once stored, whether it still stands or not. */
export interface StoredAnswer extends Answer {
  readonly importId: string
  /** When it was imported or taken over, and when it was taken back; '' while it stands. ISO. */
  readonly at: string
  readonly undoneAt: string
}

export interface ImportEvent {
  readonly seq: number
  readonly at: string
  readonly kind: 'import' | 'undo'
  readonly importId: string
  readonly actor: string
  readonly files: string
  readonly applied: number
  readonly conflicting: number
  readonly rejected: number
}

export class AnswerStore {
  readonly #database: Database.Database

  constructor(runDirectory: string, mode: 'read' | 'append' = 'append') {
    const path = join(runDirectory, 'answers.sqlite')
    this.#database = mode === 'read' && !existsSync(path) ? new Database(':memory:') : new Database(path)
    if (this.#database.memory === false) chmodSync(path, 0o600)
    try {
      this.#database.pragma('journal_mode = WAL')
      this.#database.pragma('synchronous = FULL')
      this.#database.exec(SCHEMA)
    } catch (error) {
      this.#database.close()
      throw namedDatabaseError(path, error)
    }
  }

  close(): void {
    this.#database.close()
  }

  /** The same list sent again is the same list. */
  recordSent(
    lists: readonly TownshipList[],
    order: { readonly addressee: string; readonly purpose: string; readonly authorisation: string },
    at: string,
  ): void {
    const list = this.#database.prepare('INSERT OR IGNORE INTO list_sent VALUES (?, ?, ?, ?, ?, ?, ?)')
    const sent = this.#database.prepare('INSERT OR IGNORE INTO sent VALUES (?, ?, ?, ?, ?)')
    this.#database.transaction(() => {
      for (const { listNumber, township, rows } of lists) {
        list.run(listNumber, township, order.addressee, order.purpose, order.authorisation, rows.length, at)
        for (const { row, check } of rows) sent.run(listNumber, row.findingId, row.sheet, township, check)
      }
    })()
  }

  /** Finding ids of one sheet of a list, as sent. */
  sentSheet(listNumber: string, sheet: string): string[] {
    return this.#database
      .prepare<[string, string], { finding_id: string }>(
        'SELECT finding_id FROM sent WHERE list_number = ? AND sheet = ? ORDER BY finding_id',
      )
      .all(listNumber, sheet)
      .map((row) => row.finding_id)
  }

  /** Every finding that stood on a list, once. */
  sentFindings(): { readonly findingId: string; readonly township: string }[] {
    return this.#database
      .prepare<[], { findingId: string; township: string }>(
        'SELECT finding_id AS findingId, min(township) AS township FROM sent GROUP BY finding_id ORDER BY finding_id',
      )
      .all()
  }

  /** The lists that another run sent, as if this one had: what returns of them is told by the rows that do not. */
  takeSent(from: AnswerStore): void {
    const lists = from.#database.prepare('SELECT * FROM list_sent').raw().all() as string[][]
    const rows = from.#database.prepare('SELECT * FROM sent').raw().all() as string[][]
    const list = this.#database.prepare('INSERT OR IGNORE INTO list_sent VALUES (?, ?, ?, ?, ?, ?, ?)')
    const sent = this.#database.prepare('INSERT OR IGNORE INTO sent VALUES (?, ?, ?, ?, ?)')
    this.#database.transaction(() => {
      for (const one of lists) list.run(...one)
      for (const row of rows) sent.run(...row)
    })()
  }

  /** Remembers from which run answers were taken over, though there were none by then. */
  recordFollowed(run: string): void {
    this.#database.prepare('INSERT OR IGNORE INTO follows VALUES (?)').run(run)
  }

  /** Names of the runs whose answers were taken over. */
  followed(): readonly string[] {
    return this.#database.prepare<[], string>('SELECT run FROM follows ORDER BY run').pluck().all()
  }

  sheetOf(listNumber: string, findingId: string): string | undefined {
    return this.#database
      .prepare<[string, string], { sheet: string }>('SELECT sheet FROM sent WHERE list_number = ? AND finding_id = ?')
      .get(listNumber, findingId)?.sheet
  }

  /** Runs `action` while no other process can write: what it reads is still so when it stores. */
  alone<T>(action: () => T): T {
    return this.#database.transaction(action).immediate()
  }

  /** Answers of imports that were not undone, by finding: where several gave the same, the earliest. */
  standing(): Map<string, Answer & { readonly importId: string }> {
    return new Map(
      this.#notUndone('answer').map((row) => [row.finding_id, { importId: row.import_id, ...answerOf(row) }]),
    )
  }

  /** Answers that wait for a later run, of imports that were not undone. */
  aside(): Map<string, AsideAnswer> {
    return new Map(
      this.#notUndone('aside').map((row) => [
        row.finding_id,
        { ...answerOf(row), shown: row.shown, content: row.content },
      ]),
    )
  }

  /** The earliest of a finding comes last. */
  #notUndone(table: 'answer' | 'aside'): Record<string, string>[] {
    return this.#database
      .prepare<[], Record<string, string>>(
        `SELECT a.* FROM ${table} a WHERE a.import_id NOT IN (SELECT import_id FROM event WHERE kind = 'undo')
         AND (a.import_id, a.finding_id, a.check_value) NOT IN (SELECT import_id, finding_id, check_value FROM withdrawn)
         ORDER BY a.finding_id, (SELECT min(seq) FROM event WHERE import_id = a.import_id) DESC`,
      )
      .all()
  }

  /** Every answer that was ever here, those aside among them. */
  everStored(): StoredAnswer[] {
    const cells = 'import_id, finding_id, verdict, tail_fits, visitor, visited_on, note, check_value, source'
    return this.#database
      .prepare<[], Record<string, string>>(
        `SELECT a.*, (SELECT at FROM event WHERE import_id = a.import_id AND kind = 'import') AS at,
           coalesce((SELECT min(u.at) FROM event u WHERE u.kind = 'undo' AND u.import_id IN (a.import_id, w.undo_id)), '') AS undone_at
         FROM (SELECT ${cells} FROM answer UNION ALL SELECT ${cells} FROM aside) a
         LEFT JOIN withdrawn w USING (import_id, finding_id, check_value)`,
      )
      .all()
      .map((row) => ({ ...answerOf(row), importId: row.import_id, at: row.at, undoneAt: row.undone_at }))
  }

  /** Single answers that stand no longer: what they were taken over from was undone. The rest of their imports stands. */
  withdraw(answers: readonly StoredAnswer[], event: Pick<ImportEvent, 'importId' | 'at' | 'actor' | 'files'>): void {
    const insert = this.#database.prepare('INSERT OR IGNORE INTO withdrawn VALUES (?, ?, ?, ?)')
    this.#database.transaction(() => {
      this.#append({ ...event, kind: 'undo', applied: answers.length, conflicting: 0, rejected: 0 })
      for (const { importId, findingId, check } of answers) insert.run(importId, findingId, check, event.importId)
    })()
  }

  events(): ImportEvent[] {
    return this.#database
      .prepare<[], ImportEvent>(
        `SELECT seq, at, kind, import_id AS importId, actor, files, applied, conflicting, rejected
         FROM event ORDER BY seq`,
      )
      .all()
  }

  /** One transaction: an import stands whole or not at all. */
  applyImport(
    event: Omit<ImportEvent, 'seq' | 'kind'>,
    answers: readonly Answer[],
    aside: readonly AsideAnswer[] = [],
  ): void {
    const insert = this.#database.prepare('INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    const keep = this.#database.prepare('INSERT INTO aside VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.#database.transaction(() => {
      this.#append({ ...event, kind: 'import' })
      for (const answer of answers) insert.run(event.importId, ...cellsOf(answer))
      for (const answer of aside) keep.run(event.importId, ...cellsOf(answer), answer.shown, answer.content)
    })()
  }

  /**
   * A new event; the undone answers stay where they are. Returns how many no longer stand, and how many still do because a
   * later import gave the same.
   */
  undoImport(importId: string, actor: string, at: string): { readonly fallen: number; readonly standing: number } {
    return this.alone(() => this.#undo(importId, actor, at))
  }

  #undo(importId: string, actor: string, at: string): { readonly fallen: number; readonly standing: number } {
    const events = this.events().filter((event) => event.importId === importId)
    const done = events.find((event) => event.kind === 'import')
    if (done === undefined)
      throw new BiduiError('E308', EXIT.usage, `${importId}: 没有这次导入 · no such import.`, {
        advice: '用 `bidui answers list RUN` 查看各次导入 · that command shows the imports.',
      })
    if (events.some((event) => event.kind === 'undo'))
      throw new BiduiError('E308', EXIT.usage, `${importId}: 这次导入已撤销 · it is undone already.`)
    const stood = [...this.standing().values()].filter((answer) => answer.importId === importId).length
    const before = this.standing().size
    this.#append({ ...done, kind: 'undo', actor, at })
    const fallen = before - this.standing().size
    return { fallen, standing: stood - fallen }
  }

  #append(event: Omit<ImportEvent, 'seq'>): void {
    this.#database
      .prepare(
        `INSERT INTO event (at, kind, import_id, actor, files, applied, conflicting, rejected)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        event.at,
        event.kind,
        event.importId,
        event.actor,
        event.files,
        event.applied,
        event.conflicting,
        event.rejected,
      )
  }
}

/** In the order of the columns after import_id. */
function cellsOf(answer: Answer): readonly string[] {
  const { findingId, verdict, tailFits, visitor, visitedOn, note, check, source } = answer
  return [findingId, verdict, tailFits, visitor, visitedOn, note, check, source]
}

function answerOf(row: Record<string, string>): Answer {
  return {
    findingId: row.finding_id,
    verdict: row.verdict as Verdict,
    tailFits: row.tail_fits as TailFits,
    visitor: row.visitor,
    visitedOn: row.visited_on,
    note: row.note,
    check: row.check_value,
    source: row.source,
  }
}

/** The answers that stand for the findings of a run; empty where nothing was imported. */
export function loadAnswers(runDirectory: string): ReadonlyMap<string, Answer> {
  const store = new AnswerStore(runDirectory, 'read')
  try {
    return store.standing()
  } finally {
    store.close()
  }
}
