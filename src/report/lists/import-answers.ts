/**
 * Filled lists back into a run: reads the files, decides every row, and stores the import if told to.
 *
 * In:  a run directory and files. Out: outcomes (the preview) and, with `apply`, an import id that can be undone.
 * The deciding is answer-import.ts; here are only files, the run and the store.
 */
import { type Hash, createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import { refuseFile } from '../../ingest/messages.ts'
import { meantPath, openWorkbookOf } from '../../near-path.ts'
import { ADDRESSEES } from '../export-gate.ts'
import type { ImportGround, Outcome, OutcomeKind } from './answer-import.ts'
import { byFile, decideImport } from './answer-import.ts'
import type { Answer, TailFits } from './answer-store.ts'
import { AnswerStore } from './answer-store.ts'
import { checkValue, openListKey } from './check-value.ts'
import { issueRowOf } from './issue-rows.ts'
import { fieldOf } from './record-words.ts'
import type { ReturnedFile } from './returned-rows.ts'
import { readReturnedFile } from './returned-rows.ts'
import type { RunSource } from './run-source.ts'

export interface ImportOrder {
  readonly files: readonly string[]
  readonly keyPath: string
  readonly apply: boolean
  readonly actor: string
  readonly at: string
}

export interface ImportResult {
  readonly outcomes: readonly Outcome[]
  readonly counts: Readonly<Record<OutcomeKind, number>>
  /** '' for a preview or when nothing could be applied. */
  readonly importId: string
  /** What was not read and refuses nothing, and what explains many refusals at once. */
  readonly notices: readonly string[]
}

export async function importAnswers(source: RunSource, order: ImportOrder): Promise<ImportResult> {
  const key = openListKey(order.keyPath, 'take-back')
  const digest = createHash('sha256')
  const returned: ReturnedFile[] = []
  for (const path of order.files) {
    const bytes = readInput(path)
    digest.update(bytes)
    returned.push(await readReturnedFile(path, bytes))
  }
  const store = new AnswerStore(source.directory, order.apply ? 'append' : 'read')
  // Two imports at once must not both find a case unanswered: deciding and storing are one step.
  const decide = () => decideAndStore(groundOf(source, store, key), store, returned, order, digest)
  try {
    return order.apply ? store.alone(decide) : decide()
  } finally {
    store.close()
  }
}

function decideAndStore(
  ground: ImportGround,
  store: AnswerStore,
  returned: readonly ReturnedFile[],
  order: ImportOrder,
  digest: Hash,
): ImportResult {
  const rows = returned.flatMap((file) => file.rows)
  const troubles = returned.flatMap((file) => file.troubles)
  const outcomes = decideImport(rows, ground, troubles)
  const counts = countOutcomes(outcomes)
  const answers = outcomes.flatMap((outcome) => outcome.answer ?? [])
  let importId = ''
  if (order.apply && answers.length > 0) {
    // The number of earlier events makes a second import of the same files, after an undo, another import.
    importId = `I${digest.update(String(store.events().length)).digest('hex').slice(0, 12)}`
    store.applyImport(
      {
        at: order.at,
        importId,
        actor: order.actor,
        files: order.files.map((path) => basename(path)).join('; '),
        applied: counts.applied,
        conflicting: counts.conflicting,
        rejected: counts.rejected,
      },
      [...answers, ...confirmedOf(outcomes)],
    )
  }
  return { outcomes, counts, importId, notices: [...returned.flatMap((file) => file.notices), ...strangers(outcomes)] }
}

/** Each once: a file may repeat a row. */
function confirmedOf(outcomes: readonly Outcome[]): readonly Answer[] {
  return [
    ...new Map(outcomes.flatMap(({ confirmed }) => (confirmed ? [[confirmed.findingId, confirmed]] : []))).values(),
  ]
}

/** Files of which no check value fits at all: sent from another run, or with another key. */
function strangers(outcomes: readonly Outcome[]): string[] {
  const rows = byFile(outcomes.filter(({ line }) => line > 0))
  return [...rows]
    .filter(([, own]) => own.length >= STRANGE_ROWS_MIN && own.every(({ code }) => code === 'E301'))
    .map(
      ([file]) =>
        `${file}: 没有一行的校验列相符，可能是另一次核对发出的清单；请用 --key 给出那次的 list.key · no row fits: ` +
        'was the list sent from another run? give its list.key with --key',
    )
}

const STRANGE_ROWS_MIN = 2

function readInput(path: string): Uint8Array {
  const workbook = openWorkbookOf(path)
  if (workbook !== undefined) throw refuseFile('E167', basename(path), workbook)
  try {
    return readFileSync(path)
  } catch (cause) {
    const isFolder = (cause as NodeJS.ErrnoException).code === 'EISDIR'
    throw new BiduiError(
      'E101',
      EXIT.noInput,
      isFolder
        ? `${basename(path)}: 是文件夹，不是文件 · a folder, not a file.`
        : `${basename(path)}: 找不到或不能读取文件 · cannot read the file.`,
      {
        advice: isFolder
          ? `请给出其中的清单，如 ${join(path, '*.xlsx')} · give the lists in it, as ${join(path, '*.xlsx')}.`
          : `${meantPath(path)}请检查路径 · check the path.`,
        cause,
      },
    )
  }
}

function groundOf(source: RunSource, store: AnswerStore, key: Buffer): ImportGround {
  const shown = new Map<string, readonly (readonly string[])[]>()
  return {
    check: (findingId, cells) => checkValue(key, findingId, cells),
    shownToday: (findingId) => {
      let cells = shown.get(findingId)
      if (cells === undefined) {
        cells = cellsToday(source, findingId)
        shown.set(findingId, cells)
      }
      return cells
    },
    standing: store.standing(),
    tailFits: (findingId, tail) => tailFits(source, findingId, tail),
    sentBeside: (listNumber, findingId) => {
      const sheet = store.sheetOf(listNumber, findingId)
      return sheet === undefined ? [] : store.sentSheet(listNumber, sheet)
    },
  }
}

/** A list may have been made for the census office or for another: what each was shown differs. */
function cellsToday(source: RunSource, findingId: string): readonly (readonly string[])[] {
  const finding = source.finding(findingId)
  if (finding === undefined) return []
  return ADDRESSEES.map((addressee) => issueRowOf(source, finding, { addressee, purpose: '', authorisation: '' }).shown)
}

function tailFits(source: RunSource, findingId: string, tail: string): TailFits {
  const personId = source.finding(findingId)?.personId ?? ''
  const records = [...source.recordsOfFinding(findingId), ...source.recordsOfPerson(personId)]
  const fits = (census: boolean) =>
    records.some(
      (record) =>
        record.register.startsWith('census') === census &&
        fieldOf(record, 'id_number').normalize('NFKC').toUpperCase().replaceAll(/[×Х]/gu, 'X').endsWith(tail),
    )
  const [register, census] = [fits(false), fits(true)]
  if (register && census) return 'both'
  return register ? 'register' : census ? 'census' : 'neither'
}

function countOutcomes(outcomes: readonly Outcome[]): Record<OutcomeKind, number> {
  const counts: Record<OutcomeKind, number> = {
    applied: 0,
    unchanged: 0,
    conflicting: 0,
    rejected: 0,
    unanswered: 0,
    missing: 0,
  }
  for (const outcome of outcomes) counts[outcome.kind]++
  return counts
}
