import { Chance, madeWord, slip } from '../../../bench/accuracy/tables/words.ts'

/** Words, their slips, initials, pairs of words, numbers, addresses, signs without spaces. */
export function manyValues(): string[] {
  const chance = new Chance(77)
  const words = Array.from({ length: 90 }, () => madeWord(chance))
  const slips = words.slice(0, 60).map((word) => slip(chance, chance.happens(0.5) ? slip(chance, word) : word))
  const pairs = words.slice(0, 15).map((word, i) => `${word} ${words[i + 20]}`)
  const starts = words.slice(0, 20).map((word) => word.slice(0, chance.between(1, 4)))
  const codes = Array.from({ length: 60 }, () => String(chance.between(1_000_000, 9_999_999)))
  const halves = codes.slice(0, 20).map((code) => `${code.slice(0, 4)}ab`)
  const odd = [
    'a@b.com',
    'ab@b.com',
    'ab12@c.com',
    '王小明',
    '王晓明',
    'émile',
    '𠮷野',
    '𠮷田',
    'x'.repeat(70),
    '7',
    '12b',
    'abc',
    'abcdefghijklmnopqrstuvwxyz',
  ]
  return [...new Set([...words, ...slips, ...pairs, ...starts, ...codes, ...halves, ...odd])].sort()
}
