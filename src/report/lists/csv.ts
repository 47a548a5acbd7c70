/**
 * CSV for spreadsheet programs: UTF-8 with BOM, CRLF, every formula-like or number-like cell guarded by `'`.
 *
 * Back: UTF-8 or GB18030, comma, tab or semicolon (spreadsheets save what they like), guards taken off again.
 * `decodeCsv(encodeCsv(rows))` equals the rows; the registers' own reader is src/ingest.
 */
import { parseCsv } from 'hucre/csv'
import { guardText, printableText, unguardText } from '../workbook/cell-text.ts'

export function encodeCsv(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((row) => row.map(encodeCell).join(','))
  return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`)
}

function encodeCell(text: string): string {
  const cell = guardText(printableText(text))
  return /[",\r\n;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

export function decodeCsv(bytes: Uint8Array): string[][] {
  const text = decodeText(bytes)
  const firstLine = text.slice(0, text.search(/[\r\n]|$/))
  const delimiter = [',', '\t', ';'].reduce((best, candidate) =>
    firstLine.split(candidate).length > firstLine.split(best).length ? candidate : best,
  )
  return parseCsv(text, { delimiter, skipBom: true }).map((row) =>
    row.map((cell) => unguardText(typeof cell === 'string' ? cell : '')),
  )
}

function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
