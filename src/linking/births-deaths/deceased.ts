/**
 * The dead: death form, death certificate and cancelled hukou that speak of one death.
 *
 * A county has few deaths a year, and a death has a month of its own. A form that differs from the certificate in name,
 * birth or number is found among the dead of its village. Forms name no hukou, and some have no birth and no number: then
 * the name and the month of death among the few dead of the county are what there is. One death is written on two forms where the
 * dead lived and where their hukou is, and heard by two enumerators: forms of two villages meet by the sound of the name and the
 * month of birth. The certificate and the police know the day: who died in one village on one day is found whatever else was lost
 * (infants have no name and no number).
 * In:  groups after the household layer. Out: links and pairs for review, layer `leftover`. A pair weighs as any other,
 * but the question is which of the county's dead it is, and the month of death counts.
 */
import type { Kernel } from '../../matching/kernel.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import { monthsBetween, type RecordTable } from '../../records/record-table.ts'
import { isInForce } from '../../records/versions-in-force.ts'
import { CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'
import { areTwoByNumber } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import { creditedPattern } from '../number-holders.ts'
import { type Candidate, linkCandidates, mayBeOnePerson } from '../rival-candidates.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { PlacesOfDead } from './places-of-dead.ts'
import { UnnamedDead } from './unnamed-dead.ts'

export interface DeceasedContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
  readonly discredited: Uint8Array
}

const CANDIDATE_WEIGHT_MIN = -4000
/** Seven dead in ten have their row in another register; three forms in a hundred are written twice. */
const OTHER_REGISTER = 0.7
const WRITTEN_TWICE = 0.03
const PRIOR_ODDS = {
  otherRegister: OTHER_REGISTER / (1 - OTHER_REGISTER),
  writtenTwice: WRITTEN_TWICE / (1 - WRITTEN_TWICE),
}
/** What it costs a certificate that its dead have a form already; of a pair of two forms the prior says it. */
const SECOND_FORM = milliBits(PRIOR_ODDS.writtenTwice / PRIOR_ODDS.otherRegister)
/** Half of two forms of one death lie in two villages, nearly all of two deaths do. */
const OTHER_VILLAGE_OF_FORMS = milliBits(0.5 / 0.97)
/** Months of death: eight in ten agree and one of strangers in ten; one month apart says nothing. */
const SAME_MONTH = milliBits(0.8 / 0.1)
const OTHER_MONTH = milliBits(0.05 / 0.8)
/** Days of death, where both are known: eight in ten agree, and of strangers' one in the 300 days that registers cover. */
const SAME_DAY = milliBits(0.8 / (1 / 300))
/**
 * Where a form has an age and no birth: the age that the other's birth and death make is the same of eight in ten and within a year of
 * nearly all; of strangers' one in thirty, and two in thirty are a year off.
 */
const AGE_WEIGHTS = [milliBits(0.8 * 30), milliBits((0.15 * 30) / 2)]
const OTHER_AGE = milliBits(0.05 / 0.9)
/** Registered deaths lie within two years of each other; older cancellations are no candidates. */
const MONTHS_APART_MAX = 24

export function linkDeceased(context: DeceasedContext): DecidedPair[] {
  const { table, groups, kernel, weights, thresholds } = context
  const dead = deadRows(table)
  const pairs = new DeadPairs(context, dead)
  const { byVillage, byName, bySound, byDay } = listDead(context, dead)
  for (const lists of [byVillage, byName, bySound]) for (const rows of lists.values()) meetForms(table, rows, pairs)
  for (const rows of byDay.values()) meetPolice(table, rows, pairs)
  const taken = (ra: number, rb: number, { left, right }: Candidate): number => {
    const areForms = table.registerOf(left) === CENSUS_DEATHS && table.registerOf(right) === CENSUS_DEATHS
    return !areForms && groups.deathForms[ra] > 0 && groups.deathForms[rb] > 0 ? SECOND_FORM : 0
  }
  return linkCandidates(groups, pairs.candidates, thresholds, mayBeOnePerson(groups, kernel, weights), taken)
}

/** The dead by village (of the row and of its hukou), by name, by sound of the name and month of birth, and by village and day of death. */
function listDead({ table, kernel }: DeceasedContext, dead: readonly number[]) {
  const { area, hukouArea, birth, death, name } = table.columns
  const byVillage = new Map<number, number[]>()
  const byName = new Map<number, number[]>()
  const bySound = new Map<number, number[]>()
  const byDay = new Map<number, number[]>()
  const put = (lists: Map<number, number[]>, key: number, row: number): void => {
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [row])
    else list.push(row)
  }
  for (const row of dead) {
    for (const village of new Set([area[row], hukouArea[row]])) {
      if (village === 0) continue
      put(byVillage, village, row)
      if (hasDay(death[row])) put(byDay, village * DATES + death[row], row)
    }
    if (name[row] === 0) continue
    put(byName, kernel.nameKey(name[row]), row)
    const sound = kernel.nameSound(name[row])
    if (sound !== 0 && hasMonth(birth[row])) put(bySound, sound * MONTHS + (birth[row] >> 5), row)
  }
  return { byVillage, byName, bySound, byDay }
}

/** Every form of a list with everybody else of it. */
function meetForms(table: RecordTable, rows: readonly number[], pairs: DeadPairs): void {
  for (const form of rows) {
    if (table.registerOf(form) !== CENSUS_DEATHS) continue
    for (const other of rows) if (other !== form) pairs.consider(Math.min(form, other), Math.max(form, other))
  }
}

/** Every certificate of a list with the police rows of it. */
function meetPolice(table: RecordTable, rows: readonly number[], pairs: DeadPairs): void {
  for (const certificate of rows) {
    if (table.registerOf(certificate) !== DEATHS) continue
    for (const other of rows) if (table.registerOf(other) === POLICE) pairs.consider(other, certificate)
  }
}

/** Pairs of the dead that are likely enough to be linked or asked about; each once. */
class DeadPairs {
  readonly candidates: Candidate[] = []
  private readonly context: DeceasedContext
  private readonly places: PlacesOfDead
  private readonly unnamed: UnnamedDead
  /** The dead of each register. */
  private readonly numberOf = new Map<number, number>()
  private readonly seen = new Set<number>()

  constructor(context: DeceasedContext, dead: readonly number[]) {
    this.context = context
    this.places = new PlacesOfDead(context.table, context.groups, dead)
    this.unnamed = new UnnamedDead(context.table, dead)
    for (const row of dead) {
      const register = context.table.registerOf(row)
      this.numberOf.set(register, this.among(register) + 1)
    }
  }

  private among(register: number): number {
    return this.numberOf.get(register) ?? 0
  }

  consider(left: number, right: number): void {
    const { table, groups, kernel, weights, discredited } = this.context
    const c = table.columns
    const months = Math.abs(monthsBetween(c.death[left], c.death[right]))
    if (months > MONTHS_APART_MAX || groups.root(left) === groups.root(right)) return
    if (areTwoByNumber(groups, c.idNo, left, right)) return
    const key = left * table.rows + right
    if (this.seen.has(key)) return
    this.seen.add(key)
    const pattern = creditedPattern(kernel.compare(left, right), discredited[left] | discredited[right])
    const agreement = weights.weigh(left, right, pattern) - weights.prior(left, right, pattern)
    const ofDeath = deathWeight(c.death[left], c.death[right], months) + ageWeight(c, left, right)
    const ofName = table.registerOf(left) === table.registerOf(right) ? 0 : this.unnamed.weigh(left, right)
    const weight = this.prior(left, right) + agreement + ofDeath + ofName + this.placeWeight(left, right, pattern)
    if (weight > CANDIDATE_WEIGHT_MIN) this.candidates.push({ left, right, pattern, weight })
  }

  /** What the places of the two rows weigh more, or less, than the comparison of places says. */
  private placeWeight(left: number, right: number, pattern: number): number {
    const { table, weights } = this.context
    const weight = weights.weightOf(PLACE, left, right, pattern)
    const isForm = table.registerOf(left) === CENSUS_DEATHS
    if (isForm && table.registerOf(right) === CENSUS_DEATHS) return Math.max(0, OTHER_VILLAGE_OF_FORMS - weight)
    if (isForm) return this.places.weigh(left, right) - weight
    if (table.registerOf(right) === CENSUS_DEATHS) return this.places.weigh(right, left) - weight
    const { area, hukouArea } = table.columns
    return area[left] === hukouArea[right] || area[right] === hukouArea[left] ? Math.max(0, -weight) : 0
  }

  /** That two of the dead by chance are one person, beside that the first has no row among the other's at all. */
  private prior(left: number, right: number): number {
    const [from, to] = [this.context.table.registerOf(left), this.context.table.registerOf(right)]
    const odds = from === to ? PRIOR_ODDS.writtenTwice : PRIOR_ODDS.otherRegister
    return milliBits(odds / Math.max(1, this.among(from), this.among(to)))
  }
}

/** The comparison of places among COMPARISONS. */
const PLACE = 4
/** Packed dates are below this, and packed months. */
const DATES = 2 ** 21
const MONTHS = 2 ** 16

function hasMonth(date: number): boolean {
  return ((date >> 5) & 15) !== 0
}

function hasDay(date: number): boolean {
  return (date & 31) !== 0
}

function deathWeight(a: number, b: number, months: number): number {
  if (hasDay(a) && hasDay(b) && months === 0) return a === b ? SAME_DAY : 0
  return months === 0 ? SAME_MONTH : months === 1 ? 0 : OTHER_MONTH
}

/** What the age on a form without a birth says; 0 where the form has a birth, or neither row tells the age. */
function ageWeight({ age, birth, death }: RecordTable['columns'], left: number, right: number): number {
  const [form, other] = birth[left] === 0 ? [left, right] : [right, left]
  if (birth[form] !== 0 || birth[other] === 0 || age[form] === 0) return 0
  const apart = Math.abs(age[form] - 1 - Math.floor(monthsBetween(birth[other], death[other]) / 12))
  return AGE_WEIGHTS[apart] ?? OTHER_AGE
}

/** Forms, certificates, and effective police rows that were cancelled by a death. */
function deadRows(table: RecordTable): number[] {
  const { death } = table.columns
  const rows: number[] = []
  for (let row = 0; row < table.rows; row++) {
    if (death[row] === 0) continue
    const register = table.registerOf(row)
    if (register === CENSUS_DEATHS || register === DEATHS) rows.push(row)
    else if (register === POLICE && isInForce(table.columns, row)) rows.push(row)
  }
  return rows
}
