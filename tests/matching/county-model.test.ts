/** What the county's model learns from pairs that are few. */
import { expect, test } from 'vitest'
import { withoutNumbers } from '../../src/matching/anchors.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../src/matching/compare/levels.ts'
import { COMPARISON } from '../../src/matching/comparisons.ts'
import { estimateCountyModel } from '../../src/matching/county-model.ts'
import { PAIR_CLASS, PLACE_LEVEL, SHIFT } from '../../src/matching/kernel.ts'

const none = { patterns: new Int32Array(0), counts: new Float64Array(0) }
const pattern = (name: number, birth: number, id: number = ID_LEVEL.missing): number =>
  (name << SHIFT.name) |
  (birth << SHIFT.birth) |
  (id << SHIFT.id) |
  (SEX_LEVEL.equal << SHIFT.sex) |
  (PAIR_CLASS.policePolice << SHIFT.pairClass)
const counted = (entries: readonly (readonly [number, number])[]) => ({
  patterns: Int32Array.from(entries, ([p]) => p),
  counts: Float64Array.from(entries, ([, n]) => n),
})
const modelOf = (scored: typeof none, random: typeof none) =>
  estimateCountyModel({
    scored,
    random,
    randomLocal: none,
    rows: [25_000, 25_000, 0, 0, 0],
    idCoverage: [0, 0.9, 0, 0, 0],
    unmatched: [1, 1],
  })

/** Patterns of one class by name, birth and place, of one sex and without numbers. */
const levelsOf =
  (pairClass: number) =>
  (name: number, birth: number, place: number): number =>
    (name << SHIFT.name) |
    (birth << SHIFT.birth) |
    (SEX_LEVEL.equal << SHIFT.sex) |
    (place << SHIFT.place) |
    (pairClass << SHIFT.pairClass)

test('a birth date that no random pair shares is no rarer than a thirtieth of their months', () => {
  const random = counted([
    [pattern(NAME_LEVEL.different, BIRTH_LEVEL.monthEqual), 40],
    [pattern(NAME_LEVEL.different, BIRTH_LEVEL.different), 40_000],
  ])
  const u = modelOf(none, random).classes[PAIR_CLASS.policePolice].u[1]
  expect(u[BIRTH_LEVEL.dateEqual]).toBeGreaterThan(3e-5)
  expect(u[BIRTH_LEVEL.dateEqual]).toBeLessThan(4e-5)
})

test('where nothing can be counted, a hukou that one of two census rows knows by its township alone speaks for one person', () => {
  const { m, u } = modelOf(none, none).classes[PAIR_CLASS.censusCensus]
  const ratio = (level: number): number => m[COMPARISON.place][level] / u[COMPARISON.place][level]
  expect(ratio(PLACE_LEVEL.townshipAsKnown)).toBeGreaterThan(2)
  expect(ratio(PLACE_LEVEL.village)).toBeGreaterThan(ratio(PLACE_LEVEL.townshipAsKnown))
  expect(ratio(PLACE_LEVEL.countyTownshipDiffers)).toBeLessThan(0.2)
})

test('in a register without numbers namesakes of one day tell how many people stand in it twice', () => {
  const scored = counted([
    [pattern(NAME_LEVEL.exact, BIRTH_LEVEL.dateEqual), 500],
    [pattern(NAME_LEVEL.exact, BIRTH_LEVEL.monthEqual), 290],
    // These have numbers of their own, and say who is who.
    [pattern(NAME_LEVEL.exact, BIRTH_LEVEL.dateEqual, ID_LEVEL.differ), 100],
  ])
  expect(withoutNumbers(scored)).toBe(490)
  const { lambda } = modelOf(scored, none).classes[PAIR_CLASS.policePolice]
  expect(lambda).toBeCloseTo(490 / ((25_000 * 24_999) / 2), 8)
})

test('in a census without numbers EM tells how many people stand in it twice, no more than expect it', () => {
  const level = levelsOf(PAIR_CLASS.censusCensus)
  const scored = counted([
    [level(NAME_LEVEL.exact, BIRTH_LEVEL.monthKnown, PLACE_LEVEL.village), 2000],
    [level(NAME_LEVEL.oneOther, BIRTH_LEVEL.monthKnown, PLACE_LEVEL.village), 100],
    // Namesakes of all ages are no people counted twice, be they ever so many.
    [level(NAME_LEVEL.exact, BIRTH_LEVEL.different, PLACE_LEVEL.missing), 20_000],
    [level(NAME_LEVEL.different, BIRTH_LEVEL.different, PLACE_LEVEL.countyTownshipDiffers), 200_000],
  ])
  const matchesOf = (expecting?: readonly [number, number]): number => {
    const model = estimateCountyModel({
      scored,
      random: none,
      randomLocal: none,
      rows: [25_000, 25_000, 0, 0, 0],
      idCoverage: [1, 0, 0, 0, 0],
      unmatched: [1, 1],
      ...(expecting === undefined ? {} : { expecting }),
    })
    return model.classes[PAIR_CLASS.censusCensus].lambda * ((25_000 * 24_999) / 2)
  }
  expect(matchesOf()).toBeGreaterThan(2000)
  expect(matchesOf()).toBeLessThan(3000)
  // Half of 1,000 rows, and one in a hundred of all.
  expect(matchesOf([25_000, 1000])).toBeCloseTo(750, 6)
})

test('more strangers of one month and village than u foretells are no people of another name', () => {
  const level = levelsOf(PAIR_CLASS.policeCensus)
  const scored = counted([
    [level(NAME_LEVEL.exact, BIRTH_LEVEL.monthKnown, PLACE_LEVEL.village), 1400],
    [level(NAME_LEVEL.homophone, BIRTH_LEVEL.monthKnown, PLACE_LEVEL.village), 100],
    // 0.973 × 0.0011 × 0.5 × 0.01 of all pairs are 3,345: of the rest chance and people renamed look the same.
    [level(NAME_LEVEL.different, BIRTH_LEVEL.monthKnown, PLACE_LEVEL.village), 3800],
  ])
  const model = estimateCountyModel({
    scored,
    random: none,
    randomLocal: none,
    rows: [25_000, 25_000, 0, 0, 0],
    idCoverage: [1, 0, 0, 0, 0],
    unmatched: [1, 1],
  })
  const { m, mFrom } = model.classes[PAIR_CLASS.policeCensus]
  expect(mFrom).toBe('em')
  expect(m[0][NAME_LEVEL.different]).toBeLessThanOrEqual(0.02)
})
