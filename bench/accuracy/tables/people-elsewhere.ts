/**
 * Persons as knowledge bases, parties and customer lists hold them: other headers on each side, everything in one string,
 * headers that mean nothing. In: seed and how many. Out: one or two tables; spec by hand, to be compared with the guess.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, MEN, SHORT_FORMS, SHORT_STREETS, STREETS, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, heard, isoDate, ranked, scanned, slippedDate, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const capital = (text: string) => text.replace(/(^|\s)\p{L}/gu, (start) => start.toUpperCase())

interface Person {
  readonly given: string
  readonly family: string
  readonly born: string
  readonly house: string
  readonly street: string
  readonly town: string
  readonly postcode: string
  readonly phone: string
}

function personIn(chance: Chance): Person {
  const town = ranked(chance, [...TOWNS, ...COMPOUNDS.slice(0, 150)], 0.3)
  return {
    given: ranked(chance, [...MEN, ...WOMEN], 0.4),
    family: ranked(chance, [...SURNAMES, ...COMPOUNDS], 0.4),
    born: `${chance.between(1920, 2000)}${String(chance.between(1, 12)).padStart(2, '0')}${String(chance.between(1, 28)).padStart(2, '0')}`,
    house: String(chance.between(1, 250)),
    street: `${ranked(chance, COMPOUNDS, 0.3)} ${chance.pick(STREETS)}`,
    town,
    postcode: String(2000 + ((town.length * 977 + town.charCodeAt(0) * 31 + town.charCodeAt(1) * 7) % 7000)),
    phone: `0${chance.between(2, 9)}${digits(chance, 8)}`,
  }
}

const pen = (chance: Chance, text: string, rate: number): string => {
  if (!chance.happens(rate)) return text
  return chance.pick([typo, typo, scanned, heard])(chance, text)
}

/** Two knowledge bases: addresses of pages as identifiers, the same properties under other names, up to `slips` changed. */
export function makeKnownPersons(seed: number, options: { persons: number; slips: number }): MadeTable {
  const chance = new Chance(seed ^ 0x0ae1)
  const left: Row[] = []
  const right: Row[] = []
  for (let n = 0; n < options.persons; n++) {
    const one = personIn(chance)
    const number = digits(chance, 7)
    const age = 2009 - Number(one.born.slice(0, 4))
    left.push({
      uri: `http://www.example.org/first/Person${n}`,
      given_name: one.given,
      surname: one.family,
      date_of_birth: one.born,
      age: String(age),
      phone_numer: one.phone,
      soc_sec_id: number,
      house_number: one.house,
      street: one.street,
      suburb: one.town,
      postcode: one.postcode,
      state: ['nsw', 'vic', 'qld', 'wa'][one.town.length % 4],
      cluster: String(n),
    })
    if (chance.happens(0.2)) continue
    const cells: Row = {
      givenName: one.given,
      lastName: one.family,
      birthDate: one.born,
      age: chance.happens(0.2) ? '' : String(age),
      telephone: one.phone,
      ssn: number,
      houseNr: one.house,
      address1: one.street,
      district: one.town,
      zip: one.postcode,
      region: ['nsw', 'vic', 'qld', 'wa'][one.town.length % 4],
    }
    const keys = Object.keys(cells)
    for (let s = chance.between(0, options.slips); s > 0; s--) {
      const key = chance.pick(keys)
      if (cells[key] === '') continue
      cells[key] =
        key === 'birthDate' ? slippedDate(chance, cells[key]) : chance.happens(0.1) ? '' : pen(chance, cells[key], 1)
    }
    right.push({ uri: `http://www.example.org/second/Person${(n * 7919) % 100_003}`, ...cells, cluster: String(n) })
  }
  const columns = Object.fromEntries(
    Object.entries({
      given_name: 'given name',
      surname: 'family name',
      date_of_birth: 'date',
      age: 'number',
    }).map(([key, kind]) => [key, kind]),
  )
  // By hand only what both call the same can be named; the guess is what is asked for.
  return {
    left: shuffled(chance, left),
    right: shuffled(
      chance,
      right.map(({ givenName, lastName, birthDate, ...row }) => ({
        uri: row.uri,
        given_name: givenName,
        surname: lastName,
        date_of_birth: birthDate,
        ...row,
      })),
    ),
    spec: { id: 'uri', columns },
  }
}

/** The same with the second table's own headers. */
export function makeRenamedPersons(seed: number, options: { persons: number; slips: number }): MadeTable {
  const made = makeKnownPersons(seed, options)
  const renamed = made.right?.map(({ given_name, surname, date_of_birth, uri, cluster, ...row }) => ({
    about: uri,
    givenName: given_name,
    lastName: surname,
    birthDate: date_of_birth,
    ...row,
    cluster,
  }))
  return { ...made, right: renamed }
}

/** Voters as five parties keep them: four columns, each party a copy with its own slips, one table. */
export function makeFiveParties(seed: number, options: { people: number }): MadeTable {
  const chance = new Chance(seed ^ 0x5ba7)
  const rows: Row[] = []
  for (let n = 0; n < options.people; n++) {
    const one = personIn(chance)
    for (let party = 1; party <= 5; party++) {
      if (chance.happens(0.5)) continue
      const isDamaged = chance.happens(0.4)
      const cell = (text: string) => (isDamaged ? pen(chance, text, 0.5) : text)
      rows.push({
        recid: String(10_000 + n * 17 + party * 1_000_000),
        givenname: cell(one.given),
        surname: cell(one.family),
        suburb: cell(one.town),
        postcode: cell(one.postcode),
        cluster: String(n),
      })
    }
  }
  const columns = { givenname: 'given name', surname: 'family name', suburb: 'text', postcode: 'code' }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'recid', columns } }
}

/** Customers: name and address each in one string, telephones in three styles, no column that identifies a row by itself. */
export function makeCustomers(seed: number, options: { customers: number; bare: boolean }): MadeTable {
  const chance = new Chance(seed ^ 0xc057)
  const rows: Row[] = []
  const nick = (name: string) => SHORT_FORMS.find((group) => group[0] === name)?.[1] ?? name
  for (let n = 0; n < options.customers; n++) {
    const one = personIn(chance)
    const spouse = chance.happens(0.25) ? ranked(chance, [...MEN, ...WOMEN], 0.4) : undefined
    const members = spouse === undefined ? [one.given] : [one.given, spouse]
    members.forEach((given, m) => {
      const mail = `${given[0]}${one.family}${chance.between(1, 99)}@${chance.pick(['mail.com', 'post.net', 'web.org'])}`
      const born = m === 0 ? one.born : `${chance.between(1920, 2000)}0${chance.between(1, 9)}${chance.between(10, 28)}`
      for (let copy = 0; copy < (chance.happens(0.4) ? chance.between(2, 3) : 1); copy++) {
        const first = chance.happens(0.15) ? nick(given) : chance.happens(0.06) ? given[0] : given
        const [name, family] = [pen(chance, first, 0.1), pen(chance, one.family, 0.1)]
        const street = one.street.split(' ')
        const short = chance.happens(0.5) ? `${street[0]} ${SHORT_STREETS[street[1]] ?? street[1]}` : one.street
        const phone = chance.happens(0.5)
          ? one.phone
          : chance.happens(0.5)
            ? `(${one.phone.slice(0, 2)}) ${one.phone.slice(2, 6)} ${one.phone.slice(6)}`
            : `+61 ${one.phone.slice(1, 2)} ${one.phone.slice(2, 6)}-${one.phone.slice(6)}`
        rows.push({
          Name: capital(chance.happens(0.2) ? `${family}, ${name}` : `${name} ${family}`),
          Address: capital(
            pen(chance, `${one.house} ${short}, ${one.town} ${chance.happens(0.8) ? one.postcode : ''}`.trim(), 0.1),
          ),
          Phone: chance.happens(0.3) ? '' : phone,
          Email: chance.happens(0.4) ? '' : mail,
          Birth: chance.happens(0.3)
            ? ''
            : chance.happens(0.5)
              ? isoDate(born)
              : `${born.slice(6)}/${born.slice(4, 6)}/${born.slice(2, 4)}`,
          cluster: `${n}-${m}`,
        })
      }
    })
  }
  const headers: Readonly<Record<string, string>> = options.bare
    ? { Name: 'c1', Address: 'c2', Phone: 'c3', Email: 'c4', Birth: 'c5', cluster: 'cluster' }
    : {}
  const left = shuffled(chance, rows).map((row, i) => ({
    ...(options.bare ? {} : { id: `r${i}` }),
    ...Object.fromEntries(Object.entries(row).map(([key, cell]) => [headers[key] ?? key, cell])),
  }))
  const columns = { Name: 'full name', Address: 'address', Phone: 'code', Email: 'code', Birth: 'date' }
  return { left, right: undefined, spec: { id: 'id', columns } }
}
