import { describe, expect, test } from 'vitest'
import { packDate } from '../../../src/records/record-table.ts'
import { looksOf, unslip } from '../../../src/ingest/rows/slipped-cells.ts'
import { idNumber, ingest, valuesOf } from '../small-registers.ts'

const NUMBER = idNumber('19650312', '123')
const HEADER =
  'block_code,household_no,persons_away,name,relation,id_number,sex,birth_month,residence,hukou_place,away_duration,address'
const row = (cells: string) => ingest([{ register: 'census', content: `${HEADER}\n${cells}\n`, name: 'c.csv' }])
const WHOLE = `513027001002001,007,0,王秀英,1,${NUMBER},2,196503,1,1,1,河东村3组`

describe('a row with one cell left out', () => {
  test('is read as it was meant, and told with its row number', async () => {
    const [meant] = valuesOf(await row(WHOLE))
    const slipped = await row(`513027001002001,007,王秀英,1,${NUMBER},2,196503,1,1,1,河东村3组,`)
    const [read] = valuesOf(slipped)
    for (const column of [
      'idNo',
      'name',
      'sex',
      'birth',
      'relation',
      'residence',
      'hukouPlace',
      'addressHash',
      'household',
    ])
      expect([column, read[column]]).toEqual([column, meant[column]])
    expect(read.personsAway).toBe(0)
    expect(slipped.warnings).toContainEqual(
      expect.objectContaining({ code: 'E146', message: expect.stringMatching(/1 rows .*rows 2$/) }),
    )
    expect(JSON.stringify(slipped.warnings)).not.toContain(NUMBER)
  })

  test('the cell left out may be the name, or one empty cell too many was put in', async () => {
    const unnamed = valuesOf(await row(`513027001002001,007,0,1,${NUMBER},2,196503,1,1,1,河东村3组,`))[0]
    expect(unnamed).toMatchObject({ name: '', idNo: NUMBER, sex: 2, birth: packDate(1965, 3, 0) })
    const pushed = valuesOf(await row(`513027001002001,007,0,王秀英,1,,${NUMBER},2,196503,1,1,1`))[0]
    expect(pushed).toMatchObject({ name: '王秀英', idNo: NUMBER, sex: 2, birth: packDate(1965, 3, 0) })
  })

  test('of two neighbours of one kind nobody says which one was left out: both stay empty', () => {
    const looks = looksOf(['id_number', 'name', 'former_name', 'sex', 'birth_date', 'area_code', 'status'], 'police')
    const texts = [NUMBER, '王秀英', '女', '19650312', '513027001002', '0', '']
    expect(unslip(texts, looks, -1)).toEqual([0, -1, -1, 2, 3, 4, 5])
  })
})

describe('a row that has bad values is left as it stands', () => {
  test.each([
    ['whole', WHOLE],
    [
      'a number with a slip of the pen and an impossible month',
      `513027001002001,007,0,王秀英,1,${NUMBER.slice(0, 17)}7,2,196571,1,1,1,`,
    ],
    ['no number, no sex', '513027001002001,007,0,王秀英,1,无,不详,196503,1,1,1,'],
    ['two bad values that no move explains', '513027001002001,007,0,王秀英,1,不详,未知,一九六五,1,1,1,'],
  ])('%s', async (_, cells) => {
    const result = await row(cells)
    expect(result.warnings).toEqual([])
    expect(valuesOf(result)[0]).toMatchObject({ name: '王秀英', residence: 1, hukouPlace: 1 })
  })

  test('the record id is never taken from another column', () => {
    const looks = looksOf(['name', 'sex', 'birth_date', 'record_id', 'address'], 'police')
    expect(unslip(['女', '19650312', 'p1', '河东村', ''], looks, 3)).toBeUndefined()
    expect(unslip(['女', '19650312', 'p1', '河东村', ''], looks, -1)).toEqual([-1, 0, 1, 2, 3])
  })
})
