/**
 * Things rather than people: publications (a link of two catalogues; references to the same papers in large clusters),
 * restaurants in two guides, products of two shops. In: seed and how many. Out: tables of a few short texts.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, FIRST_HALF_WORDS, MEN, STREETS, SHORT_STREETS, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, ranked, rearranged, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const TOPIC =
  `query index data stream learning parallel distributed system database adaptive optimal efficient mining graph
  transaction recovery spatial temporal semantic schema integration cache storage join view warehouse web model language
  logic object relational approximate sampling estimation clustering search ranking network memory scheduling concurrency
  security privacy workflow visual interactive incremental dynamic robust scalable hierarchical probabilistic similarity
  sequence pattern rule constraint aggregate multidimensional hashing compression partition replication mobile sensor
  knowledge retrieval text document image video evaluation benchmark architecture performance analysis design automated`
    .trim()
    .split(/\s+/)
const VENUES: readonly (readonly string[])[] = [
  ['international conference on management of data', 'sigmod conference', 'proc sigmod'],
  ['very large data bases', 'vldb', 'proc of the vldb conference'],
  ['transactions on database systems', 'tods', 'acm trans database syst'],
  ['sigmod record', 'acm sigmod record'],
  ['the vldb journal', 'vldb j', 'international journal on very large data bases'],
  ['machine learning', 'mach learn', 'machine learning journal'],
]

function makeTitle(chance: Chance): string {
  const word = () => ranked(chance, TOPIC, 0.5)
  const head = Array.from({ length: chance.between(2, 4) }, word)
  const joint = chance.pick(['for', 'in', 'of', 'with', 'using', 'and'])
  const title = [...head, joint, ...Array.from({ length: chance.between(1, 4) }, word)]
  if (chance.happens(0.35)) title.unshift(`${ranked(chance, COMPOUNDS, 0.1)}`)
  return title.join(' ')
}

interface Paper {
  readonly title: string
  readonly authors: readonly (readonly [string, string])[]
  readonly venue: number
  readonly year: number
}

function makePaper(chance: Chance): Paper {
  return {
    title: makeTitle(chance),
    authors: Array.from({ length: Math.min(1 + Math.floor(-Math.log(1 - chance.next()) * 2), 6) }, () => [
      ranked(chance, chance.happens(0.8) ? MEN : WOMEN, 0.6),
      ranked(chance, [...SURNAMES, ...COMPOUNDS.slice(0, 400)], 0.5),
    ]),
    venue: Math.floor(chance.next() ** 1.4 * VENUES.length),
    year: chance.between(1990, 2004),
  }
}

function cite(chance: Chance, paper: Paper, care: number): Row {
  const careless = (share: number) => chance.happens(share * care)
  const initials = careless(0.5)
  let authors = paper.authors.map(([first, last]) =>
    initials ? `${first[0]}. ${last}` : careless(0.1) ? `${last}, ${first}` : `${first} ${last}`,
  )
  if (authors.length > 2 && careless(0.15)) authors = [`${authors[0]} et al`]
  else if (careless(0.08)) authors = authors.slice(0, -1)
  let title = paper.title
  if (careless(0.15)) title = typo(chance, title)
  if (careless(0.08)) title = title.split(' ').slice(0, -1).join(' ')
  if (careless(0.06)) title = rearranged(chance, title)
  if (careless(0.08)) title = `${title} (${chance.pick(['extended abstract', 'demo', 'invited talk'])})`
  return {
    title: careless(0.01) ? '' : title,
    authors: careless(0.03) ? '' : authors.join(', '),
    venue: careless(0.12) ? '' : careless(0.5) ? chance.pick(VENUES[paper.venue]) : VENUES[paper.venue][0],
    year: careless(0.2) ? '' : String(careless(0.06) ? paper.year + chance.pick([-1, 1]) : paper.year),
  }
}

const PAPER_KINDS = { title: 'text', authors: 'text', venue: 'text', year: 'number' }

/** Two catalogues: most papers of the smaller are in the larger; editions and series share most of their words. */
export function makeCatalogues(seed: number, options: { papers: number; care: number }): MadeTable {
  const chance = new Chance(seed ^ 0xb1b)
  const left: Row[] = []
  const right: Row[] = []
  for (let n = 0; n < options.papers; n++) {
    const paper = makePaper(chance)
    // The same title at a conference and, a year later, in a journal is another paper.
    const papers = chance.happens(0.05)
      ? [paper, { ...paper, year: paper.year + 1, venue: (paper.venue + 1) % VENUES.length }]
      : [paper]
    papers.forEach((one, i) => {
      const cluster = `${n}-${i}`
      const both = chance.happens(0.8)
      if (both || chance.happens(0.4)) left.push({ id: `a${cluster}`, ...cite(chance, one, 0.2), cluster })
      if (both || chance.happens(0.5)) right.push({ id: `b${cluster}`, ...cite(chance, one, options.care), cluster })
    })
  }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns: PAPER_KINDS } }
}

/** References to few papers from many bibliographies. */
export function makeReferences(seed: number, options: { papers: number; meanRows: number; care: number }): MadeTable {
  const chance = new Chance(seed ^ 0xc0)
  const rows: Row[] = []
  for (let n = 0; n < options.papers; n++) {
    const paper = makePaper(chance)
    const count = Math.max(1, Math.round(-Math.log(1 - chance.next()) * options.meanRows))
    for (let r = 0; r < count; r++)
      rows.push({ id: `r${n}-${r}`, ...cite(chance, paper, options.care), cluster: String(n) })
  }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'id', columns: PAPER_KINDS } }
}

/** Two guides of restaurants: few rows, few in both, branches of one chain in one town. */
export function makeGuides(seed: number, options: { places: number; both: number }): MadeTable {
  const chance = new Chance(seed ^ 0xf00d)
  const left: Row[] = []
  const right: Row[] = []
  const kinds = ['american', 'italian', 'french', 'chinese', 'mexican', 'seafood', 'steakhouse', 'asian', 'indian']
  const names: string[] = []
  for (let n = 0; n < options.places; n++) {
    const isBranch = names.length > 10 && chance.happens(0.06)
    const name = isBranch
      ? chance.pick(names)
      : `${chance.happens(0.4) ? chance.pick(['the', 'cafe', 'chez', 'la', 'il']) : ''} ${chance.happens(0.5) ? ranked(chance, SURNAMES, 0.2) : ranked(chance, FIRST_HALF_WORDS, 0.1)} ${chance.pick(['grill', 'kitchen', 'house', 'room', 'garden', ''])}`
          .replace(/ +/g, ' ')
          .trim()
    names.push(name)
    const street = `${ranked(chance, [...SURNAMES, ...COMPOUNDS.slice(0, 300)], 0.4)} ${ranked(chance, STREETS, 0.8)}`
    const number = chance.between(1, 9900)
    const city = ranked(chance, TOWNS.slice(0, 8), 0.9)
    const phone = `${chance.pick(['213', '310', '212', '404', '702'])}/${digits(chance, 3)}-${digits(chance, 4)}`
    const kind = chance.pick(kinds)
    const inBoth = n < options.both
    const seen = (side: string, care: number): Row => ({
      id: `${side}${n}`,
      name: chance.happens(0.2 * care)
        ? `${name} ${chance.pick(['restaurant', 'on the square', 'bar', 'inn'])}`
        : chance.happens(0.08 * care)
          ? typo(chance, name)
          : name,
      addr: `${number} ${chance.happens(0.5 * care) ? street.replace(/\w+$/, (word) => SHORT_STREETS[word] ?? word) : street}${chance.happens(0.1 * care) ? ' at main st' : ''}`,
      city: chance.happens(0.1 * care) ? `west ${city}` : city,
      phone: care > 0.5 ? phone.replace('/', '-') : phone,
      type: chance.happens(0.4 * care) ? chance.pick(kinds) : kind,
      cluster: String(n),
    })
    if (inBoth || n % 3 !== 0) left.push(seen('l', 0.2))
    if (inBoth || n % 3 === 0) right.push(seen('r', 1))
  }
  return {
    left: shuffled(chance, left),
    right: shuffled(chance, right),
    spec: { id: 'id', columns: { name: 'text', addr: 'address', city: 'text', phone: 'code', type: 'text' } },
  }
}

/** Products of two shops: brand, model number inside the title or not at all, prices a little apart. */
export function makeProducts(seed: number, options: { products: number }): MadeTable {
  const chance = new Chance(seed ^ 0xab7)
  const left: Row[] = []
  const right: Row[] = []
  const brands = COMPOUNDS.slice(40, 75)
  const things = [
    'camera',
    'printer',
    'speaker',
    'headphones',
    'television',
    'refrigerator',
    'cable',
    'case',
    'charger',
    'phone',
    'monitor',
    'keyboard',
    'router',
    'microwave',
    'vacuum',
  ]
  const traits = [
    'black',
    'white',
    'silver',
    'compact',
    'digital',
    'wireless',
    'portable',
    'slim',
    'hd',
    'inch',
    'series',
    'stereo',
    'zoom',
    'energy',
    'dual',
    'pack',
    'pro',
    'mini',
  ]
  for (let n = 0; n < options.products; n++) {
    const brand = ranked(chance, brands, 0.7)
    const thing = ranked(chance, things, 0.5)
    const stem = `${String.fromCharCode(97 + chance.below(26))}${String.fromCharCode(97 + chance.below(26))}${digits(chance, chance.between(2, 4))}`
    const price = Math.exp(3 + 3 * chance.next())
    const size = chance.between(3, 60)
    // One model in two colours is two products.
    const colours = chance.happens(0.25) ? ['black', 'white'] : [chance.pick(['black', 'white', 'silver'])]
    colours.forEach((colour, i) => {
      const cluster = `${n}-${i}`
      const describe = (care: number) => {
        const list = [brand, thing, colour, `${size}`, ...shuffled(chance, traits).slice(0, chance.between(1, 4))]
        if (!chance.happens(0.2 * care))
          list.splice(chance.between(1, 3), 0, chance.happens(0.2 * care) ? stem.slice(0, -1) : stem)
        return (chance.happens(0.15 * care) ? list.filter((word) => word !== colour) : list).join(' ')
      }
      const both = chance.happens(0.75)
      const row = (care: number): Row => ({
        name: describe(care),
        manufacturer: chance.happens(0.25 * care) ? '' : brand,
        price: chance.happens(0.3 * care) ? '' : (price * (1 + 0.1 * care * (chance.next() - 0.5))).toFixed(2),
      })
      if (both || chance.happens(0.5)) left.push({ id: `a${cluster}`, ...row(0.5), cluster })
      if (both || chance.happens(0.5)) right.push({ id: `b${cluster}`, ...row(1), cluster })
    })
  }
  return {
    left: shuffled(chance, left),
    right: shuffled(chance, right),
    spec: { id: 'id', columns: { name: 'text', manufacturer: 'text', price: 'number' } },
  }
}
