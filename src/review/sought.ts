/**
 * What a clerk types or pastes into the search box, and what a register wrote, brought to one form: numbers come with blanks, full-width
 * digits, a label or an apostrophe from a spreadsheet, names with a blank between two characters.
 *
 * In:  text. Out: the forms by which rows are told to fit, and patterns that every such row fits in the database.
 */
import { foldCode } from '../normalise/cell-text.ts'

export interface Sought {
  /** What cells are compared with, folded. */
  readonly text: string
  /** Keys and ids of records: as typed, folded, and with the register's Chinese name read. */
  readonly keys: readonly string[]
  /** LIKE patterns (escape `\`) over a row as stored. */
  readonly patterns: readonly string[]
}

/** Hyphens stand within numbers, points within names of other languages. */
const BETWEEN = /[-‐-―−·•‧・∙⋅]/gu

/** The form in which two writings of a name or a number are the same. */
export function foldSought(text: string): string {
  return foldCode(text).toUpperCase().replaceAll(BETWEEN, '').replaceAll(/[×Х]/gu, 'X')
}

/** What people copy along with the value. */
const LABEL = /^(?:公民身份号码|居民身份证号码?|身份证号?码?|证件号码?|曾用名|姓名|户编号|户号|记录号|问题编号|编号):/u

const REGISTER = /^(户籍|普查|死亡表|出生证|死亡证):?(?=[\dA-Z])/iu
const REGISTER_OF: Readonly<Record<string, string>> = {
  户籍: 'police',
  普查: 'census',
  死亡表: 'census_deaths',
  出生证: 'births',
  死亡证: 'deaths',
}

export function readSought(typed: string): Sought {
  const value = foldCode(foldCode(typed).replace(LABEL, ''))
  const text = foldSought(value)
  const bare = value.replace(REGISTER, (_, name: string) => `${REGISTER_OF[name]}:`)
  const keys = [...new Set([typed.trim(), value, value.toUpperCase(), bare, withUpperId(bare)])]
  return { text, keys, patterns: [typed.trim(), value].map(quoted).concat(loosePatterns(text)) }
}

function withUpperId(key: string): string {
  const colon = key.indexOf(':')
  return key.slice(0, colon + 1) + key.slice(colon + 1).toUpperCase()
}

/** As the cell is stored, between its quotation marks. */
function quoted(text: string): string {
  return `%${escaped(JSON.stringify(text))}%`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)
}

/** Where other signs may stand within the cell: between the characters of a name, and where an ID number is parted by habit. */
function loosePatterns(text: string): string[] {
  const wide = text.replaceAll(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  if (/^\p{Script=Han}+$/u.test(text)) return [`%"${[...text].join('%')}"%`]
  const parts = /^(\d{6})(\d{8})(\d{3}[\dX])$/.exec(text)?.slice(1)
  return [quoted(text), quoted(wide), ...(parts === undefined ? [] : [`%${parts.join('%')}%`])]
}
