/** A number in [0, 1) that depends on the text and the seed only: random choices that can be made again. FNV-1a, mixed. */
export function fractionOf(text: string, seed: string): number {
  let h = 0x811c9dc5
  const whole = `${seed}\u0000${text}`
  for (let i = 0; i < whole.length; i++) h = Math.imul(h ^ whole.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 0x1_0000_0000
}
