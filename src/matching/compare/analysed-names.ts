/**
 * Damaged, Latin and very long names in their parts, analysed once while they are met again and again.
 *
 * In:  name numbers. Out: what comparing makes of their parts. (Names of tokens go by their long lines, token-names.ts.)
 * Blocks bring the same names together, so that a thousand places serve most questions; where two names want one place
 * the later one has it (direct-mapped).
 */
import { analyseName } from '../../normalise/name.ts'
import type { TextDictionary } from '../../records/text-dictionary.ts'
import { type LongName, longName } from './long-name.ts'

/** Places as a power of two: 1,024 names of about 1.5 KB. */
const PLACE_BITS = 10

export class AnalysedNames {
  private readonly names: TextDictionary
  private readonly numbers = new Int32Array(1 << PLACE_BITS)
  private readonly parts = Array.from<LongName | undefined>({ length: 1 << PLACE_BITS })

  constructor(names: TextDictionary) {
    this.names = names
  }

  /** @param name a number of the dictionary, not 0 */
  of(name: number): LongName {
    const place = Math.imul(name, 0x9e3779b1) >>> (32 - PLACE_BITS)
    const known = this.parts[place]
    if (known !== undefined && this.numbers[place] === name) return known
    const parts = longName(analyseName(this.names.text(name)))
    this.numbers[place] = name
    this.parts[place] = parts
    return parts
  }
}
