/**
 * Record ids as UTF-8, unquoted and trimmed, one after another in one shared heap that several threads fill.
 *
 * In: bytes of an id's cell in the file's encoding. Out: where it lies in the heap and its length in bytes. Each thread
 * claims a piece of the heap at a time; where an id lies differs from run to run, what it says does not.
 */
import { openPiece, type Piece, type SharedMemory } from '../../records/shared-memory.ts'
import type { CellDecoder, CellEncoding } from '../encoding/decode.ts'

export interface RecordIdPieces {
  readonly bytes: Piece<'u8'>
  readonly counter: Piece<'i32'>
}

const CLAIM_BYTES = 1 << 16
/** Pieces begun and not filled: one a thread. */
const CLAIMS_OPEN_MAX = 128
const LENGTH_MAX = 65_535

export function recordIdHeapBytes(idBytes: number): number {
  return Math.ceil(idBytes / CLAIM_BYTES) * CLAIM_BYTES + CLAIMS_OPEN_MAX * CLAIM_BYTES
}

export function reserveRecordIds(memory: SharedMemory, idBytes: number): RecordIdPieces {
  return { bytes: memory.reserve('u8', recordIdHeapBytes(idBytes)), counter: memory.reserve('i32', 16) }
}

export class RecordIdWriter {
  /** Place and length of the id written last. */
  at = 0
  length = 0
  private readonly heap: Uint8Array
  private readonly counter: Int32Array
  private readonly encoder = new TextEncoder()
  private next = 0
  private end = 0

  constructor(memory: WebAssembly.Memory, pieces: RecordIdPieces) {
    this.heap = openPiece(memory, pieces.bytes)
    this.counter = openPiece(memory, pieces.counter)
  }

  write(bytes: Uint8Array, start: number, end: number, encoding: CellEncoding, decoder: CellDecoder): void {
    if (encoding === 'gb18030' && !isAscii(bytes, start, end)) {
      const text = this.encoder.encode(decoder.text(bytes, start, end))
      this.copy(text, 0, text.length)
    } else this.copy(bytes, start, end)
  }

  writeText(text: string): void {
    const bytes = this.encoder.encode(text)
    this.copy(bytes, 0, bytes.length)
  }

  private copy(bytes: Uint8Array, start: number, end: number): void {
    let length = end - start
    if (length > LENGTH_MAX) {
      length = LENGTH_MAX
      while ((bytes[start + length] & 0xc0) === 0x80) length--
    }
    if (this.next + length > this.end) {
      this.next = Atomics.add(this.counter, 0, 1) * CLAIM_BYTES
      this.end = this.next + CLAIM_BYTES
      if (this.end > this.heap.length) throw new RangeError('dictionary is full')
    }
    const { heap } = this
    const at = this.next
    for (let k = 0; k < length; k++) heap[at + k] = bytes[start + k]
    this.at = at
    this.length = length
    this.next = at + length
  }
}

function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] >= 0x80) return false
  return true
}
