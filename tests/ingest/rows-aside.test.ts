/** Rows that cannot be read are kept aside, each with its line and why. */
import { describe, expect, test } from 'vitest'
import { CHINESE_HEADER, good, header } from './bad-files.ts'
import { ingest, rawRows } from './small-registers.ts'

test('a second header row below 父亲, 母亲 is said to be one; the same words further down are an empty row', async () => {
  const header = 'record_id,id_number,name,sex,birth_date,household_no,area_code,父亲,,母亲,,备注'
  const second = ',,,,,,,姓名,公民身份号码,姓名,公民身份号码,'
  const person = 'p1,,张三,1,19950101,1,513027001001,,,,,'
  const { quarantine } = await ingest([
    { register: 'police', content: [header, second, person, second, ',,,,,,,姓名,,,,'].join('\n') },
  ])
  expect(quarantine.map(({ line, code }) => [line, code])).toEqual([
    [2, 'E245'],
    [4, 'E241'],
    [5, 'E241'],
  ])
})

test('a second header row is said to be one also where the header ends in an empty cell', async () => {
  const header = 'record_id,id_number,name,sex,birth_date,household_no,area_code,父亲,,母亲,'
  const second = ',,,,,,,姓名,公民身份号码,姓名,公民身份号码'
  const person = 'p1,,张三,1,19950101,1,513027001001,李四,,王五,'
  const tooLong = 'p2,,张四,1,19950101,1,513027001001,李四,,王五,姓名'
  const { quarantine } = await ingest([{ register: 'police', content: [header, second, person, tooLong].join('\n') }])
  expect(quarantine.map(({ line, code }) => [line, code])).toEqual([
    [2, 'E245'],
    [4, 'E202'],
  ])
})

describe('rows that are kept aside', () => {
  test.each<[string, readonly string[], readonly (readonly [number, string, string])[]]>([
    ['fewer cells', [good, 'p2,,李四,1', 'p3,,王五,1,19950101,1,'], [[3, 'E201', '']]],
    [
      'more cells, empty ones at the end aside',
      [`${good},,`, 'p2,,李四,1,19950101,1,513027001001,x'],
      [[3, 'E202', '']],
    ],
    [
      'a quote that is never closed, named where it opened',
      [good, 'p2,,"李四,1,19950101,1,', 'p3,,王五,1,,,'],
      [[3, 'E203', 'name']],
    ],
    ['text after a quote', ['p2,,"李四"x,1,19950101,1,', good], [[2, 'E204', 'name']]],
    ['a record id seen before', [good, 'p2,,李,1,19950101,1,', 'p1,,王,1,19930101,1,'], [[4, 'E232', 'record_id']]],
    ['the header again', [good, header, 'p2,,李,1,19950101,1,'], [[3, 'E239', '']]],
    ['the header again in Chinese', [good, CHINESE_HEADER, 'p2,,李,1,19950101,1,'], [[3, 'E239', '']]],
    [
      'sub-totals, short or whole',
      [good, '合 计,,,,,,', '小计,1', ',,总计:2人,,,,'],
      [
        [3, 'E240', ''],
        [4, 'E240', ''],
        [5, 'E240', ''],
      ],
    ],
    [
      'nobody in the row',
      [good, 'p2,,,1,,1,513027001001', ',,,,,,'],
      [
        [3, 'E241', ''],
        [4, 'E241', ''],
      ],
    ],
    [
      'two rows that an old line end parts, which looks whole in a spreadsheet; more cells are that only',
      [good, `${good.replace('p1', 'p0')}\r${good}`, 'p2,,李四,1,19950101,1,5130\r27,x', `${good},x`],
      [
        [3, 'E242', ''],
        [4, 'E242', ''],
        [5, 'E202', ''],
      ],
    ],
    ['nothing for blank lines, which count as rows', ['', good, '', 'p2,,李四'], [[5, 'E201', '']]],
    ['nothing for a person with a name only', ['p2,,王,,,,'], []],
    [
      'notes under the table, in whichever columns they stand',
      [
        good,
        ',,注：本表一式两份,,,,',
        '填表人：,,王某,审核人：,,,',
        ',,以上数据截至2020年11月1日,,,,',
        '说明,无,人口,,,,',
      ],
      [
        [3, 'E244', ''],
        [4, 'E244', ''],
        [5, 'E244', ''],
        [6, 'E244', ''],
      ],
    ],
    [
      'nothing for a person whose name bears a remark, where anything else is said',
      ['p2,,王五(注：双胞胎),2,,,', 'p3,,王六:,,,7,', 'p4,,王七。,,,,513027001001'],
      [],
    ],
    ['a quoted line break is one row', ['p2,,王,1,19950101,1,"5130\n27"', 'p3'], [[3, 'E201', '']]],
  ])('%s', async (_, lines, expected) => {
    for (const chunkBytes of [16, 1 << 20]) {
      const content = [header, ...lines].join('\n')
      const { quarantine, table } = await ingest([{ register: 'police', content, name: 'a.csv' }], { chunkBytes })
      expect(quarantine.map((row) => [row.line, row.code, row.column])).toEqual(expected)
      expect(
        quarantine.every((row) => row.file === 'a.csv' && row.register === 'police' && row.reason.includes(' · ')),
      ).toBe(true)
      const [file] = table.files
      expect([file.accepted, file.quarantined]).toEqual([table.rows, expected.length])
      expect(file.rows).toBe(table.rows + expected.length)
    }
  })

  test('the first of the rows with one record id stays, also over several files', async () => {
    const result = await ingest([
      { register: 'police', content: [header, 'p1,,甲,1,19990101,1,'].join('\n'), name: 'a.csv' },
      { register: 'police', content: [header, 'p1,,乙,1,19950101,1,'].join('\n'), name: 'b.csv' },
    ])
    expect(rawRows(result).map((row) => row.name)).toEqual(['甲'])
    expect(result.quarantine[0]).toMatchObject({ file: 'b.csv', line: 2, code: 'E232' })
  })
})
