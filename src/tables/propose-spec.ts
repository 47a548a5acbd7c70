/**
 * A spec proposed from headers and cells, for somebody who has none yet: what each column seems to hold, and why.
 *
 * In:  one or two tables. Out: a spec in the form a person may write, and a note per column. Headers speak first (Latin
 *      and Chinese), cells where headers say nothing. A column that looks like the answer (cluster, true_id) is ignored.
 * It is a guess to be read, not a measurement: `bidui propose-spec` prints it, `--spec auto` takes it as it is.
 */
import { BiduiError, EXIT } from '../errors.ts'
import { readDates } from './dates.ts'
import { looksLikeNumber, saysNothing } from './fold.ts'
import type { Table, TableColumn } from './read-table.ts'
import type { ColumnKind, SpecInput } from './spec.ts'

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

/** What a header says: words of it joined by spaces, against these in order. */
const HEADERS: readonly (readonly [RegExp, ColumnKind, string])[] = [
  [
    /^(true|gold)\b|^(cluster|entity|match|group|label|person key|真值|聚类)( (id|key|no))?$/,
    'ignore',
    'looks like the answer',
  ],
  [
    /\b(full|complete|whole) ?name|^name$|^names$|first and (sur|last) ?name|姓名|名字|authors?$/,
    'full name',
    'header',
  ],
  [
    /\b(given|first|fore|middle|christian|preferred|second given) ?names?\b|^[fm] ?name|^(first|given|middle|forename)$|^名$/,
    'given name',
    'header',
  ],
  [/\b(sur|last|family|maiden) ?names?\b|^l ?name|^(last|family|surname)$|^姓$|姓氏/, 'family name', 'header'],
  [/\b(dob|born|birth ?day)\b|\bdate\b|birth date|日期|生日/, 'date', 'header'],
  [/^(sex|gender)$|性别/, 'category', 'header'],
  [
    /\b(e ?mail|phone|telephone|tel|mobile|fax|zip|zip ?code|post ?code|postal|postcode fake|ssn|soc sec|passport|nino|isbn|doi)\b|number$|\bno$|身份证|证件|手机|电话|邮编|号码/,
    'code',
    'header',
  ],
  [/\b(addr|address|street)\b|地址|住址|住所/, 'address', 'header'],
  [/\b(age|year|price|amount|count|height|weight)\b|年龄|岁|价格|年份/, 'number', 'header'],
]

const ID_HEADER = /^(id|key|record|rec|row|unique id|unique key|uid|uuid|编号|序号|主键)$|\b(id|key)$/

export function proposeSpec(left: Table, right?: Table): SpecProposal {
  const rightHeader = new Map(right?.columns.map((column) => [wordsOf(column.name), column.name]))
  const shared = left.columns.filter((column) => right === undefined || rightHeader.has(wordsOf(column.name)))
  const sidesOf = (column: TableColumn): TableColumn[] => {
    const other = right?.columns.find((one) => one.name === rightHeader.get(wordsOf(column.name)))
    return other === undefined ? [column] : [column, other]
  }
  const idOf = (table: Table): TableColumn => {
    const unique = table.columns.filter(
      (column) => column.cells.length === table.rowCount && !column.cells.includes(''),
    )
    const found =
      unique.find((column) => ID_HEADER.test(wordsOf(column.name))) ?? (unique[0] as TableColumn | undefined)
    if (found !== undefined) return found
    throw new BiduiError('E518', EXIT.config, `${table.name}: no column identifies each row.`, {
      advice: 'Add a column with a number for every row; its header may be id.',
    })
  }
  const id = idOf(left)
  const rightId = right === undefined ? id : idOf(right)
  const columns: ColumnProposal[] = [{ column: id.name, kind: 'id', reason: 'a cell of its own in every row' }]
  for (const column of shared) {
    const sides = sidesOf(column)
    if (column.name === id.name || sides[1]?.name === rightId.name) continue
    const { kind, reason } = kindOf(sides)
    const other = sides[1]?.name
    columns.push({
      column: column.name,
      kind,
      reason,
      ...(other === undefined || other === column.name ? {} : { right: other }),
    })
  }
  const compared = columns.filter(({ kind }) => kind !== 'id' && kind !== 'ignore')
  if (compared.length === 0)
    throw new BiduiError(
      'E519',
      EXIT.config,
      `${left.name}: no column of its kind can be told that both tables have.`,
      {
        advice: 'Write the spec by hand: {left: …, right: …} names the two headers of a column.',
      },
    )
  return {
    spec: {
      id: id.name === rightId.name ? id.name : { left: id.name, right: rightId.name },
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
  const lines = [
    typeof id === 'string' ? `id: ${quoted(id)}` : `id: {left: ${quoted(id.left)}, right: ${quoted(id.right)}}`,
    'columns:',
  ]
  for (const { column, kind, reason, right } of proposal.columns) {
    if (kind === 'id') continue
    const value = right === undefined ? kind : `{kind: ${kind}, left: ${quoted(column)}, right: ${quoted(right)}}`
    lines.push(`  ${`${quoted(column)}: ${value}`.padEnd(36)} # ${reason}`)
  }
  return lines
}

function kindOf(sides: readonly TableColumn[]): { kind: ColumnKind; reason: string } {
  const shape = shapeOf(sides)
  if (shape.known === 0) return { kind: 'ignore', reason: 'empty everywhere' }
  if (shape.distinct === 1) return { kind: 'ignore', reason: 'the same in every row' }
  const header = wordsOf(sides[0].name)
  const named = HEADERS.find(([pattern]) => pattern.test(header))
  if (named !== undefined) {
    const [, kind, reason] = named
    // "number" and "date" in a header are checked against the cells.
    if (kind === 'date' && shape.dates < 0.5) return byCells(shape)
    if (kind === 'number' && shape.numbers < 0.8) return byCells(shape)
    return { kind, reason: reason === 'header' ? 'from the header' : reason }
  }
  return byCells(shape)
}

interface Shape {
  readonly known: number
  readonly distinct: number
  /** Shares of the distinct cells. */
  readonly dates: number
  readonly numbers: number
  readonly codes: number
}

function shapeOf(sides: readonly TableColumn[]): Shape {
  const cells = [...new Set(sides.flatMap((side) => side.cells.filter((cell) => !saysNothing(cell))))]
  const saying = sides.map((side) => side.cells.map((cell) => !saysNothing(cell)))
  let known = 0
  sides.forEach((side, s) => {
    for (const code of side.codes) if (saying[s][code]) known++
  })
  const share = (test: (cell: string) => boolean) => (cells.length === 0 ? 0 : cells.filter(test).length / cells.length)
  const { dates } = readDates(cells, new Float64Array(cells.length).fill(1))
  const plausible = cells.filter((cell, i) => isWrittenDate(cell, dates[i])).length / Math.max(cells.length, 1)
  return {
    known,
    distinct: cells.length,
    dates: plausible,
    numbers: share(looksLikeNumber),
    codes: share((cell) => /^[\p{L}\p{N}+()/.\-@_]{3,}$/u.test(cell.trim()) && /\d/.test(cell)),
  }
}

function isWrittenDate(cell: string, date: number): boolean {
  const year = Math.floor(date / 10_000)
  return year > 1000 && year < 2200 && /\d{8}|\d[-/.年 ]\d|[a-z]{3}.*\d{4}/i.test(cell)
}

function byCells(shape: Shape): { kind: ColumnKind; reason: string } {
  const reason = 'from the cells'
  if (shape.dates >= 0.8) return { kind: 'date', reason }
  if (shape.distinct <= 20 && shape.distinct * 20 <= shape.known)
    return { kind: 'category', reason: 'few different cells' }
  if (shape.numbers >= 0.9) return { kind: 'number', reason }
  if (shape.codes >= 0.8) return { kind: 'code', reason }
  return { kind: 'text', reason: 'words' }
}

/** unique_id, UniqueID and "unique id" are the same words. */
function wordsOf(header: string): string {
  return header
    .normalize('NFKC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_\-\s.]+/g, ' ')
    .replace(/([a-zA-Z])(\d)/g, '$1 $2')
    .trim()
    .toLowerCase()
}

function quoted(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ ]*$/u.test(text) && !/^(yes|no|true|false|null|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text)
}
