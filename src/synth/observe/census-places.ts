/**
 * The answers D7, D8 and D9: where somebody is, where the hukou is, for how long it was left.
 *
 * In:  an entry and the household in which it stands. Out: categories and codes as told, right or
 *      wrong, with as many digits as the teller knew.
 */
import type { Random } from '../random.ts'
import type { Rates } from '../rates.ts'
import type { Dwelling, Village } from '../world/model.ts'
import { drawCodeElsewhere, OTHER_COUNTIES } from '../world/places.ts'
import { believedHukou, type Entry } from './census-listing.ts'

interface Answer {
  readonly place: string
  readonly code: string
}

/** Category of a village seen from another one, as D7 counts (D8 is one less from 3 on). */
function category(from: Village, to: string): 2 | 3 | 4 | 5 {
  if (to === from.code) return 2
  if (to.slice(0, 9) === from.code.slice(0, 9)) return 3
  return to.slice(0, 6) === from.code.slice(0, 6) ? 4 : 5
}

function shorten(random: Random, rates: Rates, code: string): string {
  if (random.chance(rates['census.code.blank'])) return ''
  if (random.chance(rates['census.code.short'])) return code.slice(0, random.chance(0.5) ? 6 : 9)
  return code
}

export function answerResidence(random: Random, rates: Rates, entry: Entry, dwelling: Dwelling): Answer {
  if (entry.present) return { place: '1', code: '' }
  const { village } = dwelling
  const { person } = entry
  if (person.livesElsewhere === 'abroad') return { place: '7', code: '' }
  if (person.livesElsewhere === 'hkmt') return { place: '6', code: '' }
  let target = person.home?.village.code ?? person.livesElsewhere
  if (target === '' || entry.claimsAway) target = drawCodeElsewhere(random)
  if (random.chance(rates['census.residence.wrong'])) {
    const draw = random.next()
    if (draw < 0.5) target = random.pick(village.township.villages).code
    else if (draw < 0.8) target = `${random.pick(OTHER_COUNTIES)}001001`
    // The right category, and another place of that category; or the code right and the box wrong.
    else if (draw < 0.9) return { place: String(random.range(3, 5)), code: shorten(random, rates, target) }
    else target = village.code.slice(0, 6) + target.slice(6, 9) + '299'
  }
  return { place: String(category(village, target)), code: shorten(random, rates, target) }
}

export function answerHukou(random: Random, rates: Rates, entry: Entry, dwelling: Dwelling): Answer {
  const { village } = dwelling
  const { person } = entry
  if (!entry.present || entry.claimsHome) return { place: '1', code: '' }
  if (person.role === 'pocket' || person.role === 'undetermined') return { place: '5', code: '' }
  let target = believedHukou(person)?.village.code ?? person.hukouElsewhere
  if (target === '') {
    // A baby without registration: undetermined, or counted where its parents are registered.
    const parent = person.mother?.hukou ?? person.father?.hukou
    if (parent === undefined || random.chance(0.65)) return { place: '5', code: '' }
    target = parent.village.code
  }
  // Those at home know where they are registered: one tenth of the mistakes.
  const share = person.hukou?.dwelling === dwelling ? 0.1 : 1
  if (random.chance(share * rates['census.hukou.undetermined'])) return { place: '5', code: '' }
  if (random.chance(share * rates['census.hukou.wrong'])) {
    const draw = random.next()
    if (draw < 0.4) target = random.pick(village.township.villages).code
    else if (draw < 0.7) target = `${random.pick(OTHER_COUNTIES)}001001`
    else if (draw < 0.85) target = village.code
    else return { place: String(random.range(2, 4)), code: shorten(random, rates, target) }
  }
  const place = category(village, target) - 1
  return { place: String(place), code: place === 1 ? '' : shorten(random, rates, target) }
}

const sideOf = (duration: number): number => (duration <= 2 ? 0 : 1)

function durationOf(months: number): number {
  if (months < 6) return 2
  if (months < 12) return 3
  if (months < 60) return 3 + Math.floor(months / 12)
  return months < 120 ? 8 : 9
}

export function writeDuration(
  random: Random,
  rates: Rates,
  entry: Entry,
  dwelling: Dwelling,
  hukouPlace: string,
): string {
  if (entry.present && hukouPlace === '5') return ''
  if (random.chance(rates['census.duration.blank'])) return ''
  const { person } = entry
  const atHome = entry.present && (entry.claimsHome || person.hukou?.dwelling === dwelling)
  if (atHome || (entry.present && hukouPlace === '1' && random.chance(0.5))) return '1'
  const truth = durationOf(person.monthsAway)
  if (random.chance(rates['census.duration.side'])) return sideOf(truth) === 0 ? String(random.range(3, 5)) : '2'
  if (!random.chance(rates['census.duration.step'])) return String(truth)
  const step = truth + (random.chance(0.5) ? 1 : -1)
  // A step that would cross half a year is counted by the rate above.
  return step < 2 || step > 9 || sideOf(step) !== sideOf(truth) ? String(truth) : String(step)
}
