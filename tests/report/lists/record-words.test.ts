import { expect, test } from 'vitest'
import {
  hukouPlaceWords,
  isEffective,
  livingWords,
  placeWords,
  relationOf,
  statusWords,
} from '../../../src/report/lists/record-words.ts'
import type { RunRecord } from '../../../src/store/run-record.ts'

const row = (register: 'police' | 'census', relation: string): RunRecord => ({
  key: `${register}:1`,
  register,
  personId: '',
  householdKey: '',
  areaCode: '',
  block: '',
  raw: { relation },
})

test.each([
  ['police', '02', '户主(02)'],
  ['police', '12', '配偶(12)'],
  ['police', '20', '子女(20)'],
  ['police', '53', '岳父母或公婆(53)'],
  ['police', '长女', '长女'],
  // Either spouse, or a head whose zero is lost: not guessed.
  ['police', '1', '1'],
  ['census', '1', '配偶'],
] as const)('a relation of the %s register, %s, is read as %s', (register, relation, words) => {
  expect(relationOf(row(register, relation))).toBe(words)
})

test.each([
  ['1', '没有离开'],
  ['3', '离开半年至一年'],
])('an answer %s to how long ago is told as a person would say it: %s', (duration, words) => {
  const census = { ...row('census', '0'), raw: { residence: '1', away_duration: duration } }
  expect(placeWords(census).split(/[，,]/).at(-1)).toBe(words)
})

test.each([
  [{ residence: '1', away_duration: '1' }, '现住本普查小区，没有离开'],
  [{ residence: '5', residence_area_code: '510104', away_duration: '3' }, '现住其他县 510104，离开半年至一年'],
  [{ residence: '7' }, '现住国外'],
  [{}, ''],
])('where a census row %j says that the person lives is told in one line: %s', (raw, words) => {
  expect(livingWords({ ...row('census', '0'), raw })).toBe(words)
})

test('a number typed where the code of a place belongs is masked', () => {
  const raw = { hukou_place: '4', hukou_area_code: '513027209903050015' }
  expect(hukouPlaceWords({ ...row('census', '0'), raw })).toBe('其他县 513027************')
})

test.each([
  [{}, '正常', true],
  [{ status: '2', record_flag: '1', reversal_flag: '0' }, '迁出', true],
  [{ status: '0', record_flag: '0' }, '旧版本', false],
  [{ status: '0', record_flag: '1', reversal_flag: '1' }, '已冲销', false],
])('a version of a register row %j reads %s', (raw, words, effective) => {
  const version = { ...row('police', ''), raw }
  expect([statusWords(version), isEffective(version)]).toEqual([words, effective])
})
