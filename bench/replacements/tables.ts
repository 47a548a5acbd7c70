/** A delimited table as columns of distinct cells: bytes to columns, beside csv-parse and a Map for each column. */
import { createHash } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { readTable, type Table, type TableColumn } from '../../src/tables/read/read-table.ts'
import { makePersonalRecords } from '../accuracy/tables/personal-records.ts'
import { csvText } from '../accuracy/tables/words.ts'
import type { Contest } from './contest.ts'

const ROWS = 100_000

export function delimitedTable(): readonly Contest[] {
  const made = makePersonalRecords(4, {
    originals: ROWS / 2,
    duplicates: ROWS / 2,
    duplicatesMost: 5,
    changesMost: 6,
    changesPerFieldMost: 2,
    apart: false,
  })
  const bytes = Buffer.from(csvText(made.left))
  return [
    {
      part: 'tables/read/read-table.ts',
      instead: 'csv-parse and a Map for each column',
      work: 'rows',
      units: ROWS,
      byHand: () => readTable(bytes, 'table.csv').columns,
      byLibrary: () => columnsByLibrary(bytes),
      digest: (columns) => digestOf(columns as Table['columns']),
    },
  ]
}

function columnsByLibrary(bytes: Buffer): readonly TableColumn[] {
  const [header, ...rows] = parse(bytes) as string[][]
  return header.map((name, column) => {
    const numbers = new Map<string, number>()
    const codes = Int32Array.from(rows, (row) => {
      const known = numbers.get(row[column])
      if (known !== undefined) return known
      numbers.set(row[column], numbers.size)
      return numbers.size - 1
    })
    return { name, cells: [...numbers.keys()], codes }
  })
}

function digestOf(columns: readonly TableColumn[]): string {
  const hash = createHash('sha256')
  for (const { name, cells, codes } of columns) {
    hash.update(`${name}\n`)
    // The cells in the order of the rows: which number stands for which cell is everybody's own affair.
    for (const code of codes) hash.update(`${cells[code]}\n`)
  }
  return hash.digest('hex')
}
