/** Births on rows without a number: wrong as often as namesakes of one village show, less those who are namesakes alone. */
import { expect, test } from 'vitest'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../src/matching/compare/levels.ts'
import { ADDRESS_LEVEL, PAIR_CLASS, PAIR_CLASSES, PLACE_LEVEL, SHIFT } from '../../src/matching/kernel.ts'
import { unnumberedBirths } from '../../src/matching/unnumbered-births.ts'

const usual = [0, 0.6, 0.3, 0.04, 0, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01]
const births = PAIR_CLASSES.map(() => usual)

/** Pairs of one name, sex and village by the level of their births, without a number or under two. */
function learn(
  unnumbered: Record<number, number>,
  strangers: Record<number, number> = {},
  more: { name?: number; place?: number; numbered?: number; atHome?: Record<number, number> } = {},
): readonly (readonly number[])[] {
  const { name = NAME_LEVEL.exact, place = PLACE_LEVEL.village, numbered = 0.5, atHome = {} } = more
  const { missing, equal } = ADDRESS_LEVEL
  const entries = (
    [
      [ID_LEVEL.missing, unnumbered, missing],
      [ID_LEVEL.bothValidDiffer, strangers, missing],
      [ID_LEVEL.missing, atHome, equal],
    ] as const
  ).flatMap(([id, levels, address]) =>
    Object.entries(levels).map(([birth, n]): [number, number] => [
      (name << SHIFT.name) |
        (Number(birth) << SHIFT.birth) |
        (id << SHIFT.id) |
        (SEX_LEVEL.equal << SHIFT.sex) |
        (place << SHIFT.place) |
        (address << SHIFT.address) |
        (PAIR_CLASS.policeCensus << SHIFT.pairClass),
      n,
    ]),
  )
  const scored = {
    patterns: Int32Array.from(entries, ([p]) => p),
    counts: Float64Array.from(entries, ([, n]) => n),
  }
  return unnumberedBirths(scored, numbered, births)
}
const seen = { [BIRTH_LEVEL.monthKnown]: 8800, [BIRTH_LEVEL.nearYear]: 400, [BIRTH_LEVEL.different]: 600 }

test('births that are wrong on one row in ten without a number are believed so there', () => {
  const m = learn(seen)[PAIR_CLASS.policeCensus]
  expect(m[BIRTH_LEVEL.different]).toBeCloseTo(0.06, 2)
  expect(m[BIRTH_LEVEL.nearYear]).toBeCloseTo(0.04, 2)
  // What is seen seldomer than beside a number stays, and so does the sum.
  expect(m[BIRTH_LEVEL.lunar]).toBe(0.01)
  expect(m.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
})

test('namesakes of another age, who stand there under two numbers too, are no wrong births', () => {
  const m = learn(seen, { [BIRTH_LEVEL.different]: 400 })[PAIR_CLASS.policeCensus]
  expect(m[BIRTH_LEVEL.different]).toBe(0.01)
  expect(m[BIRTH_LEVEL.nearYear]).toBeGreaterThan(0.03)
})

test('where enough rows have an address, those of one say how often births are wrong: the others are namesakes who have no number', () => {
  const atHome = { [BIRTH_LEVEL.monthKnown]: 900, [BIRTH_LEVEL.nearYear]: 100 }
  const m = learn(seen, {}, { atHome })[PAIR_CLASS.policeCensus]
  expect(m[BIRTH_LEVEL.different]).toBe(0.01)
  expect(m[BIRTH_LEVEL.nearYear]).toBeGreaterThan(0.08)
  // Of few the whole village is asked.
  expect(
    learn(seen, {}, { atHome: { [BIRTH_LEVEL.monthKnown]: 90 } })[PAIR_CLASS.policeCensus][BIRTH_LEVEL.different],
  ).toBeCloseTo(0.06, 2)
})

test('a single pair of another age is not its own witness', () => {
  const m = learn({ [BIRTH_LEVEL.monthKnown]: 1000, [BIRTH_LEVEL.different]: 1 })[PAIR_CLASS.policeCensus]
  expect(m[BIRTH_LEVEL.different]).toBe(0.01)
})

test('two census rows are as much oftener wrong; registers of births and deaths, and two hukou, are not', () => {
  const m = learn(seen)
  expect(m[PAIR_CLASS.censusCensus]).toEqual(m[PAIR_CLASS.policeCensus])
  for (const k of [PAIR_CLASS.policePolice, PAIR_CLASS.other]) expect(m[k]).toBe(usual)
})

test('nothing is learned from other names, other villages, few pairs, or where numbers are too few to show namesakes', () => {
  expect(learn(seen, {}, { name: NAME_LEVEL.oneOther })).toEqual(births)
  expect(learn(seen, {}, { place: PLACE_LEVEL.countyTownshipDiffers })).toEqual(births)
  expect(learn(seen, {}, { numbered: 0.01 })).toEqual(births)
  expect(learn({ [BIRTH_LEVEL.monthKnown]: 90, [BIRTH_LEVEL.different]: 20 })).toEqual(births)
})
