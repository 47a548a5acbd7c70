/**
 * The hands that build a world: new people with names and numbers, new dwellings, new households.
 *
 * In:  rates, random stream, places. Out: a growing World. Which people a family holds is for
 *      families.ts, where they live for residence.ts, what the register says for registrations.ts.
 */
import { ageOn, T0 } from '../calendar.ts'
import type { Random, WeightedTable } from '../random.ts'
import type { Rates } from '../rates.ts'
import { DOTTED_STYLES, drawDottedTokens, ETHNIC_STYLES, type NameStyle } from './dotted-names.ts'
import { drawGivenName } from './given-names.ts'
import type { NumberOffice } from './id-numbers.ts'
import type { Dwelling, Household, Person, Village, World } from './model.ts'
import { localArea, OTHER_COUNTIES } from './places.ts'

export interface Builder {
  readonly world: World
  readonly rates: Rates
  readonly random: Random
  readonly office: NumberOffice
  readonly surnames: WeightedTable<string>
}

/** What a family shares: its people's way of being named, and where their numbers come from. */
export interface Lineage {
  readonly surname: string
  readonly ethnicity: string
  readonly style: NameStyle
  /** Other county whose numbers they carry; '' for this one. */
  readonly area: string
}

export function drawLineage(builder: Builder, village: Village | undefined, area: string): Lineage {
  const { random, rates, surnames } = builder
  const clan = village !== undefined && village.clan !== '' && random.chance(village.clanShare)
  const surname = clan ? village.clan : surnames.draw(random)
  if (!random.chance(rates['world.minority'])) return { surname, ethnicity: '01', style: 'han', area }
  const table = random.chance(rates['world.dotted']) ? DOTTED_STYLES : ETHNIC_STYLES
  let rest = random.next() * table.reduce((sum, [, , share]) => sum + share, 0)
  for (const [ethnicity, style, share] of table) {
    rest -= share
    if (rest <= 0) return { surname: style === 'han' ? surname : '', ethnicity, style, area }
  }
  return { surname, ethnicity: '01', style: 'han', area }
}

/** Those of a person's parents whom the county knows. */
interface Parents {
  readonly father?: Person | undefined
  readonly mother?: Person | undefined
}

export function bearPerson(
  builder: Builder,
  lineage: Lineage,
  sex: 1 | 2,
  birth: number,
  { father, mother }: Parents = {},
): Person {
  const { random, rates, office, world } = builder
  const year = Math.floor(birth / 10000)
  let registeredBirth = birth
  if (year < 1965 && random.chance(rates['world.heaped-birth'])) {
    registeredBirth = random.chance(0.4) ? year * 10000 + 101 : Math.floor(birth / 100) * 100 + 15
  }
  const tokens = drawTokens(builder, lineage, sex, father)
  const elsewhere =
    lineage.area !== '' ? lineage.area : random.chance(rates['world.born-elsewhere']) ? random.pick(OTHER_COUNTIES) : ''
  const area = elsewhere !== '' ? elsewhere : localArea(registeredBirth)
  const surname =
    mother !== undefined && father !== undefined && random.chance(rates['world.mother-surname'])
      ? mother.surname
      : lineage.surname
  const given = lineage.style === 'han' ? drawGivenName(random, sex, year, rates['world.rare-character']) : ''
  const former = random.chance(rates['world.former-name'])
  const person: Person = {
    index: world.people.length,
    sex,
    birth: registeredBirth,
    surname,
    given,
    tokens,
    formerName: former && lineage.style === 'han' && year < 2019 ? surname + drawGivenName(random, sex, year, 0) : '',
    ethnicity: lineage.ethnicity,
    idNumber: office.issue(area, registeredBirth, sex),
    father,
    mother,
    spouse: undefined,
    fatherName: '',
    motherName: '',
    hukou: undefined,
    hukouElsewhere: '',
    home: undefined,
    livesElsewhere: '',
    monthsAway: 0,
    death: 0,
    birthOrder: 1,
    bornAtHome: false,
    role: 'ordinary',
    registrations: [],
  }
  if (father === undefined && lineage.style === 'han' && random.chance(0.35)) {
    person.fatherName = surname + drawGivenName(random, 1, year - 27, 0)
    person.motherName = builder.surnames.draw(random) + drawGivenName(random, 2, year - 25, 0)
  }
  world.people.push(person)
  return person
}

/** Tokens of a dotted or surname-less name, with the father's where the style has them; empty for Han-style names. */
export function drawTokens({ random }: Builder, lineage: Lineage, sex: 1 | 2, father: Person | undefined): string[] {
  if (lineage.style === 'han') return []
  const inherited = lineage.style === 'yi' ? father?.tokens : father?.tokens.slice(0, 1)
  return drawDottedTokens(random, lineage.style, sex, inherited ?? [])
}

/** Who lives there: a family, or people who share rooms (集体户). */
export type DwellingKind = 'family' | 'collective'

/** @param notBlock a block of the village to stay out of */
export function openDwelling(builder: Builder, village: Village, kind: DwellingKind, notBlock = -1): Dwelling {
  const { random, world } = builder
  let block = random.int(village.blocks)
  if (block === notBlock) block = (block + 1) % village.blocks
  const no = (village.lastNumber[block] as number) + 1
  village.lastNumber[block] = no
  const dwelling: Dwelling = {
    village,
    block,
    no,
    houseNo: random.range(1, 300),
    collective: kind === 'collective',
    residents: [],
    registered: [],
  }
  world.dwellings.push(dwelling)
  return dwelling
}

export function openHousehold(builder: Builder, village: Village, members: Person[], kind: DwellingKind): Household {
  village.households += 1
  const household: Household = {
    village,
    no: village.code.slice(6) + String(village.households).padStart(4, '0'),
    collective: kind === 'collective',
    members,
    dwelling: openDwelling(builder, village, kind),
  }
  household.dwelling.registered.push(household)
  for (const member of members) member.hukou = household
  builder.world.households.push(household)
  return household
}

export function isAliveAtT0(person: Person): boolean {
  return (person.death === 0 || person.death >= T0) && person.birth < T0
}

export function ageAtT0(person: Person): number {
  return ageOn(person.birth, T0)
}
