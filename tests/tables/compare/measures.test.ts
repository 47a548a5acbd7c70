import { expect, test } from 'vitest'
import { areMeasuresSame, measuresOf, measuresOnce } from '../../../src/tables/compare/measures.ts'
import { foldText } from '../../../src/tables/fields/fold.ts'

const same = (a: string, b: string) => areMeasuresSame(measuresOf(foldText(a)), measuresOf(foldText(b)))

test.each([
  ['iPhone 13 64GB', 'iPhone 13 (64 GB)'],
  ['disk 1TB', 'disk 1000 gb'],
  ['juice 0.75 l', 'juice 750ml'],
  ['shampoo 75 cl', 'shampoo 0,75l'],
  ['TV 31.5 inch', 'TV 32 inches'],
  ['notebook 8GB 256GB', 'notebook 256 GB'],
  ['pack of 6 pcs', '6 pack'],
])('%s and %s measure the same', (a, b) => {
  expect(same(a, b)).toBe(true)
  expect(same(b, a)).toBe(true)
})

test.each([
  ['iPhone 13 64GB', 'iPhone 13 128GB'],
  ['TV 40 inch', 'TV 43 inch'],
  ['notebook 8GB 256GB', 'notebook 16GB 256GB'],
  ['juice 0.75 l', 'juice 1 l'],
  ['drill 12V 2 pack', 'drill 18V'],
])('%s and %s do not', (a, b) => {
  expect(same(a, b)).toBe(false)
  expect(same(b, a)).toBe(false)
})

test.each([
  ['iPhone 13 64GB', 'iPhone 13'],
  ['iPhone 13', 'iPhone 12'],
  ['drill 18 V', 'drill 300 W'],
])('nothing is said of %s and %s, which tell nothing in one unit', (a, b) => expect(same(a, b)).toBeUndefined())

test('a unit in which many texts tell several things says nothing of any of them', () => {
  const texts = ['notebook 8gb 256gb 15 inch', 'notebook 8gb', 'notebook 256gb 15 inch'].map(measuresOf)
  const once = measuresOnce(texts, [1, 1, 1])
  expect(once.map((measures) => [...measures.keys()])).toEqual([['inch'], [], ['inch']])
  // One text in a hundred is somebody's slip of the pen.
  expect(measuresOnce(texts, [1, 50, 50]).map((measures) => measures.has('gb'))).toEqual([true, true, true])
})
