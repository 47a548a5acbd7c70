/**
 * A window that slides over one file's data, with the cutter that cuts rows in it: no more of a file is in memory than
 * the piece at hand.
 *
 * In: a reader of ranges, a file. Out: rows cut one after another; `bytes` and the cells' places are the window's, row
 * starts are offsets in the file's data. A row that goes on behind the window makes it longer. Threads have one each.
 */
import { RowCutter } from './cells.ts'
import type { RangeReader } from '../survey.ts'

/** Read beyond the end of a piece, so that its last row is nearly always whole. */
const SLACK_BYTES = 4096
/** A piece that nobody asked for in particular. */
const PIECE_BYTES = 1 << 16

export class RowWindow {
  readonly cutter: RowCutter
  /** The file holds fewer bytes than it should: it changed. */
  isShort = false
  private readonly reader: RangeReader
  private readonly file: number
  private length: number
  private buffer = Uint8Array.of(10)
  private base = 0
  private readonly pieceBytes: number

  constructor(
    reader: RangeReader,
    file: number,
    length: number,
    delimiter: number,
    cellsExpected?: number,
    pieceBytes = PIECE_BYTES,
  ) {
    this.reader = reader
    this.file = file
    this.length = length
    this.pieceBytes = pieceBytes
    this.cutter = new RowCutter(this.buffer, 0, delimiter, cellsExpected)
  }

  /** Puts the window over [from, to) and a little more. */
  open(from: number, to: number): void {
    const wanted = Math.max(0, Math.min(this.length, to + SLACK_BYTES) - from)
    if (this.buffer.length < wanted + 1) this.buffer = new Uint8Array(wanted + 1)
    const got = this.reader.readInto(this.file, from, this.buffer.subarray(0, wanted))
    if (got < wanted) {
      this.isShort = true
      this.length = from + got
    }
    this.buffer[got] = 10
    this.base = from
    this.cutter.lay(this.buffer, got)
  }

  /** Offset after the first line feed at or after `at`, which must lie in the window. */
  afterLineFeed(at: number): number {
    return this.base + this.buffer.indexOf(10, at - this.base) + 1
  }

  /** Place of an offset in the window's bytes. */
  placeOf(at: number): number {
    return at - this.base
  }

  /** Cuts the row that starts at `at`; returns where the next row starts. */
  cut(at: number): number {
    const { cutter } = this
    if (at < this.base || at >= this.base + cutter.end) this.open(at, at + this.pieceBytes)
    for (;;) {
      const next = cutter.cut(at - this.base)
      // Behind the end lies a line feed that is not the file's: a row that needed it is cut again in a longer window.
      if ((next <= cutter.end && !cutter.hasMetEnd) || this.base + cutter.end >= this.length) return this.base + next
      this.open(at, at + Math.max(this.pieceBytes, 2 * (this.base + cutter.end - at)))
    }
  }
}
