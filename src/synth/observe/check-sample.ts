/**
 * 质量抽查 of the made-up census: careful people go once more to some blocks and write down whoever truly lived there.
 *
 * In:  a world, the blocks. Out: rows with the columns of the short form, all "present". The checkers err as the clerks of
 *      the register do, and miss some people themselves; they know nothing of the census.
 */
import { ageOn, T0 } from '../calendar.ts'
import { Random } from '../random.ts'
import type { Rates } from '../rates.ts'
import type { CensusRow } from '../rows.ts'
import { isAliveAtT0 } from '../world/builder.ts'
import type { Dwelling, Person, World } from '../world/model.ts'
import { addressOf } from '../world/places.ts'
import { blockCode } from './census.ts'
import { answerHukou, writeDuration } from './census-places.ts'
import { writeMonth } from './dates.ts'
import { writeEthnicity } from './ethnicity.ts'
import { nameRates, writeName } from './name-errors.ts'
import { numberRates, writeNumber } from './number-errors.ts'
import { writeSex } from './police.ts'

/** Share of people that the check misses too, and of numbers it is not told. */
const MISSED = 0.01
const NOT_TOLD = 0.03

export function observeCheckSample(
  world: World,
  names: readonly string[],
  blocks: ReadonlySet<string>,
  seed: string,
  rates: Rates,
): CensusRow[] {
  const random = new Random(`${seed}/check`)
  const nameErrors = nameRates(rates, 'police')
  const numbers = { ...numberRates(rates, 'police', 'police.id.missing'), missing: NOT_TOLD, household: 0, other: 0 }
  const rows: CensusRow[] = []
  const dwellings = world.dwellings.filter((dwelling) => blocks.has(blockCode(dwelling)))
  dwellings.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  for (const dwelling of dwellings) {
    for (const person of dwelling.residents) {
      if (!livesThere(person, dwelling) || random.chance(MISSED)) continue
      const entry = { person, present: true, claimsHome: false, claimsAway: false }
      const hukou = answerHukou(random, rates, entry, dwelling)
      rows.push({
        person: person.index,
        record_id: `K${String(rows.length + 1).padStart(5, '0')}`,
        block_code: blockCode(dwelling),
        household_no: String(dwelling.no).padStart(3, '0'),
        household_type: dwelling.collective ? '2' : '1',
        persons_present: '',
        persons_away: '',
        name: writeName(random, nameErrors, person, names[person.index] as string),
        relation: '',
        id_number: writeNumber(random, numbers, person, person.idNumber, ageOn(person.birth, T0), () => undefined),
        sex: writeSex(person.sex, { inWords: false }),
        birth_month: writeMonth(Math.floor(person.birth / 100), 0),
        ethnicity: writeEthnicity(random, person.ethnicity, 0, 0),
        residence: '1',
        residence_area_code: '',
        hukou_place: hukou.place,
        hukou_area_code: hukou.code,
        away_duration: writeDuration(random, rates, entry, dwelling, hukou.place),
        away_reason: '',
        address: addressOf(dwelling.village, dwelling.houseNo),
      })
    }
  }
  return rows
}

const ELSEWHERE: ReadonlySet<string> = new Set(['soldier', 'settled-abroad', 'gone', 'lost'])

function livesThere(person: Person, dwelling: Dwelling): boolean {
  return person.home === dwelling && person.birth < T0 && isAliveAtT0(person) && !ELSEWHERE.has(person.role)
}

const keyOf = (dwelling: Dwelling): string => `${blockCode(dwelling)}/${String(dwelling.no).padStart(5, '0')}`
