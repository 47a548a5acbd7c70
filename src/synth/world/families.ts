/**
 * Families with real kinship: couples, their children (twins too), grandparents under one roof.
 *
 * In:  a builder, a village or none, the code of another county for people from outside.
 * Out: the members of one household, head first. Deaths are laid over everybody afterwards.
 */
import { addDays, dateOf, dayOf, EXTRACT_DAY, T0, WINDOW_START } from '../calendar.ts'
import { RareEvent } from '../random.ts'
import { bearPerson, type Builder, drawLineage, drawTokens, type Lineage } from './builder.ts'
import type { Person, Village } from './model.ts'

/** Elders of a village whose grown sons may turn up in households made later. */
export type WaitingElders = {
  readonly lineage: Lineage
  readonly father: Person
  readonly mother: Person | undefined
}[]

/** A family as one may be drawn in a village, or beyond the county in an area. */
export function makeFamily(
  builder: Builder,
  {
    village,
    area,
    elders,
    isYoung,
  }: {
    readonly village: Village | undefined
    readonly area: string
    readonly elders: WaitingElders
    /** Who moves to work: more couples with children, hardly any elders. */
    readonly isYoung: boolean
  },
): Person[] {
  const { random } = builder
  const draw = random.next()
  const share = isYoung ? 0.6 : 0.42
  if (draw < share)
    return makeNuclear(
      builder,
      drawLineage(builder, village, area),
      clamp(random.bell(isYoung ? 35 : 40, 8.5), 22, 62),
      elders,
    )
  if (draw < share + 0.23) return makeStem(builder, drawLineage(builder, village, area))
  if (draw < share + (isYoung ? 0.24 : 0.4)) return makeElders(builder, drawLineage(builder, village, area), elders)
  if (draw < share + (isYoung ? 0.35 : 0.47))
    return makeCouple(builder, drawLineage(builder, village, area), clamp(random.bell(38, 13), 21, 64))
  const lineage = drawLineage(builder, village, area)
  return [bearPerson(builder, lineage, random.chance(0.6) ? 1 : 2, birthAt(builder, random.range(19, 66)))]
}

export function makeSingle(builder: Builder, area: string, ageFrom: number, ageTo: number): Person {
  const { random } = builder
  return bearPerson(
    builder,
    drawLineage(builder, undefined, area),
    random.chance(0.56) ? 1 : 2,
    birthAt(builder, random.range(ageFrom, ageTo)),
  )
}

const clamp = (value: number, low: number, high: number): number => Math.round(Math.min(high, Math.max(low, value)))

function birthAt(builder: Builder, age: number): number {
  return dateOf(dayOf(T0) - Math.floor((age + builder.random.next()) * 365.25))
}

function makeCouple(
  builder: Builder,
  lineage: Lineage,
  husbandAge: number,
  father?: Person,
  mother?: Person,
): Person[] {
  const { random } = builder
  const husband = bearPerson(builder, lineage, 1, birthAt(builder, husbandAge), { father, mother })
  // People marry inside their way of naming, so that a household does not mix surnames and dots.
  const wifeSurname = lineage.style === 'han' ? builder.surnames.draw(random) : ''
  const wifeAge = Math.max(20, husbandAge - random.range(-2, 5))
  const wife = bearPerson(builder, { ...lineage, surname: wifeSurname }, 2, birthAt(builder, wifeAge))
  husband.spouse = wife
  wife.spouse = husband
  return [husband, wife]
}

function makeNuclear(builder: Builder, drawn: Lineage, husbandAge: number, elders: WaitingElders): Person[] {
  const { random } = builder
  const birthYear = 2020 - husbandAge
  const at = elders.findIndex(({ father }) => {
    const gap = birthYear - Math.floor(father.birth / 10000)
    return gap >= 20 && gap <= 40
  })
  const parents = at >= 0 && random.chance(0.6) ? elders.splice(at, 1)[0] : undefined
  const lineage = parents?.lineage ?? drawn
  const [husband, wife] = makeCouple(builder, lineage, husbandAge, parents?.father, parents?.mother) as [Person, Person]
  const children = bearChildren(builder, lineage, husband, wife)
  if (random.chance(0.05)) {
    // One parent alone with the children.
    husband.spouse = undefined
    wife.spouse = undefined
    return random.chance(0.5) ? [husband, ...children] : [wife, ...children]
  }
  return [husband, wife, ...children]
}

function bearChildren(builder: Builder, lineage: Lineage, father: Person, mother: Person): Person[] {
  const { random, rates } = builder
  const motherBirth = dayOf(mother.birth)
  const year = Math.floor(mother.birth / 10000)
  const wanted = random.next() * (year < 1970 ? 1.15 : 1)
  const count = wanted < 0.06 ? 0 : wanted < 0.4 ? 1 : wanted < 0.84 ? 2 : 3
  const children: Person[] = []
  let born = motherBirth + Math.floor(random.bell(24.5, 3.2) * 365.25)
  for (let i = 0; i < count; i++) {
    if (born < motherBirth + 18 * 365) born = motherBirth + 18 * 365 + random.int(700)
    const birth = dateOf(born)
    if (birth > EXTRACT_DAY) break
    // Fewer were born of late: births fall to about 8.5 per thousand.
    const kept = birth >= WINDOW_START ? random.chance(0.95) : true
    const twins = random.chance(rates['world.twins'] / (2 - rates['world.twins']))
    if (kept) {
      const first = bearChild(builder, lineage, birth, { father, mother })
      children.push(first)
      if (twins) children.push(bearTwin(builder, lineage, birth, { father, mother }, first))
    }
    born += Math.floor((1.6 + random.next() * 5) * 365.25)
  }
  // Grown children have often left: daughters to marry, sons to found households of their own.
  return children.filter((child) => {
    const age = (T0 - child.birth) / 10000
    if (age < 22 || random.chance(child.sex === 1 ? 0.5 : 0.32)) return true
    child.role = 'gone'
    return false
  })
}

interface Couple {
  readonly father: Person
  readonly mother: Person
}

function bearChild(builder: Builder, lineage: Lineage, birth: number, { father, mother }: Couple): Person {
  return bearPerson(builder, lineage, builder.random.chance(0.524) ? 1 : 2, birth, { father, mother })
}

function bearTwin(builder: Builder, lineage: Lineage, birth: number, couple: Couple, first: Person): Person {
  const twin = bearChild(builder, lineage, birth, couple)
  twin.birthOrder = 2
  if (lineage.style === 'han') likenTwins(builder, first, twin)
  // Nobody gives twins one name.
  else
    while (twin.tokens.join() === first.tokens.join())
      twin.tokens = drawTokens(builder, lineage, twin.sex, couple.father)
  return twin
}

/** Twins often share one character of the name: 雨欣 and 雨桐. */
function likenTwins(builder: Builder, first: Person, second: Person): void {
  const own = [...second.given]
  const other = [...first.given]
  if (own.length === 2 && other.length === 2 && builder.random.chance(0.6) && own[1] !== other[1])
    second.given = (other[0] as string) + (own[1] as string)
  if (second.given === first.given) second.given = `${other[0] as string}${first.sex === 1 ? '宁' : '安'}`
  second.surname = first.surname
}

function makeStem(builder: Builder, lineage: Lineage): Person[] {
  const { random } = builder
  const grandAge = clamp(random.bell(64, 8), 46, 92)
  const elders = makeCouple(builder, lineage, grandAge)
  const kept = grandAge > 66 && random.chance(0.45) ? [elders[random.chance(0.3) ? 0 : 1] as Person] : elders
  const [grandfather, grandmother] = elders as [Person, Person]
  const sonAge = grandAge - random.range(22, 30)
  if (sonAge < 22)
    return [
      ...kept,
      bearPerson(builder, lineage, 1, birthAt(builder, Math.max(16, sonAge)), {
        father: grandfather,
        mother: grandmother,
      }),
    ]
  const [son, wife] = makeCouple(builder, lineage, sonAge, grandfather, grandmother) as [Person, Person]
  const children = bearChildren(builder, lineage, son, wife)
  // Until about sixty the old couple heads the household, then the son does.
  return grandAge < 62 ? [...kept, son, wife, ...children] : [son, wife, ...children, ...kept]
}

function makeElders(builder: Builder, lineage: Lineage, waiting: WaitingElders): Person[] {
  const { random } = builder
  const age = clamp(58 + Math.abs(random.bell(9, 11)), 58, 101)
  const couple = makeCouple(builder, lineage, age) as [Person, Person]
  for (let i = random.int(3); i > 0; i--) waiting.push({ lineage, father: couple[0], mother: couple[1] })
  return age > 70 && random.chance(0.5) ? [couple[random.chance(0.35) ? 0 : 1]] : couple
}

/** Deaths from the start of 2019 to the day of the extracts, by age (Gompertz, about 7 per thousand a year). */
export function layDeaths(builder: Builder): void {
  const { random, rates, world } = builder
  const start = 20190101
  const infantDeath = new RareEvent(random, rates['world.infant-death'])
  const days = dayOf(EXTRACT_DAY) - dayOf(start)
  for (const person of world.people) {
    const age = (T0 - person.birth) / 10000
    if (age < 1.1) {
      if (infantDeath.happens()) person.death = Math.min(EXTRACT_DAY, addDays(person.birth, random.int(40)))
      continue
    }
    const yearly = rates['world.death-level'] * (0.00025 + 0.000035 * Math.exp(0.093 * age))
    if (random.chance(1 - Math.exp((-yearly * days) / 365))) person.death = addDays(start, random.int(days + 1))
  }
}
