import { expect, test } from 'vitest'
import { shapeOf } from '../../../src/tables/compare/comparisons.ts'
import { openTables } from '../../../src/tables/open-tables.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

const rows = Array.from({ length: 12 }, (_, n) => ({ name: `name${n} house${n % 3}`, town: `town${n % 4}` }))

function areHeld(columns: Record<string, string>): boolean[] {
  const { comparisons } = openTables(tableFromRows('rows', rows), undefined, completeSpec({ columns }))
  return shapeOf(comparisons).areWholeNames.slice(0, Object.keys(columns).length)
}

test('of whole names it is held how often those of matches differ, where another column could make matches of them', () => {
  expect(areHeld({ name: 'full name', town: 'text' })).toEqual([true, false])
  expect(areHeld({ name: 'full name', town: 'full name' })).toEqual([false, false])
  expect(areHeld({ name: 'full name' })).toEqual([false])
})

test('whole names of matches hardly ever differ, but in a table of few rows they may', () => {
  const differing = (count: number) => {
    const many = Array.from({ length: count }, (_, n) => ({ name: `name${n} house`, town: 'one' }))
    const spec = completeSpec({ columns: { name: 'full name', town: 'text' } })
    const { comparisons } = openTables(tableFromRows('rows', many), undefined, spec)
    return comparisons.slice(0, 2).map(({ usualM }) => usualM[usualM.length - 1])
  }
  expect(differing(201)).toEqual([0.01, 0.1])
  expect(differing(200)).toEqual([0.1, 0.1])
})

test('titles of many rows that nearly all stand at an address are whole names: places, not works', () => {
  const isWhole = (count: number, addressed: number, more: Record<string, string> = {}) => {
    const many = Array.from({ length: count }, (_, n) => ({
      name: `name${n} house`,
      address: n < addressed ? `${n} some street` : '',
      given: `given${n}`,
    }))
    const spec = completeSpec({ columns: { name: 'text', address: 'address', ...more } })
    return openTables(tableFromRows('rows', many), undefined, spec).comparisons[0].isWholeName
  }
  expect(isWhole(300, 270)).toBe(true)
  expect(isWhole(300, 269)).toBe(false)
  expect(isWhole(200, 200)).toBe(false)
  expect(isWhole(300, 300, { given: 'given name' })).toBe(false)
})

test('half of a name is shared by neighbours, but written without spaces also by two ways to write one name', () => {
  const personal = (name: string) => {
    const many = Array.from({ length: 300 }, (_, n) => ({ name: `${name}${n}`, address: `${n} some street` }))
    const spec = completeSpec({ columns: { name: 'text', address: 'address' } })
    const { exactCount, personalLevels, levels } = openTables(tableFromRows('rows', many), undefined, spec)
      .comparisons[0]
    return levels.slice(exactCount + 1, personalLevels + 1).map((level) => level.split(',')[0])
  }
  const mostly = ['all words', 'all words', 'all words', 'most words', 'most words', 'most words']
  expect(personal('house ')).toEqual(mostly)
  expect(personal('临川县鑫源超市')).toEqual([...mostly, ...Array(3).fill('half of the words')])
})
