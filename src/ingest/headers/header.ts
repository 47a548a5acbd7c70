/**
 * Header cells → canonical columns.
 *
 * In: the header texts of one file, its register, and a column map if the job file has one (which goes first).
 * Out: the column of each cell (null = unknown, kept aside) and what to say about it. A missing required column or
 * two headers for one column refuse the file, with the near word.
 */
import { nearestWord } from '../../errors.ts'
import { type ColumnSpec, headersOf, type RegisterName, REGISTER_SPECS, REGISTERS } from '../../registers/columns.ts'
import { foldHeader } from './header-fold.ts'
import { type IngestWarning, refuseFile } from '../messages.ts'

export interface MatchedHeader {
  readonly columns: readonly (string | null)[]
  readonly folded: readonly string[]
  readonly warnings: readonly IngestWarning[]
}

/**
 * @param texts header cells as written, empty cells at the end left away
 * @throws E118 a required column is missing, E119 two headers for one column, E144 the header of another register
 */
export function matchHeader(
  register: RegisterName,
  texts: readonly string[],
  file: string,
  columnMap: Readonly<Record<string, string>> = {},
): MatchedHeader {
  const spec = REGISTER_SPECS[register]
  const known = new Map<string, string>()
  for (const column of spec.columns) for (const header of headersOf(column)) known.set(foldHeader(header), column.name)
  const mapped = readColumnMap(register, columnMap)
  const folded = texts.map(foldHeader)
  const columns = folded.map((header) => mapped.get(header) ?? known.get(header) ?? null)
  refuseDoubled(texts, columns, file)
  refuseDoubledUnknown(folded, texts, columns, file)
  const unknown = texts.filter((_, cell) => columns[cell] === null && folded[cell] !== '')
  refuseMissing(register, folded, columns, unknown, file)
  const respelled = texts.filter(
    (text, cell) => text !== '' && foldHeader(text) !== text.toUpperCase() && columns[cell] !== null,
  )
  return {
    columns,
    folded,
    warnings: [...tellUnknown(spec.columns, columns, unknown, file), ...tellRespelled(respelled, file)],
  }
}

/** Two headers for one column. */
function refuseDoubled(texts: readonly string[], columns: readonly (string | null)[], file: string): void {
  const firstOf = new Map<string, number>()
  columns.forEach((column, cell) => {
    if (column === null) return
    const first = firstOf.get(column)
    if (first !== undefined)
      throw refuseFile('E119', file, `${quote(texts[first])} / ${quote(texts[cell])} → ${column}`)
    firstOf.set(column, cell)
  })
}

/** A required column is missing: perhaps it is misspelt, or the whole file is another register's. */
function refuseMissing(
  register: RegisterName,
  folded: readonly string[],
  columns: readonly (string | null)[],
  unknown: readonly string[],
  file: string,
): void {
  const spec = REGISTER_SPECS[register]
  const missing = spec.columns.filter((column) => column.required && !columns.includes(column.name))
  if (missing.length === 0) return
  const other = registerMeant(register, folded)
  if (other !== undefined)
    throw refuseFile(
      'E144',
      file,
      `${spec.zh} (--${optionOf(register)}) → ${REGISTER_SPECS[other].zh} (--${optionOf(other)})`,
    )
  const parts = missing.map((column) => {
    const near = headersOf(column)
      .map((header) => nearestWord(header, unknown))
      // Of two characters one is any other word.
      .find((word) => word !== undefined && word.length > 1)
    return `${column.name} (${column.zh.join('/')})${near === undefined ? '' : `, 是否指 · did you mean ${quote(near)}?`}`
  })
  throw refuseFile('E118', file, parts.join('; '))
}

function tellUnknown(
  specs: readonly ColumnSpec[],
  columns: readonly (string | null)[],
  unknown: readonly string[],
  file: string,
): readonly IngestWarning[] {
  if (unknown.length === 0) return []
  const free = specs.filter((column) => !columns.includes(column.name)).flatMap(headersOf)
  const parts = unknown.map((text) => {
    const near = nearestWord(text.trim(), free)
    return near === undefined ? quote(text) : `${quote(text)} (是否指 · did you mean ${quote(near)}?)`
  })
  const message = `未知列已忽略 · unknown columns kept aside: ${parts.join(', ')}`
  return [{ code: 'E121', file, message }]
}

function tellRespelled(respelled: readonly string[], file: string): readonly IngestWarning[] {
  if (respelled.length === 0) return []
  const message = `列名含空格或全角字符，已规整 · headers with blanks or full-width characters were read as meant: ${respelled.map(quote).join(', ')}`
  return [{ code: 'E120', file, message }]
}

/** Another register all of whose required columns stand in the header: the file was given to the wrong option. */
function registerMeant(given: RegisterName, folded: readonly string[]): RegisterName | undefined {
  const headers = new Set(folded)
  const fits = REGISTERS.filter((register) => register !== given && hasRequired(register, headers))
  // What fits two registers says nothing.
  return fits.length === 1 ? fits[0] : undefined
}

/** The register that a (folded) header is of: it has all required columns, and more of its columns than of any other's. */
export function registerOfHeader(folded: ReadonlySet<string>): RegisterName | undefined {
  const known = (register: RegisterName): number =>
    REGISTER_SPECS[register].columns.filter((column) => isThere(column, folded)).length
  const fits = REGISTERS.filter((register) => hasRequired(register, folded)).sort((a, b) => known(b) - known(a))
  return fits.length > 1 && known(fits[0]) === known(fits[1]) ? undefined : fits[0]
}

function hasRequired(register: RegisterName, folded: ReadonlySet<string>): boolean {
  return REGISTER_SPECS[register].columns.every((column) => !column.required || isThere(column, folded))
}

function isThere(column: ColumnSpec, folded: ReadonlySet<string>): boolean {
  return headersOf(column).some((header) => folded.has(foldHeader(header)))
}

/** `census_deaths` → `census-deaths`, as the option is called. */
export function optionOf(register: RegisterName): string {
  return register.replaceAll('_', '-')
}

function readColumnMap(register: RegisterName, columnMap: Readonly<Record<string, string>>): Map<string, string> {
  const names = REGISTER_SPECS[register].columns.map((column) => column.name)
  const mapped = new Map<string, string>()
  for (const [header, column] of Object.entries(columnMap)) {
    if (!names.includes(column)) {
      const near = nearestWord(column, names)
      throw refuseFile(
        'E130',
        register,
        `${quote(header)} → ${column}${near === undefined ? '' : `, 是否指 · did you mean ${near}?`}`,
      )
    }
    mapped.set(foldHeader(header), column)
  }
  return mapped
}

/** The same unknown header twice is as much a damaged header as a known one. */
function refuseDoubledUnknown(
  folded: readonly string[],
  texts: readonly string[],
  columns: readonly (string | null)[],
  file: string,
): void {
  const seen = new Set<string>()
  folded.forEach((header, cell) => {
    if (columns[cell] !== null || header === '') return
    if (seen.has(header)) throw refuseFile('E119', file, quote(texts[cell]))
    seen.add(header)
  })
}

function quote(text: string): string {
  return `「${text.trim().slice(0, 40)}」`
}
