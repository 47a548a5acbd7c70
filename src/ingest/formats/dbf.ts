/**
 * DBF tables (dBase III/IV, FoxPro) → UTF-8 CSV bytes.
 *
 * In: the file's bytes and the headers its register may have. Out: a header line and one line per record; a deleted
 * record leaves an empty line, so that row numbers stay. Fields are fixed-width GBK or UTF-8 text: a name may be cut in the
 * middle of a character, which is shown as U+FFFD, the mark of a damaged character. Field names: dbf-fields.ts.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { dateOfDay, formatDate } from '../../normalise/date.ts'
import { CsvBytes, CsvTooLongError, isPlainAscii } from './csv-bytes.ts'
import { CellDecoder } from '../encoding/decode.ts'
import { type DbfField, readDbfFields } from './dbf-fields.ts'
import { countPairs, isBig5 } from '../encoding/big5.ts'
import { isGb18030 } from '../survey.ts'
import type { Conversion, ConversionRefusal, ConversionWarning } from './xlsx.ts'

const DELETED = 0x2a
/** dBase III, III with memo, IV, FoxPro and Visual FoxPro. */
const VERSIONS = new Set([0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xf5])

export function isDbf(start: Uint8Array): boolean {
  if (start.length < 33 || !VERSIONS.has(start[0])) return false
  const headerLength = start[8] | (start[9] << 8)
  return start[2] >= 1 && start[2] <= 12 && start[3] >= 1 && start[3] <= 31 && headerLength >= 33
}

/**
 * @param headers those that the register may have
 * @param codePage what a .cpg file beside it says, '' for none
 * @param bytesMost of the CSV, where it is not what one file may hold
 */
export function convertDbf(
  bytes: Buffer,
  headers: readonly string[],
  codePage = '',
  bytesMost?: number,
): Conversion | ConversionRefusal {
  const records = bytes.readUInt32LE(4)
  const headerLength = bytes.readUInt16LE(8)
  const recordLength = bytes.readUInt16LE(10)
  const body = bytes.subarray(headerLength)
  const encoding = encodingOfBody(body, bytes[29], codePage)
  if (encoding === 'big5')
    return {
      refusal: 'E155',
      detail:
        'DBF: 确是 GBK 时在旁边放一个写着 GBK 的 .cpg 文件 · if it is GBK, put a .cpg file beside it that says GBK',
    }
  const decoder = new FieldDecoder(encoding)
  const { fields, warnings } = readDbfFields(bytes, headerLength, headers, isAscii(body) ? undefined : encoding)
  const last = fields[fields.length - 1]
  if (last === undefined || recordLength < 1 || last.at + last.length > recordLength)
    return { refusal: 'E109', detail: 'DBF' }
  if (headerLength + records * recordLength > bytes.length)
    return { refusal: 'E109', detail: `DBF: ${Math.floor((bytes.length - headerLength) / recordLength)} / ${records}` }
  const beyond = recordsBeyond(bytes, headerLength, recordLength, records)
  if (beyond > 0) return { refusal: 'E109', detail: `DBF: ${records + beyond} / ${records}` }
  const csv = new CsvBytes(body.length, bytesMost)
  try {
    csv.writeRow(fields.map((field) => field.name))
    for (let record = 0; record < records; record++) {
      const at = headerLength + record * recordLength
      if (bytes[at] !== DELETED) writeRecord(csv, decoder, bytes, at, fields)
      csv.endRow()
    }
  } catch (error) {
    if (error instanceof CsvTooLongError) return { refusal: 'E110', detail: 'DBF' }
    throw error
  }
  return { ...csv.finish(), warnings: [...warnings, ...memoWarning(fields)] }
}

type CodePage = 'utf-8' | 'gb18030' | 'big5'

/** What the file says of itself: its .cpg file, else the language byte of its header. Many say nothing, some what is not so. */
function codePageOf(languageByte: number, cpg: string): CodePage | undefined {
  const said = cpg.toUpperCase().replace(/[^A-Z0-9]/g, '')
  if (/^(UTF8|65001|CP65001)$/.test(said)) return 'utf-8'
  if (/^(BIG5|950|CP950|OEM950|ANSI950|BIG5HKSCS)$/.test(said)) return 'big5'
  if (/^(GBK|GB2312|GB18030|936|CP936|OEM936|ANSI936|54936)$/.test(said)) return 'gb18030'
  // dBase and FoxPro: 0x4F and 0x78 are code page 950, 0x4D and 0x7A 936.
  if (languageByte === 0x4f || languageByte === 0x78) return 'big5'
  return languageByte === 0x4d || languageByte === 0x7a ? 'gb18030' : undefined
}

/**
 * The bytes go before what the language byte says, which programs fill in as they like; a .cpg file was made by somebody who knew.
 * A name cut inside a character tells against neither UTF-8 nor Big5.
 */
function encodingOfBody(body: Buffer, languageByte: number, cpg: string): CodePage {
  if (isUtf8(body)) return 'utf-8'
  const said = codePageOf(languageByte, cpg)
  const { high, whole } = utf8Bytes(body)
  const isSaid = said === 'utf-8'
  if (whole >= high * (isSaid ? UTF8_SHARE_SAID_MIN : UTF8_SHARE_MIN) && (isSaid || high >= UTF8_BYTES_MIN))
    return 'utf-8'
  if (said === 'gb18030' && cpg !== '') return 'gb18030'
  const counts = { pairs: 0, framed: 0, low: 0 }
  countPairs(body, 0, Math.min(body.length, BODY_LOOKED_AT), counts)
  if (isBig5(counts) || (said === 'big5' && counts.framed >= counts.pairs * BIG5_FRAMED_MIN)) return 'big5'
  return 'gb18030'
}

const BODY_LOOKED_AT = 1 << 20
/** Of three-byte text whose fields are cut inside a character, three in four; of GBK, that falls into this form by accident, few. */
const UTF8_SHARE_MIN = 0.7
const UTF8_SHARE_SAID_MIN = 0.5
const UTF8_BYTES_MIN = 60
/** Where the file says Big5 itself. */
const BIG5_FRAMED_MIN = 0.98

/** Bytes that are no ASCII, and those of them that belong to a whole three-byte character of UTF-8. */
function utf8Bytes(body: Buffer): { readonly high: number; readonly whole: number } {
  let high = 0
  let whole = 0
  const end = Math.min(body.length, BODY_LOOKED_AT)
  const goesOn = (at: number): boolean => at < end && (body[at] & 0xc0) === 0x80
  for (let at = 0; at < end; at++) {
    if (body[at] < 0x80) continue
    high++
    if (body[at] < 0xe0 || body[at] > 0xef || !goesOn(at + 1) || !goesOn(at + 2)) continue
    high += 2
    whole += 3
    at += 2
  }
  return { high, whole }
}

function writeRecord(
  csv: CsvBytes,
  decoder: FieldDecoder,
  bytes: Buffer,
  at: number,
  fields: readonly DbfField[],
): void {
  for (let k = 0; k < fields.length; k++) {
    const field = fields[k]
    if (k > 0) csv.writeCommas(1)
    const text = binaryText(bytes, at + field.at, field)
    if (text === undefined) decoder.write(csv, bytes, at + field.at, at + field.at + field.length)
    else csv.writeCell(text)
  }
}

/** Types whose bytes are a pointer into another file, or nothing of the user's. */
const ELSEWHERE = new Set(['M', 'G', 'P', 'Q', 'V', 'W', '0'])

function memoWarning(fields: readonly DbfField[]): ConversionWarning[] {
  const memos = fields.filter(({ type }) => ELSEWHERE.has(type) && type !== '0').map(({ name }) => name)
  if (memos.length === 0) return []
  return [
    {
      code: 'E137',
      message: `备注型字段的内容在另一个文件(.dbt/.fpt)里，按空白读入，需要时请改为字符型后导出 · the text of memo fields lies in another file (.dbt, .fpt) and was read as empty; export them as character fields if they are needed: ${memos.join(', ')}`,
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
  private readonly isValid: (bytes: Buffer, start: number, end: number) => boolean

  constructor(encoding: 'utf-8' | 'gb18030') {
    this.cells = new CellDecoder(encoding)
    this.lenient = new TextDecoder(encoding)
    this.isValid = encoding === 'utf-8' ? (bytes, start, end) => isUtf8(bytes.subarray(start, end)) : isGb18030
  }

  /** Writes the text of a fixed-width field, trimmed; bytes that are no character become U+FFFD. */
  write(csv: CsvBytes, bytes: Buffer, from: number, to: number): void {
    let start = from
    let end = to
    while (end > start && bytes[end - 1] <= 0x20) end--
    while (start < end && bytes[start] <= 0x20) start++
    if (isPlainAscii(bytes, start, end)) csv.writeBytes(bytes, start, end)
    else if (!this.isValid(bytes, start, end)) csv.writeCell(this.lenient.decode(bytes.subarray(start, end)).trim())
    else csv.writeUnits(this.cells.units, this.cells.decode(bytes, start, end))
  }
}
