/**
 * Values as code points, spaces taken out, as distances.ts wants them.
 *
 * In:  a dictionary. Out: the letters of one value. They are read from the text each time, for the left and for the right
 *      into a place of its own: kept, they would take several times the memory of the texts. Of a short value the outline
 *      tells them all, and it has been looked at already.
 */
import { LETTERS_MOST, viewsOfAllLengths } from './distances.ts'
import type { Outlines } from './outlines.ts'

const VIEWS = [viewsOfAllLengths(LETTERS_MOST), viewsOfAllLengths(LETTERS_MOST)]

export class Spelling {
  private readonly dictionary: readonly string[]
  private readonly outlines: Pick<Outlines, 'spell'> | undefined

  /** @param outlines of the same values */
  constructor(dictionary: readonly string[], outlines?: Pick<Outlines, 'spell'>) {
    this.dictionary = dictionary
    this.outlines = outlines
  }

  /** Holds until the next call for the same side. */
  of(id: number, side: 0 | 1): Int32Array {
    const views = VIEWS[side]
    const points = views[LETTERS_MOST]
    const told = this.outlines === undefined ? -1 : this.outlines.spell(id, points)
    if (told >= 0) return views[told]
    const text = this.dictionary[id]
    let length = 0
    for (let i = 0; i < text.length && length < LETTERS_MOST; i++) {
      let point = text.charCodeAt(i)
      if (point === 32) continue
      if (point >= 0xd800 && point < 0xdc00) {
        point = text.codePointAt(i) as number
        if (point > 0xffff) i++
      }
      points[length++] = point
    }
    return views[length]
  }
}
