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

/** A cell as a CSV holds it: quoted where it must be. */
export function quoted(cell: string): string {
  const text = cell.includes('\0') ? cell.replaceAll('\0', '') : cell
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
