/**
 * Of what age and sex strangers of one name are: names go with the years (建国, 梓涵) and with the sex.
 *
 * Two strangers drawn by chance were born in one month once in a thousand times, two of one name far oftener: beside equal names
 * an equal birth says less than it says by itself. Counted among newcomers of one name under two valid numbers, who are two people.
 *
 * In:  newcomers, groups. Out: milli-bits to add to what birth and sex of a pair of nearly one name weigh, by their levels:
 * log2(P(level | strangers) ÷ P(level | strangers of one name)).
 */
import { RadixSorter } from '../../blocking/radix-sort.ts'
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { COMPARISON, COMPARISONS } from '../../matching/comparisons.ts'
import type { CountyModel } from '../../matching/county-model.ts'
import { birthLevelOf, type Kernel, nameLevelOf, PAIR_CLASS, sexLevelOf } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { mixTriple } from '../../records/triple-dictionary.ts'
import { areTwoByNumber } from '../conflicts.ts'
import type { Groups } from '../groups.ts'

/** At each level, pairs that are believed to be as many as of any two strangers. */
const CAUTION = 4
/** So many pairs are enough to count: of more, as many are drawn, by their rows. */
const PAIRS_MAX = 100_000
/** Of a name that more bear than this, the first ones (the oldest) would outnumber all other names. */
const BEARERS_MAX = 256
/** Levels that say one year: a name does not choose the month, so they are counted together. */
const ONE_YEAR: readonly number[] = [
  BIRTH_LEVEL.dateEqual,
  BIRTH_LEVEL.monthKnown,
  BIRTH_LEVEL.monthEqual,
  BIRTH_LEVEL.lunar,
  BIRTH_LEVEL.yearEqual,
]

export class Namesakes {
  /** Milli-bits by level. */
  private readonly birth: readonly number[]
  private readonly sex: readonly number[]

  constructor(table: RecordTable, kernel: Kernel, groups: Groups, model: CountyModel, rows: Int32Array) {
    const birth = new Float64Array(COMPARISONS[COMPARISON.birth].levels)
    const sex = new Float64Array(COMPARISONS[COMPARISON.sex].levels)
    forTwoOfOneName(table, kernel, rows, (left, right) => {
      if (!areTwoByNumber(groups, table.columns.idNo, left, right)) return
      const pattern = kernel.compare(Math.min(left, right), Math.max(left, right))
      birth[birthLevelOf(pattern)]++
      sex[sexLevelOf(pattern)]++
    })
    const { u } = model.classes[PAIR_CLASS.censusCensus]
    this.birth = correct(birth, u[COMPARISON.birth], ONE_YEAR)
    this.sex = correct(sex, u[COMPARISON.sex], [])
  }

  /** Milli-bits; 0 where the names are not nearly one. */
  weightOf(pattern: number): number {
    const name = nameLevelOf(pattern)
    if (name === NAME_LEVEL.missing || name > NAME_LEVEL.fuzzySound) return 0
    return this.birth[birthLevelOf(pattern)] + this.sex[sexLevelOf(pattern)]
  }
}

/** @param together levels that are counted as one */
function correct(counts: Float64Array, usual: readonly number[], together: readonly number[]): number[] {
  const known = (shares: ArrayLike<number>): number => sumOf(shares) - shares[SEX_LEVEL.missing]
  const [all, allUsual] = [known(counts), known(usual)]
  return usual.map((u, level) => {
    // Level 0 of every comparison: missing.
    if (level === 0 || allUsual <= 0) return 0
    const isTogether = together.includes(level)
    const share = (isTogether ? sumAt(usual, together) : u) / allUsual
    const seen = isTogether ? sumAt(counts, together) : counts[level]
    return milliBits((share * all + CAUTION) / (seen + CAUTION))
  })
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < values.length; k++) sum += values[k]
  return sum
}

function sumAt(values: ArrayLike<number>, levels: readonly number[]): number {
  return levels.reduce((sum, level) => sum + values[level], 0)
}

/** Calls `see` with pairs of rows of one name, however it is written; of very many with some of them. */
function forTwoOfOneName(
  table: RecordTable,
  kernel: Kernel,
  rows: Int32Array,
  see: (left: number, right: number) => void,
): void {
  const { name } = table.columns
  const order = rows.filter((row) => name[row] !== 0)
  const keys = order.map((row) => kernel.nameKey(name[row]))
  new RadixSorter(order.length).sort(keys, order, order.length)
  const names: (readonly [start: number, end: number])[] = []
  let pairs = 0
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && keys[end] === keys[start]) end++
    const bearers = end - start
    if (bearers < 2 || bearers > BEARERS_MAX) continue
    names.push([start, end])
    pairs += (bearers * (bearers - 1)) / 2
  }
  const oneIn = Math.max(1, Math.ceil(pairs / PAIRS_MAX))
  for (const [start, end] of names)
    for (let i = start; i < end; i++)
      for (let k = i + 1; k < end; k++)
        if (oneIn === 1 || (mixTriple(order[i], order[k], 0) >>> 0) % oneIn === 0) see(order[i], order[k])
}
