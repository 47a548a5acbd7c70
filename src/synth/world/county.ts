/**
 * One county from nothing: places, families, deaths, homes, registrations.
 *
 * In:  the number of living people wanted, a seed, rates. Out: a World; observers take it from here.
 */
import { dayOf, dateOf, T0 } from '../calendar.ts'
import { Random } from '../random.ts'
import type { Rates } from '../rates.ts'
import { bearPerson, type Builder, drawLineage, isAliveAtT0, openHousehold } from './builder.ts'
import { layDeaths, makeFamily, makeSingle, type WaitingElders } from './families.ts'
import { NumberOffice } from './id-numbers.ts'
import type { World } from './model.ts'
import { COUNTY, drawCodeElsewhere, layOutPlaces } from './places.ts'
import { addStrangers, registerPeople } from './registrations.ts'
import { settlePeople } from './residence.ts'
import { mixSurnames } from './surnames.ts'

export function buildCounty(people: number, seed: string, rates: Rates): World {
  const random = new Random(`${seed}/world`)
  const surnames = mixSurnames(random)
  const townships = layOutPlaces(people, random, surnames)
  const world: World = {
    countyCode: COUNTY,
    townships,
    villages: townships.flatMap((township) => township.villages),
    people: [],
    households: [],
    dwellings: [],
    strangersBorn: [],
    strangersDead: [],
  }
  const builder: Builder = { world, rates, random, office: new NumberOffice(), surnames }
  const inbound = Math.round(people * rates['world.inbound'])
  const registered = people - inbound

  for (const village of world.villages) {
    const quota = Math.round(registered * village.weight)
    const collective = Math.round(quota * rates['hukou.collective'])
    const elders: WaitingElders = []
    let made = 0
    while (made < quota - collective) {
      const members = makeFamily(builder, { village, area: '', elders, isYoung: false })
      openHousehold(builder, village, members, 'family')
      made += members.length
    }
    for (let left = collective; left > 0; left -= 30) {
      const members = Array.from({ length: Math.min(30, left) }, () =>
        makeSingle(builder, random.chance(0.5) ? '' : drawCodeElsewhere(random).slice(0, 6), 18, 45),
      )
      openHousehold(builder, village, members, 'collective')
    }
  }
  layDeaths(builder)
  settlePeople(builder, inbound)
  for (const person of world.people) {
    if (isAliveAtT0(person) || person.home === undefined || person.birth >= T0) continue
    const at = person.home.residents.indexOf(person)
    if (at >= 0) person.home.residents.splice(at, 1)
  }
  registerPeople(builder)
  addStrangers(builder, (birth) => {
    const code = drawCodeElsewhere(random)
    const person = bearPerson(
      builder,
      drawLineage(builder, undefined, code.slice(0, 6)),
      random.chance(0.51) ? 1 : 2,
      dateOf(dayOf(birth)),
    )
    person.hukouElsewhere = code
    person.livesElsewhere = code
    return person
  })
  return world
}
