/**
 * Tables to files: CSV in UTF-8, UTF-8 with BOM, UTF-16LE or GB18030, a megabyte at a time.
 *
 * In:  a path, headers, rows of texts. Out: the file. GB18030 needs no package: its two-byte table is
 *      read backwards out of TextDecoder, four-byte codes are computed or, for a few, looked up.
 */
import { closeSync, openSync, writeSync } from 'node:fs'

export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'gb18030'
export const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-8-bom', 'utf-16le', 'gb18030']

const CHUNK = 1 << 20
/** No character takes more bytes in any of the encodings. */
const BYTES_PER_UNIT = 4

/** Lines are encoded into one buffer as they come: ropes of a megabyte would live until the next full collection. */
export class TableFile {
  private readonly file: number
  private readonly encoding: Encoding
  private readonly buffer = Buffer.allocUnsafe(CHUNK)
  private used = 0

  constructor(path: string, encoding: Encoding, header: readonly string[]) {
    this.file = openSync(path, 'w')
    this.encoding = encoding
    if (encoding === 'utf-8-bom' || encoding === 'utf-16le') this.write('\uFEFF')
    this.add(header)
  }

  add(cells: readonly string[]): void {
    let line = ''
    for (let i = 0; i < cells.length; i++) line += (i === 0 ? '' : ',') + quote(cells[i] as string)
    this.write(`${line}\n`)
  }

  close(): void {
    this.flush()
    closeSync(this.file)
  }

  private write(line: string): void {
    if (this.used + line.length * BYTES_PER_UNIT > CHUNK) this.flush()
    if (this.encoding === 'gb18030') this.used = encodeGb18030(line, this.buffer, this.used)
    else this.used += this.buffer.write(line, this.used, this.encoding === 'utf-16le' ? 'utf16le' : 'utf8')
  }

  private flush(): void {
    for (let at = 0; at < this.used; ) at += writeSync(this.file, this.buffer, at, this.used - at)
    this.used = 0
  }
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

let twoBytes: Uint16Array | undefined
let fourBytes: Map<number, number> | undefined

/** Basic-plane character -> two-byte code, by decoding every two-byte code once. */
function readTwoBytes(): Uint16Array {
  if (twoBytes !== undefined) return twoBytes
  const table = new Uint16Array(65536)
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      const text = decoder.decode(Uint8Array.of(lead, trail))
      if (text.length === 1 && text !== '\uFFFD' && table[text.charCodeAt(0)] === 0)
        table[text.charCodeAt(0)] = (lead << 8) | trail
    }
  }
  twoBytes = table
  return table
}

/** The rest of the basic plane has four bytes, in the order of the linear index 0…39419. */
function readFourBytes(): Map<number, number> {
  if (fourBytes !== undefined) return fourBytes
  const table = new Map<number, number>()
  const decoder = new TextDecoder('gb18030')
  for (let index = 0; index < 39420; index++) {
    const text = decoder.decode(spread(index))
    if (text.length === 1 && text !== '\uFFFD' && !table.has(text.charCodeAt(0))) table.set(text.charCodeAt(0), index)
  }
  fourBytes = table
  return table
}

function spread(index: number): Uint8Array {
  return Uint8Array.of(
    0x81 + Math.floor(index / 12600),
    0x30 + (Math.floor(index / 1260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  )
}

/** Writes `text` into `bytes` from `at` on; returns where it ends. */
export function encodeGb18030(text: string, bytes: Uint8Array, at: number): number {
  const table = readTwoBytes()
  let end = at
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      bytes[end++] = unit
      continue
    }
    const code = table[unit] as number
    if (code !== 0) {
      bytes[end++] = code >> 8
      bytes[end++] = code & 0xff
      continue
    }
    const point = text.codePointAt(i) as number
    // Planes 1 to 16 start at linear index 189000 (GB18030, four-byte region 2).
    const index = point > 0xffff ? 189000 + point - 0x10000 : (readFourBytes().get(point) ?? -1)
    if (index < 0) {
      bytes[end++] = 0x3f
      continue
    }
    bytes.set(spread(index), end)
    end += 4
    if (point > 0xffff) i++
  }
  return end
}
