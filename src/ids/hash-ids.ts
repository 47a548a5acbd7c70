/**
 * Ids made from a 64-bit hash: a letter, `P` a person or `F` a finding, and 13 characters.
 *
 * In: the letter and the two halves of the hash. Out: bytes or text.
 */

/** Crockford's alphabet without I, L, O, U: order of texts is order of numbers, and nothing is misread aloud. */
const BASE32 = new TextEncoder().encode('0123456789ABCDEFGHJKMNPQRSTVWXYZ')
export const ID_BYTES = 14

/** `letter` and 13 characters of base 32; returns the offset after them. */
export function writeHashId(letter: number, high: number, low: number, buffer: Uint8Array, at: number): number {
  buffer[at] = letter
  buffer[at + 1] = BASE32[high >>> 28]
  buffer[at + 2] = BASE32[(high >>> 23) & 31]
  buffer[at + 3] = BASE32[(high >>> 18) & 31]
  buffer[at + 4] = BASE32[(high >>> 13) & 31]
  buffer[at + 5] = BASE32[(high >>> 8) & 31]
  buffer[at + 6] = BASE32[(high >>> 3) & 31]
  buffer[at + 7] = BASE32[((high & 7) << 2) | (low >>> 30)]
  buffer[at + 8] = BASE32[(low >>> 25) & 31]
  buffer[at + 9] = BASE32[(low >>> 20) & 31]
  buffer[at + 10] = BASE32[(low >>> 15) & 31]
  buffer[at + 11] = BASE32[(low >>> 10) & 31]
  buffer[at + 12] = BASE32[(low >>> 5) & 31]
  buffer[at + 13] = BASE32[low & 31]
  return at + ID_BYTES
}

const idBuffer = new Uint8Array(ID_BYTES)

export function hashIdText(letter: 'P' | 'F', high: number, low: number): string {
  writeHashId(letter.charCodeAt(0), high, low, idBuffer, 0)
  return String.fromCharCode.apply(null, idBuffer as unknown as number[])
}
