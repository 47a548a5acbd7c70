/**
 * The spec of a table: which column identifies a row, and what kind of thing each other column holds.
 *
 * In:  JSON or YAML text, or the same as an object. Out: a complete TableSpec; near spellings of kinds are accepted.
 * Every complaint names the place and, where there is one, the near word. Leaves to fields.ts: whether columns exist.
 */
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { BiduiError, EXIT, nearestWord } from '../../errors.ts'

export const KINDS = [
  'given name',
  'family name',
  'full name',
  'date',
  'number',
  'code',
  'text',
  'address',
  'category',
  'ignore',
] as const
export type ColumnKind = (typeof KINDS)[number]

const SYNONYMS: Readonly<Record<string, ColumnKind>> = {
  'first name': 'given name',
  forename: 'given name',
  given: 'given name',
  firstname: 'given name',
  名: 'given name',
  'middle name': 'given name',
  surname: 'family name',
  'last name': 'family name',
  family: 'family name',
  lastname: 'family name',
  姓: 'family name',
  name: 'full name',
  fullname: 'full name',
  person: 'full name',
  姓名: 'full name',
  'birth date': 'date',
  'date of birth': 'date',
  dob: 'date',
  日期: 'date',
  integer: 'number',
  numeric: 'number',
  amount: 'number',
  year: 'number',
  age: 'number',
  数字: 'number',
  identifier: 'code',
  id: 'code',
  'id number': 'code',
  number_code: 'code',
  postcode: 'code',
  'postal code': 'code',
  zip: 'code',
  phone: 'code',
  telephone: 'code',
  email: 'code',
  编码: 'code',
  string: 'text',
  words: 'text',
  place: 'text',
  occupation: 'text',
  文本: 'text',
  street: 'address',
  地址: 'address',
  sex: 'category',
  gender: 'category',
  categorical: 'category',
  性别: 'category',
  enum: 'category',
  skip: 'ignore',
  none: 'ignore',
  '-': 'ignore',
}

interface SpecColumn {
  /** What it is called in output: the left header, or the key of the spec. */
  readonly name: string
  readonly left: string
  readonly right: string
  readonly kind: ColumnKind
}

/** The header of each table's column of identifiers; a side without one is numbered by its rows, from 1. */
interface IdColumns {
  readonly left?: string | undefined
  readonly right?: string | undefined
}

export interface TableSpec {
  readonly id: IdColumns
  readonly columns: readonly SpecColumn[]
  /** Groups of names that stand for each other, beside those of nicknames.ts: [pepe, jose]. */
  readonly nicknames: readonly (readonly string[])[]
}

/** What a caller may write. */
export interface SpecInput {
  readonly id?: string | IdColumns | undefined
  readonly columns: Readonly<
    Record<
      string,
      string | { readonly kind: string; readonly left?: string | undefined; readonly right?: string | undefined }
    >
  >
  readonly nicknames?: readonly (readonly string[])[] | undefined
}

const sides = z.strictObject({ left: z.string().min(1).optional(), right: z.string().min(1).optional() })
const specInput = z.strictObject({
  id: z.union([z.string().min(1), sides]).optional(),
  columns: z.record(
    z.string(),
    z.union([
      z.string(),
      z.strictObject({ kind: z.string(), left: z.string().optional(), right: z.string().optional() }),
    ]),
  ),
  nicknames: z.array(z.array(z.string())).optional(),
})

export function readSpec(text: string, fileName: string): TableSpec {
  let value: unknown
  try {
    value = parseYaml(text)
  } catch (cause) {
    throw new BiduiError('E511', EXIT.config, `${fileName}: 不是 JSON 或 YAML · neither JSON nor YAML.`, {
      cause,
      advice: EXAMPLE,
    })
  }
  return completeSpec(value as SpecInput, fileName)
}

const EXAMPLE = 'For example: {"id": "rec_id", "columns": {"surname": "family name", "dob": "date"}}.'

export function completeSpec(input: SpecInput, fileName = 'spec'): TableSpec {
  const parsed = specInput.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    const near =
      unknown === undefined ? undefined : nearestWord(unknown, ['id', 'columns', 'nicknames', 'kind', 'left', 'right'])
    throw new BiduiError(
      'E512',
      EXIT.config,
      `${fileName}: ${[...issue.path, ''].join(': ')}说明不对 · ${issue.message}.`,
      {
        advice: near === undefined ? EXAMPLE : `是否指 · did you mean ${near}?`,
      },
    )
  }
  const spec = parsed.data
  const columns = Object.entries(spec.columns).map(([name, given]): SpecColumn => {
    const column = typeof given === 'string' ? { kind: given } : given
    return { name, left: column.left ?? name, right: column.right ?? name, kind: kindOf(column.kind, name, fileName) }
  })
  if (!columns.some((column) => column.kind !== 'ignore'))
    throw new BiduiError('E513', EXIT.config, `${fileName}: 没有可比较的列 · no column to compare.`, {
      advice: EXAMPLE,
    })
  return {
    id: typeof spec.id === 'string' ? { left: spec.id, right: spec.id } : (spec.id ?? {}),
    columns,
    nicknames: spec.nicknames ?? [],
  }
}

function kindOf(written: string, column: string, fileName: string): ColumnKind {
  const word = written
    .trim()
    .toLowerCase()
    .replace(/[_\-\s]+/g, ' ')
  const found = KINDS.find((kind) => kind === word) ?? SYNONYMS[word] ?? SYNONYMS[written.trim()]
  if (found !== undefined) return found
  const near = nearestWord(word, [...KINDS, ...Object.keys(SYNONYMS)])
  throw new BiduiError(
    'E514',
    EXIT.config,
    `${fileName}: column ${column}: 没有这种类型 · there is no kind "${written}".`,
    {
      advice: `${near === undefined ? '' : `是否指 · did you mean "${near}"? `}类型 · kinds: ${KINDS.join(', ')}.`,
    },
  )
}
