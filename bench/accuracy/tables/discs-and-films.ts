/**
 * Discs with their tracks, films from two sites, programs from two shops: after published descriptions of sets of pairs.
 * In: seed and how many. Out: tables whose columns are to be guessed: sparse, with lists in cells, other headers on each side.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, COUNTIES, FIRST_HALF_WORDS, MEN, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, ranked, rearranged, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const words = (text: string) => text.split(' ')
const TITLE_WORDS = [
  ...words(
    'the love night heart blue fire dream road rain river home light dance summer time girl moon sky gold never',
  ),
  ...FIRST_HALF_WORDS,
]
const phrase = (chance: Chance, list: readonly string[], most: number, least = 1) =>
  Array.from({ length: chance.between(least, most) }, () => ranked(chance, list, 0.4)).join(' ')
const capitals = (text: string) => text.replace(/(^|[\s(-])\p{L}/gu, (start) => start.toUpperCase())
const person = (chance: Chance) =>
  capitals(`${ranked(chance, [...MEN, ...WOMEN], 0.3)} ${ranked(chance, SURNAMES, 0.2)}`)
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))

const GENRES = words('Rock Pop Jazz Classical Blues Country Folk Reggae Soundtrack Newage Hip-Hop Metal Electronica')
const CATEGORIES = words('rock misc jazz classical blues country folk reggae soundtrack newage data')

/** Discs as many people type them in: a table with a column for every track, one disc in thirty there twice. */
export function makeDiscs(seed: number, options: { discs: number; twice: number }): MadeTable {
  const chance = new Chance(seed ^ 0xcd)
  const rows: Row[] = []
  const artists = many(Math.ceil(options.discs / 2), () =>
    chance.happens(0.5)
      ? person(chance)
      : capitals(`${chance.happens(0.4) ? 'the ' : ''}${phrase(chance, COMPOUNDS, 2)}`),
  )
  const stock = many(3000, () => capitals(phrase(chance, TITLE_WORDS, 4)))
  for (let n = 0; n < options.discs; n++) {
    const isVarious = chance.happens(0.1)
    const artist = isVarious ? 'Various' : ranked(chance, artists, 0.4)
    const parts = chance.happens(0.06) ? chance.between(2, 3) : 1
    const name = chance.happens(0.05)
      ? chance.pick(['Greatest Hits', 'The Best Of', 'Live', 'Unplugged', 'Gold'])
      : capitals(phrase(chance, TITLE_WORDS, 4))
    const [genre, year] = [chance.below(GENRES.length), chance.between(1965, 2003)]
    for (let part = 1; part <= parts; part++) {
      const title = parts === 1 ? name : `${name} (${chance.pick(['CD', 'Disc ', 'Disk '])}${part})`
      const tracks = many(chance.between(6, 20), () => {
        const song = chance.happens(0.5) ? chance.pick(stock) : capitals(phrase(chance, TITLE_WORDS, 5))
        return isVarious ? `${person(chance)} / ${song}` : song
      })
      const cluster = `${n}-${part}`
      const copies = chance.happens(options.twice) ? 2 : 1
      for (let copy = 0; copy < copies; copy++) {
        const isSloppy = copy > 0
        const written = (text: string) => {
          if (!isSloppy) return text
          const once = chance.happens(0.06) ? typo(chance, text) : text
          return chance.happens(0.08) ? once.toLowerCase() : chance.happens(0.04) ? once.toUpperCase() : once
        }
        const category =
          chance.happens(0.25) && isSloppy ? chance.pick(CATEGORIES) : CATEGORIES[genre % CATEGORIES.length]
        const row: Row = {
          pk: String(rows.length + 1),
          id: `${category}/${chance.pick(words('6a 7b 8c 9d a0 b1'))}${digits(chance, 5)}${chance.pick(words('a b c d e f'))}`,
          artist: isSloppy && chance.happens(0.1) ? artist.replace(/^The (.*)$/, '$1, The') : written(artist),
          dtitle:
            isSloppy && chance.happens(0.12)
              ? `${written(title)} [${chance.pick(['UK', 'Japan', 'Remaster', 'EP'])}]`
              : written(title),
          category,
          genre: chance.happens(0.3) ? '' : chance.happens(isSloppy ? 0.4 : 0) ? chance.pick(GENRES) : GENRES[genre],
          cdextra: chance.happens(0.3) ? `YEAR: ${year} ID3G: ${chance.between(0, 120)}` : '',
          year: chance.happens(0.4)
            ? ''
            : String(isSloppy && chance.happens(0.15) ? year + chance.between(-3, 3) : year),
        }
        for (let t = 0; t < 20; t++)
          row[`track${String(t + 1).padStart(2, '0')}`] = t < tracks.length ? written(tracks[t]) : ''
        rows.push({ ...row, cluster })
      }
    }
  }
  const tracks = many(20, (t) => `track${String(t + 1).padStart(2, '0')}`)
  const columns = {
    artist: 'text',
    dtitle: 'text',
    category: 'category',
    genre: 'category',
    year: 'number',
    ...Object.fromEntries(tracks.map((track) => [track, 'text'])),
  }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'pk', columns } }
}

const FILM_GENRES = words('Drama Comedy Horror Action Thriller Romance Documentary Animation Western Crime')

/** Films: lists of names cut at other places, lengths in other words, sequels, remakes of one title in another year. */
export function makeFilms(seed: number, options: { films: number }): MadeTable {
  const chance = new Chance(seed ^ 0xf11)
  const left: Row[] = []
  const right: Row[] = []
  const actors = many(1500, () => person(chance))
  const directors = many(400, () => person(chance))
  const titles = many(
    Math.ceil(options.films * 0.8),
    () => `${chance.happens(0.3) ? 'The ' : ''}${capitals(phrase(chance, TITLE_WORDS, 3))}`,
  )
  for (let n = 0; n < options.films; n++) {
    const sequel = chance.happens(0.08) ? ` ${chance.pick(['2', '3', 'II', 'III', 'Returns'])}` : ''
    const title = `${chance.pick(titles)}${sequel}`
    const year = chance.between(1940, 2014)
    const director = ranked(chance, directors, 0.3)
    const cast = many(chance.between(3, 12), () => ranked(chance, actors, 0.3))
    const minutes = chance.between(70, 160)
    const genres = many(chance.between(1, 3), () => chance.pick(FILM_GENRES))
    const month = chance.between(1, 12)
    const day = chance.between(1, 28)
    const plot = `A ${chance.pick(words('young old lonely famous retired'))} ${phrase(chance, TITLE_WORDS, 6, 3)} in ${capitals(chance.pick(TOWNS))} ${phrase(chance, TITLE_WORDS, 8, 4)}.`
    const roll = chance.next()
    const cluster = String(n)
    if (roll < 0.6)
      left.push({
        id: `a${left.length}`,
        Name: title,
        Year: String(year),
        'Release Date': `${day} ${words('January February March April May June July August September October November December')[month - 1]} ${year} (USA)`,
        Director: director,
        Creator: many(chance.between(1, 2), () => person(chance)).join(','),
        Actors: cast.slice(0, 3).join(','),
        Cast: cast.join(','),
        Language: chance.happens(0.85) ? 'English' : chance.pick(words('French German Spanish Hindi')),
        Country: chance.happens(0.8) ? 'USA' : 'UK',
        Duration: `${minutes} min`,
        RatingValue: (chance.between(30, 90) / 10).toFixed(1),
        RatingCount: String(chance.between(1000, 900_000)).replace(/\B(?=(\d{3})+$)/g, ','),
        Genre: genres.join(','),
        'Filming Locations': `${capitals(chance.pick(TOWNS))}, ${capitals(chance.pick(COUNTIES))}`,
        Description: plot,
        cluster,
      })
    if (roll > 0.4)
      right.push({
        id: `b${right.length}`,
        Name: chance.happens(0.05) ? typo(chance, title) : title,
        Year: chance.happens(0.1) ? String(year + 1) : String(year),
        'Release Date': chance.happens(0.4)
          ? ''
          : `${words('Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec')[chance.below(12)]} ${chance.between(1, 28)}, ${year}`,
        Director: chance.happens(0.1) ? '' : director,
        Creator: chance.happens(0.5) ? '' : person(chance),
        Actors: chance.happens(0.15) ? '' : shuffled(chance, cast).slice(0, 3).join(','),
        Cast: chance.happens(0.15) ? '' : shuffled(chance, cast.slice(0, 6)).join(','),
        Language: chance.happens(0.5) ? '' : 'English',
        Country: '',
        Duration: chance.happens(0.15) ? '' : `${Math.floor(minutes / 60)} hr. ${minutes % 60} min.`,
        RatingValue: (chance.between(20, 100) / 10).toFixed(1),
        RatingCount: String(chance.between(10, 90_000)).replace(/\B(?=(\d{3})+$)/g, ','),
        Genre: chance.happens(0.1)
          ? ''
          : genres
              .slice(0, 2)
              .map((genre) => (genre === 'Action' ? 'Action & Adventure' : genre))
              .join(', '),
        'Filming Locations': '',
        Description: chance.happens(0.3) ? '' : `${capitals(phrase(chance, TITLE_WORDS, 12, 5))}. ${plot.slice(0, 60)}`,
        cluster,
      })
  }
  const columns = { Name: 'text', Year: 'number', Director: 'full name', Cast: 'text', Genre: 'text' }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns } }
}

const HOUSES = [
  'microsoft',
  'adobe',
  'intuit',
  'symantec',
  'corel',
  'encore',
  'topics entertainment',
  'broderbund',
  'apple',
  'riverdeep',
  'individual software',
  'nova development',
  'aspyr media',
  ...COMPOUNDS.slice(0, 50).map((name) => `${name} ${name.length % 2 === 0 ? 'software' : 'inc.'}`),
]
const PROGRAMS = words(
  'office photoshop quickbooks antivirus draw print typing atlas encyclopedia studio works painter project premiere illustrator publisher money tax math reading spanish french chess golf racing trains',
)
const EDITIONS = words('professional standard deluxe premium home student small-business platinum gold')
const MEDIA = [
  '(win/mac)',
  '(pc)',
  '(mac)',
  '[cd-rom]',
  '[dvd]',
  '(jewel case)',
  'for windows',
  'complete package',
  'upgrade',
  'academic',
  'retail',
]
const PROSE = words(
  'the a with your you easily create manage edit family photos video files most powerful tools new features includes easy to use learn fun children business system requirements windows memory quickly save time',
)

/** Programs: one shop writes long prose and a maker, the other a cut line, seldom a maker, prices of its own. */
export function makeSoftware(seed: number, options: { programs: number }): MadeTable {
  const chance = new Chance(seed ^ 0x50f7)
  const left: Row[] = []
  const right: Row[] = []
  const prose = (least: number, most: number) => phrase(chance, [...PROSE, ...TITLE_WORDS], most, least)
  for (let n = 0; n < options.programs; n++) {
    const house = ranked(chance, HOUSES, 0.8)
    const program = `${ranked(chance, PROGRAMS, 0.3)}${chance.happens(0.5) ? ` ${ranked(chance, [...TITLE_WORDS, ...COMPOUNDS], 0.3)}` : ''}`
    const siblings = chance.happens(0.35) ? chance.between(2, 4) : 1
    const version = chance.happens(0.6)
      ? chance.pick(['2005', '2006', '2007', '5.0', '6', '7', '8', '9.0', 'cs3', 'xp', 'x3', '11', '12'])
      : ''
    for (let s = 0; s < siblings; s++) {
      const edition = s > 0 || chance.happens(0.3) ? EDITIONS[(s + n) % EDITIONS.length] : ''
      const price = chance.between(5, 700) - 0.01
      const bare = [program, edition, version].filter((part) => part !== '').join(' ')
      const cluster = `${n}-${s}`
      const roll = chance.next()
      if (roll < 0.5)
        left.push({
          id: `b000${left.length}${digits(chance, 3)}`,
          title: `${chance.happens(0.45) ? `${house.split(' ')[0]} ` : ''}${bare}${chance.happens(0.3) ? ` ${chance.pick(MEDIA)}` : ''}`,
          description: chance.happens(0.1) ? '' : `${program} ${prose(8, 60)}`,
          manufacturer: house,
          price: chance.happens(0.1) ? '0' : price.toFixed(2),
          cluster,
        })
      if (roll > 0.2) {
        const name = chance.happens(0.1) ? rearranged(chance, bare) : bare
        right.push({
          id: `http://www.google.com/base/feeds/snippets/${digits(chance, 19)}`,
          name: `${chance.happens(0.6) ? `${house} ` : ''}${chance.happens(0.1) ? name.replace(' professional', ' pro') : name}${chance.happens(0.35) ? ` ${chance.pick(MEDIA)}` : ''}${chance.happens(0.15) ? ` ${digits(chance, 8)}` : ''}`,
          description: chance.happens(0.06) ? '' : `${chance.happens(0.5) ? program : house} ${prose(5, 18)} ...`,
          manufacturer: chance.happens(0.07) ? house : '',
          price: chance.happens(0.05)
            ? `${price.toFixed(2)} gbp`
            : (price * (chance.happens(0.3) ? 1 : 0.75 + chance.next() * 0.4)).toFixed(2),
          cluster,
        })
      }
    }
  }
  // By hand only what both call the same can be named; the guess pairs title and name.
  const columns = { description: 'text', manufacturer: 'text', price: 'number' }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns } }
}
