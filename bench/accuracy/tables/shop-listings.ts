/**
 * Two shops that describe one stock each in its own words: nothing but a title, and a price that is often missing. One
 * names the maker, what a thing does and its code; the other the maker, the code in parts and what it calls the thing.
 * Models of a series share all but the last signs of their codes. In: seed and how many. Out: two tables, one to one.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS } from './names.ts'
import { digits, ranked } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

/** What the first shop calls a thing, and the second. */
const THINGS: readonly (readonly [string, string])[] = [
  ['Wall Mount', 'Mounting Bracket'],
  ['Wireless Router', 'Broadband Router'],
  ['Memory Card', 'Memory Card'],
  ['Ink Cartridge', 'Ink Tank'],
  ['Corded Phone', 'Telephone'],
  ['Carrying Case', 'Case'],
  ['Battery Charger', 'Charger'],
  ['Headphones', 'Stereo Earphones'],
  ['Desktop Switch', 'Ethernet Switch'],
  ['Microwave Oven', 'Microwave'],
  ['Remote Control', 'Universal Remote'],
  ['Speaker Stand', 'Speaker Stand'],
]
const TRAITS =
  'Compact Deluxe Digital Portable Professional Heavy-Duty Rechargeable Dual Slim Outdoor Series Advanced'.split(' ')
const COLOURS = ['Black', 'Black', 'White', 'Silver', 'Blue']
const LETTERS = 'ABCDEFGHKLMNPRSTVWXZ'

export function makeShopListings(seed: number, options: { products: number }): MadeTable {
  const chance = new Chance(seed ^ 0x54e)
  const makers = COMPOUNDS.slice(300, 318)
  const [left, right]: Row[][] = [[], []]
  const letter = () => LETTERS[chance.below(LETTERS.length)]
  let n = 0
  while (n < options.products) {
    const maker = ranked(chance, makers, 0.9)
    const [first, second] = ranked(chance, THINGS, 0.4)
    const traits = shuffled(chance, TRAITS).slice(0, chance.between(1, 3))
    const stem = [`${letter()}${letter()}`, `${letter()}${digits(chance, chance.between(2, 3))}`]
    for (let models = chance.happens(0.4) ? chance.between(2, 4) : 1; models > 0 && n < options.products; models--) {
      const end = `${digits(chance, 1)}${chance.happens(0.5) ? letter() : ''}`
      const colour = chance.pick(COLOURS)
      const price = 10 + 300 * chance.next() ** 2
      const cluster = String(n++)
      const priced = (share: number, times: number) => (chance.happens(share) ? `$${(price * times).toFixed(2)}` : '')
      const where = chance.next()
      if (where < 0.92)
        left.push({
          id: `a${cluster}`,
          title: `${maker} ${traits.join(' ')} ${first}${chance.happens(0.5) ? ` - ${colour} Finish` : ''} - ${stem.join('')}${end}`,
          price: priced(0.6, 1),
          cluster,
        })
      if (where > 0.08) {
        const code = chance.happens(0.15) ? digits(chance, 6) : `${stem.join('-')}${end}`
        const words = [chance.happens(0.4) ? traits[0] : '', second, chance.happens(0.2) ? colour : '']
        right.push({
          id: `b${cluster}`,
          title: chance.happens(0.5)
            ? `${maker} ${code} ${words.join(' ')}`
            : `${maker} ${words.join(' ')} - ${chance.happens(0.3) ? code.replace('-', '') : code}`,
          price: priced(0.4, 0.75 + 0.3 * chance.next()),
          cluster,
        })
      }
    }
  }
  return {
    left: shuffled(chance, left),
    right: shuffled(chance, right),
    spec: { id: 'id', columns: { title: 'text', price: 'number' } },
  }
}
