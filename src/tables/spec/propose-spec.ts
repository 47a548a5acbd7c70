/**
 * A spec proposed from headers and cells, for somebody who has none yet: what each column seems to hold, and why.
 *
 * In:  one or two tables. Out: a spec in the form a person may write, and a note per column. Headers speak first (Latin
 *      and Chinese), cells where headers say nothing. A column that looks like the answer (cluster, true_id) is ignored.
 * It is a guess to be read, not a measurement: `bidui propose-spec` prints it, `--spec auto` takes it as it is.
 */
import { countOf } from '../../display-text.ts'
import { BiduiError, EXIT } from '../../errors.ts'
import { readDates } from '../fields/dates.ts'
import { foldText, looksLikeNumber, saysNothing } from '../fields/fold.ts'
import { type HeaderMeaning, meaningOf, wordsOf } from './header-words.ts'
import { endsInLegalForm, foldLegalForms } from '../fields/legal-forms.ts'
import { pairColumns } from './pair-columns.ts'
import { rowAsHeader } from './missing-header.ts'
import { identifierOf, isRowNumber } from './row-identifiers.ts'
import type { Table, TableColumn } from '../read/read-table.ts'
import { RepeatedColumns } from './repeated-columns.ts'
import type { ColumnKind, SpecInput } from './spec.ts'
import { isWrittenDate, someOf } from './some-cells.ts'
import { type ValueMeanings, valueMeanings } from './value-meanings.ts'

export interface ColumnProposal {
  readonly column: string
  /** `id`: identifies the row. */
  readonly kind: ColumnKind | 'id'
  readonly reason: string
  /** The header in the right table, if it is another. */
  readonly right?: string
}

export interface SpecProposal {
  readonly spec: SpecInput
  readonly columns: readonly ColumnProposal[]
}

function nothingToCompare(left: Table, right: Table | undefined): BiduiError {
  const empty = [left, ...(right === undefined ? [] : [right])].find(({ rowCount }) => rowCount === 0)
  if (empty !== undefined)
    return new BiduiError('E519', EXIT.config, `${empty.name}: 只有表头没有数据 · the file has a header and no rows.`, {
      advice: '导出是否不完整 · was the export cut short?',
    })
  if (right === undefined)
    return new BiduiError(
      'E519',
      EXIT.config,
      `${left.name}: 看不出各列是什么(${left.rowCount} 行) · of no column can it be told what it holds (${countOf(left.rowCount, 'row')}).`,
      { advice: '请手写说明 · write the spec by hand: columns: { name: full name, born: date }.' },
    )
  return new BiduiError(
    'E519',
    EXIT.config,
    `${left.name}: 看不出两表共有的列 · no column of its kind can be told that both tables have.`,
    {
      advice:
        '请手写说明，用 {left: …, right: …} 写出两边的列名 · write the spec by hand: it names the two headers of a column.',
    },
  )
}

/** A guess from the cells of a row that lost its place to be the header would be a guess, and the row would be missing. */
function refuseRowsAsHeaders(tables: readonly Table[]): void {
  for (const table of tables) {
    const column = rowAsHeader(table)
    if (column !== undefined)
      throw new BiduiError(
        'E521',
        EXIT.config,
        `${table.name}: 第 1 行像是数据(第 ${column} 列)，没有列名 · line 1 looks like a row (column ${column}); the names of the columns are missing.`,
        {
          advice:
            '首行就是数据的加 --no-header，列名为 c1、c2…；列说明写了列名的照首行读 · with --no-header columns are called c1, c2, …; a spec that names them takes line 1 as it is.',
        },
      )
  }
}

/** @param answer a column that says who is who, wherever it is known to be one */
export function proposeSpec(left: Table, right?: Table, answer?: string): SpecProposal {
  refuseRowsAsHeaders(right === undefined ? [left] : [left, right])
  const values = [left, ...(right === undefined ? [] : [right])].map((table) => valueMeanings(table, answer))
  const id = identifierOf(left, answer, values[0])
  const rightId = right === undefined ? id : identifierOf(right, answer, values[1])
  const words = left.columns.map((column) => wordsOf(column.name))
  const columns: ColumnProposal[] =
    id === undefined ? [] : [{ column: id.name, kind: 'id', reason: 'a cell of its own in every row' }]
  const earlier = new RepeatedColumns()
  const notRepeated = (sides: readonly TableColumn[], guess: { kind: ColumnKind; reason: string }) => {
    const said = guess.kind === 'ignore' ? undefined : earlier.repeatedBy(sides)
    return said === undefined ? guess : { kind: 'ignore' as const, reason: `says once more what ${said} says` }
  }
  const take = (sides: readonly TableColumn[], paired?: string) => {
    const [{ name }, other] = sides
    const { kind, reason } =
      name === answer
        ? { kind: 'ignore' as const, reason: 'the answer' }
        : isRowNumber(sides, left.rowCount, right?.rowCount)
          ? { kind: 'ignore' as const, reason: 'a cell of its own in every row' }
          : notRepeated(sides, kindOf(sides, words, agreed(sides, values)))
    columns.push({
      column: name,
      kind,
      reason: paired === undefined ? reason : `${reason}; ${paired}`,
      ...(other === undefined || other.name === name ? {} : { right: other.name }),
    })
  }
  const rest = left.columns.filter((column) => column !== id)
  if (right === undefined) for (const column of rest) take([column])
  else {
    const others = right.columns.filter((column) => column !== rightId)
    for (const pair of pairColumns(rest, others, values)) take([pair.left, pair.right], pair.reason)
  }
  const compared = columns.filter(({ kind }) => kind !== 'id' && kind !== 'ignore')
  if (compared.length === 0) throw nothingToCompare(left, right)
  return {
    spec: {
      id: id?.name === rightId?.name ? id?.name : { left: id?.name, right: rightId?.name },
      columns: Object.fromEntries(
        columns
          .filter(({ kind }) => kind !== 'id')
          .map(({ column, kind, right: other }) => [
            column,
            other === undefined ? kind : { kind, left: column, right: other },
          ]),
      ),
    },
    columns,
  }
}

/** The proposal as YAML with the reasons beside it, to be saved and corrected. */
export function proposalLines(proposal: SpecProposal): string[] {
  const { id } = proposal.spec
  const sides = typeof id === 'object' ? id : { left: id, right: id }
  const named = (['left', 'right'] as const).flatMap((side) => {
    const name = sides[side]
    return name === undefined ? [] : [`${side}: ${quoted(name)}`]
  })
  const lines = [
    typeof id === 'string'
      ? `id: ${quoted(id)}`
      : named.length === 0
        ? '# no column identifies each row: rows are numbered from 1'
        : `id: {${named.join(', ')}}`,
    'columns:',
  ]
  for (const { column, kind, reason, right } of proposal.columns) {
    if (kind === 'id') continue
    const value = right === undefined ? kind : `{kind: ${kind}, left: ${quoted(column)}, right: ${quoted(right)}}`
    lines.push(`  ${`${quoted(column)}: ${value}`.padEnd(36)} # ${reason}`)
  }
  return lines
}

/** What the cells of a column mean, where both tables say the same of it. */
function agreed(sides: readonly TableColumn[], values: readonly ValueMeanings[]): HeaderMeaning | undefined {
  const [mine, theirs] = sides.map((side, s) => values[s].get(side))
  if (sides.length === 1 || mine?.kind === theirs?.kind) return mine
  return [mine, theirs].every((each) => each === undefined || each.concept === 'number') ? (mine ?? theirs) : undefined
}

function kindOf(
  sides: readonly TableColumn[],
  words: readonly string[],
  ofValues: HeaderMeaning | undefined,
): { kind: ColumnKind; reason: string } {
  const shape = shapeOf(sides)
  if (shape.known === 0) return { kind: 'ignore', reason: 'empty everywhere' }
  if (shape.distinct === 1) return { kind: 'ignore', reason: 'the same in every row' }
  const header = wordsOf(sides[0].name)
  if (NUMBERED_CLASS.test(header) && shape.numbers === 1 && shape.distinct >= CLASSES_LEAST)
    return { kind: 'ignore', reason: 'looks like the answer' }
  const meaning = meaningOf(header, words)
  if (meaning === undefined && ofValues !== undefined)
    return { kind: ofValues.kind, reason: `cells look like ${NOUNS[ofValues.concept] ?? ofValues.concept}` }
  if (meaning === undefined) return byCells(shape, sides)
  const { concept, kind } = meaning
  // Numbers or codes say who is who; words under such a header are what the thing is called.
  if (concept === 'answer' && UNSURE_ANSWER.test(header) && shape.numbers < 0.9 && shape.codes < 0.8)
    return byCells(shape, sides)
  // What a header says of numbers, dates and names is checked against the cells.
  if (concept === 'state' || (concept === 'town' && shape.numbers >= 0.5)) return byCells(shape, sides)
  if (kind === 'date' && shape.dates < 0.5) return byCells(shape, sides)
  if (kind === 'number' && shape.numbers < 0.8) return byCells(shape, sides)
  const others = sides.slice(1).map(({ name }) => meaningOf(wordsOf(name), [])?.concept)
  if (concept === 'name' && others.some((each) => each === 'organisation' || each === 'title'))
    return { kind: 'text', reason: 'a name of things, as the header of the other table says' }
  if (concept === 'name' && words.some((each) => OF_THINGS.test(each)))
    return { kind: 'text', reason: 'a name of things, as the other headers say' }
  if (concept === 'name' && shape.withForms >= TITLES_LEAST)
    return { kind: 'text', reason: 'a name that ends in a legal form is a company' }
  if (concept === 'name' && shape.withDigits >= TITLES_LEAST)
    return { kind: 'text', reason: 'a name with numbers in it is a title' }
  if (concept === 'title' && (shape.numbers >= 0.9 || shape.words < 1.3)) return byCells(shape, sides)
  return { kind, reason: concept === 'answer' ? 'looks like the answer' : 'from the header' }
}

/** Concepts of value-meanings.ts as a reason names them. */
const NOUNS: Readonly<Record<string, string>> = {
  email: 'electronic addresses',
  telephone: 'telephones',
  number: 'numbers of things',
  address: 'street addresses',
  person: 'names of persons',
  'given name': 'given names',
  'family name': 'family names',
}

const UNSURE_ANSWER = /^(entity|ent|match|group|label)$/
/** So many numbered classes are hardly kinds of things. */
const NUMBERED_CLASS = /^(class|cid)$/
const CLASSES_LEAST = 20
/** What has a price, a maker or a director is no person. */
const OF_THINGS =
  /^((list |sale )?price|brand|manufacturer|maker|model( ?no| ?number)?|mpn|sku|director|directors|genre|artist|album|abv|isbn|publisher|duration|runtime|cuisines?|product category|amenity|stars|lei)$/
/** Persons have no digits in their names, and are no limited companies. */
const TITLES_LEAST = 0.1

interface Shape {
  readonly known: number
  readonly distinct: number
  /** Shares of the distinct cells. */
  readonly dates: number
  readonly numbers: number
  readonly codes: number
  readonly withDigits: number
  readonly withForms: number
  readonly pages: number
  /** Words of a distinct cell, on average. */
  readonly words: number
}

/** Letters. */
const CELL_BEGINNING = 1000

function shapeOf(sides: readonly TableColumn[]): Shape {
  let known = 0
  const ofSides = sides.map(({ cells: written, codes }) => {
    const saying = Uint8Array.from(written, (cell) => (saysNothing(cell) ? 0 : 1))
    for (const code of codes) known += saying[code]
    return written.filter((_, code) => saying[code] === 1)
  })
  const distinct = ofSides.length === 1 ? ofSides[0] : [...new Set(ofSides.flat())]
  // The beginning of a cell says what it is; an article in one takes a pattern more stack than there is.
  const cells = someOf(distinct).map((cell) => cell.slice(0, CELL_BEGINNING))
  const share = (test: (cell: string) => boolean) => (cells.length === 0 ? 0 : cells.filter(test).length / cells.length)
  const { dates } = readDates(cells, new Float64Array(cells.length).fill(1))
  const plausible = cells.filter((cell, i) => isWrittenDate(cell, dates[i])).length / Math.max(cells.length, 1)
  return {
    known,
    distinct: distinct.length,
    dates: plausible,
    numbers: share(looksLikeNumber),
    codes: share((cell) => /^[\p{L}\p{N}+()/.\-@_]{3,}$/u.test(cell.trim()) && /\d/.test(cell)),
    // Not the third baronet.
    withDigits: share((cell) => /\d(?!\d*(st|nd|rd|th)\b|\d)/i.test(cell)),
    withForms: share((cell) => endsInLegalForm(foldLegalForms(foldText(cell)))),
    pages: share((cell) => /^(https?:\/\/|www\.)/i.test(cell.trim())),
    words: cells.reduce((sum, cell) => sum + cell.trim().split(/\s+/).length, 0) / Math.max(cells.length, 1),
  }
}

function byCells(shape: Shape, sides: readonly TableColumn[]): { kind: ColumnKind; reason: string } {
  const reason = 'from the cells'
  if (shape.dates >= 0.8) return { kind: 'date', reason }
  if (shape.pages >= 0.8) return { kind: 'code', reason: 'addresses of pages' }
  // Ten numbers or more are months, hours, floors rather than names of kinds.
  if (shape.distinct >= 10 && shape.distinct <= 31 && shape.numbers === 1) return { kind: 'number', reason }
  if (shape.distinct <= 20 && shape.distinct * 20 <= shape.known && haveOneList(sides, shape.words))
    return { kind: 'category', reason: 'few different cells' }
  if (shape.numbers >= 0.9) return { kind: 'number', reason }
  if (shape.codes >= 0.8) return { kind: 'code', reason }
  return { kind: 'text', reason: 'words' }
}

/** Two tables that name kinds from different lists agree on words of them at most: "Stout" and "Imperial Stout". */
function haveOneList([left, right]: readonly TableColumn[], words: number): boolean {
  if (right === undefined || words < WORDS_OF_KINDS) return true
  const [mine, theirs] = [left, right].map(
    (side) => new Set(side.cells.filter((cell) => !saysNothing(cell)).map(foldText)),
  )
  const shared = [...mine].filter((cell) => theirs.has(cell)).length
  return 2 * shared >= Math.min(mine.size, theirs.size)
}

/** Words of a kind on average from which some of them may agree. */
const WORDS_OF_KINDS = 1.3

function quoted(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(text) && !/^(yes|no|true|false|null|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text)
}
