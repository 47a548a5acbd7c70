/**
 * Brings the files' bytes into the shared memory, chunk by chunk, and finds the rows of files that have quotes.
 *
 * In: where each file goes. Out: nothing but the bytes in place; for quoted files where each chunk's first row starts.
 * Runs in worker threads.
 */
import { RowCutter } from './cells.ts'
import { claim, type LoadMessage, type RowScan, type RowScanMessage } from './plan.ts'
import { RangeReader } from './survey.ts'

/** Returns the number of bytes that were there; fewer than planned means the file changed. */
export function loadFiles(message: LoadMessage): number {
  const reader = new RangeReader(message.files)
  let loaded = 0
  try {
    for (const task of claim(message.counter, message.chunks.length)) {
      const { file, from, to } = message.chunks[task]
      const { converted } = message.files[file]
      const into = new Uint8Array(message.memory.buffer, message.places[file] + from, to - from)
      if (converted === undefined) loaded += reader.readInto(file, from, into)
      else {
        into.set(new Uint8Array(converted, from, to - from))
        loaded += to - from
      }
    }
  } finally {
    reader.close()
  }
  return loaded
}

/** One file at a time, row by row: only a quote's whole past tells whether a line break is inside it. */
export function scanRows(message: RowScanMessage): RowScan[] {
  const scans: RowScan[] = []
  for (const task of claim(message.counter, message.scans.length)) {
    const { file, borders } = message.scans[task]
    const { place, length, delimiter } = message.files[file]
    const cutter = new RowCutter(new Uint8Array(message.memory.buffer, place, length + 1), length, delimiter)
    const rowAt: number[] = []
    const row: number[] = []
    let at = 0
    let rows = 0
    while (at < length) {
      while (borders.length > rowAt.length && at >= borders[rowAt.length]) {
        rowAt.push(at)
        row.push(rows)
      }
      at = cutter.cut(at)
      rows++
    }
    while (rowAt.length < borders.length) {
      rowAt.push(length)
      row.push(rows)
    }
    scans.push({ file, rowAt, row, rows })
  }
  return scans
}
