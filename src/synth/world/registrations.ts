/**
 * What the police register holds of each person, and the facts that it has not caught up with.
 *
 * In:  a settled world. Out: `registrations` of every person, and where an event says so another
 *      hukou, another home or another number: moves, soldiers, double hukou, uncancelled deaths.
 */
import { ageOn, dateOf, dayOf, EXTRACT_DAY, T0, WINDOW_START } from '../calendar.ts'
import { RareEvent } from '../random.ts'
import { ageAtT0, type Builder, isAliveAtT0 } from './builder.ts'
import { type Household, type Person, registration } from './model.ts'
import { COUNTY, COUNTY_BEFORE_1993, drawCodeElsewhere, localArea } from './places.ts'
import { vacate } from './residence.ts'

export function registerPeople(builder: Builder): void {
  const { world, random, rates } = builder
  shareNumbers(builder)
  const homeBirth = new RareEvent(random, rates['world.home-birth'])
  const unregisteredHomeBirth = new RareEvent(random, rates['hukou.home-birth-unregistered'])
  const longDead = new RareEvent(random, rates['hukou.dead-long-ago.oldest'])
  const purged = new RareEvent(random, rates['hukou.dead-purged'])
  for (const person of world.people) {
    if (person.birth >= 20191001) person.bornAtHome = homeBirth.happens()
    const household = person.hukou
    if (household === undefined) continue
    if (person.bornAtHome && person.birth < T0 && person.death === 0) {
      // Without a certificate there is no registration, unless somebody saw to it.
      if (unregisteredHomeBirth.happens()) person.hukou = undefined
      else person.registrations.push(registration(household))
      continue
    }
    if (person.death >= WINDOW_START && person.death < T0 && person.birth < WINDOW_START && purged.happens()) continue
    if (person.birth >= 20191001 && !isRegisteredBaby(builder, person)) {
      person.hukou = undefined
      continue
    }
    if (person.death !== 0) registerDead(builder, person, household)
    else registerLiving(builder, person, household, longDead)
    if (person.registrations.length > 0 && random.chance(rates['hukou.old-version'])) addOldVersion(builder, person)
    if (person.registrations.length > 0 && random.chance(rates['hukou.reversed'])) {
      person.registrations.push(registration(household, { reversalFlag: '1', movedIn: pastDate(builder, 1, 8) }))
    }
  }
}

const between = (builder: Builder, from: number, to: number): number =>
  dateOf(dayOf(from) + builder.random.int(dayOf(to) - dayOf(from) + 1))
const pastDate = (builder: Builder, yearsFrom: number, yearsTo: number): number =>
  dateOf(dayOf(T0) - Math.floor((yearsFrom + builder.random.next() * (yearsTo - yearsFrom)) * 365.25))

function isRegisteredBaby(builder: Builder, person: Person): boolean {
  const { random, rates } = builder
  const days = dayOf(EXTRACT_DAY) - dayOf(person.birth)
  if (person.birth >= T0) return random.chance(0.3)
  if (person.death !== 0 && dayOf(person.death) - dayOf(person.birth) < 30) return random.chance(0.15)
  const late = rates['hukou.birth-unregistered']
  return !random.chance(days < 50 ? Math.min(1, late * 4) : days < 150 ? late : late * 0.5)
}

function registerDead(builder: Builder, person: Person, household: Household): void {
  const { random, rates } = builder
  const { death } = person
  const days = dayOf(EXTRACT_DAY) - dayOf(death)
  // Half of those not cancelled within half a year are caught up with later.
  const open =
    days < 30 ? 0.55 : days < 180 ? rates['hukou.dead-not-cancelled'] : rates['hukou.dead-not-cancelled'] * 0.3
  if (random.chance(open)) {
    person.registrations.push(registration(household))
    return
  }
  const delay = random.chance(rates['hukou.late-cancellation']) ? random.range(31, 300) : random.range(1, 29)
  const cancelled = dateOf(Math.min(dayOf(EXTRACT_DAY), dayOf(death) + delay))
  person.registrations.push(registration(household, { status: '1', death, cancelled }))
}

function registerLiving(builder: Builder, person: Person, household: Household, longDead: RareEvent): void {
  const { random, rates } = builder
  const age = ageAtT0(person)
  const own = registration(household)
  person.registrations.push(own)
  let draw = random.next()
  const happens = (rate: number): boolean => (draw -= rate) < 0

  if (person.sex === 1 && age >= 18 && age <= 24) {
    // Rates are per head of the county; only these men can be soldiers (about 4 % of people).
    if (random.chance(rates['hukou.soldier'] / 0.04)) return enlist(builder, person)
  }
  if (age >= 22 && age <= 65 && happens(rates['hukou.settled-abroad'] / 0.6)) {
    own.status = '4'
    own.cancelled = pastDate(builder, 0.3, 8)
    person.role = 'settled-abroad'
    goAway(person, 'abroad')
  } else if (age >= 80 && (age >= 95 ? longDead.happens() : happens(rates['hukou.dead-long-ago'] / 0.025))) {
    // Dead for years, no paper anywhere: the register believes that they live.
    person.death = pastDate(builder, 2, 12)
    person.role = 'lost'
    if (person.home !== undefined) vacate(person, person.home)
    person.home = undefined
  } else if (age < 16) {
    if (happens(rates['world.undetermined'] / 0.4)) return loseHukou(person)
    if (happens(rates['hukou.deleted'])) return deleteRow(builder, person, own)
    addSecondRows(builder, person, household, own, happens)
  } else if (happens(rates['world.undetermined'] * 0.6)) loseHukou(person)
  else if (happens(rates['hukou.deleted'])) deleteRow(builder, person, own)
  else if (happens(rates['hukou.cancelled-alive'])) cancelAlive(builder, person, own)
  else if (happens(rates['hukou.moved-out'])) moveOut(builder, person, own)
  else if (happens(rates['hukou.moved-out-after'])) {
    own.status = '2'
    own.movedOut = between(builder, T0, EXTRACT_DAY)
    own.cancelled = own.movedOut
  } else if (happens(rates['hukou.moved-in-after'])) {
    own.movedIn = between(builder, T0, EXTRACT_DAY)
    person.hukou = undefined
    person.hukouElsewhere = drawCodeElsewhere(random)
    if (person.monthsAway === 0) person.monthsAway = random.range(1, 60)
  } else if (happens(rates['hukou.moved-inside'])) moveInside(builder, person, own)
  else if (happens(rates['hukou.moved-inside-after'])) {
    const old = anotherHousehold(builder, household)
    own.movedIn = between(builder, T0, EXTRACT_DAY)
    person.registrations.push(registration(old, { status: '2', movedOut: own.movedIn, cancelled: own.movedIn }))
    person.hukou = old
    if (person.home === household.dwelling) person.monthsAway = random.range(1, 60)
  } else if (happens(rates['hukou.moved-in'])) own.movedIn = pastDate(builder, 1, 25)
  else addSecondRows(builder, person, household, own, happens)
}

function addSecondRows(
  builder: Builder,
  person: Person,
  household: Household,
  own: { household: Household },
  happens: (rate: number) => boolean,
): void {
  const { random, rates, office } = builder
  if (happens(rates['hukou.deleted-double'])) {
    const date = pastDate(builder, 1, 9)
    person.registrations.push(
      registration(anotherHousehold(builder, household), {
        status: random.chance(0.5) ? '7' : '8',
        cancelled: date,
        otherPerson: 1,
      }),
    )
  } else if (happens(rates['hukou.double'])) {
    const second = registration(random.chance(0.85) ? anotherHousehold(builder, household) : own.household, {
      otherPerson: 1,
    })
    if (random.chance(rates['hukou.double.other-id'])) {
      // Made for school or a pension: a birth date that suits, and so another number.
      const shifted = person.birth + (random.chance(0.5) ? 10000 : -10000) * random.range(1, 2)
      second.birth =
        shifted % 10000 === 229 ? shifted - 1 : random.chance(0.8) || shifted >= T0 - 20000 ? shifted : person.birth
      if (second.birth >= T0) second.birth = person.birth
      // The shifted birth may lie on the other side of the renumbering: the county's own code follows it.
      const area = person.idNumber.slice(0, 6)
      const elsewhere = area !== COUNTY && area !== COUNTY_BEFORE_1993 && random.chance(0.7)
      second.idNumber = office.issue(elsewhere ? area : localArea(second.birth), second.birth, person.sex)
    }
    person.registrations.push(second)
  }
}

function enlist(builder: Builder, person: Person): void {
  const own = person.registrations[0]
  if (own === undefined) return
  own.status = '3'
  own.cancelled = pastDate(builder, 0.1, 5)
  person.role = 'soldier'
  goAway(person, '')
}

function goAway(person: Person, target: string): void {
  person.hukou = undefined
  if (person.home !== undefined) vacate(person, person.home)
  person.home = undefined
  person.livesElsewhere = target
}

function loseHukou(person: Person): void {
  person.registrations = []
  person.hukou = undefined
  person.role = 'undetermined'
}

function deleteRow(builder: Builder, person: Person, own: Person['registrations'][number]): void {
  own.status = builder.random.chance(0.5) ? '7' : '8'
  own.cancelled = pastDate(builder, 0.2, 6)
  person.hukou = undefined
}

/** Cancelled as dead by mistake, or somebody lives under the number of the dead. */
function cancelAlive(builder: Builder, person: Person, own: Person['registrations'][number]): void {
  own.status = '1'
  own.death = pastDate(builder, 0.3, 6)
  own.cancelled = own.death
  person.hukou = undefined
}

function moveOut(builder: Builder, person: Person, own: Person['registrations'][number]): void {
  const { random, rates } = builder
  own.status = '2'
  own.movedOut = pastDate(builder, 0.2, 10)
  own.cancelled = own.movedOut
  const draw = random.next()
  person.hukou = undefined
  if (draw < rates['hukou.moved-out.pocket']) {
    person.role = 'pocket'
    return
  }
  person.hukouElsewhere = drawCodeElsewhere(random)
  if (draw < rates['hukou.moved-out.pocket'] + rates['hukou.moved-out.stays']) {
    if (person.monthsAway === 0) person.monthsAway = random.range(1, 90)
    return
  }
  person.role = 'gone'
  goAway(person, person.hukouElsewhere)
}

function moveInside(builder: Builder, person: Person, own: Person['registrations'][number]): void {
  const { random, rates } = builder
  const old = anotherHousehold(builder, own.household)
  own.movedIn = pastDate(builder, 0.2, 12)
  const kept = random.chance(rates['hukou.moved-not-cancelled'])
  person.registrations.push(
    kept
      ? registration(old, { otherPerson: random.chance(0.5) ? 1 : 0 })
      : registration(old, { status: '2', movedOut: own.movedIn, cancelled: own.movedIn }),
  )
}

function anotherHousehold(builder: Builder, household: Household): Household {
  const { world, random } = builder
  for (let i = 0; i < 50; i++) {
    const other = random.pick(world.households)
    if (other.village !== household.village && !other.collective) return other
  }
  return household
}

function addOldVersion(builder: Builder, person: Person): void {
  const { random, rates, office } = builder
  const base = person.registrations[0] as Person['registrations'][number]
  const old = registration(base.household, { recordFlag: '0', status: '0', name: person.formerName })
  if (ageOn(person.birth, T0) > 20 && random.chance(rates['hukou.old-version.id'])) {
    old.idNumber = office.issue(COUNTY_BEFORE_1993, person.birth, person.sex)
  }
  person.registrations.push(old)
}

/** 重号: two people of one sex and nearly one age were given the same number. */
function shareNumbers(builder: Builder): void {
  const { world, random, rates } = builder
  const holders = world.people.filter(
    (person) => person.hukou !== undefined && isAliveAtT0(person) && ageAtT0(person) > 16,
  )
  holders.sort((a, b) => a.sex - b.sex || a.birth - b.birth || a.index - b.index)
  for (let i = 0; i + 1 < holders.length; i++) {
    if (!random.chance(rates['hukou.shared-id'] / 1.2)) continue
    const first = holders[i] as Person
    const second = holders[i + 1] as Person
    if (first.sex !== second.sex || first.hukou === second.hukou) continue
    second.birth = first.birth
    second.idNumber = first.idNumber
    i++
  }
}

/** Babies and dead people with papers from here who are nobody's neighbours. */
export function addStrangers(builder: Builder, bear: (birth: number) => Person): void {
  const { world, rates } = builder
  const babies = world.people.filter((person) => person.birth >= 20191101).length
  const dead = world.people.filter((person) => person.death >= 20191101).length
  for (let i = Math.ceil(babies * rates['world.stranger-birth']); i > 0; i--) {
    const mother = bear(between(builder, 19850101, 20000101))
    mother.sex = 2
    mother.role = 'gone'
    const baby = bear(between(builder, 20191101, EXTRACT_DAY))
    baby.mother = mother
    baby.role = 'gone'
    world.strangersBorn.push(baby)
  }
  for (let i = Math.ceil(dead * rates['world.stranger-death']); i > 0; i--) {
    const person = bear(between(builder, 19280101, 19700101))
    person.death = between(builder, 20191101, EXTRACT_DAY)
    person.role = 'gone'
    world.strangersDead.push(person)
  }
}
