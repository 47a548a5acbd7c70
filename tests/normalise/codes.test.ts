import { expect, test } from 'vitest'
import { foldAddress, hashAddress, hasRest, sharesFirstPart } from '../../src/normalise/address.ts'
import { type AreaCode, parseAreaCode, parseBlockCode } from '../../src/normalise/area-code.ts'
import { parseAwayReason } from '../../src/normalise/away-reason.ts'
import {
  parseAwayDuration,
  parseCount,
  parseHukouPlace,
  parseRecordFlag,
  parseResidence,
  parseReversalFlag,
  parseStatus,
} from '../../src/normalise/codes.ts'
import { isCountyCodeInForce, isCountyCodeKnown } from '../../src/normalise/county-history.ts'
import { ETHNICITIES, formatEthnicity, parseEthnicity } from '../../src/normalise/ethnicity.ts'
import { parseHouseholdType } from '../../src/normalise/household-type.ts'
import { parseRelation } from '../../src/normalise/relation.ts'
import { parseSex } from '../../src/normalise/sex.ts'
import { AWAY_REASON, RELATION } from '../../src/records/record-table.ts'

test.each([
  ['513027001002', '513027001002'],
  ['513027001002.0', '513027001002'],
  ['５１３０２７００１００２', '513027001002'],
  ['513027001000', '513027001'],
  ['513027001', '513027001'],
  ['513027000000', '513027'],
  ['513027000', '513027'],
  ['513027', '513027'],
  ['5.13027E+11', '513027'],
  ['5.13027001002E+11', '513027001002'],
  ['5.13027001E+11', '513027001'],
  ['5.1302700E+11', '513027'],
  ['441900003000', '441900003'],
  ['441900', '441900'],
  ['513000', ''],
  ['510000000000', ''],
  ['51302700', ''],
  ['013027', ''],
  ['巴中', ''],
  ['', ''],
])('area %j is known as %j', (text, code) => expect(digitsKnown(parseAreaCode(text))).toBe(code))

function digitsKnown({ high, low, digits }: AreaCode): string {
  return (String(high).padStart(6, '0') + String(low).padStart(6, '0')).slice(0, digits)
}

test('a block code is a village and three digits more', () => {
  expect(parseBlockCode('513027001002003')).toEqual({ high: 513027, low: 1002, digits: 12, block: 3 })
  expect(parseBlockCode('513027001002')).toEqual({ high: 513027, low: 1002, digits: 12, block: -1 })
  expect(parseBlockCode('5.13027E+14')).toMatchObject({ digits: 6, block: -1 })
  expect(parseBlockCode('x')).toMatchObject({ digits: 0, block: -1 })
})

test('retired county codes are known, and what the snapshots do not tell is unknown, never no', () => {
  // 巴中县 513027 to 1993, 513701 to 2000, then 511902: before the first snapshot.
  expect([513027, 513701, 511902].map(isCountyCodeKnown)).toEqual([true, true, true])
  expect(isCountyCodeInForce(513027, 1985)).toBe('unknown')
  expect(isCountyCodeInForce(511902, 2010)).toBe('yes')
  expect(isCountyCodeInForce(513027, 2010)).toBe('no')
  // 恩阳区 was made in 2013.
  expect(isCountyCodeInForce(511903, 2014)).toBe('yes')
  expect(isCountyCodeInForce(511903, 2005)).toBe('no')
  expect(isCountyCodeInForce(511903, 2012)).toBe('unknown')
  expect(isCountyCodeKnown(519999)).toBe(false)
  expect(isCountyCodeInForce(519999, 2000)).toBe('unknown')
  expect(isCountyCodeKnown(810000)).toBe(true)
})

test('the same digit is another relation in the two code systems', () => {
  expect(parseRelation('5', 'police')).toBe(RELATION.parent)
  expect(parseRelation('5', 'census')).toBe(RELATION.grandparent)
  expect(parseRelation('0', 'census')).toBe(RELATION.head)
})

test.each([
  ['01', RELATION.head],
  ['02', RELATION.head],
  ['10', RELATION.spouse],
  ['20', RELATION.child],
  ['28', RELATION.childInLaw],
  ['31', RELATION.child],
  ['38', RELATION.childInLaw],
  ['43', RELATION.grandchild],
  ['51', RELATION.parent],
  ['55', RELATION.parentInLaw],
  ['61', RELATION.grandparent],
  ['73', RELATION.sibling],
  ['74', RELATION.otherRelative],
  ['97', RELATION.otherRelative],
  ['99', RELATION.nonRelative],
  // A lost zero (02 户主) and the one-digit code (2 son) look alike.
  ['2', RELATION.unknown],
  ['', RELATION.unknown],
  ['??', RELATION.unknown],
])('police relation %j is %i', (code, relation) => expect(parseRelation(code, 'police')).toBe(relation))

test('words of kinship mean the same in both systems', () => {
  const words = {
    户主: 'head',
    妻: 'spouse',
    长子: 'child',
    岳母: 'parentInLaw',
    儿媳: 'childInLaw',
    外孙女: 'grandchild',
  }
  for (const [word, relation] of Object.entries(words))
    for (const system of ['police', 'census'] as const)
      expect(parseRelation(word, system)).toBe(RELATION[relation as keyof typeof RELATION])
})

test('sex, household type and the form’s codes are read from digits and words', () => {
  expect(['1', '男', '男性', '1.0', '2', '女', '0', '9', ''].map(parseSex)).toEqual([1, 1, 1, 1, 2, 2, 0, 0, 0])
  expect(['家庭户', '集体户', '1', '2', 'x'].map(parseHouseholdType)).toEqual([1, 2, 1, 2, 0])
  expect(['1', '5', '7', '8', '本普查小区', '国外'].map(parseResidence)).toEqual([1, 5, 7, 0, 1, 7])
  expect(['1', '5', '6', '户口待定', '本村居'].map(parseHukouPlace)).toEqual([1, 5, 0, 5, 1])
  const printed = ['本县（市、区、旗）其他乡（镇、街道）', '其他县（市、区、旗）']
  expect(printed.map(parseResidence)).toEqual([4, 5])
  expect(printed.map(parseHukouPlace)).toEqual([3, 4])
  expect(['1', '9', '没有离开', '十年以上', '1年'].map(parseAwayDuration)).toEqual([1, 9, 1, 9, 0])
  expect(['', '0', '1', '死亡', '迁出', '7', 'x'].map(parseStatus)).toEqual([0, 0, 1, 1, 2, 7, 0])
  expect(['', '1', '0', '2'].map(parseRecordFlag)).toEqual([1, 1, 0, 0])
  expect(['', '0', '1'].map(parseReversalFlag)).toEqual([0, 0, 1])
  expect(['3', '3人', '３', '3.0', '', '-1', 'x'].map((text) => parseCount(text))).toEqual([3, 3, 3, 3, -1, -1, -1])
})

test.each([
  [2, '不满半年 未满半年 半年以下 6个月以内 2.不满半年 2'],
  [3, '半年–1年 半年至1年 半年~1年 半年～1年 半年以上,不满一年 半年以上不满1年 6个月-1年 3半年–1年'],
  [4, '1–2年 1—2年 一年以上,不满二年 1年至2年 一到两年 4.1–2年'],
  [5, '2–3 2–3年 二至三年 2年-3年 2年以上不满3年 5'],
  [6, '3–4 3至4年'],
  [7, '4–5 4至5年'],
  [8, '5–10 五年以上,不满十年 5至10年'],
  [9, '十年以上 10年以上'],
  [0, '1年 三年 2020'],
])('away duration %i in every way it is written', (code, texts) => {
  expect(texts.split(' ').map((text) => [text, parseAwayDuration(text)])).toEqual(
    texts.split(' ').map((text) => [text, code]),
  )
})

test('the 56 ethnic groups are read from name and code, and written back', () => {
  expect(ETHNICITIES).toHaveLength(56)
  ETHNICITIES.forEach((name, index) => {
    expect([name, `${name}族`, String(index + 1)].map(parseEthnicity)).toEqual([index + 1, index + 1, index + 1])
    expect(parseEthnicity(formatEthnicity(index + 1))).toBe(index + 1)
  })
  expect(['97', '穿青人', '98', '57', ''].map(parseEthnicity)).toEqual([97, 97, 98, 0, 0])
})

test('reasons of absence are told from words; a child’s school is not the person’s own', () => {
  expect(parseAwayReason('为子女就学')).toBe(AWAY_REASON.childSchooling)
  expect(parseAwayReason('学习培训')).toBe(AWAY_REASON.study)
  expect(parseAwayReason('外出务工')).toBe(AWAY_REASON.work)
  expect(parseAwayReason('寄挂户口')).toBe(AWAY_REASON.parked)
  expect(parseAwayReason('')).toBe(AWAY_REASON.unknown)
})

test('addresses that differ in writing only have one hash', () => {
  expect(foldAddress('东垭社区 三组 十二号')).toBe('东垭社区3组12')
  expect(hashAddress('东垭社区３组１２号')).toBe(hashAddress('东垭社区三组，十二号'))
  expect(hashAddress('东垭社区3组12号')).not.toBe(hashAddress('东垭社区3组21号'))
  expect(hashAddress(' ')).toBe(0)
})

test('an address is one whether written for a register or from door to door', () => {
  const same = (one: string, other: string): void =>
    expect(hashAddress(one), `${one} ${other}`).toBe(hashAddress(other))
  same('石桥镇上桥村7组411号', '7组411')
  same('古寨街道梅桥社区8栋4单元1123号', '梅桥社区8-4-1123')
  same('梅桥社区8号楼4单元1123室', '8幢4单元1123')
  same('上桥村第七村民小组', '7组')
  same('上桥村第七组', '上桥村7小组')
  expect(hashAddress('8-4-1123')).not.toBe(hashAddress('8-4-1124'))
  // A flat and its block still share the first part.
  expect(sharesFirstPart(hashAddress('8-4-1123'), hashAddress('梅桥社区8栋'))).toBe(true)
})

test('a house number right below the village, or below a hamlet, is the whole address', () => {
  const [house, next] = [hashAddress('上桥村290号'), hashAddress('上桥村291号')]
  expect([hasRest(house), house === next, sharesFirstPart(house, next)]).toEqual([true, false, true])
  for (const text of ['临川县长滩镇上桥村290号', '长滩镇上桥村290', '290号'])
    expect(hashAddress(text), text).toBe(house)
  expect(sharesFirstPart(house, hashAddress('上桥村3组290号'))).toBe(false)
  const inHamlet = hashAddress('上桥村李家湾12号')
  expect([hasRest(inHamlet), inHamlet === hashAddress('上桥村李家湾13号')]).toEqual([true, false])
  expect(sharesFirstPart(inHamlet, hashAddress('上桥村李家湾'))).toBe(true)
  expect(sharesFirstPart(inHamlet, hashAddress('上桥村张家湾12号'))).toBe(false)
})

test('an address is compared below its village, whatever stands before', () => {
  const house = hashAddress('上桥村3组12号')
  for (const text of ['长滩镇上桥村三组十二号', '临川县长滩镇上桥村3组12号', '长滩镇上桥村村委会3组12号'])
    expect(hashAddress(text), text).toBe(house)
  for (const nothingBelow of ['上桥村', '长滩镇上桥村', '无']) expect(hashAddress(nothingBelow)).toBe(0)
  const group = hashAddress('上桥村三组')
  expect([group === house, sharesFirstPart(group, house), hasRest(group), hasRest(house)]).toEqual([
    false,
    true,
    false,
    true,
  ])
  expect(sharesFirstPart(hashAddress('上桥村4组12号'), house)).toBe(false)
  // 小区 names a house block: it is not dropped.
  expect(hashAddress('阳光小区3栋')).toBe(hashAddress('幸福社区阳光小区3栋'))
  expect(hashAddress('阳光小区3栋')).not.toBe(hashAddress('月亮小区3栋'))
})
