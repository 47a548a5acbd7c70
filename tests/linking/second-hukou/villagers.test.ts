/** Who lives in a place and was born about when somebody was: the index against a walk over all rows. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NEAR_PEOPLE_MAX, NEAR_YEARS, Villagers } from '../../../src/linking/second-hukou/villagers.ts'
import { CENSUS } from '../../../src/registers/columns.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'

const VILLAGES = ['513027001001', '513027001002', '513027002001']
const PLACES = [...VILLAGES, '513027001', '513027002']

const person = fc.record({
  birth: fc.constantFrom(
    '19960422',
    '19960400',
    '199604',
    '19970422',
    '19980422',
    '19990422',
    '20060422',
    '19960101',
    '20060101',
    '',
  ),
  sex: fc.constantFrom('1', '2', ''),
  village: fc.constantFrom(...VILLAGES),
  residence: fc.constantFrom('1', '1', '4'),
  isRegistered: fc.boolean(),
})

test('people of a place, their number, and those born near somebody are those of a walk over all rows', () =>
  fc.assert(
    fc.property(fc.array(person, { minLength: 1, maxLength: 25 }), (people) => {
      const rows: RowText[] = people.flatMap((one, k) => [
        { register: 'police', id: `P${k}`, sex: one.sex, birth_date: one.birth, area_code: VILLAGES[0] },
        {
          register: 'census',
          id: `C${k}`,
          block_code: `${one.village}001`,
          residence: one.residence,
          residence_area_code: PLACES[k % PLACES.length],
        },
      ])
      const { table, rowOf } = buildTable(rows)
      const policeRow = people.map((_, k) => rowOf(`police:P${k}`))
      const roots = new Int32Array(table.rows)
      const policeOf = new Int32Array(table.rows)
      people.forEach((one, k) => {
        roots[rowOf(`census:C${k}`)] = roots[policeRow[k]] = policeRow[k]
        if (one.isRegistered) policeOf[policeRow[k]] = policeRow[k] + 1
      })
      const { birth, sex, area, residence, residenceArea } = table.columns
      const asked = new Set(people.map((_, k) => residenceArea[rowOf(`census:C${k}`)]))
      const villagers = new Villagers(table, { root: (row) => roots[row] }, policeOf)
      for (const place of asked)
        for (const one of policeRow) {
          const isVillage = table.areaText(place).length === 12
          const there: number[] = []
          for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++)
            if (residence[row] === 1 && policeOf[roots[row]] !== 0 && sex[roots[row]] === sex[one])
              if (table.areaText(area[row]).startsWith(table.areaText(place))) there.push(roots[row])
          expect(villagers.count({ area: place, isVillage }, one)).toBe(there.length)
          const near = there.filter((other) => {
            const [a, b] = [birth[one], birth[other]]
            const isOfDay = (a & 31) !== 0 && (a & 511) === (b & 511)
            const isNear = isVillage ? Math.abs((a >> 9) - (b >> 9)) <= NEAR_YEARS : a >> 5 === b >> 5
            return a !== 0 && b !== 0 && (isOfDay || isNear)
          })
          expect(villagers.bornNear({ area: place, isVillage }, one, birth[one]).sort((a, b) => a - b)).toEqual(
            near.sort((a, b) => a - b),
          )
        }
    }),
  ))

test('where many live, somebody born a year off is none of those near; of the month or the day he is', () => {
  const births = ['19960422', '19970101', '19960409', '20060422']
  const rows = births.flatMap((birth, k) => [
    { register: 'police' as const, id: `P${k}`, sex: '1', birth_date: birth, area_code: VILLAGES[0] },
    {
      register: 'census' as const,
      id: `C${k}`,
      block_code: `${VILLAGES[0]}001`,
      residence: '1',
      residence_area_code: VILLAGES[0],
    },
  ])
  const crowd = Array.from({ length: NEAR_PEOPLE_MAX }, (_, k) => [
    { register: 'police' as const, id: `N${k}`, sex: '1', birth_date: '19400303', area_code: VILLAGES[0] },
    { register: 'census' as const, id: `M${k}`, block_code: `${VILLAGES[0]}001`, residence: '1' },
  ]).flat()
  const { table, rowOf } = buildTable([...rows, ...crowd])
  const policeOf = Int32Array.from({ length: table.starts[CENSUS] }, (_, row) => row + 1)
  const police = (key: string): number => rowOf(key.replace('C', 'P').replace('M', 'N'))
  const census = [...births.keys()]
    .map((k) => `census:C${k}`)
    .concat(crowd.filter(({ id }) => id.startsWith('M')).map(({ id }) => `census:${id}`))
  const rootOf = new Map(census.map((key) => [rowOf(key), police(key.replace('census', 'police'))]))
  const place = table.columns.residenceArea[rowOf('census:C0')]
  const near = new Villagers(table, { root: (row) => rootOf.get(row) ?? row }, policeOf)
    .bornNear({ area: place, isVillage: true }, rowOf('police:P0'), table.columns.birth[rowOf('police:P0')])
    .sort((a, b) => a - b)
  expect(near).toEqual([0, 2, 3].map((k) => rowOf(`police:P${k}`)).sort((a, b) => a - b))
})
