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

export class TableFile {
  private readonly file: number
  private readonly encoding: Encoding
  private pending = ''

  constructor(path: string, encoding: Encoding, header: readonly string[]) {
    this.file = openSync(path, 'w')
    this.encoding = encoding
    if (encoding === 'utf-8-bom' || encoding === 'utf-16le') this.pending = '\uFEFF'
    this.add(header)
  }

  add(cells: readonly string[]): void {
    let line = ''
    for (let i = 0; i < cells.length; i++) line += (i === 0 ? '' : ',') + quote(cells[i] as string)
    this.pending += `${line}\n`
    if (this.pending.length > CHUNK) this.flush()
  }

  close(): void {
    this.flush()
    closeSync(this.file)
  }

  private flush(): void {
    const bytes = encode(this.pending, this.encoding)
    for (let at = 0; at < bytes.length; ) at += writeSync(this.file, bytes, at)
    this.pending = ''
  }
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

export function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le')
  return encoding === 'gb18030' ? encodeGb18030(text) : Buffer.from(text, 'utf8')
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

function encodeGb18030(text: string): Uint8Array {
  const table = readTwoBytes()
  const bytes = new Uint8Array(text.length * 4)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) {
      bytes[at++] = unit
      continue
    }
    const code = table[unit] as number
    if (code !== 0) {
      bytes[at++] = code >> 8
      bytes[at++] = code & 0xff
      continue
    }
    const point = text.codePointAt(i) as number
    // Planes 1 to 16 start at linear index 189000 (GB18030, four-byte region 2).
    const index = point > 0xffff ? 189000 + point - 0x10000 : (readFourBytes().get(point) ?? -1)
    if (index < 0) {
      bytes[at++] = 0x3f
      continue
    }
    bytes.set(spread(index), at)
    at += 4
    if (point > 0xffff) i++
  }
  return bytes.subarray(0, at)
}
