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
import { RowCutter } from './cells.ts'
import { refuseFile } from './messages.ts'

/** Nearly every row is shorter; each row is one small read. */
const ROW_BYTES = 512
/** How many rows are read before the file is looked at again. */
const ROWS_UNCHECKED = 4096

class SourceOfRows {
  readonly cutter: RowCutter
  private readonly file: SourceFile
  private readonly descriptor: number
  private readonly converted: Uint8Array | undefined
  private buffer = new Uint8Array(ROW_BYTES + 1)
  private unchecked = 0

  constructor(file: SourceFile, open: (path: string) => number) {
    this.file = file
    this.converted = file.converted === undefined ? undefined : new Uint8Array(file.converted)
    this.descriptor = this.converted === undefined ? this.refuseMissing(() => open(file.path)) : -1
    this.buffer[0] = 10
    this.cutter = new RowCutter(this.buffer, 0, file.delimiter.charCodeAt(0), file.header.length)
  }

  /** Cuts the row at `at`; returns the length of the row in the cutter's bytes, where it starts at 0. */
  cut(at: number): number {
    const { cutter, file } = this
    if (this.unchecked-- === 0) this.refuseChanged()
    for (let wanted = ROW_BYTES; ; wanted *= 4) {
      const end = Math.min(wanted, file.length - at)
      this.read(at, end)
      const next = cutter.cut(0)
      if ((next <= end && !cutter.hasMetEnd) || at + end >= file.length) return next
    }
  }

  private read(at: number, length: number): void {
    if (this.buffer.length < length + 1) this.buffer = new Uint8Array(length + 1)
    const { buffer, converted, file } = this
    if (converted !== undefined) buffer.set(converted.subarray(at, at + length))
    else if (this.refuseMissing(() => readSync(this.descriptor, buffer, 0, length, file.skip + at)) < length)
      throw refuseFile('E127', basename(file.path))
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
  private readonly sources: (SourceOfRows | undefined)[]
  private readonly descriptors: number[] = []

  constructor(table: RecordTable) {
    this.table = table
    this.sources = table.files.map(() => undefined)
    closing.register(this, this.descriptors)
  }

  /** Cuts a row; the cutter holds it until a row of the same file is asked for. */
  cut(row: number): { readonly cutter: RowCutter; readonly length: number } {
    const { fileNo, rowAt } = this.table.columns
    const source = this.sourceOf(fileNo[row])
    const length = source.cut(rowAt[row])
    return { cutter: source.cutter, length }
  }

  private sourceOf(fileNo: number): SourceOfRows {
    let source = this.sources[fileNo]
    if (source === undefined) {
      source = new SourceOfRows(this.table.files[fileNo], (path) => {
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
