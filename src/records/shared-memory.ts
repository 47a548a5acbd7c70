/**
 * One shared memory of fixed size for a whole run, handed out in named pieces.
 *
 * In:  a byte budget computed from the files before the run. Pages that are never touched cost nothing, so the
 *      budget may be generous. Out: typed-array views that every worker can open on the same bytes.
 * The memory is a shared WebAssembly.Memory: plain TypeScript loops today, WASM loops without a change around them.
 * It never grows: views stay valid, and growable buffers were measured to be three times slower to read.
 */

const PAGE_BYTES = 65_536

export const ELEMENT_BYTES = { u8: 1, u16: 2, u32: 4, i32: 4, f64: 8 } as const
export type ElementType = keyof typeof ELEMENT_BYTES

export type ArrayOf<T extends ElementType> = T extends 'u8'
  ? Uint8Array
  : T extends 'u16'
    ? Uint16Array
    : T extends 'u32'
      ? Uint32Array
      : T extends 'i32'
        ? Int32Array
        : Float64Array

/** Where a piece lies: enough for another thread to open the same view. */
export interface Piece<T extends ElementType = ElementType> {
  readonly type: T
  readonly at: number
  readonly length: number
}

/** The memory and how much of it is given out; pieces are reserved by the main thread only. */
export class SharedMemory {
  readonly memory: WebAssembly.Memory
  private used = PAGE_BYTES

  private constructor(memory: WebAssembly.Memory) {
    this.memory = memory
  }

  /** @param bytes upper bound of everything that will be allocated; throws a RangeError above 4 GiB. */
  static allocate(bytes: number): SharedMemory {
    const pages = Math.ceil((bytes + 2 * PAGE_BYTES) / PAGE_BYTES)
    if (pages > 65_536) throw new RangeError(`a run needs ${bytes} bytes of shared memory, the limit is 4 GiB`)
    return new SharedMemory(new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }))
  }

  get buffer(): SharedArrayBuffer {
    return this.memory.buffer as unknown as SharedArrayBuffer
  }

  get bytesUsed(): number {
    return this.used
  }

  /** Reserves a piece, zero-filled, aligned to a cache line. */
  reserve<T extends ElementType>(type: T, length: number): Piece<T> {
    const at = this.used
    const bytes = Math.ceil((length * ELEMENT_BYTES[type]) / 64) * 64
    if (at + bytes > this.buffer.byteLength)
      throw new RangeError(`shared memory is full: ${bytes} bytes wanted, ${this.buffer.byteLength - at} left`)
    this.used = at + bytes
    return { type, at, length }
  }

  /** Gives back everything reserved since `mark` (a value of bytesUsed). The bytes are zeroed for the next owner. */
  release(mark: number): void {
    new Uint8Array(this.buffer, mark, this.used - mark).fill(0)
    this.used = mark
  }
}

/** Opens a piece as a typed array on the shared bytes. */
export function openPiece<T extends ElementType>(memory: WebAssembly.Memory, piece: Piece<T>): ArrayOf<T> {
  const buffer = memory.buffer
  switch (piece.type) {
    case 'u8':
      return new Uint8Array(buffer, piece.at, piece.length) as ArrayOf<T>
    case 'u16':
      return new Uint16Array(buffer, piece.at, piece.length) as ArrayOf<T>
    case 'u32':
      return new Uint32Array(buffer, piece.at, piece.length) as ArrayOf<T>
    case 'i32':
      return new Int32Array(buffer, piece.at, piece.length) as ArrayOf<T>
    default:
      return new Float64Array(buffer, piece.at, piece.length) as ArrayOf<T>
  }
}

/** Numbers as words that all threads read where they are. */
export function sharedCopy(numbers: ArrayLike<number>): Int32Array {
  const words = sharedInts(numbers.length)
  words.set(numbers)
  return words
}

/** Room for numbers that all threads read where they are; pages never touched cost nothing. */
export function sharedInts(length: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(length * 4))
}
