/**
 * 问题清单 as workbooks and CSV: a workbook per 乡镇, a sheet per 普查小区, rows by household and urgency.
 *
 * In:  issue rows, the order, the list key. Out: plans and bytes; file names hold area codes only.
 */
import type { ExportOrder } from '../export-gate.ts'
import { ADDRESSEE_ZH, EXPORT_NOTICE, noticeOf } from '../export-gate.ts'
import type { SheetColumn, SheetPlan, WorkbookPlan } from '../workbook/xlsx.ts'
import { checkValue, listNumber } from './check-value.ts'
import { encodeCsv } from './csv.ts'
import type { IssueRow } from './issue-rows.ts'
import { deskNote, SHOWN_COLUMNS } from './issue-rows.ts'
import { VERDICTS } from './questions.ts'
import { compareText } from '../../text-order.ts'

export const ID_COLUMN = '编号'
export const CHECK_COLUMN = '校验列'
export const LIST_COLUMN = '清单号'
export const ANSWER_COLUMNS = ['核实结果', '证件号后四位', '核实人', '日期', '备注'] as const

/** One row as sent: what `answers` keeps to know later which rows never came back. */
interface SentRow {
  readonly row: IssueRow
  readonly check: string
}

export interface TownshipList {
  readonly township: string
  /** Its name where it is known and may be told; '' otherwise. */
  readonly townshipName: string
  readonly listNumber: string
  readonly rows: readonly SentRow[]
}

const WIDTHS: Readonly<Record<string, number>> = {
  问题类型: 11,
  户编号: 7,
  地址: 15,
  姓名: 9,
  性别: 5,
  证件号: 19,
  户籍所载: 21,
  普查所载: 21,
  需核实事项: 27,
}

const COLUMNS: readonly SheetColumn[] = [
  { header: ID_COLUMN, width: 9, small: true },
  ...SHOWN_COLUMNS.map((header) => ({ header, width: WIDTHS[header] })),
  { header: '核实结果▼', width: 10, answer: true, choices: VERDICTS },
  { header: '证件号后四位', width: 8, answer: true },
  { header: '核实人', width: 8, answer: true },
  { header: '日期', width: 9, answer: true },
  { header: '备注', width: 12, answer: true },
  { header: CHECK_COLUMN, width: 8, small: true },
]

const HOW_TO =
  '填写：黄色格填写，核实结果从下拉列表中选；证件号后四位照证件抄写；其他格请勿改动，校验列用于回收时核对。'

/** Rows of one township in the order of the sheet, with their check values and the list's number. */
export function townshipListOf(
  township: string,
  townshipName: string,
  rows: readonly IssueRow[],
  key: Buffer,
): TownshipList {
  const sent = [...rows].sort(compareRows).map((row) => ({ row, check: checkValue(key, row.findingId, row.shown) }))
  return {
    township,
    townshipName,
    rows: sent,
    listNumber: listNumber(
      key,
      sent.map(({ check }) => check),
    ),
  }
}

function compareRows(a: IssueRow, b: IssueRow): number {
  return (
    compareText(a.sheet, b.sheet) ||
    compareHousehold(a.householdNo, b.householdNo) ||
    compareText(a.severity, b.severity) ||
    compareText(a.code, b.code) ||
    compareText(a.findingId, b.findingId)
  )
}

/** 2 before 10, numbers before words. */
function compareHousehold(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => (/^\d{1,12}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY))
  return x < y ? -1 : x > y ? 1 : compareText(a, b)
}

export function issueWorkbook(list: TownshipList, order: ExportOrder): WorkbookPlan {
  const sheets: SheetPlan[] = []
  for (const [name, rows] of bySheet(list.rows))
    sheets.push({
      name: sheetName(name),
      title: `问题清单　${[list.townshipName, name].filter((part) => part !== '').join('　')}`,
      lines: [
        noticeOf(order),
        `${LIST_COLUMN}：${list.listNumber}　本页 ${rows.length} 条　送：${ADDRESSEE_ZH[order.addressee]}　${HOW_TO}`,
      ],
      columns: COLUMNS,
      rows: rows.map(({ row, check }) => [row.findingId, ...row.shown, ...answersOf(row), check]),
      footer: `${EXPORT_NOTICE}　授权编号 ${order.authorisation}　${LIST_COLUMN} ${list.listNumber}`,
    })
  return { title: `问题清单 ${list.township}`, sheets }
}

export function issueCsv(list: TownshipList, order: ExportOrder): Uint8Array {
  const header = [LIST_COLUMN, '普查小区', ID_COLUMN, ...SHOWN_COLUMNS, ...ANSWER_COLUMNS, CHECK_COLUMN, '用途与授权']
  return encodeCsv([
    header,
    ...list.rows.map(({ row, check }) => [
      list.listNumber,
      row.sheet,
      row.findingId,
      ...row.shown,
      ...answersOf(row),
      check,
      noticeOf(order),
    ]),
  ])
}

/** Cells of ANSWER_COLUMNS: empty, or what the desk said. */
function answersOf({ judged }: IssueRow): readonly string[] {
  return judged === undefined ? ['', '', '', '', ''] : [judged.verdict, '', '', '', deskNote(judged)]
}

function bySheet(rows: readonly SentRow[]): Map<string, SentRow[]> {
  const sheets = new Map<string, SentRow[]>()
  for (const sent of rows) {
    const sheet = sheets.get(sent.row.sheet)
    if (sheet === undefined) sheets.set(sent.row.sheet, [sent])
    else sheet.push(sent)
  }
  return sheets
}

/** What a workbook allows as the name of a sheet. */
export function sheetName(text: string): string {
  const name = text.replaceAll(/[[\]:*?/\\']/g, '_').slice(0, 31)
  return name === '' ? '地区不明' : name
}
