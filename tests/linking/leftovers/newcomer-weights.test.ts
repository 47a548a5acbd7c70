/** What newcomers' rows weigh: by how many of them are known to be counted twice. */
import { expect, test } from 'vitest'
import { Groups } from '../../../src/linking/groups.ts'
import { NewcomerWeights } from '../../../src/linking/leftovers/newcomer-weights.ts'
import type { NewcomerContext } from '../../../src/linking/leftovers/newcomers.ts'
import { Origins } from '../../../src/linking/leftovers/origins.ts'
import type { OrderedPairs } from '../../../src/linking/ordered-pairs.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../../src/matching/compare/levels.ts'
import { PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { milliBits } from '../../../src/matching/weigh-county.ts'
import { checkDigit } from '../../../src/normalise/id-number.ts'
import { buildTable } from '../../support/build-table.ts'
import { UNTAUGHT_MODEL } from '../../support/untaught-model.ts'
import { census } from '../../support/village-rows.ts'

/** The prior of `rows` newcomers of whom the first `twice` pairs of rows are one person. */
function priorOf(rows: number, twice: number): number {
  const { table } = buildTable(Array.from({ length: rows }, (_, k) => census(`C${k}`, { name: '王芳' })))
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  const left = Int32Array.from({ length: rows / 2 }, (_, k) => 2 * k)
  const right = left.map((row) => row + 1)
  for (let k = 0; k < twice; k++) groups.join(left[k], right[k])
  const pairs = { count: left.length, left, right, pattern: new Int32Array(left.length) } as unknown as OrderedPairs
  const kernel = { nameKey: (name: number) => name }
  const context = { table, lines, groups, kernel, model: UNTAUGHT_MODEL, pairs } as unknown as NewcomerContext
  const newcomers = Int32Array.from({ length: rows }, (_, row) => row)
  const origins = new Origins(
    table,
    newcomers,
    newcomers.map((row) => row + 1),
  )
  return new NewcomerWeights(context, newcomers, origins, [...left.keys()]).prior
}

test('each pair that is known to be one person makes two of the newcomers counted twice', () => {
  // Believed as 500 newcomers of whom one in 64 is.
  for (const twice of [0, 1, 5]) {
    const share = (2 * twice + 500 / 64) / (20 + 500)
    expect(priorOf(20, twice)).toBe(milliBits(share / (20 + 500)))
  }
})

/** Two rows of one number, name, month and sex. */
const ANCHOR =
  (PAIR_CLASS.censusCensus << SHIFT.pairClass) |
  (ID_LEVEL.sameValid << SHIFT.id) |
  (NAME_LEVEL.exact << SHIFT.name) |
  (BIRTH_LEVEL.monthKnown << SHIFT.birth) |
  (SEX_LEVEL.equal << SHIFT.sex)

/**
 * What two counties weigh for two rows without a number, where 60 newcomers stand twice under their numbers, of `slips` of whom
 * one row claims another county.
 */
function twoCountiesWeigh(slips: number): number {
  const rows = Array.from({ length: 61 }, (_, k) => {
    const digits = `44190019900115${String(100 + k)}`
    const id_number = k === 60 ? '' : digits + checkDigit(digits)
    const claim = k === 60 || k < slips ? '513062' : '441900'
    const row = { name: `王${k}`, birth_month: '199001', id_number, hukou_place: '4' }
    return [census(`A${k}`, { ...row, hukou_area_code: '441900' }), census(`B${k}`, { ...row, hukou_area_code: claim })]
  }).flat()
  const { table, rowOf } = buildTable(rows)
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  const ends = Array.from({ length: 60 }, (_, k) => [rowOf(`census:A${k}`), rowOf(`census:B${k}`)])
  for (const [a, b] of ends) groups.join(a, b)
  const left = Int32Array.from(ends, ([a, b]) => Math.min(a, b))
  const right = Int32Array.from(ends, ([a, b]) => Math.max(a, b))
  const pairs = { count: 60, left, right, pattern: new Int32Array(60).fill(ANCHOR) } as unknown as OrderedPairs
  const kernel = { nameKey: (name: number) => name }
  const answers = { weightOf: () => 0 }
  const context = { table, lines, groups, kernel, answers, model: UNTAUGHT_MODEL, pairs } as unknown as NewcomerContext
  const newcomers = Int32Array.from({ length: table.rows }, (_, row) => row)
  const origins = new Origins(
    table,
    newcomers,
    newcomers.map((row) => row + 1),
  )
  const weights = new NewcomerWeights(context, newcomers, origins, [...left.keys()])
  return weights.ofPlaces(rowOf('census:A60'), rowOf('census:B60'))
}

test('two counties speak against two rows without a number as seldom as one person writes two, though the numbers are one', () => {
  // 12 of 60 pairs, and 0.02 of the 20 believed beforehand.
  const of = (slips: number): number => (slips + 0.02 * 20) / (60 + 20)
  expect(twoCountiesWeigh(12) - twoCountiesWeigh(0)).toBeCloseTo(milliBits(of(12)) - milliBits(of(0)), -1)
})
