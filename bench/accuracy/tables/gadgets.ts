/**
 * Cameras, notebooks and electronics as many shops list them: titles of everything, sparse specifications, codes inside prose.
 * In: seed and how many. Out: one table of many sources, or two. Models of one line differ in a digit.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS } from './names.ts'
import { digits, ranked, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const words = (text: string) => text.split(' ')
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))
const CAMERA_BRANDS = words(
  'Canon Nikon Sony Panasonic Fujifilm Olympus Pentax Kodak Samsung Leica Casio Ricoh Vivitar',
)
const LINES = words('PowerShot Coolpix Cyber-shot Lumix FinePix Stylus EasyShare EOS Exilim Alpha D NX K')
const SITES = words('ebay buy shop pricedot camerahut photofind gadgets estore')
const ADVERTS = [
  'free shipping',
  'best price',
  'NEW',
  'great condition',
  'with charger',
  'bundle',
  'with 4GB card',
  'FAST SHIP',
  'excellent',
  '- Mint',
  'body only',
  'from Japan',
  'Refurbished',
]

/** Cameras of many sites in one table: a title, then three dozen columns that each site fills as it likes. */
export function makeCameras(seed: number, options: { cameras: number; meanRows: number }): MadeTable {
  const chance = new Chance(seed ^ 0xca3)
  const rows: Row[] = []
  const taken = new Set<string>()
  for (let n = 0; n < options.cameras; n++) {
    const b = Math.floor(chance.next() ** 1.6 * CAMERA_BRANDS.length)
    const brand = CAMERA_BRANDS[b]
    const letters = chance.pick(words('SD A S P DSC- DMC- FX L TG- EX- W HX'))
    const model = `${letters}${chance.between(10, 140) * 10}${chance.happens(0.3) ? chance.pick(words('is HS IS W')) : ''}`
    if (taken.has(model)) continue
    taken.add(model)
    const pixels = chance.between(60, 240) / 10
    const zoom = chance.pick([3, 4, 5, 8, 10, 12, 20, 30, 42])
    const screen = chance.pick(['2.5', '2.7', '3.0', '3.2'])
    const size = many(3, () => chance.between(20, 140) / 10)
    const weight = chance.between(100, 900)
    const count = 1 + Math.floor(-Math.log(1 - chance.next() * 0.99) * (options.meanRows - 1))
    for (let r = 0; r < count; r++) {
      const site = chance.below(SITES.length)
      const colour = chance.pick(words('Black Silver Red Blue Pink'))
      const name = chance.happens(0.15)
        ? model.replace('-', ' ')
        : chance.happens(0.1)
          ? model.replace(/(\d)/, ' $1')
          : model
      const line = chance.happens(0.7) ? ` ${LINES[b]}` : ''
      const bits = [
        `${pixels} MP`,
        'Digital Camera',
        `${zoom}x Optical Zoom`,
        colour,
        `${screen}" LCD`,
        chance.pick(ADVERTS),
        chance.pick(ADVERTS),
      ]
      const said = shuffled(chance, bits)
        .slice(0, chance.between(1, 5))
        .join(chance.happens(0.3) ? ' - ' : ' ')
      const has = (share: number) => chance.happens(share * [0.2, 1, 0.8, 0.5, 0.9, 0.3, 0.6, 0.7][site])
      rows.push({
        id: `www.${SITES[site]}.com//${digits(chance, 2)}${rows.length}`,
        '<page title>':
          `${chance.happens(0.9) ? (chance.happens(0.3) ? brand.toUpperCase() : brand) : ''}${line} ${name} ${said}${site === 0 ? ' | eBay' : site === 3 ? ` - Price Dot &amp; more` : ''}`.trim(),
        brand: has(0.7) ? (site === 2 ? `${brand} Inc.` : brand) : '',
        model: has(0.5) ? (chance.happens(0.5) ? `${line.trim()} ${model}`.trim() : model) : '',
        mpn: has(0.2) ? digits(chance, 4) + chance.pick(words('B001 A2 V1')) : '',
        megapixels: has(0.6) ? (chance.happens(0.5) ? `${pixels} MP` : `${pixels} megapixels`) : '',
        'optical zoom': has(0.5) ? `${zoom}x` : '',
        'screen size': has(0.5) ? (chance.happens(0.5) ? `${screen}"` : `${screen} in.`) : '',
        color: has(0.5) ? colour : '',
        condition:
          site === 0
            ? chance.pick(['New', 'Used', 'Seller refurbished', 'New: A brand-new, unused, unopened item'])
            : '',
        dimensions: has(0.4)
          ? chance.happens(0.5)
            ? `${size.join(' x ')} cm`
            : size.map((s) => (s / 2.54).toFixed(1)).join(' x ')
          : '',
        weight: has(0.4) ? (chance.happens(0.5) ? `${weight} g` : `${(weight / 28.35).toFixed(1)} oz`) : '',
        'bundled items': has(0.3) ? chance.pick(['Battery', 'Strap, Lens Cap', 'Case', 'USB Cable']) : '',
        warranty: has(0.4) ? chance.pick(['1 year', '90 days', 'limited']) : '',
        'battery type': has(0.3) ? chance.pick(['Lithium-Ion', 'AA', 'Li-ion']) : '',
        type: has(0.6) ? chance.pick(['Point & Shoot', 'Digital SLR', 'Compact']) : '',
        'image stabilization': has(0.3) ? chance.pick(['Yes', 'Optical', 'No']) : '',
        'memory card': has(0.3) ? chance.pick(['SD', 'SDHC', 'SDXC', 'Memory Stick']) : '',
        iso: has(0.25) ? chance.pick(['80-3200', 'Auto, 100, 200, 400', '100-6400']) : '',
        price: has(0.4) ? `$${chance.between(50, 900)}.${chance.pick(words('99 00 95'))}` : '',
        ...Object.fromEntries(
          words('flash connectivity aperture shutter movie viewfinder sensor hdmi').map((key) => [
            key,
            has(0.1) ? chance.pick(['Yes', 'No', 'Built-in', `${chance.between(1, 30)}`]) : '',
          ]),
        ),
        cluster: String(n),
      })
    }
  }
  const columns = { '<page title>': 'text', brand: 'category', model: 'text', megapixels: 'text' }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'id', columns } }
}

/** Notebooks: an identifier and a title of fifteen words that all notebooks share, nothing else. */
export function makeNotebooks(seed: number, options: { notebooks: number; meanRows: number }): MadeTable {
  const chance = new Chance(seed ^ 0x20b)
  const rows: Row[] = []
  for (let n = 0; n < options.notebooks; n++) {
    const b = chance.below(6)
    const brand = words('HP Lenovo Dell Acer Asus Panasonic')[b]
    const line = [
      ['EliteBook', 'ProBook', 'Pavilion'],
      ['ThinkPad', 'IdeaPad'],
      ['Latitude', 'Inspiron', 'XPS'],
      ['Aspire', 'Extensa'],
      ['Zenbook', 'VivoBook'],
      ['Toughbook'],
    ][b]
    const model = `${chance.pick(line)} ${chance.happens(0.5) ? chance.pick(words('X T E V S')) : ''}${chance.between(10, 99)}${chance.pick(words('0 0p 0s 5 0w 1'))}`
    const cpu = `i${chance.pick(words('3 5 7'))}-${chance.between(2, 4)}${chance.between(1, 9)}${chance.pick(words('20M 00U 30M 10M 50U'))}`
    const inch = chance.pick(words('11.6 12.5 13.3 14 15.6 17.3'))
    const count = 1 + Math.floor(-Math.log(1 - chance.next() * 0.99) * (options.meanRows - 1))
    for (let r = 0; r < count; r++) {
      const [ram, disk] = [chance.pick(words('4GB 8GB 2GB')), chance.pick(words('320GB 500GB 128GB 256GB'))]
      const bits = [
        `${inch}"`,
        chance.pick(['Notebook', 'Laptop', 'Notebook PC', 'Ultrabook']),
        chance.happens(0.7) ? `Intel Core ${cpu}` : `Intel Core ${cpu.slice(0, 2)}`,
        chance.pick(['2.6GHz', '2.50 GHz', '']),
        `${ram}${chance.happens(0.3) ? ' DDR3 RAM' : ''}`,
        `${disk} ${chance.pick(['HDD', 'SSD', ''])}`,
        chance.pick(['Windows 7 Pro', 'Win 8.1', 'Windows 10', '']),
        chance.pick(ADVERTS),
      ].filter((bit) => bit !== '')
      rows.push({
        instance_id: `www.${chance.pick(SITES)}.com//${rows.length}`,
        title: `${chance.happens(0.9) ? brand : ''} ${chance.happens(0.05) ? typo(chance, model) : model} ${shuffled(
          chance,
          bits,
        )
          .slice(0, chance.between(3, 8))
          .join(chance.happens(0.4) ? ' - ' : ' ')}${chance.happens(0.3) ? ' | eBay' : ''}`.trim(),
        cluster: String(n),
      })
    }
  }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'instance_id', columns: { title: 'text' } } }
}

const KINDS = [
  'LCD HDTV',
  'Home Theater System',
  'Refrigerator',
  'Dishwasher',
  'GPS Navigator',
  'Headphones',
  'Camcorder',
  'Blu-ray Player',
  'Washer',
  'Cordless Phone',
  'Car Speakers',
  'Ink Cartridge',
]
const COLOURS = words('Black White Silver Stainless Red Blue')

/** Electronics: one shop's names end in the model, its description says it again; the other's prices, makers, gaps. */
export function makeElectronics(seed: number, options: { goods: number }): MadeTable {
  const chance = new Chance(seed ^ 0xab7)
  const left: Row[] = []
  const right: Row[] = []
  const brands = [
    ...words('Sony Panasonic Bose Samsung LG Canon Garmin Frigidaire Whirlpool JVC Yamaha Pioneer'),
    ...COMPOUNDS.slice(0, 20).map((brand) => brand[0].toUpperCase() + brand.slice(1)),
  ]
  for (let n = 0; n < options.goods; n++) {
    const brand = ranked(chance, brands, 0.6)
    const kind = chance.pick(KINDS)
    const stem = `${chance.pick(words('KDL MDR DMC LN WA SC HT NV FX RX'))}${chance.happens(0.5) ? '-' : ''}${digits(chance, 2)}`
    const most = chance.happens(0.5) ? chance.between(2, 4) : 1
    for (let m = 0; m < most; m++) {
      const colour = chance.pick(COLOURS)
      const model = `${stem}${digits(chance, 2)}${chance.pick(words('B S W BK XBR A1 N'))}`
      const inch = chance.between(15, 60)
      const price = chance.between(20, 2000)
      const prose = shuffled(chance, [
        `${inch}' Screen`,
        '1080p Full HD',
        'Energy Star Compliant',
        'Remote Control',
        `${colour} Finish`,
        'Wireless',
        'Dolby Digital',
        'Noise Canceling',
        'USB 2.0',
        '1 Year Warranty',
        '2 HDMI Inputs',
      ]).slice(0, chance.between(3, 7))
      const cluster = `${n}-${m}`
      if (chance.happens(0.75))
        left.push({
          id: digits(chance, 5) + left.length,
          name: `${brand} ${colour} ${inch}' ${kind} - ${model}`,
          description: `${brand} ${inch}' ${kind} - ${model.replace('-', '')}/ ${prose.join('/ ')}/ ${colour} Finish`,
          price: chance.happens(0.6) ? '' : `$${price.toFixed(2)}`,
          cluster,
        })
      if (chance.happens(0.75))
        right.push({
          id: digits(chance, 6) + right.length,
          name: `${brand} ${chance.happens(0.85) ? `${chance.happens(0.4) ? model.replace('-', '') : model} ` : ''}${chance.happens(0.7) ? `${inch}" ` : ''}${kind}${chance.happens(0.4) ? ` (${colour})` : ''}`,
          description: chance.happens(0.4) ? '' : `${prose.slice(0, 2).join(' - ')} - ${kind} - ${colour}`,
          manufacturer: chance.happens(0.05) ? '' : brand.toUpperCase(),
          price: chance.happens(0.45) ? '' : `$${(price * (0.8 + chance.next() * 0.3)).toFixed(2)}`,
          cluster,
        })
    }
  }
  const columns = { name: 'text', description: 'text', price: 'number' }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns } }
}
