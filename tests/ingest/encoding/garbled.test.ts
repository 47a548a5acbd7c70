import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { garbledAs } from '../../../src/ingest/encoding/garbled.ts'
import { ingest } from '../small-registers.ts'

const SIMPLIFIED =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩伟芳娜秀英敏静丽强磊军洋勇艳杰涛明超霞平刚桂喆堃煊昇'

const misread = (text: string, written: string, read: string): string => iconv.decode(iconv.encode(text, written), read)

const HEADER = '记录号,公民身份号码,姓名,性别,出生日期,户号,户籍地区划\n'
const PLAIN_HEADER = 'record_id,id_number,name,sex,birth_date,household_no,area_code\n'
const names = (alphabet: string) =>
  fc.array(fc.string({ unit: fc.constantFrom(...alphabet), minLength: 2, maxLength: 4 }), {
    minLength: 12,
    maxLength: 40,
  })
const rowsOf = (people: readonly string[]): string =>
  people.map((name, n) => `P${n},,${name},1,19700101,H${n},513027001002\n`).join('')

test('names that another program read in a wrong encoding are told, whatever they are', () => {
  fc.assert(
    fc.property(names(SIMPLIFIED), (people) => {
      const text = rowsOf(people)
      expect(garbledAs(misread(text, 'utf-8', 'gb18030'))).toBe('utf-8 as gbk')
      for (const encoding of ['utf-8', 'gb18030'])
        for (const read of ['latin1', 'win1252']) expect(garbledAs(misread(text, encoding, read))).toBe('as latin-1')
      expect(garbledAs(iconv.encode(text, 'ascii').toString())).toBe('question marks')
    }),
  )
})

test('what is well written is not: any names in Chinese, of minorities and of no character that is usual', () => {
  const any = fc.string({ unit: fc.integer({ min: 0x4e00, max: 0x9fff }).map((unit) => String.fromCharCode(unit)) })
  fc.assert(
    fc.property(names(SIMPLIFIED), fc.array(any, { minLength: 12 }), (people, rare) => {
      for (const text of [rowsOf(people), HEADER + rowsOf(people), rowsOf(rare)])
        expect(garbledAs(text)).toBeUndefined()
    }),
  )
  expect(garbledAs(rowsOf(Array.from({ length: 40 }, () => '亚森·玉素甫')))).toBeUndefined()
  expect(garbledAs(rowsOf(Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? '??' : '王霞慧'))))).toBeUndefined()
  expect(garbledAs(rowsOf(['王??', '李?']))).toBeUndefined()
  expect(garbledAs('')).toBeUndefined()
})

test.each([
  ['UTF-8 read as GBK', misread(HEADER + rowsOf(['张三', '李四']), 'utf-8', 'gb18030')],
  ['GBK read as Latin-1', misread(HEADER + rowsOf(['张三', '李四']), 'gb18030', 'latin1')],
  ['question marks', PLAIN_HEADER + rowsOf(Array(12).fill('???'))],
])('a register of %s is refused as such, before its header is told to lack columns', async (_, content) => {
  await expect(ingest([{ register: 'police', content }])).rejects.toMatchObject({ code: 'E169', exitStatus: 65 })
})

test('a register in UTF-8 of which --encoding says that it is GBK is refused, and read without that word', async () => {
  const content = PLAIN_HEADER + rowsOf(Array(8).fill('张三'))
  await expect(ingest([{ register: 'police', content }], { encoding: 'gb18030' })).rejects.toMatchObject({
    code: 'E169',
  })
  expect((await ingest([{ register: 'police', content }])).table.rows).toBe(8)
})
