/**
 * Type of household: 0 unknown, 1 family 家庭户, 2 collective 集体户. Census H1 codes and police words.
 */
import { foldCode, withoutFloatTail } from './cell-text.ts'

export function parseHouseholdType(text: string): number {
  const folded = withoutFloatTail(foldCode(text))
  if (folded === '1' || folded === '01') return 1
  if (folded === '2' || folded === '02') return 2
  if (folded.includes('集体')) return 2
  if (folded.includes('家庭') || folded === '普通户' || folded === '居民户') return 1
  return 0
}
