/**
 * The row as the clerk wrote it: read again from its file whenever somebody wants to see it.
 *
 * In: a row of the record table. Out: canonical column → text, decoded and unquoted, otherwise untouched.
 */
import { TextDecoder } from 'node:util'
import type { RecordTable } from '../records/record-table.ts'
import { type RowCutter, undoubleQuotes } from './rows/cells.ts'
import { sourceRowsOf } from './source-rows.ts'

/** Every cell of a row that belongs to a known column, exactly as written. */
export function rawRow(table: RecordTable, row: number): Record<string, string> {
  const { cutter, header, decoder } = cutRow(table, row)
  const cells: Record<string, string> = {}
  header.forEach((column, cell) => {
    if (column !== null) cells[column] = cellText(cutter, cell, decoder)
  })
  return cells
}

/** One cell as written; '' if the file has no such column. */
export function rawCell(table: RecordTable, row: number, column: string): string {
  const { cutter, header, decoder } = cutRow(table, row)
  const cell = header.indexOf(column)
  return cell < 0 ? '' : cellText(cutter, cell, decoder)
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const gb18030 = new TextDecoder('gb18030')

function cutRow(table: RecordTable, row: number) {
  const file = table.files[table.columns.fileNo[row]]
  const { cutter } = sourceRowsOf(table).cut(row)
  return { cutter, header: file.header, decoder: file.encoding === 'gb18030' ? gb18030 : utf8 }
}

function cellText(cutter: RowCutter, cell: number, decoder: TextDecoder): string {
  if (cell >= cutter.cells) return ''
  const { bytes, starts, ends, quoted } = cutter
  if (quoted[cell] !== 2) return decoder.decode(bytes.slice(starts[cell], ends[cell]))
  const text = new Uint8Array(ends[cell] - starts[cell])
  return decoder.decode(text.subarray(0, undoubleQuotes(bytes, starts[cell], ends[cell], text)))
}
