/**
 * Where the members of each police household are: 人在户在, 户在人不在, not found; and what the household is as a whole.
 *
 * In:  situations as they pass. Out: counts by household and the household's status. Findings on empty and attached
 * hukou are made from it.
 */
import { AWAY_REASON } from '../records/record-table.ts'
import type { Ground } from './ground.ts'
import { BIT, type Situation } from './situation.ts'

export const HOUSEHOLD_STATUS = {
  none: 0,
  /** Every member lives at the hukou. */
  allHere: 1,
  partlyAway: 2,
  /** Nobody lives there, somebody is listed somewhere. */
  allAway: 3,
  /** No member has a census row. */
  notFound: 4,
} as const
export type HouseholdStatus = (typeof HOUSEHOLD_STATUS)[keyof typeof HOUSEHOLD_STATUS]

export class HouseholdStatuses {
  /** By household number. */
  readonly members: Uint16Array
  readonly here: Uint16Array
  readonly listed: Uint16Array
  /** 1 = some away row of a member says 寄挂户口. */
  readonly parked: Uint8Array
  private readonly household: Uint32Array

  constructor(ground: Ground) {
    const size = ground.table.households.size + 1
    this.members = new Uint16Array(size)
    this.here = new Uint16Array(size)
    this.listed = new Uint16Array(size)
    this.parked = new Uint8Array(size)
    this.household = ground.table.columns.household
  }

  see(s: Situation): void {
    if ((s.bits & BIT.P1) === 0 || (s.bits & (BIT.DEAD | BIT.BORN_AFTER)) !== 0) return
    const { awayReason, area } = s.ground.table.columns
    for (let k = 0; k < s.active.length; k++) {
      const home = this.household[s.active.items[k]]
      if (home === 0 || this.members[home] === 65_535) continue
      this.members[home]++
      if (s.census.length === 0) continue
      this.listed[home]++
      const village = area[s.active.items[k]]
      for (let j = 0; j < s.present.length; j++) {
        const row = s.present.items[j]
        if ((area[row] !== village && s.active.length > 1) || !s.isAtHukou(row)) continue
        this.here[home]++
        break
      }
      for (let j = 0; j < s.away.length; j++)
        if (awayReason[s.away.items[j]] === AWAY_REASON.parked) this.parked[home] = 1
    }
  }

  statusOf(home: number): HouseholdStatus {
    if (this.members[home] === 0) return HOUSEHOLD_STATUS.none
    if (this.here[home] >= this.members[home]) return HOUSEHOLD_STATUS.allHere
    if (this.here[home] > 0) return HOUSEHOLD_STATUS.partlyAway
    return this.listed[home] > 0 ? HOUSEHOLD_STATUS.allAway : HOUSEHOLD_STATUS.notFound
  }
}
