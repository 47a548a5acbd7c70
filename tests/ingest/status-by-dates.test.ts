import { expect, test } from 'vitest'
import { idNumber, ingest, valuesOf } from './small-registers.ts'

const HEADER = 'record_id,id_number,name,sex,birth_date,household_no,area_code'
const DATES = 'moved_in_on,moved_out_on,death_date,cancelled_on'

/** Twelve people of one village with the same dates (or as many as `ended` says), the rest of thirteen without any. */
const read = async (dates: string, status?: (k: number) => string, ended = 12) => {
  const rows = Array.from({ length: 13 }, (_, k) => {
    const id = idNumber(`1965031${k % 9}`, String(101 + k * 2))
    const end = k < ended ? dates : ',,,'
    return `P${k},${id},王秀英,1,19650312,${k},513027001002,${end}${status === undefined ? '' : `,${status(k)}`}`
  })
  const content = [`${HEADER},${DATES}${status === undefined ? '' : ',status'}`, ...rows].join('\n')
  const result = await ingest([{ register: 'police', content }])
  const number = (recordId: string | number) => Number(String(recordId).slice(1))
  const rowsRead = valuesOf(result).sort((a, b) => number(a.recordId) - number(b.recordId))
  const states = rowsRead.map((row) => row.status)
  return { states, codes: result.warnings.map(({ code }) => code) }
}
const all = (status: number) => [...Array<number>(12).fill(status), 0]

test.each([
  [',,20190301,20190315', 1],
  [',20190301,,20190301', 2],
  ['20100101,20190301,,', 2],
  // In and out on one day: nothing says that the person is back.
  ['20190301,20190301,,', 2],
  [',,,20190301', 8],
])('without a column of states the dates %s say state %i, and it is told', async (dates, status) => {
  expect(await read(dates)).toEqual({ states: all(status), codes: ['E161'] })
})

test('an empty column says no more than none', async () => {
  expect(await read(',,20190301,20190315', () => '')).toEqual({ states: all(1), codes: ['E161'] })
})

test('who moved in after having moved out is in force', async () => {
  expect(await read('20200101,20190301,,')).toEqual({ states: all(0), codes: [] })
})

test('one row with a state, and an empty state is 正常 whatever the dates', async () => {
  const { states, codes } = await read(',,20190301,20190315', (k) => (k === 12 ? '2' : ''))
  expect(states).toEqual([...Array<number>(12).fill(0), 2])
  expect(codes).toEqual([])
})

test('nine dates may be slips, ten are how the office writes it', async () => {
  expect(await read(',,,20190301', undefined, 9)).toEqual({ states: Array<number>(13).fill(0), codes: [] })
  const { states, codes } = await read(',,,20190301', undefined, 10)
  expect(states).toEqual([...Array<number>(10).fill(8), 0, 0, 0])
  expect(codes).toEqual(['E161'])
})
