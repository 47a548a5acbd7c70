/**
 * Where people live: at home, in another block, village, township or county, in dormitories, abroad.
 *
 * In:  a world whose register households are made. Out: every living person has a home in the county
 *      or a place elsewhere, and a number of months since leaving the hukou place.
 */
import { WeightedTable } from '../random.ts'
import { ageAtT0, type Builder, isAliveAtT0, type DwellingKind, openDwelling } from './builder.ts'
import { makeFamily, makeSingle } from './families.ts'
import type { Dwelling, Household, Person, Village } from './model.ts'
import { drawCodeElsewhere } from './places.ts'

const ROOM_SIZE = 7
const FLAT_SIZE = 3

/** Rooms of dormitories and shared flats that still have a bed. */
class Lodgings {
  private readonly rooms = new Map<Village, Dwelling>()
  private readonly flats = new Map<Village, Dwelling>()
  private readonly builder: Builder

  constructor(builder: Builder) {
    this.builder = builder
  }

  take(village: Village, kind: DwellingKind): Dwelling {
    const open = kind === 'collective' ? this.rooms : this.flats
    const found = open.get(village)
    const size = kind === 'collective' ? ROOM_SIZE : this.builder.random.range(1, FLAT_SIZE)
    if (found !== undefined && found.residents.length < size) return found
    const dwelling = openDwelling(this.builder, village, kind)
    open.set(village, dwelling)
    return dwelling
  }
}

export function settlePeople(builder: Builder, inbound: number): void {
  const { world, random, rates } = builder
  const lodgings = new Lodgings(builder)
  const anywhere = new WeightedTable(
    world.villages,
    world.villages.map((village) => village.pull),
  )
  const towns = new WeightedTable(
    world.villages,
    world.villages.map((village) => (village.urban ? village.pull : 0.0001)),
  )

  for (const household of world.households) {
    const living = household.members.filter(isAliveAtT0)
    for (const person of household.members) {
      person.home = household.dwelling
      household.dwelling.residents.push(person)
    }
    if (household.collective) {
      for (const person of living)
        if (random.chance(0.75)) sendAway(builder, person, household, anywhere, lodgings, random.chance(0.25))
    } else if (random.chance(rates['world.away.household'])) sendFamily(builder, living, household, anywhere)
    else sendSome(builder, living, household, anywhere, towns, lodgings)
  }

  let settled = 0
  while (settled < inbound) {
    const code = drawCodeElsewhere(random)
    const family = random.chance(rates['world.inbound.family'])
    const people = family
      ? makeFamily(builder, { village: undefined, area: code.slice(0, 6), elders: [], isYoung: true })
      : [makeSingle(builder, code.slice(0, 6), 17, 50)]
    const village = anywhere.draw(random)
    const dwelling = family
      ? openDwelling(builder, village, 'family')
      : lodgings.take(village, random.chance(0.5) ? 'collective' : 'family')
    const months = drawMonths(builder)
    for (const person of people) {
      person.hukouElsewhere = code
      person.home = dwelling
      person.monthsAway = months
      dwelling.residents.push(person)
    }
    settled += people.length
  }
}

function sendSome(
  builder: Builder,
  living: readonly Person[],
  household: Household,
  anywhere: WeightedTable<Village>,
  towns: WeightedTable<Village>,
  lodgings: Lodgings,
): void {
  const { random, rates } = builder
  const gone = new Set<Person>()
  for (const person of living) {
    if (gone.has(person)) continue
    const age = ageAtT0(person)
    if (age >= 15 && age <= 18 && random.chance(rates['world.boarder'])) {
      const village = towns.draw(random)
      if (village !== household.village) {
        moveTo(person, household, lodgings.take(village, 'collective'), random.pick([2, 14, 26]))
        person.role = 'boarder'
        gone.add(person)
      }
      continue
    }
    if (age < 16) continue
    if (!random.chance(age <= 45 && age >= 18 ? rates['world.away.adult'] : rates['world.away.other'])) continue
    const party = [person]
    const spouse = person.spouse
    if (spouse !== undefined && living.includes(spouse) && !gone.has(spouse) && random.chance(0.55)) {
      party.push(spouse)
      for (const child of living) {
        if ((child.father === person || child.mother === person) && ageAtT0(child) < 16 && random.chance(0.4))
          party.push(child)
      }
    }
    for (const member of party) gone.add(member)
    if (party.length > 1) sendFamily(builder, party, household, anywhere)
    else sendAway(builder, person, household, anywhere, lodgings, random.chance(0.42))
  }
}

function sendFamily(
  builder: Builder,
  party: readonly Person[],
  household: Household,
  anywhere: WeightedTable<Village>,
): void {
  const target = drawTarget(builder, household, anywhere)
  const months = drawMonths(builder)
  if (typeof target === 'string') {
    for (const person of party) leave(person, household, target, months)
    return
  }
  const dwelling = openDwelling(builder, target, 'family', target === household.village ? household.dwelling.block : -1)
  for (const person of party) moveTo(person, household, dwelling, months)
}

function sendAway(
  builder: Builder,
  person: Person,
  household: Household,
  anywhere: WeightedTable<Village>,
  lodgings: Lodgings,
  collective: boolean,
): void {
  const target = drawTarget(builder, household, anywhere)
  const months = drawMonths(builder)
  if (typeof target === 'string') return leave(person, household, target, months)
  const sameVillage = target === household.village
  const dwelling = sameVillage
    ? openDwelling(builder, target, 'family', household.dwelling.block)
    : lodgings.take(target, collective && target.urban ? 'collective' : 'family')
  moveTo(person, household, dwelling, months)
}

/** A village of the county, or a place beyond it. */
function drawTarget(builder: Builder, household: Household, anywhere: WeightedTable<Village>): Village | string {
  const { random, rates } = builder
  let draw = random.next()
  const village = household.village
  if ((draw -= rates['world.abroad']) < 0) return 'abroad'
  if ((draw -= rates['world.hkmt']) < 0) return 'hkmt'
  if ((draw -= rates['world.same-village']) < 0) return village
  const others = village.township.villages.filter((other) => other !== village)
  if ((draw -= rates['world.same-township']) < 0 && others.length > 0) return random.pick(others)
  if ((draw -= rates['world.same-county']) < 0) {
    for (let i = 0; i < 20; i++) {
      const other = anywhere.draw(random)
      if (other.township !== village.township) return other
    }
  }
  return drawCodeElsewhere(random)
}

function drawMonths(builder: Builder): number {
  const { random, rates } = builder
  if (random.chance(rates['world.short-absence'])) return random.range(0, 5)
  return Math.min(300, 6 + Math.floor(-Math.log(1 - random.next()) * 45))
}

function moveTo(person: Person, household: Household, dwelling: Dwelling, months: number): void {
  vacate(person, household.dwelling)
  person.home = dwelling
  person.monthsAway = months
  dwelling.residents.push(person)
}

function leave(person: Person, household: Household, target: string, months: number): void {
  vacate(person, household.dwelling)
  person.home = undefined
  person.livesElsewhere = target
  person.monthsAway = months
}

export function vacate(person: Person, dwelling: Dwelling): void {
  const at = dwelling.residents.indexOf(person)
  if (at >= 0) dwelling.residents.splice(at, 1)
}
