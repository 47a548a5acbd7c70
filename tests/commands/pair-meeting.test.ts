/** `bidui explain` says how two rows met, in words. */
import { expect, test } from 'vitest'
import { formatMeeting } from '../../src/commands/opened-run/pair-meeting.ts'
import type { RuleMeeting } from '../../src/blocking/meeting.ts'
import type { PairMeeting } from '../../src/linked-pairs.ts'

const apart: RuleMeeting = {
  rule: 'name + village',
  outcome: 'apart',
  parts: [
    { part: 'name', words: 'name · 姓名', state: 'same' },
    { part: 'village', words: 'hukou village · 户籍村居', state: 'right lacks it' },
  ],
}
const met: RuleMeeting = {
  rule: 'ID number',
  outcome: 'met',
  parts: [{ part: 'id-number', words: 'whole ID number · 公民身份号码', state: 'same' }],
}
const never: PairMeeting = {
  rules: [apart],
  isVersion: false,
  isPlausible: true,
  inBothHouseholds: 0,
  counterparts: { left: 'census:C9', right: '' },
  layer: '',
  isOnePerson: false,
}

test('a pair that no rule proposed is told so, with what the nearest lacked and what the later layers saw', () => {
  const words = formatMeeting(never)
  expect(words).toMatch(/never proposed: none of 1 rules.*从未提出/)
  expect(words).toMatch(/name \+ village +hukou village · 户籍村居: the second row lacks it 后一行没有/)
  expect(words).toMatch(/none linked it or asked about it · 都没有关联/)
  expect(words).toMatch(/nobody else stands in both/)
  expect(words).toMatch(/no longer left over, there is census:C9/)
  expect(formatMeeting({ ...never, counterparts: { left: '', right: '' } })).toMatch(/neither has a counterpart/)
  expect(formatMeeting({ ...never, inBothHouseholds: 2 })).toMatch(/2 other people stand in both/)
})

test('a later layer that found a pair beside the rules is named', () => {
  const words = formatMeeting({ ...never, layer: 'household', isOnePerson: true })
  expect(words).toMatch(/never proposed/)
  expect(words).toMatch(/households and families linked it · 同户与家人层关联/)
  expect(words).not.toMatch(/left over/)
})

test('the rules that met a pair are named with their keys; what was too unlike to be weighed is told', () => {
  const words = formatMeeting({ ...never, rules: [met, apart], layer: 'exact', isOnePerson: true })
  expect(words).toBe(
    'blocking 分组  proposed by 1 of 2 rules · 2 条规则中 1 条提出这一对：\n  ID number  whole ID number · 公民身份号码\n',
  )
  const many = Array.from({ length: 14 }, () => met)
  expect(
    formatMeeting({ ...never, rules: many, layer: 'exact' })
      .trimEnd()
      .split('\n'),
  ).toHaveLength(5)
  expect(formatMeeting({ ...never, rules: many, layer: 'exact' })).toMatch(/and 11 more 另有 11 条/)
  expect(formatMeeting({ ...never, rules: [met], isPlausible: false })).toMatch(/too unlike.*没有进入权衡/)
  expect(formatMeeting({ ...never, rules: [met] })).toMatch(/none linked it or asked about it/)
})

test('a block too large for the pair, and versions of one police person', () => {
  const split: RuleMeeting = { ...apart, outcome: 'split' }
  expect(formatMeeting({ ...never, rules: [split] })).toMatch(/block was too large.*\n.*split by.*hukou village/)
  expect(formatMeeting({ ...never, rules: [{ ...apart, outcome: 'window' }] })).toMatch(/nothing splits/)
  expect(formatMeeting({ ...never, isVersion: true })).toMatch(/versions of one person/)
})
