/**
 * Pages of an SQLite file, written directly: the bottom of the bulk tables of run.sqlite.
 *
 * In: a file that SQLite has made with its schema, then closed. Out: pages appended to it, roots overwritten, the page
 * count in its header. Row by row through SQLite the same rows with an index take six times as long (bench/replacements).
 * Format: https://sqlite.org/fileformat2.html. What lies in the pages is left to row.ts and table.ts.
 *
 *   page:  | header 8 or 12 | cell pointers → |  free  | ← cells |
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs'

export const PAGE_BYTES = 8192
const BUFFER_PAGES = 128
/** Of an interior page: where its right-most child stands, and where its cell pointers begin. */
const RIGHT_CHILD = 8
const INTERIOR_HEADER = 12

export const TABLE_LEAF = 13
export const TABLE_INTERIOR = 5
export const INDEX_LEAF = 10
export const INDEX_INTERIOR = 2

/** Largest payload that lies in a table leaf, and in an index page, without overflow pages. */
export const TABLE_PAYLOAD_MAX = PAGE_BYTES - 35
export const INDEX_PAYLOAD_MAX = Math.floor(((PAGE_BYTES - 12) * 64) / 255) - 23

/** Where finished pages go: a file, or memory until there is one. */
export interface Pages {
  /** Adds a page at the end; returns its number. */
  append(page: Uint8Array): number
  /** @param number a page that the schema has made */
  overwrite(number: number, page: Uint8Array): void
}

/**
 * Pages whose place in the file is not known yet, since another thread is still writing to it.
 * They are numbered from 1; when they move, the numbers in their interior pages move with them.
 */
export class PageDraft implements Pages {
  private readonly chunks: Uint8Array[] = []
  private pages = 0
  private readonly roots: (readonly [number, Uint8Array])[] = []

  append(page: Uint8Array): number {
    const at = this.pages % BUFFER_PAGES
    if (at === 0) this.chunks.push(new Uint8Array(BUFFER_PAGES * PAGE_BYTES))
    this.chunks[this.chunks.length - 1].set(page, at * PAGE_BYTES)
    return ++this.pages
  }

  overwrite(number: number, page: Uint8Array): void {
    this.roots.push([number, page.slice()])
  }

  /** Appends all pages to a file, once. */
  moveTo(file: PageFile): void {
    const before = file.pageCount
    for (let k = 0; k < this.pages; k++) {
      const at = (k % BUFFER_PAGES) * PAGE_BYTES
      const page = this.chunks[Math.floor(k / BUFFER_PAGES)].subarray(at, at + PAGE_BYTES)
      moveChildren(page, before)
      file.append(page)
    }
    for (const [number, page] of this.roots) {
      moveChildren(page, before)
      file.overwrite(number, page)
    }
  }
}

/** Adds to every page number that an interior page holds. */
function moveChildren(page: Uint8Array, by: number): void {
  if (page[0] !== TABLE_INTERIOR && page[0] !== INDEX_INTERIOR) return
  const move = (at: number): void => writeUint32(page, at, readUint32(page, at) + by)
  move(RIGHT_CHILD)
  const cells = (page[3] << 8) | page[4]
  for (let k = 0; k < cells; k++) {
    const pointer = INTERIOR_HEADER + 2 * k
    move((page[pointer] << 8) | page[pointer + 1])
  }
}

export class PageFile implements Pages {
  private readonly fd: number
  private readonly buffer = new Uint8Array(BUFFER_PAGES * PAGE_BYTES)
  private buffered = 0
  private pages: number

  constructor(path: string) {
    this.fd = openSync(path, 'r+')
    const header = this.readHeader()
    if (((header[16] << 8) | header[17]) !== PAGE_BYTES) throw new Error('the page size is not the one built for')
    this.pages = new DataView(header.buffer).getUint32(28)
  }

  /** Pages in the file, buffered ones included. */
  get pageCount(): number {
    return this.pages
  }

  append(page: Uint8Array): number {
    if (this.buffered === BUFFER_PAGES) this.flush()
    this.buffer.set(page, this.buffered * PAGE_BYTES)
    this.buffered++
    return ++this.pages
  }

  overwrite(number: number, page: Uint8Array): void {
    writeWhole(this.fd, page, (number - 1) * PAGE_BYTES)
  }

  /** Writes what is buffered and the header's page count, and closes. */
  close(): void {
    this.flush()
    const header = this.readHeader()
    const view = new DataView(header.buffer)
    // The page count is believed only if both counters agree.
    const change = view.getUint32(24) + 1
    view.setUint32(24, change)
    view.setUint32(28, this.pages)
    view.setUint32(92, change)
    writeWhole(this.fd, header, 0)
    closeSync(this.fd)
  }

  /** Closes a file that will be thrown away. */
  abandon(): void {
    closeSync(this.fd)
  }

  private readHeader(): Uint8Array<ArrayBuffer> {
    const header = new Uint8Array(100)
    readSync(this.fd, header, 0, 100, 0)
    return header
  }

  private flush(): void {
    const first = this.pages - this.buffered
    writeWhole(this.fd, this.buffer.subarray(0, this.buffered * PAGE_BYTES), first * PAGE_BYTES)
    this.buffered = 0
  }
}

function writeWhole(fd: number, bytes: Uint8Array, at: number): void {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, at + done)
}

/** One page being filled with cells. */
export class CellPage {
  readonly bytes = new Uint8Array(PAGE_BYTES)
  private readonly header: number
  cells = 0
  private content = PAGE_BYTES

  constructor(header: 8 | 12) {
    this.header = header
  }

  fits(length: number): boolean {
    return this.header + 2 * (this.cells + 1) + length <= this.content
  }

  /** Makes room for one more cell; returns where it is to be written. */
  place(length: number): number {
    this.content -= length
    const pointer = this.header + 2 * this.cells
    this.bytes[pointer] = this.content >> 8
    this.bytes[pointer + 1] = this.content & 255
    this.cells++
    return this.content
  }

  /** Takes the last cell away and returns its bytes. */
  pop(): Uint8Array {
    const end = this.cells > 1 ? this.cellAt(this.cells - 2) : PAGE_BYTES
    const cell = this.bytes.slice(this.content, end)
    this.content = end
    this.cells--
    return cell
  }

  /** The finished page. @param right right-most child of an interior page */
  finish(type: number, right = 0): Uint8Array {
    const { bytes } = this
    bytes[0] = type
    bytes[1] = bytes[2] = bytes[7] = 0
    bytes[3] = this.cells >> 8
    bytes[4] = this.cells & 255
    bytes[5] = this.content >> 8
    bytes[6] = this.content & 255
    if (this.header === 12) writeUint32(bytes, 8, right)
    // Nothing of an earlier page may show through the gap.
    bytes.fill(0, this.header + 2 * this.cells, this.content)
    return bytes
  }

  clear(): void {
    this.cells = 0
    this.content = PAGE_BYTES
  }

  private cellAt(cell: number): number {
    const pointer = this.header + 2 * cell
    return (this.bytes[pointer] << 8) | this.bytes[pointer + 1]
  }
}

/** Big-endian, as SQLite has it. */
export function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24
  bytes[at + 1] = value >>> 16
  bytes[at + 2] = value >>> 8
  bytes[at + 3] = value
}

function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0
}

/** SQLite's variable-length integer, seven bits a byte, high ones first; up to 32 bits here. */
export function varintLength(value: number): number {
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  let length = 2
  for (let rest = Math.floor(value / 0x4000); rest > 0; rest = Math.floor(rest / 128)) length++
  return length
}

/** Writes it; returns where it ends. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value < 0x80) {
    bytes[at] = value
    return at + 1
  }
  if (value < 0x4000) {
    bytes[at] = (value >> 7) | 0x80
    bytes[at + 1] = value & 0x7f
    return at + 2
  }
  const length = varintLength(value)
  let rest = value
  for (let k = length - 1; k >= 0; k--) {
    bytes[at + k] = (rest & 127) | (k === length - 1 ? 0 : 128)
    rest = Math.floor(rest / 128)
  }
  return at + length
}

/** Reads what writeVarint wrote; returns the value, and its length by varintLength. */
export function readVarint(bytes: Uint8Array, at: number): number {
  let value = 0
  for (;;) {
    const b = bytes[at++]
    value = value * 128 + (b & 127)
    if (b < 128) return value
  }
}
