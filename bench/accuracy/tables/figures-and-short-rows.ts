/**
 * Made-up people by little: figures of the past with nicknames and titles in large clusters, short rows with many gaps,
 * names with birth parts. In: seed, size and how hard. Out: rows with their true cluster; spec with column kinds.
 */
import type { MadeTable } from './made-table.ts'
import { Chance, mishear, type Row, shuffled, slip, Vocabulary } from './words.ts'

const pad = (value: number, digits: number) => String(value).padStart(digits, '0')

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
