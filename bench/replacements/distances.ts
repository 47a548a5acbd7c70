/** How far two words are apart: on code points in reused arrays, beside the library's functions of two strings. */
import { createRequire } from 'node:module'
import { codePoints, editDistance, LETTERS_MOST, jaroWinkler } from '../../src/tables/compare/distances.ts'
import { Chance, slip, Vocabulary } from '../accuracy/tables/words.ts'
import { type Contest, sha256 } from './contest.ts'

const PAIRS = 200_000
const WORDS = 4000
/** Likenesses are held against each other to so many places: sums are added in another order. */
const MILLIONTHS = 1e6

// By file: the package as a whole reads an environment file and says so.
const library = createRequire(import.meta.url)
const { DamerauLevenshteinDistance } = library('natural/lib/natural/distance/levenshtein_distance') as {
  DamerauLevenshteinDistance(this: void, a: string, b: string, options: { readonly restricted: boolean }): number
}
const JaroWinklerDistance = library('natural/lib/natural/distance/jaro-winkler_distance') as (
  a: string,
  b: string,
) => number

export function distances(): readonly Contest[] {
  const chance = new Chance(3)
  const { words } = new Vocabulary(chance, WORDS)
  // Of two words that come to be compared one in two is the other, misspelt.
  const pairs = Array.from({ length: PAIRS }, () => {
    const word = chance.pick(words)
    return [word, chance.happens(0.5) ? slip(chance, word) : chance.pick(words)] as const
  })
  const points = pairs.map(([a, b]) => [codePoints(a), codePoints(b)] as const)
  const common = { part: 'tables/compare/distances.ts', work: 'pairs of words', units: PAIRS, digest: sha256 }
  return [
    {
      ...common,
      instead: 'natural, Damerau–Levenshtein',
      byHand: () => Int32Array.from(points, ([a, b]) => editDistance(a, b, LETTERS_MOST)),
      byLibrary: () => Int32Array.from(pairs, ([a, b]) => DamerauLevenshteinDistance(a, b, { restricted: true })),
    },
    {
      ...common,
      instead: 'natural, Jaro–Winkler',
      byHand: () => Int32Array.from(points, ([a, b]) => Math.round(jaroWinkler(a, b) * MILLIONTHS)),
      byLibrary: () => Int32Array.from(pairs, ([a, b]) => Math.round(JaroWinklerDistance(a, b) * MILLIONTHS)),
    },
  ]
}
