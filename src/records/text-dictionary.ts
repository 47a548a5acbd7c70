/**
 * A set of distinct short texts (names, irregular numbers), filled by several threads at once; numbers from 1.
 *
 * An entry is three words. Up to four UTF-16 units, as nearly all names of Han characters are, lie in it, so that asking for one touches
 * memory twice and not three times; longer texts lie in one heap:
 *
 *   short  units 1 and 2 | units 3 and 4 | length
 *   long   heap offset   | hash          | length
 *
 * The same lock-free scheme as TripleDictionary. Number 0 is "no text". Numbers say "the same", never an order.
 */
import { openPiece, type Piece, type SharedMemory } from './shared-memory.ts'

export interface TextDictionaryPieces {
  readonly slots: Piece<'i32'>
  readonly entries: Piece<'i32'>
  readonly heap: Piece<'u16'>
  readonly counters: Piece<'i32'>
}

/** UTF-16 units of the longest text that lies in its entry. */
const SHORT_UNITS = 4

/** The texts; their slots are reserved by reserveSlots, and needed only while texts are looked up. */
export function reserveTexts(
  memory: SharedMemory,
  entriesMax: number,
  unitsMax: number,
): Omit<TextDictionaryPieces, 'slots'> {
  return {
    entries: memory.reserve('i32', (entriesMax + 64) * 3),
    heap: memory.reserve('u16', unitsMax),
    counters: memory.reserve('i32', 32),
  }
}

/** The dictionary opened on its pieces; every thread opens its own. */
export class TextDictionary {
  private readonly slots: Int32Array
  private readonly entries: Int32Array
  private readonly heap: Uint16Array
  private readonly counters: Int32Array
  private readonly mask: number
  private hashes = new Int32Array(0)
  /** What internAll read beforehand: kept, so that no compiler leaves the reading out. */
  protected touched = 0

  constructor(memory: WebAssembly.Memory, pieces: TextDictionaryPieces) {
    this.slots = openPiece(memory, pieces.slots)
    this.entries = openPiece(memory, pieces.entries)
    this.heap = openPiece(memory, pieces.heap)
    this.counters = openPiece(memory, pieces.counters)
    this.mask = pieces.slots.length - 1
  }

  /** Largest number given so far. Some numbers up to it may be unused (length 0). */
  get size(): number {
    return Atomics.load(this.counters, 0)
  }

  /** UTF-16 units of all texts so far, or a few more. */
  get units(): number {
    return Atomics.load(this.counters, 16) + SHORT_UNITS * this.size
  }

  /** Interns units[0, length). Length 0 gives 0. */
  intern(units: Uint16Array, length: number): number {
    return length === 0 ? 0 : this.internHashed(units, 0, length, hashUnits(units, length))
  }

  /**
   * Numbers of many texts at once, as TripleDictionary.internAll: the reads of all are under way before any is needed.
   * @param units the texts one after another, none empty @param ends where each ends @param numbers receives one number each
   */
  internAll(units: Uint16Array, ends: Int32Array, count: number, numbers: Int32Array): void {
    const { slots, entries, mask } = this
    if (this.hashes.length < count) this.hashes = new Int32Array(count)
    const { hashes } = this
    for (let k = 0, from = 0; k < count; k++) {
      hashes[k] = hashUnits(units, ends[k], from)
      numbers[k] = slots[hashes[k] & mask]
      from = ends[k]
    }
    let touched = 0
    for (let k = 0; k < count; k++) touched ^= entries[numbers[k] * 3]
    this.touched = touched
    for (let k = 0, from = 0; k < count; k++) {
      const length = ends[k] - from
      // What was read beforehand is right if its entry says so: most texts are met again, an atomic read costs ten plain ones.
      if (numbers[k] === 0 || !this.holds(numbers[k], units, from, length, hashes[k]))
        numbers[k] = this.internHashed(units, from, length, hashes[k])
      from = ends[k]
    }
  }

  private holds(number: number, units: Uint16Array, from: number, length: number, hash: number): boolean {
    const { entries, heap } = this
    const entry = number * 3
    if (entries[entry + 2] !== length) return false
    if (length <= SHORT_UNITS)
      return (
        entries[entry] === twoUnits(units, from, length) && entries[entry + 1] === twoUnits(units, from + 2, length - 2)
      )
    if (entries[entry + 1] !== hash) return false
    const at = entries[entry]
    for (let k = 0; k < length; k++) if (heap[at + k] !== units[from + k]) return false
    return true
  }

  private internHashed(units: Uint16Array, from: number, length: number, hash: number): number {
    const { slots, entries, mask } = this
    let i = hash & mask
    for (;;) {
      let entry = Atomics.load(slots, i)
      if (entry === 0) {
        const mine = Atomics.add(this.counters, 0, 1) + 1
        if (mine * 3 + 2 >= entries.length) throw new RangeError('dictionary is full')
        this.write(mine * 3, units, from, length, hash)
        entry = Atomics.compareExchange(slots, i, 0, mine)
        if (entry === 0) return mine
        // Another thread was first: our copy stays behind, unused and marked empty.
        entries[mine * 3 + 2] = 0
      }
      if (this.holds(entry, units, from, length, hash)) return entry
      i = (i + 1) & mask
    }
  }

  private write(entry: number, units: Uint16Array, from: number, length: number, hash: number): void {
    const { entries, heap } = this
    if (length <= SHORT_UNITS) {
      entries[entry] = twoUnits(units, from, length)
      entries[entry + 1] = twoUnits(units, from + 2, length - 2)
    } else {
      const at = Atomics.add(this.counters, 16, length)
      if (at + length > heap.length) throw new RangeError('dictionary is full')
      for (let k = 0; k < length; k++) heap[at + k] = units[from + k]
      entries[entry] = at
      entries[entry + 1] = hash
    }
    entries[entry + 2] = length
  }

  internText(text: string): number {
    const units = new Uint16Array(text.length)
    for (let k = 0; k < text.length; k++) units[k] = text.charCodeAt(k)
    return this.intern(units, text.length)
  }

  /** The text of a number; '' for 0 and for unused numbers. */
  text(number: number): string {
    const length = this.length(number)
    let text = ''
    for (let k = 0; k < length; k++) text += String.fromCharCode(this.unit(number, k))
    return text
  }

  /** The first UTF-16 unit of a text; 0 for no text. */
  firstUnit(number: number): number {
    return this.length(number) === 0 ? 0 : this.unit(number, 0)
  }

  /** The last UTF-16 unit of a text; 0 of an empty one. */
  lastUnit(number: number): number {
    const length = this.length(number)
    return length === 0 ? 0 : this.unit(number, length - 1)
  }

  length(number: number): number {
    return number === 0 ? 0 : this.entries[number * 3 + 2]
  }

  /** Content hash: the same in every run, unlike the number. */
  hash(number: number): number {
    const length = this.length(number)
    if (length > SHORT_UNITS) return this.entries[number * 3 + 1]
    return length === 0
      ? 0
      : hashUnits(
          Array.from({ length }, (_, k) => this.unit(number, k)),
          length,
        )
  }

  /** Unit k of a text that has it. */
  private unit(number: number, k: number): number {
    const { entries } = this
    const entry = number * 3
    if (entries[entry + 2] > SHORT_UNITS) return this.heap[entries[entry] + k]
    return (entries[entry + (k >> 1)] >>> ((k & 1) << 4)) & 0xffff
  }
}

/** Units `from` and `from` + 1 in one word, as far as there are so many. */
function twoUnits(units: Uint16Array, from: number, length: number): number {
  if (length <= 0) return 0
  return length === 1 ? units[from] : units[from] | (units[from + 1] << 16)
}

/** FNV-1a over the UTF-16 units [from, end) with a final mix; 32 bits. */
export function hashUnits(units: ArrayLike<number>, end: number, from = 0): number {
  let h = 0x811c9dc5
  for (let k = from; k < end; k++) h = Math.imul(h ^ units[k], 0x01000193)
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  return h ^ (h >>> 12)
}
