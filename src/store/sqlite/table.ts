/**
 * A rowid table, filled in rowid order, and an index, filled in key order: their pages from the leaves up.
 *
 * In: payloads (row.ts) one after another. Out: the pages, the top one in the root that the schema names.
 * A table's rows all lie in its leaves; an index keeps some entries in its interior pages, which the leaves below do
 * not repeat. No page but the root may be without a cell, so the last entries are spread with care.
 */
import {
  CellPage,
  INDEX_INTERIOR,
  INDEX_LEAF,
  INDEX_PAYLOAD_MAX,
  type Pages,
  readVarint,
  TABLE_INTERIOR,
  TABLE_LEAF,
  TABLE_PAYLOAD_MAX,
  varintLength,
  writeUint32,
  writeVarint,
} from './pages.ts'
import type { Payload } from './row.ts'

/** A rowid table; rows are numbered from 1 as they come. */
export class TableBuilder {
  private readonly pages: Pages
  private readonly root: number
  private readonly leaf = new CellPage(8)
  private readonly children: number[] = []
  /** Last rowid under each child. */
  private readonly lastRows: number[] = []
  private rowid = 0

  constructor(pages: Pages, root: number) {
    this.pages = pages
    this.root = root
  }

  /** Rowid of the row added last: rows are numbered from 1. */
  get rows(): number {
    return this.rowid
  }

  /** False if the row is too long for one page: it must be put in through SQLite afterwards. */
  add(row: Payload): boolean {
    const { leaf } = this
    const { length } = row
    if (length > TABLE_PAYLOAD_MAX) return false
    const rowid = this.rowid + 1
    const cell = varintLength(length) + varintLength(rowid) + length
    if (!leaf.fits(cell)) this.endLeaf()
    let at = leaf.place(cell)
    at = writeVarint(leaf.bytes, at, length)
    at = writeVarint(leaf.bytes, at, rowid)
    row.write(leaf.bytes, at)
    this.rowid = rowid
    return true
  }

  finish(): void {
    const { leaf, root, pages } = this
    if (this.children.length === 0) {
      pages.overwrite(root, leaf.finish(TABLE_LEAF))
      return
    }
    this.endLeaf()
    let { children, lastRows }: { readonly children: readonly number[]; readonly lastRows: readonly number[] } = {
      children: this.children,
      lastRows: this.lastRows,
    }
    for (;;) {
      const parents = this.groupChildren(children, lastRows)
      if (parents === undefined) return
      ;({ children, lastRows } = parents)
    }
  }

  private endLeaf(): void {
    this.children.push(this.pages.append(this.leaf.finish(TABLE_LEAF)))
    this.lastRows.push(this.rowid)
    this.leaf.clear()
  }

  /** One level up. Undefined when the level is the root. */
  private groupChildren(
    children: readonly number[],
    lastRows: readonly number[],
  ): { children: number[]; lastRows: number[] } | undefined {
    // 4 bytes of page number, at most 5 of rowid, 2 of pointer.
    const most = Math.floor((8192 - 12) / 11)
    const pages = Math.ceil(children.length / most)
    // Even shares: no page is left with a single child.
    const parents = { children: [] as number[], lastRows: [] as number[] }
    for (let p = 0; p < pages; p++) {
      const from = Math.floor((children.length * p) / pages)
      const to = Math.floor((children.length * (p + 1)) / pages)
      const page = new CellPage(12)
      for (let k = from; k < to - 1; k++) {
        const at = page.place(4 + varintLength(lastRows[k]))
        writeUint32(page.bytes, at, children[k])
        writeVarint(page.bytes, at + 4, lastRows[k])
      }
      const bytes = page.finish(TABLE_INTERIOR, children[to - 1])
      if (pages === 1) {
        this.pages.overwrite(this.root, bytes)
        return undefined
      }
      parents.children.push(this.pages.append(bytes))
      parents.lastRows.push(lastRows[to - 1])
    }
    return parents
  }
}

export class IndexBuilder {
  private readonly pages: Pages
  private readonly root: number
  private readonly leaf = new CellPage(8)
  private readonly children: number[] = []
  private readonly dividers: Uint8Array[] = []
  private left: number

  /** @param count entries to come */
  constructor(pages: Pages, root: number, count: number) {
    this.pages = pages
    this.root = root
    this.left = count
  }

  /** Entries come in key order; ties in rowid order. */
  add(entry: Payload): void {
    const { leaf } = this
    const { length } = entry
    if (length > INDEX_PAYLOAD_MAX) throw new RangeError(`an index entry of ${length} bytes does not fit`)
    this.left--
    const cell = varintLength(length) + length
    if (!leaf.fits(cell)) {
      if (this.left > 0) {
        // The entry that does not fit stands between this leaf and the next.
        const divider = new Uint8Array(length)
        entry.write(divider, 0)
        this.endLeaf(divider)
        return
      }
      // The last entry of all needs a leaf of its own, so the one before it becomes the divider.
      const last = leaf.pop()
      this.endLeaf(last.subarray(varintLength(readVarint(last, 0))))
    }
    const at = writeVarint(leaf.bytes, leaf.place(cell), length)
    entry.write(leaf.bytes, at)
  }

  finish(): void {
    if (this.left !== 0) throw new Error(`${this.left} index entries were announced and did not come`)
    const { pages, leaf } = this
    if (this.children.length === 0) {
      pages.overwrite(this.root, leaf.finish(INDEX_LEAF))
      return
    }
    this.children.push(pages.append(leaf.finish(INDEX_LEAF)))
    let level: IndexLevel | undefined = { children: this.children, dividers: this.dividers }
    while (level !== undefined) level = this.buildLevel(level)
  }

  private endLeaf(divider: Uint8Array): void {
    this.children.push(this.pages.append(this.leaf.finish(INDEX_LEAF)))
    this.dividers.push(divider)
    this.leaf.clear()
  }

  /** One level up: child, divider, child, divider … child. Undefined when the level is the root. */
  private buildLevel({ children, dividers }: IndexLevel): IndexLevel | undefined {
    const page = new CellPage(12)
    const up: { children: number[]; dividers: Uint8Array[] } = { children: [], dividers: [] }
    for (let k = 0; k < dividers.length; k++) {
      const payload = dividers[k]
      const cell = 4 + varintLength(payload.length) + payload.length
      // The last divider but none may be promoted only if another one follows it for the page to come.
      const isFull = !page.fits(cell) || (k === dividers.length - 2 && !fitsBoth(page, cell, dividers[k + 1]))
      if (isFull && k < dividers.length - 1) {
        up.children.push(this.pages.append(page.finish(INDEX_INTERIOR, children[k])))
        up.dividers.push(payload)
        page.clear()
        continue
      }
      const at = page.place(cell)
      writeUint32(page.bytes, at, children[k])
      page.bytes.set(payload, writeVarint(page.bytes, at + 4, payload.length))
    }
    const last = page.finish(INDEX_INTERIOR, children[children.length - 1])
    if (up.children.length === 0) {
      this.pages.overwrite(this.root, last)
      return undefined
    }
    up.children.push(this.pages.append(last))
    return up
  }
}

interface IndexLevel {
  /** One more than dividers. */
  readonly children: readonly number[]
  readonly dividers: readonly Uint8Array[]
}

/** Whether this cell and the divider after it, the last one, both fit. */
function fitsBoth(page: CellPage, cell: number, next: Uint8Array): boolean {
  return page.fits(cell + 2 + 4 + varintLength(next.length) + next.length)
}
