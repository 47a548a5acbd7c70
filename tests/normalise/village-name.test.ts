/** Names of villages read from addresses. */
import { expect, test } from 'vitest'
import { nameVillages, villageInAddress } from '../../src/normalise/village-name.ts'

test.each([
  ['临川县长滩镇上桥社区1栋162号', '上桥社区'],
  ['四川省南充市临川县凤沟镇泥岩村2组145号', '泥岩村'],
  ['凤沟镇新村社区3组', '新村社区'],
  ['凤沟镇中村村3组', '中村村'],
  ['长滩镇上桥村委会旁', '上桥村'],
  ['长滩镇上桥村村民委员会3号', '上桥村'],
  ['西乌珠尔苏木巴彦嘎查2号', '巴彦嘎查'],
  ['上桥村三组12号', '上桥村'],
  ['长滩镇新村路12号', ''],
  ['长滩镇农村信用社3栋', ''],
  ['长滩镇人民路5号上桥社区', ''],
  ['长滩镇3组12号', ''],
  ['', ''],
])('%s → %s', (address, name) => {
  expect(villageInAddress(address)).toBe(name)
})

const several = (address: string, times: number) => Array.from({ length: times }, (_, k) => `${address}${k + 1}号`)

test('a village bears the name that most addresses give; one name for two villages of a township is none', () => {
  const names = nameVillages(
    new Map([
      ['513027101001', [...several('长滩镇上桥村', 6), ...several('3组', 9), '长滩镇泥岩村4组']],
      ['513027101002', several('长滩镇泥岩村', 2)],
      ['513027101003', several('长滩镇新村', 4)],
      ['513027101004', several('长滩镇新村', 4)],
      ['513027102001', several('凤沟镇新村', 4)],
    ]),
  )
  expect([...names]).toEqual([
    ['513027101001', '上桥村'],
    ['513027102001', '新村'],
  ])
})
