/** Big5 beside GBK in simplified and in traditional characters: who is taken for whom. */
import * as opencc from 'opencc-js'
import iconv from 'iconv-lite'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countPairs, isBig5 } from '../../../src/ingest/encoding/big5.ts'
import { BiduiError } from '../../../src/errors.ts'
import { ingest } from '../small-registers.ts'

const SIMPLIFIED =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭肖蔡潘田董袁于余叶蒋杜苏魏程吕丁任卢姚姜钟崔谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂县镇村社区街道号栋单元东西南北门山河桥湾坪坝沟'
const traditional = (opencc as unknown as { Converter: (o: object) => (t: string) => string }).Converter({
  from: 'cn',
  to: 'tw',
})(SIMPLIFIED)

function looksBig5(text: string, encoding: string): boolean {
  const bytes = iconv.encode(text, encoding)
  const counts = { pairs: 0, framed: 0, low: 0 }
  countPairs(bytes, 0, bytes.length, counts)
  return isBig5(counts)
}

const texts = (characters: string) =>
  fc
    .array(fc.array(fc.constantFrom(...characters), { minLength: 2, maxLength: 4 }), { minLength: 200, maxLength: 300 })
    .map((names) => names.map((name, n) => `P${n},${name.join('')},1\r\n`).join(''))

test('names of traditional characters are Big5 if they are in Big5, and not if they are in GBK', () => {
  fc.assert(
    fc.property(texts(traditional), (text) => {
      expect([looksBig5(text, 'big5'), looksBig5(text, 'gbk')]).toEqual([true, false])
    }),
  )
})

test('names of simplified characters in GBK are never Big5', () => {
  fc.assert(
    fc.property(texts(SIMPLIFIED), (text) => {
      expect(looksBig5(text, 'gb18030')).toBe(false)
    }),
  )
})

const shortTexts = (characters: string) =>
  fc
    .array(fc.array(fc.constantFrom(...characters), { minLength: 3, maxLength: 3 }), { minLength: 7, maxLength: 19 })
    .map((names) => names.map((name, n) => `P${n},${name.join('')},1\r\n`).join(''))

test('of twenty to sixty characters most Big5 is told, and no simplified GBK is taken for it, with rare names neither', () => {
  fc.assert(
    fc.property(shortTexts(`${SIMPLIFIED}喆堃镕煊赟垚昇`), (text) => {
      expect(looksBig5(text, 'gb18030')).toBe(false)
    }),
  )
  const told = fc.sample(shortTexts(traditional), { numRuns: 400, seed: 7 }).filter((text) => looksBig5(text, 'big5'))
  expect(told.length).toBeGreaterThan(340)
})

test('so few traditional characters in GBK are taken for Big5 once in thousands of such files', () => {
  const files = fc.sample(shortTexts(traditional), { numRuns: 5000, seed: 7 })
  expect(files.filter((text) => looksBig5(text, 'gbk')).length).toBeLessThanOrEqual(3)
})

test('a register in Big5 of three rows is refused too', async () => {
  const rows = [0, 1, 2].map((n) => `P${n},,${traditional.slice(n, n + 3)},1,19700101,H${n},513027001002\n`)
  const content = iconv.encode(`記錄號,公民身份號碼,姓名,性別,出生日期,戶號,戶籍地區劃\n${rows.join('')}`, 'big5')
  await expect(ingest([{ register: 'police', content }])).rejects.toMatchObject({ code: 'E155' })
})

test('a register in Big5 is refused before its header is told to lack columns; --encoding says it is GBK all the same', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, n) => `P${n},,${traditional.slice(n, n + 3)},1,19700101,H${n},513027001002\n`,
  )
  const content = iconv.encode(`記錄號,公民身份號碼,姓名,性別,出生日期,戶號,戶籍地區劃\n${rows.join('')}`, 'big5')
  const refused = (encoding?: string) =>
    ingest([{ register: 'police', content }], encoding === undefined ? {} : { encoding }).then(
      () => '',
      (error: unknown) => (error instanceof BiduiError ? error.code : String(error)),
    )
  expect(await refused()).toBe('E155')
  expect(await refused('gb18030')).toBe('E118')
})
