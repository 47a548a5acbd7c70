/**
 * Codes that stand in the title: one shop has a column for the model, the other writes it into the line.
 *
 * In:  fields. Out: the same fields, where a row without a code has the one that stands in its title. Pure.
 * Only where rows that have a code repeat it in their titles often enough is this done. A word is taken for the code when
 * it is one of the column, or when it is written as these are (three letters, four digits) and hardly any title has it;
 * of several such words none is taken: a size or a year must not pass for a model.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import { asidesLeft } from './asides.ts'
import type { Field } from './fields.ts'
import { areOwn } from './own-names.ts'

/** Part of rows with code and title, and number of them, that must have the code in the title. */
const REPEATED_LEAST = 0.05
const REPEATING_ROWS_LEAST = 10
const LENGTH_LEAST = 4
/** A number alone is a size or a year sooner than a code, unless it is long. */
const DIGITS_LEAST = 5
/** A code may be written in so many words: hmf6025-blk. */
const RUN_WORDS_MOST = 3
/** Part of the codes that must be written in one way for an unknown word written so to be one. */
const USUAL_FORM_LEAST = 0.02
/** Rows that may share a word that is taken for a code of its own. */
const ROWS_OF_UNKNOWN_MOST = 3

export function fillCodes(fields: readonly Field[]): readonly Field[] {
  const isOwn = areOwn(fields)
  const title = fields.find(({ kind }, i) => kind === 'text' && isOwn[i])
  if (title === undefined || fields.every(({ kind }) => kind !== 'code')) return fields
  const runs = title.dictionary.map(runsOf)
  return fields.map((field) => (field.kind === 'code' ? filled(field, title, runs) : field))
}

/** @param runs what may be a code in each title of the dictionary */
function filled(field: Field, title: Field, runs: readonly (readonly string[])[]): Field {
  const known = new Set(field.dictionary.filter(isCode))
  let [both, repeating] = [0, 0]
  field.ids.forEach((id, row) => {
    if (id === 0 || title.ids[row] === 0) return
    both++
    if (runs[title.ids[row]].includes(field.dictionary[id])) repeating++
  })
  if (repeating < Math.max(REPEATED_LEAST * both, REPEATING_ROWS_LEAST)) return field
  const forms = new Map<string, number>()
  for (const code of known) forms.set(formOf(code), (forms.get(formOf(code)) ?? 0) + 1)
  const rowsOf = new Map<string, number>()
  runs.forEach((list, id) => {
    for (const run of list) rowsOf.set(run, (rowsOf.get(run) ?? 0) + title.counts[id])
  })
  const isUnknownCode = (word: string) =>
    (forms.get(formOf(word)) ?? 0) >= USUAL_FORM_LEAST * known.size &&
    (rowsOf.get(word) as number) <= ROWS_OF_UNKNOWN_MOST
  const ofTitle = runs.map((list) => only(list.filter((run) => known.has(run))) ?? only(list.filter(isUnknownCode)))
  return withCells(
    field,
    Array.from(field.ids, (id, row) => (id === 0 ? (ofTitle[title.ids[row]] ?? '') : field.dictionary[id])),
  )
}

/** The longest of words of which each is a part of it; undefined where there are several, or none. */
function only(words: readonly string[]): string | undefined {
  const longest = words.reduce((best, word) => (word.length > best.length ? word : best), '')
  return longest !== '' && words.every((word) => longest.includes(word)) ? longest : undefined
}

export function withCells(field: Field, cells: readonly string[]): Field {
  const dictionary = ['', ...[...new Set(cells)].filter((cell) => cell !== '').sort()]
  const numbers = new Map(dictionary.map((value, id) => [value, id]))
  const ids = sharedInts(cells.length)
  const counts = sharedInts(dictionary.length)
  const asides = field.asides === undefined ? undefined : sharedInts(dictionary.length)
  cells.forEach((cell, row) => {
    ids[row] = numbers.get(cell) as number
    counts[ids[row]]++
    const before = field.ids[row]
    if (asides !== undefined)
      asides[ids[row]] |= asidesLeft(field.asides?.[before] ?? 0, field.dictionary[before], cell)
  })
  return { ...field, dictionary, ids, counts, known: cells.length - counts[0], asides }
}

/** Words of a title that may be codes, and up to three neighbours run together. */
function runsOf(text: string): string[] {
  const words = text.split(' ')
  const runs = new Set<string>()
  for (let from = 0; from < words.length; from++) {
    let run = ''
    for (let to = from; to < Math.min(from + RUN_WORDS_MOST, words.length); to++) {
      run += words[to]
      if (isCode(run)) runs.add(run)
    }
  }
  return [...runs]
}

function isCode(word: string): boolean {
  return word.length >= (/[a-z]/.test(word) ? LENGTH_LEAST : DIGITS_LEAST) && /\d/.test(word)
}

/** abc1234 → aaa0000 */
function formOf(code: string): string {
  return code.replace(/\d/g, '0').replace(/\p{L}/gu, 'a')
}
