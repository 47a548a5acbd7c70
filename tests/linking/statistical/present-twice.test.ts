/** Two present rows where a place is not named, or where newcomers' rows name two. */
import { expect, test } from 'vitest'
import { checkDigit } from '../../../src/normalise/id-number.ts'
import type { RowText } from '../../support/build-table.ts'
import { type LinkedRows, linkRows } from '../../support/link-rows.ts'
import { census, id, OTHER, police } from '../../support/village-rows.ts'

const SURNAMES = [...'赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕']
const GIVEN = [...'文武德才志明国庆海山']
const nameOf = (i: number): string =>
  SURNAMES[i % 20] + GIVEN[Math.floor(i / 20) % 10] + GIVEN[Math.floor(i / 200) % 10]
const birthOf = (i: number): string =>
  `${1990 + (i % 9)}${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}`
const there = { block_code: `${OTHER}003` }

/** 300 people at home, every third written down elsewhere as well without a hukou (D8 = 5), and others from other counties. */
function county(newcomers = 200): RowText[] {
  const people = Array.from({ length: 300 }, (_, i) => {
    const birth = birthOf(i)
    const person = { name: nameOf(i), sex: i % 2 === 0 ? '1' : '2', id_number: id(birth, String(100 + i)) }
    const month = { ...person, birth_month: birth.slice(0, 6) }
    const second = i % 3 === 0 ? [census(`T${i}`, { ...month, ...there, hukou_place: '5' })] : []
    return [police(`S${i}`, { ...person, birth_date: birth }), census(`S${i}`, month), ...second]
  })
  const strangers = Array.from({ length: newcomers }, (_, k) => {
    const i = k + 700
    return census(`N${k}`, { name: nameOf(i), sex: '1', birth_month: birthOf(i).slice(0, 6), hukou_place: '4' })
  })
  return [...people.flat(), ...strangers]
}

/** Milli-bits of a linked or waiting pair. */
function weightOf({ result, rowOf }: LinkedRows, left: string, right: string): number {
  const { links } = result
  const [a, b] = [rowOf(left), rowOf(right)]
  for (let i = 0; i < links.count; i++) if (links.left[i] === a && links.right[i] === b) return links.weight[i]
  return -Infinity
}

test('who claims another county without naming it is less likely a local’s second row than who claims nothing', async () => {
  const local = { name: '雷震霆', sex: '1', id_number: id('19930504', '911') }
  const rows = (place: string): RowText[] => [
    police('P1', { ...local, birth_date: '19930504' }),
    census('C1', { ...local, birth_month: '199305' }),
    census('C2', { ...local, ...there, id_number: '', birth_month: '199305', hukou_place: place }),
    ...county(),
  ]
  const nowhere = weightOf(await linkRows(rows('5')), 'census:C1', 'census:C2')
  const elsewhere = weightOf(await linkRows(rows('4')), 'census:C1', 'census:C2')
  expect(nowhere).toBeGreaterThan(elsewhere + 2000)
})

test('a question about two newcomers weighs what one’s number and the other’s claim say of where they come from', async () => {
  const person = { sex: '1', birth_month: '199305', hukou_place: '4' }
  const digits = '36046219930504911'
  const rows: RowText[] = [
    census('C1', { ...person, name: '雷霆', id_number: digits + checkDigit(digits) }),
    census('C2', { ...person, ...there, name: '雷霆', hukou_area_code: '520361001001' }),
    ...['19410203', '19520304', '19630405', '19740506'].map((birth, k) =>
      police(`N${k}`, { name: '雷霆', sex: '1', birth_date: birth }),
    ),
    ...county(3000),
  ]
  const linked = await linkRows(rows)
  // By weight alone they are more likely one person than not: the places of two rows of which one names none say nothing.
  expect(weightOf(linked, 'census:C1', 'census:C2')).toBeLessThan(0)
})
