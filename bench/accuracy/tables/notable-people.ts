/**
 * Notable people of the past as several reference works have them: aliases, titles, initials, maiden and foreign names,
 * dates that are 1 January for want of a better one, places at more than one level. Clusters from one row to sixty.
 * In: seed, people, mean rows. Out: one table, about half of whose cells beyond the name may be empty or wrong.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, COUNTIES, MEN, SHORT_FORMS, SURNAMES, TOWNS, TRADES, WOMEN } from './names.ts'
import { digits, heard, isoDate, ranked, rearranged, slippedDate, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const ACCENTS: Readonly<Record<string, string>> = { e: 'é', o: 'ö', a: 'á', u: 'ü', i: 'í', n: 'ñ' }
const RANKS = ['baron', 'earl', 'baronet', 'viscount', 'duke', 'marquess']
const ORDINALS = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th']

export function makeNotablePeople(
  seed: number,
  options: { people: number; meanRows: number; withParts: boolean },
): MadeTable {
  const chance = new Chance(seed ^ 0x9e0)
  const family = [...SURNAMES, ...shuffled(chance, COMPOUNDS)]
  const towns = [...TOWNS, ...shuffled(chance, COMPOUNDS).slice(0, 500)]
  const countyOf = new Map(towns.map((town) => [town, chance.pick(COUNTIES)]))
  const areaOf = new Map(towns.map((town) => [town, `${town.slice(0, 2).toUpperCase()}${chance.between(1, 40)}`]))
  const unit = () =>
    `${digits(chance, 1)}${'ABDEFGHJLNPQRSTUWXYZ'[chance.below(20)]}${'ABDEFGHJLNPQRSTUWXYZ'[chance.below(20)]}`
  const shortOf = (name: string) => {
    const group = SHORT_FORMS.find((names) => names.includes(name))
    return group === undefined ? name.slice(0, chance.between(3, 5)) : chance.pick(group)
  }
  const rows: Row[] = []
  for (let n = 0; n < options.people; n++) {
    const isMan = chance.happens(0.85)
    const firsts = isMan ? MEN : WOMEN
    const names = [ranked(chance, firsts, 0.9)]
    while (names.length < 4 && chance.happens(0.38))
      names.push(chance.happens(0.3) ? ranked(chance, family, 0.4) : ranked(chance, firsts, 0.7))
    const surname = ranked(chance, family, 0.55)
    const maiden = !isMan && chance.happens(0.5) ? ranked(chance, family, 0.55) : ''
    const pseudonym = chance.happens(0.04) ? `${ranked(chance, firsts, 0.5)} ${ranked(chance, family, 0.4)}` : ''
    const seat = chance.happens(0.5) ? surname : ranked(chance, family, 0.4)
    const peerage = chance.happens(0.14) ? `${chance.pick(ORDINALS)} ${chance.pick(RANKS)} ${seat}` : ''
    const honour = chance.happens(0.16) ? chance.pick(['sir', 'dr', 'rev', 'capt', 'lord', 'prof', 'maj gen']) : ''
    const accented = chance.happens(0.05)
    const year = Math.floor(1500 + 420 * chance.next() ** 0.6)
    const dayKnown = chance.happens(0.72)
    const birth = dayKnown ? `${year}${two(chance.between(1, 12))}${two(chance.between(1, 28))}` : `${year}0101`
    const birthKnown = !chance.happens(0.07)
    const town = ranked(chance, towns, 0.75)
    const placeKnown = !chance.happens(0.14)
    const postcode = `${areaOf.get(town)} ${unit()}`
    const trades = [ranked(chance, TRADES, 0.5), ranked(chance, TRADES, 0.5)]
    // Very unequal clusters: a log-normal spread.
    const spread = Math.exp(0.9 * Math.sqrt(-2 * Math.log(1 - chance.next())) * Math.cos(6.2832 * chance.next()) - 0.4)
    const count = Math.max(1, Math.min(60, Math.round(options.meanRows * spread)))
    for (let r = 0; r < count; r++) {
      // The first row is the reference entry; each further source is better or worse as a whole.
      const h = r === 0 ? 0.15 : 0.35 + 1.5 * chance.next()
      const often = (share: number) => chance.happens(Math.min(share * h, 0.9))
      let first = names[0]
      let last = surname
      if (often(0.13)) first = shortOf(first)
      if (often(0.05) && names.length > 1) first = names[1]
      if (often(0.08)) last = chance.happens(0.6) ? heard(chance, last) : typo(chance, last)
      if (often(0.07)) first = chance.happens(0.5) ? heard(chance, first) : typo(chance, first)
      if (maiden !== '' && often(0.25)) last = maiden
      if (accented) last = last.replace(/[eoauin]/, (letter) => (chance.happens(0.5) ? ACCENTS[letter] : letter))
      let middle = chance.happens(0.55) ? names.slice(1) : []
      if (middle.length > 0 && often(0.25)) middle = middle.map((name) => name[0])
      if (often(0.05)) {
        first = first[0]
        middle = names.slice(1).map((name) => name[0])
      }
      let full = [
        often(0.5) ? honour : '',
        first,
        ...middle,
        last,
        peerage !== '' && chance.happens(0.55) ? peerage : '',
      ]
        .filter((word) => word !== '')
        .join(' ')
      let short = `${first} ${last}`
      if (peerage !== '' && often(0.12)) {
        full = peerage
        short = peerage.split(' ').slice(1).join(' ')
      } else if (pseudonym !== '' && often(0.5)) full = short = pseudonym
      else if (often(0.03)) short = full
      if (often(0.04)) full = rearranged(chance, full)
      let date = birth
      if (often(0.1)) date = `${year}0101`
      else if (often(0.11)) date = slippedDate(chance, birth)
      else if (often(0.03)) date = `${year + chance.between(-12, 12)}${birth.slice(4)}`
      let place = town
      let code = postcode
      if (often(0.1)) place = countyOf.get(town) as string
      else if (often(0.12)) {
        place = ranked(chance, towns, 0.5)
        code = `${areaOf.get(place)} ${unit()}`
      } else if (often(0.08)) place = `${town} ${countyOf.get(town)}`
      if (often(0.2)) code = `${code.split(' ')[0]} ${unit()}`
      else if (often(0.07)) code = typo(chance, code.toLowerCase()).toUpperCase()
      const cell = (missing: number, value: string) => (often(missing) ? '' : value)
      const [g, ...rest] = short.split(' ')
      rows.push({
        unique_id: `H${n}-${r}`,
        cluster: `H${n}`,
        full_name: cell(0.03, full),
        first_and_surname: cell(0.05, short),
        ...(options.withParts ? { first_name: cell(0.05, g), surname: cell(0.05, rest.join(' ')) } : {}),
        dob: birthKnown ? cell(0.14, isoDate(date)) : '',
        birth_place: placeKnown ? cell(0.12, place) : '',
        postcode_fake: placeKnown ? cell(0.12, code) : '',
        gender: cell(0.12, often(0.01) === isMan ? 'female' : 'male'),
        occupation: cell(0.22, often(0.3) ? trades[1] : trades[0]),
      })
    }
  }
  return {
    left: shuffled(chance, rows),
    right: undefined,
    spec: {
      id: 'unique_id',
      columns: {
        full_name: 'full name',
        first_and_surname: 'full name',
        ...(options.withParts ? { first_name: 'given name', surname: 'family name' } : {}),
        dob: 'date',
        birth_place: 'text',
        postcode_fake: 'code',
        gender: 'category',
        occupation: 'category',
      },
    },
  }
}

const two = (value: number) => String(value).padStart(2, '0')
