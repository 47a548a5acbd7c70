/**
 * A filled list as rows, whatever happened to its layout: columns in any order, lines above the head, sheets apart.
 *
 * In:  the bytes of a workbook or CSV file. Out: one ReturnedRow per row that holds anything, with its place.
 * Leaves to answer-import.ts whether a row may be believed.
 */
import { basename } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import { isOpenDocument } from '../../ingest/open.ts'
import type { ReadCell } from '../workbook/xlsx.ts'
import { readWorkbook } from '../workbook/xlsx.ts'
import { decodeCsv } from './csv.ts'
import { SHOWN_COLUMNS } from './issue-rows.ts'
import { ANSWER_COLUMNS, CHECK_COLUMN, ID_COLUMN, LIST_COLUMN } from './issue-sheets.ts'

export interface ReturnedRow {
  readonly file: string
  /** '' in CSV. */
  readonly sheet: string
  /** As the spreadsheet numbers it. */
  readonly line: number
  readonly listNumber: string
  readonly findingId: string
  readonly check: string
  /** SHOWN_COLUMNS; undefined where the column is gone. */
  readonly shown: readonly (string | undefined)[]
  /** By ANSWER_COLUMNS. */
  readonly answers: Readonly<Record<string, string>>
  /** Answer columns that hold a formula. */
  readonly formulas: readonly string[]
}

export async function readReturnedRows(path: string, bytes: Uint8Array): Promise<ReturnedRow[]> {
  const file = basename(path)
  if (bytes.length === 0) throw new BiduiError('E102', EXIT.data, `${file}: 文件为空 (empty file).`)
  if ((bytes[0] === 0xd0 && bytes[1] === 0xcf) || isOpenDocument(bytes))
    throw new BiduiError(
      'E107',
      EXIT.data,
      `${file}: 旧版 .xls、.ods 或有打开密码 (legacy .xls, .ods or a password).`,
      {
        advice: '请另存为 .xlsx 或 CSV (save it as .xlsx or CSV without a password).',
      },
    )
  const isWorkbook = bytes[0] === 0x50 && bytes[1] === 0x4b
  const tables = isWorkbook
    ? await readTables(file, bytes)
    : [{ name: '', rows: decodeCsv(bytes).map((row) => row.map((text) => ({ text, formula: false }))) }]
  const rows = tables.flatMap((table) => rowsOfTable(file, table.name, table.rows))
  if (rows === undefined || !tables.some((table) => headOf(table.rows) !== undefined))
    throw new BiduiError('E118', EXIT.data, `${file}: 没有找到「编号」「校验列」列 (no list in this file).`, {
      advice: '请用本程序发出的清单填写 (fill in the lists that `bidui lists` wrote).',
    })
  return rows
}

async function readTables(file: string, bytes: Uint8Array): Promise<{ name: string; rows: (readonly ReadCell[])[] }[]> {
  try {
    const sheets = await readWorkbook(bytes)
    return sheets.map((sheet) => ({ name: sheet.name, rows: [...sheet.rows] }))
  } catch (cause) {
    throw new BiduiError('E109', EXIT.data, `${file}: 工作簿损坏或不完整 (damaged workbook).`, {
      advice: '请重新保存后再导入 (save it again and import it anew).',
      cause,
    })
  }
}

/** Blanks, the drop-down's ▼ and width do not make another column. */
function foldHeader(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s▼:：*]/gu, '')
}

function headOf(rows: readonly (readonly ReadCell[])[]): number | undefined {
  const at = rows.findIndex((row) => {
    const headers = row.map((cell) => foldHeader(cell.text))
    return headers.includes(ID_COLUMN) && headers.includes(CHECK_COLUMN)
  })
  return at < 0 ? undefined : at
}

function rowsOfTable(file: string, sheet: string, rows: readonly (readonly ReadCell[])[]): ReturnedRow[] {
  const head = headOf(rows)
  if (head === undefined) return []
  const headers = rows[head].map((cell) => foldHeader(cell.text))
  const columnOf = (name: string) => headers.indexOf(name)
  const above = rows.slice(0, head).map((row) => row.map((cell) => cell.text).join(' '))
  const number = /清单号[:：]\s*(L[0-9A-Z]+)/u.exec(above.join('\n'))?.[1] ?? ''
  const found: ReturnedRow[] = []
  for (let r = head + 1; r < rows.length; r++) {
    const cells = rows[r]
    const text = (name: string) => {
      const c = columnOf(name)
      return c < 0 ? undefined : (cells[c]?.text ?? '')
    }
    if (cells.every((cell) => cell.text.trim() === '' && !cell.formula)) continue
    const answers: Record<string, string> = {}
    for (const column of ANSWER_COLUMNS) answers[column] = (text(column) ?? '').trim()
    found.push({
      file,
      sheet,
      line: r + 1,
      listNumber: text(LIST_COLUMN)?.trim() || number,
      findingId: (text(ID_COLUMN) ?? '').trim(),
      check: (text(CHECK_COLUMN) ?? '').trim(),
      shown: SHOWN_COLUMNS.map(text),
      answers,
      formulas: ANSWER_COLUMNS.filter((column) => cells[columnOf(column)]?.formula === true),
    })
  }
  return found
}
