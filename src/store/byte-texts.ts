/**
 * Many short texts as bytes in one heap, and their order: what indices are made of.
 *
 * In: bytes. Out: text numbers from 0; their order by bytes (shorter first, ties in the order they came), found by a
 * radix sort from the last byte to the first that skips the columns in which all texts agree.
 */
const RADIX_COLUMNS_MAX = 128

export class ByteTexts {
  heap: Uint8Array = new Uint8Array(1 << 16)
  at = new Uint32Array(1 << 12)
  length = new Uint16Array(1 << 12)
  count = 0
  private used = 0

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

  add(bytes: Uint8Array): number {
    const at = this.reserve(bytes.length)
    this.heap.set(bytes, at)
    return this.take(at + bytes.length)
  }

  areEqual(left: number, right: number): boolean {
    const { heap, at, length } = this
    if (length[left] !== length[right]) return false
    for (let k = 0; k < length[left]; k++) if (heap[at[left] + k] !== heap[at[right] + k]) return false
    return true
  }

  /** Text numbers in byte order. */
  order(): Int32Array {
    const { heap, at, length, count } = this
    let order = Int32Array.from({ length: count }, (_, k) => k)
    let columns = 0
    for (let k = 0; k < count; k++) if (length[k] > columns) columns = length[k]
    if (columns > RADIX_COLUMNS_MAX) return order.sort((a, b) => this.compare(a, b) || a - b)
    const digit = (text: number, column: number): number => (column < length[text] ? heap[at[text] + column] + 1 : 0)
    let other = new Int32Array(count)
    const starts = new Int32Array(258)
    for (let column = columns - 1; column >= 0; column--) {
      starts.fill(0)
      for (let k = 0; k < count; k++) starts[digit(k, column) + 1]++
      if (starts.indexOf(count) > 0) continue
      for (let d = 0; d < 257; d++) starts[d + 1] += starts[d]
      for (let k = 0; k < count; k++) {
        const text = order[k]
        other[starts[digit(text, column)]++] = text
      }
      ;[order, other] = [other, order]
    }
    return order
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
