/**
 * A note that stands under a table: 注：本表一式两份, or 填表人 and 审核人 beside each other, in whichever columns they were written.
 *
 * In:  the cells of a row without a number and a birth that can be read, and how the rows of its file are read. Out: whether all that
 * the register requires of a person but the name is wanting, and the words are those of a note. Read as a person such a row is missing
 * everywhere; a row with a name and nothing else stays a person.
 */
import { type ColumnSpec, REGISTER_SPECS, REGISTERS } from '../../registers/columns.ts'
import type { FilePlan } from '../plan.ts'

/** What is required of a row and says something of somebody: by register, the column's kind by its name. */
const factsOf = REGISTERS.map(
  (register) =>
    new Map(
      REGISTER_SPECS[register].columns
        .filter(({ required, kind }) => required === true && kind !== 'name')
        .map(({ name, kind }) => [name, kind] as const),
    ),
)

/** No name has a colon, a full stop or a year in it, or begins so. */
const WORDS_OF_A_NOTE = /[:;。]|\d{4}年|^(?:注\d*[ .、]|说明|备注|以上|填表|制表|审核)/

export function isTableNote(textOf: (cell: number) => string, { header, register }: FilePlan): boolean {
  const saysNothing = header.every((name, cell) => {
    const kind = name === null ? undefined : factsOf[register].get(name)
    return kind === undefined || !saysSomething(kind, textOf(cell))
  })
  return saysNothing && header.some((_, cell) => WORDS_OF_A_NOTE.test(textOf(cell).normalize('NFKC').trim()))
}

/** A number, a date, a place or a key has a digit in it; a sex and a code may be words, a label such as 审核人： is none. */
function saysSomething(kind: ColumnSpec['kind'], text: string): boolean {
  const folded = text.normalize('NFKC').trim()
  if (/\d/.test(folded)) return true
  if (kind === 'sex') return /[男女]/.test(folded)
  return kind === 'code' && folded !== '' && !folded.includes(':')
}
