/** The missing by age in a county so small that hardly a cell may be shown. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AgeBand, bandText, hasShownCell, widenedBands } from '../../../src/report/page/age-bands.ts'

const bandsOf = (...cells: readonly (readonly [number, number])[]): readonly AgeBand[] =>
  cells.map(([male, female], n) => ({ from: 5 * n, to: n === 20 ? Number.POSITIVE_INFINITY : 5 * n + 4, male, female }))

test('where half of the people stand in cells that may be shown, the bands stay as they are', () => {
  const bands = bandsOf([12, 11], [3, 9])
  expect(widenedBands(bands)).toBe(bands)
})

test('cells of a few people are joined into wider bands until most may be shown', () => {
  const wide = widenedBands(bandsOf([6, 5], [6, 7], [4, 9], [8, 8]))
  expect(wide.map((band) => [bandText(band), band.male, band.female])).toEqual([
    ['0–9', 12, 12],
    ['10–19', 12, 17],
  ])
})

test('a handful of people is one band that may not be shown either', () => {
  const wide = widenedBands(bandsOf([1, 2], [0, 3], [2, 1]))
  expect(wide.map((band) => [bandText(band), band.male, band.female])).toEqual([['0+', 3, 6]])
  expect(hasShownCell(wide)).toBe(false)
})

test('nobody is lost or counted twice, bands lie one behind the other, and most people are shown wherever any are', () => {
  const count = fc.integer({ min: 0, max: 25 })
  fc.assert(
    fc.property(fc.array(fc.tuple(count, count), { minLength: 1, maxLength: 21 }), (cells) => {
      const wide = widenedBands(bandsOf(...cells))
      const sum = (bands: readonly AgeBand[]) =>
        bands.reduce(([men, women], { male, female }) => [men + male, women + female], [0, 0])
      expect(sum(wide)).toEqual(sum(bandsOf(...cells)))
      wide.forEach((band, n) => expect(band.from).toBe(n === 0 ? 0 : wide[n - 1].to + 1))
      const shown = wide.flatMap(({ male, female }) => [male, female]).filter((one) => one >= 10)
      const people = cells.flat().reduce((total, one) => total + one, 0)
      if (shown.length > 0 || wide.length > 1)
        expect(2 * shown.reduce((total, one) => total + one, 0)).toBeGreaterThanOrEqual(people)
    }),
  )
})
