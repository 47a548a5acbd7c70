/**
 * Ids of findings: `F` and 13 characters made from the code and the records a finding falls on.
 *
 * In: code and rows of one finding after another. Out: ids that are the same in every run over the same records, as texts
 * or as columns. A second finding with one code on the same records gets `-2` behind its id.
 */
import { mix } from '../records/mix.ts'
import { writeInteger } from './cell-bytes.ts'
import { hashIdText, writeHashId } from './hash-ids.ts'
import { type RecordIds } from './record-ids.ts'

/** F */
const LETTER = 70
const HYPHEN = 45

/**
 * Makes finding ids; one maker a walk, so that repeated ids are seen. The walk may leave out codes, all of a code's
 * findings or none: an id repeats within its code only, unless two of 64 bits meet.
 */
export class FindingIdMaker {
  /** Of the finding placed last. */
  high = 0
  low = 0
  private readonly ids: RecordIds
  private readonly codes = new Map<string, number>()
  private readonly seen: PairSet
  private readonly repeats = new Map<string, number>()

  /** @param expected findings to come, about */
  constructor(ids: RecordIds, expected = 0) {
    this.ids = ids
    this.seen = new PairSet(expected)
  }

  next(code: string, rows: ArrayLike<number>): string {
    const time = this.place(code, rows)
    return idText(this.high, this.low, time)
  }

  /** Makes the 64 bits of an id, unsigned, in `high` and `low`; tells how often they have been met, this time included. */
  place(code: string, rows: ArrayLike<number>): number {
    const { ids } = this
    let h = this.codes.get(code)
    if (h === undefined) {
      h = hashWord(code)
      this.codes.set(code, h)
    }
    // A sum of the records' hashes does not depend on their order.
    let high = h
    let low = mix(h)
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]
      ids.hashKey(row, ids.table.registerOf(row))
      high = (high + mix(ids.high)) | 0
      low = (low + mix(ids.low ^ 0x51ed270b)) | 0
    }
    high = mix(high ^ Math.imul(low, 0x9e3779b1)) >>> 0
    low = mix(low + Math.imul(high, 0x85ebca6b)) >>> 0
    this.high = high
    this.low = low
    if (this.seen.add(high, low)) return 1
    const id = hashIdText('F', high, low)
    const time = (this.repeats.get(id) ?? 1) + 1
    this.repeats.set(id, time)
    return time
  }
}

function idText(high: number, low: number, time: number): string {
  const id = hashIdText('F', high, low)
  return time === 1 ? id : `${id}-${time}`
}

/** The ids of all findings of a list, in its order: shared memory, because the database and the file both want them. */
export class FindingIds {
  private readonly high: Uint32Array
  private readonly low: Uint32Array
  /** Which time an id is met, where it is not the first. */
  private readonly times: Map<number, number>

  private constructor(high: Uint32Array, low: Uint32Array, times: Map<number, number>) {
    this.high = high
    this.low = low
    this.times = times
  }

  /** Room for `count` ids; each is set once. */
  static of(count: number): FindingIds {
    const words = (): Uint32Array => new Uint32Array(new SharedArrayBuffer(count * 4))
    return new FindingIds(words(), words(), new Map())
  }

  static open({ high, low, times }: FindingIdsHandle): FindingIds {
    return new FindingIds(high, low, new Map(times))
  }

  get handle(): FindingIdsHandle {
    return { high: this.high, low: this.low, times: [...this.times] }
  }

  set(i: number, maker: FindingIdMaker, time: number): void {
    this.high[i] = maker.high
    this.low[i] = maker.low
    if (time > 1) this.times.set(i, time)
  }

  /** Writes the id at `at`; returns the offset after it. At least 32 bytes must be free. */
  write(i: number, buffer: Uint8Array, at: number): number {
    const end = writeHashId(LETTER, this.high[i], this.low[i], buffer, at)
    const time = this.times.size === 0 ? undefined : this.times.get(i)
    if (time === undefined) return end
    buffer[end] = HYPHEN
    return writeInteger(buffer, end + 1, time)
  }

  text(i: number): string {
    return idText(this.high[i], this.low[i], this.times.get(i) ?? 1)
  }
}

/** FindingIds on their way to another thread. */
export interface FindingIdsHandle {
  readonly high: Uint32Array
  readonly low: Uint32Array
  readonly times: readonly (readonly [i: number, time: number])[]
}

function hashWord(word: string): number {
  let h = 0x811c9dc5
  for (let k = 0; k < word.length; k++) h = Math.imul(h ^ word.charCodeAt(k), 0x01000193)
  return mix(h)
}

/** A set of 64-bit numbers. */
class PairSet {
  private high: Int32Array
  private low: Int32Array
  private used: Uint8Array
  private size = 0

  constructor(expected: number) {
    let places = 1 << 16
    while (places < expected * 2) places *= 2
    this.high = new Int32Array(places)
    this.low = new Int32Array(places)
    this.used = new Uint8Array(places)
  }

  /** True if the pair was not there. */
  add(high: number, low: number): boolean {
    if (this.size * 2 >= this.used.length) this.grow()
    return this.insert(high | 0, low | 0)
  }

  private insert(high: number, low: number): boolean {
    const mask = this.used.length - 1
    let i = mix(low ^ high) & mask
    while (this.used[i] === 1) {
      if (this.high[i] === high && this.low[i] === low) return false
      i = (i + 1) & mask
    }
    this.used[i] = 1
    this.high[i] = high
    this.low[i] = low
    this.size++
    return true
  }

  private grow(): void {
    const { high, low, used } = this
    this.high = new Int32Array(used.length * 4)
    this.low = new Int32Array(used.length * 4)
    this.used = new Uint8Array(used.length * 4)
    this.size = 0
    for (let i = 0; i < used.length; i++) if (used[i] === 1) this.insert(high[i], low[i])
  }
}
