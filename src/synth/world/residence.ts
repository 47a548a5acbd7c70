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

/** Where one can go: villages by how many they draw, towns alone, and a bed there. */
interface Destinations {
  readonly anywhere: WeightedTable<Village>
  readonly towns: WeightedTable<Village>
  readonly lodgings: Lodgings
}

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
  const to: Destinations = { anywhere, towns, lodgings }

  for (const household of world.households) {
    const living = household.members.filter(isAliveAtT0)
    for (const person of household.members) {
      person.home = household.dwelling
      household.dwelling.residents.push(person)
    }
    if (household.collective) {
      for (const person of living)
        if (random.chance(0.75)) sendAway(builder, person, household, to, { sharesRoom: random.chance(0.25) })
    } else if (random.chance(rates['world.away.household'])) sendFamily(builder, living, household, to)
    else sendSome(builder, living, household, to)
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

function sendSome(builder: Builder, living: readonly Person[], household: Household, to: Destinations): void {
  const { random, rates } = builder
  const gone = new Set<Person>()
  for (const person of living) {
    if (gone.has(person)) continue
    const age = ageAtT0(person)
    if (age >= 15 && age <= 18 && random.chance(rates['world.boarder'])) {
      if (board(builder, person, household, to)) gone.add(person)
      continue
    }
    if (age < 16) continue
    if (!random.chance(age <= 45 && age >= 18 ? rates['world.away.adult'] : rates['world.away.other'])) continue
    const party = gatherParty(builder, person, living, gone)
    for (const member of party) gone.add(member)
    if (party.length > 1) sendFamily(builder, party, household, to)
    else sendAway(builder, person, household, to, { sharesRoom: random.chance(0.42) })
  }
}

/** Sends a pupil to a school in town; whether it is another village. */
function board({ random }: Builder, person: Person, household: Household, { towns, lodgings }: Destinations): boolean {
  const village = towns.draw(random)
  if (village === household.village) return false
  moveTo(person, household, lodgings.take(village, 'collective'), random.pick([2, 14, 26]))
  person.role = 'boarder'
  return true
}

/** Who leaves with a person: often the spouse, then some of the children. */
function gatherParty(
  { random }: Builder,
  person: Person,
  living: readonly Person[],
  gone: ReadonlySet<Person>,
): readonly Person[] {
  const { spouse } = person
  if (spouse === undefined || !living.includes(spouse) || gone.has(spouse) || !random.chance(0.55)) return [person]
  const isChild = (other: Person): boolean => other.father === person || other.mother === person
  return [person, spouse, ...living.filter((other) => isChild(other) && ageAtT0(other) < 16 && random.chance(0.4))]
}

function sendFamily(builder: Builder, party: readonly Person[], household: Household, to: Destinations): void {
  const target = drawTarget(builder, household, to.anywhere)
  const months = drawMonths(builder)
  if (typeof target === 'string') {
    for (const person of party) leave(person, household, target, months)
    return
  }
  const dwelling = openDwelling(builder, target, 'family', target === household.village ? household.dwelling.block : -1)
  for (const person of party) moveTo(person, household, dwelling, months)
}

/** @param sharesRoom in a dormitory, where the target is a town */
function sendAway(
  builder: Builder,
  person: Person,
  household: Household,
  to: Destinations,
  { sharesRoom }: { readonly sharesRoom: boolean },
): void {
  const target = drawTarget(builder, household, to.anywhere)
  const months = drawMonths(builder)
  if (typeof target === 'string') return leave(person, household, target, months)
  const sameVillage = target === household.village
  const dwelling = sameVillage
    ? openDwelling(builder, target, 'family', household.dwelling.block)
    : to.lodgings.take(target, sharesRoom && target.urban ? 'collective' : 'family')
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
