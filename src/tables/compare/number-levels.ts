/**
 * How near two different numbers of one column are: measured against how far apart the column's numbers lie.
 *
 * In:  two value numbers of a number field, never equal, never 0. Out: the place in `levels`, the last being "differs".
 * Two coordinates a tenth apart are strangers, two heights in metres are not: so nearness is a part of the middle half of the
 * column's range. Who counts in milliseconds and who in seconds say the same in another unit.
 */
import { editDistance } from './distances.ts'
import type { Field } from '../fields/fields.ts'
import { Spelling } from './spelling.ts'
import { type DistinctLevels, level } from './value-levels.ts'

/** Parts of the middle half of a column's range within which two measurements are nearly the same, or near. */
const NEARLY = 0.002
const NEAR = 0.02
/** Beside this part of that range one is little. */
const ONE_IN = 0.25
/** One counts in thousandths, in sixtieths of what the other counts in: milliseconds, grams, minutes. */
const UNITS = [1000, 60, 60_000]
const UNIT_SLACK = 0.01
/** Two shops ask a tenth more or less for one thing, some a third; strangers ask anything. */
const TENTH = 0.1
const THIRD = 1 / 3

export class NumberLevels implements DistinctLevels {
  readonly levels = [
    level('nearly the same', 0.02),
    level('one more or less', 0.02),
    level('one digit off', 0.04),
    level('the same in another unit', 0.01),
    level('near', 0.02),
    level('within a tenth', 0.02),
    level('within a third', 0.02),
    level('differs', 0.03),
  ]
  readonly differs = 7
  readonly isCheap = false
  private readonly spelling: Spelling
  private readonly numbers: Float64Array
  private readonly spread: number
  private readonly isOneLittle: boolean

  constructor(field: Field) {
    this.spelling = new Spelling(field.dictionary)
    this.numbers = Float64Array.from(field.dictionary, (text) => Number(text))
    this.spread = spreadOf(this.numbers, field)
    // Of what is counted one is the least there is. Of what is measured it may be all there is: points of one town, strengths.
    this.isOneLittle = areMostlyWhole(this.numbers, field) || ONE_IN * this.spread >= 1
  }

  plainlyDiffer(): boolean {
    return false
  }

  levelOf(u: number, v: number): number {
    const [x, y] = [this.numbers[u], this.numbers[v]]
    const gap = Math.abs(x - y)
    if (gap <= NEARLY * this.spread) return 0
    if (gap <= 1 && this.isOneLittle) return 1
    const a = this.spelling.of(u, 0)
    const b = this.spelling.of(v, 1)
    if (Math.max(a.length, b.length) >= 2 && editDistance(a, b, 1) <= 1) return 2
    const [least, most] = [Math.min(Math.abs(x), Math.abs(y)), Math.max(Math.abs(x), Math.abs(y))]
    if (x * y > 0 && UNITS.some((unit) => Math.abs(most - unit * least) <= UNIT_SLACK * most)) return 3
    if (gap <= NEAR * this.spread) return 4
    return gap <= TENTH * most ? 5 : gap <= THIRD * most ? 6 : 7
  }
}

function areMostlyWhole(numbers: Float64Array, { counts, known }: Field): boolean {
  let whole = 0
  for (let id = 1; id < numbers.length; id++) if (Number.isInteger(numbers[id])) whole += counts[id]
  return 2 * whole >= known
}

/** Width of the middle half of a column's values. */
function spreadOf(numbers: Float64Array, { counts, known }: Field): number {
  const order = Array.from({ length: numbers.length - 1 }, (_, i) => i + 1).sort((i, j) => numbers[i] - numbers[j])
  let passed = 0
  let low = Number.NaN
  for (const id of order) {
    passed += counts[id]
    if (Number.isNaN(low) && passed * 4 >= known) low = numbers[id]
    if (passed * 4 >= known * 3) return numbers[id] - low
  }
  return 0
}
