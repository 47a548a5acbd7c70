/**
 * Finds the rows of files that have quotes: where each chunk's first row starts.
 *
 * In: files, chunk borders. Out: for each border the first row at or after it. Runs in worker threads.
 */
import { claim, type RowScan, type RowScanMessage } from '../plan.ts'
import { RowWindow } from './row-window.ts'
import { RangeReader } from '../survey.ts'

const SCAN_BYTES = 1 << 20

/** One file at a time, row by row: only a quote's whole past tells whether a line break is inside it. */
export function scanRows(message: RowScanMessage): RowScan[] {
  const scans: RowScan[] = []
  const reader = new RangeReader(message.files.map((file) => file.data))
  try {
    for (const task of claim(message.counter, message.scans.length)) {
      const { file, borders } = message.scans[task]
      const { data, delimiter } = message.files[file]
      const { length } = data
      const window = new RowWindow(reader, file, length, delimiter, undefined, SCAN_BYTES)
      const rowAt: number[] = []
      const row: number[] = []
      let at = 0
      let rows = 0
      while (at < length) {
        while (borders.length > rowAt.length && at >= borders[rowAt.length]) {
          rowAt.push(at)
          row.push(rows)
        }
        at = window.cut(at)
        rows++
        if (window.isShort) break
      }
      while (rowAt.length < borders.length) {
        rowAt.push(length)
        row.push(rows)
      }
      scans.push({ file, rowAt, row, rows })
    }
  } finally {
    reader.close()
  }
  return scans
}
