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
  const random = new Random(`${seed}/police`)
  const numbers = numberRates(rates, 'police', 'police.id.missing')
  const nameErrors = nameRates(rates, 'police')
  const byHousehold = new Map<Household, Line[]>()
  for (const household of world.households) byHousehold.set(household, [])
  for (const person of world.people) {
    for (const version of person.registrations) byHousehold.get(version.household)?.push({ person, version })
  }

  const rows: PoliceRow[] = []
  const personNumbers = new Map<Person, string>()
  let nextPersonNumber = 100000
  for (const [household, lines] of byHousehold) {
    const head = chooseHead(household, lines)
    const { township } = household.village
    const address = addressOf(household.village, household.dwelling.houseNo)
    for (const { person, version } of lines) {
      let personNumber = version.otherPerson === 0 ? personNumbers.get(person) : undefined
      if (personNumber === undefined) {
        personNumber = `R${(nextPersonNumber += random.range(1, 3))}`
        if (version.otherPerson === 0) personNumbers.set(person, personNumber)
      }
      const trueNumber = version.idNumber !== '' ? version.idNumber : person.idNumber
      const style = township.dateStyle
      rows.push({
        person: person.index,
        record_id: '',
        person_no: personNumber,
        id_number: writeNumber(random, numbers, person, trueNumber, ageOn(person.birth, EXTRACT_DAY), (from) =>
          borrow(random, world, household, person, from),
        ),
        name: writeName(
          random,
          nameErrors,
          person,
          version.name !== '' ? version.name : (names[person.index] as string),
        ),
        former_name: version.recordFlag === '1' ? person.formerName : '',
        sex: writeSex(random.chance(rates['police.sex']) ? 3 - person.sex : person.sex, {
          inWords: township.writesText,
        }),
        ethnicity: writeEthnicity(random, person.ethnicity, rates['police.ethnicity'], township.writesText ? 2 : 0),
        birth_date: writeDate(observeBirth(random, rates, version.birth !== 0 ? version.birth : person.birth), style),
        household_no: household.no,
        relation:
          head === undefined
            ? ''
            : household.collective
              ? person === head
                ? '02'
                : '99'
              : policeRelation(relate(head, person), person, head, { inWords: township.writesText }),
        household_type: household.collective ? '集体户' : '家庭户',
        area_code: household.village.code,
        address,
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
      })
      writeKin(random, rates, names, person, rows[rows.length - 1] as PoliceRow)
    }
  }
  rows.forEach((row, i) => {
    row.record_id = `P${String(i + 1).padStart(7, '0')}`
  })
  return rows
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
