/**
 * Births, deaths and the census death form: three small registers, each with its own errors.
 *
 * In:  a world. Out: certificates of the county's hospitals and death forms of its blocks.
 */
import { compareText } from '../../text-order.ts'
import { addDays, ageOn, EXTRACT_DAY, T0, WINDOW_START } from '../calendar.ts'
import { Random, RareEvent } from '../random.ts'
import type { Rates } from '../rates.ts'
import type { BirthRow, CensusDeathRow, DeathRow } from '../rows.ts'
import { isAliveAtT0 } from '../world/builder.ts'
import { drawGivenName } from '../world/given-names.ts'
import type { Dwelling, Person, World } from '../world/model.ts'
import { addressOf } from '../world/places.ts'
import { blockCode } from './census.ts'
import { type DateStyle, spoilDate, writeDate, writeMonth } from './dates.ts'
import { mixedNameRates, writeName } from './name-errors.ts'
import { spoilNumber } from './number-errors.ts'
import { writeSex } from './police.ts'

export function observeBirths(world: World, names: readonly string[], seed: string, rates: Rates): BirthRow[] {
  const random = new Random(`${seed}/births`)
  const nameErrors = mixedNameRates(rates['births.name.error'])
  const rows: BirthRow[] = []
  const strangers = new Set(world.strangersBorn)
  const parentNumber = (parent: Person | undefined): string => {
    if (parent === undefined || random.chance(rates['births.parent.id.missing'])) return ''
    return random.chance(rates['births.parent.id.error']) ? spoilNumber(random, parent.idNumber) : parent.idNumber
  }
  for (const baby of world.people) {
    if (baby.birth < WINDOW_START || baby.birth > EXTRACT_DAY) continue
    const stranger = strangers.has(baby)
    if (baby.role === 'gone' && !stranger) continue
    const { mother, father } = baby
    const residence = mother?.home ?? baby.home
    // A mother who lives elsewhere mostly gives birth there, and the certificate stays there.
    if (!stranger && residence === undefined && !random.chance(0.15)) continue
    if (!stranger && baby.bornAtHome) continue
    const noFather = random.chance(rates['births.father.missing'])
    const style: DateStyle = random.chance(0.8) ? 1 : 0
    rows.push({
      person: baby.index,
      record_id: '',
      certificate_no: '',
      name: babyName(random, rates, baby, names, nameErrors),
      sex: writeSex(random.chance(rates['births.sex']) ? 3 - baby.sex : baby.sex, { inWords: true }),
      birth_date: writeDate(
        random.chance(rates['births.birth.error']) ? spoilDate(random, baby.birth, EXTRACT_DAY) : baby.birth,
        style,
      ),
      birth_order: String(baby.birthOrder),
      mother_name: mother === undefined ? '' : writeName(random, nameErrors, mother, names[mother.index] as string),
      mother_id: parentNumber(mother),
      father_name:
        father === undefined || noFather ? '' : writeName(random, nameErrors, father, names[father.index] as string),
      father_id: noFather ? '' : parentNumber(father),
      area_code: residence?.village.code ?? mother?.livesElsewhere ?? '',
      address: residence === undefined ? '' : addressOf(residence.village, residence.houseNo),
    })
  }
  rows.sort((a, b) => (a.birth_date.replaceAll('-', '') < b.birth_date.replaceAll('-', '') ? -1 : 1))
  rows.forEach((row, i) => {
    row.certificate_no = `X51${String(3000000 + i * 3).padStart(7, '0')}`
    row.record_id = row.certificate_no
  })
  return rows
}

function babyName(
  random: Random,
  rates: Rates,
  baby: Person,
  names: readonly string[],
  errors: ReturnType<typeof mixedNameRates>,
): string {
  const { mother } = baby
  if (random.chance(rates['births.unnamed'])) {
    const motherName = mother === undefined ? '' : (names[mother.index] as string)
    return random.pick([
      '',
      '',
      '未取名',
      '未取名',
      motherName === '' ? '' : `${motherName}之${baby.sex === 1 ? '子' : '女'}`,
    ])
  }
  if (baby.tokens.length === 0 && random.chance(rates['births.renamed'])) {
    const surname = mother !== undefined && random.chance(0.3) ? mother.surname : baby.surname
    return surname + drawGivenName(random, baby.sex, 2020, 0)
  }
  return writeName(random, errors, baby, names[baby.index] as string)
}

export function observeDeaths(world: World, names: readonly string[], seed: string, rates: Rates): DeathRow[] {
  const random = new Random(`${seed}/deaths`)
  const nameErrors = mixedNameRates(rates['deaths.name.error'])
  const rows: DeathRow[] = []
  const strangers = new Set(world.strangersDead)
  for (const person of world.people) {
    if (person.death < 20190101 || person.death > EXTRACT_DAY || person.role === 'lost') continue
    const stranger = strangers.has(person)
    if (person.role === 'gone' && !stranger) continue
    if (!stranger && random.chance(rates['deaths.no-certificate'])) continue
    const home = person.home ?? (person.livesElsewhere === '' ? person.hukou?.dwelling : undefined)
    // Those who died elsewhere have their paper there, except when the family brought it home.
    if (!stranger && home === undefined && !random.chance(0.3)) continue
    const style: DateStyle = random.chance(0.85) ? 1 : 2
    const noNumber =
      random.chance(rates['deaths.id.missing']) || (ageOn(person.birth, person.death) < 1 && random.chance(0.8))
    const draw = random.next()
    const birth =
      draw < rates['deaths.birth.blank']
        ? 0
        : random.chance(rates['deaths.birth.error'])
          ? spoilDate(random, person.birth, person.death)
          : person.birth
    rows.push({
      person: person.index,
      record_id: '',
      certificate_no: '',
      name:
        ageOn(person.birth, person.death) < 1 && random.chance(0.3)
          ? '未取名'
          : writeName(random, nameErrors, person, names[person.index] as string),
      id_number: noNumber
        ? ''
        : random.chance(rates['deaths.id.error'])
          ? spoilNumber(random, person.idNumber)
          : person.idNumber,
      sex: writeSex(random.chance(rates['deaths.sex']) ? 3 - person.sex : person.sex, { inWords: true }),
      birth_date: writeDate(birth, style),
      death_date: writeDate(person.death, style),
      hukou_area_code:
        person.hukou?.village.code ?? (person.hukouElsewhere || (person.mother?.hukou?.village.code ?? '')),
      area_code: home?.village.code ?? person.livesElsewhere,
      address: home === undefined ? '' : addressOf(home.village, home.houseNo),
    })
  }
  const key = (row: DeathRow): number => row.death_date.split(/[-/]/).reduce((sum, part) => sum * 100 + Number(part), 0)
  const keyed = rows.map((row) => ({ row, at: key(row) })).sort((a, b) => a.at - b.at)
  return keyed.map(({ row }, i) => {
    row.certificate_no = `5130${String(20200001 + i * 2)}`
    row.record_id = row.certificate_no
    return row
  })
}

export function observeDeathForms(
  world: World,
  names: readonly string[],
  seed: string,
  rates: Rates,
): CensusDeathRow[] {
  const random = new Random(`${seed}/form`)
  const enumerator = new DeathFormEnumerator(names, random, rates)
  const rows = world.people.flatMap((person) => enumerator.visit(person))
  rows.sort((a, b) => compareText(a.block_code, b.block_code) || compareText(a.household_no, b.household_no))
  rows.forEach((row, i) => {
    row.record_id = `D${String(i + 1).padStart(6, '0')}`
  })
  return rows
}

/** Who fills in death forms, and for whom: draws from one source of chance, person by person. */
class DeathFormEnumerator {
  private readonly names: readonly string[]
  private readonly random: Random
  private readonly rates: Rates
  private readonly nameErrors: ReturnType<typeof mixedNameRates>
  private readonly alive: RareEvent
  private readonly duplicate: RareEvent

  constructor(names: readonly string[], random: Random, rates: Rates) {
    this.names = names
    this.random = random
    this.rates = rates
    this.nameErrors = mixedNameRates(rates['form.name.error'])
    this.alive = new RareEvent(random, rates['form.alive'])
    this.duplicate = new RareEvent(random, rates['form.duplicate'])
  }

  /** The forms of one person: none, as a rule; two where the household and the hukou both tell of the death. */
  visit(person: Person): CensusDeathRow[] {
    const { random, rates } = this
    if (person.role === 'gone' || person.role === 'lost') return []
    const dwelling = person.home ?? person.hukou?.dwelling ?? person.registrations[0]?.household.dwelling
    if (dwelling === undefined) return []
    if (person.death === 0) {
      const isCounted = person.birth < T0 && isAliveAtT0(person) && this.alive.happens()
      return isCounted ? [this.write(person, dwelling, addDays(WINDOW_START, random.int(360)))] : []
    }
    const inside = person.death >= WINDOW_START && person.death < T0
    const missed = ageOn(person.birth, person.death) < 1 ? rates['form.miss.infant'] : rates['form.miss']
    if (!random.chance(inside ? 1 - missed : rates['form.out-of-window'])) return []
    const form = this.write(person, dwelling, person.death)
    if (!this.duplicate.happens()) return [form]
    return [form, this.write(person, person.hukou?.dwelling ?? dwelling, person.death)]
  }

  private write(person: Person, dwelling: Dwelling, death: number): CensusDeathRow {
    const { random, rates } = this
    const seen = random.chance(rates['form.month']) ? spoilMonth(random, death) : death
    const birth = random.chance(rates['form.birth.error']) ? spoilDate(random, person.birth, death) : person.birth
    return {
      person: person.index,
      record_id: '',
      block_code: blockCode(dwelling),
      household_no: String(dwelling.no).padStart(3, '0'),
      name:
        ageOn(person.birth, death) < 1 && random.chance(0.3)
          ? '未取名'
          : writeName(random, this.nameErrors, person, this.names[person.index] as string),
      id_number: random.chance(rates['form.id.missing'])
        ? ''
        : random.chance(rates['form.id.error'])
          ? spoilNumber(random, person.idNumber)
          : person.idNumber,
      sex: writeSex(random.chance(rates['form.sex']) ? 3 - person.sex : person.sex, { inWords: false }),
      birth_month: writeMonth(Math.floor(birth / 100), 0),
      death_month: writeMonth(Math.floor(seen / 100), 0),
      age: String(Math.max(0, ageOn(birth, death))),
    }
  }
}

const spoilMonth = (random: Random, death: number): number => addDays(death, random.chance(0.5) ? 31 : -31)
