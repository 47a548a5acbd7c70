/** Where many people were found to have two hukou, the family layer believes in further ones. */
import { expect, test } from 'vitest'
import { shareOfSecondHukou, USUAL_SECOND_HUKOU } from '../../../src/linking/second-hukou/share-of-second-hukou.ts'
import type { Groups } from '../../../src/linking/groups.ts'
import type { OrderedPairs } from '../../../src/linking/ordered-pairs.ts'
import { LINK } from '../../../src/linking/pair-decisions.ts'
import { ID_LEVEL } from '../../../src/matching/compare/levels.ts'
import { SHIFT } from '../../../src/matching/kernel.ts'
import { linkRows } from '../../support/link-rows.ts'
import { id, OTHER, police } from '../../support/village-rows.ts'

/** A county of so many people, of whom the first `twice` have two rows, linked by pairs of the given ID level. */
function share(people: number, twice: number, level: number, personNo = 0): number {
  const rows = people + twice
  const twins = Array.from({ length: twice }, (_, k) => k)
  const groups = {
    root: (row: number) => (row < people ? row : row - people),
    police: Uint8Array.from({ length: rows }, (_, row) => (row < twice && personNo === 0 ? 2 : 1)),
  } as unknown as Groups
  const pairs = {
    count: twice,
    left: Int32Array.from(twins),
    right: Int32Array.from(twins, (k) => people + k),
    pattern: Int32Array.from(twins, () => level << SHIFT.id),
  } as unknown as OrderedPairs
  const columns = { personNo: new Uint32Array(rows).fill(personNo) }
  const table = { starts: [0, rows, rows, rows, rows, rows], columns }
  return shareOfSecondHukou(table as never, groups, pairs, { decision: new Uint8Array(twice).fill(LINK) })
}

test('a county that shows none is believed to have the usual few, the less the larger it is', () => {
  expect(share(10, 0, ID_LEVEL.missing)).toBeCloseTo(USUAL_SECOND_HUKOU, 4)
  expect(share(99_000, 0, ID_LEVEL.missing)).toBeCloseTo(USUAL_SECOND_HUKOU / 100, 6)
})

test('those found under another number or none tell of the others', () => {
  expect(share(99_000, 4000, ID_LEVEL.bothValidDiffer)).toBeCloseTo(4003 / 100_000, 6)
  expect(share(99_000, 4000, ID_LEVEL.missing)).toBeCloseTo(4003 / 100_000, 6)
})

test('rows of one number may be old versions that nobody marked, and versions of one person are no second hukou', () => {
  expect(share(99_000, 4000, ID_LEVEL.sameValid)).toBeCloseTo(3 / 100_000, 6)
  expect(share(99_000, 4000, ID_LEVEL.missing, 7)).toBeCloseTo(3 / 100_000, 6)
})

test('a misread name born that day of another year is likelier a second hukou where many were found', async () => {
  const first = { name: '王泽翔', sex: '1', birth_date: '20050720', id_number: id('20050720', '675') }
  const parents = { father_name: '王国峰', mother_name: '李琼枝' }
  const misread = { ...first, ...parents, name: '汪泽翔', birth_date: '20040720', id_number: '', area_code: OTHER }
  const rows = [police('P1', { ...first, ...parents }), police('P2', misread)]
  const others = Array.from({ length: 200 }, (_, k) => {
    const birth_date = `19${60 + (k % 40)}0${1 + (k % 9)}1${k % 10}`
    const name = `赵${String.fromCodePoint(0x5000 + 7 * k)}${String.fromCodePoint(0x6800 + 5 * k)}`
    const row = { name, sex: '1', birth_date, father_name: `赵${name[1]}`, mother_name: `钱${name[2]}` }
    return [
      police(`A${k}`, { ...row, id_number: id(birth_date, String(100 + k)) }),
      police(`B${k}`, { ...row, area_code: OTHER }),
    ]
  })
  const one = 'police:P1 police:P2'
  expect((await linkRows(rows)).reviews).toEqual([`${one} household`])
  expect((await linkRows([...rows, ...others.flat()])).groups).toContain(one)
})
