/**
 * A directory of firms, and songs as several shops list them: things whose names repeat and whose columns are few.
 * In: seed and how many. Out: one table with clusters of unequal size.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, FIRST_HALF_WORDS, MEN, SHORT_STREETS, STREETS, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, heard, ranked, rearranged, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const TRADES = ['plumbing', 'bakery', 'motors', 'pharmacy', 'consulting', 'cleaning', 'dental', 'florist', 'builders']
const FORMS = ['ltd', 'limited', 'inc', 'llc', 'and sons', 'co', '']

/** Firms: legal forms come and go, branches of a chain share the name, tenants of one house the address. */
export function makeFirms(seed: number, options: { firms: number; copies: number }): MadeTable {
  const chance = new Chance(seed ^ 0xf14)
  const rows: Row[] = []
  const chains = Array.from({ length: 25 }, () => `${ranked(chance, COMPOUNDS, 0.2)} ${chance.pick(TRADES)}`)
  const houses = Array.from({ length: Math.ceil(options.firms / 12) }, () => addressOf(chance))
  for (let n = 0; n < options.firms; n++) {
    const isBranch = chance.happens(0.12)
    const trade = chance.pick(TRADES)
    const owner = ranked(chance, [...SURNAMES, ...FIRST_HALF_WORDS], 0.4)
    const core = isBranch ? chance.pick(chains) : `${owner}${chance.happens(0.2) ? "'s" : ''} ${trade}`
    const form = chance.pick(FORMS)
    const home = chance.happens(0.2) ? chance.pick(houses) : addressOf(chance)
    const city = ranked(chance, TOWNS, 0.8)
    const phone = `${chance.pick(['020', '0161', '0121', '0113'])}${digits(chance, 7)}`
    const count = 1 + (chance.happens(0.45) ? chance.between(1, options.copies) : 0)
    for (let r = 0; r < count; r++) {
      let name = chance.happens(0.35) ? `${core} ${chance.pick(FORMS)}`.trim() : `${core} ${form}`.trim()
      if (chance.happens(0.12)) name = typo(chance, name)
      if (chance.happens(0.08)) name = rearranged(chance, name)
      if (chance.happens(0.05)) name = `${chance.pick(MEN)} ${owner} t/a ${name}`
      let address = chance.happens(0.3) ? home.replace(/\w+$/, (word) => SHORT_STREETS[word] ?? word) : home
      if (chance.happens(0.15)) address = `unit ${chance.between(1, 9)} ${address}`
      if (chance.happens(0.1)) address = typo(chance, address)
      // Firms move, and change their telephone.
      if (chance.happens(0.06)) address = addressOf(chance)
      rows.push({
        id: `f${n}-${r}`,
        name,
        address: chance.happens(0.05) ? '' : address,
        city: chance.happens(0.08) ? '' : chance.happens(0.06) ? heard(chance, city) : city,
        phone: chance.happens(0.25)
          ? ''
          : chance.happens(0.08)
            ? digits(chance, 10)
            : chance.happens(0.3)
              ? phone.replace(/^0/, '+44 ')
              : phone,
        type: chance.happens(0.3) ? '' : chance.happens(0.2) ? chance.pick(TRADES) : trade,
        cluster: String(n),
      })
    }
  }
  const columns = { name: 'text', address: 'address', city: 'text', phone: 'code', type: 'category' }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'id', columns } }
}

function addressOf(chance: Chance): string {
  return `${chance.between(1, 240)} ${ranked(chance, [...COMPOUNDS.slice(0, 300), ...SURNAMES], 0.4)} ${ranked(chance, STREETS, 0.8)}`
}

const SONG_WORDS = [
  ...'love night heart blue fire dream road rain river home light dance summer time girl moon sky gold'.split(' '),
  ...FIRST_HALF_WORDS,
]

/** Songs of five shops: "artist - title" in one column, versions of one song, lengths in seconds or milliseconds. */
export function makeSongs(seed: number, options: { songs: number }): MadeTable {
  const chance = new Chance(seed ^ 0x50c)
  const rows: Row[] = []
  const artists = Array.from({ length: Math.ceil(options.songs / 4) }, () =>
    chance.happens(0.5)
      ? `the ${ranked(chance, SONG_WORDS, 0.3)}s`
      : `${chance.pick(chance.happens(0.5) ? MEN : WOMEN)} ${ranked(chance, SURNAMES, 0.3)}`,
  )
  const phrase = () => Array.from({ length: chance.between(1, 4) }, () => ranked(chance, SONG_WORDS, 0.5)).join(' ')
  for (let n = 0; n < options.songs; n++) {
    const artist = ranked(chance, artists, 0.6)
    const title = phrase()
    const album = phrase()
    const year = chance.between(1965, 2014)
    const seconds = chance.between(95, 420)
    const number = chance.between(1, 15)
    const language = ranked(chance, ['english', 'spanish', 'german', 'french', 'japanese'], 1.3)
    // A live version is another recording.
    const versions = chance.happens(0.1) ? ['', ' (live)'] : ['']
    versions.forEach((version, v) => {
      const count = 1 + (chance.happens(0.5) ? chance.between(1, 4) : 0)
      for (let r = 0; r < count; r++) {
        const shop = chance.below(5)
        let name = title + version
        if (chance.happens(0.12)) name = typo(chance, name)
        if (chance.happens(0.1)) name = `${name} - ${album}`
        rows.push({
          id: `s${n}-${v}-${r}`,
          title: shop === 1 ? `${artist} - ${name}` : shop === 2 ? `${String(number).padStart(3, '0')}-${name}` : name,
          artist: shop === 1 && chance.happens(0.5) ? '' : chance.happens(0.08) ? typo(chance, artist) : artist,
          album: chance.happens(0.1) ? '' : chance.happens(0.15) ? `${album} (${year})` : album,
          year: chance.happens(0.3) ? '' : shop === 3 ? String(year).slice(2) : String(year),
          length: chance.happens(0.1)
            ? ''
            : String((seconds + v * 7 + chance.between(-1, 1)) * (shop === 4 ? 1000 : 1)),
          number: chance.happens(0.2) ? '' : String(chance.happens(0.05) ? number + 1 : number),
          language: chance.happens(0.4) ? '' : language,
          cluster: `${n}-${v}`,
        })
      }
    })
  }
  const columns = {
    title: 'text',
    artist: 'text',
    album: 'text',
    year: 'number',
    length: 'number',
    number: 'number',
    language: 'category',
  }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'id', columns } }
}
