/**
 * The short forms as they were keyed: each listed person a row, with what the household said of it.
 *
 * In:  a world. Out: census rows, block by block, household by household, head first.
 */
import { ageOn, T0 } from '../calendar.ts'
import { Random } from '../random.ts'
import type { Rates } from '../rates.ts'
import type { CensusRow } from '../rows.ts'
import { censusRelation, relate } from '../world/kinship.ts'
import type { Dwelling, Person, World } from '../world/model.ts'
import { addressOf } from '../world/places.ts'
import { type Entry, type Listing, listPeople, rareListings } from './census-listing.ts'
import { answerHukou, answerResidence, writeDuration } from './census-places.ts'
import { readLunar, spoilDate, writeMonth } from './dates.ts'
import { writeEthnicity } from './ethnicity.ts'
import { type NameRates, nameRates, writeName } from './name-errors.ts'
import { type NumberRates, numberRates, writeNumber } from './number-errors.ts'
import { writeSex } from './police.ts'

interface Enumerator {
  readonly world: World
  readonly names: readonly string[]
  readonly random: Random
  readonly rates: Rates
  readonly nameErrors: NameRates
  readonly numbersHome: NumberRates
  readonly numbersPresent: NumberRates
}

export function observeCensus(world: World, names: readonly string[], seed: string, rates: Rates): CensusRow[] {
  const random = new Random(`${seed}/census`)
  const listing: Listing = new Map()
  listPeople({ world, random, rates, listing, rare: rareListings(random, rates) })
  const enumerator: Enumerator = {
    world,
    names,
    random,
    rates,
    nameErrors: nameRates(rates, 'census'),
    numbersHome: numberRates(rates, 'census', 'census.id.missing'),
    numbersPresent: numberRates(rates, 'census', 'census.id.missing.present'),
  }
  const households = [...listing].filter(([, entries]) => entries.length > 0)
  households.sort(([a], [b]) =>
    a.village.code < b.village.code ? -1 : a.village.code > b.village.code ? 1 : a.block - b.block || a.no - b.no,
  )
  const rows: CensusRow[] = []
  for (const [dwelling, entries] of households) writeHousehold(enumerator, dwelling, entries, rows)
  exchangeNumbers(new Random(`${seed}/census/exchanged`), rates, rows)
  rows.forEach((row, i) => {
    row.record_id = `C${String(i + 1).padStart(7, '0')}`
  })
  return rows
}

/** A card of the one copied onto the line of the other. Rows of a household lie together. */
function exchangeNumbers(random: Random, rates: Rates, rows: readonly CensusRow[]): void {
  for (let from = 0, to = 0; from < rows.length; from = to) {
    const first = rows[from] as CensusRow
    const isSameHome = (row: CensusRow | undefined): boolean =>
      row?.block_code === first.block_code && row.household_no === first.household_no
    for (to = from + 1; isSameHome(rows[to]); to++);
    const [one, other] = rows.slice(from, to).filter((row) => row.id_number.length === 18)
    if (one === undefined || other === undefined || one.person === other.person) continue
    if (first.household_type === '2' || !random.chance(rates['census.id.exchanged'])) continue
    const number = one.id_number
    one.id_number = other.id_number
    other.id_number = number
  }
}

export function blockCode(dwelling: Dwelling): string {
  return dwelling.village.code + String(dwelling.block + 1).padStart(3, '0')
}

function writeHousehold(
  enumerator: Enumerator,
  dwelling: Dwelling,
  entries: readonly Entry[],
  rows: CensusRow[],
): void {
  const { random, rates } = enumerator
  const head = chooseHead(enumerator, dwelling, entries)
  const ordered = [...entries].sort((a, b) => Number(b.person === head) - Number(a.person === head))
  let present = entries.filter((entry) => entry.present).length
  let away = entries.length - present
  if (random.chance(rates['census.count'])) {
    if (random.chance(0.5)) present = Math.max(0, present + (random.chance(0.5) || present === 0 ? 1 : -1))
    else away = Math.max(0, away + (random.chance(0.5) || away === 0 ? 1 : -1))
  }
  const block = blockCode(dwelling)
  const address = addressOf(dwelling.village, dwelling.houseNo)
  const no = String(dwelling.no).padStart(3, '0')
  const inWords = (dwelling.block * 7 + dwelling.village.households) % 11 === 0
  for (const entry of ordered) {
    const { person } = entry
    const outsider = entry.present && person.hukou?.dwelling !== dwelling
    const residence = answerResidence(random, rates, entry, dwelling)
    const hukou = answerHukou(random, rates, entry, dwelling)
    rows.push({
      person: person.index,
      record_id: '',
      block_code: block,
      household_no: no,
      household_type: dwelling.collective ? '2' : '1',
      persons_present: String(present),
      persons_away: String(away),
      name: writeName(random, enumerator.nameErrors, person, enumerator.names[person.index] as string),
      relation: random.chance(rates['census.relation'])
        ? String(random.range(1, 9))
        : dwelling.collective && person !== head
          ? '9'
          : censusRelation(relate(head, person)),
      id_number: writeNumber(
        random,
        outsider ? enumerator.numbersPresent : enumerator.numbersHome,
        person,
        person.idNumber,
        ageOn(person.birth, T0),
        (from) => borrow(enumerator, entries, person, from),
      ),
      sex: writeSex(random.chance(rates['census.sex']) ? 3 - person.sex : person.sex, { inWords }),
      birth_month: observeMonth(enumerator, person),
      ethnicity: writeEthnicity(random, person.ethnicity, rates['census.ethnicity'], inWords ? 1 : 0),
      residence: residence.place,
      residence_area_code: residence.code,
      hukou_place: hukou.place,
      hukou_area_code: hukou.code,
      away_duration: writeDuration(random, rates, entry, dwelling, hukou.place),
      away_reason: entry.present && !outsider ? '' : reason(random, person),
      address,
    })
  }
}

function chooseHead(enumerator: Enumerator, dwelling: Dwelling, entries: readonly Entry[]): Person {
  const { random, rates } = enumerator
  const adults = entries.filter((entry) => ageOn(entry.person.birth, T0) >= 18)
  const present = adults.filter((entry) => entry.present)
  const registerHead = dwelling.registered[0]?.members.find((member) => adults.some((entry) => entry.person === member))
  if (registerHead !== undefined && !random.chance(rates['census.other-head'])) return registerHead
  const pool = present.length > 0 ? present : adults.length > 0 ? adults : entries
  return (random.pick(pool) as Entry).person
}

function borrow(
  enumerator: Enumerator,
  entries: readonly Entry[],
  person: Person,
  from: 'household' | 'anybody',
): string | undefined {
  for (let i = 0; i < 5; i++) {
    const other =
      from === 'household'
        ? (enumerator.random.pick(entries) as Entry).person
        : enumerator.random.pick(enumerator.world.people)
    if (other !== person && other.idNumber !== person.idNumber) return other.idNumber
  }
  return undefined
}

function observeMonth(enumerator: Enumerator, person: Person): string {
  const { random, rates } = enumerator
  const { birth } = person
  if (random.chance(rates['census.birth.blank'])) return ''
  let seen = birth
  if (random.chance(rates['census.birth.error'])) {
    // A mistake that leaves the month alone would be none.
    for (let i = 0; i < 8 && Math.floor(seen / 100) === Math.floor(birth / 100); i++)
      seen = spoilDate(random, birth, 20201031)
  } else if (birth < 19800101 && random.chance(rates['census.birth.lunar'])) seen = readLunar(birth)
  if (random.chance(rates['census.birth.day'])) return String(seen)
  return writeMonth(Math.floor(seen / 100), random.chance(0.1) ? 1 : 0)
}

const REASONS = [
  '工作就业',
  '学习培训',
  '随同离开/投亲靠友',
  '拆迁/搬家',
  '寄挂户口',
  '婚姻嫁娶',
  '照料孙子女',
  '为子女就学',
  '养老/康养',
  '其他',
]

function reason(random: Random, person: Person): string {
  if (person.role === 'boarder') return '学习培训'
  return random.chance(0.55) ? '工作就业' : random.pick(REASONS)
}
