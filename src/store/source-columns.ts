/**
 * Rows of table `record` as the clerk wrote them: `[source, "cell", "cell" …]`, their columns named once in `source`.
 *
 * In: the run's database, or its files before there is one. Out: canonical column → text, empty cells left out.
 * A county's rows would be twice as long with the column beside each cell.
 */
import type Database from 'better-sqlite3'
import type { SourceFile } from '../records/record-table.ts'
import { REGISTER_SPECS, type RegisterName } from '../registers/columns.ts'

/** A line of table `source`: one file of the run. */
export interface SourceLine {
  /** Number of the file in the run. */
  readonly source: number
  readonly register: RegisterName
  /** Canonical columns that the file has, in canonical order: the order of the cells. */
  readonly columns: readonly string[]
}

/** Of each file of a run, by its place among them. */
export function sourceLines(files: readonly Pick<SourceFile, 'register' | 'header'>[]): readonly SourceLine[] {
  return files.map(({ register, header }, source) => ({
    source,
    register,
    columns: REGISTER_SPECS[register].columns.map(({ name }) => name).filter((name) => header.includes(name)),
  }))
}

/** Fills table `source`. */
export function insertSources(database: Database.Database, lines: readonly SourceLine[]): void {
  const insert = database.prepare('INSERT INTO source VALUES (?, ?, ?)')
  for (const { source, register, columns } of lines) insert.run(source, register, JSON.stringify(columns))
}

/** What RawRows writes, from a row by column. */
export function packRow({ source, columns }: SourceLine, row: Readonly<Partial<Record<string, string>>>): string {
  return JSON.stringify([source, ...columns.map((column) => row[column] ?? '')])
}

/** Opens the rows of one run. */
export class SourceColumns {
  private readonly columns = new Map<number, readonly string[]>()

  constructor(database: Database.Database) {
    const lines = database.prepare('SELECT source, columns FROM source').all() as { source: number; columns: string }[]
    for (const { source, columns } of lines) this.columns.set(source, JSON.parse(columns) as string[])
  }

  /** Canonical column → text as written. */
  open(raw: string): Record<string, string> {
    const [source, ...cells] = JSON.parse(raw) as [number, ...string[]]
    const columns = this.columns.get(source)
    if (columns === undefined) throw new Error(`run.sqlite names no columns for file ${source}`)
    const row: Record<string, string> = {}
    columns.forEach((column, k) => {
      // A row may be shorter than its header.
      if ((cells[k] ?? '') !== '') row[column] = cells[k]
    })
    return row
  }
}
