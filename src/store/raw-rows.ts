/**
 * Rows as JSON bytes, and what of them decisions depend on.
 *
 * In: rows of the record table. Out: the row as the clerk wrote it, `[2,"王小明","","1"]` in UTF-8 (the number of its file,
 * then its cells in the order of source-columns.ts), and its fingerprint: 16 hex digits that change when a compared field
 * changes.
 * Bytes go from the source to SQLite without becoming strings; only rows of GB18030 files are decoded, whole.
 */
import { RowCutter, undoubleQuotes } from '../ingest/rows/cells.ts'
import { SourceRows } from '../ingest/source-rows.ts'
import type { RecordTable } from '../records/record-table.ts'
import { sourceLines } from './source-columns.ts'

/** Fields that no comparison reads: a decision about the pair stays valid when they change. */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  'record_id',
  'certificate_no',
  'status',
  'record_flag',
  'reversal_flag',
  'cancelled_on',
  'persons_present',
  'persons_away',
  'household_type',
])

interface OpenFile {
  /** Cells in canonical column order. */
  readonly cells: readonly {
    readonly cell: number
    readonly seed: number
    readonly isCompared: boolean
    readonly isHousehold: boolean
  }[]
  /** `[2`: the beginning of every row. */
  readonly opening: Uint8Array
  decodedCutter: RowCutter | undefined
  readonly delimiter: number
  readonly isGb: boolean
}

const encoder = new TextEncoder()
const QUOTE = 34
const HEX = encoder.encode('0123456789abcdef')

export class RawRows {
  /** JSON of the row asked for last lies in bytes[0, length). */
  bytes: Uint8Array = new Uint8Array(1 << 16)
  length = 0
  /** Fingerprint of the row asked for last, as 16 bytes. */
  readonly fingerprintBytes = new Uint8Array(16)
  private readonly table: RecordTable
  private readonly source: SourceRows
  private readonly files: OpenFile[]
  private readonly decoder = new TextDecoder('gb18030')
  /** The row asked for last in UTF-8, if its file is in GB18030. */
  private decoded: Uint8Array = new Uint8Array(1 << 14)
  private undoubled: Uint8Array = new Uint8Array(1 << 12)
  private householdAt = 0
  private householdEnd = 0

  /** @param pieceBytes read at a time, see SourceRows */
  constructor(table: RecordTable, pieceBytes?: number) {
    this.table = table
    this.source = new SourceRows(table, pieceBytes)
    this.files = sourceLines(table.files).map(({ source, columns }) => {
      const file = table.files[source]
      const cells = columns.map((name) => ({
        cell: file.header.indexOf(name),
        seed: hashText(name),
        isCompared: !NOT_COMPARED.has(name),
        isHousehold: name === 'household_no',
      }))
      const opening = encoder.encode(`[${source}`)
      const delimiter = file.delimiter.charCodeAt(0)
      return { cells, opening, decodedCutter: undefined, delimiter, isGb: file.encoding === 'gb18030' }
    })
  }

  /** Reads the row; its JSON and fingerprint then stand in this object. */
  read(row: number): void {
    const file = this.files[this.table.columns.fileNo[row]]
    const cutter = this.cut(file, row)
    let h = 0x811c9dc5
    let g = 0x9747b28c
    let at = 0
    let out: Uint8Array = this.bytes
    this.householdAt = 0
    this.householdEnd = 0
    for (let k = 0; k < file.opening.length; k++) out[at++] = file.opening[k]
    for (const { cell, seed, isCompared, isHousehold } of file.cells) {
      let from = 0
      let to = 0
      if (cell < cutter.cells) {
        from = cutter.starts[cell]
        to = cutter.ends[cell]
      }
      if (at + (to - from) * 6 + 8 > out.length) out = this.grow(at, (to - from) * 6 + 8)
      out[at++] = 44
      out[at++] = QUOTE
      if (from === to) {
        out[at++] = QUOTE
        continue
      }
      let bytes = cutter.bytes
      if (cutter.quoted[cell] === 2) {
        if (this.undoubled.length < to - from) this.undoubled = new Uint8Array((to - from) * 2)
        to = undoubleQuotes(bytes, from, to, this.undoubled)
        from = 0
        bytes = this.undoubled
      }
      if (isCompared) {
        h = Math.imul(h ^ seed, 0x01000193)
        for (let k = from; k < to; k++) {
          h = Math.imul(h ^ bytes[k], 0x01000193)
          g = Math.imul(((g << 5) | (g >>> 27)) ^ bytes[k], 0x9e3779b1)
        }
        g ^= h
      }
      if (isHousehold) this.householdAt = at
      for (let k = from; k < to; k++) {
        const b = bytes[k]
        if (b === QUOTE || b === 92) {
          out[at++] = 92
          out[at++] = b
        } else if (b < 32) at = writeControl(out, at, b)
        else out[at++] = b
      }
      if (isHousehold) this.householdEnd = at
      out[at++] = QUOTE
    }
    out[at++] = 93
    this.length = at
    this.writeFingerprint(h, g)
  }

  get fingerprint(): string {
    return String.fromCharCode.apply(null, this.fingerprintBytes as unknown as number[])
  }

  /** The JSON as bytes; valid until the next row. */
  view(): Buffer {
    return Buffer.from(this.bytes.buffer, 0, this.length)
  }

  /** The same as householdNo, as bytes that stand until the next row. */
  householdBytes(): Uint8Array {
    const { householdAt, householdEnd, bytes } = this
    // Numbers mostly begin and end with a letter or digit: nothing to trim, and nothing escaped between them.
    if (isWordByte(bytes[householdAt]) && isWordByte(bytes[householdEnd - 1])) {
      const cell = bytes.subarray(householdAt, householdEnd)
      if (!cell.includes(92)) return cell
    }
    return encoder.encode(this.householdNo())
  }

  /** Household number of the row asked for last, as written and trimmed; '' if it has none. */
  householdNo(): string {
    const { householdAt, householdEnd } = this
    const text = Buffer.from(this.bytes.buffer, householdAt, householdEnd - householdAt).toString('utf8')
    return (text.includes('\\') ? String(JSON.parse(`"${text}"`)) : text).trim()
  }

  private cut(file: OpenFile, row: number): RowCutter {
    const { cutter: asWritten, from, to } = this.source.cut(row)
    if (!file.isGb) return asWritten
    const text = this.decoder.decode(asWritten.bytes.subarray(from, to))
    if (this.decoded.length < text.length * 3 + 2) this.decoded = new Uint8Array(text.length * 6)
    const { decoded } = this
    const { written } = encoder.encodeInto(text, decoded)
    decoded[written] = 10
    let cutter = file.decodedCutter
    if (cutter?.bytes !== decoded) {
      decoded[decoded.length - 1] = 10
      cutter = new RowCutter(decoded, decoded.length - 1, file.delimiter, file.cells.length)
      file.decodedCutter = cutter
    }
    cutter.cut(0)
    return cutter
  }

  private grow(used: number, more: number): Uint8Array {
    const bytes = new Uint8Array((used + more) * 2)
    bytes.set(this.bytes.subarray(0, used))
    this.bytes = bytes
    return bytes
  }

  private writeFingerprint(high: number, low: number): void {
    const { fingerprintBytes } = this
    for (let k = 0; k < 8; k++) {
      fingerprintBytes[k] = HEX[(high >>> (28 - k * 4)) & 15]
      fingerprintBytes[k + 8] = HEX[(low >>> (28 - k * 4)) & 15]
    }
  }
}

function isWordByte(b: number): boolean {
  return b > 32 && b < 127
}

function writeControl(out: Uint8Array, at: number, b: number): number {
  out[at++] = 92
  out[at++] = 117
  out[at++] = 48
  out[at++] = 48
  out[at++] = HEX[b >> 4]
  out[at++] = HEX[b & 15]
  return at
}

function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193)
  return h
}
