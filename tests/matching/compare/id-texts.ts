import { compareIdNumbers, compareIrregularId } from '../../../src/matching/compare/id-number.ts'
import { ID_LEVEL } from '../../../src/matching/compare/levels.ts'
import { type IdNumber, parseIdNumber } from '../../../src/normalise/id-number.ts'

/** Two numbers as written → level, by the same road as the kernel: packed words, or a text against packed words. */
export function compareIdTexts(textA: string, textB: string): number {
  const a = parseIdNumber(textA)
  const b = parseIdNumber(textB)
  const isUsable = (number: IdNumber): boolean => number.area !== 0 || number.text !== ''
  if (!isUsable(a) || !isUsable(b)) return ID_LEVEL.missing
  if (a.area !== 0 && b.area !== 0)
    return compareIdNumbers(a.area, a.birth, a.tail, a.kind, b.area, b.birth, b.tail, b.kind)
  if (a.area === 0 && b.area === 0) return a.text === b.text ? ID_LEVEL.sameUnproved : ID_LEVEL.missing
  const [irregular, regular] = a.area === 0 ? [a, b] : [b, a]
  return compareIrregularId(irregular.text, regular.area, regular.birth, regular.tail, regular.kind)
}
