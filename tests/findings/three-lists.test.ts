/** Three lists: the log-linear models against closed forms and made populations, and the counts of births and deaths. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimateThreeLists, type ThreeLists, vitalLists } from '../../src/findings/coverage/index.ts'
import { Ground } from '../../src/findings/ground.ts'
import { REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { observeCounty } from '../../src/synth/index.ts'
import { completeRates } from '../../src/synth/rates.ts'
import { buildCounty } from '../../src/synth/world/county.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { birth, census, death, ELSEWHERE, form, NUMBER, police, T0 } from './check.ts'

/** Expected counts of a population whose log-odds of pairs are given. */
function expected(size: number, odds: readonly number[], pairs: { ab?: number; ac?: number; bc?: number } = {}) {
  const weight = (a: number, b: number, c: number): number =>
    odds[0] ** a *
    odds[1] ** b *
    odds[2] ** c *
    (pairs.ab ?? 1) ** (a * b) *
    (pairs.ac ?? 1) ** (a * c) *
    (pairs.bc ?? 1) ** (b * c)
  let total = 0
  for (let k = 0; k < 8; k++) total += weight(k >> 2, (k >> 1) & 1, k & 1)
  const cell = (a: number, b: number, c: number): number => (size * weight(a, b, c)) / total
  return {
    n111: cell(1, 1, 1),
    n110: cell(1, 1, 0),
    n101: cell(1, 0, 1),
    n011: cell(0, 1, 1),
    n100: cell(1, 0, 0),
    n010: cell(0, 1, 0),
    n001: cell(0, 0, 1),
  }
}

const modelOf = (counts: ThreeLists, name: string) =>
  estimateThreeLists(counts).models.find(({ dependences }) => dependences.join() === name)

describe('log-linear models', () => {
  test('independent lists give the population back, and no dependence is chosen', () => {
    const { chosen } = estimateThreeLists(expected(1000, [4, 1.5, 1]))
    expect(chosen?.population).toBeCloseTo(1000, 6)
    expect(chosen?.dependences).toEqual([])
    expect(chosen?.deviance).toBeCloseTo(0, 6)
  })

  test.each([
    ['ab', { ab: 5 }],
    ['ac', { ac: 5 }],
    ['bc', { bc: 5 }],
    ['ab,ac', { ab: 5, ac: 0.3 }],
    ['ab,ac,bc', { ab: 5, ac: 2, bc: 0.5 }],
  ])('lists that depend as %s give it back under that model and not under independence', (name, pairs) => {
    const counts = expected(5000, [4, 1.5, 1], pairs)
    expect(modelOf(counts, name)?.population).toBeCloseTo(5000, 4)
    expect(Math.abs((modelOf(counts, '')?.population ?? 0) - 5000)).toBeGreaterThan(20)
    expect(estimateThreeLists(counts).chosen?.dependences.join()).toBe(name)
  })

  test('the saturated model is its closed form', () => {
    const counts = { n111: 60, n110: 20, n101: 15, n011: 12, n100: 9, n010: 7, n001: 5 }
    expect(modelOf(counts, 'ab,ac,bc')?.unseen).toBeCloseTo((60 * 9 * 7 * 5) / (20 * 15 * 12), 6)
    expect(modelOf(counts, 'ab,ac,bc')?.deviance).toBeCloseTo(0, 8)
  })

  test('two lists that depend make the estimate that of the third against both (Chapman without ones)', () => {
    // [ab]: those on a or b are one list, c the other: n̂ = n00c · (seen on a or b only) ÷ (on c and on a or b).
    const counts = { n111: 80, n110: 40, n101: 20, n011: 10, n100: 30, n010: 16, n001: 22 }
    expect(modelOf(counts, 'ab')?.unseen).toBeCloseTo((22 * (40 + 30 + 16)) / (80 + 20 + 10), 6)
  })

  test('which list is called which does not matter, and the interval holds what was seen', () => {
    const count = fc.integer({ min: 1, max: 400 })
    fc.assert(
      fc.property(fc.tuple(count, count, count, count, count, count, count), (n) => {
        const [n111, n110, n101, n011, n100, n010, n001] = n
        const one = estimateThreeLists({ n111, n110, n101, n011, n100, n010, n001 })
        const turned = { n111, n110: n011, n101: n110, n011: n101, n100: n010, n010: n001, n001: n100 }
        const other = estimateThreeLists(turned)
        expect(other.chosen?.aic).toBeCloseTo(one.chosen?.aic ?? Number.NaN, 5)
        for (const model of one.models) {
          expect(model.low).toBeGreaterThanOrEqual(one.seen)
          expect(model.low).toBeLessThanOrEqual(model.population + 1e-9)
          expect(model.high).toBeGreaterThanOrEqual(model.population - 1e-9)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('empty cells take the models with them that rest on them, not the rest', () => {
    const { models, chosen } = estimateThreeLists({ n111: 50, n110: 10, n101: 0, n011: 8, n100: 6, n010: 4, n001: 3 })
    expect(models.some(({ dependences }) => dependences.length === 3)).toBe(false)
    expect(chosen).toBeDefined()
    expect(estimateThreeLists({ n111: 0, n110: 0, n101: 0, n011: 0, n100: 0, n010: 0, n001: 0 }).chosen).toBeUndefined()
  })
})

function groundOf(rows: readonly RowText[]): Ground {
  const { table, people } = buildTable(rows)
  const asOf = Object.fromEntries(REGISTERS.map((register) => [register, T0])) as Record<RegisterName, number>
  return new Ground({ table, people, given: new Set(REGISTERS), settings: { referenceDate: T0, asOf, graceDays: 30 } })
}

describe('births and deaths of the window', () => {
  const both = Array.from({ length: 12 }, (_, i) => `x${i}`)
  const deadOf = (person: string): RowText[] => [
    police({ person, status: '1', death_date: '20200510', id_number: '' }),
    form({ person, id_number: '' }),
    death({ person, id_number: '' }),
  ]

  test('who stands on which list; other years and people without a hukou here on none', () => {
    const rows = [
      ...both.flatMap(deadOf),
      // Certificate alone, hukou still open.
      police({ person: 'a' }),
      death({ person: 'a' }),
      // Form says May 2020, the certificate 2018: no death of the year.
      police({ person: 'b', status: '1', death_date: '20200501' }),
      form({ person: 'b' }),
      death({ person: 'b', death_date: '20180501' }),
      // Present and on the form: a question (dead-and-alive), not yet a death.
      police({ person: 'e' }),
      form({ person: 'e' }),
      census({ person: 'e' }),
      // Never registered here.
      form({ person: 'c' }),
      // Cancelled without a date of death: the day of cancelling.
      police({ person: 'd', status: '1', cancelled_on: '20200601' }),
    ]
    const [deaths] = vitalLists(groundOf(rows))
    expect(deaths).toMatchObject({
      event: 'deaths',
      counts: { n111: 12, n100: 1, n010: 1, n001: 0, n110: 0, n101: 0, n011: 0 },
    })
  })

  test('an infant belongs here by its hukou, a parent, or its form', () => {
    const infant = (person: string) => ({ person, id_number: '', birth_month: '202004', birth_date: '20200401' })
    const rows = [
      police(),
      census(),
      ...both.flatMap((person) => [
        police(infant(person)),
        census(infant(person)),
        birth({ ...infant(person), area_code: ELSEWHERE }),
      ]),
      birth({ person: 'a', mother_id: NUMBER }),
      birth({ person: 'b', mother_id: '' }),
      census({ ...infant('c'), hukou_place: '4' }),
      census({ ...infant('d'), hukou_place: '1' }),
    ]
    const [births] = vitalLists(groundOf(rows))
    expect(births).toMatchObject({ event: 'births', counts: { n111: 12, n100: 1, n001: 1, n010: 0 } })
  })

  test('a made-up county: the estimate comes nearer to the truth than the longest list', () => {
    const [people, seed, rates] = [20_000, '91', completeRates('typical')] as const
    const registers = observeCounty(people, seed, rates)
    const told = new Set([
      ...registers.police.filter(({ status }) => status === '1').map(({ person }) => person),
      ...[...registers.census_deaths, ...registers.deaths].map(({ person }) => person),
    ])
    const rows = REGISTERS.flatMap((register) =>
      (registers[register] as readonly { readonly person: number; readonly record_id: string }[])
        .filter(({ person }) => told.has(person))
        .map((row) => ({ ...row, register, id: row.record_id, person: String(row.person) }) as unknown as RowText),
    )
    const [deaths] = vitalLists(groundOf(rows)).filter(({ event }) => event === 'deaths')
    const registered = new Set(registers.police.map(({ person }) => person))
    const truth = buildCounty(people, seed, rates).people.filter(
      ({ index, death: day }) => registered.has(index) && day >= 20191101 && day < 20201101,
    ).length
    const { n111, n110, n101, n100 } = deaths.counts
    const estimate = deaths.estimate.chosen?.population ?? 0
    // A month misread on a form puts a death into the year or out of it: 5 % are left for that.
    expect(Math.abs(estimate - truth)).toBeLessThan(0.05 * truth)
    expect(Math.abs(n111 + n110 + n101 + n100 - truth)).toBeGreaterThan(0.1 * truth)
  })
})
