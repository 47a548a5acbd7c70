/**
 * Where the dead lie: what it weighs that a death form lies in the village that another row of the dead names, or elsewhere.
 *
 * A form names no hukou, so that the comparison of places says next to nothing of it; but a form is filled in where the dead lived, and few
 * die in one village in a year.
 * In:  groups, the rows of the dead. Out: milli-bits, log2(m/u). m: how often linked rows of one name lie in one village, one township,
 * elsewhere, believed as usual until some are counted; u: how many of the other register's dead name this village, this township.
 */
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { CENSUS_DEATHS } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import { NEAR } from './birth-places.ts'

/**
 * Forms in one village, in one township, elsewhere that are believed in before any is counted. So many, because links that rest on the
 * village would else teach that nobody lies elsewhere.
 */
const USUAL_PLACES = [40, 5, 5]

/** The dead of one register who name each village and township. */
interface Counted {
  total: number
  readonly inVillage: Map<number, number>
  readonly inTown: Map<number, number>
}

export class PlacesOfDead {
  private readonly table: RecordTable
  private readonly counted = new Map<number, Counted>()
  /** By row: each of the dead is met with hundreds of others. */
  private readonly villages = new Map<number, ReadonlySet<number>>()
  /** By nearness. */
  private readonly shares: readonly number[]

  constructor(table: RecordTable, groups: Groups, dead: readonly number[]) {
    this.table = table
    for (const row of dead) this.count(row)
    this.shares = this.learnShares(groups, dead)
  }

  /** Milli-bits of a form and a row of another register; 0 where one of them names no village. */
  weigh(form: number, other: number): number {
    const near = this.nearness(form, other)
    if (near === null) return 0
    const { total, inVillage, inTown } = this.countedOf(other)
    const village = this.table.columns.area[form]
    const here = inVillage.get(village) ?? 0
    const nearby = inTown.get(this.townOf(village)) ?? 0
    const others = [here, nearby - here, total - nearby][near]
    return milliBits((this.shares[near] * total) / Math.max(1, others))
  }

  private count(row: number): void {
    const counted = this.countedOf(row)
    const villages = this.villagesOf(row)
    if (villages.size === 0) return
    counted.total++
    for (const village of villages) increment(counted.inVillage, village)
    for (const town of new Set([...villages].map((village) => this.townOf(village)))) increment(counted.inTown, town)
  }

  private countedOf(row: number): Counted {
    const register = this.table.registerOf(row)
    const known = this.counted.get(register)
    if (known !== undefined) return known
    const counted = { total: 0, inVillage: new Map<number, number>(), inTown: new Map<number, number>() }
    this.counted.set(register, counted)
    return counted
  }

  private learnShares(groups: Groups, dead: readonly number[]): number[] {
    const { columns } = this.table
    const counts = [...USUAL_PLACES]
    const isDead = new Set(dead)
    for (const form of dead) {
      if (this.table.registerOf(form) !== CENSUS_DEATHS) continue
      for (let row = groups.following(form); row !== form; row = groups.following(row)) {
        if (!isDead.has(row) || this.table.registerOf(row) === CENSUS_DEATHS) continue
        if (columns.name[form] === 0 || columns.name[form] !== columns.name[row]) continue
        const near = this.nearness(form, row)
        if (near !== null) counts[near]++
      }
    }
    const sum = counts.reduce((total, count) => total + count, 0)
    return counts.map((count) => count / sum)
  }

  /** null where one of them names no village. */
  private nearness(form: number, other: number): number | null {
    const [here] = this.villagesOf(form)
    const there = this.villagesOf(other)
    if (here === undefined || there.size === 0) return null
    if (there.has(here)) return NEAR.village
    for (const village of there) if (this.townOf(village) === this.townOf(here)) return NEAR.town
    return NEAR.elsewhere
  }

  /** Where a row lies, and where it has its hukou; a code of a county or a township alone names no village. */
  private villagesOf(row: number): ReadonlySet<number> {
    let villages = this.villages.get(row)
    if (villages === undefined) {
      const { columns, areas } = this.table
      villages = new Set([columns.area[row], columns.hukouArea[row]].filter((area) => areas.second(area) % 1000 !== 0))
      this.villages.set(row, villages)
    }
    return villages
  }

  private townOf(area: number): number {
    const { areas } = this.table
    return areas.first(area) * 1000 + Math.floor(areas.second(area) / 1000)
  }
}

function increment(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
