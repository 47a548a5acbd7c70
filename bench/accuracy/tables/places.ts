/**
 * Places on the map out of four gazetteers, institutions as authors write them, recordings out of five databases.
 * In: seed and how many. Out: one table each; a source names a thing once.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, COUNTIES, FIRST_HALF_WORDS, MEN, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { ranked, rearranged, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

/** Settlements: names repeat, qualifiers come and go; longitude and latitude are measured a little differently. */
export function makeSettlements(seed: number, options: { places: number }): MadeTable {
  const chance = new Chance(seed ^ 0x6e0)
  const rows: Row[] = []
  for (let n = 0; n < options.places; n++) {
    const name = ranked(chance, [...TOWNS, ...COMPOUNDS], 0.15)
    const county = chance.pick(COUNTIES)
    const [lat, long] = [25 + chance.next() * 24, -122 + chance.next() * 50]
    const height = chance.between(0, 900)
    for (let source = 0; source < 4; source++) {
      if (chance.happens(0.15)) continue
      const label = [name, `${name}, ${county}`, name, `${name} (${county})`][source]
      const off = () => (chance.next() - 0.5) * (chance.happens(0.05) ? 0.6 : 0.05)
      rows.push({
        id: `p${n}-${source}`,
        label: chance.happens(0.04) ? typo(chance, label) : label,
        lat: chance.happens(0.03) ? '' : (lat + off()).toFixed([5, 4, 6, 2][source]),
        lon: chance.happens(0.03) ? '' : (long + off()).toFixed([5, 4, 6, 2][source]),
        elevation: chance.happens(0.4) ? '' : (height + chance.between(-3, 3)).toFixed(source === 2 ? 1 : 0),
        type: ['Settlement', 'P', 'location', ''][source],
        cluster: String(n),
      })
    }
  }
  const columns = { label: 'text', lat: 'number', lon: 'number', elevation: 'number', type: 'category' }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'id', columns } }
}

const SHORT: Readonly<Record<string, string>> = {
  University: 'Univ.',
  Department: 'Dept.',
  Institute: 'Inst.',
  Laboratory: 'Lab',
  Technology: 'Tech.',
  Science: 'Sci.',
}
const PARTS = ['Computer Science', 'Electrical Engineering', 'Mathematics', 'Information Systems', 'Physics']

/** Affiliations: one string, the department before or after, abbreviated, with or without the town. */
export function makeAffiliations(
  seed: number,
  options: { institutions: number; meanRows: number; areNamesOwn?: boolean },
): MadeTable {
  const chance = new Chance(seed ^ 0xaff)
  const rows: Row[] = []
  const taken = new Set<string>()
  for (let n = 0; n < options.institutions; n++) {
    const town = `${ranked(chance, [...TOWNS, ...COMPOUNDS], 0.3)}`
    const core = chance.happens(0.5)
      ? `University of ${town}`
      : chance.happens(0.5)
        ? `${ranked(chance, SURNAMES, 0.2)} ${chance.pick(['University', 'Institute of Technology', 'Research Laboratory', 'Labs'])}`
        : `${town} ${chance.pick(['State University', 'Institute of Science', 'Technical University'])}`
    if (options.areNamesOwn === true && taken.has(core)) continue
    taken.add(core)
    const country = ranked(chance, ['USA', 'Germany', 'France', 'Italy', 'Canada', 'China', 'India'], 0.8)
    const count = 1 + Math.floor(-Math.log(1 - chance.next()) * options.meanRows)
    for (let r = 0; r < count; r++) {
      let name = core
      if (chance.happens(0.35))
        name = name.replace(/University|Institute|Laboratory|Technology|Science/g, (word) => SHORT[word])
      const part = chance.happens(0.35)
        ? `${chance.happens(0.5) ? 'Department' : 'Dept.'} of ${chance.pick(PARTS)}`
        : ''
      const where = chance.happens(0.5)
        ? [town, ...(chance.happens(0.6) ? [country] : [])]
        : chance.happens(0.3)
          ? [country]
          : []
      let text = [part, name, ...where].filter((piece) => piece !== '').join(', ')
      if (chance.happens(0.06)) text = typo(chance, text)
      rows.push({ id: `i${n}-${r}`, affiliation: text, cluster: String(n) })
    }
  }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'id', columns: { affiliation: 'text' } } }
}

const SOUNDS = [
  ...'love night heart blue fire dream road rain river home light dance summer time girl moon sky gold'.split(' '),
  ...FIRST_HALF_WORDS,
]

/** Recordings of five sources: titles with artist or album in them, lengths in four notations, years of two digits. */
export function makeRecordings(seed: number, options: { recordings: number }): MadeTable {
  const chance = new Chance(seed ^ 0x3ec)
  const rows: Row[] = []
  const phrase = (most: number) =>
    Array.from({ length: chance.between(1, most) }, () => ranked(chance, SOUNDS, 0.4)).join(' ')
  const artists = Array.from({ length: Math.ceil(options.recordings / 2) }, () =>
    chance.happens(0.5) ? phrase(2) : `${chance.pick([...MEN, ...WOMEN])} ${ranked(chance, SURNAMES, 0.2)}`,
  )
  for (let n = 0; n < options.recordings; n++) {
    const artist = ranked(chance, artists, 0.2)
    const [title, album] = [phrase(4), phrase(3)]
    const year = chance.between(1965, 2014)
    const seconds = chance.between(95, 420)
    const number = chance.between(1, 20)
    const language = ranked(chance, ['English', 'Spanish', 'German', 'French', 'Japanese', 'Latin'], 1)
    for (let source = 0; source < 5; source++) {
      if (chance.happens(0.5)) continue
      let name = [
        title,
        `${artist} - ${title}`,
        `${title} - ${album}`,
        `${String(number).padStart(3, '0')}-${title}`,
        `${title} (${album})`,
      ][source]
      if (chance.happens(0.1)) name = typo(chance, name)
      if (chance.happens(0.05)) name = rearranged(chance, name)
      const minutes = Math.floor(seconds / 60)
      rows.push({
        id: `m${n}-${source}`,
        number: [String(number), `A${number}`, String(number).padStart(2, '0'), '', String(number)][source],
        title: name,
        length: chance.happens(0.1)
          ? 'unk.'
          : [
              String(seconds * 1000 + chance.below(1000)),
              `${minutes}m ${seconds % 60}sec`,
              String(seconds),
              (seconds / 60).toFixed(3),
              `${minutes}:${String(seconds % 60).padStart(2, '0')}`,
            ][source],
        artist:
          source === 1 ? (chance.happens(0.7) ? 'null' : artist) : chance.happens(0.1) ? typo(chance, artist) : artist,
        album:
          source === 2 && chance.happens(0.5)
            ? ''
            : chance.happens(0.3)
              ? `${album} (${year})`
              : chance.happens(0.1)
                ? typo(chance, album)
                : album,
        year: chance.happens(0.25) ? 'null' : source === 3 ? `'${String(year).slice(2)}` : String(year),
        language: chance.happens(0.2)
          ? ''
          : source === 1
            ? `${language.slice(0, 3)}.`
            : source === 4
              ? language.slice(0, 2)
              : language,
        cluster: String(n),
      })
    }
  }
  const columns = {
    number: 'code',
    title: 'text',
    length: 'number',
    artist: 'text',
    album: 'text',
    year: 'number',
    language: 'category',
  }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'id', columns } }
}
