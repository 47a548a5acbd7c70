/**
 * How near two days of an event are: money is sent on Friday and arrives on Monday, a film is shown a day later elsewhere.
 *
 * In:  two value numbers of a column of dates in a table without names of persons. Out: a level, as of births, but for days
 *      within a week of each other. Leaves to value-levels.ts: births, of which one day off is a slip of the pen, no other.
 */
import type { Field } from '../fields/fields.ts'
import { DateLevels, type DistinctLevels } from './value-levels.ts'

const DAY = 24 * 60 * 60 * 1000
const WEEK = 7
const USUALLY_WITHIN_A_WEEK = 0.02

export class EventDateLevels implements DistinctLevels {
  readonly levels: DistinctLevels['levels']
  readonly differs: number
  readonly isCheap = true
  private readonly asBirths: DateLevels
  /** Days since 1970; NaN where the whole date is not known. */
  private readonly days: Float64Array

  constructor(field: Field) {
    this.asBirths = new DateLevels(field)
    const { levels } = this.asBirths
    this.levels = [
      ...levels.slice(0, -1),
      { name: 'within a week', usualM: USUALLY_WITHIN_A_WEEK },
      ...levels.slice(-1),
    ]
    this.differs = this.levels.length - 1
    this.days = Float64Array.from(field.dictionary, (text) =>
      /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) / DAY : Number.NaN,
    )
  }

  plainlyDiffer(): boolean {
    return false
  }

  levelOf(u: number, v: number): number {
    if (Math.abs(this.days[u] - this.days[v]) <= WEEK) return this.differs - 1
    const level = this.asBirths.levelOf(u, v)
    return level === this.asBirths.differs ? this.differs : level
  }
}
