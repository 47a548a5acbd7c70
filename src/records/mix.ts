/** Finaliser of MurmurHash3 (Appleby 2011): every bit of the 32 decides about every other. Any integer in, an int32 out. */
export function mix(h: number): number {
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}
