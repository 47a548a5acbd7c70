/**
 * A filled list as rows, whatever happened to its layout: columns in any order, lines above the head, sheets apart.
 *
 * In:  the bytes of a workbook or CSV file. Out: one ReturnedRow per row that holds anything, with its place; pages that
 *      cannot be read, and what was passed over.
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
import { verdictOf } from './verdict-words.ts'

/** As finding-ids.ts makes them: a second finding with one code on the same records ends in `-2`. */
export const FINDING_ID = /^F[0-9A-Z]{1,20}(?:-[1-9]\d{0,3})?$/

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
  /** Answer columns whose cell lies under a merged one. */
  readonly covered: readonly string[]
}

/** A page of which no row can be read, and why. */
export interface PageTrouble {
  readonly file: string
  readonly sheet: string
  readonly code: 'E118' | 'E119'
  /** Chinese · English. */
  readonly message: string
}

export interface ReturnedFile {
  readonly rows: readonly ReturnedRow[]
  readonly troubles: readonly PageTrouble[]
  /** What was not read and refuses nothing: columns and pages of the township's own. */
  readonly notices: readonly string[]
}

export async function readReturnedFile(path: string, bytes: Uint8Array): Promise<ReturnedFile> {
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
    : [{ name: '', rows: decodeCsv(bytes).map((row) => row.map(plainCell)) }]
  if (!tables.some((table) => headOf(table.rows) !== undefined))
    throw new BiduiError('E118', EXIT.data, `${file}: 没有找到「编号」「校验列」列 (no list in this file).`, {
      advice: '请用本程序发出的清单填写 (fill in the lists that `bidui lists` wrote).',
    })
  const pages = tables.map(({ name, rows }) => readPage(file, name, rows))
  return {
    rows: pages.flatMap((page) => page.rows),
    troubles: pages.flatMap((page) => page.troubles),
    notices: pages.flatMap((page) => page.notices),
  }
}

function plainCell(text: string): ReadCell {
  return { text, formula: false, covered: false }
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

function isHead(row: readonly ReadCell[]): boolean {
  const headers = headersOn(row)
  return headers.includes(ID_COLUMN) && headers.includes(CHECK_COLUMN)
}

function headOf(rows: readonly (readonly ReadCell[])[]): number | undefined {
  const at = rows.findIndex(isHead)
  return at < 0 ? undefined : at
}

/** How the lines begin that a list has above its head. */
const TITLE_LINE = /^(?:问题清单|用途[:：]|清单号[:：])/u

/** Where the next list begins on a page on which somebody has put several one below the other; its title lines belong to it. */
function nextListOn(rows: readonly (readonly ReadCell[])[], head: number): number | undefined {
  const next = rows.findIndex((row, r) => r > head && isHead(row))
  if (next < 0) return undefined
  let start = next
  while (start > head + 1 && isTitleLine(rows[start - 1])) start--
  return start
}

function isTitleLine(row: readonly ReadCell[]): boolean {
  const filled = row.filter((cell) => cell.text.trim() !== '')
  return filled.length === 0 || (filled.length === 1 && TITLE_LINE.test(filled[0].text.trim()))
}

const ANSWER = '核实结果'
/** Columns that lists carry and the import has no use for. */
const OTHER_COLUMNS = ['普查小区', '用途与授权']
const KNOWN = [ID_COLUMN, CHECK_COLUMN, LIST_COLUMN, ...SHOWN_COLUMNS, ...ANSWER_COLUMNS]
/** Notes of the township have fewer cells in a row than a list. */
const LIST_CELLS_MIN = 3

/** A page is read whole or not at all, and what is not read is told: an answer lost in silence would be asked for again. */
function readPage(file: string, sheet: string, rows: readonly (readonly ReadCell[])[], above = 0): ReturnedFile {
  const place = sheet === '' ? file : `${file} [${sheet}]`
  const head = headOf(rows)
  const next = head === undefined ? undefined : nextListOn(rows, head)
  if (next !== undefined) {
    const lists = [
      readPage(file, sheet, rows.slice(0, next), above),
      readPage(file, sheet, rows.slice(next), above + next),
    ]
    return {
      rows: lists.flatMap((list) => list.rows),
      troubles: lists.flatMap((list) => list.troubles),
      notices: [...new Set(lists.flatMap((list) => list.notices))],
    }
  }
  if (head === undefined) {
    const filled = rows.map((row) => row.filter((cell) => cell.text.trim() !== '').length)
    const lines = filled.filter((cells) => cells >= LIST_CELLS_MIN).length
    if (lines > 0 && rows.some(isOfList)) return refused(file, sheet, 'E118', '「编号」「校验列」', lines)
    return {
      rows: [],
      troubles: [],
      notices: filled.some((n) => n > 0) ? [unread(place, '本页不是清单', 'no list')] : [],
    }
  }
  const headers = headersOn(rows[head])
  const foot = footOf(rows, head)
  const below = rows.slice(head + 1, foot)
  const lines = below.filter(isFilled).length
  if (lines === 0) return { rows: [], troubles: [], notices: [] }
  if (!headers.includes(ANSWER)) return refused(file, sheet, 'E118', `「${ANSWER}」`, lines)
  const twice = KNOWN.filter((name) => headers.indexOf(name) !== headers.lastIndexOf(name))
  if (twice.length > 0) return refused(file, sheet, 'E119', `「${twice.join('」「')}」`, lines)
  const strange = headers
    .map((name, c) => ({ name: name === '' ? `第${c + 1}列` : name, c }))
    .filter(({ c }) => ![...KNOWN, ...OTHER_COLUMNS].includes(headers[c]))
    .filter(({ c }) => below.some((row) => (row[c]?.text ?? '').trim() !== ''))
    .map(({ name }) => name)
  return {
    rows: rowsBelow(head, rows.slice(0, foot), { file, sheet, above }),
    troubles: [],
    notices: [
      ...(strange.length > 0 ? [unread(place, `「${strange.join('」「')}」列`, 'columns of your own')] : []),
      ...(rows.slice(foot).some(isFilled)
        ? [unread(place, '表尾的合计、签名', 'totals and signatures at the end')]
        : []),
    ],
  }
}

/** A row that a list may have: of a page without its head, the tables of the township's own have none. */
function isOfList(row: readonly ReadCell[]): boolean {
  const headers = headersOn(row)
  return (
    headers.filter((header) => KNOWN.includes(header)).length >= LIST_CELLS_MIN ||
    row.some(({ text }) => FINDING_ID.test(text.trim()) || verdictOf(text) !== undefined)
  )
}

/** How the lines begin that people write below a list. */
const FOOT_LINE =
  /^(?:合计|总计|小计|共计|填表人|填报人|核实人|核查人|审核人|负责人|经办人|联系人|联系电话|单位|盖章|签字|日期|说明|注)(?:[:：\s]|$)/u

/** Where the list ends and totals and signatures begin: never above a row that is of the list. */
function footOf(rows: readonly (readonly ReadCell[])[], head: number): number {
  let foot = rows.length
  for (let r = rows.length - 1; r > head; r--) {
    const first = rows[r].find(({ text }) => text.trim() !== '')?.text.trim()
    if (first === undefined) continue
    if (!FOOT_LINE.test(first) || isOfList(rows[r])) break
    foot = r
  }
  return foot
}

function unread(place: string, zh: string, en: string): string {
  return `${place}: ${zh}未读取，话请写在「备注」 · ${en}, not read; words belong in 备注`
}

function refused(file: string, sheet: string, code: PageTrouble['code'], columns: string, lines: number): ReturnedFile {
  const message =
    code === 'E118'
      ? `找不到${columns}列，本页 ${lines} 行未读，请按发出时的表头补上 · column missing, ${lines} rows not read`
      : `${columns}列重复，本页 ${lines} 行未读，请只留一列 · column twice, ${lines} rows not read`
  return { rows: [], troubles: [{ file, sheet, code, message }], notices: [] }
}

function isFilled(cells: readonly ReadCell[]): boolean {
  return cells.some((cell) => cell.text.trim() !== '' || cell.formula)
}

/** 核实结果(必填) is 核实结果, unless that stands beside it: 备注(二) is a column of the township's own. */
function headersOn(row: readonly ReadCell[]): string[] {
  const headers = row.map((cell) => foldHeader(cell.text))
  const barely = headers.map((header) => header.replace(/(?<=.)\([^()]*\)$/, ''))
  const isAlone = (name: string) => !headers.includes(name) && barely.indexOf(name) === barely.lastIndexOf(name)
  return headers.map((header, c) => (KNOWN.includes(barely[c]) && isAlone(barely[c]) ? barely[c] : header))
}

/** Where a page stands; `above`: how many rows of its sheet come before it. */
interface PagePlace {
  readonly file: string
  readonly sheet: string
  readonly above: number
}

/** @param head number of the row of headers on the page */
function rowsBelow(
  head: number,
  rows: readonly (readonly ReadCell[])[],
  { file, sheet, above }: PagePlace,
): ReturnedRow[] {
  const headers = headersOn(rows[head])
  const columnOf = (name: string) => headers.indexOf(name)
  const titles = rows.slice(0, head).map((row) => row.map((cell) => cell.text).join(' '))
  const number = /清单号[:：]\s*(L[0-9A-Z]+)/u.exec(titles.join('\n'))?.[1] ?? ''
  const found: ReturnedRow[] = []
  for (let r = head + 1; r < rows.length; r++) {
    const cells = rows[r]
    const text = (name: string) => {
      const c = columnOf(name)
      return c < 0 ? undefined : (cells[c]?.text ?? '')
    }
    if (!isFilled(cells)) continue
    const answers: Record<string, string> = {}
    for (const column of ANSWER_COLUMNS) answers[column] = (text(column) ?? '').trim()
    found.push({
      file,
      sheet,
      line: above + r + 1,
      listNumber: text(LIST_COLUMN)?.trim() || number,
      findingId: (text(ID_COLUMN) ?? '').trim(),
      check: (text(CHECK_COLUMN) ?? '').trim(),
      shown: SHOWN_COLUMNS.map(text),
      answers,
      formulas: ANSWER_COLUMNS.filter((column) => cells[columnOf(column)]?.formula === true),
      covered: ANSWER_COLUMNS.filter((column) => cells[columnOf(column)]?.covered === true),
    })
  }
  return found
}
