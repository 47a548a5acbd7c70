/**
 * Restaurants as two guides of several cities really list them. In: seed and how many. Out: two tables, a fifth of the places in both.
 *
 * Hotels, casinos and malls hold several restaurants at one address, often behind one telephone; names are shared by kind
 * ("cafe", "grill") and by branches; one guide says the corner, the quarter, the mall, the other the bare number; each has its own
 * list of cuisines; a few have moved, or have another number, in one of the two.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, FIRST_HALF_WORDS, MEN, SHORT_STREETS, STREETS, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, ranked, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

interface City {
  readonly name: string
  readonly area: string
  /** Quarters, which one guide names instead. */
  readonly quarters: readonly string[]
  readonly houses: readonly House[]
}

/** A hotel, a casino, a mall. */
interface House {
  readonly name: string
  readonly address: string
  readonly phone: string
}

const KINDS = ['cafe', 'grill', 'restaurant', 'bistro', 'bar', 'kitchen', 'diner', 'deli', 'house', 'room', 'garden']
const ARTICLES = ['la', 'le', 'il', 'el', 'chez', 'casa', 'les']
/** Each cuisine of the one guide and what the other calls it. */
const CUISINES: readonly (readonly [string, readonly string[]])[] = [
  ['american', ['american (new)', 'american', 'steakhouses', 'bbq', 'diners', 'hamburgers', 'californian']],
  ['italian', ['italian', 'pizza', 'italian (northern)']],
  ['french', ['french (classic)', 'french (new)', 'french bistro']],
  ['asian', ['chinese', 'japanese', 'thai', 'indian', 'vietnamese']],
  ['coffee bar', ['coffeehouses', 'coffee shops', 'desserts']],
  ['mexican', ['mexican', 'tex-mex', 'southwestern']],
  ['seafood', ['seafood']],
  ['continental', ['continental', 'eclectic', 'russian']],
  ['southern', ['southern/soul', 'cajun/creole', 'cafeterias']],
  ['buffets', ['eclectic', 'american']],
]
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth']
const ENDINGS = ['th', 'st', 'nd', 'rd', 'th', 'th', 'th', 'th', 'th', 'th']
const SIDES = ['n. ', 's. ', 'e. ', 'w. ', '', '', '']

/** Numbered streets as figures; the other guide may spell them. */
function makeStreet(chance: Chance): string {
  const name = chance.happens(0.35)
    ? (() => {
        const number = chance.between(1, 60)
        return `${number}${number % 100 > 10 && number % 100 < 14 ? 'th' : ENDINGS[number % 10]}`
      })()
    : ranked(chance, [...SURNAMES.slice(0, 150), ...COMPOUNDS.slice(0, 150)], 0.6)
  const kind = ranked(chance, STREETS, 0.9)
  return `${chance.pick(SIDES)}${name} ${SHORT_STREETS[kind] ?? kind}.`
}

function makeCities(chance: Chance): City[] {
  return ['213', '212', '404', '702', '415'].map((area, i): City => {
    const names = Array.from({ length: 12 }, () => makeStreet(chance))
    const line = () => `${area}/${digits(chance, 3)}-${digits(chance, 4)}`
    return {
      name: TOWNS[i * 7],
      area,
      quarters: [`west ${TOWNS[i * 7]}`, `${chance.pick(COMPOUNDS)} beach`, chance.pick(COMPOUNDS)],
      houses: Array.from({ length: [2, 2, 4, 10, 3][i] }, () => ({
        name: `${ranked(chance, COMPOUNDS, 0.1)} ${chance.pick(['hotel', 'mall', 'plaza', 'inn'])}`,
        address: `${chance.between(1, 4000)} ${chance.pick(names)}`,
        phone: line(),
      })),
    }
  })
}

function makeName(chance: Chance): string {
  const word = ranked(chance, chance.happens(0.5) ? FIRST_HALF_WORDS : COMPOUNDS, 0.1)
  const owner = chance.happens(0.5) ? `${ranked(chance, SURNAMES, 0.2)}s` : `${chance.pick([...MEN, ...WOMEN])}s`
  const kind = ranked(chance, KINDS, 0.8)
  const roll = chance.next()
  if (roll < 0.25) return `${chance.pick(ARTICLES)} ${word}`
  if (roll < 0.45) return word
  if (roll < 0.6) return owner
  if (roll < 0.75) return `${kind} ${word}`
  return `${chance.happens(0.5) ? owner : word} ${kind}`
}

interface Place {
  readonly name: string
  readonly isBranch: boolean
  readonly city: City
  readonly house: House | undefined
  readonly address: string
  readonly phone: string
  readonly cuisine: (typeof CUISINES)[number]
}

function makePlace(chance: Chance, cities: readonly City[], names: readonly string[]): Place {
  const city = chance.pick(cities)
  const isBranch = names.length > 20 && chance.happens(0.05)
  const house = chance.happens(0.12) ? chance.pick(city.houses) : undefined
  return {
    name: isBranch ? chance.pick(names) : makeName(chance),
    isBranch,
    city,
    house,
    address: house?.address ?? `${chance.between(1, 9900)} ${makeStreet(chance)}`,
    phone:
      house !== undefined && chance.happens(0.35)
        ? house.phone
        : `${city.area}/${digits(chance, 3)}-${digits(chance, 4)}`,
    cuisine: ranked(chance, CUISINES, 0.7),
  }
}

function inFirstGuide(chance: Chance, place: Place): Row {
  const corner = chance.happens(0.5)
    ? `  between ${makeStreet(chance)} and ${makeStreet(chance)}`
    : ` at ${makeStreet(chance)}`
  const where = place.house !== undefined && chance.happens(0.3) ? `  ${place.house.name}` : ''
  return {
    name: place.house !== undefined && chance.happens(0.1) ? `${place.name}  ${place.house.name}` : place.name,
    addr: chance.happens(0.03)
      ? place.address.replace(/^\d+ /, '')
      : `${place.address}${where}${where === '' && chance.happens(0.25) ? corner : ''}`,
    city: place.city.name,
    phone: place.phone,
    type: place.cuisine[0],
  }
}

function inSecondGuide(chance: Chance, place: Place): Row {
  let name = place.name
  if (chance.happens(0.06)) name = `${name} ${chance.pick(KINDS)}`
  else if (chance.happens(0.05) && name.includes(' ')) name = name.split(' ').reverse().join(' ')
  else if (chance.happens(0.05)) name = `${name}  the`
  if (place.isBranch || chance.happens(0.05)) name = `${name} (${place.city.name})`
  if (chance.happens(0.02)) name = typo(chance, name)
  const spelled = place.address.replace(/\b([1-9])(st|nd|rd|th)\b/, (_, digit: string) => ORDINALS[Number(digit) - 1])
  return {
    name,
    addr: chance.happens(0.04) ? `${chance.between(1, 9900)} ${makeStreet(chance)}` : spelled,
    city: chance.happens(0.3) ? chance.pick(place.city.quarters) : place.city.name,
    phone: (chance.happens(0.04)
      ? `${place.city.area}/${digits(chance, 3)}-${digits(chance, 4)}`
      : place.phone
    ).replace('/', '-'),
    type: chance.happens(0.12) ? chance.pick(chance.pick(CUISINES)[1]) : chance.pick(place.cuisine[1]),
  }
}

export function makeEatingPlaces(seed: number, options: { places: number; hasPhones: boolean }): MadeTable {
  const chance = new Chance(seed ^ 0xea7)
  const cities = makeCities(chance)
  const [left, right]: [Row[], Row[]] = [[], []]
  const names: string[] = []
  for (let n = 0; n < options.places; n++) {
    const place = makePlace(chance, cities, names)
    names.push(place.name)
    const both = chance.happens(0.15)
    const isFirst = chance.happens(0.6)
    const take = (rows: Row[], id: string, { phone, ...row }: Row) =>
      rows.push({ id, ...row, ...(options.hasPhones ? { phone } : {}), cluster: String(n) })
    if (both || isFirst) take(left, `f${n}`, inFirstGuide(chance, place))
    if (both || !isFirst) take(right, `z${n}`, inSecondGuide(chance, place))
  }
  const columns = { name: 'full name', addr: 'address', city: 'text', type: 'text' }
  return {
    left: shuffled(chance, left),
    right: shuffled(chance, right),
    spec: { id: 'id', columns: options.hasPhones ? { ...columns, phone: 'code' } : columns },
  }
}
