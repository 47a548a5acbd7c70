/**
 * Points on a town map out of two directories, and companies out of two registers of several countries.
 * In: seed and how many. Out: two tables with other headers each, whose columns are to be guessed. Hard are the branches of a
 * chain in one town, tenants of one house, companies of one group, and names written with and without their legal form.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, FIRST_HALF_WORDS, SHORT_STREETS, STREETS, SURNAMES, TOWNS } from './names.ts'
import { digits, ranked, rearranged, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const words = (text: string) => text.split(' ')
const capitals = (text: string) => text.replace(/(^|[\s(-])\p{L}/gu, (start) => start.toUpperCase())

const KINDS = words('Restaurant Café Bar Bakery Pharmacy Hotel Supermarket Hairdresser Florist Bookshop')
const THEIR_KINDS = [
  'Restaurants',
  'Coffee & Tea',
  'Pubs',
  'Bakeries',
  'Drugstores',
  'Hotels & Travel',
  'Grocery',
  'Hair Salons',
  'Flowers & Gifts',
  'Books, Mags',
]
const CHAINS = ['Daily Bean', 'Corner Mart', 'Pizza Piazza', 'Green Cross', 'Sleepwell Inn', 'Burger Barn']

/** Points: one directory with coordinates and few telephones, the other with telephones and few numbers of houses. */
export function makePoints(seed: number, options: { points: number }): MadeTable {
  const chance = new Chance(seed ^ 0x901)
  const left: Row[] = []
  const right: Row[] = []
  const streets = Array.from({ length: 60 }, () => `${ranked(chance, COMPOUNDS, 0.2)} ${chance.pick(STREETS)}`)
  const town = chance.pick(TOWNS)
  for (let n = 0; n < options.points; n++) {
    const kind = chance.below(KINDS.length)
    const isChain = chance.happens(0.15)
    const owner = ranked(chance, SURNAMES, 0.2)
    const name = isChain
      ? chance.pick(CHAINS)
      : capitals(
          chance.pick([
            `${owner}'s ${KINDS[kind]}`,
            `The ${chance.pick(FIRST_HALF_WORDS)} ${chance.pick(FIRST_HALF_WORDS)}`,
            `${KINDS[kind]} ${ranked(chance, FIRST_HALF_WORDS, 0.2)}`,
            `${ranked(chance, COMPOUNDS, 0.2)} ${KINDS[kind]}`,
          ]),
        )
    const street = capitals(ranked(chance, streets, 0.6))
    const house = chance.between(1, 220)
    const [lat, lon] = [51 + chance.next() * 0.1, -1 + chance.next() * 0.15]
    const phone = digits(chance, 6)
    const cluster = String(n)
    const roll = chance.next()
    if (roll < 0.65)
      left.push({
        place_id: `n${n}`,
        name: chance.happens(0.05) ? typo(chance, name) : name,
        amenity: chance.happens(0.1) ? '' : KINDS[kind].toLowerCase(),
        'addr:street': chance.happens(0.35) ? '' : street,
        'addr:housenumber': chance.happens(0.45) ? '' : String(house),
        lat: lat.toFixed(6),
        lon: lon.toFixed(6),
        phone: chance.happens(0.7) ? '' : `+44 1865 ${phone}`,
        cluster,
      })
    if (roll > 0.35) {
      const shown = chance.happens(0.25)
        ? `${name} ${capitals(town)}`
        : chance.happens(0.15)
          ? name.replace(/^The /, '')
          : name
      const short = street.replace(/\w+$/, (word) => capitals(SHORT_STREETS[word.toLowerCase()] ?? word))
      const drift = () => (chance.next() - 0.5) * (chance.happens(0.1) ? 0.01 : 0.0008)
      right.push({
        business_id: `b${n}`,
        business_name: chance.happens(0.06)
          ? typo(chance, shown)
          : chance.happens(0.05)
            ? rearranged(chance, shown)
            : shown,
        categories: chance.happens(0.2) ? `${THEIR_KINDS[kind]}, Food` : THEIR_KINDS[kind],
        address: `${chance.happens(0.2) ? '' : `${house} `}${chance.happens(0.5) ? short : street}, ${capitals(town)}`,
        latitude: (lat + drift()).toFixed(5),
        longitude: (lon + drift()).toFixed(5),
        telephone: chance.happens(0.2) ? '' : `(01865) ${phone.slice(0, 3)} ${phone.slice(3)}`,
        stars: String(chance.between(2, 10) / 2),
        cluster,
      })
    }
  }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns: {} } }
}

interface Land {
  readonly code: string
  readonly name: string
  /** Ways to write one legal form. */
  readonly forms: readonly (readonly string[])[]
  readonly street: (name: string, house: number) => string
  readonly post: (chance: Chance) => string
}

const LANDS: readonly Land[] = [
  {
    code: 'DE',
    name: 'Germany',
    forms: [
      ['GmbH', 'Gesellschaft mit beschränkter Haftung', 'G.m.b.H.'],
      ['AG', 'Aktiengesellschaft'],
      ['GmbH & Co. KG', 'GmbH & Co KG', 'GmbH und Co. KG'],
    ],
    street: (name, house) => `${capitals(name)}straße ${house}`,
    post: (chance) => digits(chance, 5),
  },
  {
    code: 'FR',
    name: 'France',
    forms: [
      ['SARL', 'S.A.R.L.', 'Société à responsabilité limitée'],
      ['SA', 'S.A.', 'Société anonyme'],
      ['SAS', 'S.A.S.'],
    ],
    street: (name, house) => `${house}, rue de ${capitals(name)}`,
    post: (chance) => digits(chance, 5),
  },
  {
    code: 'GB',
    name: 'United Kingdom',
    forms: [['Limited', 'Ltd', 'Ltd.'], ['PLC', 'plc', 'Public Limited Company'], ['LLP']],
    street: (name, house) => `${house} ${capitals(name)} Road`,
    post: (chance) =>
      `${chance.pick(words('B M L CF EH'))}${chance.between(1, 30)} ${chance.between(1, 9)}${chance.pick(words('AB DX PQ TY'))}`,
  },
  {
    code: 'IT',
    name: 'Italy',
    forms: [
      ['S.p.A.', 'SpA', 'Società per azioni'],
      ['S.r.l.', 'SRL', 'Società a responsabilità limitata'],
    ],
    street: (name, house) => `Via ${capitals(name)}, ${house}`,
    post: (chance) => digits(chance, 5),
  },
]
const TRADES = words(
  'Logistik Immobilien Capital Holding Energie Services Pharma Software Invest Trading Bau Textil Foods',
)

/** Companies: groups share the first word of their names and the house; forms are spelled, shortened or left out. */
export function makeCompanies(seed: number, options: { companies: number }): MadeTable {
  const chance = new Chance(seed ^ 0xc09)
  const left: Row[] = []
  const right: Row[] = []
  const names = Array.from({ length: Math.ceil(options.companies / 3) }, () =>
    capitals(chance.happens(0.5) ? ranked(chance, SURNAMES, 0.2) : chance.pick(COMPOUNDS)),
  )
  const places = Array.from({ length: Math.ceil(options.companies / 2) }, () => ({
    land: chance.pick(LANDS),
    town: capitals(ranked(chance, TOWNS, 0.4)),
    street: ranked(chance, COMPOUNDS, 0.2),
    house: chance.between(1, 150),
  }))
  for (let n = 0; n < options.companies; n++) {
    const place = chance.pick(places)
    const form = chance.pick(place.land.forms)
    const core = [
      chance.pick(names),
      chance.happens(0.7) ? chance.pick(TRADES) : '',
      chance.happens(0.1) ? 'International' : '',
    ]
      .filter((word) => word !== '')
      .join(' ')
    const post = place.land.post(chance)
    const founded = chance.between(1950, 2020)
    const cluster = String(n)
    const roll = chance.next()
    if (roll < 0.6)
      left.push({
        lei: `${digits(chance, 4)}00${digits(chance, 8)}`,
        LegalName: `${core} ${form[0]}`,
        Country: place.land.code,
        City: place.town,
        AddressLine: place.land.street(place.street, place.house),
        PostalCode: post,
        FoundingYear: chance.happens(0.3) ? '' : String(founded),
        cluster,
      })
    if (roll > 0.4) {
      const shown = chance.happens(0.25) ? core : `${core} ${chance.pick(form)}`
      const written = chance.happens(0.06) ? typo(chance, shown) : chance.happens(0.25) ? shown.toUpperCase() : shown
      const moved = chance.happens(0.12) ? chance.pick(places) : place
      right.push({
        id: `r${n}`,
        company: written,
        country: moved.land.name,
        place: chance.happens(0.15) ? '' : moved.town,
        address: chance.happens(0.25) ? '' : `${moved.land.street(moved.street, moved.house)}, ${post} ${moved.town}`,
        since: chance.happens(0.5) ? '' : `${chance.happens(0.1) ? founded + chance.between(-2, 2) : founded}-01-01`,
        cluster,
      })
    }
  }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns: {} } }
}
