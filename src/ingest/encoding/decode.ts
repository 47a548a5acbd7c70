/**
 * Decodes the bytes of one cell to UTF-16 units without making a string: UTF-8 by hand, GB18030 by one 64 K table.
 *
 * In: bytes already known to be valid in the encoding. Out: units in a reused array, trimmed of outer white space.
 * The table is made once per thread with TextDecoder('gb18030') (asked for 'gbk', Node 20 loses four-byte characters).
 * Strings are left to the callers: only irregular values ever become one.
 */

import { TextDecoder } from 'node:util'

export type CellEncoding = 'utf-8' | 'gb18030'

let table: Uint16Array | undefined

/** Unit of each two-byte GB18030 code, at lead << 8 | trail; 0 where there is none. */
function twoByteTable(): Uint16Array {
  if (table !== undefined) return table
  table = new Uint16Array(65_536)
  const decoder = new TextDecoder('gb18030')
  const pair = new Uint8Array(2)
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue
      pair[0] = lead
      pair[1] = trail
      const text = decoder.decode(pair)
      if (text.length === 1 && text !== '\ufffd') table[(lead << 8) | trail] = text.charCodeAt(0)
    }
  }
  return table
}

export class CellDecoder {
  units = new Uint16Array(4096)
  length = 0
  private readonly pairs: Uint16Array | undefined
  private readonly fourBytes: TextDecoder

  constructor(encoding: CellEncoding) {
    this.pairs = encoding === 'gb18030' ? twoByteTable() : undefined
    this.fourBytes = new TextDecoder('gb18030')
  }

  /** Decodes bytes[start, end) into `units`, trimmed; returns the length. */
  decode(bytes: Uint8Array, start: number, end: number): number {
    if (end - start > this.units.length) this.units = new Uint16Array((end - start) * 2)
    let length = this.pairs === undefined ? this.decodeUtf8(bytes, start, end) : this.decodeGb(bytes, start, end)
    const { units } = this
    while (length > 0 && isSpace(units[length - 1])) length--
    if (length > 0 && isSpace(units[0])) {
      let skip = 1
      while (isSpace(units[skip])) skip++
      units.copyWithin(0, skip, length)
      length -= skip
    }
    this.length = length
    return length
  }

  /** The cell as a string, trimmed. */
  text(bytes: Uint8Array, start: number, end: number): string {
    const length = this.decode(bytes, start, end)
    let text = ''
    for (let at = 0; at < length; at += 8192)
      text += String.fromCharCode.apply(null, this.units.subarray(at, Math.min(length, at + 8192)) as never)
    return text
  }

  private decodeUtf8(bytes: Uint8Array, at: number, end: number): number {
    const { units } = this
    let length = 0
    while (at < end) {
      const b = bytes[at]
      if (b < 0x80) {
        units[length++] = b
        at++
      } else if (b < 0xe0) {
        units[length++] = ((b & 0x1f) << 6) | (bytes[at + 1] & 0x3f)
        at += 2
      } else if (b < 0xf0) {
        units[length++] = ((b & 0x0f) << 12) | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f)
        at += 3
      } else {
        const point =
          ((b & 0x07) << 18) | ((bytes[at + 1] & 0x3f) << 12) | ((bytes[at + 2] & 0x3f) << 6) | (bytes[at + 3] & 0x3f)
        units[length++] = 0xd800 + ((point - 0x10000) >> 10)
        units[length++] = 0xdc00 + ((point - 0x10000) & 0x3ff)
        at += 4
      }
    }
    return length
  }

  private decodeGb(bytes: Uint8Array, at: number, end: number): number {
    const { units } = this
    const pairs = this.pairs as Uint16Array
    let length = 0
    while (at < end) {
      const b = bytes[at]
      if (b < 0x80) {
        units[length++] = b
        at++
      } else if (b === 0x80) {
        units[length++] = 0x20ac
        at++
      } else if (bytes[at + 1] >= 0x40) {
        units[length++] = pairs[(b << 8) | bytes[at + 1]]
        at += 2
      } else {
        const text = this.fourBytes.decode(bytes.slice(at, at + 4))
        for (let k = 0; k < text.length; k++) units[length++] = text.charCodeAt(k)
        at += 4
      }
    }
    return length
  }
}

/** White space as clerks and exports leave it: ASCII, no-break, ideographic, zero width, byte-order mark. */
export function isSpace(unit: number): boolean {
  return unit <= 0x20 || unit === 0xa0 || unit === 0x3000 || unit === 0xfeff || (unit >= 0x2000 && unit <= 0x200d)
}
