/**
 * Outlines of values: letters used, length, first and last four letters, in 16 bytes a value. Enough to see that most
 * pairs of values plainly differ without looking at a single letter of them.
 *
 * In:  a dictionary. Out: bounds for two value numbers; never tighter than the truth, so a bound may settle a level.
 * Leaves to value-levels.ts and text-levels.ts: which bound settles what.
 */

/** Set where no bound speaks: by the caller's word, for signs of two code units, for values that distances cut. */
const IS_SPECIAL = 1
const LENGTH_MOST = 64
const PAIRED_UNITS = /[\ud800-\udfff]/

export class Outlines {
  /**
   * [4v] letters, one bit for each of 32 classes; [4v + 1] length × 2 + IS_SPECIAL;
   * [4v + 2] the first four letters, a byte each; [4v + 3] the last four, the last in the lowest byte.
   */
  private readonly held: Int32Array

  constructor(dictionary: readonly string[], isSpecial: (value: string, id: number) => boolean) {
    this.held = new Int32Array(dictionary.length * 4)
    dictionary.forEach((value, v) => {
      this.held[4 * v] = lettersOf(value)
      this.held[4 * v + 1] =
        value.length * 2 +
        (isSpecial(value, v) || value.length > LENGTH_MOST || PAIRED_UNITS.test(value) ? IS_SPECIAL : 0)
      for (let i = 0; i < 4; i++) {
        if (i >= value.length) break
        this.held[4 * v + 2] |= (value.charCodeAt(i) & 255) << (24 - 8 * i)
        this.held[4 * v + 3] |= (value.charCodeAt(value.length - 1 - i) & 255) << (8 * i)
      }
    })
  }

  isEitherSpecial(u: number, v: number): boolean {
    return ((this.held[4 * u + 1] | this.held[4 * v + 1]) & IS_SPECIAL) !== 0
  }

  lengthOf(u: number): number {
    return this.held[4 * u + 1] >> 1
  }

  /** Kinds of letters of u that v has not. */
  lettersOnlyIn(u: number, v: number): number {
    return bitsOf(this.held[4 * u] & ~this.held[4 * v])
  }

  /** At least as many letters as the two have in common at the start, up to four. */
  sameStartMost(u: number, v: number): number {
    return Math.clz32(this.held[4 * u + 2] ^ this.held[4 * v + 2]) >> 3
  }

  /** At least as many letters as the two have in common at the end, up to four. */
  sameEndMost(u: number, v: number): number {
    const different = this.held[4 * u + 3] ^ this.held[4 * v + 3]
    // The lowest bit that differs tells the first letter from the end that does.
    return different === 0 ? 4 : (31 - Math.clz32(different & -different)) >> 3
  }
}

/** Which letters a name has, one bit for each of 32 classes of letters. */
export function lettersOf(name: string): number {
  let letters = 0
  for (let i = 0; i < name.length; i++) if (name[i] !== ' ') letters |= 1 << (name.charCodeAt(i) & 31)
  return letters
}

export function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
