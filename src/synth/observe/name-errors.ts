/**
 * How names are miswritten: sounds, looks, variants, lost characters, dotted names taken apart.
 *
 * In:  a person and the rates of one register. Out: the text that stands in the file.
 */
import type { Random } from '../random.ts'
import type { RateName, Rates } from '../rates.ts'
import { RESPELLINGS } from '../world/dotted-names.ts'
import { RARE_CHARACTERS } from '../world/given-names.ts'
import type { Person } from '../world/model.ts'
import { damageCharacter, nearSound, sameLook, sameSound, variantOf } from './characters.ts'

export interface NameRates {
  readonly sound: number
  readonly shape: number
  readonly fuzzy: number
  readonly length: number
  readonly order: number
  readonly variant: number
  readonly nickname: number
  readonly placeholder: number
  readonly damaged: number
  readonly dotted: number
}

export function nameRates(rates: Rates, register: 'police' | 'census'): NameRates {
  const at = (name: string): number => rates[`${register}.name.${name}` as RateName]
  return {
    sound: at('sound'),
    shape: at('shape'),
    fuzzy: at('fuzzy'),
    length: at('length'),
    order: at('order'),
    variant: at('variant'),
    nickname: at('nickname'),
    placeholder: at('placeholder'),
    damaged: at('damaged'),
    dotted: at('dotted'),
  }
}

/** The mix for registers that have a single rate for all name errors. */
export function mixedNameRates(rate: number): NameRates {
  return {
    sound: rate * 0.47,
    shape: rate * 0.2,
    fuzzy: rate * 0.13,
    length: rate * 0.07,
    order: rate * 0.03,
    variant: rate * 0.05,
    nickname: rate * 0.05,
    placeholder: 0,
    damaged: Math.min(0.5, rate * 10),
    dotted: Math.min(0.6, rate * 15),
  }
}

const SEPARATORS = ['•', '‧', '・', '･', '.', '．', '。', ' ', '', '-', '∙', '●']

export function writeName(random: Random, rates: NameRates, person: Person, name: string): string {
  if (person.tokens.length > 0) return random.chance(rates.dotted) ? writeTokens(random, person.tokens) : name
  const draw = random.next()
  let sum = 0
  const falls = (rate: number): boolean => draw < (sum += rate)
  if (falls(rates.sound)) return replaceOne(random, name, sameSound)
  if (falls(rates.shape)) return replaceOne(random, name, sameLook)
  if (falls(rates.fuzzy)) return replaceOne(random, name, nearSound)
  if (falls(rates.length)) return changeLength(random, name)
  if (falls(rates.order)) return exchange(random, name)
  if (falls(rates.variant)) return replaceOne(random, name, variantOf)
  if (falls(rates.nickname)) return nickname(random, person)
  if (falls(rates.placeholder)) return placeholder(random, person)
  if (rates.damaged === 0) return name
  const characters = [...name]
  const at = characters.findIndex((character) => RARE_CHARACTERS.has(character))
  if (at < 0) return name
  const character = characters[at] as string
  // Characters beyond the basic plane break everywhere; the others only in old systems.
  if (!random.chance(character.length > 1 ? rates.damaged : rates.damaged * 0.12)) return name
  characters[at] = damageCharacter(random, character)
  return characters.join('')
}

function replaceOne(
  random: Random,
  name: string,
  mistake: (random: Random, character: string) => string | undefined,
): string {
  const characters = [...name]
  // Given names are misheard more often than surnames; start somewhere and take what can go wrong.
  const start = random.chance(0.2) ? 0 : 1 + random.int(Math.max(1, characters.length - 1))
  for (let i = 0; i < characters.length; i++) {
    const at = (start + i) % characters.length
    const wrong = mistake(random, characters[at] as string)
    if (wrong === undefined) continue
    characters[at] = wrong
    return characters.join('')
  }
  return name
}

function changeLength(random: Random, name: string): string {
  const characters = [...name]
  if (characters.length >= 3 && random.chance(0.6)) {
    characters.splice(1 + random.int(characters.length - 1), 1)
    return characters.join('')
  }
  return random.chance(0.5)
    ? name + (characters[characters.length - 1] as string)
    : `${characters[0] as string}小${characters.slice(1).join('')}`
}

function exchange(random: Random, name: string): string {
  const characters = [...name]
  if (characters.length < 2) return name
  const at = characters.length === 2 ? 0 : random.chance(0.75) ? 1 : 0
  const kept = characters[at] as string
  characters[at] = characters[at + 1] as string
  characters[at + 1] = kept
  return characters.join('')
}

function nickname(random: Random, person: Person): string {
  if (person.formerName !== '') return person.formerName
  const given = [...person.given]
  const last = given[given.length - 1] ?? '娃'
  return random.pick([
    `${person.surname}小${last}`,
    `${person.surname}${last}${last}`,
    `小${last}`,
    `${person.surname}${random.pick(['大', '二', '三', '幺', '毛'])}娃`,
  ])
}

function placeholder(random: Random, person: Person): string {
  const adult = person.birth < 20150101
  if (adult || random.chance(0.4)) return `${person.surname}某`
  return person.mother === undefined || random.chance(0.4)
    ? '未取名'
    : `${person.mother.surname}${person.mother.given}之${person.sex === 1 ? '子' : '女'}`
}

/** Another separator, spelling, order, a lost father's name, a cut field. */
function writeTokens(random: Random, tokens: readonly string[]): string {
  let parts = [...tokens]
  if (random.chance(0.3)) parts = parts.map((token) => respell(random, token))
  if (parts.length > 1 && random.chance(0.06)) parts = parts.slice(0, 1)
  if (parts.length > 1 && random.chance(0.05)) parts.reverse()
  const separator = random.chance(0.7) ? random.pick(SEPARATORS) : '·'
  const whole = parts.join(separator)
  return random.chance(0.08) && whole.length > 5
    ? whole.slice(0, random.pick([4, 5, 8].filter((length) => length < whole.length)))
    : whole
}

function respell(random: Random, token: string): string {
  const fitting = RESPELLINGS.filter(([one, other]) => token.includes(one) || token.includes(other))
  if (fitting.length === 0) return token
  const [one, other] = random.pick(fitting)
  return token.includes(one) ? token.replace(one, other) : token.replace(other, one)
}
