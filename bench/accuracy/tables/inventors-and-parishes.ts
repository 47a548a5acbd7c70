/**
 * Inventors as patents name them, and children of a parish as the books of baptisms and of burials name them.
 * In: seed and how many. Out: one table in which an inventor stands many times; two tables of a few names and a year. Hard are
 * namesakes: a few given names for everybody, families of one name, a dead child's name given to the next one.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, MEN, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { heard, ranked, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const capitals = (text: string) => text.replace(/(^|[\s-])\p{L}/gu, (start) => start.toUpperCase())
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i))
const CLASSES = 'A61K C07D G06F H04L H01L B60R F16H G01N A47C B65D'.split(' ')

/** Inventors: initials or second names, firms that they leave, neighbours they invent with, fields they keep to. */
export function makeInventors(seed: number, options: { inventors: number; meanRows: number }): MadeTable {
  const chance = new Chance(seed ^ 0x1f7)
  const rows: Row[] = []
  const firms = many(Math.ceil(options.inventors / 8), () => ({
    name: `${capitals(chance.pick(COMPOUNDS))} ${chance.pick(['Corporation', 'Inc.', 'Co., Ltd.', 'GmbH', 'Laboratories'])}`,
    town: capitals(ranked(chance, TOWNS, 0.3)),
    field: chance.below(CLASSES.length),
    people: [] as string[],
  }))
  const surnames = SURNAMES.slice(0, 160)
  for (let n = 0; n < options.inventors; n++) {
    const [first, second, last] = [
      capitals(ranked(chance, chance.happens(0.8) ? MEN : WOMEN, 0.7)),
      chance.happens(0.6) ? capitals(ranked(chance, MEN, 0.3)) : '',
      capitals(ranked(chance, surnames, 0.5)),
    ]
    let firm = chance.pick(firms)
    let town = chance.happens(0.6) ? firm.town : capitals(ranked(chance, TOWNS, 0.3))
    const from = chance.between(1976, 2005)
    const count = 1 + Math.floor(-Math.log(1 - chance.next()) * (options.meanRows - 1))
    firm.people.push(last)
    for (let r = 0; r < count; r++) {
      if (chance.happens(0.07)) firm = chance.pick(firms)
      if (chance.happens(0.05)) town = capitals(ranked(chance, TOWNS, 0.3))
      const middle = second === '' || chance.happens(0.25) ? '' : chance.happens(0.6) ? `${second[0]}.` : second
      const given = [chance.happens(0.07) ? `${first[0]}.` : first, middle].filter((name) => name !== '').join(' ')
      const slipped = chance.happens(0.02) ? typo(chance, last) : last
      const others = many(chance.between(0, 3), () => chance.pick(firm.people)).filter((name) => name !== last)
      rows.push({
        record: String(rows.length),
        name_first: chance.happens(0.01) ? typo(chance, given) : given,
        name_last: chance.happens(0.05) ? slipped.toUpperCase() : slipped,
        city: chance.happens(0.08) ? '' : town,
        assignee: chance.happens(0.12) ? '' : chance.happens(0.2) ? firm.name.split(' ')[0] : firm.name,
        class: chance.happens(0.15) ? chance.pick(CLASSES) : CLASSES[firm.field],
        coinventors: [...new Set(others)].join('; '),
        year: String(from + Math.floor((r * 15) / count)),
        cluster: String(n),
      })
    }
  }
  const columns = {
    name_first: 'given name',
    name_last: 'family name',
    city: 'text',
    assignee: 'text',
    class: 'category',
    coinventors: 'text',
    year: 'number',
  }
  return { left: shuffled(chance, rows), right: undefined, spec: { id: 'record', columns } }
}

/** Baptisms and burials: parents' names in both, ages at death in years, houses that families leave. */
export function makeParish(seed: number, options: { couples: number }): MadeTable {
  const chance = new Chance(seed ^ 0xba9)
  const left: Row[] = []
  const right: Row[] = []
  const boys = MEN.slice(0, 25)
  const girls = WOMEN.slice(0, 25)
  const surnames = SURNAMES.slice(0, 220)
  const villages = COMPOUNDS.slice(0, 40)
  const seen = (name: string) =>
    chance.happens(0.06) ? heard(chance, name) : chance.happens(0.03) ? typo(chance, name) : name
  for (let c = 0; c < options.couples; c++) {
    const [surname, maiden] = [ranked(chance, surnames, 0.5), ranked(chance, surnames, 0.5)]
    const [father, mother] = [ranked(chance, boys, 0.8), ranked(chance, girls, 0.8)]
    const village = ranked(chance, villages, 0.5)
    const married = chance.between(1760, 1850)
    let year = married
    const living = new Set<string>()
    for (let child = 0; child < chance.between(1, 9); child++) {
      year += chance.between(1, 4)
      const isBoy = chance.happens(0.5)
      const free = (isBoy ? boys : girls).filter((name) => !living.has(name))
      const given =
        child < 2 && !living.has(isBoy ? father : mother) && chance.happens(0.4)
          ? isBoy
            ? father
            : mother
          : ranked(chance, free, 0.7)
      const cluster = `${c}-${child}`
      const isBuried = chance.happens(0.45)
      const age = chance.happens(0.45) ? chance.between(0, 4) : chance.between(5, 80)
      if (!(isBuried && age < 5)) living.add(given)
      if (!chance.happens(0.1))
        left.push({
          entry: `b${left.length}`,
          child: capitals(seen(given)),
          surname: capitals(seen(surname)),
          sex: isBoy ? 'm' : 'f',
          father: capitals(seen(father)),
          mother: capitals(seen(mother)),
          maiden_name: chance.happens(0.15) ? '' : capitals(seen(maiden)),
          village: chance.happens(0.05) ? '' : capitals(village),
          year: String(year),
          cluster,
        })
      if (isBuried)
        right.push({
          entry: `d${right.length}`,
          child: capitals(seen(given)),
          // A daughter who married is buried under another name.
          surname: capitals(seen(!isBoy && age > 22 ? ranked(chance, surnames, 0.5) : surname)),
          sex: chance.happens(0.03) ? '' : isBoy ? 'm' : 'f',
          father: chance.happens(age > 20 ? 0.5 : 0.03) ? '' : capitals(seen(father)),
          mother: chance.happens(age > 20 ? 0.6 : 0.1) ? '' : capitals(seen(mother)),
          maiden_name: chance.happens(age > 20 ? 0.8 : 0.4) ? '' : capitals(seen(maiden)),
          village: chance.happens(0.1)
            ? ''
            : capitals(chance.happens(age > 20 ? 0.4 : 0.05) ? ranked(chance, villages, 0.5) : village),
          year: chance.happens(0.1) ? '' : String(year + (age > 5 && chance.happens(0.35) ? chance.between(-2, 2) : 0)),
          cluster,
        })
    }
  }
  const columns = {
    child: 'given name',
    surname: 'family name',
    sex: 'category',
    father: 'text',
    mother: 'text',
    maiden_name: 'family name',
    village: 'text',
    year: 'number',
  }
  return { left: shuffled(chance, left), right: shuffled(chance, right), spec: { id: 'entry', columns } }
}
