import { expect, test } from 'vitest'
import { drawFew } from '../../bench/accuracy/tables/draw-few.ts'
import { ALL } from '../../bench/accuracy/tables/shapes.ts'
import { Chance } from '../../bench/accuracy/tables/words.ts'
import { runTables } from '../../src/tables/engine.ts'
import { dedupe, proposeSpec, tableFromRows } from '../../src/tables/index.ts'
import { measureTruth } from '../../src/tables/results/truth.ts'
import { completeSpec } from '../../src/tables/spec/spec.ts'

type Rows = readonly (readonly string[])[]

/** Pairs of rows, numbered from 1, that are linked by the guess. */
function linked(header: readonly string[], cells: Rows): string[] {
  const rows = cells.map((row, i) => ({
    id: String(i + 1),
    ...Object.fromEntries(header.map((name, c) => [name, row[c]])),
  }))
  const table = tableFromRows('t', rows)
  const { links } = dedupe(table, proposeSpec(table).spec)
  return links
    .filter(({ decision }) => decision === 'link')
    .map(({ leftId, rightId }) => [leftId, rightId].sort((a, b) => Number(a) - Number(b)).join('-'))
    .sort()
}

const PEOPLE: Rows = [
  ['Alma Weller', 'alma.weller@mail.example', '555-1234'],
  ['Alma Wellr', 'alma.weller@mail.example', '555-1234'],
  ['Bert Stone', 'bert@stone.example', '555-9876'],
  ['Stone Bert', 'bert@stone.example', ''],
  ['Cora King', 'ck@music.example', '555-7777'],
  ['Dora Lind', 'dlind@corp.example', '555-2222'],
  ['D. Lind', 'dlind@corp.example', '555-2222'],
  ['Erik Gray', 'erik@gray.example', '555-3131'],
]

test('eight persons of whom three are there twice: nobody takes them for housemates', () => {
  expect(linked(['name', 'email', 'phone'], PEOPLE)).toEqual(['1-2', '3-4', '6-7'])
})

test('where nobody of a few is there twice nobody is linked', () => {
  expect(linked(['name', 'email', 'phone'], [PEOPLE[0], PEOPLE[2], PEOPLE[4], PEOPLE[5], PEOPLE[7]])).toEqual([])
})

test('two rows are told by what is usual', () => {
  const header = ['first_name', 'last_name', 'birth_date', 'city']
  const alma = ['Alma', 'Weller', '1980-05-12', 'Bonn']
  expect(linked(header, [alma, ['Ama', 'Weller', '1980-05-12', 'Bonn']])).toEqual(['1-2'])
  expect(linked(header, [alma, ['Peter', 'Quast', '1971-11-30', 'Bonn']])).toEqual([])
})

const LISTS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'company',
    [
      'Norden Mills Inc',
      'Norden Mills',
      'Nordn Mills Inc',
      'Peak Tools Corporation',
      'Peak Tools Corp',
      'Tern Ferries',
    ],
    ['1-2', '1-3', '2-3', '4-5'],
  ],
  ['city', ['Harborough', 'Harborouhg', 'Westmere', 'Lindale', 'Lindael', 'Stowmarsh', 'Oxbridge'], ['1-2', '4-5']],
  ['name', ['Alma Weller', 'Alma Wellr', 'Bert Stone', 'Brt Stone', 'Cora King', 'Dora Lind'], ['1-2', '3-4']],
]

test.each(LISTS)(
  'a list of nothing but one %s each: copies of one kind do not hide each other',
  (header, cells, pairs) => {
    const different = cells.filter((_, i) => !pairs.some((pair) => pair.endsWith(`-${i + 1}`)))
    expect(
      linked(
        [header],
        cells.map((cell) => [cell]),
      ),
    ).toEqual(pairs)
    expect(
      linked(
        [header],
        different.map((cell) => [cell]),
      ),
    ).toEqual([])
  },
)

// By the pairs of a dozen rows alone six in ten or more of these were missed.
test.each(['companies', 'inventors', 'products', 'settlements', 'films'])(
  '%s by the dozen: who is there twice is found',
  (shape) => {
    const made = ALL[shape](4)
    const draws = [1, 2, 3, 4, 5, 6].map((draw) => {
      const few = drawFew(made, 12, new Chance(draw))
      const left = tableFromRows('left', few.left)
      const right = few.right && tableFromRows('right', few.right)
      const spec = completeSpec(proposeSpec(left, right, 'cluster').spec)
      return measureTruth(runTables(left, right, spec), left, right, 'cluster').f1
    })
    expect(draws.reduce((sum, f1) => sum + f1, 0) / draws.length).toBeGreaterThan(0.7)
  },
)

test('sizes of one thing are not one thing, however few rows there are', () => {
  const rows = [
    ['Apfel Phone 13 64GB black', '699'],
    ['Apfel Phone 13 128GB black', '749'],
    ['Apfel Phone 13 256GB black', '849'],
    ['Stern Galaxis 21 128GB grey', '649'],
    ['Stern Galaxis 21 256GB grey', '699'],
    ['Klang XM4 headphones', '299'],
    ['Lesefreund reader 8GB', '129'],
    ['Lesefreund reader 32GB', '159'],
  ]
  expect(linked(['title', 'price'], rows)).toEqual([])
})
