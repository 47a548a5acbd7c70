/**
 * Asides that say nothing new: "Palm (Atlanta)" in Atlanta.
 *
 * In:  fields. Out: the same fields, texts and full names without what stands in brackets where other cells of the row say it
 *      already. Pure.
 * A guide tells the branches of one name apart so. Beside a column of towns it is no part of the name, and two places of one
 * town would be alike by it. Each word must be of a cell that stands in the brackets as a whole: what is only among the words
 * of a description or an address is news.
 */
import { WORDS_MOST } from './asides.ts'
import { withCells } from './codes-in-titles.ts'
import type { Field } from './fields.ts'

/** Kinds whose cells say it in words. The number of a model, or a year, keeps its place: titles are told apart by their numbers. */
const SAYING: readonly Field['kind'][] = ['text', 'full name', 'category', 'address']

export function leaveOutSaid(fields: readonly Field[]): readonly Field[] {
  return fields.map((field) => {
    const { asides, dictionary } = field
    if (asides === undefined) return field
    const others = fields.filter((other) => other !== field && SAYING.includes(other.kind))
    const bare = Array.from(field.ids, (id, row) =>
      asides[id] === 0
        ? dictionary[id]
        : withoutSaid(
            dictionary[id],
            asides[id],
            others.map((other) => other.dictionary[other.ids[row]]).filter((cell) => cell !== ''),
          ),
    )
    return bare.every((text, row) => text === dictionary[field.ids[row]]) ? field : withCells(field, bare)
  })
}

/**
 * @param mask which of its words are asides; never all of them
 * @param cells the other ones of the row
 */
function withoutSaid(text: string, mask: number, cells: readonly string[]): string {
  const words = text.split(' ')
  const isAside = words.map((_, place) => place < WORDS_MOST && ((mask >>> place) & 1) === 1)
  const left: string[] = []
  for (let from = 0, to = 1; from < words.length; from = to++) {
    while (to < words.length && isAside[to] === isAside[from]) to++
    const run = words.slice(from, to)
    if (!isAside[from] || !isSaid(run, cells)) left.push(...run)
  }
  return left.join(' ')
}

function isSaid(run: readonly string[], cells: readonly string[]): boolean {
  const whole = cells.map((cell) => cell.split(' ')).filter((words) => words.every((word) => run.includes(word)))
  return run.every((word) => whole.some((words) => words.includes(word)))
}
