/** What one pair of two households' newcomers says of another: much of two families, nothing of two dormitories. */
import { expect, test } from 'vitest'
import { withFamily } from '../../../src/linking/leftovers/newcomers.ts'
import type { RecordColumns } from '../../../src/records/record-table.ts'
import { linkRows } from '../../support/link-rows.ts'
import { census } from '../../support/village-rows.ts'

const PRIOR = -18_000

/** Weights of two pairs between two households of `size` newcomers each, one of them heavy, one of surname and month only. */
function weights(size: number): number[] {
  const household = Uint32Array.from({ length: 2 * size }, (_, row) => (row < size ? 1 : 2))
  const pair = (k: number, weight: number) => ({ left: k, right: size + k, pattern: 0, weight })
  const columns = { household } as unknown as RecordColumns
  const rows = Int32Array.from(household.keys())
  return withFamily({ columns }, rows, [pair(0, -5000), pair(1, -9000)], PRIOR).map(({ weight }) => weight)
}

test('a family met twice is met together', () => {
  const [heavy, light] = weights(2)
  expect(light).toBeGreaterThan(2000)
  expect(heavy).toBeGreaterThan(2000)
})

test('of two dormitories of three hundred some pair is alike by chance: it speaks for no other', () => {
  expect(weights(300)).toEqual([-5000, -9000])
})

test('a newcomer met twice is met by the name with blanks in it too, where month of birth and village are others', async () => {
  const far = { sex: '1', hukou_place: '4', hukou_area_code: '441900', away_duration: '4' }
  const one = { ...far, name: '淳于祎翀', birth_month: '197402', block_code: '513027001002003' }
  const again = { ...far, birth_month: '197403', block_code: '513027105201001' }
  const groupsWith = async (name: string): Promise<readonly string[]> =>
    (await linkRows([census('C1', one), census('C2', { ...again, name })])).reviews
  const written = await groupsWith('淳于祎翀')
  expect(written).toHaveLength(1)
  expect(await groupsWith('淳于 祎 翀')).toEqual(written)
})
