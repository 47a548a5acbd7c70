import { expect, test } from 'vitest'
import { Surnames } from '../../../src/linking/second-hukou/surnames.ts'
import type { Kernel } from '../../../src/matching/kernel.ts'
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

test('a father is one of the people of his child’s surname, and one of all where he bears another', () => {
  const { table } = buildTable([
    row(1, '林文黛'),
    row(2, '林志伟'),
    row(3, '林志伟', { record_flag: '0' }),
    row(4, '何志伟'),
  ])
  // The first character stands for the sound of the surname.
  const surnameSound = (name: number): number => table.names.text(name).codePointAt(0) ?? 0
  const haveOneSurname = (a: number, b: number): boolean => surnameSound(a) === surnameSound(b)
  const surnames = new Surnames(table, { surnameSound, haveOneSurname } as unknown as Kernel)
  const nameOf = (id: number): number =>
    table.columns.name[[...Array(4).keys()].find((r) => table.recordId(r) === `P${id}`) ?? -1]
  expect(surnames.shareOf(nameOf(1), nameOf(2))).toBeCloseTo((2 + 10) / (3 + 200), 9)
  expect(surnames.shareOf(nameOf(1), nameOf(4))).toBe(1)
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
