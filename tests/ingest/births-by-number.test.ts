import { expect, test } from 'vitest'
import { packDate } from '../../src/records/record-table.ts'
import { idNumber, ingest, valuesOf } from './small-registers.ts'

const HEADER = 'record_id,id_number,name,sex,birth_date,household_no,area_code'
const ROWS = 120

/** Police rows of `birth` and `sex` by row; every third has no number, the seventh one whose check digit is wrong. */
const read = async (birth: (k: number) => string, sex: (k: number) => string, length = ROWS) => {
  const lines = Array.from({ length }, (_, k) => {
    const valid = idNumber('19650312', String(101 + k))
    const wrong = valid.slice(0, 17) + (valid.endsWith('1') ? '2' : '1')
    const id = k % 3 === 0 ? '' : k === 7 ? wrong : valid
    return `${100 + k},${id},王秀英,${sex(k)},${birth(k)},${k},513027001002`
  })
  const result = await ingest([{ register: 'police', content: [HEADER, ...lines].join('\n') }])
  const rows = valuesOf(result).sort((a, b) => Number(a.recordId) - Number(b.recordId))
  return { births: rows.map((row) => row.birth), sexes: rows.map((row) => row.sex), warnings: result.warnings }
}
const codes = ({ warnings }: { warnings: readonly { code: string; message: string }[] }) =>
  warnings.filter(({ code }) => code === 'E160').map(({ message }) => message.replace(/ · .*/, ''))
const isTold = (k: number) => k % 3 !== 0 && k !== 7

test('births and sexes that the whole register lacks are those of the valid numbers, and it is told', async () => {
  const result = await read(
    () => '',
    () => '',
  )
  const born = packDate(1965, 3, 12)
  expect(result.births).toEqual(Array.from({ length: ROWS }, (_, k) => (isTold(k) ? born : 0)))
  expect(result.sexes).toEqual(Array.from({ length: ROWS }, (_, k) => (isTold(k) ? (k % 2 === 0 ? 1 : 2) : 0)))
  expect(codes(result)).toEqual(['出生日期几乎为空，已按有效号码补 79 行', '性别几乎为空，已按有效号码补 79 行'])
})

test('where others have theirs, a missing one stays missing: the number may be a parent’s', async () => {
  const result = await read(
    (k) => (k < 12 ? '19700101' : ''),
    (k) => (k % 2 === 0 ? '1' : ''),
  )
  const born = packDate(1970, 1, 1)
  expect(result.births).toEqual(Array.from({ length: ROWS }, (_, k) => (k < 12 ? born : 0)))
  expect(result.sexes).toEqual(Array.from({ length: ROWS }, (_, k) => (k % 2 === 0 ? 1 : 0)))
  expect(codes(result)).toEqual([])
})

test('fewer than one in ten is a slip of the extract, not a column: the others are completed', async () => {
  const { births } = await read(
    (k) => (k < 11 ? '19700101' : ''),
    (k) => (k % 2 === 0 ? '1' : ''),
  )
  expect(births.filter((birth) => birth === packDate(1965, 3, 12))).toHaveLength(
    Array.from({ length: ROWS }, (_, k) => k).filter((k) => k >= 11 && isTold(k)).length,
  )
})

test('of fewer than a hundred rows nobody can say how the office writes a column: gaps stay gaps', async () => {
  const [few, enough] = await Promise.all(
    [99, 100].map((rows) =>
      read(
        () => '',
        () => '1',
        rows,
      ),
    ),
  )
  expect(few.births.filter((birth) => birth !== 0)).toEqual([])
  expect(codes(few)).toEqual([])
  expect(enough.births.filter((birth) => birth !== 0)).toHaveLength(65)
})

test('the census keeps its gaps: its numbers may be parents’', async () => {
  const header = 'record_id,block_code,household_no,name,id_number,sex,birth_month,residence,hukou_place'
  const lines = Array.from({ length: ROWS }, (_, k) => {
    const id = idNumber('19650312', String(101 + k))
    return `${k},513027001002001,${k},王秀英,${id},,,1,1`
  })
  const result = await ingest([{ register: 'census', content: [header, ...lines].join('\n') }])
  expect(valuesOf(result).filter((row) => row.birth !== 0 || row.sex !== 0)).toEqual([])
  expect(codes(result)).toEqual([])
})
