/** What the dead say whom nobody had named. */
import { expect, test } from 'vitest'
import { UnnamedDead } from '../../../src/linking/births-deaths/unnamed-dead.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'

const form = (id: string, name: string, more: Record<string, string> = {}): RowText => ({
  register: 'census_deaths',
  id,
  name,
  death_month: '202001',
  ...more,
})
const certificate = (id: string, name: string, birth: string): RowText => ({
  register: 'deaths',
  id,
  name,
  birth_date: birth,
  death_date: '20200108',
})
const INFANT = '20191201'
/** Thirty of the dead of old age, one infant who has a name. */
const OTHERS = [
  ...Array.from({ length: 30 }, (_, i) => certificate(`Z${i}`, '刘海', '19400101')),
  certificate('N', '刘明', INFANT),
]

function weigh(of: RowText, other: RowText): number {
  const { table, rowOf } = buildTable([of, other, ...OTHERS])
  const rows = Array.from({ length: table.rows }, (_, row) => row)
  return new UnnamedDead(table, rows).weigh(rowOf(`census_deaths:${of.id}`), rowOf(`deaths:${other.id}`))
}

test('a form without a name and a birth is an infant’s rather than an adult’s', () => {
  // One of the unnamed has a birth, and is an infant: 20 of 21 are believed to be; 2 of 32 dead are.
  const infant = weigh(form('F', '未取名'), certificate('D', '未取名', INFANT))
  expect(infant).toBe(Math.round(1000 * Math.log2(((20 / 21) * 32) / 2)))
  expect(weigh(form('F', '未取名'), certificate('D', '刘波', '19500101'))).toBeLessThan(-4000)
})

test('a form with a name is seldom that of an infant whom the certificate leaves unnamed', () => {
  // Named: 30 of old age and one infant, beside 39 and 1 that are believed in.
  const named = weigh(form('F', '刘波'), certificate('D', '未取名', INFANT))
  expect(named).toBe(Math.round(1000 * Math.log2(((2 / 71) * 32) / 2)))
})

test('two names, a birth or an age say themselves who it may be', () => {
  expect(weigh(form('F', '刘波'), certificate('D', '刘小波', INFANT))).toBe(0)
  expect(weigh(form('F', '未取名', { birth_month: '201912' }), certificate('D', '未取名', INFANT))).toBe(0)
  expect(weigh(form('F', '未取名', { age: '1' }), certificate('D', '未取名', INFANT))).toBe(0)
})

test('two rows called after one parent are one infant’s, after two parents they seldom are', () => {
  const unnamed = weigh(form('F', '未取名'), certificate('D', '李娟之子', INFANT))
  const same = weigh(form('F', '李娟之子'), certificate('D', '李娟之子', INFANT))
  expect(same - unnamed).toBe(Math.round(1000 * Math.log2(0.7 * 2)))
  const other = weigh(form('F', '王梅之子'), certificate('D', '李娟之子', INFANT))
  expect(other - unnamed).toBe(Math.round(1000 * Math.log2(0.3)))
})
