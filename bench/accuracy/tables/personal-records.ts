/**
 * Personal records as generators of linkage tables make them: name, address, birth, a number; originals and their
 * damaged duplicates. In: seed and how many. Out: one table, or two with one duplicate of each record.
 * Unlike the address book (addresses-and-households.ts): everyday names, values replaced by others, abbreviations, spaces
 * slipped in, fields swapped.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, FIRST_HALF_WORDS, MEN, SHORT_STREETS, STREETS, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, heard, ranked, rearranged, scanned, slippedDate, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

export interface RecordOptions {
  readonly originals: number
  readonly duplicates: number
  /** Duplicates of one record; spread as Zipf has it. */
  readonly duplicatesMost: number
  readonly changesMost: number
  readonly changesPerFieldMost: number
  /** Both sides of a link: originals left, duplicates right. */
  readonly apart: boolean
}

const FIELDS: readonly (readonly [string, number])[] = [
  ['given_name', 0.12],
  ['surname', 0.14],
  ['street_number', 0.09],
  ['address_1', 0.14],
  ['address_2', 0.1],
  ['suburb', 0.11],
  ['postcode', 0.07],
  ['state', 0.06],
  ['date_of_birth', 0.1],
  ['soc_sec_id', 0.07],
]

export function makePersonalRecords(seed: number, options: RecordOptions): MadeTable {
  const chance = new Chance(seed ^ 0x5eed)
  const given = shuffled(chance, [...MEN, ...WOMEN])
  const family = [...SURNAMES, ...shuffled(chance, COMPOUNDS)]
  const suburbs = shuffled(chance, [...COMPOUNDS.slice(0, 700), ...TOWNS]).map((name) =>
    chance.happens(0.2) ? `${chance.pick(['north', 'south', 'east', 'west', 'mount', 'port', 'upper'])} ${name}` : name,
  )
  const streets = shuffled(chance, [...COMPOUNDS.slice(300, 1400), ...SURNAMES, ...WOMEN])
  const houses = shuffled(
    chance,
    FIRST_HALF_WORDS.flatMap((a) => ['dale', 'view', 'haven', 'park'].map((b) => a + b)),
  )
  const states = ['nsw', 'vic', 'qld', 'sa', 'wa', 'tas', 'act', 'nt']
  const placeOf = suburbs.map((): [string, string] => {
    const state = Math.min(Math.floor(-Math.log(1 - chance.next()) * 1.8), 7)
    return [`${[2, 3, 4, 5, 6, 7, 2, 0][state]}${digits(chance, 3)}`, states[state]]
  })
  const addressTwo = () =>
    chance.happens(0.62)
      ? ''
      : chance.happens(0.4)
        ? `${chance.pick(['unit', 'flat', 'villa'])} ${chance.between(1, 40)}`
        : chance.happens(0.4)
          ? `${ranked(chance, houses, 0.4)} ${chance.pick(['caravan park', 'retirement village', 'homestead', 'station'])}`
          : ranked(chance, houses, 0.4)
  const gone = (share: number, value: string) => (chance.happens(share) ? '' : value)
  const draw: Readonly<Record<string, () => string>> = {
    given_name: () => ranked(chance, given, 0.8),
    surname: () => ranked(chance, family, 0.75),
    street_number: () => String(1 + Math.floor(-Math.log(1 - chance.next()) * 45)),
    address_1: () => `${ranked(chance, streets, 0.35)} ${ranked(chance, STREETS, 0.9)}`,
    address_2: addressTwo,
    suburb: () => ranked(chance, suburbs, 0.5),
    postcode: () => chance.pick(placeOf)[0],
    state: () => chance.pick(states),
    date_of_birth: () => `${chance.between(1900, 1999)}${two(chance.between(1, 12))}${two(chance.between(1, 28))}`,
    soc_sec_id: () => digits(chance, 7),
  }
  const original = (): Row => {
    const place = suburbs.indexOf(draw.suburb())
    return {
      given_name: gone(0.022, draw.given_name()),
      surname: gone(0.01, draw.surname()),
      street_number: gone(0.034, draw.street_number()),
      address_1: gone(0.02, draw.address_1()),
      address_2: draw.address_2(),
      suburb: gone(0.011, suburbs[place]),
      postcode: placeOf[place][0],
      state: gone(0.01, placeOf[place][1]),
      date_of_birth: gone(0.019, draw.date_of_birth()),
      soc_sec_id: draw.soc_sec_id(),
    }
  }
  const change = (row: Row, field: string) => {
    const cell = row[field]
    const roll = chance.next()
    if (cell === '') {
      if (roll < 0.3) row[field] = draw[field]()
      return
    }
    if (roll < 0.07) row[field] = ''
    else if (roll < 0.1) row[field] = draw[field]()
    else if (field === 'date_of_birth' && roll < 0.5) row[field] = slippedDate(chance, cell)
    else if ((field === 'given_name' || field === 'surname') && roll < 0.16)
      [row.given_name, row.surname] = [row.surname, row.given_name]
    else if (field === 'address_1' && roll < 0.14) [row.address_1, row.address_2] = [row.address_2, row.address_1]
    else if (field === 'postcode' && roll < 0.16) [row.postcode, row.suburb] = [row.suburb, row.postcode]
    else if (field === 'address_1' && roll < 0.3)
      row[field] = cell.replace(/\w+$/, (word) => SHORT_STREETS[word] ?? chance.pick(STREETS))
    else if (/^\d+$/.test(cell)) row[field] = typo(chance, cell)
    else if (roll < 0.5) row[field] = typo(chance, cell)
    else if (roll < 0.65) row[field] = scanned(chance, cell)
    else if (roll < 0.8) row[field] = heard(chance, cell)
    else row[field] = rearranged(chance, cell)
  }
  const duplicate = (row: Row): Row => {
    const copy = { ...row }
    const done = new Map<string, number>()
    // The number of changes: most duplicates have few, some have the most allowed.
    const changes = 1 + Math.floor(chance.next() ** 1.3 * options.changesMost)
    for (let c = 0; c < changes; c++) {
      let roll = chance.next()
      const [field] = FIELDS.find(([, share]) => (roll -= share) < 0) ?? FIELDS[0]
      if ((done.get(field) ?? 0) >= options.changesPerFieldMost) continue
      done.set(field, (done.get(field) ?? 0) + 1)
      change(copy, field)
    }
    return copy
  }
  const left: Row[] = []
  const right: Row[] = []
  let left2make = options.duplicates
  for (let n = 0; n < options.originals; n++) {
    const row = original()
    left.push({ rec_id: `rec-${n}-org`, ...row, cluster: String(n) })
    const count = options.apart
      ? 1
      : Math.min(
          left2make,
          chance.happens(options.duplicates / options.originals / 2.2) ? zipf(chance, options.duplicatesMost) : 0,
        )
    left2make -= count
    for (let d = 0; d < count; d++)
      (options.apart ? right : left).push({ rec_id: `rec-${n}-dup-${d}`, ...duplicate(row), cluster: String(n) })
  }
  return {
    left: shuffled(chance, left),
    right: options.apart ? shuffled(chance, right) : undefined,
    spec: {
      id: 'rec_id',
      columns: {
        given_name: 'given name',
        surname: 'family name',
        street_number: 'number',
        address_1: 'address',
        address_2: 'address',
        suburb: 'text',
        postcode: 'code',
        state: 'text',
        date_of_birth: 'date',
        soc_sec_id: 'code',
      },
    },
  }
}

const two = (value: number) => String(value).padStart(2, '0')

function zipf(chance: Chance, most: number): number {
  const list = Array.from({ length: most }, (_, i) => i + 1)
  return ranked(chance, list, 0.6)
}
