/** Where newcomers come from, with their numbers looked at and without. */
import { describe, expect, test } from 'vitest'
import { ORIGIN, Origins } from '../../../src/linking/leftovers/origins.ts'
import { checkDigit } from '../../../src/normalise/id-number.ts'
import { buildTable } from '../../support/build-table.ts'
import { census } from '../../support/village-rows.ts'

const far = (county: string): string => {
  const digits = `${county}19900101234`.slice(0, 17)
  return digits + checkDigit(digits)
}
const elsewhere = { hukou_place: '4' }

/** Two rows of one number, the second of which claims what `second` says. */
function originsOf(second: Record<string, string>) {
  const number = { id_number: far('610362') }
  const { table } = buildTable([
    census('C1', { name: '许少生', ...number, ...elsewhere, hukou_area_code: '610362001001' }),
    census('C2', { name: '许少生', ...number, ...elsewhere, ...second }),
  ])
  return new Origins(table, Int32Array.of(0, 1), Int32Array.of(1, 2))
}

describe('origins', () => {
  test('of two counties are partly one by the number, and differ where it is not looked at', () => {
    const origins = originsOf({ hukou_area_code: '513062001001' })
    expect(origins.numbersOf(0, 1)).toBe(2)
    expect(origins.compare(0, 1)?.level).toBe(ORIGIN.partly)
    expect(origins.compare(0, 1, [false, false])?.level).toBe(ORIGIN.differ)
  })

  test('of whom claims a hukou here stand against one elsewhere only where no number tells better', () => {
    const origins = originsOf({ hukou_place: '1', hukou_area_code: '' })
    const levels = ([true, false] as const).map((isRead) => origins.compare(0, 1, [isRead, isRead])?.level)
    expect(levels).toEqual([ORIGIN.same, ORIGIN.hereAndElsewhere])
  })

  test('of whom says no place are unknown without the number', () => {
    const origins = originsOf({ hukou_area_code: '' })
    expect(origins.compare(0, 1)?.level).toBe(ORIGIN.same)
    expect(origins.compare(0, 1, [false, false])).toBeUndefined()
  })

  test('that strangers from afar name two counties is as likely as their counties make it', () => {
    const counties = ['610362', '610362', '610362', '513062', '513062', '441581']
    const { table } = buildTable(
      counties.map((county, n) =>
        census(`C${n}`, { name: `许少${n}`, ...elsewhere, hukou_area_code: `${county}001001` }),
      ),
    )
    const rows = Int32Array.from(counties, (_, n) => n)
    const origins = new Origins(
      table,
      rows,
      rows.map((row) => row + 1),
    )
    expect(origins.compare(0, 3)).toEqual({ level: ORIGIN.differ, chance: expect.closeTo(1 - (3 * 2 + 2 * 1) / 30) })
  })
})
