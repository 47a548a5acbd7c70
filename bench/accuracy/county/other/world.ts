/**
 * The people of the other county: three generations of families in villages, who married whom, who moved, who has two
 * hukou. Built otherwise than src/synth builds its county, so that nothing in the engine can lean on its habits.
 */
import type { Draw } from './draw.ts'
import { drawDotted, drawGeneration, drawName, drawSurname, type NamedFamily } from './names.ts'
import { drawNumber } from './numbers.ts'

export interface Village {
  /** 12 digits */
  readonly code: string
  readonly town: string
  readonly name: string
  readonly clan: string
  /** Three digits each, in no order, with holes. */
  readonly blocks: readonly string[]
}

export interface Home {
  readonly no: number
  readonly village: Village
  readonly block: string
  readonly group: number
  readonly door: number
}

export interface YearMonthDay {
  readonly year: number
  readonly month: number
  readonly day: number
}

export interface SecondHukou {
  readonly home: Home
  readonly number: string
  readonly birth: YearMonthDay
  readonly name: string
  readonly hasParents: boolean
}

export interface Person {
  readonly no: number
  readonly isMale: boolean
  readonly birth: YearMonthDay
  readonly family: NamedFamily
  readonly name: string
  former: string
  readonly minority: boolean
  number: string
  readonly father: Person | undefined
  readonly mother: Person | undefined
  spouse: Person | undefined
  /** Undefined: hukou in another county. */
  hukou: Home | undefined
  /** Undefined: lives in another county. */
  lives: Home | undefined
  formerHukou: Home | undefined
  second: SecondHukou | undefined
  death: YearMonthDay | undefined
  /** Home of the parents where a married woman is listed once more, or of grandparents. */
  alsoListedAt: Home | undefined
  readonly birthOrder: number
}

export interface WorldHabits {
  readonly people: number
  /** Share of villages where four in five families have one surname. */
  readonly clanShare: number
  /** Share of families with dotted names. */
  readonly dottedShare: number
  readonly doubleHukouShare: number
}

/** Never a county's code, nor are those of other counties here: no number made with them belongs to anybody. */
export const COUNTY = '430247'
const TOWNS = [
  '长滩镇',
  '皇图岭镇',
  '网岭镇',
  '渌田镇',
  '石羊塘镇',
  '桃水镇',
  '黄丰桥镇',
  '鸾山镇',
  '丫江桥镇',
  '菜花坪镇',
]
const VILLAGE_STARTS = Array.from('上下新老大小东西南北石龙白青黄桐樟枫柳')
const VILLAGE_ENDS = [
  '桥村',
  '塘村',
  '冲村',
  '坪村',
  '坡村',
  '田村',
  '江村',
  '湾村',
  '洲社区',
  '垅村',
  '山村',
  '井社区',
]

export class World {
  readonly villages: Village[] = []
  readonly people: Person[] = []
  readonly numbers = new Set<string>()
  private homes = 0
  private readonly draw: Draw

  constructor(draw: Draw, habits: WorldHabits) {
    this.draw = draw
    this.buildVillages(habits)
    const rootCouples = Math.ceil(habits.people / 6.4)
    const waves: Person[][] = [[], [], []]
    for (let i = 0; i < rootCouples; i++) waves[0].push(...this.rootFamily(habits))
    for (let wave = 0; wave < 2; wave++) waves[wave + 1] = this.marry(waves[wave], wave)
    this.move(habits)
  }

  home(village: Village): Home {
    const { draw } = this
    return {
      no: ++this.homes,
      village,
      block: draw.of(village.blocks),
      group: draw.from(1, 14),
      door: draw.from(1, 299),
    }
  }

  private buildVillages({ people, clanShare }: WorldHabits): void {
    const { draw } = this
    const towns = Math.max(2, Math.min(TOWNS.length, Math.round(people / 5000)))
    for (let t = 0; t < towns; t++) {
      const count = draw.from(8, 16)
      const names = new Set<string>()
      while (names.size < count) names.add(draw.of(VILLAGE_STARTS) + draw.of(VILLAGE_ENDS))
      let v = 0
      for (const name of names) {
        const code = `${COUNTY}${t === 0 ? '001' : String(100 + t)}${String((name.endsWith('村') ? 200 : 0) + ++v * 2).padStart(3, '0')}`
        const blocks = Array.from({ length: draw.from(3, 9) }, (_, b) =>
          String(7 + b * draw.from(3, 5)).padStart(3, '0'),
        )
        this.villages.push({
          code,
          town: TOWNS[t],
          name,
          clan: draw.chance(clanShare) ? drawSurname(draw) : '',
          blocks: [...new Set(blocks)],
        })
      }
    }
  }

  private familyIn(village: Village): NamedFamily {
    const { draw } = this
    const surname = village.clan !== '' && draw.chance(0.8) ? village.clan : drawSurname(draw)
    return { surname, generation: drawGeneration(draw) }
  }

  birthday(year: number): YearMonthDay {
    const { draw } = this
    const day = draw.chance(0.03) ? draw.of([1, 15]) : draw.from(1, 28)
    return { year, month: draw.from(1, 12), day }
  }

  private born(
    isMale: boolean,
    birth: YearMonthDay,
    family: NamedFamily,
    parents: { father: Person | undefined; mother: Person | undefined },
    home: Home,
    minority: boolean,
    birthOrder = 1,
  ): Person {
    const { draw } = this
    const siblings = new Set(this.people.slice(-8).flatMap((p) => (p.mother === parents.mother ? [p.name] : [])))
    const invent = () =>
      minority ? drawDotted(draw, parents.father?.name ?? '', isMale) : drawName(draw, family, isMale)
    let name = invent()
    while (parents.mother !== undefined && siblings.has(name)) name = invent()
    const area = draw.chance(0.86)
      ? COUNTY
      : draw.of(['430248', '430249', '360347', '431047', '440148', '430287', '513047'])
    const birthText = `${birth.year}${String(birth.month).padStart(2, '0')}${String(birth.day).padStart(2, '0')}`
    const person: Person = {
      no: this.people.length,
      isMale,
      birth,
      family,
      name,
      former: draw.chance(0.02) ? drawName(draw, family, isMale) : '',
      minority,
      number: drawNumber(draw, area, birthText, isMale, this.numbers),
      ...parents,
      spouse: undefined,
      hukou: home,
      lives: home,
      formerHukou: undefined,
      second: undefined,
      death: undefined,
      alsoListedAt: undefined,
      birthOrder,
    }
    this.people.push(person)
    return person
  }

  /** A couple born 1930–1972 and its children; returns the children. */
  private rootFamily({ dottedShare }: WorldHabits): Person[] {
    const { draw } = this
    const village = draw.of(this.villages)
    const home = this.home(village)
    const minority = draw.chance(dottedShare)
    const none = { father: undefined, mother: undefined }
    const year = draw.from(1932, 1972)
    const husband = this.born(true, this.birthday(year), this.familyIn(village), none, home, minority)
    const wife = this.born(
      false,
      this.birthday(year + draw.from(-3, 4)),
      this.familyIn(draw.of(this.villages)),
      none,
      home,
      minority,
    )
    husband.spouse = wife
    wife.spouse = husband
    return this.children(husband, wife, home)
  }

  private children(father: Person, mother: Person, home: Home): Person[] {
    const { draw } = this
    const children: Person[] = []
    // One generation character for all children of a house.
    const family = {
      surname: father.family.surname,
      generation: father.family.generation === '' ? '' : drawGeneration(draw),
    }
    let year = mother.birth.year + draw.from(20, 27)
    for (let n = draw.weighed([0.5, 3, 4, 2, 0.5]); n > 0; n--, year += draw.from(1, 6)) {
      const birth = this.birthday(year)
      if (year > 2020 || (year === 2020 && birth.month > 10)) break
      const twins = draw.chance(0.02) ? 2 : 1
      const sameSex = draw.chance(0.7)
      const isMale = draw.chance(0.52)
      for (let t = 1; t <= twins; t++)
        children.push(
          this.born(t === 1 || sameSex ? isMale : !isMale, birth, family, { father, mother }, home, father.minority, t),
        )
    }
    return children
  }

  /** Pairs grown sons with daughters of other houses; returns their children. */
  private marry(children: readonly Person[], wave: number): Person[] {
    const { draw } = this
    const grown = children.filter((p) => p.birth.year <= 1997 && draw.chance(0.88))
    const byAge = (people: Person[]) => people.sort((a, b) => a.birth.year - b.birth.year || a.no - b.no)
    const sons = byAge(grown.filter((p) => p.isMale))
    const daughters = byAge(grown.filter((p) => !p.isMale))
    const born: Person[] = []
    const count = Math.min(sons.length, daughters.length)
    for (let i = 0; i < count; i++) {
      const husband = sons[i]
      const wife = daughters[i]
      if (husband.father === wife.father) continue
      husband.spouse = wife
      wife.spouse = husband
      const old = wife.hukou
      const ownHome = husband.hukou
      if (ownHome === undefined) continue
      const home = draw.chance(0.5) ? ownHome : this.home(draw.chance(0.8) ? ownHome.village : draw.of(this.villages))
      husband.hukou = home
      husband.lives = home
      wife.lives = home
      if (draw.chance(0.7)) {
        wife.hukou = home
        if (draw.chance(0.3)) wife.formerHukou = old
      }
      if (draw.chance(0.025 * (wave + 1))) wife.alsoListedAt = old
      born.push(...this.children(husband, wife, home))
    }
    return born
  }

  private move({ doubleHukouShare }: WorldHabits): void {
    const { draw } = this
    const byHome = new Map<number, Person[]>()
    for (const person of this.people) {
      const home = person.lives
      if (home !== undefined) byHome.set(home.no, [...(byHome.get(home.no) ?? []), person])
    }
    for (const members of byHome.values()) {
      const roll = draw.unit()
      if (roll < 0.12) {
        const flat = this.home(draw.of(this.villages))
        for (const person of members) person.lives = flat
      } else if (roll < 0.17) for (const person of members) person.lives = undefined
      else if (roll < 0.22) for (const person of members) person.hukou = undefined
      else if (roll < 0.25) {
        const home = this.home(draw.of(this.villages))
        for (const person of members) {
          person.formerHukou = person.hukou
          person.hukou = home
          person.lives = home
        }
      }
    }
    for (const person of this.people) {
      const age = 2020 - person.birth.year
      if (person.lives === person.hukou && age >= 17 && age < 45 && draw.chance(0.25))
        person.lives = draw.chance(0.4) ? this.home(draw.of(this.villages)) : undefined
      if (person.hukou !== undefined && draw.chance(doubleHukouShare)) this.registerTwice(person)
      if (draw.chance(age > 60 ? 0.02 : 0.0015)) this.bury(person)
      // Infants die more often here than anywhere: there would be none to learn from otherwise.
      if (this.isOfWindow(person.birth) && draw.chance(0.06)) this.bury(person)
    }
  }

  isOfWindow({ year, month }: YearMonthDay): boolean {
    return (year === 2019 && month >= 11) || (year === 2020 && month <= 10)
  }

  private bury(person: Person): void {
    const { draw } = this
    const month = draw.from(0, 11)
    const death = { year: month < 2 ? 2019 : 2020, month: month < 2 ? 11 + month : month - 1, day: draw.from(1, 28) }
    const { birth } = person
    if (birth.year * 500 + birth.month * 40 + birth.day > death.year * 500 + death.month * 40 + death.day) return
    person.death = death
  }

  private registerTwice(person: Person): void {
    const { draw } = this
    const roll = draw.unit()
    const { year, month, day } = person.birth
    const birth =
      roll < 0.45
        ? person.birth
        : roll < 0.65
          ? { year: year + draw.from(1, 3), month, day }
          : roll < 0.8
            ? { year: year - draw.from(1, 2), month, day }
            : roll < 0.9
              ? { year, month: (month % 12) + 1, day }
              : { year: year + 1, month: draw.from(1, 12), day: draw.from(1, 28) }
    const text = `${birth.year}${String(birth.month).padStart(2, '0')}${String(birth.day).padStart(2, '0')}`
    const sameNumber = birth === person.birth && draw.chance(0.4)
    person.second = {
      home: this.home(draw.of(this.villages)),
      number: sameNumber ? person.number : drawNumber(draw, COUNTY, text, person.isMale, this.numbers),
      birth,
      name: draw.chance(0.85) ? person.name : person.former || drawName(draw, person.family, person.isMale),
      hasParents: draw.chance(0.8),
    }
  }
}
