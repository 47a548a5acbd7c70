/**
 * Collects rows as UTF-8 CSV in shared bytes: what workbooks and DBF files become before they are cut like any file.
 *
 * In: cells as text, or as bytes that need no quotes. Out: one SharedArrayBuffer that every worker reads. NUL characters are
 * taken out: in these formats they are padding, not damage.
 */

const PIECE_BYTES = 1 << 22
const COMMA = 0x2c
const LINE_END = 0x0a
/** UTF-16 units never take more bytes of UTF-8. */
const BYTES_A_UNIT = 3
/** NUL, which is taken out, and what needs quotes. */
const NOT_PLAIN = new Uint8Array(0x80)
for (const sign of '\0,"\n\r') NOT_PLAIN[sign.charCodeAt(0)] = 1

export class CsvBytes {
  private readonly pieces: Buffer[] = []
  private piece = Buffer.alloc(0)
  private used = 0
  private bytes = 0

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
    const { piece } = this
    let at = this.used
    for (let k = from; k < to; k++) piece[at++] = source[k]
    this.used = at
  }

  /** A cell's text of UTF-16 units, of which there are few. */
  writeUnits(units: Uint16Array, length: number): void {
    this.reserve(length * BYTES_A_UNIT)
    const { piece } = this
    let at = this.used
    for (let k = 0; k < length; k++) {
      const unit = units[k]
      if (isAwkward(unit)) {
        this.writeCell(String.fromCharCode(...units.subarray(0, length)))
        return
      }
      if (unit < 0x80) piece[at++] = unit
      else if (unit < 0x800) {
        piece[at++] = 0xc0 | (unit >> 6)
        piece[at++] = 0x80 | (unit & 0x3f)
      } else {
        piece[at++] = 0xe0 | (unit >> 12)
        piece[at++] = 0x80 | ((unit >> 6) & 0x3f)
        piece[at++] = 0x80 | (unit & 0x3f)
      }
    }
    this.used = at
  }

  writeCommas(count: number): void {
    this.reserve(count)
    for (let k = 0; k < count; k++) this.piece[this.used++] = COMMA
  }

  endRow(): void {
    this.reserve(1)
    this.piece[this.used++] = LINE_END
  }

  finish(): SharedArrayBuffer {
    this.flush()
    const shared = new SharedArrayBuffer(this.bytes)
    const into = new Uint8Array(shared)
    let at = 0
    for (const piece of this.pieces) {
      into.set(piece, at)
      at += piece.length
    }
    this.pieces.length = 0
    return shared
  }

  private writeRaw(text: string): void {
    this.reserve(text.length * BYTES_A_UNIT)
    this.used += this.piece.write(text, this.used, 'utf8')
  }

  private reserve(bytes: number): void {
    if (this.used + bytes > this.piece.length) this.flush(bytes)
  }

  private flush(next = 0): void {
    if (this.used > 0) this.pieces.push(this.piece.subarray(0, this.used))
    this.bytes += this.used
    this.used = 0
    this.piece = Buffer.allocUnsafeSlow(Math.max(next, next === 0 ? 0 : PIECE_BYTES))
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
