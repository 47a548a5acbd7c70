import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeId } from '../../../src/matching/compare/describe.ts'
import { ID_LEVEL } from '../../../src/matching/compare/levels.ts'
import { checkDigit, parseIdNumber } from '../../../src/normalise/id-number.ts'
import { ID_KIND } from '../../../src/records/record-table.ts'
import { misjudged, readCases } from '../../cases/read-cases.ts'
import { compareIdTexts } from './id-texts.ts'

const cases = readCases('ids')

const number18 = fc
  .tuple(
    fc.constantFrom('513027', '332225', '513701'),
    fc.integer({ min: 0, max: 9000 }),
    fc.integer({ min: 1, max: 999 }),
  )
  .map(([area, day, sequence]) => {
    const birth = new Date(Date.UTC(1994, 0, 1) + day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
    const digits = area + birth + String(sequence).padStart(3, '0')
    return digits + checkDigit(digits)
  })

/** A number and the same with up to three slips in place. */
const slippedPair = fc
  .tuple(
    number18,
    number18,
    fc.array(fc.tuple(fc.nat(17), fc.nat(9)), { maxLength: 3 }),
    fc.nat(16),
    fc.constantFrom(0, 1, 2),
  )
  .map(([a, other, slips, at, swap]) => {
    const digits = Array.from(slips.length === 3 ? other : a)
    for (const [position, digit] of slips) digits[position] = String(digit)
    const to = at + swap
    if (swap > 0 && to < 17) [digits[at], digits[to]] = [digits[to], digits[at]]
    return [a, digits.join('')] as const
  })

/** The plain judge for two 18-character numbers: what the levels say, by characters. */
function judge(a: string, b: string): number {
  const kindA = parseIdNumber(a).kind
  const kindB = parseIdNumber(b).kind
  const bothValid = kindA === ID_KIND.valid && kindB === ID_KIND.valid
  if (a === b) return bothValid ? ID_LEVEL.sameValid : ID_LEVEL.sameUnproved
  if (bothValid) {
    const isCut = a.endsWith('000') || b.endsWith('000')
    return isCut && a.slice(0, 15) === b.slice(0, 15) ? ID_LEVEL.truncated : ID_LEVEL.bothValidDiffer
  }
  const at = Array.from(a, (_, i) => i).filter((i) => a[i] !== b[i])
  if (at.every((i) => i === 17)) return ID_LEVEL.sameUnproved
  if (at.length === 1) return ID_LEVEL.oneDigit
  const [i, j] = at
  if (at.length === 2 && j - i <= 2 && a[i] === b[j] && a[j] === b[i]) return ID_LEVEL.transposed
  if (at.every((k) => k < 6 || k === 17)) return ID_LEVEL.areaDiffers
  return at.length === 2 ? ID_LEVEL.twoDigits : ID_LEVEL.differ
}

test('every labelled pair of numbers has its level, both ways', () =>
  expect(misjudged(cases, ID_LEVEL, compareIdTexts)).toEqual([]))

test('the labelled pairs show every level that two numbers alone can have', () => {
  const shown = new Set(cases.map(({ level }) => level))
  expect(Object.keys(ID_LEVEL).filter((level) => !shown.has(level))).toEqual(['heldElsewhere'])
})

test('packed words are compared as a reader would compare the characters', () =>
  fc.assert(
    fc.property(slippedPair, ([a, b]) => {
      const whole: readonly number[] = [ID_KIND.valid, ID_KIND.checkFails, ID_KIND.dateImpossible]
      fc.pre(whole.includes(parseIdNumber(b).kind))
      expect([a, b, compareIdTexts(a, b)]).toEqual([a, b, judge(a, b)])
    }),
    { numRuns: 3000 },
  ))

test('comparison of numbers is symmetric, whatever was written', () =>
  fc.assert(
    fc.property(
      number18,
      fc.string({ unit: fc.constantFrom(...'0123456789X.E+'), maxLength: 20 }),
      fc.nat(17),
      (a, b, cut) => {
        for (const text of [b, a.slice(0, cut) + a.slice(cut + 1), a.slice(0, cut) + b])
          expect(compareIdTexts(a, text)).toBe(compareIdTexts(text, a))
      },
    ),
  ))

test('two valid numbers are never near: they are the same or two numbers', () =>
  fc.assert(
    fc.property(number18, number18, (a, b) => {
      expect([ID_LEVEL.sameValid, ID_LEVEL.bothValidDiffer, ID_LEVEL.truncated]).toContain(compareIdTexts(a, b))
    }),
  ))

test('every level has a sentence in both languages', () => {
  for (const level of Object.values(ID_LEVEL)) expect(describeId(level).every((words) => words.length > 2)).toBe(true)
})
