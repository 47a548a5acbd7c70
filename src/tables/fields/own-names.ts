/**
 * Own names: the columns that say which thing a row is, rather than what kind of thing or where it belongs.
 *
 * In:  fields. Out: which of them are personal in the sense of companions.ts, and which are codes of that kind. Persons have a name and a date of birth. Things
 *      have a title: their siblings (tracks of one album, beers of one brewery, papers of one conference) share all but it.
 * Leaves to companions.ts: whether there are siblings at all.
 */
import type { Field } from './fields.ts'
import { meaningOf, wordsOf } from '../spec/header-words.ts'

/** Columns that repeat themselves up to so many times as often as the one that does so least may still be the title. */
export const AS_OWN = 3
/** Part of the codes that must have a letter and a digit for them to be models. */
const LETTERED_LEAST = 1 / 2

/** One for every field that is its row's own. */
export function areOwn(fields: readonly Field[]): boolean[] {
  const isGiven = fields.some(({ kind }) => kind === 'given name')
  const isFull = fields.some(({ kind }) => kind === 'full name')
  const title = isGiven ? undefined : titleOf(fields, isFull)
  const hasBirth = fields.some(isBirth)
  return fields.map((field) => {
    if (field.kind === 'given name' || field.kind === 'full name' || field === title) return true
    // Born on that day, where it is a person; released, sold, visited on it where it is not. Beside a day of birth that is
    // called so, the others are days on which something happened to the row: entered, changed, last seen.
    return field.kind === 'date' && title === undefined && (!hasBirth || isBirth(field))
  })
}

/** One for every column of codes that is as much its row's own as the title; none where persons have names. */
export function areOwnCodes(fields: readonly Field[]): boolean[] {
  const isOwn = areOwn(fields)
  const title = fields.find(({ kind }, i) => kind === 'text' && isOwn[i])
  const most = title === undefined ? 0 : AS_OWN * chanceToRepeat(title)
  return fields.map((field) => field.kind === 'code' && chanceToRepeat(field) <= most)
}

/**
 * Whether codes are names of models, which have letters: they are copied, and the next of the series is one sign off. A
 * telephone or a number somebody typed is digits, and slips of the pen are in it.
 */
export function areModels({ dictionary, counts, known }: Field): boolean {
  let lettered = 0
  dictionary.forEach((code, id) => {
    if (/[a-z]/.test(code) && /\d/.test(code)) lettered += counts[id]
  })
  return known > 0 && lettered >= LETTERED_LEAST * known
}

function isBirth({ kind, name }: Field): boolean {
  return kind === 'date' && meaningOf(wordsOf(name), [])?.concept === 'birth date'
}

function titleOf(fields: readonly Field[], isFull: boolean): Field | undefined {
  const texts = fields.filter(({ kind }) => kind === 'text')
  const repeated = texts.map(chanceToRepeat)
  const least = repeated.reduce((low, chance) => Math.min(low, chance), 1)
  const possible = texts.filter((_, i) => repeated[i] <= AS_OWN * least)
  const called = possible.find(({ name }) => meaningOf(wordsOf(name), [])?.concept === 'title')
  return called ?? (isFull ? undefined : possible[0])
}

/** That two rows by chance hold the same value. */
export function chanceToRepeat({ counts, known }: Field): number {
  let sum = 0
  for (let v = 1; v < counts.length; v++) sum += (counts[v] / Math.max(known, 1)) ** 2
  return sum === 0 ? 1 : sum
}
