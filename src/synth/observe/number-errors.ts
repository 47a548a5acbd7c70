/**
 * How ID numbers are miswritten, each way with its own rate.
 *
 * In:  a good number, the rates of one register, the people from whom a number may be borrowed.
 * Out: the text that stands in the file. Which findings follow from it is for truth/.
 */
import type { Random } from '../random.ts'
import type { RateName, Rates } from '../rates.ts'
import type { Person } from '../world/model.ts'

export interface NumberRates {
  readonly missing: number
  readonly missingInfant: number
  readonly placeholder: number
  readonly digit: number
  readonly swap: number
  readonly jump: number
  readonly length: number
  readonly excel: number
  readonly legacy: number
  readonly form: number
  readonly noX: number
  readonly parent: number
  readonly household: number
  readonly other: number
}

export function numberRates(rates: Rates, register: 'police' | 'census', missing: RateName): NumberRates {
  const at = (name: string): number => rates[`${register}.id.${name}` as RateName]
  return {
    missing: rates[missing],
    missingInfant: at('missing.infant'),
    placeholder: at('placeholder'),
    digit: at('digit'),
    swap: at('swap'),
    jump: at('jump'),
    length: at('length'),
    excel: at('excel'),
    legacy: at('legacy'),
    form: at('form'),
    noX: at('no-x'),
    parent: at('parent'),
    household: at('household'),
    other: at('other'),
  }
}

const PLACEHOLDERS = ['无', '000000000000000000', '999999999999999999', '111111111111111111', '不详', '未办']

/** `lend` gives somebody else's number: a person of the household, or anybody. */
export function writeNumber(
  random: Random,
  rates: NumberRates,
  person: Person,
  number: string,
  age: number,
  lend: (from: 'household' | 'anybody') => string | undefined,
): string {
  if (random.chance(age < 1 ? Math.max(rates.missing, rates.missingInfant) : rates.missing)) return ''
  if (age < 6 && random.chance(rates.parent)) {
    const parent = random.chance(0.65) ? person.mother : person.father
    if (parent !== undefined) return parent.idNumber + (random.chance(0.15) ? '1' : '')
  }
  const draw = random.next()
  let sum = 0
  const falls = (rate: number): boolean => draw < (sum += rate)
  if (falls(rates.placeholder)) return random.pick(PLACEHOLDERS)
  if (falls(rates.digit)) return changeDigit(random, number)
  if (falls(rates.swap)) return exchange(random, number, 1)
  if (falls(rates.jump)) return exchange(random, number, 2)
  if (falls(rates.length)) return changeLength(random, number)
  if (falls(rates.excel))
    return random.chance(0.7) ? `${number.slice(0, 15)}000` : `${number[0]}.${number.slice(1, 3)}E+17`
  if (falls(rates.household)) return lend('household') ?? number
  if (falls(rates.other)) return lend('anybody') ?? number
  if (person.birth < 19840101 && random.chance(rates.legacy)) return number.slice(0, 6) + number.slice(8, 17)
  if (number.endsWith('X') && random.chance(rates.noX)) return number.slice(0, 17)
  return random.chance(rates.form) ? dress(random, number) : number
}

/** One plain mistake, for registers that have a single rate for all of them. */
export function spoilNumber(random: Random, number: string): string {
  const draw = random.next()
  if (draw < 0.6) return changeDigit(random, number)
  if (draw < 0.8) return exchange(random, number, 1)
  return changeLength(random, number)
}

function changeDigit(random: Random, number: string): string {
  const at = random.int(18)
  const old = number[at] as string
  let digit = String(random.int(10))
  if (digit === old) digit = String((Number(digit) + 1) % 10)
  return number.slice(0, at) + digit + number.slice(at + 1)
}

function exchange(random: Random, number: string, gap: 1 | 2): string {
  for (let i = 0; i < 30; i++) {
    const at = random.int(17 - gap)
    const left = number[at] as string
    const right = number[at + gap] as string
    if (left !== right)
      return number.slice(0, at) + right + number.slice(at + 1, at + gap) + left + number.slice(at + gap + 1)
  }
  return changeDigit(random, number)
}

function changeLength(random: Random, number: string): string {
  const at = random.int(18)
  return random.chance(0.5)
    ? number.slice(0, at) + number.slice(at + 1)
    : number.slice(0, at) + String(random.int(10)) + number.slice(at)
}

/** The same number in another dress; nothing is lost. */
function dress(random: Random, number: string): string {
  const draw = random.next()
  if (draw < 0.3 && number.endsWith('X')) return `${number.slice(0, 17)}${random.pick(['x', '*', '×', 'Ｘ'])}`
  if (draw < 0.5) return `'${number}`
  if (draw < 0.75)
    return random.chance(0.5) ? ` ${number}` : `${number.slice(0, 6)} ${number.slice(6, 14)} ${number.slice(14)}`
  return number.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
}
