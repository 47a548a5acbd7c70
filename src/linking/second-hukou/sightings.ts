/**
 * What the census says of two police persons who may be one with two hukou: that nobody was met at the second, or that each was met.
 *
 * In:  groups after the layers before. Out: milli-bits for a pair being one person's two hukou, or against it. How seldom
 * a police person of this county is seen nowhere, and how often people with two hukou are seen twice, is counted.
 */
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import { AT_HOME_TWICE } from './same-family.ts'

/** Of second hukou half are in no list; at three in ten somebody says where in the county the person lives. */
const UNLISTED_SHARE = 0.5
const LIVING_HERE_SHARE = 0.3
/** Namesakes can lose their census rows to each other: more than this the absence of one never says. */
const EVIDENCE_MAX = 6000
/** People with two hukou that are believed to be seen twice as seldom as AT_HOME_TWICE says before any is counted. */
const CAUTION = 20
/** Nobody is that sure of it. */
const AGAINST_MAX = 10_000
/** What the census says of a police person: nothing, lives elsewhere in the county, lives outside, is here. */
const SEEN = { nowhere: 0, livingHere: 1, outside: 2, present: 3 } as const

interface SeenTwice {
  readonly atHome: number
  readonly outside: number
  readonly dead: number
}

/** Where the census saw each police person, and how many of them so. */
export class Sightings {
  private readonly table: RecordTable
  private readonly groups: Groups
  /** By root, one of SEEN. */
  private readonly seen: Uint8Array
  /** By root, a row that says so. */
  private readonly row: Int32Array
  /** By root, present rows without the person's own number: who is present twice may be two. */
  private readonly unproved: Uint8Array
  /** By root, 1 = a row says that the person lives outside the county. */
  private readonly outside: Uint8Array
  private readonly unlisted: number
  private readonly livingHere: number
  /** Milli-bits against one person: both at home, one at home and one outside, one at home and one dead. */
  private readonly against: SeenTwice

  constructor(table: RecordTable, groups: Groups) {
    this.table = table
    this.groups = groups
    this.seen = new Uint8Array(table.rows)
    this.row = new Int32Array(table.rows)
    this.unproved = new Uint8Array(table.rows)
    this.outside = new Uint8Array(table.rows)
    const { residence, idNo } = table.columns
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      const root = groups.root(row)
      const seen = residence[row] === 1 ? SEEN.present : residence[row] <= 4 ? SEEN.livingHere : SEEN.outside
      if (seen === SEEN.present && (idNo[row] === 0 || idNo[row] !== groups.idNo[root])) this.unproved[root] = 1
      if (seen === SEEN.outside) this.outside[root] = 1
      if (seen <= this.seen[root]) continue
      this.seen[root] = seen
      this.row[root] = row
    }
    const counts = [0, 0, 0, 0]
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
      if (isActive(this.table.columns, row)) counts[this.seen[groups.root(row)]]++
    const people = counts[0] + counts[1] + counts[2] + counts[3]
    this.unlisted = evidenceOf(UNLISTED_SHARE, counts[SEEN.nowhere], people)
    this.livingHere = evidenceOf(LIVING_HERE_SHARE, counts[SEEN.livingHere], people)
    this.against = this.learnSeenTwice()
  }

  /**
   * Milli-bits against two people being one with two hukou: each was met at home, or one was and the other one lives outside or is dead. 0
   * where neither is so. That both are at home is in the weight of such pairs already, as far as AT_HOME_TWICE goes.
   */
  contradiction(ra: number, rb: number): number {
    const { present } = this.groups
    if (present[ra] > 0 && present[rb] > 0) return Math.min(0, this.against.atHome + AT_HOME_TWICE)
    if (present[ra] === 0 && present[rb] === 0) return 0
    const other = present[ra] > 0 ? rb : ra
    return Math.min(this.outside[other] === 1 ? this.against.outside : 0, this.isDead(other) ? this.against.dead : 0)
  }

  /** How often people whose two hukou are linked are seen twice so, by how often two people would be. */
  private learnSeenTwice(): SeenTwice {
    const { groups, table } = this
    const single = { people: 0, atHome: 0, outside: 0, dead: 0 }
    const twice = { people: 0, atHome: 0, outside: 0, dead: 0 }
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++) {
      if (groups.root(row) !== row || groups.police[row] === 0) continue
      const isHome = groups.present[row] > 0
      const of = groups.police[row] > 1 ? twice : single
      of.people++
      if (of === twice ? groups.present[row] > 1 : isHome) of.atHome++
      if (this.outside[row] === 1 && (of === single || isHome)) of.outside++
      if (this.isDead(row) && (of === single || isHome)) of.dead++
    }
    const home = (single.atHome + 1) / (single.people + 1)
    const weigh = (seen: number, chance: number): number => {
      const share = (seen + CAUTION * chance * 2 ** (-AT_HOME_TWICE / 1000)) / (twice.people + CAUTION)
      return Math.max(-AGAINST_MAX, Math.min(0, milliBits(share / chance)))
    }
    return {
      atHome: weigh(twice.atHome, home ** 2),
      outside: weigh(twice.outside, (2 * home * (single.outside + 1)) / (single.people + 1)),
      dead: weigh(twice.dead, (2 * home * (single.dead + 1)) / (single.people + 1)),
    }
  }

  /** Milli-bits for `second` being the second hukou of `first`, whom the census has seen; 0 where nothing follows. */
  evidence(first: number, second: number): number {
    if (!isActive(this.table.columns, second)) return 0
    const [ra, rb] = [this.groups.root(first), this.groups.root(second)]
    // The dead are in no list either; whose death is known needs none.
    if (this.isDead(rb) || (this.groups.present[ra] > 1 && this.unproved[ra] === 1)) return 0
    switch (this.seen[rb]) {
      case SEEN.nowhere:
        return this.seen[ra] === SEEN.nowhere && !this.isDead(ra) ? 0 : this.unlisted
      case SEEN.livingHere:
        return this.seen[ra] === SEEN.present && this.fits(this.row[rb], this.row[ra]) ? this.livingHere : 0
      default:
        return 0
    }
  }

  private isDead(root: number): boolean {
    return this.groups.deaths[root] + this.groups.deathForms[root] > 0
  }

  /** Whether somebody may live where the present row stands, by the code of the away row as far as it is known. */
  private fits(away: number, present: number): boolean {
    const { area, residence, residenceArea } = this.table.columns
    const lives = this.table.areaText(area[present])
    if (residenceArea[away] !== 0) return lives.startsWith(this.table.areaText(residenceArea[away]))
    // Without a code the answer itself says: this village, this township, this county.
    const digits = residence[away] === 2 ? 12 : residence[away] === 3 ? 9 : 6
    return lives.slice(0, digits) === this.table.areaText(area[away]).slice(0, digits)
  }
}

function evidenceOf(share: number, count: number, people: number): number {
  return Math.max(0, Math.min(EVIDENCE_MAX, milliBits((share * (people + 1)) / (count + 1))))
}
