/** Two offices number their households each in its own way: the people are found all the same. */
import { expect, test } from 'vitest'
import { link, tableFromRows } from '../../../src/tables/index.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'
import { withoutUnsharedColumns } from '../../../src/tables/spec/unshared-columns.ts'

const SURNAMES = Array.from('王李张刘陈杨赵黄周吴')
const GIVEN = Array.from('伟芳娜敏静丽强磊军洋')
const PEOPLE = 400

/** Everybody stands in both tables, under one name and one card number. */
function rows(householdOf: (person: number) => string): Record<string, string>[] {
  return Array.from({ length: PEOPLE }, (_, k) => ({
    id: `r${k}`,
    name: SURNAMES[k % 10] + GIVEN[(k * 7) % 10] + GIVEN[(k * 3 + Math.floor(k / 10)) % 10],
    card: `A${(k * 7919) % 100_003}`,
    household: householdOf(k),
    type: householdOf(k).length > 3 ? '家庭户' : '1',
  }))
}

const left = tableFromRows(
  'police',
  rows((k) => `00100${10_000 + Math.floor(k / 4)}`),
)
const right = tableFromRows(
  'census',
  rows((k) => String(Math.floor(k / 4) + 100)),
)
const columns = { name: 'full name', card: 'code', household: 'code', type: 'category' }
const spec = completeSpec({ id: 'id', columns })

test('columns of which the two tables share no value are named and left out', () => {
  const { spec: kept, unshared } = withoutUnsharedColumns(left, right, spec)
  expect(unshared).toEqual(['household', 'type'])
  expect(kept.columns.map(({ name }) => name)).toEqual(['name', 'card'])
  expect(link(left, right, { id: 'id', columns }).links.length).toBeGreaterThan(0.99 * PEOPLE)
})

test('one value in common keeps a column, and so do tables of a few rows', () => {
  const shared = tableFromRows('census', [...rows((k) => String(k)), { id: 'x', household: '0010010000' }])
  expect(withoutUnsharedColumns(left, shared, spec).unshared).toEqual(['type'])
  const few = tableFromRows('few', rows((k) => String(k)).slice(0, 20))
  expect(withoutUnsharedColumns(few, right, spec)).toEqual({ spec, unshared: [] })
})
