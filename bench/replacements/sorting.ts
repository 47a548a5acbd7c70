/** Rows by a 32-bit key: the radix sort beside what the language has, with a comparator and without one. */
import { ascending, RadixSorter } from '../../src/blocking/radix-sort.ts'
import { Chance } from '../accuracy/tables/words.ts'
import { type Contest, sha256 } from './contest.ts'

const ROWS = 1_600_000
/** Blocks: a key is borne by four rows, as that of a household is. */
const KEYS = ROWS / 4

export function sorting(): readonly Contest[] {
  const chance = new Chance(1)
  const keys = Int32Array.from({ length: ROWS }, () => Math.imul(chance.below(KEYS) + 1, 0x9e3779b1))
  const unsigned = Uint32Array.from(keys)
  const sorter = new RadixSorter(ROWS)
  const byHand = (): Int32Array => {
    const rows = ascending(ROWS)
    sorter.sort(keys.slice(), rows, ROWS)
    return rows
  }
  const byComparator = (): Int32Array => ascending(ROWS).sort((a, b) => unsigned[a] - unsigned[b] || a - b)
  // Key and row in the 53 bits of one number: sorted as numbers, no comparator is called.
  const asNumbers = (): Int32Array =>
    Int32Array.from(Float64Array.from(unsigned, (key, row) => key * 2 ** 21 + row).sort(), (both) => both % 2 ** 21)
  const contest = { part: 'blocking/radix-sort.ts', work: 'rows by a key', units: ROWS, byHand, digest: sha256 }
  return [
    { ...contest, instead: 'TypedArray.sort with a comparator', byLibrary: byComparator },
    { ...contest, instead: 'TypedArray.sort of key and row as one number', byLibrary: asNumbers },
  ]
}
