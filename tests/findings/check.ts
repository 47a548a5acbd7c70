/**
 * One check for all finding tests: rows of one or more people, and the findings they must and must not give.
 *
 * Rows are written short: `police({...})` and `census({...})` fill in an ordinary resident of village V1 whose items
 * agree everywhere, so that a test shows only what it is about.
 */
import { expect } from 'vitest'
import { detectFindings, type FindingCode, type FindingList } from '../../src/findings/index.ts'
import { LIKELY_PARTNER } from '../../src/findings/finding-list.ts'
import { packDate } from '../../src/records/record-table.ts'
import { REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { type BuiltTable, buildTable, type RowText } from '../support/build-table.ts'

export const V1 = '513027001001'
/** Same township, same county, other county. */
export const V2 = '513027001002'
export const V3 = '513027002001'
export const ELSEWHERE = '513999001001'
export const T0 = packDate(2020, 11, 1)

/** A number with a right check digit, abolished county, born 1998-03-15, male. */
export const NUMBER = '513027199803150015'

type Fields = Readonly<Record<string, string>>

let counter = 0
const next = (prefix: string): string => `${prefix}${++counter}`

const SELF = { name: '王建国', sex: '1', ethnicity: '01' }

export const police = (fields: Fields = {}): RowText => ({
  register: 'police',
  id: next('P'),
  person: 'self',
  id_number: NUMBER,
  ...SELF,
  birth_date: '19980315',
  household_no: 'H1',
  relation: '02',
  area_code: V1,
  ...fields,
})

export const census = (fields: Fields = {}): RowText => ({
  register: 'census',
  id: next('C'),
  person: 'self',
  block_code: `${V1}001`,
  household_no: '001',
  id_number: NUMBER,
  ...SELF,
  birth_month: '199803',
  relation: '0',
  residence: '1',
  hukou_place: '1',
  away_duration: '1',
  ...fields,
})

/** An away row of V1 to another township (D7 = 4), half a year or more. */
export const away = (fields: Fields = {}): RowText =>
  census({ residence: '4', residence_area_code: V3, away_duration: '4', ...fields })

/** A present row in V3 of somebody whose hukou is in V1. */
export const visitor = (fields: Fields = {}): RowText =>
  census({ block_code: `${V3}001`, hukou_place: '3', hukou_area_code: V1, away_duration: '4', ...fields })

export const form = (fields: Fields = {}): RowText => ({
  register: 'census_deaths',
  id: next('X'),
  person: 'self',
  block_code: `${V1}001`,
  household_no: '001',
  id_number: NUMBER,
  name: SELF.name,
  sex: '1',
  birth_month: '199803',
  death_month: '202005',
  age: '22',
  ...fields,
})

export const birth = (fields: Fields = {}): RowText => ({
  register: 'births',
  id: next('B'),
  person: 'self',
  name: '',
  sex: '1',
  birth_date: '20200401',
  birth_order: '1',
  mother_name: '李秀英',
  area_code: V1,
  ...fields,
})

export const death = (fields: Fields = {}): RowText => ({
  register: 'deaths',
  id: next('D'),
  person: 'self',
  id_number: NUMBER,
  name: SELF.name,
  sex: '1',
  birth_date: '19980315',
  death_date: '20200510',
  hukou_area_code: V1,
  area_code: V1,
  ...fields,
})

export interface Options {
  readonly given?: readonly RegisterName[]
  readonly asOf?: number
  /** Default T0. */
  readonly reference?: number
  /** Rows that stand in an open review pair more likely one person than not. */
  readonly likelyKeys?: readonly string[]
  readonly counties?: readonly number[]
}

export function detect(rows: readonly RowText[], options: Options = {}): { list: FindingList; built: BuiltTable } {
  const built = buildTable(rows, options.counties === undefined ? {} : { counties: options.counties })
  const reviewRows = new Uint8Array(rows.length)
  for (const key of options.likelyKeys ?? []) reviewRows[built.rowOf(key)] = LIKELY_PARTNER
  const reference = options.reference ?? T0
  const asOf = Object.fromEntries(REGISTERS.map((register) => [register, options.asOf ?? reference])) as Record<
    RegisterName,
    number
  >
  const list = detectFindings({
    table: built.table,
    people: built.people,
    given: new Set(options.given ?? REGISTERS),
    settings: { referenceDate: reference, asOf, graceDays: 30 },
    reviewRows,
  })
  return { list, built }
}

/** Codes about area codes in test rows, which are made of a county abolished in 1993: told once or by row. */
const BESIDE: ReadonlySet<string> = new Set(['id-area-not-in-force', 'id-area-unknown', 'address-code-obsolete'])

/** Findings as `code S1 register:id,register:id`, sorted. */
export function say(rows: readonly RowText[], options: Options = {}): string[] {
  const { list, built } = detect(rows, options)
  const said: string[] = []
  list.forEach((finding) => {
    if (!BESIDE.has(finding.code))
      said.push(`${finding.code} ${finding.severity} ${finding.rows.map((row) => built.keyOf(row)).join(',')}`)
  })
  return said.sort()
}

/** The findings of these rows are exactly these; each expected one names its severity and the rows it falls on. */
export function check(
  rows: readonly RowText[],
  expected: readonly (readonly [code: FindingCode, severity: string, ...rows: RowText[]])[],
  options: Options = {},
): void {
  const wanted = expected.map(
    ([code, severity, ...on]) => `${code} ${severity} ${on.map((row) => `${row.register}:${row.id}`).join(',')}`,
  )
  expect(sortRecords(say(rows, options))).toEqual(sortRecords(wanted))
}

/** Records in a fixed order: tests ask which, the first one is asked where it matters. */
function sortRecords(said: readonly string[]): string[] {
  return said
    .map((line) => {
      const [code, severity, records] = line.split(' ')
      return `${code} ${severity} ${records.split(',').sort().join(',')}`
    })
    .sort()
}
