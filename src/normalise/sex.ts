/**
 * Sex (GB/T 2261.1): the text of a cell → 0 unknown, 1 male, 2 female.
 */
import { foldCode, withoutFloatTail } from './cell-text.ts'

const SEXES: Readonly<Record<string, number>> = {
  '1': 1,
  '01': 1,
  男: 1,
  男性: 1,
  '1男': 1,
  '1.男': 1,
  M: 1,
  MALE: 1,
  '2': 2,
  '02': 2,
  女: 2,
  女性: 2,
  '2女': 2,
  '2.女': 2,
  F: 2,
  FEMALE: 2,
}

export function parseSex(text: string): number {
  return SEXES[withoutFloatTail(foldCode(text)).toUpperCase()] ?? 0
}
