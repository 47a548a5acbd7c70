/**
 * Situation: one person's rows sorted by what they mean, rebuilt in place for one person after the other.
 *
 * In:  the ground and a person number. Out: lists of rows (effective, active, present, away, forms, certificates) and
 *      a word of bits by which detectors are chosen. Nothing is allocated on the way: a county has 850,000 people.
 */
import { BIRTHS, CENSUS, CENSUS_DEATHS, POLICE } from '../registers/columns.ts'
import { earliest, isBefore, isFrom } from './calendar.ts'
import { type Ground, STANDING, STATUS } from './ground.ts'
import { APART, FIT } from './places.ts'

/** What a person's rows amount to. A detector names the bits that must all be set. */
export const BIT = {
  /** An active hukou in the loaded area at T0. */
  P1: 1,
  /** No active hukou in any row. */
  NO_P1: 1 << 1,
  /** Some effective police row. */
  POLICE: 1 << 2,
  NO_POLICE: 1 << 3,
  CENSUS: 1 << 4,
  NO_CENSUS: 1 << 5,
  PRESENT: 1 << 6,
  NO_PRESENT: 1 << 7,
  ONE_PRESENT: 1 << 8,
  SEVERAL_PRESENT: 1 << 9,
  AWAY: 1 << 10,
  NO_AWAY: 1 << 11,
  ONE_AWAY: 1 << 12,
  SEVERAL_AWAY: 1 << 13,
  FORM: 1 << 14,
  NO_FORM: 1 << 15,
  BIRTH: 1 << 16,
  NO_BIRTH: 1 << 17,
  DEATH: 1 << 18,
  NO_DEATH: 1 << 19,
  /** No earlier rule has decided the person: presence tests are taken. */
  OPEN: 1 << 20,
  /** The death certificate is surely before T0. */
  DEAD: 1 << 21,
  /** The death certificate is surely not before T0. */
  DIED_AFTER: 1 << 22,
  MOVED: 1 << 23,
  SEVERAL_ACTIVE: 1 << 24,
  SEVERAL_FORMS: 1 << 25,
  BORN_AFTER: 1 << 26,
} as const

/** A list of row numbers that is emptied and filled again without new memory. */
export class RowList {
  items = new Int32Array(16)
  length = 0

  push(row: number): void {
    if (this.length === this.items.length) {
      const wider = new Int32Array(this.length * 2)
      wider.set(this.items)
      this.items = wider
    }
    this.items[this.length++] = row
  }
}

export class Situation {
  readonly ground: Ground
  person = -1
  bits = 0
  /** Effective police rows; the active ones; all others. */
  readonly effective = new RowList()
  readonly active = new RowList()
  readonly otherVersions = new RowList()
  readonly census = new RowList()
  readonly present = new RowList()
  readonly away = new RowList()
  readonly forms = new RowList()
  readonly births = new RowList()
  readonly deaths = new RowList()
  /** Bit r set: an effective row of status r that was not active at T0. */
  cancelledFor = 0
  /** The earliest death date on a certificate, 0 none known; its row. */
  death = 0
  deathRow = -1
  /** Birth date on the certificate; its row. */
  birth = 0
  birthRow = -1

  constructor(ground: Ground) {
    this.ground = ground
  }

  build(person: number): void {
    this.clear(person)
    this.bits = this.factsOf(this.sortInRowsOf(person))
  }

  /** As if the rows of two people were one person's. */
  buildTogether(person: number, other: number): void {
    this.clear(person)
    const isActiveHere = this.sortInRowsOf(person)
    this.bits = this.factsOf(this.sortInRowsOf(other) || isActiveHere)
  }

  /** True if there is an active hukou in an area that is loaded. */
  private sortInRowsOf(person: number): boolean {
    const { people } = this.ground
    let isActiveHere = false
    const end = people.rowStart[person + 1]
    for (let k = people.rowStart[person]; k < end; k++) if (this.sortIn(people.rows[k])) isActiveHere = true
    return isActiveHere
  }

  private clear(person: number): void {
    const { effective, active, otherVersions, census, present, away, forms, births, deaths } = this
    this.person = person
    effective.length = active.length = otherVersions.length = census.length = 0
    present.length = away.length = forms.length = births.length = deaths.length = 0
    this.cancelledFor = 0
    this.death = 0
    this.deathRow = -1
    this.birth = 0
    this.birthRow = -1
  }

  /** Puts a row of the person into the lists it belongs to. True for an active hukou in an area that is loaded. */
  private sortIn(row: number): boolean {
    const { table, given } = this.ground
    const { starts, columns } = table
    if (row < starts[CENSUS]) return given[POLICE] && this.sortInPolice(row)
    if (row < starts[CENSUS_DEATHS]) {
      if (!given[CENSUS]) return false
      this.census.push(row)
      if (columns.residence[row] === 1) this.present.push(row)
      else if (columns.residence[row] > 1) this.away.push(row)
    } else if (row < starts[BIRTHS]) {
      if (given[CENSUS_DEATHS]) this.forms.push(row)
    } else if (row < starts[BIRTHS + 1]) {
      if (!given[BIRTHS]) return false
      this.births.push(row)
      if (this.birthRow < 0 || this.birth === 0) {
        this.birth = columns.birth[row]
        this.birthRow = row
      }
    } else if (given[BIRTHS + 1]) this.sortInDeath(row)
    return false
  }

  private sortInPolice(row: number): boolean {
    const { table, standing, places } = this.ground
    if (standing[row] === STANDING.ineffective) {
      this.otherVersions.push(row)
      return false
    }
    this.effective.push(row)
    if (standing[row] === STANDING.active) {
      this.active.push(row)
      const area = table.columns.area[row]
      return area === 0 || places.loaded[area] === 1
    }
    if (standing[row] === STANDING.gone) this.cancelledFor |= 1 << table.columns.status[row]
    return false
  }

  private sortInDeath(row: number): void {
    this.deaths.push(row)
    const death = this.ground.table.columns.death[row]
    if (this.deathRow < 0 || this.death === 0 || (death !== 0 && earliest(death) < earliest(this.death))) {
      this.death = death
      this.deathRow = row
    }
  }

  /** What the lists say of the person, as bits of BIT. */
  private factsOf(isActiveHere: boolean): number {
    const { ground, effective, active, census, present, away, forms, births, deaths } = this
    let bits = isActiveHere ? BIT.P1 : 0
    if (active.length === 0) bits |= BIT.NO_P1
    else if (active.length > 1) bits |= BIT.SEVERAL_ACTIVE
    bits |= effective.length > 0 ? BIT.POLICE : BIT.NO_POLICE
    bits |= census.length > 0 ? BIT.CENSUS : BIT.NO_CENSUS
    bits |=
      present.length === 0
        ? BIT.NO_PRESENT
        : BIT.PRESENT | (present.length === 1 ? BIT.ONE_PRESENT : BIT.SEVERAL_PRESENT)
    bits |= away.length === 0 ? BIT.NO_AWAY : BIT.AWAY | (away.length === 1 ? BIT.ONE_AWAY : BIT.SEVERAL_AWAY)
    bits |= forms.length === 0 ? BIT.NO_FORM : BIT.FORM | (forms.length > 1 ? BIT.SEVERAL_FORMS : 0)
    bits |= births.length > 0 ? BIT.BIRTH : BIT.NO_BIRTH
    bits |= deaths.length > 0 ? BIT.DEATH : BIT.NO_DEATH
    if (isBefore(this.death, ground.reference)) bits |= BIT.DEAD
    else if (isFrom(this.death, ground.reference)) bits |= BIT.DIED_AFTER
    if (this.isCancelledFor(STATUS.moved)) bits |= BIT.MOVED
    if (this.isBornAfter()) bits |= BIT.BORN_AFTER
    const isDecided =
      (bits & (BIT.DEAD | BIT.BORN_AFTER)) !== 0 ||
      ((bits & BIT.NO_P1) !== 0 &&
        (this.cancelledFor & ((1 << STATUS.dead) | (1 << STATUS.army) | (1 << STATUS.abroad))) !== 0)
    return isDecided ? bits : bits | BIT.OPEN
  }

  isCancelledFor(status: number): boolean {
    return (this.cancelledFor & (1 << status)) !== 0
  }

  /** Whether a village is one of an active hukou. Without the police register the rows' own claims are believed. */
  isHukouVillage(village: number): boolean {
    const { ground, active, census } = this
    if (village === 0) return false
    const { area, residence, hukouPlace } = ground.table.columns
    if (ground.given[POLICE]) {
      for (let k = 0; k < active.length; k++) if (area[active.items[k]] === village) return true
      return false
    }
    for (let k = 0; k < census.length; k++) {
      const row = census.items[k]
      if (area[row] === village && (residence[row] > 1 || (residence[row] === 1 && hukouPlace[row] === 1))) return true
    }
    return false
  }

  /** Rh: a present row at the hukou. An away row "other block of this village" beside it makes it Ro. */
  isAtHukou(row: number): boolean {
    const { ground, away, active } = this
    const { area, block, residence, hukouPlace } = ground.table.columns
    const village = area[row]
    // A village that cannot be read is not known to be another one: the row's own word stands.
    let here = village === 0 ? hukouPlace[row] === 1 && active.length > 0 : this.isHukouVillage(village)
    if (!here && hukouPlace[row] === 1) {
      // The register knows no more than the township: the row's own word completes it.
      for (let k = 0; k < active.length && !here; k++) {
        const hukou = area[active.items[k]]
        here = !ground.places.isVillage(hukou) && ground.places.isPrefix(hukou, village) === FIT.fits
      }
    }
    if (!here) return false
    for (let k = 0; k < away.length; k++) {
      const other = away.items[k]
      if (residence[other] === 2 && area[other] === village && block[other] !== block[row]) return false
    }
    return true
  }

  /** Whether the hukou place a present row claims fits an area: category and digits. */
  hukouFits(present: number, hukou: number): number {
    const { places, table } = this.ground
    const { area, hukouPlace, claimedHukouArea } = table.columns
    const place = hukouPlace[present]
    if (place === 0 || place === 5) return FIT.unknown
    const apart = places.apart(area[present], hukou)
    if (apart === APART.unknown) return FIT.unknown
    if (apart !== place) return FIT.fails
    return places.isPrefix(claimedHukouArea[present], hukou)
  }

  /** Whether the residence an away row claims fits the village of a present row: category and digits. */
  residenceFits(away: number, present: number): number {
    const { places, table } = this.ground
    const { area, block, residence, residenceArea } = table.columns
    const place = residence[away]
    if (place > 5) return FIT.fails
    const apart = places.apart(area[away], area[present])
    if (apart === APART.unknown) return FIT.unknown
    if (apart !== place - 1) return FIT.fails
    if (place === 2 && block[away] === block[present] && block[away] !== 0) return FIT.fails
    return places.isPrefix(residenceArea[away], area[present])
  }

  isSameBlock(a: number, b: number): boolean {
    const { area, block } = this.ground.table.columns
    return area[a] !== 0 && area[a] === area[b] && block[a] !== 0 && block[a] === block[b]
  }

  /** The best date of birth the registers give: active row, any effective row, certificate. */
  registerBirth(): number {
    const { birth } = this.ground.table.columns
    for (let k = 0; k < this.active.length; k++)
      if (birth[this.active.items[k]] !== 0) return birth[this.active.items[k]]
    for (let k = 0; k < this.effective.length; k++)
      if (birth[this.effective.items[k]] !== 0) return birth[this.effective.items[k]]
    return this.birth
  }

  private isBornAfter(): boolean {
    const { ground, births, effective, census } = this
    const { birth } = ground.table.columns
    const { reference } = ground
    let known = false
    for (let k = 0; k < births.length; k++) {
      if (isFrom(birth[births.items[k]], reference)) return true
      if (birth[births.items[k]] !== 0) known = true
    }
    for (let k = 0; k < effective.length; k++) {
      if (isFrom(birth[effective.items[k]], reference)) return true
      if (birth[effective.items[k]] !== 0) known = true
    }
    if (known) return false
    let after = false
    for (let k = 0; k < census.length; k++) {
      const born = birth[census.items[k]]
      if (born === 0) continue
      if (!isFrom(born, reference)) return false
      after = true
    }
    return after
  }

  /** Aged 0 on some census row: born in W by D5. */
  isInfant(): boolean {
    const { birth } = this.ground.table.columns
    for (let k = 0; k < this.census.length; k++) if (this.ground.isInWindow(birth[this.census.items[k]])) return true
    return false
  }
}
