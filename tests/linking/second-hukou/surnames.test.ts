import { expect, test } from 'vitest'
import { Surnames } from '../../../src/linking/second-hukou/surnames.ts'
import { checkDigit } from '../../../src/normalise/id-number.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'

const numberOf = (birth: string, serial: number): string => {
  const digits = `513027${birth}${String(serial).padStart(3, '0')}`
  return digits + checkDigit(digits)
}

const row = (k: number, name: string, more: Partial<RowText> = {}): RowText => ({
  register: 'police',
  id: `P${k}`,
  name,
  sex: '2',
  birth_date: '19730602',
  id_number: numberOf('19730602', k),
  area_code: `51302710${k % 9}20${k % 7}`,
  household_no: `H${k}`,
  status: '0',
  record_flag: '1',
  reversal_flag: '0',
  ...more,
})

test('a father is one of the people of his child’s surname, one of those called so where the child is called after him, else one of all', () => {
  const { table } = buildTable([
    row(1, '林文黛'),
    row(2, '林志伟'),
    row(3, '林志伟', { record_flag: '0' }),
    row(4, '何志伟'),
    row(5, '亚森·玉素甫'),
    row(6, '玉素甫·肉孜'),
    row(7, '玉素甫·买买提'),
    row(8, '肉孜·玉素甫'),
  ])
  const token = (name: number, n: number): number => {
    const parts = table.names.text(name).split('·')
    return parts.length < 2 ? 0 : (parts[n].codePointAt(0) ?? 0)
  }
  // The first character stands for the sound of the surname, and for a part of a dotted name, which has no surname.
  const surnameSound = (name: number): number =>
    token(name, 0) === 0 ? (table.names.text(name).codePointAt(0) ?? 0) : 0
  const surnames = new Surnames(table, {
    surnameSound,
    haveOneSurname: (a, b) => surnameSound(a) !== 0 && surnameSound(a) === surnameSound(b),
    names: { firstTokenHash: (name) => token(name, 0), secondTokenHash: (name) => token(name, 1) },
  })
  const nameOf = (id: number): number =>
    table.columns.name[[...Array(8).keys()].find((r) => table.recordId(r) === `P${id}`) ?? -1]
  expect(surnames.shareOf(nameOf(1), nameOf(2))).toBeCloseTo((2 + 10) / (7 + 200), 9)
  expect(surnames.shareOf(nameOf(1), nameOf(4))).toBe(1)
  expect(surnames.shareOf(nameOf(5), nameOf(6))).toBeCloseTo((2 + 10) / (7 + 200), 9)
  expect(surnames.shareOf(nameOf(8), nameOf(7))).toBeCloseTo((2 + 10) / (7 + 200), 9)
  expect(surnames.shareOf(nameOf(5), nameOf(8))).toBe(1)
})

test('two women of one name whose fathers have one name are asked about, not linked: cousins of a clan', async () => {
  // As many men of either father's name, and thirty more of the clan.
  const men = ['林志伟', '潘志伟'].flatMap((name, n) =>
    Array.from({ length: 12 }, (_, k) => row(10 + 20 * n + k, name, { sex: '1' })),
  )
  const clan = Array.from({ length: 30 }, (_, k) =>
    row(60 + k, `林${'一二三四五六七八九十'[k % 10]}${'山水木火土'[k % 5]}`),
  )
  const twice = (surname: string): RowText[] => [
    row(1, '林文黛', { father_name: `${surname}志伟` }),
    row(2, '林文黛', {
      father_name: `${surname}志伟`,
      birth_date: '19750513',
      id_number: numberOf('19750513', 2),
    }),
  ]
  const cousins = await linkRows([...men, ...clan, ...twice('林')])
  expect(cousins.groups).toEqual([])
  const other = await linkRows([...men, ...clan, ...twice('潘')])
  expect(other.groups).toEqual(['police:P1 police:P2'])
})
