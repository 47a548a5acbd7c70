/**
 * The lists of a run written to a directory: the whole road from run.sqlite to one workbook and CSV per township.
 *
 * In:  a run directory, an order (to whom, for what), filters. Out: files that appear whole or not at all, and counts.
 * What was sent is remembered in answers.sqlite, so that a row deleted in the field is noticed on return.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import type { ExportOrder } from '../export-gate.ts'
import { admitsFinding } from '../export-gate.ts'
import { cannotWrite } from '../run-directory/run-directory.ts'
import { onInterrupt, stagedBeside } from '../run-directory/staging.ts'
import { type WorkbookPlan, writeWorkbook } from '../workbook/xlsx.ts'
import { messagesLeave } from '../../workers/pool.ts'
import { AnswerStore, loadAnswers } from './answer-store.ts'
import { openListKey } from './check-value.ts'
import type { DeskVerdict, IssueRow } from './issue-rows.ts'
import { closesCase } from './questions.ts'
import { issueRowOf } from './issue-rows.ts'
import type { TownshipList } from './issue-sheets.ts'
import { issueCsv, issueWorkbook, townshipListOf } from './issue-sheets.ts'
import type { FindingFilter, RunSource } from './run-source.ts'

export type ListFormat = 'xlsx' | 'csv' | 'both'

export interface ListsOrder {
  readonly order: ExportOrder
  readonly filter: FindingFilter
  readonly format: ListFormat
  /** File of the list key; default RUN/list.key. */
  readonly keyPath: string
  /** Findings that the field or the desk has closed too; without it they are left out. */
  readonly isAnsweredToo?: boolean
  /** What the desk said of a finding, and whether that closes it. */
  readonly deskVerdict?: (findingId: string) => (DeskVerdict & { readonly isClosed: boolean }) | undefined
  /** Whether a finding can be shown without the census (lists for other offices). */
  readonly isProvable?: (code: string, records: readonly string[]) => boolean
  /** When the lists are sent, for the office's own book; does not enter the lists. */
  readonly at: string
  /** Makes the bytes of a workbook; a worker can do it while the next township is read. Default: this thread. */
  readonly makeWorkbook?: (plan: WorkbookPlan) => Promise<Uint8Array>
}

export interface ListsSummary {
  readonly townships: number
  readonly sheets: number
  readonly rows: number
  /** Findings that may not go to this addressee. */
  readonly heldBack: number
  /** Findings closed by an answer of the field, and left out. */
  readonly closed: number
  /** Findings closed by a verdict of the desk, and left out. */
  readonly closedAtDesk: number
  readonly files: readonly string[]
  /** The townships that have a list, nine digits. */
  readonly listed: readonly string[]
}

/** Workbooks being made at a time: their rows are held twice meanwhile. */
const WORKBOOKS_AHEAD = 3

/** Findings nobody needs to be asked about. */
const QUIET_SEVERITY = 'S0'

export async function writeIssueLists(
  source: RunSource,
  given: ListsOrder,
  out: StagedDirectory,
): Promise<ListsSummary> {
  // Before the key: where there is a key and no file of answers, one was lost.
  new AnswerStore(source.directory).close()
  const key = openListKey(given.keyPath, 'send')
  // Read from addresses of the census too: what leaves for other offices holds nothing of it, not even a place.
  const names = given.order.addressee === 'census' ? source.townshipNames() : new Map<string, string>()
  const writer = new TownshipWriter(given, key, names, out)
  const severities = given.filter.severities ?? []
  const answers = loadAnswers(source.directory)
  let heldBack = 0
  let closed = 0
  let closedAtDesk = 0
  for (const finding of source.findings(given.filter)) {
    if (severities.length === 0 && (given.filter.codes ?? []).length === 0 && finding.severity === QUIET_SEVERITY)
      continue
    const outside = given.order.addressee !== 'census'
    const records = outside ? source.recordKeysOfFinding(finding.findingId) : []
    const isProved = !outside || (given.isProvable?.(finding.code, records) ?? false)
    if (!admitsFinding(given.order, { ...finding, records }) || !isProved) {
      heldBack++
      continue
    }
    const answer = answers.get(finding.findingId)
    if (given.isAnsweredToo !== true && answer !== undefined && closesCase(answer.verdict)) {
      closed++
      continue
    }
    const judged = given.deskVerdict?.(finding.findingId)
    if (given.isAnsweredToo !== true && judged?.isClosed === true) {
      closedAtDesk++
      continue
    }
    const row = { ...issueRowOf(source, finding, given.order), ...(judged === undefined ? {} : { judged }) }
    await writer.add(row)
  }
  await writer.end()
  const { files, lists, sheets } = writer
  const store = new AnswerStore(source.directory)
  try {
    store.recordSent(lists, given.order, given.at)
  } finally {
    store.close()
  }
  return {
    townships: lists.length,
    sheets,
    rows: lists.reduce((sum, { rows }) => sum + rows.length, 0),
    heldBack,
    closed,
    closedAtDesk,
    files,
    listed: lists.map(({ township }) => township),
  }
}

/** Takes rows township by township; a township's files are written when the next one begins. */
class TownshipWriter {
  readonly files: string[] = []
  readonly lists: TownshipList[] = []
  sheets = 0
  private rows: IssueRow[] = []
  private readonly workbooks: Promise<void>[] = []
  private readonly given: ListsOrder
  private readonly key: Buffer
  private readonly names: ReadonlyMap<string, string>
  private readonly out: StagedDirectory
  private readonly makeWorkbook: (plan: WorkbookPlan) => Promise<Uint8Array>

  constructor(given: ListsOrder, key: Buffer, names: ReadonlyMap<string, string>, out: StagedDirectory) {
    this.given = given
    this.key = key
    this.names = names
    this.out = out
    this.makeWorkbook = given.makeWorkbook ?? writeWorkbook
  }

  async add(row: IssueRow): Promise<void> {
    if (this.rows.length > 0 && this.rows[0].township !== row.township) await this.finishTownship()
    this.rows.push(row)
  }

  /** After the last row: waits until everything is written. */
  async end(): Promise<void> {
    if (this.rows.length > 0) await this.finishTownship()
    for (const workbook of this.workbooks.splice(0)) await workbook
  }

  private async finishTownship(): Promise<void> {
    const { given, out, workbooks } = this
    const [{ township }] = this.rows
    const list = townshipListOf(township, this.names.get(township) ?? '', this.rows, this.key)
    this.rows = []
    this.lists.push(list)
    this.sheets += new Set(list.rows.map(({ row }) => row.sheet)).size
    const stem = `${/^\d+$/.test(township) ? township : 'unknown'}_问题清单`
    if (given.format !== 'csv') {
      const name = `${stem}.xlsx`
      this.files.push(name)
      const workbook = this.makeWorkbook(issueWorkbook(list, given.order)).then((bytes) => void out.write(name, bytes))
      // Met where it is waited for; until then it must not be an unhandled rejection.
      workbook.catch(() => undefined)
      workbooks.push(workbook)
      await messagesLeave()
      if (workbooks.length >= WORKBOOKS_AHEAD) await workbooks.shift()
    }
    if (given.format !== 'xlsx') this.files.push(out.write(`${stem}.csv`, issueCsv(list, given.order)))
  }
}

/** Files gather in a hidden sibling and appear together; stopped or killed, they never do (staging.ts). */
export class StagedDirectory {
  readonly #final: string
  readonly #staged: string
  readonly #forgetInterrupt: () => void

  constructor(path: string) {
    this.#final = resolve(path)
    if (existsSync(this.#final) && readdirSync(this.#final).length > 0)
      throw new BiduiError('E403', EXIT.cannotCreate, `${path}: 输出目录不为空 (the output directory is not empty).`, {
        advice: '请给出新目录，或先清空 · choose a new directory, or empty this one.',
      })
    this.#staged = stagedBeside(this.#final)
    // Before the directory: a signal that came between the two would leave it behind.
    this.#forgetInterrupt = onInterrupt(() => this.discard())
    try {
      mkdirSync(this.#staged, { recursive: true, mode: 0o700 })
    } catch (cause) {
      this.#forgetInterrupt()
      throw new BiduiError('E403', EXIT.cannotCreate, `${path}: 无法建立输出目录 · cannot create the directory.`, {
        advice: '请检查上级目录及权限 · choose a place where this account may write.',
        cause,
      })
    }
  }

  /** Returns the name of the file. */
  write(name: string, bytes: Uint8Array | string): string {
    try {
      writeFileSync(join(this.#staged, name), bytes, { mode: 0o600, flag: 'wx' })
    } catch (cause) {
      // In the words of all commands: a full disk, or another reason.
      throw cannotWrite(name, cause)
    }
    return name
  }

  publish(): void {
    if (existsSync(this.#final)) rmSync(this.#final, { recursive: true })
    renameSync(this.#staged, this.#final)
    this.#forgetInterrupt()
  }

  discard(): void {
    this.#forgetInterrupt()
    rmSync(this.#staged, { recursive: true, force: true })
  }
}
