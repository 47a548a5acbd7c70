/** A village in order, as the ground on which a test's own rows stand out. */
import type { RowText } from './build-table.ts'
import type { LinkedRows } from './link-rows.ts'
import { census, id, OTHER, police, VILLAGE } from './village-rows.ts'

const SURNAMES = [...'赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕']
const GIVEN = [...'文武德才志明国庆海山']

/**
 * A village where everybody has a police row and a census row of the same number; one in three lives elsewhere, one in
 * fifty, or as said, is counted twice.
 */
export function settled(people: number, twiceEvery = 50): RowText[] {
  return Array.from({ length: people }, (_, i) => {
    const birth = `${1994 + (i % 9)}${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}`
    const name = `${SURNAMES[i % 20]}${GIVEN[Math.floor(i / 20) % 10]}${GIVEN[Math.floor(i / 200) % 10]}`
    const person = { id_number: id(birth, String(100 + i)), name, sex: i % 2 === 1 ? '2' : '1' }
    const month = { ...person, birth_month: birth.slice(0, 6) }
    const here = census(`S${i}`, month)
    const there = census(`T${i}`, { ...month, block_code: `${OTHER}003`, hukou_place: '3', hukou_area_code: VILLAGE })
    const away = census(`A${i}`, { ...month, residence: '4', residence_area_code: OTHER })
    const rows = i % twiceEvery === 1 ? [here, there] : i % 3 === 0 ? [away, there] : [here]
    return [police(`S${i}`, { ...person, birth_date: birth }), ...rows]
  }).flat()
}

/** The person of a row, as its rows one after another; undefined where it is joined to none. */
export const together = ({ groups }: LinkedRows, key: string): string | undefined => groups.find((g) => g.includes(key))
