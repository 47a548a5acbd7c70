import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashAddress } from '../../src/normalise/address.ts'
import { hashPlainAddress } from '../../src/normalise/plain-address.ts'

function plain(text: string): number | undefined {
  return hashPlainAddress(
    Uint16Array.from(text, (_, k) => text.charCodeAt(k)),
    text.length,
  )
}

/** Everything that any rule of the slow way looks at, and what stands around it. */
const piece = fc.constantFrom(
  ...'组社队屯栋幢座楼层室排巷弄号单门户元村民小第区县市镇乡街道嘎查委会无不详长滩〇零一二三四五六七八九十',
  ...'0123456789-A—~a ，５㈠\u{20000}',
  '村民小组',
  '小组',
  '号楼',
  '单元',
  '12',
  '6栋3单元194号',
  '8-4-1123',
  '街道',
  '社区',
  '村委会',
  '十二号',
)

test('a plain address gets the word that the slow way gives', () => {
  let told = 0
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
      const text = pieces.join('').replace(/[^\u4e00-\u9fff0-9A-Z-]/g, (sign) => (pieces.length % 3 === 0 ? sign : ''))
      const word = plain(text)
      if (word === undefined) return
      told++
      expect(word, text).toBe(hashAddress(text))
    }),
    { numRuns: 20_000 },
  )
  expect(told).toBeGreaterThan(2000)
})

test.each([
  '临川县松庙街道坡沟社区4栋3号',
  '石桥镇上桥村7组411号',
  '古寨街道梅桥社区8栋4单元1123号',
  '梅桥社区8号楼4单元1123室',
  '8-4-1123',
  '上桥村三台队5',
  '阳光小区3栋',
  '上桥村',
  'A座3-2-1户',
])('%s is plain', (text) => expect(plain(text)).toBe(hashAddress(text)))

test.each([
  '无',
  '不详',
  '上桥村三组',
  '上桥村7小组',
  '上桥村第7组',
  '上桥村 7组',
  '上桥村7组１号',
  '村-5',
  '上桥村7组a',
])('%s needs the slow way', (text) => expect(plain(text)).toBeUndefined())
