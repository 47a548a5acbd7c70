/** What is said of files that are read all the same. */
import { describe, expect, test } from 'vitest'
import { good, header, police, refusal } from './bad-files.ts'
import { ingest, rawRows, type TestFile } from './small-registers.ts'

describe('what is said about files that are read', () => {
  test('unknown columns once, with the near word; headers written with blanks or full width', async () => {
    const { warnings, table } = await ingest([
      {
        register: 'police',
        content: 'ＸＭ,公民 身份号码,性别,出生日期,户号,户籍地区划,备注,曾用各\n张三,,1,19950101,1,,x,y\n',
        name: 'a.csv',
      },
    ])
    expect(warnings.map((warning) => warning.code)).toEqual(['E121', 'E120'])
    expect(warnings[0].message).toMatch(/「备注」, 「曾用各」 \(是否指 · did you mean 「曾用名」/)
    expect(table.files[0].header).toEqual([
      'name',
      'id_number',
      'sex',
      'birth_date',
      'household_no',
      'area_code',
      null,
      null,
    ])
  })

  test('a column map goes before the known names', async () => {
    const result = await ingest(
      [
        {
          register: 'police',
          content: '人名,id_number,sex,birth_date,household_no,area_code,name\n张三,,1,19950101,1,,x\n',
        },
      ],
      { columnMap: { police: { 人名: 'name', name: 'former_name' } } },
    )
    expect(rawRows(result)[0]).toMatchObject({ name: '张三', former_name: 'x' })
  })

  test('nobody may have died: a header without rows is an empty register of births or deaths, never of people', async () => {
    const people: TestFile = { register: 'police', content: `${header}\n${good}\n` }
    const dead = 'certificate_no,name,sex,death_date\n'
    const { table, warnings } = await ingest([people, { register: 'deaths', content: dead, name: 'd.csv' }])
    expect(table.rows).toBe(1)
    expect(warnings).toMatchObject([{ code: 'E103', file: 'd.csv' }])
    await expect(ingest([{ register: 'deaths', content: dead }])).rejects.toMatchObject({ code: 'E103' })
  })

  test('a register of which every row is kept aside is refused with the first reason', async () => {
    const error = await refusal(police(`${header}\np1,,张三\np2,,李四\n`))
    expect([error.code, error.exitStatus]).toEqual(['E131', 65])
    expect(error.message).toContain('2 行 · rows, E201')
  })

  test('an area in which nobody is is worth a word', async () => {
    const warningsOf = async (area: string) => (await ingest(police(`${header}\n${good}\n`), { area: [area] })).warnings
    expect(await warningsOf('513100')).toMatchObject([{ code: 'E132', file: '--area 513100' }])
    expect(await warningsOf('51')).toEqual([])
  })

  test('one township without rows is worth a word, not a stop', async () => {
    const { warnings } = await ingest([
      { register: 'police', content: `${header}\n${good}\n`, name: 'a.csv' },
      { register: 'police', content: `${header}`, name: 'b.csv' },
    ])
    expect(warnings).toMatchObject([{ code: 'E103', file: 'b.csv' }])
  })
})
