/**
 * Outlines of values: letters used, length, first and last four letters, in 16 bytes a value. Enough to see that most
 * pairs of values plainly differ without looking at a single letter of them.
 *
 * In:  a dictionary. Out: bounds for two value numbers; never tighter than the truth, so a bound may settle a level.
 * Leaves to value-levels.ts and text-levels.ts: which bound settles what.
 */

/** Set where no bound speaks: by the caller's word, for signs of two code units, for values that distances cut. */
const IS_SPECIAL = 1
/** Set where the first four and the last four letters are all that there is, one byte each and no space among them. */
const IS_TOLD = 2
const FLAG_BITS = 2
const TOLD_MOST = 8
const BEYOND_BYTES = /[\u0100-\uffff]/
const LENGTH_MOST = 64
const PAIRED_UNITS = /[\ud800-\udfff]/

export class Outlines {
  /**
   * [4v] letters, one bit for each of 32 classes; [4v + 1] length × 4 + IS_TOLD + IS_SPECIAL;
   * [4v + 2] the first four letters, a byte each; [4v + 3] the last four, the last in the lowest byte.
   */
  private readonly held: Int32Array

  constructor(dictionary: readonly string[], isSpecial: (value: string, id: number) => boolean) {
    this.held = new Int32Array(dictionary.length * 4)
    dictionary.forEach((value, v) => {
      this.held[4 * v] = lettersOf(value)
      this.held[4 * v + 1] =
        (value.length << FLAG_BITS) |
        (isSpecial(value, v) || value.length > LENGTH_MOST || PAIRED_UNITS.test(value) ? IS_SPECIAL : 0) |
        (value.length <= TOLD_MOST && !value.includes(' ') && !BEYOND_BYTES.test(value) ? IS_TOLD : 0)
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
    return this.held[4 * u + 1] >> FLAG_BITS
  }

  /** Writes the letters of a value; out: how many, −1 where an outline is not all that there is of it. */
  spell(u: number, letters: Int32Array): number {
    const { held } = this
    const size = held[4 * u + 1]
    if ((size & IS_TOLD) === 0) return -1
    const length = size >> FLAG_BITS
    const [first, last] = [held[4 * u + 2], held[4 * u + 3]]
    const ofFirst = length < 4 ? length : 4
    for (let i = 0; i < ofFirst; i++) letters[i] = (first >>> (24 - 8 * i)) & 255
    for (let i = 4; i < length; i++) letters[i] = (last >>> (8 * (length - 1 - i))) & 255
    return length
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
