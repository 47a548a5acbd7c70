/**
 * Given and family name in each other's column: told apart only where both columns plainly differ as they stand.
 *
 * In:  the comparison of one of the two columns, whose values share a dictionary with those of the other. Out: the same, with
 *      what crosses looked at too. The given name says "swapped"; the family name counts as found in the other column.
 */
import type { Comparison, PairBatch } from './comparison.ts'
import { SELDOM } from './usual-strangers.ts'
import { INITIAL } from './value-levels.ts'
import type { ValuePairs } from './value-pairs.ts'

/** One of the two columns of names. */
interface NameColumn {
  readonly comparison: Comparison
  readonly pairs: ValuePairs
  /** Level of each value that agrees with itself. */
  readonly bin: Uint8Array
  /** Rows that hold each value. */
  readonly counts: Int32Array
  /** First level of names so unlike that they may stand in each other's column. */
  readonly differs: number
}

/** Values of a row in this column and in the other one. */
interface NamesOf {
  readonly own: (row: number) => number
  readonly other: (row: number) => number
}

/** Chances of a match to have its names swapped, and to have them swapped and written in another way. */
const USUALLY_SWAPPED = [0.02, 0.01]

/** @param cells [row × width + place] */
export function givenNameSwapped(column: NameColumn, cells: Int32Array, width: number, otherPlace: number): Comparison {
  const { comparison } = column
  const names = namesOf(cells, width, comparison.field, otherPlace)
  const swappedSame = comparison.levels.length
  return {
    ...withSwaps(column, names, (a, b, level) => {
      const swap = crossed(column, names, a, b)
      return swap === 0 ? level : swappedSame + swap - 1
    }),
    levels: [...comparison.levels, 'swapped with the family name', 'swapped, nearly'],
    usualM: [...comparison.usualM, ...USUALLY_SWAPPED],
    usualU: comparison.usualU && [...comparison.usualU, ...USUALLY_SWAPPED.map(() => SELDOM)],
    personalLevels: comparison.personalLevels + USUALLY_SWAPPED.length,
  }
}

/**
 * The given name already says "swapped"; here the names count as found in the other column. Which of the two is the family
 * name cannot be known: the one more usual in this column.
 *
 * @param cells [row × width + place]
 */
export function familyNameSwapped(
  column: NameColumn,
  cells: Int32Array,
  width: number,
  otherPlace: number,
): Comparison {
  const { comparison, pairs, bin, counts } = column
  const initial = initialIn(comparison)
  const names = namesOf(cells, width, comparison.field, otherPlace)
  const { own, other } = names
  return withSwaps(column, names, (a, b, level) => {
    if (crossed(column, names, a, b) === 0) return level
    const [x, y, z, w] = [own(a), other(b), own(b), other(a)]
    if (x === y && z === w) return bin[counts[x] >= counts[z] ? x : z]
    if (x === y && pairs.between(z, w) === initial) return bin[x]
    if (z === w && pairs.between(x, y) === initial) return bin[z]
    return Math.max(x === y ? 0 : pairs.between(x, y), z === w ? 0 : pairs.between(z, w))
  })
}

function namesOf(cells: Int32Array, width: number, place: number, otherPlace: number): NamesOf {
  return { own: (row) => cells[row * width + place], other: (row) => cells[row * width + otherPlace] }
}

/** The level of a name beside the same name, of which one is written as its initial. */
function initialIn({ exactCount }: Comparison): number {
  return exactCount + 1 + INITIAL
}

/** 0 where the names do not agree crosswise, 1 where both are the same so, 2 where they are nearly. */
function crossed({ comparison, pairs }: NameColumn, { own, other }: NamesOf, a: number, b: number): 0 | 1 | 2 {
  const closest = comparison.exactCount + 2
  const initial = initialIn(comparison)
  const [x, y, z, w] = [own(a), other(b), other(a), own(b)]
  if (x === 0 || y === 0 || z === 0 || w === 0) return 0
  const first = x === y ? 1 : pairs.between(x, y)
  const second = z === w ? 1 : pairs.between(z, w)
  // J Smith and Smith James: an initial beside the very same name.
  if ((first === initial && z === w) || (second === initial && x === y)) return 2
  if (first > closest || second > closest) return 0
  return first === 1 && second === 1 ? 1 : 2
}

/** The comparison of a column, and where its values differ what `swapped` says of the pair. */
function withSwaps(
  { comparison, pairs, differs }: NameColumn,
  { own, other }: NamesOf,
  swapped: (a: number, b: number, level: number) => number,
): Comparison {
  return {
    ...comparison,
    levelOf: (a, b) => {
      const level = comparison.levelOf(a, b)
      return level < differs ? level : swapped(a, b, level)
    },
    fillLevels: (batch: PairBatch, column: number, columns: number) => {
      comparison.fillLevels(batch, column, columns)
      for (let i = 0; i < batch.count; i++) {
        const level = batch.levels[i * columns + column]
        if (level < differs) continue
        const a = batch.left[i]
        const b = batch.right[i]
        // Nearly all names are apart crosswise too, and that is soon seen.
        if (pairs.areApart(own(a), other(b)) || pairs.areApart(other(a), own(b))) continue
        batch.levels[i * columns + column] = swapped(a, b, level)
      }
    },
  }
}
