import { describe, expect, test } from 'vitest'
import { BiduiError } from '../../src/errors.ts'
import { ID_KIND, packDate } from '../../src/records/record-table.ts'
import { idNumber, ingest, type TestFile, valuesOf } from './small-registers.ts'

const header = 'record_id,id_number,name,sex,birth_date,household_no,area_code'
const censusHeader =
  'record_id,block_code,household_no,name,id_number,sex,birth_month,residence,hukou_place,away_duration'

const police = (lines: readonly string[], head = header): TestFile => ({
  register: 'police',
  content: [head, ...lines].join('\n'),
  name: 'police.csv',
})
const census = (rows: number, block: string, duration = '1'): TestFile => ({
  register: 'census',
  content: [
    censusHeader,
    ...Array.from({ length: rows }, (_, k) => `c${k},${block},${k},张三,,1,195001,1,1,${duration}`),
  ].join('\n'),
  name: 'census.csv',
})

async function refusal(file: TestFile): Promise<BiduiError | undefined> {
  try {
    await ingest([file])
  } catch (error) {
    if (error instanceof BiduiError) return error
    throw error
  }
  return undefined
}

describe('values that spreadsheets wrote in their own way', () => {
  test('="…", the text form that keeps a spreadsheet from rounding a number, is the text inside', async () => {
    const number = idNumber('19950315', '123')
    const result = await ingest([
      police([`p1,="${number}",="张三",="1",="1995-03-15",1,="513027001002"`]),
      { ...police([`p2,"=""${number}""",张三,1,19950315,1,"=""513027001002"""`]), name: 'b.csv' },
    ])
    for (const row of valuesOf(result))
      expect(row).toMatchObject({ idKind: ID_KIND.valid, sex: 1, birth: packDate(1995, 3, 15), area: '513027001002' })
  })

  test('birthdays of the old are days counted from 1900 as well', async () => {
    const result = await ingest([police(['p1,,张三,1,14320,1,513027001002'])])
    expect(valuesOf(result)[0]).toMatchObject({ birth: packDate(1939, 3, 16) })
  })

  test('a column of codes that lost their ends is refused with the reason, not read as one county without villages', async () => {
    const error = await refusal(census(120, '5.13027E+14'))
    expect(error?.code).toBe('E129')
    expect(error?.message).toMatch(/block_code.*120 \/ 120.*5\.13E\+14/)
    const areas = Array.from({ length: 120 }, (_, k) => `p${k},,张三,1,19500101,${k},5.13027E+11`)
    expect((await refusal(police(areas)))?.message).toMatch(/area_code.*120 \/ 120/)
  })

  test('a code in that form of which nothing is lost is read', async () => {
    const result = await ingest([census(120, '5.13027001002003E+14')])
    expect(valuesOf(result)[0]).toMatchObject({ area: '513027001002', block: 4 })
  })
})

describe('values that cannot be read are told', () => {
  test('a column of which a good part is unknown is named with its count', async () => {
    const { warnings } = await ingest([census(120, '513027001002003', '很久')])
    const told = warnings.filter(({ code }) => code !== 'E162')
    expect(told).toEqual([{ code: 'E134', file: 'census.csv', message: expect.stringContaining('away_duration') }])
    expect(told[0].message).toMatch(/120 \/ 120/)
  })

  test('a required column that was left empty is named; one with a tenth of its cells is not', async () => {
    const { warnings } = await ingest([census(120, '513027001002003')])
    expect(warnings).toEqual([
      { code: 'E162', file: 'census.csv', message: expect.stringMatching(/id_number.*0 \/ 120/) },
    ])
    const some = Array.from({ length: 120 }, (_, k) => {
      const id = k % 10 === 0 ? idNumber('19500101', String(101 + k)) : ''
      return `p${k},${id},张三,1,19500101,${k},513027001002`
    })
    expect((await ingest([police(some)])).warnings).toEqual([])
    expect((await ingest([police(some.map((line) => line.replace(/,\d{17}[\dX],/, ',,')))])).warnings).toMatchObject([
      { code: 'E162', file: 'police.csv' },
    ])
  })

  test('numbers that only the first row of each household bears are told to be filled down; a fifth of gaps is not', async () => {
    const lines = (every: number): string[] =>
      Array.from({ length: 120 }, (_, k) => {
        const isFilled = every === 5 ? k % 5 > 0 : k % every === 0
        return `p${k},${idNumber('19500101', String(101 + k))},张三,1,19500101,${isFilled ? k : ''},513027001002`
      })
    const { warnings } = await ingest([police(lines(3))])
    expect(warnings).toEqual([
      {
        code: 'E176',
        file: 'police.csv',
        message: expect.stringMatching(/household_no.*80 \/ 120.*rows 3, 4, 6, 7, 9 …/),
      },
    ])
    expect((await ingest([police(lines(5))])).warnings).toEqual([])
    const areas = lines(1).map((line, k) => (k % 3 > 0 ? line.replace(/513027001002$/, '') : line))
    expect((await ingest([police(areas)])).warnings).toMatchObject([
      { code: 'E176', message: expect.stringMatching(/area_code.*80 \/ 120/) },
    ])
    const never = lines(1).map((line) => line.replace(/,\d+,513027001002$/, ',,513027001002'))
    expect((await ingest([police(never)])).warnings).toMatchObject([{ code: 'E162' }])
  })

  test('certificates of a county, with all their columns filled, give no warning', async () => {
    const header = 'certificate_no,name,sex,birth_date,mother_name,mother_id,area_code'
    const rows = Array.from({ length: 120 }, (_, k) => `B${k},王毛毛,1,20200301,李芳,,513027001002`)
    expect((await ingest([{ register: 'births', content: [header, ...rows].join('\n') }])).warnings).toEqual([])
  })

  test('a column of numbers that a spreadsheet has cut is told for the file that has it; a few rows are not', async () => {
    const numbers = (name: string, cut: number, whole: number): TestFile => ({
      ...police([
        ...Array.from({ length: cut }, (_, k) => `${name}c${k},513027199503153000,张三,1,19950315,1,513027001002`),
        ...Array.from(
          { length: whole },
          (_, k) => `${name}w${k},${idNumber('19950315', String(100 + k))},张三,1,19950315,1,513027001002`,
        ),
      ]),
      name,
    })
    const { warnings } = await ingest([numbers('a.csv', 25, 75), numbers('b.csv', 19, 75), numbers('c.csv', 25, 600)])
    expect(warnings).toMatchObject([{ code: 'E159', file: 'a.csv' }])
    expect(warnings[0].message).toMatch(/重新导出.*25 \/ 100$/)
  })

  test('numbers that were masked are read as none, and the file is told; some that nobody told are not', async () => {
    const masked = (name: string, hidden: number, whole: number): TestFile => ({
      ...police([
        ...Array.from({ length: hidden }, (_, k) => `${name}m${k},513027********12${k},张三,1,19950315,1,513027001002`),
        ...Array.from(
          { length: whole },
          (_, k) => `${name}w${k},${idNumber('19950315', String(100 + k))},张三,1,19950315,1,513027001002`,
        ),
      ]),
      name,
    })
    const { warnings, quarantine } = await ingest([masked('a.csv', 60, 10), masked('b.csv', 30, 60)])
    expect(quarantine).toEqual([])
    expect(warnings).toMatchObject([{ code: 'E166', file: 'a.csv' }])
    expect(warnings[0].message).toMatch(/遮盖.*60 \/ 70$/)
  })

  test('every status that is taken for 正常 because nobody knows it is counted', async () => {
    const lines = ['p1,,张三,1,19500101,1,513027001002,查无', 'p2,,李四,1,19500101,1,513027001002,正常']
    const { warnings } = await ingest([police(lines, `${header},人员状态`)])
    expect(warnings).toMatchObject([{ code: 'E135', file: 'police.csv' }])
    expect(warnings[0].message).toMatch(/正常.*人员状态.*1 \/ 2/)
  })

  test('the words of the contract are known: nothing is said', async () => {
    const words = ['0', '正常', '死亡', '迁出', '服兵役', '出国境定居', '删除', '注销', '其它', '']
    const lines = words.map((word, k) => `p${k},,张三,1,1950010${(k % 9) + 1},1,513027001002,${word},1,0`)
    const { warnings } = await ingest([police(lines, `${header},status,record_flag,reversal_flag`)])
    expect(warnings).toEqual([])
  })
})

describe('rows above and below the table', () => {
  test.each([
    ['a title', '临川县户籍登记册,,,,,,\n'],
    ['a title without commas', '临川县户籍登记册\n'],
    ['a line for spreadsheets', 'sep=,\n'],
  ])('%s: the row of the header is named', async (_, above) => {
    const good = 'p1,,张三,1,19950101,1,513027001001'
    const error = await refusal({ register: 'police', content: `${above}${header}\n${good}\n`, name: 'police.csv' })
    expect(error?.code).toBe('E123')
    expect(error?.message).toMatch(/第 2 行.*row 2/)
  })

  test('marked files put one after another: the header that follows a mark is no person', async () => {
    const row = (id: string) => `${id},,张三,1,19950101,1,513027001001\n`
    const content = `\ufeff${header}\n${row('p1')}\ufeff${header}\n${row('p2')}`
    const { quarantine, table, warnings } = await ingest([{ register: 'police', content, name: 'police.csv' }])
    expect(quarantine.map(({ code, line }) => [code, line])).toEqual([['E239', 3]])
    expect(table.rows).toBe(2)
    expect(warnings).toEqual([])
  })

  test('a line of blanks, and the mark with which DOS ends a file, are no rows', async () => {
    const { quarantine, table } = await ingest([police(['p1,,张三,1,19950101,1,513027001001', '   ', '\t', '\x1a'])])
    expect(quarantine).toEqual([])
    expect(table.rows).toBe(1)
    expect(table.files[0]).toMatchObject({ rows: 1, accepted: 1, quarantined: 0 })
  })
})
