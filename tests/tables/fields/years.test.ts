import { expect, test } from 'vitest'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { yearsByCentury } from '../../../src/tables/fields/years.ts'
import { tableFromRows } from '../../../src/tables/index.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

test('a year of two digits is the last one that is not later than all others', () => {
  const read = yearsByCentury(['1987', "'99", '2004', '5', 'unknown'])
  expect([87, 4, 5, 99, 1987, 300, 4.5].map((year) => read?.(year))).toEqual([1987, 2004, 1905, 1999, 1987, 300, 4.5])
})

test('where no year has four digits none gets a century', () => {
  expect(yearsByCentury(['87', '3', ''])).toBeUndefined()
})

test("two tables write one year as 1987 and as '87; ages are no years", () => {
  const [left, right] = [
    [
      { id: 'a', year: '1987', age: '1987' },
      { id: 'b', year: '2001', age: '30' },
    ],
    [{ id: 'c', year: "'87", age: '87' }],
  ].map((rows, side) => tableFromRows(`t${side}`, rows))
  const { fields } = buildFields(left, right, completeSpec({ id: 'id', columns: { year: 'number', age: 'number' } }))
  expect(fields.map(({ dictionary }) => dictionary)).toEqual([
    ['', '1987', '2001'],
    ['', '1987', '30', '87'],
  ])
})
