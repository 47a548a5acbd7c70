/**
 * A kept bibliography against what a crawler scraped: each paper there not once but none to ten times, cut off, with
 * venues abbreviated, years missing, authors by initials. In: seed and how many. Out: two tables, one to many.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, SURNAMES } from './names.ts'
import { ranked, typo } from './pens.ts'
import { Chance, type Row, shuffled, Vocabulary } from './words.ts'

const LETTERS = 'abcdefghjklmnprstw'
const VENUES: readonly (readonly string[])[] = [
  ['conference on database theory', 'proc. conf. db theory', 'cdt', 'in cdt'],
  ['symposium on data systems', 'sds', 'proceedings of the 12th symposium on data systems', 'acm sds'],
  ['journal of information science', 'j. inf. sci.', 'information science', 'journal of inf science'],
  ['knowledge engineering letters', 'kel', 'knowl. eng. lett.', 'knowledge eng letters'],
  ['workshop on large tables', 'wlt', 'int. workshop large tables', 'lecture notes in computer science'],
]

export function makeScrapedPapers(seed: number, options: { kept: number; others: number }): MadeTable {
  const chance = new Chance(seed ^ 0x5c4)
  const words = new Vocabulary(chance, 900, 0.8)
  const [left, right]: Row[][] = [[], []]
  const series = Array.from({ length: 20 }, () => `${words.draw(chance)} ${words.draw(chance)} report`)
  for (let n = 0; n < options.kept + options.others; n++) {
    const isKept = n < options.kept
    // Columns of one name every year: title and venue agree, year and authors do not.
    const title = chance.happens(0.06)
      ? chance.pick(series)
      : Array.from({ length: chance.between(3, 11) }, (_, i) =>
          i % 3 === 2 ? chance.pick(['of', 'for', 'in', 'the', 'and', 'on']) : words.draw(chance),
        ).join(' ')
    const authors = Array.from({ length: chance.between(1, 4) }, () => [
      words.draw(chance),
      LETTERS[chance.below(18)],
      ranked(chance, [...SURNAMES, ...COMPOUNDS.slice(0, 600)], 0.5),
    ])
    const venue = VENUES[chance.below(VENUES.length)]
    const year = chance.between(1994, 2003)
    const cluster = String(n)
    if (isKept)
      left.push({
        id: `k${n}`,
        title,
        authors: authors
          .map(([first, middle, last]) => `${first} ${chance.happens(0.3) ? `${middle}. ` : ''}${last}`)
          .join(', '),
        venue: venue[0],
        year: String(year),
        cluster,
      })
    const times = isKept ? (chance.happens(0.25) ? 0 : 1 + Math.floor(-Math.log(1 - chance.next()) * 2)) : 1
    for (let r = 0; r < times; r++) {
      let seen = title
      if (chance.happens(0.12)) seen = typo(chance, seen)
      if (chance.happens(0.1)) seen = seen.split(' ').slice(0, -2).join(' ')
      if (chance.happens(0.06)) seen = `${seen} ${chance.pick(['pdf', 'technical report', 'full version', 'abstract'])}`
      const names = authors.map(([first, middle, last]) => `${first[0]}${chance.happens(0.4) ? middle : ''} ${last}`)
      if (names.length > 2 && chance.happens(0.3)) names.splice(2, names.length, '...')
      right.push({
        id: `s${n}-${r}`,
        title: seen,
        authors: chance.happens(0.04) ? '' : names.join(', '),
        venue: chance.happens(0.25) ? '' : chance.pick(venue),
        year: chance.happens(0.4) ? '' : String(chance.happens(0.06) ? year + 1 : year),
        cluster,
      })
    }
  }
  const columns = { title: 'text', authors: 'text', venue: 'text', year: 'number' }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns } }
}
