/**
 * Made-up people where they live: an address book whose copies suffer (one or several of each), and households that two
 * registers count. In: seed, size and how hard. Out: rows with their true cluster; spec with column kinds.
 */
import type { MadeTable } from './made-table.ts'
import { Chance, mishear, type Row, shuffled, slip, Vocabulary } from './words.ts'

const pad = (value: number, digits: number) => String(value).padStart(digits, '0')
const dateOf = (chance: Chance, from: number, to: number) =>
  `${chance.between(from, to)}${pad(chance.between(1, 12), 2)}${pad(chance.between(1, 28), 2)}`

/** Addresses, numbers, names: each copy suffers up to `slipsMost` slips, at most `perField` in one cell. */
export function makeAddressBook(
  seed: number,
  options: { originals: number; copies: number; copiesMost: number; slipsMost: number; perField: number; sides: 1 | 2 },
): MadeTable {
  const chance = new Chance(seed)
  const given = new Vocabulary(chance, 700)
  const family = new Vocabulary(chance, 2500, 0.7)
  const streets = new Vocabulary(chance, 1500, 0.6)
  const suburbs = new Vocabulary(chance, 900, 0.7)
  const houses = new Vocabulary(chance, 900, 0.5)
  const states = ['nsw', 'vic', 'qld', 'wa', 'sa', 'tas', 'act', 'nt']
  const postcodeOf = new Map<string, [string, string]>()
  for (const suburb of suburbs.words)
    postcodeOf.set(suburb, [String(chance.between(2000, 7999)), states[Math.floor(chance.next() ** 1.6 * 8)]])
  const original = (n: number): Row => {
    const suburb = suburbs.draw(chance)
    const [postcode, state] = postcodeOf.get(suburb) as [string, string]
    const street = `${streets.draw(chance)} ${chance.pick(['street', 'place', 'avenue', 'crescent', 'close', 'court', 'circuit'])}`
    return {
      rec_id: `rec-${n}-org`,
      given_name: chance.happens(0.02) ? '' : given.draw(chance),
      surname: chance.happens(0.01) ? '' : family.draw(chance),
      street_number: chance.happens(0.04) ? '' : String(Math.floor(chance.next() ** 2.5 * 300) + 1),
      address_1: chance.happens(0.02) ? '' : street,
      address_2: chance.happens(0.4)
        ? ''
        : chance.happens(0.5)
          ? houses.draw(chance)
          : `${houses.draw(chance)} ${chance.pick(['village', 'villas', 'farm', 'park'])}`,
      suburb: suburb,
      postcode,
      state: chance.happens(0.02) ? '' : state,
      date_of_birth: chance.happens(0.02) ? '' : dateOf(chance, 1900, 1999),
      soc_sec_id: String(chance.between(1_000_000, 9_999_999)),
    }
  }
  const fields = [
    'given_name',
    'surname',
    'street_number',
    'address_1',
    'address_2',
    'suburb',
    'postcode',
    'state',
    'date_of_birth',
    'soc_sec_id',
  ]
  const corrupt = (row: Row, id: string): Row => {
    const copy: Row = { ...row, rec_id: id }
    const done = new Map<string, number>()
    const slips = chance.between(1, options.slipsMost)
    for (let s = 0; s < slips; s++) {
      const field = chance.pick(fields)
      if ((done.get(field) ?? 0) >= options.perField) continue
      done.set(field, (done.get(field) ?? 0) + 1)
      const roll = chance.next()
      const cell = copy[field]
      if (field.includes('name') && roll < 0.1) [copy.given_name, copy.surname] = [copy.surname, copy.given_name]
      else if (field === 'postcode' && roll < 0.2) copy.suburb = suburbs.draw(chance)
      else if (roll < 0.18) copy[field] = ''
      else if (field === 'date_of_birth' && roll < 0.35)
        copy[field] = cell.slice(0, 4) + cell.slice(6) + cell.slice(4, 6)
      else if (field.startsWith('address') && roll < 0.35)
        [copy.address_1, copy.address_2] = [copy.address_2, copy.address_1]
      else if (roll < 0.4 && cell.includes(' ')) copy[field] = cell.split(' ').reverse().join(' ')
      else if (roll < 0.6 && !/^\d+$/.test(cell)) copy[field] = mishear(chance, cell)
      else copy[field] = slip(chance, cell)
    }
    return copy
  }
  const left: Row[] = []
  const right: Row[] = []
  for (let n = 0; n < options.originals; n++) {
    const row = original(n)
    left.push({ ...row, cluster: String(n) })
    const copies =
      options.sides === 2
        ? 1
        : n * 2 < options.copies
          ? Math.min(1 + Math.floor(chance.next() ** 2 * options.copiesMost), options.copiesMost)
          : 0
    for (let c = 0; c < copies; c++)
      (options.sides === 2 ? right : left).push({ ...corrupt(row, `rec-${n}-dup-${c}`), cluster: String(n) })
  }
  return {
    left: shuffled(chance, left),
    right: options.sides === 2 ? shuffled(chance, right) : undefined,
    spec: {
      id: 'rec_id',
      columns: {
        given_name: 'given name',
        surname: 'family name',
        street_number: 'code',
        address_1: 'address',
        address_2: 'address',
        suburb: 'text',
        postcode: 'code',
        state: 'category',
        date_of_birth: 'date',
        soc_sec_id: 'code',
      },
    },
  }
}

/** Whole households seen by two registers: shared surname, address and postcode make strangers look alike. */
export function makeHouseholds(
  seed: number,
  options: { households: number; hardness: number; overlap: number },
): MadeTable {
  const chance = new Chance(seed)
  const boys = new Vocabulary(chance, 200, 1)
  const girls = new Vocabulary(chance, 200, 1)
  const family = new Vocabulary(chance, 3000, 0.7)
  const streets = new Vocabulary(chance, 400, 0.5)
  const left: Row[] = []
  const right: Row[] = []
  let person = 0
  for (let n = 0; n < options.households; n++) {
    const surname = family.draw(chance)
    const street = `${chance.between(1, 120)} ${streets.draw(chance)} ${chance.pick(['road', 'street', 'lane'])}`
    const postcode = `${chance.pick(['ab', 'cd', 'ef', 'gh'])}${chance.between(1, 20)} ${chance.between(1, 9)}${String.fromCharCode(97 + chance.below(20))}${String.fromCharCode(97 + chance.below(20))}`
    const size = chance.between(1, 5)
    const sawLeft = chance.happens(options.overlap)
    const sawRight = !sawLeft || chance.happens(options.overlap)
    for (let p = 0; p < size; p++) {
      const sex = chance.happens(0.5) ? 'm' : 'f'
      const f = (sex === 'm' ? boys : girls).draw(chance)
      const year = p < 2 ? chance.between(1930, 1985) : chance.between(1985, 2010)
      const row: Row = {
        forename: f,
        surname: chance.happens(0.08) ? family.draw(chance) : surname,
        sex,
        day: String(chance.between(1, 28)),
        month: String(chance.between(1, 12)),
        year: String(year),
        address: street,
        postcode,
      }
      const seen = (id: string): Row => {
        const h = options.hardness
        const cell = (key: string) =>
          chance.happens(0.02 * h) ? '' : chance.happens(0.04 * h) ? slip(chance, row[key]) : row[key]
        const small = (key: string, most: number) =>
          chance.happens(0.03 * h) ? String(chance.between(1, most)) : row[key]
        return {
          id,
          forename: chance.happens(0.03 * h) ? row.forename[0] : cell('forename'),
          surname: cell('surname'),
          sex: chance.happens(0.01 * h) ? '' : row.sex,
          day: small('day', 28),
          month: small('month', 12),
          year: cell('year'),
          address: cell('address'),
          postcode: cell('postcode'),
          cluster: String(person),
        }
      }
      person++
      if (sawLeft && !chance.happens(0.04)) left.push(seen(`L${person}`))
      if (sawRight && !chance.happens(0.04)) right.push(seen(`R${person}`))
    }
  }
  return {
    left: shuffled(chance, left),
    right: shuffled(chance, right),
    spec: {
      id: 'id',
      columns: {
        forename: 'given name',
        surname: 'family name',
        sex: 'category',
        day: 'number',
        month: 'number',
        year: 'number',
        address: 'address',
        postcode: 'code',
      },
    },
  }
}
