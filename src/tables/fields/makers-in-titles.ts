/**
 * Makers that stand in the title: one shop has a column for the brand, the other begins the line with it, or ends it so.
 *
 * In:  fields. Out: the same fields, titles without the maker they begin or end with, and a row without a maker has the one
 *      that its title begins or ends with. Pure.
 * "encore software 13781 westward" is "westward" by Encore Software; two beers of one brewery have its name in common and
 * nothing else. Only where some of the rows that have a maker begin their titles with it and others do not is this done. A maker may be
 * called by the first words of its name (punch software, punch) where these are nobody else's. Words that mean makers where they
 * begin a title are taken off too where the row's own cell says another maker: one of the two is a slip.
 * Leaves to open-tables.ts: that it is done between two tables only.
 */
import { withCells } from './codes-in-titles.ts'
import type { Field } from './fields.ts'
import { areOwn, chanceToRepeat } from './own-names.ts'

/**
 * Part of rows with maker and title, and number of them, whose titles must begin with the maker. Where nearly all do, both
 * shops write so, and its words in both titles do no harm (they do some good where a cell of the maker's column is wrong).
 */
const LEADING_LEAST = 0.1
const LEADING_MOST = 0.8
const LEADING_ROWS_LEAST = 10
/** Of the rows whose titles begin so and that have a maker, the part that must have the same one. */
const MEANT_LEAST = 0.8
/** Of the rows whose titles begin so, the part whose maker must be called so, for these words to be a maker's in every row. */
const LEADS_LEAST = 0.6
const LETTERS_LEAST = 3
/** Words of a maker's name that are looked for at the head of a title. */
const NAME_WORDS_MOST = 4
/** Things a maker has, on average over the things: a description that begins with the title has one. */
const THINGS_LEAST = 1.5

export function partMakers(fields: readonly Field[]): readonly Field[] {
  const isOwn = areOwn(fields)
  const title = fields.find(({ kind }, i) => kind === 'text' && isOwn[i])
  if (title === undefined) return fields
  const titles = title.dictionary.map((text) => text.split(' '))
  const makers = fields
    .filter((field) => field !== title && (field.kind === 'text' || field.kind === 'category'))
    .filter((field) => chanceToRepeat(field) * field.known >= THINGS_LEAST)
    .map((field) => ({ field, leads: leadsOf(field, title, titles) }))
    .filter(
      ({ leads }) => leads.part >= LEADING_LEAST && leads.part <= LEADING_MOST && leads.rows >= LEADING_ROWS_LEAST,
    )
    .sort((x, y) => y.leads.part - x.leads.part)
  if (makers.length === 0) return fields
  const [{ field: maker, leads }] = makers
  const makerOf = Array.from(maker.ids, (id, row) =>
    id !== 0 ? maker.dictionary[id] : (makerIn(titles[title.ids[row]], leads.makers) ?? ''),
  )
  const bare = Array.from(title.ids, (id, row) => withoutMaker(titles[id], makerOf[row], leads.starts))
  return fields.map((field) => {
    if (field === title) return withCells(title, bare)
    return field === maker ? withCells(maker, makerOf) : field
  })
}

interface Leads {
  /** Rows whose titles begin with their maker, and which part of those that have both it is. */
  readonly rows: number
  readonly part: number
  /** What a title may begin with, and the maker it means. */
  readonly makers: ReadonlyMap<string, string>
  /** What titles begin with that is some maker's, whatever the row's own maker. */
  readonly starts: ReadonlySet<string>
}

function leadsOf(maker: Field, title: Field, titles: readonly (readonly string[])[]): Leads {
  let both = 0
  let rows = 0
  const names = maker.dictionary.map((text) => text.split(' '))
  const forms = new Map<string, Map<string, number>>()
  const begun = new Map<string, number>()
  maker.ids.forEach((id, row) => {
    const words = titles[title.ids[row]]
    if (id === 0 || title.ids[row] === 0) return
    both++
    for (let count = 1; count <= Math.min(NAME_WORDS_MOST, words.length - 1); count++) {
      const form = words.slice(0, count).join(' ')
      begun.set(form, (begun.get(form) ?? 0) + 1)
    }
    const shared = sharedStart(words, names[id])
    if (shared === 0) return
    rows++
    for (let count = 1; count <= shared; count++) {
      const form = words.slice(0, count).join(' ')
      const meant = forms.get(form) ?? new Map<string, number>()
      forms.set(form, meant.set(maker.dictionary[id], (meant.get(maker.dictionary[id]) ?? 0) + 1))
    }
  })
  const makers = new Map<string, string>()
  const starts = new Set<string>()
  for (const [form, meant] of forms) {
    const [commonest, times] = [...meant].reduce((best, each) => (each[1] > best[1] ? each : best))
    const all = [...meant.values()].reduce((sum, count) => sum + count, 0)
    if (times > 1 && times >= MEANT_LEAST * all) makers.set(form, commonest)
    // The first word of a name may be a word of other things too: da lite makes da glas.
    if (form.replaceAll(' ', '').length < LETTERS_LEAST) continue
    if (all > 1 && all >= LEADS_LEAST * (begun.get(form) ?? 0)) starts.add(form)
  }
  for (const name of maker.dictionary) if (name.length >= LETTERS_LEAST) makers.set(name, name)
  return { rows, part: both === 0 ? 0 : rows / both, makers, starts }
}

/** Words in which a title and a name begin alike; none where that is all the title says, or hardly a word. */
function sharedStart(title: readonly string[], name: readonly string[]): number {
  let count = 0
  while (count < name.length && title[count] === name[count]) count++
  if (count === title.length) return 0
  return title.slice(0, count).join('').length < LETTERS_LEAST ? 0 : count
}

/**
 * Words at the end of a title that are the whole name of its maker; none where that is all the title says. Of columns
 * that titles end with and do not begin with nothing is asked: these are kinds of things (stout).
 */
function sharedEnd(title: readonly string[], name: readonly string[]): number {
  const from = title.length - name.length
  if (from < 1 || name.join('').length < LETTERS_LEAST) return 0
  return name.every((word, i) => title[from + i] === word) ? name.length : 0
}

function makerIn(title: readonly string[], makers: ReadonlyMap<string, string>): string | undefined {
  for (let count = Math.min(title.length - 1, NAME_WORDS_MOST); count > 0; count--) {
    const maker = makers.get(title.slice(0, count).join(' '))
    if (maker !== undefined) return maker
  }
  // At the end only whole names are makers: "punch" may be what the thing is.
  for (let count = Math.min(title.length - 1, NAME_WORDS_MOST); count > 0; count--) {
    const words = title.slice(title.length - count).join(' ')
    if (makers.get(words) === words) return words
  }
  return undefined
}

function withoutMaker(title: readonly string[], maker: string, starts: ReadonlySet<string>): string {
  const name = maker.split(' ')
  const own = sharedStart(title, name)
  if (own > 0) return title.slice(own).join(' ')
  const end = sharedEnd(title, name)
  if (end > 0) {
    const from = title.length - end
    return title.slice(0, from > 1 && title[from - 1] === 'by' ? from - 1 : from).join(' ')
  }
  for (let count = Math.min(title.length - 1, NAME_WORDS_MOST); count > 0; count--)
    if (starts.has(title.slice(0, count).join(' '))) return title.slice(count).join(' ')
  return title.join(' ')
}
