/**
 * Rows back from the files as they were written: the source bytes are not kept in memory, a row is read when asked for.
 *
 * In: a RecordTable. Out: the row cut into cells, in the file's encoding. Files made from others (UTF-16, workbooks, DBF)
 * are read from the bytes that were made of them. A file that is not what it was when its rows were read is refused:
 * what a row says must be what was compared.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { basename } from 'node:path'
import type { RecordTable, SourceFile } from '../records/record-table.ts'
import { RowCutter } from './rows/cells.ts'
import { refuseFile } from './messages.ts'

/** Nearly every row is shorter: a row that is asked for alone is one small read. */
const ROW_BYTES = 512
/** Read at a time where rows are asked for in the order of the file. */
export const READ_AHEAD_BYTES = 1 << 20
/** How many rows are read before the file is looked at again. */
const ROWS_UNCHECKED = 4096

/** A row cut into cells; it lies in cutter.bytes[from, to). */
export interface CutRow {
  readonly cutter: RowCutter
  readonly from: number
  readonly to: number
}

class SourceOfRows implements CutRow {
  readonly cutter: RowCutter
  from = 0
  to = 0
  private readonly file: SourceFile
  private readonly descriptor: number
  private readonly converted: Uint8Array | undefined
  private readonly pieceBytes: number
  private buffer: Uint8Array
  /** The buffer holds data[base, base + filled). */
  private base = 0
  private filled = 0
  private unchecked = 0

  constructor(file: SourceFile, pieceBytes: number, open: (path: string) => number) {
    this.file = file
    this.pieceBytes = pieceBytes
    this.converted = file.converted === undefined ? undefined : new Uint8Array(file.converted)
    this.descriptor = this.converted === undefined ? this.refuseMissing(() => open(file.path)) : -1
    this.buffer = new Uint8Array(pieceBytes + 1)
    this.buffer[0] = 10
    this.cutter = new RowCutter(this.buffer, 0, file.delimiter.charCodeAt(0), file.header.length)
  }

  cut(at: number): void {
    const { cutter, file } = this
    if (this.unchecked-- === 0) this.refuseChanged()
    if (at < this.base || at >= this.base + this.filled) this.read(at, this.pieceBytes)
    for (let wanted = this.pieceBytes; ; wanted *= 4) {
      this.from = at - this.base
      this.to = cutter.cut(this.from)
      if ((this.to <= this.filled && !cutter.hasMetEnd) || this.base + this.filled >= file.length) return
      this.read(at, this.base === at ? wanted * 4 : wanted)
    }
  }

  private read(at: number, wanted: number): void {
    const length = Math.min(wanted, this.file.length - at)
    if (this.buffer.length < length + 1) this.buffer = new Uint8Array(length + 1)
    const { buffer, converted, file } = this
    if (converted !== undefined) buffer.set(converted.subarray(at, at + length))
    else if (this.refuseMissing(() => readSync(this.descriptor, buffer, 0, length, file.skip + at)) < length)
      throw refuseFile('E127', basename(file.path))
    this.base = at
    this.filled = length
    buffer[length] = 10
    this.cutter.lay(buffer, length)
  }

  private refuseChanged(): void {
    this.unchecked = ROWS_UNCHECKED
    if (this.converted !== undefined) return
    const { size, mtimeMs } = fstatSync(this.descriptor)
    if (size !== this.file.bytes || mtimeMs !== this.file.modified) throw refuseFile('E127', basename(this.file.path))
  }

  private refuseMissing(step: () => number): number {
    try {
      return step()
    } catch (error) {
      throw refuseFile('E127', basename(this.file.path), '', error)
    }
  }
}

/** Rows of one table's files. Files are opened when first asked for and closed with the table. */
export class SourceRows {
  private readonly table: RecordTable
  private readonly pieceBytes: number
  private readonly sources: (SourceOfRows | undefined)[]
  private readonly descriptors: number[] = []

  /** @param pieceBytes read at a time: READ_AHEAD_BYTES for whoever goes through a file from its start to its end */
  constructor(table: RecordTable, pieceBytes = ROW_BYTES) {
    this.table = table
    this.pieceBytes = pieceBytes
    this.sources = table.files.map(() => undefined)
    closing.register(this, this.descriptors)
  }

  /** Cuts a row; it stands until a row of the same file is asked for. */
  cut(row: number): CutRow {
    const { fileNo, rowAt } = this.table.columns
    const source = this.sourceOf(fileNo[row])
    source.cut(rowAt[row])
    return source
  }

  private sourceOf(fileNo: number): SourceOfRows {
    let source = this.sources[fileNo]
    if (source === undefined) {
      source = new SourceOfRows(this.table.files[fileNo], this.pieceBytes, (path) => {
        const descriptor = openSync(path, 'r')
        this.descriptors.push(descriptor)
        return descriptor
      })
      this.sources[fileNo] = source
    }
    return source
  }
}

const closing = new FinalizationRegistry<number[]>((descriptors) => {
  for (const descriptor of descriptors) closeSync(descriptor)
})

const rowsOfTables = new WeakMap<RecordTable, SourceRows>()

export function sourceRowsOf(table: RecordTable): SourceRows {
  let rows = rowsOfTables.get(table)
  if (rows === undefined) {
    rows = new SourceRows(table)
    rowsOfTables.set(table, rows)
  }
  return rows
}
