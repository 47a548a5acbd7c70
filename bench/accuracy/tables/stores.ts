/**
 * Two stores that list the same things: tracks of albums, beers of breweries, goods with models and prices.
 *
 * In: seed and how many. Out: two tables. What makes them hard is siblings: the tracks of one album, the beers of one brewery,
 * the sizes of one model share every column but the one that names them. Each store writes the rest in its own way.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, FIRST_HALF_WORDS, MEN, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, ranked, rearranged, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const words = (text: string) => text.split(' ')
const MONTHS = words('January February March April May June July August September October November December')
const TITLE_WORDS = [
  ...words(
    'love night heart blue fire dream road rain river home light dance summer time girl moon sky gold you never me',
  ),
  ...FIRST_HALF_WORDS,
]
const GENRES = ['Pop', 'Country', 'Rock', 'Dance', 'Hip-Hop/Rap', 'Alternative', 'Holiday', 'Electronic']
const THEIR_GENRES = [
  'Pop',
  'Country',
  'Rock',
  'Dance & Electronic',
  'Rap & Hip-Hop',
  'Alternative Rock',
  'Holiday',
  'Electronica',
]
const LABELS = ['Records', 'Recordings Ltd', 'Music Entertainment', 'Recording Corporation', 'Music Group']

const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
const phrase = (chance: Chance, list: readonly string[], most: number) =>
  Array.from({ length: chance.between(1, most) }, () => ranked(chance, list, 0.4)).join(' ')

/** Tracks: a store holds whole albums; explicit, clean, deluxe and remixed versions; who took part is named by one. */
export function makeAlbumTracks(seed: number, options: { albums: number }): MadeTable {
  const chance = new Chance(seed ^ 0xa1b)
  const left: Row[] = []
  const right: Row[] = []
  const artists = Array.from({ length: Math.ceil(options.albums / 3) }, () =>
    chance.happens(0.3)
      ? phrase(chance, TITLE_WORDS, 2)
      : `${chance.pick([...MEN, ...WOMEN])} ${ranked(chance, SURNAMES, 0.2)}`,
  )
  for (let a = 0; a < options.albums; a++) {
    const artist = ranked(chance, artists, 0.3)
    const album = phrase(chance, TITLE_WORDS, 3)
    const genre = chance.below(GENRES.length)
    const [year, month, day] = [chance.between(1998, 2015), chance.below(12), chance.between(1, 28)]
    const label = `${year} ${ranked(chance, COMPOUNDS, 0.2)} ${chance.pick(LABELS)}`
    const price = chance.happens(0.75) ? '$ 1.29' : '$ 0.99'
    const kept = chance.next()
    for (let t = 0; t < chance.between(1, 16); t++) {
      const guest = chance.happens(0.2) ? `${chance.pick(MEN)} ${ranked(chance, SURNAMES, 0.2)}` : ''
      const title = `${phrase(chance, TITLE_WORDS, 4)}${chance.happens(0.06) ? ` ( ${phrase(chance, TITLE_WORDS, 1)} Remix )` : ''}`
      const seconds = chance.between(100, 380)
      const cluster = `${a}-${t}`
      const inLeft = kept < 0.7 && chance.happens(0.5)
      if (inLeft)
        left.push({
          id: `l${left.length}`,
          Song_Name: `${title}${guest === '' ? '' : ` ( feat . ${guest} )`}`,
          Artist_Name: artist,
          Album_Name: chance.happens(0.25)
            ? `${album} ( Deluxe Version )`
            : chance.happens(0.1)
              ? `${album} - EP`
              : album,
          Genre: [GENRES[genre], 'Music', ...GENRES.filter(() => chance.happens(0.2))].join(' , '),
          Price: chance.happens(0.05) ? 'Album Only' : price,
          CopyRight: chance.happens(0.5)
            ? label
            : `${label} under exclusive license to ${ranked(chance, COMPOUNDS, 0.2)} ${chance.pick(LABELS)}`,
          Time: clock(seconds),
          Released: chance.happens(0.05) ? '' : `${day}-${MONTHS[month].slice(0, 3)}-${String(year).slice(2)}`,
          cluster,
        })
      if (kept > 0.25 && chance.happens(0.9))
        right.push({
          id: `r${right.length}`,
          Song_Name: `${chance.happens(0.03) ? typo(chance, title) : title}${guest === '' || chance.happens(0.2) ? '' : ` [ feat . ${guest} ]`}${chance.happens(0.2) ? ' [ Explicit ]' : ''}`,
          Artist_Name: artist,
          Album_Name: chance.happens(0.2)
            ? `${album} ( Deluxe ) [ Explicit ]`
            : chance.happens(0.1)
              ? `${album} EP`
              : album,
          Genre: THEIR_GENRES[genre],
          Price: chance.happens(0.1) ? '$ 0.89' : price,
          CopyRight: chance.happens(0.6)
            ? `( C ) ${chance.between(1998, 2015)} ${ranked(chance, COMPOUNDS, 0.2)} ${chance.pick(LABELS)}`
            : `( C ) ${label}`,
          Time: clock(seconds + (chance.happens(0.4) ? chance.between(-2, 2) : 0)),
          Released: chance.happens(0.1)
            ? `${MONTHS[chance.below(12)]} ${chance.between(1, 28)} , ${chance.between(1998, 2015)}`
            : `${MONTHS[month]} ${day} , ${year}`,
          cluster,
        })
    }
  }
  const columns = {
    Song_Name: 'text',
    Artist_Name: 'text',
    Album_Name: 'text',
    Genre: 'text',
    Price: 'number',
    CopyRight: 'text',
    Time: 'number',
    Released: 'date',
  }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns } }
}

const STYLES = [
  'American Amber / Red Ale',
  'American Barleywine',
  'India Pale Ale',
  'Stout',
  'Fruit / Vegetable Beer',
  'Pilsener',
]
const THEIR_STYLES = [
  'Amber Ale',
  'Barley Wine',
  'India Pale Ale &#40; IPA &#41;',
  'Sweet Stout',
  'Fruit Beer',
  'Pilsener',
]
const KINDS = ['Amber Ale', 'Barleywine', 'IPA', 'Stout', 'Ale', 'Lager']
const MAKERS = ['Brewing Company', 'Brewery', 'Brewing Co. .', 'Brewpub', 'Restaurant & Brewery']

/** Beers: one list puts the brewery before the name, styles have other names there, many names are nearly alike. */
export function makeBeers(seed: number, options: { beers: number }): MadeTable {
  const chance = new Chance(seed ^ 0xbee)
  const left: Row[] = []
  const right: Row[] = []
  const breweries = Array.from({ length: Math.ceil(options.beers / 5) }, () =>
    phrase(chance, [...COMPOUNDS, ...TOWNS], 2),
  )
  for (let n = 0; n < options.beers; n++) {
    const brewery = ranked(chance, breweries, 0.3)
    const maker = chance.pick(MAKERS)
    const style = ranked(chance, [0, 1, 2, 3, 4, 5], 0.6)
    const aged = chance.happens(0.1) ? 'Bourbon Barrel Aged ' : ''
    const own = chance.happens(0.15)
      ? chance.pick(['Imperial', 'Red', 'Honey', 'Big', 'Hoppy'])
      : phrase(chance, TITLE_WORDS, 3)
    const name = `${aged}${own}${chance.happens(0.7) ? ` ${chance.happens(0.8) ? KINDS[style] : chance.pick(KINDS)}` : ''}`
    const strength = chance.between(40, 120) / 10
    const cluster = String(n)
    const roll = chance.next()
    if (roll < 0.55)
      left.push({
        id: `l${n}`,
        Beer_Name: name,
        Brew_Factory_Name: `${brewery} ${maker}`,
        Style: STYLES[style],
        ABV: chance.happens(0.1) ? '-' : `${strength.toFixed(2)} %`,
        cluster,
      })
    if (roll > 0.45)
      right.push({
        id: `r${n}`,
        Beer_Name: `${chance.happens(0.8) ? `${brewery.split(' ')[0]} ` : ''}${chance.happens(0.05) ? typo(chance, name) : name}${chance.happens(0.05) ? ` &#40;${chance.between(2009, 2014)}&#41;` : ''}`,
        Brew_Factory_Name: chance.happens(0.1)
          ? `${phrase(chance, COMPOUNDS, 2)} ${chance.pick(MAKERS)}`
          : `${brewery} ${chance.happens(0.5) ? maker : chance.pick(MAKERS)}`,
        Style: chance.happens(0.2) ? chance.pick(THEIR_STYLES) : THEIR_STYLES[style],
        ABV: chance.happens(0.15) ? '-' : `${chance.happens(0.15) ? strength + 0.2 : strength} %`,
        cluster,
      })
  }
  const columns = { Beer_Name: 'text', Brew_Factory_Name: 'text', Style: 'text', ABV: 'number' }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns } }
}

const BRANDS = [
  ...words('Sony Netgear Canon Belkin Logitech Epson Kensington Tripp Avery Lexmark Kodak Asus Targus Panasonic'),
  ...COMPOUNDS.slice(0, 60),
]
const GOODS = [
  'usb flash drive',
  'ink cartridge',
  'toner cartridge',
  'projection screen',
  'wireless mouse',
  'laptop sleeve',
  'external hard drive',
  'memory card',
  'ethernet switch',
  'digital camera',
  'wall mount',
  'graphics card',
]
const THEIR_GOODS = [
  'usb drives',
  'printers',
  'printers',
  'electronics - general',
  'mice',
  'cases',
  'hard drives',
  'memory',
  'networking',
  'cameras',
  'tv accessories',
  'graphics cards',
]
const EXTRA = words(
  'portable high speed compact professional series black white silver red black blue universal premium slim retail new pack',
)

/** Goods: families of models a number apart; codes in the title, in their own column or missing; prices drift. */
export function makeShelves(seed: number, options: { families: number }): MadeTable {
  const chance = new Chance(seed ^ 0x5e1f)
  const left: Row[] = []
  const right: Row[] = []
  for (let f = 0; f < options.families; f++) {
    const brand = ranked(chance, BRANDS, 0.5)
    const kind = chance.below(GOODS.length)
    const line = phrase(chance, COMPOUNDS, 2)
    const letters = digits(chance, 3).replace(/\d/g, (d) => 'abcdefghkm'[+d])
    const stem = chance.between(10, 99)
    const most = chance.happens(0.4) ? chance.between(2, 9) : 1
    for (let n = 0; n < most; n++) {
      const model = `${letters}${stem}${digits(chance, 2)}${chance.happens(0.3) ? chance.pick(['-blk', 'na', '/b', 'x']) : ''}`
      const size = chance.happens(0.6)
        ? chance.pick(['4gb', '8gb', '16gb', '320gb', '15.4', '17', '84 x 84', '96 x 96', '5-port', '16-port'])
        : ''
      const extra = Array.from({ length: chance.between(0, 3) }, () => chance.pick(EXTRA)).join(' ')
      const price = Math.round(chance.between(500, 40_000)) / 100
      const cluster = `${f}-${n}`
      const roll = chance.next()
      const modelThere = chance.happens(0.85)
      if (roll < 0.4)
        left.push({
          id: `l${f}-${n}`,
          title: [brand, chance.happens(0.6) ? line : '', size, GOODS[kind], extra, chance.happens(0.3) ? model : '']
            .filter((word) => word !== '')
            .join(' '),
          category: THEIR_GOODS[kind],
          brand: chance.happens(0.05) ? '' : brand,
          modelno: modelThere ? model : '',
          price: chance.happens(0.05) ? '' : String(price),
          cluster,
        })
      if (roll > 0.25) {
        const others = Array.from({ length: chance.between(0, 4) }, () => chance.pick(EXTRA)).join(' ')
        const title = [
          chance.happens(0.9) ? brand : '',
          chance.happens(0.6) ? line : '',
          chance.happens(0.7) ? model : '',
          size.replace('gb', ' gb'),
          GOODS[kind],
          others,
        ]
        right.push({
          id: `r${f}-${n}`,
          title: chance.happens(0.2)
            ? rearranged(chance, title.filter((word) => word !== '').join(' '))
            : title.filter((word) => word !== '').join(' '),
          category: chance.happens(0.2)
            ? ''
            : chance.happens(0.3)
              ? chance.pick(['computers accessories', 'home audio theater', 'electronics'])
              : `${GOODS[kind]}s`,
          brand: chance.happens(0.1) ? `${brand} inc.` : brand,
          modelno: chance.happens(0.45) ? '' : model,
          price: chance.happens(0.25) ? '' : (price * (chance.happens(0.3) ? 1 : 0.7 + chance.next() * 0.5)).toFixed(2),
          cluster,
        })
      }
    }
  }
  const columns = { title: 'text', category: 'category', brand: 'text', modelno: 'code', price: 'number' }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns } }
}
