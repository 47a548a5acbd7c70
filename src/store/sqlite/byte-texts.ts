/**
 * Many short texts as bytes in one heap, and their order: what indices are made of.
 *
 * In: bytes. Out: text numbers from 0; their order by bytes (shorter first, ties in the order they came), found by a
 * radix sort of four bytes at a time from the last to the first. Texts that come in order already are not sorted.
 */
import { ascending, RadixSorter } from '../../blocking/radix-sort.ts'

const WORD_BYTES = 4
const RADIX_BYTES_MAX = 128

/** Texts are numbered as they come. */
export class ByteTexts {
  heap: Uint8Array = new Uint8Array(1 << 16)
  at = new Uint32Array(1 << 12)
  length = new Uint16Array(1 << 12)
  count = 0
  private used = 0

  /** Makes room for so many texts of so many bytes in all, where that is known beforehand. */
  expect(texts: number, bytes: number): void {
    this.at = new Uint32Array(Math.max(1, texts))
    this.length = new Uint16Array(Math.max(1, texts))
    this.heap = new Uint8Array(bytes)
  }

  /** Makes sure that `bytes` more can be written behind the heap's end; returns where. */
  reserve(bytes: number): number {
    if (this.used + bytes > this.heap.length) {
      const heap = new Uint8Array((this.used + bytes) * 2)
      heap.set(this.heap.subarray(0, this.used))
      this.heap = heap
    }
    return this.used
  }

  /** Takes what was written from reserve()'s place up to `end` as a text; returns its number. */
  take(end: number): number {
    const number = this.count++
    if (number === this.at.length) {
      const at = new Uint32Array(number * 2)
      const length = new Uint16Array(number * 2)
      at.set(this.at)
      length.set(this.length)
      this.at = at
      this.length = length
    }
    this.at[number] = this.used
    this.length[number] = end - this.used
    this.used = end
    return number
  }

  add(bytes: Uint8Array, length = bytes.length): number {
    const at = this.reserve(length)
    // Texts are short: a view to copy from costs more than the copy.
    for (let k = 0; k < length; k++) this.heap[at + k] = bytes[k]
    return this.take(at + length)
  }

  areEqual(left: number, right: number): boolean {
    const { heap, at, length } = this
    if (length[left] !== length[right]) return false
    for (let k = 0; k < length[left]; k++) if (heap[at[left] + k] !== heap[at[right] + k]) return false
    return true
  }

  /** Text numbers in byte order. */
  order(): Int32Array {
    const { length, count } = this
    const order = ascending(count)
    if (this.isInOrder()) return order
    let longest = 0
    for (let k = 0; k < count; k++) if (length[k] > longest) longest = length[k]
    if (longest > RADIX_BYTES_MAX) return order.sort((a, b) => this.compare(a, b) || a - b)
    const keys = new Int32Array(count)
    const sorter = new RadixSorter(count)
    // Behind a text's end stand zeros; the length tells it from a text that goes on with zeros.
    for (let k = 0; k < count; k++) keys[k] = length[k]
    sorter.sort(keys, order, count)
    for (let from = (Math.ceil(longest / WORD_BYTES) - 1) * WORD_BYTES; from >= 0; from -= WORD_BYTES) {
      let differs = 0
      for (let k = 0; k < count; k++) {
        keys[k] = this.word(order[k], from)
        differs |= keys[k] ^ keys[0]
      }
      if (differs !== 0) sorter.sort(keys, order, count)
    }
    return order
  }

  private isInOrder(): boolean {
    for (let k = 1; k < this.count; k++) if (this.compare(k - 1, k) > 0) return false
    return true
  }

  /** Four bytes of a text as one number. */
  private word(text: number, from: number): number {
    const { heap, at, length } = this
    const start = at[text] + from
    const left = length[text] - from
    if (left >= WORD_BYTES)
      return (heap[start] << 24) | (heap[start + 1] << 16) | (heap[start + 2] << 8) | heap[start + 3]
    let word = 0
    for (let k = 0; k < left; k++) word |= heap[start + k] << (24 - 8 * k)
    return word
  }

  private compare(left: number, right: number): number {
    const { heap, at, length } = this
    const shorter = Math.min(length[left], length[right])
    for (let k = 0; k < shorter; k++) {
      const difference = heap[at[left] + k] - heap[at[right] + k]
      if (difference !== 0) return difference
    }
    return length[left] - length[right]
  }
}
