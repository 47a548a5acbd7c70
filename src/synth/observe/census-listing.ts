/**
 * Who is listed where in the census: the rightful rows, and those missed or made twice.
 *
 * In:  a world. Out: for each census household its entries, each a person who is present or away.
 *      The values of the rows are written in census.ts.
 */
import { ageOn, T0 } from '../calendar.ts'
import { type Random, RareEvent } from '../random.ts'
import type { Rates } from '../rates.ts'
import { isAliveAtT0 } from '../world/builder.ts'
import type { Dwelling, Household, Person, World } from '../world/model.ts'

export interface Entry {
  readonly person: Person
  readonly present: boolean
  /** The household lists as at home somebody who lives elsewhere. */
  readonly claimsHome: boolean
  /** Listed as away though at home. */
  readonly claimsAway: boolean
}

export type Listing = Map<Dwelling, Entry[]>

export interface ListingContext {
  readonly world: World
  readonly random: Random
  readonly rates: Rates
  readonly listing: Listing
  readonly rare: Readonly<Record<'dead' | 'dying' | 'soldier' | 'settled' | 'lateBirth', RareEvent>>
}

export function rareListings(random: Random, rates: Rates): ListingContext['rare'] {
  return {
    dead: new RareEvent(random, rates['census.dead']),
    dying: new RareEvent(random, rates['census.miss.dying']),
    soldier: new RareEvent(random, rates['census.soldier']),
    settled: new RareEvent(random, rates['census.settled-abroad']),
    lateBirth: new RareEvent(random, rates['census.late-birth']),
  }
}

/** The household where people believe that somebody's hukou is. */
export function believedHukou(person: Person): Household | undefined {
  if (person.hukou !== undefined) return person.hukou
  if (person.hukouElsewhere !== '' || person.role === 'pocket' || person.role === 'undetermined') return undefined
  const row = person.registrations[0]
  return row !== undefined && row.status !== '2' ? row.household : undefined
}

export function listPeople(context: ListingContext): void {
  const { world, random, rates } = context
  for (const dwelling of world.dwellings) context.listing.set(dwelling, [])
  const missed = missHouseholds(context)
  for (const person of world.people) {
    if (person.role === 'lost') continue
    if (person.birth >= T0) listLateBirth(context, person)
    else if (!isAliveAtT0(person)) listDead(context, person)
    else if (person.role === 'soldier') listSoldier(context, person)
    else if (person.role === 'settled-abroad') listSettled(context, person)
    else if (person.role === 'gone') listGone(context, person)
    else listLiving(context, person, missed)
  }
  for (const dwelling of world.dwellings) {
    if (!dwelling.collective && random.chance(rates['census.twice.household'])) listAgain(context, dwelling)
  }
}

function add(
  context: ListingContext,
  dwelling: Dwelling,
  person: Person,
  as: 'present' | 'away',
  claims?: 'home' | 'away',
): void {
  context.listing
    .get(dwelling)
    ?.push({ person, present: as === 'present', claimsHome: claims === 'home', claimsAway: claims === 'away' })
}

function missHouseholds(context: ListingContext): Set<Dwelling> {
  const missed = new Set<Dwelling>()
  for (const dwelling of context.world.dwellings) {
    if (context.random.chance(context.rates['census.miss.household'])) missed.add(dwelling)
  }
  return missed
}

function listLiving(context: ListingContext, person: Person, missed: ReadonlySet<Dwelling>): void {
  const { random, rates } = context
  const { home } = person
  const origin = believedHukou(person)?.dwelling
  const atHome = home !== undefined && home === origin
  if (
    ageOn(person.birth, T0) < 1
      ? random.chance(rates['census.miss.infant'])
      : random.chance(rates['census.miss.everywhere'])
  )
    return
  if (person.death >= T0 && context.rare.dying.happens()) return
  if (
    home !== undefined &&
    !missed.has(home) &&
    !random.chance(atHome || origin === undefined ? rates['census.miss.home'] : rates['census.miss.present'])
  ) {
    add(context, home, person, 'present')
    if (atHome && random.chance(rates['census.twice.away'])) add(context, home, person, 'away', 'away')
    if (random.chance(rates['census.twice.same'])) listNearby(context, person, home, 'same village')
    else if (!atHome && random.chance(rates['census.twice.cross'])) listNearby(context, person, home, 'another village')
  }
  if (origin === undefined || atHome || missed.has(origin)) return
  const unlisted = person.livesElsewhere === 'abroad' ? rates['census.abroad-unlisted'] : rates['census.miss.away']
  if (random.chance(unlisted)) return
  // 宁重不漏: the family says that the son is at home, and he is found in town as well.
  const within = home !== undefined && home.village !== origin.village
  if (within && random.chance(rates['census.twice.home'])) add(context, origin, person, 'present', 'home')
  else add(context, origin, person, 'away')
  listSecondHukou(context, person, origin)
}

/** People with two rows in the register, or with a row that they left, may be listed there too. */
function listSecondHukou(context: ListingContext, person: Person, origin: Dwelling): void {
  const { random, rates } = context
  for (const version of person.registrations) {
    const { dwelling } = version.household
    if (version.recordFlag !== '1' || version.reversalFlag !== '0' || dwelling === origin || dwelling === person.home)
      continue
    const share =
      version.status === '0'
        ? 0.35
        : version.status === '2' && version.movedOut < T0
          ? rates['census.away-after-move']
          : 0
    if (random.chance(share)) add(context, dwelling, person, 'away')
  }
}

function listNearby(
  context: ListingContext,
  person: Person,
  home: Dwelling,
  where: 'same village' | 'another village',
): void {
  const { world, random } = context
  const origin = believedHukou(person)?.dwelling.village
  for (let i = 0; i < 400; i++) {
    const other = random.pick(world.dwellings)
    if (other === home || other.residents.length === 0 || other.village === origin) continue
    if ((other.village === home.village) !== (where === 'same village')) continue
    add(context, other, person, 'present')
    return
  }
}

/** Two enumerators met at a boundary, or the family answered online and at the door. */
function listAgain(context: ListingContext, dwelling: Dwelling): void {
  const entries = context.listing.get(dwelling)
  if (entries === undefined || entries.length < 2) return
  const { village } = dwelling
  const block = context.random.chance(0.5) ? dwelling.block : (dwelling.block + 1) % village.blocks
  const no = (village.lastNumber[block] as number) + 1
  village.lastNumber[block] = no
  const copy: Dwelling = {
    village,
    block,
    no,
    houseNo: dwelling.houseNo,
    collective: false,
    residents: dwelling.residents,
    registered: dwelling.registered,
  }
  context.listing.set(
    copy,
    entries.filter((entry) => entry.present),
  )
}

function listDead(context: ListingContext, person: Person): void {
  const { random } = context
  const origin = believedHukou(person)?.dwelling
  const dwelling = person.home ?? origin
  if (dwelling === undefined || !context.rare.dead.happens()) return
  add(context, dwelling, person, origin !== dwelling || random.chance(0.7) ? 'present' : 'away')
}

function listSoldier(context: ListingContext, person: Person): void {
  const origin = person.registrations[0]?.household.dwelling
  if (origin === undefined || !context.rare.soldier.happens()) return
  if (context.random.chance(0.4)) add(context, origin, person, 'present', 'home')
  else add(context, origin, person, 'away')
}

function listSettled(context: ListingContext, person: Person): void {
  const origin = person.registrations[0]?.household.dwelling
  if (origin !== undefined && context.rare.settled.happens()) add(context, origin, person, 'away')
}

function listGone(context: ListingContext, person: Person): void {
  const old = person.registrations.find((version) => version.status === '2')?.household.dwelling
  if (old !== undefined && context.random.chance(context.rates['census.away-after-move']))
    add(context, old, person, 'away')
}

function listLateBirth(context: ListingContext, person: Person): void {
  const home = person.home ?? person.mother?.home
  if (home !== undefined && person.role !== 'gone' && context.rare.lateBirth.happens())
    add(context, home, person, 'present')
}
