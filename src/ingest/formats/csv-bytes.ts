/**
 * Collects rows as UTF-8 CSV in shared bytes: what workbooks and DBF files become before they are cut like any file.
 *
 * In: cells as text. Out: one SharedArrayBuffer that every worker reads. NUL characters are taken out: in these
 * formats they are padding, not damage.
 */

const PIECE_CHARACTERS = 1 << 18

export class CsvBytes {
  private readonly pieces: Buffer[] = []
  private text = ''
  private bytes = 0

  writeRow(cells: readonly string[]): void {
    for (let k = 0; k < cells.length; k++) this.text += (k === 0 ? '' : ',') + quoted(cells[k])
    this.text += '\n'
    if (this.text.length >= PIECE_CHARACTERS) this.flush()
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
    return shared
  }

  private flush(): void {
    const piece = Buffer.from(this.text, 'utf8')
    this.pieces.push(piece)
    this.bytes += piece.length
    this.text = ''
  }
}

function quoted(cell: string): string {
  const text = cell.includes('\0') ? cell.replaceAll('\0', '') : cell
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
