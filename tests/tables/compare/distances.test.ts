import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readDate, readDates } from '../../../src/tables/fields/dates.ts'
import { codePoints, editDistance, jaroWinkler } from '../../../src/tables/compare/distances.ts'
import { foldCode, foldText, withoutMarkup } from '../../../src/tables/fields/fold.ts'
import { soundKey } from '../../../src/tables/fields/sound.ts'

/** Optimal string alignment from its textbook recurrence, memo and all. */
function plainDistance(a: readonly number[], b: readonly number[]): number {
  const memo = new Map<string, number>()
  const d = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j
    const key = `${i},${j}`
    let found = memo.get(key)
    if (found === undefined) {
      found = Math.min(d(i - 1, j) + 1, d(i, j - 1) + 1, d(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) found = Math.min(found, d(i - 2, j - 2) + 1)
      memo.set(key, found)
    }
    return found
  }
  return d(a.length, b.length)
}

const word = fc.array(fc.constantFrom(...'abc王𠮷'), { maxLength: 9 }).map((letters) => letters.join(''))

test('edit distance is what the textbook says, up to the limit', () => {
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 5 }), (x, y, most) => {
      const [a, b] = [codePoints(x), codePoints(y)]
      expect(editDistance(a, b, most)).toBe(Math.min(plainDistance([...a], [...b]), most + 1))
    }),
  )
})

test('Jaro–Winkler gives the published values, is symmetric and stays within 0 and 1', () => {
  const jw = (x: string, y: string) => jaroWinkler(codePoints(x), codePoints(y))
  expect(jw('martha', 'marhta')).toBeCloseTo(0.9611, 4)
  expect(jw('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4)
  expect(jw('dwayne', 'duane')).toBeCloseTo(0.84, 4)
  fc.assert(
    fc.property(word, word, (x, y) => {
      expect(jw(x, y)).toBeCloseTo(jw(y, x), 12)
      expect(jw(x, y)).toBeGreaterThanOrEqual(0)
      expect(jw(x, y)).toBeLessThanOrEqual(1)
    }),
  )
})

test.each([
  ['O’Brien', 'obrien'],
  ['Müller-Straße', 'muller strasse'],
  ['  JOSÉ   Peña ', 'jose pena'],
  ['ＡＢＣ１２', 'abc12'],
  ['Łódź', 'lodz'],
  ['王小明', '王小明'],
])('case, accents and punctuation fold away: %s', (raw, folded) => expect(foldText(raw)).toBe(folded))

test.each([
  ['Amber Ale &#40;2009&#41;', 'amber ale 2009'],
  ['Fruit &amp; Honey', 'fruit honey'],
  ['Barrel &amp;#40;aged&amp;#41;', 'barrel aged'],
  ['Caf&eacute; &#xe9;toile', 'cafe etoile'],
  ['Stra&szlig;e', 'strasse'],
  ['O&rsquo;Brien', 'obrien'],
  ['dogs&#39; home', 'dogs home'],
  ['a<sub>2</sub><br />b', 'a 2 b'],
  ['x &lt; y', 'x y'],
])('what a page was made of says nothing: %s', (raw, folded) => expect(foldText(raw)).toBe(folded))

test.each(['r & d 40; 41', 'at&t; 7', 'a <b c', '&#99999999; x'])('what is no markup stays: %s', (raw) =>
  expect(withoutMarkup(raw)).toBe(raw),
)

test('spaces and dashes in a code say nothing', () => expect(foldCode('TQ13 8-df')).toBe('tq138df'))

test.each([
  ['02134', '2134'],
  ['007', '7'],
  ['000', '0'],
  ['0a7', '0a7'],
  ['http://www.Ash-Steel.example/', 'ashsteelexample'],
  ['www.ash-steel.example', 'ashsteelexample'],
  ['https://ash-steel.example', 'ashsteelexample'],
])('noughts before a number, and what stands before the name of a page, say nothing: %s', (raw, folded) =>
  expect(foldCode(raw)).toBe(folded),
)

test.each([
  ['smith', 'smyth'],
  ['philip', 'filip'],
  ['knight', 'night'],
  ['catherine', 'katherine'],
  ['macdonald', 'mcdonald'],
])('%s and %s sound alike', (a, b) => expect(soundKey(a)).toBe(soundKey(b)))

test.each([
  ['1980-02-03', 19800203],
  ['1980/2/3', 19800203],
  ['19800203', 19800203],
  ['3 Feb 1980', 19800203],
  ['February 3, 1980', 19800203],
  ['1980年2月3日', 19800203],
  ['1980-02', 19800200],
  ['1980', 19800000],
  ['1980-02-03T00:00:00', 19800203],
  ['03/02/1980', 19800203],
  ['nonsense', 0],
  ['1-Jul-14', 20140701],
  ["Jul 5, '89", 19890705],
])('%s is read as a date', (text, date) => expect(readDate(text)).toBe(date))

test('whether the day or the month stands first is settled by the whole column', () => {
  const read = (cells: string[]) =>
    Array.from(
      readDates(
        cells,
        cells.map(() => 1),
      ).dates,
    )
  expect(read(['03/04/1980', '12/31/1999'])).toEqual([19800304, 19991231])
  expect(read(['03/04/1980', '31/12/1999'])).toEqual([19800403, 19991231])
})
