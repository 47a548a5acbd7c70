/**
 * Made-up tables of five shapes that public linkage sets have: addresses and numbers (one or several copies), figures of
 * the past with nicknames and titles in large clusters, short rows with many gaps, names with birth parts, households
 * counted twice. In: seed, size and how hard. Out: rows with their true cluster; spec with column kinds.
 */
import { Chance, mishear, type Row, shuffled, slip, Vocabulary } from './words.ts'

export interface MadeTable {
  readonly left: Row[]
  readonly right: Row[] | undefined
  readonly spec: { id: string; columns: Record<string, string> }
}

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

/** Figures of the past: nicknames, titles, spellings, wandering places, gaps; clusters of 1 to 25. */
export function makeFigures(seed: number, options: { people: number; meanRows: number; hardness: number }): MadeTable {
  const chance = new Chance(seed)
  const given = new Vocabulary(chance, 350, 1.2)
  const family = new Vocabulary(chance, 4000, 0.6)
  const towns = new Vocabulary(chance, 700, 0.9)
  const nickname = new Map(
    given.words.map((name) => [name, [name.slice(0, 3), `${name.slice(0, 3)}y`, chance.pick(given.words)]]),
  )
  const occupations = [
    'politician',
    'writer',
    'painter',
    'cricketer',
    'priest',
    'military officer',
    'scientist',
    'actor',
    'poet',
    'lawyer',
    'physician',
    'botanist',
    'engineer',
    'composer',
    'footballer',
    'historian',
    'judge',
    'merchant',
    'photographer',
    'explorer',
  ]
  const codeOf = new Map(towns.words.map((town) => [town, `${town.slice(0, 2)}${chance.between(1, 30)}`]))
  const near = new Map(towns.words.map((town) => [town, chance.pick(towns.words)]))
  const rows: Row[] = []
  for (let n = 0; n < options.people; n++) {
    const first = given.draw(chance)
    const last = family.draw(chance)
    const middle = chance.happens(0.3) ? given.draw(chance) : ''
    const title = chance.happens(0.15)
      ? `${chance.between(1, 9)}th ${chance.pick(['baron', 'earl', 'baronet', 'viscount'])} ${chance.happens(0.6) ? last : family.draw(chance)}`
      : ''
    const town = towns.draw(chance)
    const year = chance.between(1550, 1900)
    const known = chance.happens(0.75)
    const dob = known ? `${year}-${pad(chance.between(1, 12), 2)}-${pad(chance.between(1, 28), 2)}` : `${year}-01-01`
    const unit = () =>
      ` ${chance.between(1, 9)}${String.fromCharCode(97 + chance.below(20))}${String.fromCharCode(97 + chance.below(20))}`
    const postcode = codeOf.get(town) + unit()
    const sex = chance.happens(0.82) ? 'male' : 'female'
    const work = chance.pick(occupations)
    const birthless = chance.happens(0.15)
    const count = Math.max(1, Math.round(options.meanRows * (chance.next() + chance.next())))
    for (let r = 0; r < count; r++) {
      const h = r === 0 ? 0 : options.hardness * (0.4 + (1.2 * r) / Math.max(count, 2))
      let f = first
      let l = last
      if (chance.happens(0.18 * h)) f = chance.pick(nickname.get(first) as string[])
      else if (chance.happens(0.12 * h)) f = chance.happens(0.5) ? slip(chance, f) : mishear(chance, f)
      if (chance.happens(0.03 * h) && middle !== '') f = middle
      if (chance.happens(0.2 * h)) l = chance.happens(0.5) ? slip(chance, l) : mishear(chance, l)
      if (chance.happens(0.05 * h) && title !== '') l = title.split(' ')[2]
      if (chance.happens(0.04 * h)) l = family.draw(chance)
      const parts = [f, chance.happens(0.7) ? middle : '', l, chance.happens(0.6) ? title : ''].filter(
        (part) => part !== '',
      )
      const swap = chance.happens(0.03 * h)
      let date = dob
      if (chance.happens(0.22 * h))
        date = chance.happens(0.5)
          ? `${year}-01-01`
          : chance.happens(0.5)
            ? `${year + chance.between(-2, 2)}${dob.slice(4)}`
            : slip(chance, dob)
      const place = chance.happens(0.2 * h) ? (near.get(town) as string) : town
      let code = place === town ? postcode : (codeOf.get(place) as string) + unit()
      if (chance.happens(0.25 * h)) code = code.split(' ')[0] + unit()
      else if (chance.happens(0.1 * h)) code = slip(chance, code)
      const gone = (p: number) => chance.happens(p * Math.min(h, 1.5))
      rows.push({
        unique_id: `Q${1000 + n}-${r + 1}`,
        cluster: `Q${1000 + n}`,
        full_name: gone(0.05) ? '' : parts.join(' '),
        first_name: gone(0.06) ? '' : swap ? l : f,
        surname: gone(0.06) ? '' : swap ? f : l,
        dob: gone(0.25) ? '' : date,
        birth_place: birthless || gone(0.15) ? '' : place,
        postcode_fake: birthless || gone(0.15) ? '' : code,
        gender: chance.happens(0.2) ? '' : chance.happens(0.01) ? 'female' : sex,
        occupation: gone(0.3) ? '' : chance.happens(0.12 * h) ? chance.pick(occupations) : work,
      })
    }
  }
  return {
    left: shuffled(chance, rows),
    right: undefined,
    spec: {
      id: 'unique_id',
      columns: {
        full_name: 'full name',
        first_name: 'given name',
        surname: 'family name',
        dob: 'date',
        birth_place: 'text',
        postcode_fake: 'code',
        gender: 'category',
        occupation: 'category',
      },
    },
  }
}

/** Short rows with many gaps: names, birth date, city, e-mail. */
export function makeShortRows(
  seed: number,
  options: { people: number; rowsMost: number; hardness: number },
): MadeTable {
  const chance = new Chance(seed)
  const given = new Vocabulary(chance, 120, 0.8)
  const family = new Vocabulary(chance, 180, 0.8)
  const cities = new Vocabulary(chance, 60, 1.3)
  const hosts = new Vocabulary(chance, 60, 0.5)
  const rows: Row[] = []
  for (let n = 0; n < options.people; n++) {
    const [f, l] = [given.draw(chance), family.draw(chance)]
    const dob = `${chance.between(1960, 2020)}-${pad(chance.between(1, 12), 2)}-${pad(chance.between(1, 28), 2)}`
    const city = cities.draw(chance)
    const email = `${f}${chance.pick(['', '.'])}${l}${chance.below(100)}@${hosts.draw(chance)}.${chance.pick(['com', 'org', 'net'])}`
    const count = chance.between(1, options.rowsMost)
    for (let r = 0; r < count; r++) {
      const h = r === 0 ? 0.2 : options.hardness
      const damage = (cell: string) =>
        chance.happens(0.18 * h)
          ? ''
          : chance.happens(0.18 * h)
            ? slip(chance, chance.happens(0.3) ? slip(chance, cell) : cell)
            : cell
      const swap = chance.happens(0.08 * h)
      rows.push({
        unique_id: `${rows.length}`,
        first_name: damage(swap ? l : f),
        surname: damage(swap ? f : l),
        dob: chance.happens(0.1 * h) ? `${+dob.slice(0, 4) + chance.between(-1, 1)}${dob.slice(4)}` : damage(dob),
        city: damage(city),
        email: damage(email),
        cluster: String(n),
      })
    }
  }
  return {
    left: shuffled(chance, rows),
    right: undefined,
    spec: {
      id: 'unique_id',
      columns: { first_name: 'given name', surname: 'family name', dob: 'date', city: 'text', email: 'code' },
    },
  }
}

/** Names with birth year, month, day as three columns; one copy in ten, one slip each. */
export function makeBirthParts(seed: number, options: { people: number; copies: number }): MadeTable {
  const chance = new Chance(seed)
  const given = new Vocabulary(chance, 150, 1)
  const family = new Vocabulary(chance, 400, 0.9)
  const rows: Row[] = []
  for (let n = 0; n < options.people; n++) {
    const row: Row = {
      fname_c1: given.draw(chance),
      fname_c2: chance.happens(0.08) ? given.draw(chance) : '',
      lname_c1: family.draw(chance),
      lname_c2: chance.happens(0.02) ? family.draw(chance) : '',
      by: String(chance.between(1920, 2010)),
      bm: String(chance.between(1, 12)),
      bd: String(chance.between(1, 28)),
    }
    rows.push({ rec: '', ...row, cluster: String(n) })
    if (n >= options.copies) continue
    const copy = { ...row }
    const field = chance.pick(['fname_c1', 'lname_c1', 'fname_c1', 'lname_c1', 'by', 'bm', 'bd'])
    copy[field] =
      field.length === 2
        ? field === 'by'
          ? slip(chance, copy[field])
          : String(chance.between(1, field === 'bm' ? 12 : 28))
        : chance.happens(0.5)
          ? mishear(chance, copy[field])
          : slip(chance, copy[field])
    rows.push({ rec: '', ...copy, cluster: String(n) })
  }
  const mixed = shuffled(chance, rows)
  mixed.forEach((row, i) => {
    row.rec = String(i + 1)
  })
  return {
    left: mixed,
    right: undefined,
    spec: {
      id: 'rec',
      columns: {
        fname_c1: 'given name',
        fname_c2: 'given name',
        lname_c1: 'family name',
        lname_c2: 'family name',
        by: 'number',
        bm: 'number',
        bd: 'number',
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
