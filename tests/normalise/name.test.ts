import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areLookAlikes, fuzzySyllable, soundOf, syllableText, variantOf } from '../../src/normalise/characters.ts'
import { analyseName, foldAnySpelling, foldName, foldSpelling, NAME_KIND } from '../../src/normalise/name.ts'
import { PlainParts, readPlainName } from '../../src/normalise/plain-name.ts'
import { featuresOf } from './dictionary-of.ts'
import { anyName, hanName } from './name-texts.ts'
import { COMPARED, COMPARED_WORDS } from '../../src/records/name-features.ts'

const HASHES = ['variantHash', 'soundHash', 'fuzzySoundHash', 'surnameHash', 'givenHash'] as const

function sounds(name: string): string {
  return analyseName(name).sounds.map(syllableText).join(' ')
}

test('variants, width and separators fold to one standard form', () => {
  expect(['張偉', ' 张 伟 ', '张　伟', '张伟(大)', '张伟2'].map(foldName)).toEqual(Array(5).fill('张伟'))
  for (const dot of '·•‧・･∙●.．。- ') expect(foldName(`买买提${dot}艾力`)).toBe('买买提·艾力')
})

test('spellings of Han characters and dots fold the short way as they do the long way', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        anyName,
        fc.string({ unit: fc.constantFrom('买', '提', '艾', '力', '王', '·', '·', '•', ' '), maxLength: 9 }),
      ),
      (text) => {
        expect([text, foldSpelling(text)]).toEqual([text, foldAnySpelling(text)])
      },
    ),
    { numRuns: 2000, examples: [['·'], ['王·'], ['·买·提'], ['买买提··艾力'], ['']] },
  ))

test('folding a folded name changes nothing', () =>
  fc.assert(
    fc.property(anyName, (name) => {
      expect(foldName(foldName(name))).toBe(foldName(name))
    }),
  ))

test('surnames that are read in their own way are read so, and only as surnames', () => {
  expect(sounds('曾国藩')).toBe('zeng guo fan')
  expect(sounds('单雄信')).toMatch(/^shan /)
  expect(sounds('尉迟恭')).toBe('yu chi gong')
  expect(sounds('万俟卨')).toMatch(/^mo qi/)
  expect(sounds('王单')).toBe('wang dan')
})

test('compound surnames are two characters, in traditional script too', () => {
  expect(['欧阳娜娜', '歐陽娜', '司马光', '纳兰容'].map((name) => analyseName(name).surnameLength)).toEqual([
    2, 2, 2, 2,
  ])
  expect(['欧阳', '王芳', '买买提·艾力'].map((name) => analyseName(name).surnameLength)).toEqual([1, 1, 0])
})

test.each([
  [NAME_KIND.blank, ['', ' ', '□', '??']],
  [NAME_KIND.han, ['张伟', '𬭎伟', '王', '买买提']],
  [NAME_KIND.dotted, ['买买提·艾力', '吉克·阿牛', '库尔班 热合曼']],
  [NAME_KIND.latin, ['JOHN SMITH', 'Anna']],
  [
    NAME_KIND.placeholder,
    [
      '未取名',
      '未取',
      '未报',
      '拒报',
      '李某',
      '张某某',
      '李娟之子',
      '王芳之长女',
      '无名氏',
      '不详',
      '无',
      '婴儿',
      '张毛毛',
      '王宝宝',
      '---',
    ],
  ],
  [NAME_KIND.damaged, ['张*伟', '王(龙天)', '王⿱龙天', '张xin伟', '李\ue000']],
])('names of kind %i are told', (kind, names) =>
  expect(names.map((name) => [name, analyseName(name).kind])).toEqual(names.map((name) => [name, kind])),
)

test('names that only hold a placeholder’s characters are names', () => {
  for (const name of ['毛泽', '宝华', '无忌平', '新建', '之琳', '子女', '王之涣', '吴宝珍', '毛毛雨'])
    expect([name, analyseName(name).kind]).toEqual([name, NAME_KIND.han])
})

test('fuzzy sound makes the regional confusions one, and nothing else', () => {
  const same = [
    'zhang zang',
    'chi ci',
    'shi si',
    'niu liu',
    'lin ling',
    'ren reng',
    'fan fang',
    'huang fang',
    'hu fu',
    'ran lan',
  ]
  for (const pair of same) {
    const [a, b] = pair.split(' ')
    expect([pair, fuzzySyllable(a)]).toEqual([pair, fuzzySyllable(b)])
  }
  for (const pair of ['ba pa', 'de te', 'ji qi', 'ma mo', 'wang huang', 'gong hong']) {
    const [a, b] = pair.split(' ')
    expect([pair, fuzzySyllable(a)]).not.toEqual([pair, fuzzySyllable(b)])
  }
})

test('look-alikes are symmetric and know the usual slips', () => {
  const alike = (a: string, b: string): boolean => areLookAlikes(a.codePointAt(0) ?? 0, b.codePointAt(0) ?? 0)
  for (const pair of ['未末', '土士', '己已', '戌戍', '伟纬', '候侯', '晖辉', '祁祈', '令今'])
    expect([pair, alike(pair[0], pair[1]), alike(pair[1], pair[0])]).toEqual([pair, true, true])
  for (const pair of ['王李', '明国', '芳强']) expect([pair, alike(pair[0], pair[1])]).toEqual([pair, false])
})

test('every standard form is its own standard form', () => {
  const wrong: string[] = []
  for (let code = 0x3400; code <= 0x9fff; code++) {
    const standard = variantOf(code)
    if (variantOf(standard) !== standard) wrong.push(String.fromCodePoint(code, standard, variantOf(standard)))
  }
  expect(wrong).toEqual([])
})

test('nearly every character of the basic block has a reading', () => {
  let silent = 0
  for (let code = 0x4e00; code <= 0x9fa5; code++) if (soundOf(code) === 0) silent++
  expect(silent).toBeLessThan(300)
})

test('the fast way gives every name the features that the slow way gives it', () =>
  fc.assert(
    fc.property(fc.array(fc.oneof(hanName, anyName), { minLength: 1, maxLength: 40 }), (texts) => {
      const fast = featuresOf(texts)
      const slow = featuresOf(texts, 'slow')
      for (const words of ['compared', 'keyed'] as const)
        expect([words, fast.features[words]]).toEqual([words, slow.features[words]])
    }),
    {
      numRuns: 100,
      examples: [[['曾国藩', '单强', '尉迟恭', '纳兰容', '万俟卨', '覃勇', '歐陽娜', '丹增', '古丽娜']]],
    },
  ))

test('names with a character of placeholders or of transliterations go the fast way, placeholders do not', () => {
  const parts = new PlainParts()
  const isPlain = (text: string): boolean => readPlainName(text, parts)
  expect(['李新', '王宝强', '毛毛雨', '艾桂芝', '艾山江', '次仁旺堆', '沙吉'].filter((text) => !isPlain(text))).toEqual(
    [],
  )
  expect(['李某', '未取名', '王毛毛', '李之女', '张伟·', '王□'].filter(isPlain)).toEqual([])
})

test('hashes depend on the name alone, not on its place in the dictionary', () => {
  const texts = ['张伟', '欧阳娜娜', '买买提·艾力', '王小明']
  const one = featuresOf(texts)
  const other = featuresOf(['李强', ...texts.toReversed()])
  const lineOf = ({ names, features }: typeof one, text: string) => {
    const at = names.internText(text) * COMPARED_WORDS
    return features.compared.slice(at, at + COMPARED_WORDS)
  }
  for (const text of texts) {
    expect(lineOf(one, text)).toEqual(lineOf(other, text))
    for (const hash of HASHES)
      expect(one.features[hash](one.names.internText(text))).toBe(other.features[hash](other.names.internText(text)))
  }
})

test('keys meet as they should: sound, variant, order, first token', () => {
  const { names, features: f } = featuresOf([
    '张伟',
    '章玮',
    '張偉',
    '伟张',
    '买买提·艾力',
    '麦麦提·吐逊',
    '脏为',
    '未取名',
  ])
  const at = (text: string): number => names.internText(text)
  expect(f.soundHash(at('张伟'))).toBe(f.soundHash(at('章玮')))
  expect(f.variantHash(at('张伟'))).toBe(f.variantHash(at('張偉')))
  const exact = (text: string) => f.compared[at(text) * COMPARED_WORDS + COMPARED.exact]
  expect(exact('张伟')).not.toBe(exact('張偉'))
  expect(f.sortedCharsHash(at('张伟'))).toBe(f.sortedCharsHash(at('伟张')))
  expect(f.firstTokenHash(at('买买提·艾力'))).toBe(f.firstTokenHash(at('麦麦提·吐逊')))
  expect(f.fuzzySoundHash(at('张伟'))).toBe(f.fuzzySoundHash(at('脏为')))
  expect(f.variantHash(at('未取名'))).toBe(0)
})
