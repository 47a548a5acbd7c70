/**
 * References as a scanner cut them into many columns: the year stands in one of two of them, part of a title in the venue's,
 * words are broken at the ends of lines, half of all cells are empty, and the authors stand there a second time as written.
 * In: seed and how many papers. Out: one table; a few papers stand there hundreds of times, most a handful of times.
 * Schools write several papers with nearly the same authors, words and venues: these are what passes for one paper.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, MEN, SURNAMES, WOMEN } from './names.ts'
import { ranked, typo } from './pens.ts'
import { Chance, type Row, shuffled, Vocabulary } from './words.ts'

const PLACES = [
  'los altos ca',
  'san mateo ca',
  'new york',
  'cambridge ma',
  'glasgow',
  'sydney',
  'tahoe city ca',
  'ann arbor mi',
]
const PRESSES = [
  'morgan kaufmann',
  'mit press',
  'springer verlag',
  'kluwer',
  'pitman',
  'john wiley and sons',
  'academic press',
]
const COUNTS = 'first second third fourth fifth sixth eighth tenth twelfth thirteenth'.split(' ')
const KINDS = [
  'international conference on',
  'european working session on',
  'national conference on',
  'annual symposium on',
]

interface Paper {
  readonly authors: readonly (readonly [first: string, middle: string, last: string])[]
  readonly title: string
  readonly isJournal: boolean
  readonly venue: string
  readonly count: number
  readonly year: number
  readonly pages: readonly [number, number]
  readonly volume: number
  readonly press: string
  readonly place: string
  readonly editor: string
}

export function makeBibliography(seed: number, options: { papers: number; meanRows: number }): MadeTable {
  const chance = new Chance(seed ^ 0xb1b1)
  const words = new Vocabulary(chance, 500, 0.8)
  const person = () =>
    [
      ranked(chance, [...MEN, ...WOMEN], 0.4),
      chance.pick('abcdefghjklmprst'.split('')),
      ranked(chance, [...SURNAMES, ...COMPOUNDS.slice(0, 300)], 0.3),
    ] as const
  const rows: Row[] = []
  for (let n = 0; n < options.papers; ) {
    const school = Array.from({ length: chance.between(1, 5) }, person)
    const terms = Array.from({ length: 7 }, () => words.draw(chance))
    const field = `${words.draw(chance)} ${words.draw(chance)}`
    const papers = Math.min(chance.between(1, 6), options.papers - n)
    for (let p = 0; p < papers; p++, n++) {
      const from = chance.between(1, 900)
      const paper: Paper = {
        authors: shuffled(chance, school).slice(0, chance.between(1, school.length)),
        title: Array.from({ length: chance.between(3, 9) }, (_, i) =>
          i % 3 === 2
            ? chance.pick(['of', 'for', 'in', 'the', 'and', 'with'])
            : chance.happens(0.6)
              ? chance.pick(terms)
              : words.draw(chance),
        ).join(' '),
        isJournal: chance.happens(0.4),
        venue: chance.happens(0.6) ? field : `${words.draw(chance)} ${words.draw(chance)}`,
        count: chance.below(COUNTS.length),
        year: chance.between(1978, 1997),
        pages: [from, from + chance.between(5, 30)],
        volume: chance.between(1, 40),
        press: chance.pick(PRESSES),
        place: chance.pick(PLACES),
        editor: `${person()[1]} ${person()[2]}`,
      }
      // One paper in twenty is what everybody cites.
      const mean = chance.happens(0.05) ? options.meanRows * 8 : options.meanRows * 0.6
      const count = Math.max(1, Math.round(-Math.log(1 - chance.next()) * mean))
      // Whoever copies a reference copies it whole.
      const written: Row[] = []
      for (let r = 0; r < count; r++) {
        const row = written.length > 0 && chance.happens(0.35) ? chance.pick(written) : cite(chance, paper)
        written.push(row)
        rows.push({ id: String(rows.length + 1), ...row, cluster: String(n) })
      }
    }
  }
  const numbered = shuffled(chance, rows).map((row, i) => ({ ...row, id: String(i + 1) }))
  const columns = {
    authors: 'full name',
    title: 'text',
    booktitle: 'text',
    journal: 'text',
    pages: 'text',
    volume: 'text',
    year: 'number',
    date: 'text',
  }
  return { left: numbered, right: undefined, spec: { id: 'id', columns } }
}

function cite(chance: Chance, paper: Paper): Row {
  const style = chance.below(3)
  const isEtAl = paper.authors.length > 2 && chance.happens(0.08)
  const names = paper.authors.slice(0, isEtAl ? 1 : undefined).map(([first, middle, last]) => {
    const initials = chance.happens(0.4) ? `${first[0]} ${middle}` : first[0]
    return style === 0 ? `${initials} ${last}` : style === 1 ? `${last} ${initials}` : `${first} ${last}`
  })
  const joined = isEtAl ? `${names[0]} et al` : names.join(chance.happens(0.5) ? ' and ' : ' ')
  const [from, to] = paper.pages
  const pages = `${chance.pick(['', 'pp ', 'pages ', 'p'])}${from} ${chance.happens(0.06) ? from : to}`.replace(
    / (?=\d+$)/,
    chance.happens(0.05) ? '' : ' ',
  )
  const venue = `${chance.pick(['in proceedings of the', 'proc', 'proceedings of the', 'in proc of the'])} ${chance.happens(0.8) ? COUNTS[paper.count] : `${paper.count + 1}th`} ${KINDS[paper.count % 4]} ${paper.venue}`
  const isDated = chance.happens(0.5)
  const year = chance.happens(0.08)
    ? ''
    : `${chance.happens(0.03) ? paper.year + 1 : paper.year}${chance.happens(0.02) ? 'a' : ''}`
  const isSwallowed = chance.happens(0.04)
  const broken = (text: string) =>
    chance.happens(0.12) ? breakWord(chance, chance.happens(0.15) ? typo(chance, text) : text) : text
  const authors = broken(joined)
  return {
    address: chance.happens(0.45) ? broken(paper.place) : '',
    authors,
    authors_original: authors,
    booktitle: paper.isJournal || chance.happens(0.08) ? '' : broken(venue),
    date: isDated ? `${chance.happens(0.1) && year !== '' ? 'june ' : ''}${year}` : '',
    editor: !paper.isJournal && chance.happens(0.2) ? `in ${paper.editor} ${chance.pick(['ed', 'eds', 'editor'])}` : '',
    institution: chance.happens(0.03) ? 'computer science department' : '',
    journal: paper.isJournal ? broken(chance.happens(0.2) ? `j ${paper.venue}` : `journal of ${paper.venue}`) : '',
    note: chance.happens(0.06)
      ? chance.pick(['in press', 'to appear', 'also appears in readings', 'second edition'])
      : '',
    pages: chance.happens(0.25) ? '' : pages,
    publisher: !paper.isJournal && chance.happens(0.6) ? broken(paper.press) : '',
    tech: chance.happens(0.02) ? `technical report ${paper.volume}` : '',
    title: isSwallowed ? '' : broken(chance.happens(0.04) ? `${paper.title} ${paper.venue}` : paper.title),
    volume:
      paper.isJournal && chance.happens(0.85)
        ? `${chance.pick(['', '', 'vol '])}${paper.volume}${chance.happens(0.3) ? ` ${paper.count + 1}` : ''}`
        : '',
    year: isDated ? '' : year,
  }
}

/** A word parted as at the end of a line: "func tion". */
function breakWord(chance: Chance, text: string): string {
  const words = text.split(' ')
  const at = chance.below(words.length)
  const word = words[at]
  if (word.length > 4) {
    const cut = chance.between(2, word.length - 2)
    words[at] = `${word.slice(0, cut)} ${word.slice(cut)}`
  }
  return words.join(' ')
}
