/**
 * One CSV file whose lines several workers write at the same time, in slices; the bytes are those of one writer.
 *
 * In: a number of slices, and what writes the lines of one. Out: the file. A worker claims the next slice, makes its bytes
 * in memory, learns where they lie as soon as the slice before knows its own length, and writes them there.
 */
import { closeSync, openSync } from 'node:fs'
import { CsvLines, headerLine, writeAll } from './bytes.ts'
import { closeFlushing } from '../run-directory/flush.ts'

/** What the workers of one file share. */
export interface SlicedCsv {
  readonly path: string
  readonly slices: number
  /** Slices claimed; the slice that may say where it lies, or FAILED. */
  readonly control: Int32Array
  /** Offset in the file of that slice, bytes. */
  readonly offset: Float64Array
}

const CLAIMED = 0
const TURN = 1
const FAILED = -1
/** A worker that makes no slice in two minutes is gone. Counted in waits of a second: a process may be stopped and go on. */
const WAITS = 120

/** Creates the file with its header. */
export function beginSlicedCsv(path: string, header: readonly string[], slices: number): SlicedCsv {
  const bytes = Buffer.from(headerLine(header))
  const fd = openSync(path, 'wx', 0o600)
  try {
    writeAll(fd, bytes)
  } finally {
    closeSync(fd)
  }
  const offset = new Float64Array(new SharedArrayBuffer(8))
  offset[0] = bytes.length
  return { path, slices, control: new Int32Array(new SharedArrayBuffer(8)), offset }
}

/**
 * Writes slices until none is left. Ends early, and quietly, where another worker has failed: that one tells.
 * @param lines writes the lines of one slice
 */
export function writeSlices(csv: SlicedCsv, lines: (slice: number, out: CsvLines) => void): void {
  const { control, slices } = csv
  const fd = openSync(csv.path, 'r+')
  try {
    const out = new CsvSlice()
    for (let slice = claim(control); slice < slices; slice = claim(control)) {
      lines(slice, out)
      const pieces = out.pieces()
      const length = pieces.reduce((sum, piece) => sum + piece.length, 0)
      let at = takePlace(csv, slice, length)
      if (at < 0) break
      for (const piece of pieces) {
        writeAll(fd, piece, at)
        at += piece.length
      }
    }
  } catch (error) {
    Atomics.store(control, TURN, FAILED)
    Atomics.notify(control, TURN)
    closeSync(fd)
    throw error
  }
  closeFlushing(fd)
}

function claim(control: Int32Array): number {
  return Atomics.add(control, CLAIMED, 1)
}

/** Offset of a slice in the file; -1 if another worker has failed. Throws if the slice before never comes. */
function takePlace({ control, offset }: SlicedCsv, slice: number, length: number): number {
  for (let wait = 0; wait < WAITS; wait++) {
    const turn = Atomics.load(control, TURN)
    if (turn === FAILED) return -1
    if (turn === slice) {
      const at = offset[0]
      offset[0] = at + length
      Atomics.store(control, TURN, slice + 1)
      Atomics.notify(control, TURN)
      return at
    }
    if (Atomics.wait(control, TURN, turn, 1000) !== 'timed-out') wait = 0
  }
  throw new Error(`slice ${slice} waited for the one before, which did not come`)
}

/** The bytes of one slice, kept until it is known where they lie. */
class CsvSlice extends CsvLines {
  private full: Uint8Array[] = []

  /** What was written since the last call. The last piece lies in the buffer: take it before the next line. */
  pieces(): readonly Uint8Array[] {
    const pieces = [...this.full, this.buffer.subarray(0, this.at)]
    this.full = []
    this.at = 0
    return pieces
  }

  protected take(bytes: Uint8Array): void {
    this.full.push(bytes.slice())
  }
}
