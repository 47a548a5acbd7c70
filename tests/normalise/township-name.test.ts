/** Names of townships read from addresses. */
import { expect, test } from 'vitest'
import { nameTownships, townshipInAddress } from '../../src/normalise/township-name.ts'

test.each([
  ['临川县白坝街道家塘社区1栋35号', '白坝街道'],
  ['四川省南充市临川县长滩镇上桥村3组12号', '长滩镇'],
  ['广州市番禺区市桥街道大北路5号', '市桥街道'],
  ['中山市古镇镇曹步村', '古镇镇'],
  ['抚州市东乡区东乡街道1号', '东乡街道'],
  ['内蒙古自治区呼伦贝尔市陈巴尔虎旗西乌珠尔苏木3号', '西乌珠尔苏木'],
  ['甘孜藏族自治州康定市金汤镇2组', '金汤镇'],
  ['昆山市玉山镇新城小区3栋', '玉山镇'],
  ['城关镇街道办事处旁', '城关镇街道'],
  ['宁波市镇海区招宝山街道8号', '招宝山街道'],
  ['长滩镇上桥村', '长滩镇'],
  ['上桥村三组12号', ''],
  ['临川县', ''],
  ['3组12号', ''],
  ['', ''],
])('%s → %s', (address, name) => {
  expect(townshipInAddress(address)).toBe(name)
})

const several = (address: string, times: number) => Array.from({ length: times }, (_, k) => `${address}${k + 1}号`)

test('a township bears the name that most of its addresses give; silent addresses say nothing against it', () => {
  const names = nameTownships(
    new Map([
      ['513027101', [...several('临川县清桥镇杨坝村', 6), ...several('杨坝村', 9), '临川县平桥镇进堡村4组']],
      ['513027102', [...several('临川县平桥镇进堡村', 2)]],
      ['513027103', [...several('临川县东沟乡', 4), ...several('临川县西沟乡', 4)]],
      ['513027104', several('3组', 9)],
    ]),
  )
  expect([...names]).toEqual([['513027101', '清桥镇']])
})

test('one name for two townships of a county is none; in another county it is a name', () => {
  const own = several('城关镇新村', 5)
  const names = nameTownships(
    new Map([
      ['513027101', own],
      ['513027102', own],
      ['513028101', own],
    ]),
  )
  expect([...names]).toEqual([['513028101', '城关镇']])
})

test('what all townships of a county begin with is the county, whatever its name looks like', () => {
  const names = nameTownships(
    new Map([
      ['421002001', several('沙市区中山街道', 4)],
      ['421002002', several('沙市区胜利街道', 4)],
      ['421002100', several('荆州市沙市区关沮镇', 4)],
    ]),
  )
  expect([...names.values()]).toEqual(['中山街道', '胜利街道', '关沮镇'])
})
