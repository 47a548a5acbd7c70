/**
 * The household register of the invented county, as its office exports it.
 *
 * In:  homes and the office. Out: police rows, those in force, cancelled ones and superseded versions.
 */
import { dateOf, dayOf, T0, EXTRACT_DAY } from '../../../../src/synth/calendar.ts'
import type { Random } from '../../../../src/synth/random.ts'
import type { PoliceRow } from '../../../../src/synth/rows.ts'
import type { Homes } from './homes.ts'
import type { Place, Stay } from './stays.ts'
import { headOf, policeRelation } from './kin.ts'
import type { Office } from './office.ts'
import { ageAt, type Person, type Population } from './people.ts'
import * as slips from './slips.ts'

export const fullName = ({ name }: Person): string => name.surname + name.given

export class PoliceOffice {
  readonly rows: PoliceRow[] = []
  private readonly random: Random
  private readonly population: Population
  private readonly office: Office
  private readonly inWords: boolean
  private readonly codedGroups: boolean

  constructor(random: Random, population: Population, homes: Homes, office: Office) {
    this.random = random
    this.population = population
    this.office = office
    this.inWords = random.chance(0.4)
    this.codedGroups = random.chance(0.4)
    for (const stay of homes.stays) this.enter(stay)
    this.rows.forEach((row, i) => {
      row.record_id = `H${String(i + 1).padStart(7, '0')}`
    })
  }

  private date(date: number): string {
    if (date === 0) return ''
    const text = String(date)
    return [text.slice(0, 4), text.slice(4, 6), text.slice(6)].join(this.office.dateMark.police)
  }

  private enter(stay: Stay): void {
    const { random } = this
    const { rates } = this.office
    const { person, hukou, former } = stay
    if (hukou !== undefined && !this.isUnregistered(stay)) {
      const row = this.version(stay, hukou)
      row.status = stay.gone === '' ? '0' : stay.gone
      if (stay.gone === '1')
        Object.assign(row, { death_date: this.date(person.death), cancelled_on: this.date(stay.goneOn) })
      else if (stay.gone !== '') row.cancelled_on = this.date(stay.goneOn)
      row.moved_in_on = this.date(stay.movedIn)
      this.rows.push(row)
      if (random.chance(rates.oldVersions)) this.superseded(row, person)
      if (random.chance(rates.reversedRows))
        this.rows.push({ ...row, reversal_flag: '1', status: random.pick(['0', '7']) })
      if (stay.gone === '' && random.chance(rates.policeTwice)) this.twice(row)
      else if (stay.gone === '' && random.chance(rates.policeTwoHukou)) this.second(stay, row)
    }
    if (former === undefined) return
    const row = this.version(stay, former)
    row.status = stay.formerStands || (hukou !== undefined && random.chance(rates.moveNotCancelled * 0.2)) ? '0' : '2'
    if (row.status === '2') row.moved_out_on = this.date(stay.goneOn || stay.movedIn)
    if (row.status === '0' && random.chance(0.4)) this.renumber(row, person)
    this.rows.push(row)
  }

  /** Newborns come to the register when somebody goes there. */
  private isUnregistered({ person }: Stay): boolean {
    const { random } = this
    if (person.birth < 20190101) return random.chance(0.0008)
    if (random.chance(this.office.rates.birthNotRegistered)) return true
    const lag = random.chance(0.6) ? random.range(2, 30) : Math.floor(30 - 90 * Math.log(1 - random.next()))
    return dateOf(dayOf(person.birth) + lag) > EXTRACT_DAY
  }

  private version(stay: Stay, place: Place): PoliceRow {
    const { random, population } = this
    const { rates, rareMarks, addressDetail } = this.office
    const { person } = stay
    const village = population.villages[place.village] as Population['villages'][number]
    const living = place.members.filter((p) => (p.death === 0 || p === person) && p.birth <= T0)
    const head = living.length === 0 ? person : headOf(living)
    const birth = random.chance(rates.policeBirthSlip) ? slips.slipDate(random, person.birth) : person.birth
    const known = (kin: Person | undefined): kin is Person => kin !== undefined && random.chance(0.9)
    const { father, mother, spouse } = person
    const hasFather = known(father) ? father : undefined
    const hasMother = known(mother) ? mother : undefined
    const hasSpouse = known(spouse) ? spouse : undefined
    return {
      person: person.id,
      record_id: '',
      person_no: `R${String(person.id * 7 + 1000003)}`,
      id_number: this.number(stay),
      name: this.name(fullName(person), person, rareMarks.police, rates.policeNameSlip),
      former_name: random.chance(0.03) ? slips.slipName(random, person.name.surname, person.name.given, true) : '',
      sex: random.chance(0.0003) ? String(3 - person.sex) : String(person.sex),
      ethnicity: this.codedGroups
        ? { 汉族: '01', 维吾尔族: '05', 藏族: '04', 彝族: '07', 苗族: '06', 回族: '03' }[person.group]
        : person.group,
      birth_date: this.date(birth > EXTRACT_DAY ? person.birth : birth),
      household_no: String(300000000 + place.no),
      relation: place.collective ? (this.inWords ? '非亲属' : '99') : policeRelation(head, person, this.inWords),
      household_type: place.collective ? '集体户' : '家庭户',
      area_code: village.code,
      address: this.address(village, place, addressDetail),
      father_name: hasFather === undefined ? '' : fullName(hasFather),
      father_id: hasFather === undefined || random.chance(0.3) ? '' : hasFather.number,
      mother_name: hasMother === undefined ? '' : fullName(hasMother),
      mother_id: hasMother === undefined || random.chance(0.3) ? '' : hasMother.number,
      spouse_name: hasSpouse === undefined ? '' : fullName(hasSpouse),
      spouse_id: hasSpouse === undefined || random.chance(0.3) ? '' : hasSpouse.number,
      status: '0',
      record_flag: '1',
      reversal_flag: '0',
      moved_in_on: '',
      moved_out_on: '',
      death_date: '',
      cancelled_on: '',
    }
  }

  private address(village: Population['villages'][number], { door }: Place, detail: number): string {
    const name = village.oldName !== '' ? village.oldName : village.name
    if (village.urban) return `${village.town}${name}${(door % 9) + 1}栋${(door % 4) + 1}单元${door}号`
    if (this.random.chance(0.15 * (1 - detail))) return `${village.town}${name}`
    return `${village.town}${name}${(door % 9) + 1}组${detail > 0.3 ? `${door}号` : ''}`
  }

  private name(full: string, person: Person, mark: string, rate: number): string {
    const { random } = this
    let name = random.chance(rate) ? slips.slipName(random, person.name.surname, person.name.given, true) : full
    if (person.id % 100 < this.office.rates.rareLost * 100) name = slips.loseRare(name, mark)
    if (name.includes('·') && random.chance(this.office.rates.pointSpelling * 0.5))
      name = slips.respellPoint(random, name)
    return name
  }

  private number({ person }: Stay): string {
    const { random } = this
    const { rates } = this.office
    const { number, birth } = person
    const child = ageAt(person, T0) < 6
    if (child && person.mother !== undefined && random.chance(rates.policeChildBearsParent * 0.3))
      return person.mother.number
    if (random.chance(rates.policeNumberMissing * (child ? 5 : 1))) return ''
    if (random.chance(rates.policePlaceholder)) return random.pick(slips.PLACEHOLDERS)
    if (birth < 19750101 && birth > 19200101 && random.chance(rates.policeNumberLegacy))
      return number.slice(0, 6) + number.slice(8, 17)
    if (random.chance(rates.policeNumberSlip)) return slips.slipNumber(random, number)
    if (random.chance(rates.policeShared))
      return this.population.people[random.int(this.population.people.length)]?.number ?? number
    return number
  }

  private renumber(row: PoliceRow, person: Person): void {
    const birth = this.random.chance(0.6) ? slips.slipDate(this.random, person.birth) : person.birth
    const other = this.population.issue(birth > T0 ? person.birth : birth, person.sex)
    Object.assign(row, {
      id_number: other,
      birth_date: this.date(birth > T0 ? person.birth : birth),
      person_no: `${row.person_no}9`,
    })
  }

  /** An older version of the row, with the number or name that was changed. */
  private superseded(row: PoliceRow, person: Person): void {
    const old = { ...row, record_flag: '0' }
    if (this.random.chance(this.office.rates.policeNumberReissued * 10)) {
      old.id_number = this.population.issue(person.birth, person.sex)
    } else if (this.random.chance(0.2))
      old.name = slips.slipName(this.random, person.name.surname, person.name.given, true)
    this.rows.push(old)
  }

  /** The same person twice in one village: another booklet, with or without a number. */
  private twice(row: PoliceRow): void {
    const again = { ...row, person_no: `${row.person_no}8`, household_no: `${Number(row.household_no) + 400000000}` }
    if (this.random.chance(0.5)) again.id_number = ''
    this.rows.push(again)
  }

  /** A second hukou elsewhere, with another number and often another age. */
  private second(stay: Stay, first: PoliceRow): void {
    const { random, population } = this
    const village = random.int(population.villages.length)
    const place: Place = {
      village,
      collective: random.chance(0.3),
      no: 90000 + stay.person.id,
      door: 7,
      members: [stay.person],
    }
    const row = this.version(stay, place)
    if (random.chance(0.7)) this.renumber(row, stay.person)
    else row.person_no = `${first.person_no}7`
    if (random.chance(0.3)) row.moved_in_on = this.date(population.dateIn(random.range(2005, 2019)))
    this.rows.push(row)
  }
}
