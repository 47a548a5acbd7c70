/**
 * Three generations of a county: who was born to whom, married whom, moved to whose village, and died when.
 *
 * In:  a random stream, about how many people live at the end, the share of minorities. Out: people and villages.
 * Years are lived one after the other, so that families are as ragged as families are: widows who marry again,
 * twins, divorced couples, bachelors, brides from elsewhere and daughters gone for good.
 */
import { ageOn, dateOf, dayOf, daysInMonth, EXTRACT_DAY } from '../../../../src/synth/calendar.ts'
import type { Random } from '../../../../src/synth/random.ts'
import { drawGeneration, drawGiven, drawMinority, drawSurname, type Group, type Name } from './names.ts'
import { withCheck } from './slips.ts'

export interface Person {
  readonly id: number
  readonly sex: 1 | 2
  readonly birth: number
  readonly name: Name
  readonly group: Group
  readonly father: Person | undefined
  readonly mother: Person | undefined
  readonly children: Person[]
  readonly natal: number
  /** Of twins, the second is 2. */
  readonly order: number
  number: string
  spouse: Person | undefined
  /** 0 while alive. */
  death: number
  /** Village lived in by family; -1 = gone from the county by marriage. */
  village: number
  married: number
  divorced: boolean
  /** Came from outside by marriage. */
  imported: boolean
}

export interface Village {
  readonly code: string
  readonly town: string
  readonly name: string
  /** Name before a renaming, which older papers go on using. */
  readonly oldName: string
  readonly urban: boolean
  readonly clans: readonly string[]
  readonly group: Group
}

/** Codes abolished in 1983, the year before numbers were first given: no number made with them was ever issued. */
const RETIRED = ['332225', '332226', '332221', '322221', '322225', '322121', '322125', '332222']
const PLACES = [
  '柳',
  '青',
  '龙',
  '石',
  '白',
  '桥',
  '塘',
  '坪',
  '岭',
  '松',
  '竹',
  '沙',
  '河',
  '井',
  '湾',
  '梅',
  '溪',
  '枫',
  '樟',
  '鹤',
  '凤',
  '马',
  '牛',
  '金',
  '银',
  '黄',
  '红',
  '新',
  '永',
  '大',
  '上',
  '下',
  '双',
  '长',
  '古',
]
const TAILS = ['坝', '沟', '坪', '塘', '桥', '寨', '冲', '坡', '湾', '岭', '庄', '铺', '店', '咀', '垭', '坳']

export class Population {
  readonly people: Person[] = []
  readonly villages: Village[] = []
  readonly county: string
  private readonly random: Random
  private readonly used = new Set<string>()
  private readonly generations: string[] = []

  constructor(random: Random, size: number, minorityShare: number) {
    this.random = random
    this.county = random.pick(RETIRED)
    this.layOut(size, minorityShare)
    const founders = Math.round(size / 9.2)
    for (let i = 0; i < founders; i++) this.found()
    for (let year = 1936; year <= 2020; year++) this.live(year)
  }

  private layOut(size: number, minorityShare: number): void {
    const { random } = this
    const towns = Math.max(3, Math.round(size / 6500))
    const seen = new Set<string>()
    const placeName = (): string => {
      for (;;) {
        const name = random.pick(PLACES) + (random.chance(0.3) ? random.pick(PLACES) : '') + random.pick(TAILS)
        if (!seen.has(name)) return (seen.add(name), name)
      }
    }
    for (let town = 0; town < towns; town++) {
      const townName = `${placeName()}${town === 0 ? '街道' : random.chance(0.5) ? '镇' : '乡'}`
      const townCode = `${this.county}${town === 0 ? '001' : townName.endsWith('镇') ? 100 + town : 200 + town}`
      const group: Group = random.chance(minorityShare * 2)
        ? random.pick(['维吾尔族', '藏族', '彝族', '苗族', '回族'])
        : '汉族'
      for (let i = 0; i < 7; i++) {
        const urban = town === 0 || (i === 0 && townName.endsWith('镇'))
        const name = placeName()
        this.villages.push({
          code: `${townCode}${urban ? '0' : '2'}${String(i + 1).padStart(2, '0')}`,
          town: townName,
          name: name + (urban ? '社区' : '村'),
          oldName: random.chance(0.15) ? `${placeName()}村` : '',
          urban,
          clans: Array.from({ length: 3 }, () => drawSurname(random)),
          group,
        })
      }
    }
  }

  /** A number of the county, or of another one. */
  issue(birth: number, sex: number, county = this.county): string {
    for (;;) {
      const serial = this.random.range(0, 499) * 2 + (sex === 1 ? 1 : 0)
      const number = withCheck(county + birth + String(serial % 1000).padStart(3, '0'))
      if (!this.used.has(number)) return (this.used.add(number), number)
    }
  }

  private issueNextTo({ number, sex }: Person, other: number): string {
    const serial = (Number(number.slice(14, 17)) + (sex === other ? 2 : 1)) % 1000
    const next = withCheck(number.slice(0, 14) + String(serial).padStart(3, '0'))
    if (this.used.has(next)) return ''
    this.used.add(next)
    return next
  }

  elsewhere(): string {
    return this.random.pick(RETIRED.filter((code) => code !== this.county))
  }

  dateIn(year: number): number {
    const month = this.random.range(1, 12)
    return year * 10000 + month * 100 + this.random.range(1, daysInMonth(year, month))
  }

  add(given: Pick<Person, 'sex' | 'birth' | 'name' | 'group' | 'natal' | 'village'> & Partial<Person>): Person {
    const person: Person = {
      father: undefined,
      mother: undefined,
      spouse: undefined,
      children: [],
      order: 1,
      number: '',
      death: 0,
      married: 0,
      divorced: false,
      imported: false,
      ...given,
      id: this.people.length,
    }
    const death = dateOf(dayOf(person.birth) + Math.floor(this.lifetime(person) * 365.2425))
    if (death <= EXTRACT_DAY) person.death = death
    if (person.number === '') person.number = this.issue(person.birth, person.sex)
    this.people.push(person)
    return person
  }

  /** Years lived: Gompertz from thirty on, and the infants who did not live. */
  private lifetime({ sex, birth }: Person): number {
    const { random } = this
    if (random.chance(birth < 19600000 ? 0.06 : birth < 19900000 ? 0.02 : 0.006)) return random.next() * 1.5
    const mode = (sex === 1 ? 80 : 85) - (birth < 19500000 ? 2 : 0)
    return Math.max(18, mode + 9.5 * Math.log(-Math.log(1 - random.next() * 0.9999)))
  }

  nameFor(sex: 1 | 2, year: number, group: Group, surname: string, father: Name | undefined, generation = ''): Name {
    return (
      drawMinority(this.random, group, sex, father) ?? { surname, given: drawGiven(this.random, sex, year, generation) }
    )
  }

  private found(): void {
    const { random } = this
    const village = random.int(this.villages.length)
    const place = this.villages[village] as Village
    const surname = random.chance(0.55) ? random.pick(place.clans) : drawSurname(random)
    const [group, year] = [place.group, random.range(1914, 1944)]
    const shared = { group, natal: village, village, married: 1935 }
    const name = this.nameFor(1, year, group, surname, undefined)
    const man = this.add({ sex: 1, birth: this.dateIn(year), name, ...shared })
    const hers = Math.min(1945, year + random.range(-2, 5))
    const bride = this.nameFor(2, hers, group, drawSurname(random), undefined)
    const woman = this.add({ sex: 2, birth: this.dateIn(hers), name: bride, ...shared })
    man.spouse = woman
    woman.spouse = man
  }

  private live(year: number): void {
    const { random } = this
    const living = this.people.filter((p) => p.village >= 0 && (p.death === 0 || p.death > year * 10000))
    const women = living.filter((p) => p.sex === 2 && p.spouse === undefined && this.seeks(p, year))
    const men = living.filter((p) => p.sex === 1 && p.spouse === undefined && this.seeks(p, year))
    women.sort(() => random.next() - 0.5)
    for (const man of men) {
      const at = women.findIndex(
        (w, i) => i < 40 && Math.abs(w.birth - man.birth) < 120000 && !areKin(man, w) && w.group === man.group,
      )
      const found = at >= 0 && !random.chance(0.1)
      this.marry(man, found ? (women.splice(at, 1)[0] as Person) : this.bring(man, year), year)
    }
    for (const woman of women) if (random.chance(0.4)) woman.village = -1 // Married out of the county.
    for (const woman of women) if (woman.village < 0) woman.married = this.dateIn(year)
    for (const woman of living) {
      if (woman.sex !== 2 || woman.spouse === undefined) continue
      const { spouse } = woman
      if (spouse.death !== 0 && spouse.death < year * 10000) {
        woman.spouse = undefined
        continue
      }
      if (woman.death !== 0 && woman.death < (year + 1) * 10000) {
        spouse.spouse = undefined
        continue
      }
      if (year > 1988 && random.chance(0.004)) {
        for (const one of [woman, spouse]) Object.assign(one, { divorced: true, spouse: undefined })
        woman.village = random.chance(0.5) ? woman.natal : random.int(7)
        if (woman.village < 0) woman.village = 0
        continue
      }
      this.bear(woman, spouse, year)
    }
  }

  private seeks(person: Person, year: number): boolean {
    const age = year - Math.floor(person.birth / 10000)
    if (age < (person.sex === 1 ? 20 : 18) || age > 58) return false
    if (person.married > 0) return this.random.chance(age < 50 ? 0.07 : 0.02)
    return this.random.chance(age < 24 ? 0.15 : age < 32 ? 0.26 : 0.06)
  }

  private bring(man: Person, year: number): Person {
    const born = Math.min(year - 18, Math.floor(man.birth / 10000) + this.random.range(-3, 6))
    const birth = this.dateIn(born)
    const name = this.nameFor(2, born, man.group, drawSurname(this.random), undefined)
    const number = this.issue(birth, 2, this.elsewhere())
    const bride = this.add({
      sex: 2,
      birth,
      name,
      group: man.group,
      natal: -1,
      village: man.village,
      number,
      imported: true,
    })
    if (bride.death !== 0 && bride.death < (year + 1) * 10000) bride.death = 0
    return bride
  }

  private marry(man: Person, woman: Person, year: number): void {
    for (const one of [man, woman]) one.married = this.dateIn(year)
    woman.married = man.married
    man.spouse = woman
    woman.spouse = man
    // Most brides go to the man's village; some daughters take a husband in.
    if (!woman.imported && this.random.chance(0.07)) man.village = woman.village
    else woman.village = man.village
  }

  private bear(mother: Person, father: Person, year: number): void {
    const age = year - Math.floor(mother.birth / 10000)
    const shared = mother.children.filter((child) => child.father === father).length
    if (age < 18 || age > 43) return
    const wish = year < 1972 ? 0.26 : year < 1982 ? 0.17 : 0.2
    const most = year < 1972 ? 9 : year < 1982 ? 4 : year < 2014 ? (this.random.chance(0.6) ? 1 : 3) : 2
    if (shared >= most || !this.random.chance(age > 35 ? wish / 2.5 : wish)) return
    const birth = this.dateIn(year)
    if (birth > EXTRACT_DAY || birth <= mother.married || (father.death > 0 && father.death < birth)) return
    const latest = mother.children.at(-1)
    if (latest !== undefined && birth - latest.birth < 10000) return
    const twins = this.random.chance(0.011) ? 2 : 1
    for (let order = 1; order <= twins; order++) {
      const sex = this.random.chance(0.52) ? 1 : 2
      const generation = sex === 1 && year < 2005 ? this.generationOf(father) : ''
      const ownSurname = this.random.chance(year > 2000 ? 0.05 : 0.01) ? mother.name.surname : father.name.surname
      // No parents give one name to two children.
      const taken = [...father.children, ...mother.children].map((sibling) => sibling.name.given)
      let name = this.nameFor(sex, year, father.group, ownSurname, father.name, generation)
      while (taken.includes(name.given))
        name = this.nameFor(sex, year, father.group, ownSurname, father.name, generation)
      const at = mother.village
      // Twins are numbered one after the other at the same desk.
      const number = order === 2 ? this.issueNextTo(mother.children.at(-1) as Person, sex) : ''
      const shared = { sex, birth, name, group: father.group, natal: at, village: at } as const
      const child = this.add({ ...shared, father, mother, order, number })
      mother.children.push(child)
      father.children.push(child)
    }
  }

  /** A third of the clans keep the characters of their generations. */
  private generationOf(father: Person): string {
    const clan = father.father?.id ?? father.id
    this.generations[clan] ??= this.random.chance(0.35) ? drawGeneration(this.random) : ''
    return this.generations[clan] as string
  }
}

function areKin(one: Person, other: Person): boolean {
  return one.father !== undefined && (one.father === other.father || one.father.father === other.father?.father)
}

export const ageAt = (person: Person, day: number): number => ageOn(person.birth, day)
