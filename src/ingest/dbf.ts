/**
 * DBF tables (dBase III/IV, FoxPro) → UTF-8 CSV bytes.
 *
 * In: the file's bytes and the headers its register may have. Out: a header line and one line per record; a deleted
 * record leaves an empty line, so that row numbers stay. Fields are fixed-width GBK text: a name may be cut in the
 * middle of a character, which is shown as U+FFFD, the mark of a damaged character. Field names: dbf-fields.ts.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { dateOfDay, formatDate } from '../normalise/date.ts'
import { CsvBytes } from './csv-bytes.ts'
import { CellDecoder } from './decode.ts'
import { type DbfField, readDbfFields } from './dbf-fields.ts'
import { isGb18030 } from './survey.ts'
import type { Conversion, ConversionRefusal, ConversionWarning } from './xlsx.ts'

const DELETED = 0x2a
/** dBase III, III with memo, IV, FoxPro and Visual FoxPro. */
const VERSIONS = new Set([0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xf5])

export function isDbf(start: Uint8Array): boolean {
  if (start.length < 33 || !VERSIONS.has(start[0])) return false
  const headerLength = start[8] | (start[9] << 8)
  return start[2] >= 1 && start[2] <= 12 && start[3] >= 1 && start[3] <= 31 && headerLength >= 33
}

export function convertDbf(bytes: Buffer, headers: readonly string[]): Conversion | ConversionRefusal {
  const records = bytes.readUInt32LE(4)
  const headerLength = bytes.readUInt16LE(8)
  const recordLength = bytes.readUInt16LE(10)
  const body = bytes.subarray(headerLength)
  const encoding = isUtf8(body) ? 'utf-8' : 'gb18030'
  const decoder = new FieldDecoder(encoding)
  const { fields, warnings } = readDbfFields(bytes, headerLength, headers, isAscii(body) ? undefined : encoding)
  const last = fields[fields.length - 1]
  if (last === undefined || recordLength < 1 || last.at + last.length > recordLength)
    return { refusal: 'E109', detail: 'DBF' }
  if (headerLength + records * recordLength > bytes.length)
    return { refusal: 'E109', detail: `DBF: ${Math.floor((bytes.length - headerLength) / recordLength)} / ${records}` }
  const beyond = recordsBeyond(bytes, headerLength, recordLength, records)
  if (beyond > 0) return { refusal: 'E109', detail: `DBF: ${records + beyond} / ${records}` }
  const csv = new CsvBytes()
  csv.writeRow(fields.map((field) => field.name))
  for (let record = 0; record < records; record++) {
    const at = headerLength + record * recordLength
    if (bytes[at] === DELETED) csv.writeRow([])
    else csv.writeRow(fields.map((field) => fieldText(decoder, bytes, at + field.at, field)))
  }
  return { bytes: csv.finish(), warnings: [...warnings, ...memoWarning(fields)] }
}

function fieldText(decoder: FieldDecoder, bytes: Buffer, at: number, field: DbfField): string {
  return binaryText(bytes, at, field) ?? decoder.text(bytes, at, at + field.length)
}

/** Types whose bytes are a pointer into another file, or nothing of the user's. */
const ELSEWHERE = new Set(['M', 'G', 'P', 'Q', 'V', 'W', '0'])

function memoWarning(fields: readonly DbfField[]): ConversionWarning[] {
  const memos = fields.filter(({ type }) => ELSEWHERE.has(type) && type !== '0').map(({ name }) => name)
  if (memos.length === 0) return []
  return [
    {
      code: 'E137',
      message: `备注型字段的内容在另一个文件(.dbt/.fpt)里,按空白读入,需要时请改为字符型后导出 · the text of memo fields lies in another file (.dbt, .fpt) and was read as empty; export them as character fields if they are needed: ${memos.join(', ')}`,
    },
  ]
}

/** Visual FoxPro's binary fields as text; undefined for a field of text. */
function binaryText(bytes: Buffer, at: number, { type, length }: DbfField): string | undefined {
  if (ELSEWHERE.has(type)) return ''
  if (type === 'I' && length === 4) return String(bytes.readInt32LE(at))
  if (type === 'B' && length === 8) return String(bytes.readDoubleLE(at))
  if (type === 'Y' && length === 8) return String(Number(bytes.readBigInt64LE(at)) / 10_000)
  if (type !== 'T' || length !== 8) return undefined
  const day = bytes.readInt32LE(at)
  return day === 0 ? '' : formatDate(dateOfDay(day - JULIAN_DAY_1970))
}

const JULIAN_DAY_1970 = 2_440_588

/** Records that lie behind those of which the header knows: a program died before it wrote the count. */
function recordsBeyond(bytes: Buffer, headerLength: number, recordLength: number, records: number): number {
  let beyond = 0
  for (let at = headerLength + records * recordLength; at + recordLength <= bytes.length; at += recordLength) {
    if (bytes[at] !== 0x20 && bytes[at] !== DELETED) break
    beyond++
  }
  return beyond
}

class FieldDecoder {
  private readonly cells: CellDecoder
  private readonly lenient: TextDecoder
  private readonly isValid: (bytes: Buffer) => boolean

  constructor(encoding: 'utf-8' | 'gb18030') {
    this.cells = new CellDecoder(encoding)
    this.lenient = new TextDecoder(encoding)
    this.isValid = encoding === 'utf-8' ? isUtf8 : (bytes) => isGb18030(bytes, 0, bytes.length)
  }

  /** Trimmed text of a fixed-width field; bytes that are no character become U+FFFD. */
  text(bytes: Buffer, start: number, end: number): string {
    while (end > start && bytes[end - 1] <= 0x20) end--
    while (start < end && bytes[start] <= 0x20) start++
    if (start === end) return ''
    const field = bytes.subarray(start, end)
    return this.isValid(field) ? this.cells.text(bytes, start, end) : this.lenient.decode(field).trim()
  }
}
