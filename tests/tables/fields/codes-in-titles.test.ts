import { describe, expect, test } from 'vitest'
import { fillCodes } from '../../../src/tables/fields/codes-in-titles.ts'
import { buildFields } from '../../../src/tables/fields/fields.ts'
import { tableFromRows } from '../../../src/tables/read/read-table.ts'
import { completeSpec } from '../../../src/tables/spec/spec.ts'

type Row = Record<string, string>

/** Goods with a model each; `share` of them repeat it in the title. */
const shelf = (count: number, share: number): Row[] =>
  Array.from({ length: count }, (_, n) => {
    const model = `abc${1000 + n}`
    return {
      id: `s${n}`,
      title: `${n < share * count ? `${model} ` : ''}lamp ${'red blue oak tin'.split(' ')[n % 4]} ${n}`,
      modelno: model,
    }
  })

function codesOf(rows: readonly Row[], kind = 'code'): Record<string, string> {
  const table = tableFromRows('shelf', rows)
  const spec = completeSpec({ id: 'id', columns: { title: 'text', modelno: kind } })
  const { fields, recordIds } = buildFields(table, undefined, spec)
  const place = fields.findIndex(({ name }) => name === 'modelno')
  const field = fillCodes(fields)[place]
  const counted = Int32Array.from(field.dictionary, () => 0)
  for (const id of field.ids) counted[id]++
  expect([...field.counts]).toEqual([...counted])
  expect(field.known).toBe(rows.length - counted[0])
  expect([...field.dictionary]).toEqual([...field.dictionary].sort())
  return Object.fromEntries(recordIds.map((id, row) => [id, field.dictionary[field.ids[row]]]))
}

const asked = (title: string, share = 0.5) => codesOf([...shelf(40, share), { id: 'asked', title, modelno: '' }]).asked

/** The same shelf with codes of five digits. */
const numbered = shelf(40, 0.5).map((row): Row => {
  const code = `5${row.modelno.slice(3)}`
  return { id: row.id, title: row.title.replace(row.modelno, code), modelno: code }
})

describe('a row without a code has the one in its title', () => {
  test('when it is one of the column', () => expect(asked('oak lamp abc1007 large')).toBe('abc1007'))
  test('when it is written in two words', () => expect(asked('oak lamp abc 1007 large')).toBe('abc1007'))
  test('when it is written as the codes are and nobody else has it', () =>
    expect(asked('oak lamp xyz4711')).toBe('xyz4711'))
  test('when codes are numbers and it is as long as they are', () =>
    expect(codesOf([...numbered, { id: 'asked', title: 'oak lamp 47110', modelno: '' }]).asked).toBe('47110'))
})

describe('a row stays without one', () => {
  test('when two are in its title', () => expect(asked('lamp abc1007 or abc1008')).toBe(''))
  test('when the word is written otherwise', () => expect(asked('oak lamp 16gb')).toBe(''))
  test('when a number is short: a year or a size sooner than a code', () =>
    expect(codesOf([...numbered, { id: 'asked', title: 'oak lamp 4711', modelno: '' }]).asked).toBe(''))
  test('when codes do not stand in titles', () => expect(asked('oak lamp abc1007', 0.02)).toBe(''))
  test('when there is none', () => expect(asked('oak lamp')).toBe(''))
  test('when many titles have that word: a word of the trade, not a model', () => {
    const rows = Array.from({ length: 5 }, (_, n) => ({ id: `t${n}`, title: `lamp usb3000 ${n}`, modelno: '' }))
    const codes = codesOf([...shelf(40, 0.5), ...rows])
    expect(rows.map(({ id }) => codes[id])).toEqual(['', '', '', '', ''])
  })
})

test('a code that is there stays, whatever the title says', () =>
  expect(codesOf([...shelf(40, 0.5), { id: 'asked', title: 'lamp abc1007', modelno: 'abc1008' }]).asked).toBe(
    'abc1008',
  ))
test('columns of other kinds are left alone', () =>
  expect(codesOf([...shelf(40, 0.5), { id: 'asked', title: 'lamp abc1007', modelno: '' }], 'category').asked).toBe(''))
