/**
 * Values that stand in the title: one shop has a column for the colour or the size and a bare title, the other names it in both.
 *
 * In:  fields, how many rows are left ones. Out: the same fields, titles without their row's own value, and a row without a value
 *      has the one that its title names. Pure.
 * "Veiled Rouge Lipstick - PK304 Skyglow" is "veiled rouge" in PK304 Skyglow: what the column says already must not make
 * the title another one. Only where the rows of one side name their value in the title and those of the other do not:
 * where both write so, it does no harm.
 * Leaves to makers-in-titles.ts: makers, whom some rows of either side name at the head of the title or its end.
 */
import { withCells } from './codes-in-titles.ts'
import type { Field } from './fields.ts'
import { areOwn } from './own-names.ts'

/** Part of the rows with both of the side that names them, and number of these rows; part of those of the other side at most. */
const NAMED_LEAST = 0.5
const NAMING_ROWS_LEAST = 20
const NAMED_MOST = 0.1
/** Signs of a value that can be known again in a title. */
const LETTERS_LEAST = 3
/** Of the titles that hold all words of a value, in rows that have one, the part whose value it must be for others to have it too. */
const MEANT_LEAST = 0.8
/** And so many of them, where the value is one word. */
const MEANT_ROWS_LEAST = 2

export function partValues(fields: readonly Field[], leftCount: number): readonly Field[] {
  const isOwn = areOwn(fields)
  const title = fields.find(({ kind }, i) => kind === 'text' && isOwn[i])
  if (title === undefined) return fields
  const titles = title.dictionary.map((text) => text.split(' '))
  const parted = fields
    .filter((field) => field !== title && (field.kind === 'text' || field.kind === 'category'))
    .map((field) => ({ field, side: sideThatNames(field, title, titles, leftCount) }))
    .find(({ side }) => side !== undefined)
  if (parted === undefined) return fields
  const { field, side } = parted
  const valueIn = valuesMeant(field, title, titles)
  const isNaming = (row: number) => row < leftCount === (side === 'left')
  const values = Array.from(field.ids, (id, row) =>
    isNaming(row) && !isKnowable(field.dictionary[id])
      ? valueIn(titles[title.ids[row]]) || field.dictionary[id]
      : field.dictionary[id],
  )
  const bare = Array.from(title.ids, (id, row) =>
    isNaming(row) ? withoutValue(titles[id], values[row]) : title.dictionary[id],
  )
  return fields.map((each) =>
    each === title ? withCells(title, bare) : each === field ? withCells(field, values) : each,
  )
}

/** The side whose rows name their value in the title, where those of the other do not. */
function sideThatNames(
  field: Field,
  title: Field,
  titles: readonly (readonly string[])[],
  leftCount: number,
): 'left' | 'right' | undefined {
  const both = [0, 0]
  const naming = [0, 0]
  const values = field.dictionary.map((text) => text.split(' '))
  field.ids.forEach((id, row) => {
    const words = titles[title.ids[row]]
    if (title.ids[row] === 0 || !isKnowable(field.dictionary[id])) return
    const side = row < leftCount ? 0 : 1
    both[side]++
    if (holds(words, values[id])) naming[side]++
  })
  const names = (side: 0 | 1) =>
    naming[side] >= Math.max(NAMING_ROWS_LEAST, NAMED_LEAST * both[side]) &&
    both[1 - side] >= NAMING_ROWS_LEAST &&
    naming[1 - side] <= NAMED_MOST * both[1 - side]
  return names(0) ? 'left' : names(1) ? 'right' : undefined
}

/** What a title names that is a value of the column, and mostly means it where the row has one; '' where it names several. */
function valuesMeant(field: Field, title: Field, titles: readonly (readonly string[])[]) {
  const rowsOf = new Map<string, number>()
  for (const words of titles) for (const word of new Set(words)) rowsOf.set(word, (rowsOf.get(word) ?? 0) + 1)
  const byRarest = new Map<string, string[][]>()
  for (const value of field.dictionary.filter(isKnowable)) {
    const words = value.split(' ')
    const rarest = words.reduce((best, word) => ((rowsOf.get(word) ?? 0) < (rowsOf.get(best) ?? 0) ? word : best))
    byRarest.set(rarest, [...(byRarest.get(rarest) ?? []), words])
  }
  const heldIn = (words: readonly string[]) =>
    [...new Set(words)].flatMap((word) => (byRarest.get(word) ?? []).filter((value) => holds(words, value)))
  const held = new Map<string, number>()
  const meant = new Map<string, number>()
  field.ids.forEach((id, row) => {
    if (!isKnowable(field.dictionary[id])) return
    for (const words of heldIn(titles[title.ids[row]])) {
      const value = words.join(' ')
      held.set(value, (held.get(value) ?? 0) + 1)
      if (value === field.dictionary[id]) meant.set(value, (meant.get(value) ?? 0) + 1)
    }
  })
  const isMeant = (words: readonly string[]) => {
    const value = words.join(' ')
    const [all, own] = [held.get(value) ?? 0, meant.get(value) ?? 0]
    return own >= MEANT_LEAST * all && own >= (words.length > 1 ? 0 : MEANT_ROWS_LEAST)
  }
  return (words: readonly string[]): string => {
    const found = heldIn(words).filter(isMeant)
    const longest = found.reduce<readonly string[]>((best, value) => (value.length > best.length ? value : best), [])
    return found.every((value) => holds(longest, value)) ? longest.join(' ') : ''
  }
}

function isKnowable(value: string): boolean {
  return value.length >= LETTERS_LEAST
}

/** Whether all words of a value are among those of a title, in whatever order: 001 Ivory, Ivory 001. */
function holds(title: readonly string[], value: readonly string[]): boolean {
  return value.every((word) => title.includes(word))
}

/** The title without one word for each of the value; the whole title where these are all it says or not all in it. */
function withoutValue(title: readonly string[], value: string): string {
  const words = value.split(' ')
  if (!isKnowable(value) || !holds(title, words)) return title.join(' ')
  const left = [...title]
  for (const word of words) if (left.includes(word)) left.splice(left.lastIndexOf(word), 1)
  return left.length === 0 ? title.join(' ') : left.join(' ')
}
