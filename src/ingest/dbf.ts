/**
 * DBF tables (dBase III/IV, FoxPro) → UTF-8 CSV bytes.
 *
 * In: the file's bytes and the headers its register may have. Out: a header line and one line per record; a deleted
 * record leaves an empty line, so that row numbers stay. Fields are fixed-width GBK text: a name may be cut in the
 * middle of a character, which is shown as U+FFFD, the mark of a damaged character. Field names hold ten bytes: a
 * longer header is known by its first ten if that is the beginning of one header only.
 */
import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { CsvBytes } from './csv-bytes.ts'
import { CellDecoder } from './decode.ts'
import { foldHeader } from './header-fold.ts'
import { isGb18030 } from './survey.ts'
import type { Conversion, ConversionRefusal } from './xlsx.ts'

const DELETED = 0x2a
const NAME_BYTES = 10
/** dBase III, III with memo, IV, FoxPro and Visual FoxPro. */
const VERSIONS = new Set([0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0xcb, 0xf5])

interface Field {
  readonly name: string
  readonly at: number
  readonly length: number
}

export function isDbf(start: Uint8Array): boolean {
  if (start.length < 33 || !VERSIONS.has(start[0])) return false
  const headerLength = start[8] | (start[9] << 8)
  return start[2] >= 1 && start[2] <= 12 && start[3] >= 1 && start[3] <= 31 && headerLength >= 33
}

export function convertDbf(bytes: Buffer, headers: readonly string[]): Conversion | ConversionRefusal {
  const records = bytes.readUInt32LE(4)
  const headerLength = bytes.readUInt16LE(8)
  const recordLength = bytes.readUInt16LE(10)
  const encoding = isUtf8(bytes.subarray(headerLength)) ? 'utf-8' : 'gb18030'
  const decoder = new FieldDecoder(encoding)
  const fields = readFields(bytes, headerLength, headers)
  const last = fields[fields.length - 1]
  if (last === undefined || recordLength < 1 || last.at + last.length > recordLength)
    return { refusal: 'E109', detail: 'DBF' }
  if (headerLength + records * recordLength > bytes.length)
    return { refusal: 'E109', detail: `DBF: ${Math.floor((bytes.length - headerLength) / recordLength)} / ${records}` }
  const csv = new CsvBytes()
  csv.writeRow(fields.map((field) => field.name))
  for (let record = 0; record < records; record++) {
    const at = headerLength + record * recordLength
    if (bytes[at] === DELETED) csv.writeRow([])
    else csv.writeRow(fields.map((field) => decoder.text(bytes, at + field.at, at + field.at + field.length)))
  }
  return { bytes: csv.finish() }
}

function readFields(bytes: Buffer, headerLength: number, headers: readonly string[]): Field[] {
  const fields: Field[] = []
  let place = 1
  for (let at = 32; at + 32 <= headerLength && bytes[at] !== 0x0d; at += 32) {
    const nul = bytes.subarray(at, at + 11).indexOf(0)
    const nameBytes = bytes.subarray(at, at + (nul < 0 ? 11 : nul))
    const text = new TextDecoder(isUtf8(nameBytes) ? 'utf-8' : 'gb18030').decode(nameBytes)
    const name = nameBytes.length >= NAME_BYTES - 1 ? wholeHeader(text, headers) : text
    fields.push({ name, at: place, length: bytes[at + 16] })
    place += bytes[at + 16]
  }
  return fields
}

function wholeHeader(cut: string, headers: readonly string[]): string {
  const begun = foldHeader(cut.replace(/\ufffd$/, ''))
  const folded = headers.map(foldHeader)
  if (folded.includes(begun)) return cut
  const longer = headers.filter((_, k) => folded[k].startsWith(begun))
  return longer.length === 1 ? longer[0] : cut
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
