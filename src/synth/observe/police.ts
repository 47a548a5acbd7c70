/**
 * The police register as it is extracted: keyed from cards, few errors, every version a row.
 *
 * In:  a world with registrations. Out: police rows, household by household.
 */
import { ageOn, EXTRACT_DAY, T0 } from '../calendar.ts'
import { Random } from '../random.ts'
import type { Rates } from '../rates.ts'
import type { PoliceRow } from '../rows.ts'
import { policeRelation, relate } from '../world/kinship.ts'
import type { Household, Person, Registration, World } from '../world/model.ts'
import { addressOf } from '../world/places.ts'
import { readLunar, spoilDate, writeDate } from './dates.ts'
import { writeEthnicity } from './ethnicity.ts'
import { nameRates, writeName } from './name-errors.ts'
import { numberRates, spoilNumber, writeNumber } from './number-errors.ts'

interface Line {
  readonly person: Person
  readonly version: Registration
}

export function observePolice(world: World, names: readonly string[], seed: string, rates: Rates): PoliceRow[] {
  const clerk = new PoliceClerk(world, names, seed, rates)
  const rows: PoliceRow[] = []
  for (const [household, lines] of linesByHousehold(world)) {
    const head = chooseHead(household, lines)
    for (const line of lines) rows.push(clerk.write(household, head, line))
  }
  rows.forEach((row, i) => {
    row.record_id = `P${String(i + 1).padStart(7, '0')}`
  })
  return rows
}

function linesByHousehold(world: World): Map<Household, Line[]> {
  const byHousehold = new Map<Household, Line[]>()
  for (const household of world.households) byHousehold.set(household, [])
  for (const person of world.people) {
    for (const version of person.registrations) byHousehold.get(version.household)?.push({ person, version })
  }
  return byHousehold
}

/** Who keys the cards: draws from one source of chance in the order of the columns. */
class PoliceClerk {
  private readonly world: World
  private readonly names: readonly string[]
  private readonly rates: Rates
  private readonly random: Random
  private readonly numbers: ReturnType<typeof numberRates>
  private readonly nameErrors: ReturnType<typeof nameRates>
  private readonly personNumbers = new Map<Person, string>()
  private lastPersonNumber = 100000

  constructor(world: World, names: readonly string[], seed: string, rates: Rates) {
    this.world = world
    this.names = names
    this.rates = rates
    this.random = new Random(`${seed}/police`)
    this.numbers = numberRates(rates, 'police', 'police.id.missing')
    this.nameErrors = nameRates(rates, 'police')
  }

  write(household: Household, head: Person | undefined, { person, version }: Line): PoliceRow {
    const { random, rates } = this
    const { village } = household
    const { township } = village
    const style = township.dateStyle
    const row: PoliceRow = {
      person: person.index,
      record_id: '',
      person_no: this.personNumber(person, version),
      id_number: this.writeNumber(household, person, version),
      name: writeName(random, this.nameErrors, person, version.name || (this.names[person.index] as string)),
      former_name: version.recordFlag === '1' ? person.formerName : '',
      sex: writeSex(random.chance(rates['police.sex']) ? 3 - person.sex : person.sex, {
        inWords: township.writesText,
      }),
      ethnicity: writeEthnicity(random, person.ethnicity, rates['police.ethnicity'], township.writesText ? 2 : 0),
      birth_date: writeDate(observeBirth(random, rates, version.birth !== 0 ? version.birth : person.birth), style),
      household_no: household.no,
      relation: relationIn(household, head, person),
      household_type: household.collective ? '集体户' : '家庭户',
      area_code: village.code,
      address: addressOf(village, household.dwelling.houseNo),
      father_name: '',
      father_id: '',
      mother_name: '',
      mother_id: '',
      spouse_name: '',
      spouse_id: '',
      status: version.status === '0' && township.urban && random.chance(0.02) ? '' : version.status,
      record_flag: version.recordFlag,
      reversal_flag: version.reversalFlag,
      moved_in_on: writeDate(version.movedIn, style),
      moved_out_on: writeDate(version.movedOut, style),
      death_date: writeDate(version.death, style),
      cancelled_on: writeDate(version.cancelled, style),
    }
    writeKin(random, rates, this.names, person, row)
    return row
  }

  /** One number for all versions of a person; another one for a second hukou. */
  private personNumber(person: Person, version: Registration): string {
    const known = version.otherPerson === 0 ? this.personNumbers.get(person) : undefined
    if (known !== undefined) return known
    this.lastPersonNumber += this.random.range(1, 3)
    const number = `R${this.lastPersonNumber}`
    if (version.otherPerson === 0) this.personNumbers.set(person, number)
    return number
  }

  private writeNumber(household: Household, person: Person, version: Registration): string {
    const { random, world } = this
    const lend = (from: 'household' | 'anybody') => borrow(random, world, household, person, from)
    const own = version.idNumber !== '' ? version.idNumber : person.idNumber
    return writeNumber(random, this.numbers, person, own, ageOn(person.birth, EXTRACT_DAY), lend)
  }
}

function relationIn(household: Household, head: Person | undefined, person: Person): string {
  if (head === undefined) return ''
  if (household.collective) return person === head ? '02' : '99'
  const { writesText } = household.village.township
  return policeRelation(relate(head, person), person, head, { inWords: writesText })
}

/** The first member who is still there; a dead head is followed by the next. */
function chooseHead(household: Household, lines: readonly Line[]): Person | undefined {
  const there = (person: Person): boolean =>
    lines.some((line) => line.person === person && line.version.status === '0' && line.version.recordFlag === '1')
  return (
    household.members.find((member) => ageOn(member.birth, T0) >= 16 && there(member)) ??
    household.members.find(there) ??
    household.members[0] ??
    lines[0]?.person
  )
}

function borrow(
  random: Random,
  world: World,
  household: Household,
  person: Person,
  from: 'household' | 'anybody',
): string | undefined {
  const lenders = from === 'household' ? household.members : world.people
  for (let i = 0; i < 5; i++) {
    const other = random.pick(lenders)
    if (other !== undefined && other !== person && other.idNumber !== person.idNumber) return other.idNumber
  }
  return undefined
}

export function writeSex(sex: number, { inWords }: { readonly inWords: boolean }): string {
  return inWords ? (sex === 1 ? '男' : '女') : String(sex)
}

function observeBirth(random: Random, rates: Rates, birth: number): number {
  const draw = random.next()
  if (draw < rates['police.birth.blank']) return 0
  if (draw < rates['police.birth.blank'] + rates['police.birth.error']) return spoilDate(random, birth, EXTRACT_DAY)
  if (birth < 19800101 && random.chance(rates['police.birth.lunar'])) return readLunar(birth)
  return birth
}

function writeKin(random: Random, rates: Rates, names: readonly string[], person: Person, row: PoliceRow): void {
  const write = (kin: Person | undefined, otherwise: string): [string, string] => {
    if (kin === undefined) return [otherwise, '']
    const name = names[kin.index] as string
    const number = random.chance(rates['police.kin.missing']) ? '' : kin.idNumber
    if (!random.chance(rates['police.kin.error'])) return [name, number]
    return number !== '' && random.chance(0.6)
      ? [name, spoilNumber(random, number)]
      : [[...name].reverse().join(''), number]
  }
  ;[row.father_name, row.father_id] = write(person.father, person.fatherName)
  ;[row.mother_name, row.mother_id] = write(person.mother, person.motherName)
  ;[row.spouse_name, row.spouse_id] = write(person.spouse, '')
}
