/**
 * A set of distinct three-word values, filled by several threads at once; each value gets a number from 1.
 *
 * ID numbers (area, birth, tail), area codes, household keys and person numbers are all met as equality of
 * small integers afterwards. Open addressing without locks: an entry is written completely before its slot is
 * claimed by compare-and-exchange, so a reader that sees the slot sees the entry.
 * Numbers depend on which thread came first: they say "the same", never an order.
 */
import { openPiece, type Piece, type SharedMemory } from './shared-memory.ts'

export interface TripleDictionaryPieces {
  readonly slots: Piece<'i32'>
  readonly entries: Piece<'i32'>
  readonly counter: Piece<'i32'>
}

/** The values, which are needed as long as there are numbers. */
export function reserveTriples(memory: SharedMemory, entriesMax: number): Omit<TripleDictionaryPieces, 'slots'> {
  return { entries: memory.reserve('i32', (entriesMax + 64) * 3), counter: memory.reserve('i32', 16) }
}

/** The hash table, which is needed only while values are looked up. */
export function reserveSlots(memory: SharedMemory, entriesMax: number): Piece<'i32'> {
  return memory.reserve('i32', slotsFor(entriesMax))
}

/** The slots of a dictionary in which nothing is looked up any more: numbers give their values, `intern` and `find` throw. */
export const NO_SLOTS: Piece<'i32'> = { type: 'i32', at: 0, length: 0 }

/** Bytes that reserveTriples and reserveSlots will take. */
export function tripleDictionaryBytes(entriesMax: number): number {
  return slotsFor(entriesMax) * 4 + (entriesMax + 64) * 12 + 256
}

function slotsFor(entriesMax: number): number {
  let slots = 1024
  while (slots < entriesMax * 2) slots *= 2
  return slots
}

/** The dictionary opened on its pieces; every thread opens its own. */
export class TripleDictionary {
  private readonly slots: Int32Array
  private readonly entries: Int32Array
  private readonly counter: Int32Array
  private readonly mask: number
  /** An entry number claimed but not used because another thread was first; taken before a new one. */
  private spare = 0
  private places = new Int32Array(0)
  /** What internAll read beforehand: kept, so that no compiler leaves the reading out. */
  protected touched = 0

  constructor(memory: WebAssembly.Memory, pieces: TripleDictionaryPieces) {
    this.slots = openPiece(memory, pieces.slots)
    this.entries = openPiece(memory, pieces.entries)
    this.counter = openPiece(memory, pieces.counter)
    this.mask = pieces.slots.length - 1
  }

  /** Largest number given so far. Some numbers up to it may be unused. */
  get size(): number {
    return Atomics.load(this.counter, 0)
  }

  intern(a: number, b: number, c: number): number {
    return this.internFrom(mixTriple(a, b, c) & this.mask, a, b, c)
  }

  /**
   * Numbers of many values at once. Slots and entries lie all over a table larger than the cache: looked up one value at a
   * time each waits for memory twice; here the reads of all values are under way together before any is needed.
   * @param values three words each @param numbers receives one number each
   */
  internAll(values: Int32Array, count: number, numbers: Int32Array): void {
    const { slots, entries, mask } = this
    if (this.places.length < count) this.places = new Int32Array(count)
    const { places } = this
    for (let k = 0, at = 0; k < count; k++, at += 3) {
      places[k] = mixTriple(values[at], values[at + 1], values[at + 2]) & mask
      numbers[k] = slots[places[k]]
    }
    let touched = 0
    for (let k = 0; k < count; k++) touched ^= entries[numbers[k] * 3]
    this.touched = touched
    for (let k = 0, at = 0; k < count; k++, at += 3) {
      // What was read beforehand is right if its entry says so; anything else is asked in the way that waits for no thread's sake.
      const entry = numbers[k] * 3
      if (
        entry === 0 ||
        entries[entry] !== values[at] ||
        entries[entry + 1] !== values[at + 1] ||
        entries[entry + 2] !== values[at + 2]
      )
        numbers[k] = this.internFrom(places[k], values[at], values[at + 1], values[at + 2])
    }
  }

  private internFrom(place: number, a: number, b: number, c: number): number {
    const { slots, entries, mask } = this
    let i = place
    for (;;) {
      let entry = Atomics.load(slots, i)
      if (entry === 0) {
        let mine = this.spare
        if (mine === 0) mine = Atomics.add(this.counter, 0, 1) + 1
        this.spare = 0
        const at = mine * 3
        if (at + 2 >= entries.length) throw new RangeError('dictionary is full')
        entries[at] = a
        entries[at + 1] = b
        entries[at + 2] = c
        entry = Atomics.compareExchange(slots, i, 0, mine)
        if (entry === 0) return mine
        this.spare = mine
      }
      const at = entry * 3
      if (entries[at] === (a | 0) && entries[at + 1] === (b | 0) && entries[at + 2] === (c | 0)) return entry
      i = (i + 1) & mask
    }
  }

  /** The number of a value, 0 if it was never interned. */
  find(a: number, b: number, c: number): number {
    const { slots, entries, mask } = this
    let i = mixTriple(a, b, c) & mask
    for (;;) {
      const entry = Atomics.load(slots, i)
      if (entry === 0) return 0
      const at = entry * 3
      if (entries[at] === (a | 0) && entries[at + 1] === (b | 0) && entries[at + 2] === (c | 0)) return entry
      i = (i + 1) & mask
    }
  }

  /** Makes a number say another value, which no number in use says yet; only once nothing is looked up any more. */
  replace(number: number, a: number, b: number, c: number): void {
    this.entries.set([a, b, c], number * 3)
  }

  first(number: number): number {
    return this.entries[number * 3]
  }

  second(number: number): number {
    return this.entries[number * 3 + 1]
  }

  third(number: number): number {
    return this.entries[number * 3 + 2]
  }
}

/** Mixes three words into 32 well-spread bits (finaliser of MurmurHash3, Appleby 2011). */
export function mixTriple(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1)
  h = Math.imul((h << 13) | (h >>> 19), 5) ^ b
  h = Math.imul(h, 0x85ebca6b)
  h = Math.imul((h << 13) | (h >>> 19), 5) ^ c
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
