/**
 * Two film data bases that keep works and people in one table: a row has a title, or it has the name of somebody who took part.
 *
 * In: seed and how many. Out: two tables. Of a person hardly more than the name is known; of an episode its number, its season,
 * the day it was shown. Half of a series are called "Episode 7", which is nobody's name. Headers are addresses of a vocabulary.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, FIRST_HALF_WORDS, MEN, SURNAMES, WOMEN } from './names.ts'
import { ranked, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const words = (text: string) => text.split(' ')
const TITLE_WORDS = [
  ...words('the a of and in love night house man girl dead last first secret trial hero return fire town king money'),
  ...FIRST_HALF_WORDS,
]
const PROSE = words(
  'the a to and his her with when finds out must decide whether they tell truth about murder friend family police case investigates while tries save from old new secret life takes back after before home learns that someone',
)
const JOBS = words('guestStars guestStars guestStars actor director directors writers')
const capital = (word: string) => word[0].toUpperCase() + word.slice(1)
const phrase = (chance: Chance, list: readonly string[], least: number, most: number) =>
  Array.from({ length: chance.between(least, most) }, () => ranked(chance, list, 0.5)).join(' ')
const titled = (text: string) => text.split(' ').map(capital).join(' ')

function day(chance: Chance, year: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${year}-${two(chance.between(1, 12))}-${two(chance.between(1, 28))}`
}

const ONTOLOGY = 'https://www.films.example/ontology/'
const header = (name: string) => `${ONTOLOGY}${name}`

/** Rows of either table: about as many people as works. */
export function makeSeriesAndPeople(seed: number, options: { series: number; people: number }): MadeTable {
  const chance = new Chance(seed ^ 0x5e21e5)
  const left: Row[] = []
  const right: Row[] = []
  const blankLeft = {
    title: '',
    name: '',
    abstract: '',
    episodeNumber: '',
    seasonNumber: '',
    birthDate: '',
    releaseDate: '',
    genre_list: '',
  }
  const blankRight = {
    title: '',
    name: '',
    abstract: '',
    episodeNumber: '',
    seasonNumber: '',
    releaseDate: '',
    job: '',
  }
  const addLeft = (row: Partial<Record<keyof typeof blankLeft, string>>, cluster: string) => {
    const named = Object.entries({ ...blankLeft, ...row }).map(([name, cell]) => [header(name), cell])
    left.push({ id: `l${left.length}`, ...Object.fromEntries(named), cluster })
  }
  const addRight = (row: Partial<Record<keyof typeof blankRight, string>>, cluster: string) => {
    const named = Object.entries({ ...blankRight, ...row }).map(([name, cell]) => [header(name), cell])
    right.push({ id: `r${right.length}`, ...Object.fromEntries(named), cluster })
  }
  const place = () => {
    const where = chance.next()
    return { isLeft: where < 0.65, isRight: where > 0.35 }
  }
  for (let s = 0; s < options.series; s++) {
    const isNumbered = chance.happens(0.3)
    const numbering = chance.pick(['Episode', 'Episode', 'Chapter', 'Part'])
    const firstYear = chance.between(1955, 2016)
    const about = phrase(chance, COMPOUNDS, 1, 2)
    const seasons = chance.between(1, 5)
    for (let season = 1; season <= seasons; season++) {
      for (let episode = 1; episode <= chance.between(4, 20); episode++) {
        const { isLeft, isRight } = place()
        if (!chance.happens(0.35)) continue
        const title = isNumbered ? `${numbering} ${episode}` : titled(phrase(chance, TITLE_WORDS, 1, 4))
        const shown = day(chance, firstYear + season)
        const plot = () => `${titled(about)} ${phrase(chance, PROSE, 10, 40)}.`
        const abstract = plot()
        const cluster = `w${s}-${season}-${episode}`
        if (isLeft)
          addLeft(
            {
              title: chance.happens(0.05) ? typo(chance, title) : title,
              abstract: chance.happens(0.4) ? abstract : '',
              episodeNumber: `${episode}.0`,
              seasonNumber: `${season}.0`,
              releaseDate: shown,
            },
            cluster,
          )
        if (isRight)
          addRight(
            {
              title: chance.happens(0.1) ? `${title} (${chance.between(1, 2)})` : title,
              abstract: chance.happens(0.6) ? (chance.happens(0.5) ? abstract : plot()) : '',
              episodeNumber: `${chance.happens(0.1) ? episode + chance.between(1, 3) : episode}.0`,
              seasonNumber: `${season}.0`,
              releaseDate: chance.happens(0.15) ? '' : chance.happens(0.1) ? day(chance, firstYear + season) : shown,
            },
            cluster,
          )
      }
    }
  }
  for (let n = 0; n < options.people; n++) {
    const middle = chance.happens(0.1) ? ` ${chance.pick(words('A. B. C. D. E. J. M. R.'))}` : ''
    const name = `${titled(ranked(chance, chance.happens(0.6) ? MEN : WOMEN, 0.6))}${middle} ${titled(chance.happens(0.5) ? ranked(chance, COMPOUNDS, 0.3) : ranked(chance, SURNAMES, 0.3))}`
    const { isLeft, isRight } = place()
    const cluster = `p${n}`
    if (isLeft)
      addLeft({ name, birthDate: chance.happens(0.3) ? day(chance, chance.between(1900, 1990)) : '' }, cluster)
    if (isRight) addRight({ name: chance.happens(0.05) ? typo(chance, name) : name, job: chance.pick(JOBS) }, cluster)
  }
  const columns = {
    [header('title')]: 'text',
    [header('name')]: 'full name',
    [header('abstract')]: 'text',
    [header('episodeNumber')]: 'number',
    [header('seasonNumber')]: 'number',
    [header('releaseDate')]: 'date',
  }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'id', columns } }
}
