/** A packed date as text. */
import { dayOf, monthOf, yearOf } from '../records/record-table.ts'

/** 2020-11-01; unknown parts are left out. */
export function dateText(packed: number): string {
  if (packed === 0) return ''
  const parts = [String(yearOf(packed)).padStart(4, '0')]
  if (monthOf(packed) !== 0) parts.push(String(monthOf(packed)).padStart(2, '0'))
  if (dayOf(packed) !== 0) parts.push(String(dayOf(packed)).padStart(2, '0'))
  return parts.join('-')
}
