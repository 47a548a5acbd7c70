/** Answers of the forms in English: every word of the closed lists has one, and nothing else has. */
import { expect, test } from 'vitest'
import { REASONS } from '../../../src/linking/pair-decisions.ts'
import {
  hukouWords,
  livingWords,
  policeStatusWord,
  relationOf,
  sexOf,
  statusWords,
} from '../../../src/report/lists/record-words.ts'
import { REASON_WORDS } from '../../../src/report/page/reason-words.ts'
import type { RunRecord } from '../../../src/store/run-record.ts'
import { glossOf } from '../../../src/review/page/words/glosses.ts'
import { CATALOGUES } from '../../../src/review/page/words/index.ts'

const row = (register: 'police' | 'census', raw: Record<string, string>) => ({ register, raw }) as unknown as RunRecord
const codes = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => String(from + n))

test('every answer that the lists write out has an English gloss', () => {
  const words = [
    ...codes(1, 2).map((sex) => ['sex', sexOf(row('census', { sex }))] as const),
    ...codes(1, 7).map(
      (residence) => ['status', livingWords(row('census', { residence, away_duration: '4' }))] as const,
    ),
    ...codes(1, 5).map((code) => ['place', `${hukouWords(row('census', { hukou_place: code }))} 510104`] as const),
    ...codes(0, 9).map((relation) => ['relation', relationOf(row('census', { relation }))] as const),
    ...['02', '12', '20', '30', '51', '70', '99'].map(
      (relation) => ['relation', relationOf(row('police', { relation }))] as const,
    ),
    ...codes(0, 9)
      .filter((status) => policeStatusWord(Number(status)) !== '')
      .map((status) => ['status', statusWords(row('police', { status }))] as const),
    ['status', statusWords(row('police', { record_flag: '0' }))] as const,
    ['status', statusWords(row('police', { reversal_flag: '1' }))] as const,
  ]
  expect(words.length).toBeGreaterThan(40)
  expect(words.filter(([field, word]) => !/^[A-Za-z]/.test(glossOf(field, word)))).toEqual([])
})

test('what is no such answer has none', () => {
  expect([glossOf('name', '男'), glossOf('address', '本村居'), glossOf('status', '2020-04-17')]).toEqual(['', '', ''])
  expect(glossOf('relation', 'constructor')).toBe('')
})

test('why a pair waits is said in the same words on the desk and in the report, for every reason there is', () => {
  for (const reason of REASONS) {
    const key = `reason.${reason}` as const
    expect([CATALOGUES.zh[key], CATALOGUES.en[key]]).toEqual(REASON_WORDS[reason])
  }
  const keys = Object.keys(CATALOGUES.zh).filter((key) => key.startsWith('reason.'))
  expect(keys.toSorted()).toEqual(['control', ...REASONS].map((reason) => `reason.${reason}`).toSorted())
})
