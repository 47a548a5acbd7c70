import fc from 'fast-check'
import { expect, test } from 'vitest'
import { COMPARISONS } from '../../../src/matching/comparisons.ts'
import { type CountyModel, estimateCountyModel } from '../../../src/matching/county-model.ts'
import { NO_ETHNICITY } from '../../../src/matching/weigh/ethnicity.ts'
import { countyModelText, pinModel, readCountyPins } from '../../../src/matching/weigh/county-model-file.ts'

const none = { patterns: new Int32Array(0), counts: new Float64Array(0) }
const model: CountyModel = estimateCountyModel({
  scored: none,
  random: none,
  randomLocal: none,
  rows: [100_000, 100_000, 100, 800, 700],
  idCoverage: [1, 0.95, 0.9, 0, 0.9],
  unmatched: [0.04, 0.1],
  counted: [1, 0.07, 0.6],
  ethnicity: {
    differs: [0.01, 0.02, 0.03, 0.04],
    amongNamesakes: NO_ETHNICITY.amongNamesakes.map((u, code) => (code === 15 ? 0.1 : u)),
    namesakesDiffer: 0.2,
  },
})
const other: CountyModel = estimateCountyModel({
  scored: none,
  random: none,
  randomLocal: none,
  rows: [5000, 4000, 10, 80, 70],
  idCoverage: [0.5, 0.5, 0.9, 0, 0.9],
  unmatched: [0.3, 0.6],
})

test('a saved model put into any other estimate is the saved model again, to the last digit', () => {
  const again = pinModel(other, readCountyPins(countyModelText(model), 'model.json'))
  expect(again.unmatched).toEqual(model.unmatched)
  expect(again.counted).toEqual(model.counted)
  expect(again.counted[1]).toBe(0.07)
  expect(again.ethnicity).toEqual(model.ethnicity)
  again.classes.forEach((c, k) => {
    const saved = model.classes[k]
    expect(c.lambda).toBe(saved.lambda)
    expect(c.uNameLocal.slice(1)).toEqual(saved.uNameLocal.slice(1))
    expect(c.mBirthUnnumbered.slice(1)).toEqual(saved.mBirthUnnumbered.slice(1))
    COMPARISONS.forEach(({ name }, i) => {
      expect(c.m[i].slice(1), `${k} m ${name}`).toEqual(saved.m[i].slice(1))
      expect(c.u[i].slice(1), `${k} u ${name}`).toEqual(saved.u[i].slice(1))
    })
  })
})

test('births that are held are held where a row has no number too, unless those are given by themselves', () => {
  const births = (pins: object): readonly number[] =>
    pinModel(model, readCountyPins(JSON.stringify({ version: 1, classes: { 'police-census': pins } }), 'pins.json'))
      .classes[1].mBirthUnnumbered
  const given = { m: { birth: { different: 0.2 } } }
  expect(births(given)[10]).toBe(0.2)
  expect(births({ ...given, m_birth_unnumbered: { different: 0.3 } })[10]).toBe(0.3)
  expect(births({})).toEqual(model.classes[1].mBirthUnnumbered)
})

test('what is pinned is held, what is free shares the rest in its own proportions', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (p) => {
      const text = JSON.stringify({
        version: 1,
        classes: { 'police-census': { lambda: 1e-6, m: { name: { exact: p } } } },
      })
      const pinned = pinModel(model, readCountyPins(text, 'pins.json')).classes[1]
      const before = model.classes[1].m[0]
      const after = pinned.m[0]
      expect(pinned.lambda).toBe(1e-6)
      expect(after[1]).toBe(p)
      const sum = (values: readonly number[]): number => values.slice(1).reduce((a, b) => a + b, 0)
      expect(sum(after)).toBeCloseTo(sum(before), 9)
      expect(after[2] / after[3]).toBeCloseTo(before[2] / before[3], 9)
      expect(pinned.u).toEqual(model.classes[1].u)
    }),
  )
})

test('classes that a file leaves out are estimated', () => {
  const pinned = pinModel(model, readCountyPins('{"version":1,"classes":{"others":{"lambda":0.001}}}', 'pins.json'))
  expect(pinned.classes.slice(0, 3)).toEqual(model.classes.slice(0, 3))
  expect(pinned.classes[3].lambda).toBe(0.001)
})

test('a file that means nothing is refused, and says where', () => {
  const read = (classes: unknown): unknown => readCountyPins(JSON.stringify({ version: 1, classes }), 'pins.json')
  expect(() => readCountyPins('not json', 'pins.json')).toThrow(/E520/)
  expect(() => readCountyPins('{"version":2}', 'pins.json')).toThrow(/E521.*version/)
  expect(() => read({ 'police-census': { lambda: 2 } })).toThrow(/E521.*lambda/)
  expect(() => readCountyPins('{"version":1,"counted":{"dead":0.1}}', 'pins.json')).toThrow(/E522.*counted.*death/)
  expect(() => readCountyPins('{"version":1,"counted":{"1":0}}', 'pins.json')).toThrow(/E521.*counted/)
  expect(() => read({ 'police-censos': {} })).toThrow(/E522.*police–census/)
  expect(() => read({ 'police-census': { m: { nam: {} } } })).toThrow(/E522.*name/)
  expect(() => read({ 'police-census': { m: { name: { homofone: 0.1 } } } })).toThrow(/E522.*homophone/)
  const tooMuch = { 'police-census': { m: { name: { exact: 0.9, homophone: 0.4 } } } }
  expect(() => pinModel(model, read(tooMuch) as ReturnType<typeof readCountyPins>)).toThrow(/E523/)
})
