/**
 * People in few columns: a small list in which every second cell is scribbled or empty, and two electoral rolls with
 * nothing but name, town and postcode. In: seed and how many. Out: one table of clusters, or two tables.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, MEN, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, heard, ranked, scanned, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** Letters of a cell thrown about: each letter changes place with its neighbour, is lost or doubled. */
function scribble(chance: Chance, cell: string): string {
  const letters = Array.from(cell)
  for (let i = 0; i + 1 < letters.length; i++) {
    const roll = chance.next()
    if (roll < 0.12) [letters[i], letters[i + 1]] = [letters[i + 1], letters[i]]
    else if (roll < 0.18) letters[i] = ''
  }
  return letters.join('')
}

/** Names from a short list, so that strangers are namesakes; every copy scribbles, swaps names, or leaves cells empty. */
export function makeScribbled(seed: number, options: { people: number; hardness: number }): MadeTable {
  const chance = new Chance(seed ^ 0x5c1b)
  const rows: Row[] = []
  for (let n = 0; n < options.people; n++) {
    const first = ranked(chance, chance.happens(0.5) ? MEN.slice(0, 40) : WOMEN.slice(0, 40), 0.4)
    const last = ranked(chance, SURNAMES.slice(0, 90), 0.5)
    const born = `${chance.between(1970, 2018)}-${two(chance.between(1, 12))}-${two(chance.between(1, 28))}`
    const city = ranked(chance, TOWNS.slice(0, 25), 1.1)
    const email = `${chance.happens(0.6) ? first : chance.pick(WOMEN)}${chance.below(100)}@${chance.pick(SURNAMES)}${chance.pick(['', '-co', '-group'])}.${chance.pick(['com', 'org', 'biz', 'info', 'net'])}`
    const count = 1 + Math.floor(-Math.log(1 - chance.next()) * 3)
    for (let r = 0; r < count; r++) {
      const h = options.hardness * (r === 0 ? 0.3 : 1)
      const written = (cell: string) => (chance.happens(0.25 * h) ? scribble(chance, cell) : cell)
      const gone = (cell: string) => (chance.happens(0.17 * h) ? '' : cell)
      const swap = chance.happens(0.06 * h)
      const shifted = chance.happens(0.15 * h)
        ? `${+born.slice(0, 4) + chance.between(-1, 1)}-${two(chance.between(1, 12))}${born.slice(7)}`
        : born
      rows.push({
        unique_id: String(rows.length),
        first_name: gone(written(swap ? last : first)),
        surname: gone(written(swap ? first : last)),
        dob: gone(shifted),
        city: gone(written(city)),
        email: gone(written(email)),
        cluster: String(n),
      })
    }
  }
  const columns = { first_name: 'given name', surname: 'family name', dob: 'date', city: 'text', email: 'code' }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'unique_id', columns } }
}

/** Two rolls with name, town and postcode; half of the people in both, families under one postcode. */
export function makeRolls(seed: number, options: { families: number; hardness: number }): MadeTable {
  const chance = new Chance(seed ^ 0x4011)
  const places = TOWNS.flatMap((town) => [0, 1, 2].map((): [string, string] => [town, `27${digits(chance, 3)}`]))
  const [left, right]: Row[][] = [[], []]
  let person = 0
  for (let f = 0; f < options.families; f++) {
    const surname = ranked(chance, [...SURNAMES, ...COMPOUNDS], 0.7)
    const [town, postcode] = ranked(chance, places, 0.5)
    const size = chance.happens(0.4) ? 1 : chance.between(2, 4)
    for (let p = 0; p < size; p++) {
      const row: Row = {
        givenname: `${ranked(chance, chance.happens(0.5) ? MEN : WOMEN, 0.6)}${chance.happens(0.3) ? ` ${chance.pick(chance.happens(0.5) ? MEN : WOMEN)}` : ''}`,
        surname,
        suburb: town,
        postcode,
      }
      const worn = (cell: string) => {
        if (!chance.happens(0.18 * options.hardness)) return cell
        return chance.pick([typo, heard, scanned])(chance, chance.happens(0.3) ? typo(chance, cell) : cell)
      }
      const cluster = String(person++)
      const inBoth = chance.happens(0.5)
      if (inBoth || chance.happens(0.5)) left.push({ recid: `a${cluster}`, ...row, cluster })
      if (!inBoth && left.at(-1)?.cluster === cluster) continue
      const [place, code] = chance.happens(0.04) ? ranked(chance, places, 0.5) : [town, postcode]
      right.push({
        recid: `b${cluster}`,
        givenname: chance.happens(0.1) ? row.givenname.split(' ')[0] : worn(row.givenname),
        surname: worn(surname),
        suburb: worn(place),
        postcode: worn(code),
        cluster,
      })
    }
  }
  const columns = { givenname: 'given name', surname: 'family name', suburb: 'text', postcode: 'code' }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'recid', columns } }
}
