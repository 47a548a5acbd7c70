/**
 * The twin whose own police row is missing.
 *
 * A census row of nearly the name, the birth and the home of a police row is that person's, written wrongly; or it is his
 * twin's, who has no row in the police register. Comparing cannot tell: twins share surname, birth, parents and home. Where
 * every row has its partner the twin's is met as well and takes it; the fewer people stand in both registers, the more
 * twins stand there alone. With q the share of rows that must have a police row and have none, t the share of police rows with a
 * twin of such a name and sex, and m that a name and a sex are written so of one person, the odds of the twin to the slip are
 *
 *     q · t ÷ ((1 − q) · m)
 *
 * In:  the police register (t is counted: rows of one household and one date), the model, who must have a partner. Out: those odds.
 */
import { ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { COMPARISON } from '../../matching/comparisons.ts'
import type { CountyModel } from '../../matching/county-model.ts'
import { EXPECTS } from '../../matching/expected-partners.ts'
import { idLevelOf, type Kernel, nameLevelOf, PAIR_CLASS, pairClassOf, sexLevelOf } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { dayOf, ID_KIND, type RecordTable } from '../../records/record-table.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'

/** Police rows believed in before any is counted: one in a hundred has a twin, seven in ten of them of its sex. */
const CAUTION = 300
const USUAL_TWINS = 0.01
const USUAL_SEX = [1, 0.7, 0.3]
/** How twins are named: mostly one surname and one character in common. */
const USUAL_NAMES = [0, 0, 0, 0.03, 0.02, 0.03, 0.02, 0.03, 0.45, 0.02, 0.25, 0.15]
/** So many rows with a number tell how many have no police row; else λ does. */
const NUMBERED_MIN = 500
/** Rows with a partner that are believed in before λ is asked: of a handful it says nothing. */
const FOUND = 200
/** People of one date in a larger household, a dormitory, are no twins. */
const ONE_DATE_MAX = 4

/** What the layers ask of it. */
export type TwinOdds = Pick<UnseenTwins, 'oddsOf'>

export class UnseenTwins {
  /** Odds by name level and sex level. */
  private readonly odds: readonly (readonly number[])[]
  private readonly hasTwin: Uint8Array

  /** @param expects EXPECTS bits of each row */
  constructor(table: RecordTable, kernel: Kernel, model: CountyModel, expects: Uint8Array) {
    this.hasTwin = new Uint8Array(table.starts[POLICE + 1])
    const shares = this.countTwins(table, kernel)
    const { m } = model.classes[PAIR_CLASS.policeCensus]
    // Where many police rows have no number those of the census find less than there is: the model has looked at that.
    const q = Math.min(0.99, missingShare(table, model, expects), model.unmatched[0])
    this.odds = shares.map((bySex, name) =>
      bySex.map((share, sex) =>
        name < NAME_LEVEL.homophone
          ? 0
          : (q * share) /
            ((1 - q) * m[COMPARISON.name][name] * (sex === SEX_LEVEL.missing ? 1 : m[COMPARISON.sex][sex])),
      ),
    )
  }

  /** Odds that the census row is a twin's, relative to its being the police row's; 0 where a number or a twin in the register tells. */
  oddsOf(police: number, pattern: number): number {
    if (pairClassOf(pattern) !== PAIR_CLASS.policeCensus || idLevelOf(pattern) !== ID_LEVEL.missing) return 0
    return this.hasTwin[police] === 1 ? 0 : this.odds[nameLevelOf(pattern)][sexLevelOf(pattern)]
  }

  /** Marks police rows with a twin; returns their share by name level and sex level. */
  private countTwins({ columns, starts }: RecordTable, kernel: Kernel): number[][] {
    const { birth, household } = columns
    const counts = USUAL_NAMES.map((named) => USUAL_SEX.map((share) => CAUTION * USUAL_TWINS * named * share))
    let rows = CAUTION
    // Rows lie by birth: those of one date are neighbours.
    for (let from = starts[POLICE], to = from; from < starts[POLICE + 1]; from = to) {
      const houses = new Map<number, number[]>()
      for (to = from; to < starts[POLICE + 1] && birth[to] === birth[from]; to++) {
        if (dayOf(birth[to]) === 0 || household[to] === 0 || !isActive(columns, to)) continue
        rows++
        const house = houses.get(household[to])
        if (house === undefined) houses.set(household[to], [to])
        else house.push(to)
      }
      for (const house of houses.values())
        if (house.length <= ONE_DATE_MAX) this.countHouse(columns, kernel, house, counts)
    }
    return counts.map((bySex) => bySex.map((count) => count / rows))
  }

  /** Those of one household born on one date: who has another name beside him is a twin. */
  private countHouse(
    { name, sex, idNo, idKind }: RecordTable['columns'],
    kernel: Kernel,
    house: readonly number[],
    counts: readonly number[][],
  ): void {
    for (const a of house)
      for (const b of house) {
        const level = a === b ? 0 : kernel.nameLevel(name[a], name[b])
        if (level < NAME_LEVEL.homophone) continue
        // One number under two names: an entry made twice, the name misread once.
        if (idNo[a] === idNo[b] && idKind[a] === ID_KIND.valid) continue
        this.hasTwin[a] = 1
        counts[level][SEX_LEVEL.missing]++
        if (sex[a] !== 0 && sex[b] !== 0) counts[level][sex[a] === sex[b] ? SEX_LEVEL.equal : SEX_LEVEL.different]++
      }
  }
}

/** A weight that a twin of such odds speaks against as well; milli-bits. */
export function besideTwin(weight: number, odds: number): number {
  return odds === 0 ? weight : milliBits(1 / (2 ** (-weight / 1000) + odds))
}

/** Share of the census rows that must have a police row and have none: by their numbers, by λ where few have one. */
function missingShare(table: RecordTable, model: CountyModel, expects: Uint8Array): number {
  const { idNo, idKind } = table.columns
  const held = new Uint8Array(table.ids.size + 1)
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++) held[idNo[row]] = 1
  let expecting = 0
  let asked = 0
  let found = 0
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
    if ((expects[row] & EXPECTS.police) === 0) continue
    expecting++
    if (idKind[row] !== ID_KIND.valid) continue
    asked++
    found += held[idNo[row]]
  }
  if (asked >= NUMBERED_MIN) return (asked - found) / asked
  const matches = model.classes[PAIR_CLASS.policeCensus].lambda * model.rows[POLICE] * model.rows[CENSUS]
  return Math.max(0, expecting - matches) / (expecting + FOUND)
}
