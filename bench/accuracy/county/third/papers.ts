/**
 * Certificates of birth and death, and the death form of the census.
 *
 * In:  homes, the enumeration (for blocks), the office. Out: rows of the three small registers.
 */
import { ageOn, T0, WINDOW_START } from '../../../../src/synth/calendar.ts'
import type { Random } from '../../../../src/synth/random.ts'
import type { BirthRow, CensusDeathRow, DeathRow } from '../../../../src/synth/rows.ts'
import type { Enumeration } from './census.ts'
import type { Homes } from './homes.ts'
import type { Stay } from './stays.ts'
import { babyName } from './names.ts'
import type { Office } from './office.ts'
import { type Person, type Population, type Village } from './people.ts'
import { fullName } from './police.ts'
import * as slips from './slips.ts'

export class Papers {
  readonly births: BirthRow[] = []
  readonly deaths: DeathRow[] = []
  readonly forms: CensusDeathRow[] = []
  private readonly random: Random
  private readonly population: Population
  private readonly homes: Homes
  private readonly office: Office

  constructor(random: Random, population: Population, homes: Homes, enumeration: Enumeration, office: Office) {
    this.random = random
    this.population = population
    this.homes = homes
    this.office = office
    for (const stay of homes.stays) {
      const { birth, death, village } = stay.person
      if (birth >= WINDOW_START && !random.chance(office.rates.birthCertificateMissing)) this.certifyBirth(stay)
      if (death > 20190701 && village >= 0 && !random.chance(office.rates.deathCertificateMissing))
        this.certifyDeath(stay)
      const inWindow = death >= WINDOW_START && death < T0
      const form = inWindow
        ? !random.chance(office.rates.deathFormMissing)
        : death > 20190801 && random.chance(office.rates.deathFormStray)
      if (!form || village < 0) continue
      this.fillForm(stay, enumeration)
      if (random.chance(0.02)) this.fillForm(stay, enumeration)
    }
  }

  private date(date: number): string {
    const text = String(date)
    return [text.slice(0, 4), text.slice(4, 6), text.slice(6)].join(this.office.dateMark.papers)
  }

  private number(person: Person | undefined): string {
    const { random } = this
    const { rates } = this.office
    if (person === undefined || random.chance(rates.certificateNumberMissing)) return ''
    return random.chance(rates.certificateNumberSlip) ? slips.slipNumber(random, person.number) : person.number
  }

  private name(person: Person | undefined): string {
    const { random } = this
    if (person === undefined) return ''
    const { rates, rareMarks } = this.office
    const { surname, given } = person.name
    let name = random.chance(rates.certificateNameSlip)
      ? slips.slipName(random, surname, given, false)
      : fullName(person)
    if (random.chance(rates.rareLost)) name = slips.loseRare(name, rareMarks.papers)
    return name.includes('·') && random.chance(rates.pointSpelling) ? slips.respellPoint(random, name) : name
  }

  private villageOf(stay: Stay | undefined): Village | undefined {
    const at = stay?.dwelling ?? stay?.hukou
    return at && this.population.villages[at.village]
  }

  private certifyBirth(stay: Stay): void {
    const { random } = this
    const { person } = stay
    const { mother, father } = person
    const home = mother && this.homes.stays[mother.id]
    const outside = home !== undefined && home.dwelling === undefined
    if (mother === undefined || (outside && !random.chance(0.3))) return
    const village = outside ? undefined : this.villageOf(home)
    const no = `T${String(410000000 + this.births.length * 3 + person.order)}`
    const unnamed = random.chance(this.office.rates.certificateUnnamed)
    this.births.push({
      person: person.id,
      record_id: no,
      certificate_no: no,
      name: unnamed ? babyName(random, person.name.surname, fullName(mother), person.sex) : this.name(person),
      sex: String(person.sex),
      birth_date: this.date(person.birth),
      birth_order: String(person.order),
      mother_name: this.name(mother),
      mother_id: this.number(mother),
      father_name: random.chance(0.05) ? '' : this.name(father),
      father_id: this.number(father),
      area_code: village?.code ?? `${home?.outsideCode}001001`,
      address: village === undefined ? '' : village.town + village.name,
    })
  }

  private certifyDeath(stay: Stay): void {
    const { random } = this
    const { person } = stay
    const village = this.population.villages[person.village] as Village
    const hukou = stay.hukou && this.population.villages[stay.hukou.village]
    const no = `S${String(820000000 + this.deaths.length)}`
    const birth = random.chance(0.01) ? slips.slipDate(random, person.birth) : person.birth
    this.deaths.push({
      person: person.id,
      record_id: no,
      certificate_no: no,
      name: this.name(person),
      id_number: this.number(person),
      sex: String(person.sex),
      birth_date: random.chance(0.02) || birth > person.death ? '' : this.date(birth),
      death_date: this.date(person.death),
      hukou_area_code: hukou?.code.slice(0, random.pick([12, 12, 6])) ?? stay.hukouCode.match(/\d+/)?.[0] ?? '',
      area_code: village.code,
      address: village.town + village.name,
    })
  }

  private fillForm(stay: Stay, enumeration: Enumeration): void {
    const { random } = this
    const { person } = stay
    const kin = [person.spouse, ...person.children, person.father, person.mother].find(
      (k) => k !== undefined && this.homes.stays[k.id]?.dwelling !== undefined,
    )
    const home = kin && this.homes.stays[kin.id]?.dwelling
    const village = this.population.villages[home?.village ?? person.village] as Village
    const block = (home && enumeration.blockOf.get(home)) ?? `${village.code}001`
    const birth = random.chance(this.office.rates.birthSlip) ? slips.slipDate(random, person.birth) : person.birth
    const shifted = random.chance(0.05) ? -1 : 0
    const month = Math.floor(person.death / 100)
    this.forms.push({
      person: person.id,
      record_id: `X${String(this.forms.length + 1).padStart(5, '0')}`,
      block_code: block,
      household_no: home === undefined ? '999' : String((home.no % 90) + 1).padStart(3, '0'),
      name: this.name(person),
      id_number: random.chance(0.15) ? '' : this.number(person),
      sex: String(person.sex),
      birth_month: String(Math.floor(birth / 100)),
      death_month: String(month + (shifted !== 0 && month % 100 > 1 ? shifted : 0)),
      age: String(ageOn(person.birth, person.death)),
    })
  }
}
