/**
 * Two lists of persons and firms under sanctions, as an aggregator publishes them: wide, sparse, and most columns say something else
 * in each list: other names, addresses, countries, where the row comes from, when it was first and last seen.
 *
 * In: seed and how many. Out: two tables, one to one. The truth is in the column `cluster`.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, MEN, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, ranked, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const COUNTRIES = 'ru ir cn sy by kp ve us mm zw'.split(' ')
const FORMS = [' LLC', ' JSC', ' Ltd', ' Co.', '']
const SOURCES = ['US Treasury List', 'EU Sanctions Files']
const capitals = (text: string) => text.replace(/(^|[\s-])\p{L}/gu, (start) => start.toUpperCase())
const twoDigits = (number: number) => String(number).padStart(2, '0')

interface Party {
  readonly schema: string
  readonly names: readonly string[]
  readonly aliases: readonly string[]
  readonly born: string
}

function person(chance: Chance): Party {
  const given = ranked(chance, chance.happens(0.7) ? MEN : WOMEN, 0.3)
  const family = ranked(chance, [...SURNAMES, ...COMPOUNDS], 0.3)
  const middle = chance.happens(0.5) ? `${ranked(chance, MEN, 0.3)} ` : ''
  return {
    schema: 'Person',
    names: [
      capitals(`${given} ${middle}${family}`),
      `${family.toUpperCase()}, ${capitals(given)}`,
      capitals(`${given} ${family}`),
    ],
    aliases: [`${given} ${typo(chance, family)}`, `${family} ${given}`, `${given[0]}. ${family}`].map(capitals),
    born: `${chance.between(1935, 1990)}-${twoDigits(chance.between(1, 12))}-${twoDigits(chance.between(1, 28))}`,
  }
}

function firm(chance: Chance): Party {
  const words = Array.from({ length: chance.between(1, 3) }, () => ranked(chance, COMPOUNDS, 0.3)).join(' ')
  const name = `${capitals(words)}${chance.pick(FORMS)}`
  const spelled = name.replace('LLC', 'Limited Liability Company')
  return { schema: 'Organization', names: [name, name.toUpperCase(), spelled], aliases: [typo(chance, name)], born: '' }
}

export function makeWatchLists(seed: number, options: { parties: number }): MadeTable {
  const chance = new Chance(seed ^ 0x5a2c)
  const lists: [Row[], Row[]] = [[], []]
  for (let n = 0; n < options.parties; n++) {
    const party = chance.happens(0.3) ? firm(chance) : person(chance)
    const country = chance.pick(COUNTRIES)
    const number = digits(chance, 10)
    const where = chance.next()
    lists.forEach((list, side) => {
      if (side === 0 ? where > 0.7 : where < 0.3) return
      const name = chance.pick(party.names)
      const day = (year: number) =>
        `${year}-${twoDigits(chance.between(1, 12))}-${twoDigits(chance.between(1, 28))}T06:00:02`
      list.push({
        id: `${side === 0 ? 'us' : 'eu'}-${digits(chance, 8)}`,
        schema: party.schema,
        name: chance.happens(0.1) ? typo(chance, name) : name,
        aliases: shuffled(chance, party.aliases)
          .slice(0, chance.below(party.aliases.length + 1))
          .join(';'),
        birth_date: chance.happens(0.2) ? '' : chance.happens(0.3) ? party.born.slice(0, 4) : party.born,
        countries: chance.happens(0.8) ? country : `${country};${chance.pick(COUNTRIES)}`,
        addresses: chance.happens(0.6)
          ? ''
          : `${capitals(chance.pick(COMPOUNDS))} ${chance.between(1, 99)}, ${capitals(chance.pick(TOWNS))}`,
        identifiers: chance.happens(0.3) ? number : '',
        phones: '',
        dataset: SOURCES[side],
        first_seen: day(2023),
        last_seen: day(2024),
        cluster: String(n),
      })
    })
  }
  const columns = {
    schema: 'category',
    name: 'text',
    aliases: 'text',
    birth_date: 'date',
    countries: 'text',
    identifiers: 'code',
  }
  return { left: shuffled(chance, lists[0]), right: shuffled(chance, lists[1]), spec: { id: 'id', columns } }
}
