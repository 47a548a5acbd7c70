/**
 * What it weighs that a certificate of birth and a row of an infant agree: date, sex, name, place, address, parents.
 *
 * In:  the register of births and the groups linked so far. Out: Σ log2(m/u) of a pair, milli-bits, without a prior. m/u of
 * places are counted: how often linked pairs name one village or township, and how many births it has; the chance of a day
 * is one of those that the register covers; the others stand below.
 */
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import {
  ADDRESS_LEVEL,
  addressLevelOf,
  birthLevelOf,
  KIN_LEVEL,
  type Kernel,
  kinLevelOf,
  nameLevelOf,
  sexLevelOf,
} from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { dayOf, monthOf, monthsBetween, type RecordTable, yearOf } from '../../records/record-table.ts'
import { BIRTHS, CENSUS } from '../../registers/columns.ts'
import { isYearAlone } from '../../matching/compare/birth.ts'
import { SecondOfTwins } from '../twins/second-of-twins.ts'
import { BirthPlaces, type Kind, NEAR } from './birth-places.ts'
import { isCalledAfterParent } from './called-after.ts'
import type { Groups } from '../groups.ts'
import { ParentsSurnames } from './parents-surnames.ts'
import { parentsBeside } from './registered-parents.ts'

/** Rows of infants are looked at up to so many months of age. */
const INFANT_MONTHS = 12
/** Share of all births from which a month is one that the register covers; rarer ones are slips of the pen. */
const RARE_MONTH = 1 / 200
const DAYS_A_MONTH = 30.4

/** How births agree on two rows of one infant: the shares of true pairs. */
const BORN = { sameDay: 0.85, sameMonth: 0.95, otherDay: 0.03, slip: 0.03, slipOfYear: 0.5, otherMonth: 0.02 }
/** Of two infants by chance: births that a slip of the pen would make alike, and births of two months of a year. */
const SLIPS_BY_CHANCE = 0.15
const OTHER_MONTHS_BY_CHANCE = 0.8
/** Of true pairs, those that bear one name. */
const NAMED_ALIKE = 0.7
const SEX = { equal: milliBits(0.98 / 0.5), different: milliBits(0.02 / 0.5) }
const NAME = {
  same: milliBits(NAMED_ALIKE / 0.003),
  near: milliBits(0.1 / 0.01),
  surname: milliBits(0.17 / 0.07),
  other: milliBits(0.03 / 0.917),
}
const ADDRESS = { equal: milliBits(0.7 / 0.01), differ: milliBits(0.3 / 0.99), firstPart: 1000 }
const PARENTS = { agree: 4000, differ: -5000 }
/** Months from a certificate's birth to a death whose row names no birth: most infants die in the first weeks. */
const DEATH_SOON = milliBits(0.7 / (2 / 13))
const DEATH_LATER = milliBits(0.3 / (11 / 13))

export function isInfant(birth: number, death: number): boolean {
  const months = monthsBetween(birth, death)
  return months >= 0 && months <= INFANT_MONTHS
}

/** What agreements between a certificate and a row of an infant weigh in this county. */
export class InfantAgreements {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  /** Months that the register of births covers. */
  private readonly months: ReadonlySet<number>
  private readonly covered: ReadonlySet<number>
  private births = 0
  private readonly birthsOfVillage = new Map<number, number>()
  private readonly birthsOfTown = new Map<number, number>()
  private readonly birthsOfName = new Map<number, number>()
  readonly places: BirthPlaces
  private readonly secondOfTwins: SecondOfTwins
  private readonly surnames: ParentsSurnames

  constructor({ table, groups, kernel }: { table: RecordTable; groups: Groups; kernel: Kernel }) {
    this.table = table
    this.groups = groups
    this.kernel = kernel
    const { area, birth, name } = table.columns
    this.places = new BirthPlaces(table, groups, kernel)
    this.secondOfTwins = new SecondOfTwins(table)
    this.surnames = new ParentsSurnames(table, groups, kernel)
    const perMonth = new Map<number, number>()
    for (let row = table.starts[BIRTHS]; row < table.starts[BIRTHS + 1]; row++) {
      this.births++
      if (monthOf(birth[row]) !== 0) increment(perMonth, birth[row] >> 5)
      increment(this.birthsOfVillage, area[row])
      increment(this.birthsOfTown, this.places.townOf[area[row]])
      if (name[row] !== 0) increment(this.birthsOfName, kernel.nameKey(name[row]))
    }
    const common = [...perMonth].filter(([, count]) => count >= this.births * RARE_MONTH)
    this.months = new Set(common.map(([month]) => month))
    this.covered = new Set([...this.months].flatMap((month) => [month - 1, month, month + 1].map(normalMonth)))
  }

  /** Whether a birth lies in the months that the register covers, or beside one. */
  covers(birth: number): boolean {
    return this.covered.has(birth >> 5)
  }

  /** Milli-bits of all agreements of a pair, without a prior; null if it contradicts itself. */
  weigh(birth: number, row: number, kind: Kind, pattern: number): number | null {
    const time = this.timeWeight(birth, row, pattern)
    if (time === null || this.secondOfTwins.isOther(birth, row, pattern)) return null
    const sex = sexLevelOf(pattern)
    let agreement = time + this.nameWeight(birth, row, pattern) + this.placeWeight(birth, row, kind)
    if (sex !== SEX_LEVEL.missing) agreement += sex === SEX_LEVEL.equal ? SEX.equal : SEX.different
    const address = this.addressLevel(birth, row, pattern)
    if (address === ADDRESS_LEVEL.equal) agreement += ADDRESS.equal
    else if (address === ADDRESS_LEVEL.differ && this.places.nearness(birth, row) === NEAR.village)
      agreement += ADDRESS.differ
    else if (address === ADDRESS_LEVEL.firstPart) agreement += ADDRESS.firstPart
    const kin = this.parentsLevel(birth, row, pattern)
    if (kin === KIN_LEVEL.agree) agreement += PARENTS.agree
    else if (kin === KIN_LEVEL.differ) agreement += PARENTS.differ
    return agreement
  }

  /** The parents of the row, or else the one it is called after, or those that the register names for its person. */
  private parentsLevel(birth: number, row: number, pattern: number): number {
    const level = kinLevelOf(pattern)
    if (level !== KIN_LEVEL.missing) return level
    if (isCalledAfterParent(this.table, birth, row)) return KIN_LEVEL.agree
    if (this.table.registerOf(row) !== CENSUS) return level
    const registered = parentsBeside(this, row, birth)
    return registered === undefined ? level : kinLevelOf(registered)
  }

  /** The address of the certificate, or else one where a parent is registered or listed. */
  private addressLevel(birth: number, row: number, pattern: number): number {
    const level = addressLevelOf(pattern)
    if (level === ADDRESS_LEVEL.equal) return level
    const isParents = this.places
      .homesOf(birth)
      .some(
        (home) => addressLevelOf(this.kernel.compare(Math.min(home, row), Math.max(home, row))) === ADDRESS_LEVEL.equal,
      )
    return isParents ? ADDRESS_LEVEL.equal : level
  }

  /** Birth against birth; where the row of a dead has none, against the month of death. */
  private timeWeight(certificate: number, row: number, pattern: number): number | null {
    const { birth, death } = this.table.columns
    const months = this.months.size
    const days = months * DAYS_A_MONTH
    const [here, there] = [birth[certificate], birth[row]]
    if (there === 0) {
      if (!isInfant(here, death[row])) return null
      return monthsBetween(here, death[row]) <= 1 ? DEATH_SOON : DEATH_LATER
    }
    switch (birthLevelOf(pattern)) {
      case BIRTH_LEVEL.dateEqual:
        return milliBits(BORN.sameDay * days)
      case BIRTH_LEVEL.monthKnown:
        return milliBits(BORN.sameMonth * months)
      case BIRTH_LEVEL.monthEqual:
        return milliBits(BORN.otherDay * months)
      case BIRTH_LEVEL.dayMonthSwapped:
      case BIRTH_LEVEL.digitSlip:
      case BIRTH_LEVEL.lunar:
        return milliBits(BORN.slip / SLIPS_BY_CHANCE)
    }
    // The register covers little more than a year: that it is the same says nothing.
    if (birthLevelOf(pattern) === BIRTH_LEVEL.yearEqual && isYearAlone(here, there)) return 0
    // A certificate of another decade than its register has a slip in the year; else it is a brother's or sister's birthday.
    if (monthOf(here) === monthOf(there) && dayOf(here) === dayOf(there))
      return this.months.has(here >> 5) ? null : milliBits(BORN.slipOfYear * days)
    // The first of January stands for a day that nobody knew.
    if (yearOf(here) === yearOf(there))
      return isNewYear(here) || isNewYear(there) ? 0 : milliBits(BORN.otherMonth / OTHER_MONTHS_BY_CHANCE)
    return null
  }

  private nameWeight(birth: number, row: number, pattern: number): number {
    const { name } = this.table.columns
    const level = nameLevelOf(pattern)
    if (level === NAME_LEVEL.missing) {
      if (name[birth] !== 0 || name[row] === 0) return 0
      return this.surnames.weightOf(birth, name[row])
    }
    // A rare name says more.
    const namesakes = this.birthsOfName.get(this.kernel.nameKey(name[birth])) ?? 1
    if (level <= NAME_LEVEL.homophone)
      return Math.max(NAME.same, milliBits((NAMED_ALIKE * this.births) / namesakes / 2))
    if (level <= NAME_LEVEL.givenEqual) return NAME.near
    return level === NAME_LEVEL.surnameEqual ? NAME.surname : NAME.other
  }

  /** How near the two places are, by what linked pairs of this kind and the births of each place tell. */
  private placeWeight(birth: number, row: number, kind: Kind): number {
    const near = this.places.nearness(birth, row)
    if (near === null) return 0
    // How many certificates point to where the row lies, whichever this one points to.
    const villages = this.places.villagesOf(row)
    const towns = new Set([...villages].map((village) => this.places.townOf[village]))
    const inVillage = sumOf(villages, this.birthsOfVillage) / this.births
    const inTown = sumOf(towns, this.birthsOfTown) / this.births
    const chance = [inVillage, inTown - inVillage, Math.max(0, 1 - inTown)][near]
    return milliBits(this.places.shares[kind][near] / Math.max(chance, 1 / this.births))
  }
}

/** `year << 4 | month` of a month that may be 0 or 13. */
function normalMonth(month: number): number {
  if ((month & 15) === 0) return (((month >> 4) - 1) << 4) | 12
  return (month & 15) === 13 ? (((month >> 4) + 1) << 4) | 1 : month
}

function increment(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function isNewYear(date: number): boolean {
  return monthOf(date) === 1 && dayOf(date) === 1
}

function sumOf(keys: ReadonlySet<number>, counts: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const key of keys) sum += counts.get(key) ?? 0
  return sum
}
