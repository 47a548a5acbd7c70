/**
 * The lists of a run written to a directory: the whole road from run.sqlite to one workbook and CSV per township.
 *
 * In:  a run directory, an order (to whom, for what), filters. Out: files that appear whole or not at all, and counts.
 * What was sent is remembered in answers.sqlite, so that a row deleted in the field is noticed on return.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import type { ExportOrder } from '../export-gate.ts'
import { admitsFinding } from '../export-gate.ts'
import { writeWorkbook } from '../workbook/xlsx.ts'
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
}

/** Findings nobody needs to be asked about. */
const QUIET_SEVERITY = 'S0'

export async function writeIssueLists(
  source: RunSource,
  given: ListsOrder,
  out: StagedDirectory,
): Promise<ListsSummary> {
  const key = openListKey(given.keyPath, 'send')
  const byTownship = new Map<string, IssueRow[]>()
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
    const rows = byTownship.get(row.township)
    if (rows === undefined) byTownship.set(row.township, [row])
    else rows.push(row)
  }

  const files: string[] = []
  const lists: TownshipList[] = []
  let sheets = 0
  for (const township of [...byTownship.keys()].sort()) {
    const list = townshipListOf(township, byTownship.get(township) ?? [], key)
    byTownship.delete(township)
    lists.push(list)
    sheets += new Set(list.rows.map(({ row }) => row.sheet)).size
    const stem = `${/^\d+$/.test(township) ? township : 'unknown'}_问题清单`
    if (given.format !== 'csv')
      files.push(out.write(`${stem}.xlsx`, await writeWorkbook(issueWorkbook(list, given.order))))
    if (given.format !== 'xlsx') files.push(out.write(`${stem}.csv`, issueCsv(list, given.order)))
  }
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
  }
}

/** Files gather in a hidden sibling and appear together. */
export class StagedDirectory {
  readonly #final: string
  readonly #staged: string

  constructor(path: string) {
    this.#final = resolve(path)
    if (existsSync(this.#final) && readdirSync(this.#final).length > 0)
      throw new BiduiError('E403', EXIT.cannotCreate, `${path}: 输出目录不为空 (the output directory is not empty).`, {
        advice: 'Choose a new directory, or empty this one.',
      })
    this.#staged = join(dirname(this.#final), `.${basename(this.#final)}.writing-${process.pid}`)
    try {
      mkdirSync(this.#staged, { recursive: true, mode: 0o700 })
    } catch (cause) {
      throw new BiduiError('E403', EXIT.cannotCreate, `${path}: 无法建立输出目录 (cannot create the directory).`, {
        cause,
      })
    }
  }

  /** Returns the name of the file. */
  write(name: string, bytes: Uint8Array | string): string {
    try {
      writeFileSync(join(this.#staged, name), bytes, { mode: 0o600, flag: 'wx' })
    } catch (cause) {
      throw new BiduiError('E403', EXIT.io, `${name}: 写入失败 (cannot write).`, {
        advice: 'Is the disk full?',
        cause,
      })
    }
    return name
  }

  publish(): void {
    if (existsSync(this.#final)) rmSync(this.#final, { recursive: true })
    renameSync(this.#staged, this.#final)
  }

  discard(): void {
    rmSync(this.#staged, { recursive: true, force: true })
  }
}
