/**
 * Collects rows as UTF-8 CSV in shared bytes: what workbooks and DBF files become before they are cut like any file.
 *
 * In: cells as text, or as bytes that need no quotes. Out: one SharedArrayBuffer that every worker reads, which may be longer than
 * what is in it: memory that nobody has written to costs nothing. NUL characters are taken out: in these formats they are
 * padding, not damage.
 */

/** Bytes of a CSV in shared memory. */
export interface SharedBytes {
  readonly bytes: SharedArrayBuffer
  /** How many of them hold the CSV. */
  readonly length: number
}

/** More bytes than one file may hold. */
export class CsvTooLongError extends Error {
  override readonly name = 'CsvTooLongError'
}

const FIRST_BYTES = 1 << 16
/** Places in a file are 32-bit numbers with a sign. */
const BYTES_MAX = 2 ** 31 - 1
const COMMA = 0x2c
const LINE_END = 0x0a
/** UTF-16 units never take more bytes of UTF-8. */
const BYTES_A_UNIT = 3
/** NUL, which is taken out, and what needs quotes. */
const NOT_PLAIN = new Uint8Array(0x80)
for (const sign of '\0,"\n\r') NOT_PLAIN[sign.charCodeAt(0)] = 1

export class CsvBytes {
  private bytes: SharedArrayBuffer
  private buffer: Buffer
  private used = 0

  private readonly most: number

  /**
   * @param expected length of the CSV, in bytes; where it is more, it is moved
   * @param most bytes that it may have: a CsvTooLongError beyond
   */
  constructor(expected = 0, most = BYTES_MAX) {
    this.most = most
    this.bytes = new SharedArrayBuffer(Math.min(Math.max(FIRST_BYTES, expected), most))
    this.buffer = Buffer.from(this.bytes)
  }

  writeRow(cells: readonly string[]): void {
    let text = ''
    for (let k = 0; k < cells.length; k++) text += (k === 0 ? '' : ',') + quoted(cells[k])
    this.writeRaw(text + '\n')
  }

  writeCell(text: string): void {
    this.writeRaw(quoted(text))
  }

  /** A cell's text of bytes that need no quotes, or have them. */
  writeBytes(source: Uint8Array, from: number, to: number): void {
    this.reserve(to - from)
    const { buffer } = this
    let at = this.used
    for (let k = from; k < to; k++) buffer[at++] = source[k]
    this.used = at
  }

  /** A cell's text of UTF-16 units, of which there are few. */
  writeUnits(units: Uint16Array, length: number): void {
    this.reserve(length * BYTES_A_UNIT)
    const { buffer } = this
    let at = this.used
    for (let k = 0; k < length; k++) {
      const unit = units[k]
      if (isAwkward(unit)) {
        this.writeCell(String.fromCharCode(...units.subarray(0, length)))
        return
      }
      if (unit < 0x80) buffer[at++] = unit
      else if (unit < 0x800) {
        buffer[at++] = 0xc0 | (unit >> 6)
        buffer[at++] = 0x80 | (unit & 0x3f)
      } else {
        buffer[at++] = 0xe0 | (unit >> 12)
        buffer[at++] = 0x80 | ((unit >> 6) & 0x3f)
        buffer[at++] = 0x80 | (unit & 0x3f)
      }
    }
    this.used = at
  }

  writeCommas(count: number): void {
    this.reserve(count)
    for (let k = 0; k < count; k++) this.buffer[this.used++] = COMMA
  }

  endRow(): void {
    this.reserve(1)
    this.buffer[this.used++] = LINE_END
  }

  finish(): SharedBytes {
    return { bytes: this.bytes, length: this.used }
  }

  private writeRaw(text: string): void {
    this.reserve(text.length * BYTES_A_UNIT)
    this.used += this.buffer.write(text, this.used, 'utf8')
  }

  private reserve(length: number): void {
    if (this.used + length <= this.buffer.length) return
    if (this.used + length > this.most) throw new CsvTooLongError('the rows exceed what one file may hold')
    const written = this.buffer.subarray(0, this.used)
    const longer = Math.max(2 * this.buffer.length, this.used + length)
    this.bytes = new SharedArrayBuffer(Math.min(longer, this.most))
    this.buffer = Buffer.from(this.bytes)
    this.buffer.set(written)
  }
}

/** What needs quotes or is taken out, and half a character beyond the first plane: both are rare. */
function isAwkward(unit: number): boolean {
  return unit < 0x80 ? NOT_PLAIN[unit] === 1 : (unit & 0xf800) === 0xd800
}

/** Whether bytes are ASCII that a CSV holds as they are: most cells of a register are numbers. */
export function isPlainAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] >= 0x80 || NOT_PLAIN[bytes[at]] === 1) return false
  return true
}

/** A cell as a CSV holds it: quoted where it must be. */
export function quoted(cell: string): string {
  const text = cell.includes('\0') ? cell.replaceAll('\0', '') : cell
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
