import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  POSSIBLE_NUMBERS_MIN,
  countPossibleNumbers,
  maskIdPair,
  maskIdTail,
  maskNumbersInText,
} from '../../src/report/mask.ts'
import { inventedNumber } from './lists/make-run.ts'

const CHECKS = '10X98765432'
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The plain judge: every 18-character number of an area and a birth date, check digit computed. */
function everyNumber(area: string, birth: string): string[] {
  return Array.from({ length: 1000 }, (_, sequence) => {
    const body = area + birth + String(sequence).padStart(3, '0')
    const sum = Array.from(body).reduce((total, digit, i) => total + Number(digit) * WEIGHTS[i], 0)
    return body + CHECKS[sum % 11]
  })
}

function matches(number: string, pattern: string): boolean {
  return Array.from(pattern).every((character, i) => character === '*' || character === number[i])
}

const birthDate = fc
  .record({
    year: fc.integer({ min: 1994, max: 2020 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) => `${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`)
const number = fc.tuple(fc.nat(999), birthDate).map(([n, birth]) => inventedNumber(n, birth))

describe('what a mask leaves', () => {
  test('in L2 at least 500 valid numbers fit everything shown: 10,000 people', () => {
    fc.assert(
      fc.property(number, fc.boolean(), (id, legacy) => {
        const sex = Number(id[16]) % 2 === 1 ? '男' : '女'
        const written = legacy ? id.slice(0, 6) + id.slice(8, 17) : id
        const left = countPossibleNumbers({
          pattern: maskIdTail(written),
          birth: id.slice(6, 14),
          sex,
          area: '513027',
        })
        expect(left).toBeGreaterThanOrEqual(POSSIBLE_NUMBERS_MIN.L2)
      }),
      { numRuns: 10_000 },
    )
  })

  test('the usual front six and last four beside a birth date leave one number: that is why it is not used', () => {
    const id = inventedNumber(123, '19990305')
    const pattern = `${id.slice(0, 6)}********${id.slice(14)}`
    expect(countPossibleNumbers({ pattern, birth: '19990305', sex: '', area: '513027' })).toBe(1)
  })

  test('the count is what trying every number gives', () => {
    // Six digits of the area are known though the pattern hides them.
    const hide = fc.uniqueArray(fc.integer({ min: 0, max: 17 }), { maxLength: 14 })
    fc.assert(
      fc.property(number, hide, (id, hidden) => {
        const pattern = Array.from(id)
          .map((character, i) => (hidden.includes(i) ? '*' : character))
          .join('')
        const judge = everyNumber(id.slice(0, 6), id.slice(6, 14)).filter((other) => matches(other, pattern)).length
        expect(countPossibleNumbers({ pattern, birth: id.slice(6, 14), sex: '', area: id.slice(0, 6) }, 5000)).toBe(
          judge,
        )
      }),
      { numRuns: 300 },
    )
  })

  test('in L1 a pair shows its differing characters only where at least 50 numbers are left', () => {
    fc.assert(
      fc.property(number, fc.integer({ min: 6, max: 17 }), fc.nat(9), (id, place, digit) => {
        const other = id.slice(0, place) + String(digit) + id.slice(place + 1)
        const birth = id.slice(6, 14)
        const sex = Number(id[16]) % 2 === 1 ? '男' : '女'
        const shown = maskIdPair(id, other, { birth, sex })
        const areHidden = shown.left === '*'.repeat(18) && shown.right === '*'.repeat(18)
        for (const [pattern, own] of [
          [shown.left, id],
          [shown.right, other],
        ]) {
          if (areHidden) continue
          const left = everyNumber(id.slice(0, 6), own.slice(6, 14)).filter(
            (candidate) => (Number(candidate[16]) % 2 === 1) === (sex === '男') && matches(candidate, pattern),
          ).length
          expect(left).toBeGreaterThanOrEqual(POSSIBLE_NUMBERS_MIN.L1)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('a swap is named as a swap, a missing number as missing', () => {
    const id = '513027199903051232'
    expect(maskIdPair(id, '513027199903052132', { birth: '', sex: '' }).sign).toBe('⇄15-16')
    expect(maskIdPair(id, '', { birth: '', sex: '' }).sign).toBe('∅')
    expect(maskIdPair('513027199903052112', '513047198811162112', { birth: '', sex: '' }).sign).toBe('≠7/18')
    expect(maskIdPair(id, id, { birth: '', sex: '' })).toEqual({
      left: '*'.repeat(18),
      right: '*'.repeat(18),
      sign: '=',
    })
  })
})

describe('masked texts', () => {
  test.each([
    ['513027199903051232', '51302719990305****'],
    ['51302719990305123X', '51302719990305****'],
    ['５１３０２７１９９９０３０５１２３２', '51302719990305****'],
    [" '513027199903051232", '51302719990305****'],
    ['513027990305123', '513027990305***'],
    ['51302719990305123', '51302719990305****'],
    ['5130271999', '（10位，不完整）'],
    ['无', '（非号码）'],
    ['', ''],
  ])('L2 of %j is %j', (text, shown) => expect(maskIdTail(text)).toBe(shown))

  test('a number written into an address is hidden too', () => {
    expect(maskNumbersInText('东垭社区3号 513027199903051232 王')).toBe('东垭社区3号 513027************ 王')
    expect(maskNumbersInText('原证513027990305123。')).toBe('原证513027*********。')
    expect(maskNumbersInText('东垭社区513027100001')).toBe('东垭社区513027100001')
  })
})
