import { expect, test } from 'vitest'
import { buildComparisons } from '../../../src/tables/compare/comparisons.ts'
import { repeatedShare, usualStrangers } from '../../../src/tables/compare/usual-strangers.ts'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { tableFromRows } from '../../../src/tables/index.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

const KINDS = ['given name', 'family name', 'full name', 'address', 'text', 'date', 'code', 'number', 'category']
const rows = ['1990-01-02', '1991-03-04', '1990-01-02', '1985-05-06'].map((cell, i) => ({
  id: String(i),
  ...Object.fromEntries(KINDS.map((kind) => [kind, cell])),
}))

test('every level has its share of strangers, and most of them differ', () => {
  const spec = completeSpec({ id: 'id', columns: Object.fromEntries(KINDS.map((kind) => [kind, kind])) })
  const { fields } = buildFields(tableFromRows('t', rows), undefined, spec)
  const told = buildComparisons(fields, []).filter(({ usualU }) => usualU !== undefined)
  expect(told.map(({ kind }) => kind)).toEqual(KINDS.filter((kind) => kind !== 'category'))
  for (const { levels, usualU = [], kind } of told) {
    expect(usualU, kind).toHaveLength(levels.length)
    expect(Math.min(...usualU.slice(1)), kind).toBeGreaterThan(0)
    expect(usualU[levels.indexOf('differs')], kind).toBeGreaterThan(0.6)
  }
})

test('the shares add up, and the rarer of what agrees has the smaller one', () => {
  const shares = usualStrangers('code', [0.9, 0.1]) as number[]
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
  expect(shares[1]).toBeGreaterThan(shares[2])
  expect(usualStrangers('category', [1])).toBeUndefined()
})

test('a value of many rows is what strangers share, a value of two rows is not', () => {
  const [missing, differs] = [0, 3]
  expect(repeatedShare([missing, 1, 2, 2])).toBe(0)
  expect(repeatedShare([missing, 3])).toBe(1)
  expect(repeatedShare([missing, 4, 3, 1])).toBe(4 / 15)
  expect(repeatedShare([2, 0, 0])).toBe(0)
  const shares = usualStrangers('text', [1], 0.5) as number[]
  expect(shares[1]).toBe(0.5)
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10)
  expect(shares[differs]).toBeLessThan((usualStrangers('text', [1]) as number[])[differs])
  expect(Math.min(...(usualStrangers('text', [1], 1) as number[]).slice(1))).toBeGreaterThan(0)
})
