/** Who is listed twice is listed where the rate says. */
import { expect, test } from 'vitest'
import { Random } from '../../../src/synth/random.ts'
import { completeRates } from '../../../src/synth/rates.ts'
import { type Listing, listPeople, rareListings } from '../../../src/synth/observe/census-listing.ts'
import { buildCounty } from '../../../src/synth/world/county.ts'
import type { Dwelling, Person } from '../../../src/synth/world/model.ts'

const world = buildCounty(3000, 'twice', completeRates('clean'))

/** How many people are listed as present elsewhere than at home, in the village of their home and in another one. */
function listedElsewhere(changed: Parameters<typeof completeRates>[1]): { same: number; another: number } {
  const rates = completeRates('clean', changed)
  const random = new Random('twice/census')
  const listing: Listing = new Map<Dwelling, never[]>()
  listPeople({ world, random, rates, listing, rare: rareListings(random, rates) })
  const counts = { same: 0, another: 0 }
  const count = (person: Person, dwelling: Dwelling): void => {
    if (person.home === undefined || person.home === dwelling) return
    counts[person.home.village === dwelling.village ? 'same' : 'another']++
  }
  for (const [dwelling, entries] of listing)
    for (const { person, present, claimsHome } of entries) if (present && !claimsHome) count(person, dwelling)
  return counts
}

test('in a second household of the village', () => {
  const { same, another } = listedElsewhere({ 'census.twice.same': 0.5 })
  expect(same).toBeGreaterThan(300)
  expect(another).toBe(0)
})

test('or of another village, who does not live where his hukou is', () => {
  const { same, another } = listedElsewhere({ 'census.twice.same': 0, 'census.twice.cross': 0.5 })
  expect(another).toBeGreaterThan(50)
  expect(same).toBe(0)
})
