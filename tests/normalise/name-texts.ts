import fc from 'fast-check'
import { COMPOUND_SURNAMES, SURNAME_READINGS } from '../../src/normalise/surnames.ts'
import { RESPELLED_STARTS, VARIANT_GROUPS } from '../../src/normalise/variants.ts'

const EVERYDAY =
  '王李张刘陈杨黄赵吴周徐孙朱马胡郭何高林伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉建国华红志文海春梅晓小燕云大太未末人入玲铃辉晖章汪程武峻俊骏张長偉陳劉閻闫肖萧'
const RARE = '𬭎𫖮𠀀䶮㛃喆堃犇'
const SIGNS = '某未取名之子女宝毛婴不详无拒报'
const PET_NAMES = ['小平', '阿燕', '三妹', '二娃子', '狗娃', '娜娜', '毛毛', '王二妹', '李丽娃', '小玉', '老王', '玉玉']
const LOST = '□?*'

const character = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...EVERYDAY) },
  { weight: 2, arbitrary: fc.constantFrom(...VARIANT_GROUPS.join('')) },
  { weight: 1, arbitrary: fc.constantFrom(...RARE) },
  { weight: 1, arbitrary: fc.constantFrom(...SIGNS) },
  { weight: 1, arbitrary: fc.constantFrom(...Object.keys(SURNAME_READINGS).join('')) },
  { weight: 1, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)) },
)

/** One to four characters, sometimes with a compound surname. */
export const hanName = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: character, minLength: 1, maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...COMPOUND_SURNAMES), fc.string({ unit: character, minLength: 0, maxLength: 2 }))
      .map(([surname, given]) => surname + given),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...RESPELLED_STARTS, ...RESPELLED_STARTS.map((start) => start.slice(0, 1))),
        fc.string({ unit: character, minLength: 1, maxLength: 2 }),
      )
      .map(([start, rest]) => start + rest),
  },
  { weight: 1, arbitrary: fc.constantFrom(...PET_NAMES) },
)

const token = fc.oneof(
  fc.constantFrom(
    '买买提',
    '麦麦提',
    '艾力',
    '阿卜都',
    '阿不都',
    '热合曼',
    '古丽娜尔',
    '吐尔逊',
    '肉孜',
    '若孜',
    '丹增',
  ),
  fc.constantFrom(...RESPELLED_STARTS),
)

/** Any name: Han, damaged, dotted, long, Latin, blank. */
export const anyName = fc.oneof(
  { weight: 6, arbitrary: hanName },
  { weight: 2, arbitrary: fc.array(token, { minLength: 1, maxLength: 3 }).map((tokens) => tokens.join('·')) },
  { weight: 1, arbitrary: fc.array(token, { minLength: 2, maxLength: 3 }).map((tokens) => tokens.join('')) },
  { weight: 2, arbitrary: fc.string({ unit: fc.oneof(character, fc.constantFrom(...LOST)), maxLength: 5 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('ZHANG WEI', 'Wei Zhang', 'JOHN SMITH', 'SMITH JOHN', 'ANNA', '', ' ', '张xin伟'),
  },
)

/** Two names that are often near: the second made from the first by a slip. */
export function nearPair(name: fc.Arbitrary<string>): fc.Arbitrary<[string, string]> {
  return fc
    .tuple(name, name, character, fc.nat(), fc.constantFrom('other', 'replace', 'drop', 'add', 'swap', 'none'))
    .map(([a, b, extra, seed, slip]) => {
      const letters = Array.from(a)
      const at = letters.length === 0 ? 0 : seed % letters.length
      if (slip === 'replace' && letters.length > 0) letters[at] = extra
      if (slip === 'drop') letters.splice(at, 1)
      if (slip === 'add') letters.splice(at, 0, extra)
      if (slip === 'swap' && at + 1 < letters.length) [letters[at], letters[at + 1]] = [letters[at + 1], letters[at]]
      return [a, slip === 'other' ? b : letters.join('')]
    })
}
