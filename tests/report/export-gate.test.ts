import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BiduiError } from '../../src/errors.ts'
import { admitsFinding, admitsRecord, completeExportOrder, noticeOf } from '../../src/report/export-gate.ts'

const order = (addressee: string) => completeExportOrder({ addressee, purpose: '比对复查', authorisation: '7号' })

test('an export without purpose or authorisation is refused with both named', () => {
  expect(() => completeExportOrder({ purpose: ' ', authorisation: '' })).toThrow(/--purpose.*--authorisation/)
  expect(() => completeExportOrder({ purpose: '比对复查' })).toThrow(BiduiError)
  expect(() => completeExportOrder({ addressee: 'bank', purpose: 'a', authorisation: 'b' })).toThrow(
    /census, police, health/,
  )
})

test('nothing that rests on a census row leaves the census office, whatever its lineage claims', () => {
  const key = fc
    .tuple(fc.constantFrom('police', 'census', 'census_deaths', 'births', 'deaths'), fc.nat(99))
    .map(([r, n]) => `${r}:${n}`)
  fc.assert(
    fc.property(
      fc.constantFrom('police', 'health'),
      fc.constantFrom('adm', 'cen'),
      fc.array(key, { minLength: 1 }),
      (to, lineage, records) => {
        if (admitsFinding(order(to), { code: 'x', lineage, records })) {
          expect(lineage).toBe('adm')
          expect(records.every((record) => !record.startsWith('census'))).toBe(true)
        }
      },
    ),
  )
})

test('the police get an adm finding, the census office gets all, health only what concerns its certificates', () => {
  const hukou = { code: 'double-hukou', lineage: 'adm', records: ['police:1', 'police:2'] }
  const death = { code: 'dead-not-cancelled', lineage: 'adm', records: ['police:1', 'deaths:2'] }
  expect(admitsFinding(order('police'), hukou)).toBe(true)
  expect(admitsFinding(order('health'), hukou)).toBe(false)
  expect(admitsFinding(order('health'), death)).toBe(true)
  expect(admitsFinding(order('census'), { ...hukou, lineage: 'cen', records: ['census:1'] })).toBe(true)
  expect(admitsRecord(order('police'), 'census_deaths:1')).toBe(false)
})

test('purpose, authorisation and the notice stand in one line', () => {
  expect(noticeOf(order('census'))).toBe(
    '用途：比对复查　授权编号：7号　接收：人口普查办公室　仅供普查核查使用，不得对外提供',
  )
})
