/** What tonight's files lack beside last night's: a forgotten file is no thousand missing people. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lossWarning, rowLosses, type RowsByTownship } from '../../src/report/row-losses.ts'

const LAST: RowsByTownship = {
  police: { '': 3, '513027101': 2000, '513027102': 1500, '513027103': 12, '513027104': 4 },
  census: { '513027101': 2100, '513027102': 1400 },
  births: { '': 31 },
}

function lost(tonight: RowsByTownship, last = LAST) {
  return rowLosses(last, tonight).map(({ code, register, township, before, now }) =>
    [code, register, township, `${before}→${now}`].filter(Boolean).join(' '),
  )
}

test('the same rows, more rows and a few rows less are no loss', () => {
  expect(lost(LAST)).toEqual([])
  expect(lost({ ...LAST, census: { '513027101': 1681, '513027102': 9999, '513027199': 1 } })).toEqual([])
  expect(lost({ ...LAST, police: { ...LAST.police, '513027103': 8, '513027104': 0 } })).toEqual([])
})

test('a register, a township, more than a fifth of a township: each is named with its rows, the heaviest first', () => {
  expect(
    lost({
      police: { ...LAST.police, '513027101': 1599, '513027103': 0 },
      census: { '513027101': 2100 },
    }),
  ).toEqual([
    'E141 census 513027102 1400→0',
    'E142 police 513027101 2000→1599',
    'E140 births 31→0',
    'E141 police 513027103 12→0',
  ])
})

test('a loss spread so thinly that no township shows it is the register’s; rows that no longer name a township too', () => {
  const thin = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`51302710${n}`, 15]))
  const half = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`51302710${n}`, 8]))
  expect(lost({ census: half }, { census: thin })).toEqual(['E142 census 135→72'])
  expect(lost({ births: { '': 1 } }, { births: { '': 31 } })).toEqual(['E142 births 31→1'])
})

test('what the operator is told: township, register, rows of both nights, what to do', () => {
  const [loss] = rowLosses(LAST, { ...LAST, census: { '513027101': 2100 } })
  const { code, file, message } = lossWarning(loss, 'run-1124')
  expect([code, file]).toEqual(['E141', 'run-1124'])
  expect(message).toContain('普查短表 乡镇 513027102 整个乡镇缺失(上次 1,400 行 → 本次 0 行)')
  expect(message).toContain('township 513027102: the township is missing (1,400 rows last time, 0 now)')
  expect(message).toContain('run again')
})

const nights = fc.dictionary(
  fc.constantFrom('police', 'census', 'births'),
  fc.dictionary(fc.constantFrom('', '513027101', '513027102', '513027103'), fc.nat(300)),
)

test('a loss is always of rows that were there; who lost nothing is never named', () =>
  fc.assert(
    fc.property(nights, nights, (last, tonight) => {
      for (const { register, township, before, now } of rowLosses(last, tonight)) {
        expect(before).toBeGreaterThan(now)
        if (township !== '')
          expect([last[register][township], tonight[register]?.[township] ?? 0]).toEqual([before, now])
      }
      expect(rowLosses(tonight, tonight)).toEqual([])
    }),
  ))
