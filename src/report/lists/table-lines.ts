/**
 * What all working tables share: a table as columns and lines, the township's rows with their people, person cells.
 *
 * In:  the rows of a township. Out: the types and cells that hukou-tables.ts and household-tables.ts build with. PURE.
 */
import type { SheetColumn } from '../workbook/xlsx.ts'
import type { PersonRows } from './person-status.ts'
import { personRowsOf } from './person-status.ts'
import { birthDigits, birthOf, fieldOf, isHead, maskedIdOf, nameOf, relationOf, sexOf } from './record-words.ts'
import type { RunRecord } from '../../store/run-record.ts'

export const TABLES = ['1', '2', '4', 'heads', 'ledger', 'tally'] as const
export type TableName = (typeof TABLES)[number]

export interface TableLine {
  /** 15-digit block, 12-digit village, or 未分小区 of a village. */
  readonly sheet: string
  /** Orders the lines within a sheet. */
  readonly order: string
  readonly cells: readonly string[]
}

export interface TableSpec {
  readonly name: TableName
  readonly zh: string
  readonly columns: readonly SheetColumn[]
  readonly orientation: 'portrait' | 'landscape'
  readonly lines: (ground: TownshipGround) => TableLine[]
}

/** One township's rows with their people, read once for all its tables. */
export interface TownshipGround {
  readonly rows: readonly RunRecord[]
  readonly personOf: (row: RunRecord) => PersonRows
  /** Chinese terms of the findings on a record. */
  readonly termsOf: (key: string) => readonly string[]
}

export function townshipGround(
  rows: readonly RunRecord[],
  rowsOfPerson: (personId: string) => readonly RunRecord[],
  termsOf: (key: string) => readonly string[],
): TownshipGround {
  const people = new Map<string, PersonRows>()
  return {
    rows,
    termsOf,
    personOf: (row) => {
      if (row.personId === '') return personRowsOf([row])
      let person = people.get(row.personId)
      if (person === undefined) {
        person = personRowsOf(rowsOfPerson(row.personId))
        people.set(row.personId, person)
      }
      return person
    },
  }
}

export const NUMBER = { header: '户编号', width: 8 } as const
export const PERSON = [
  { header: '姓名', width: 10 },
  { header: '关系', width: 9 },
  { header: '性别', width: 5 },
  { header: '出生', width: 11 },
  { header: '证件号', width: 19 },
] as const

export function personCells(row: RunRecord): string[] {
  return [nameOf(row), relationOf(row), sexOf(row), birthOf(row), maskedIdOf(row)]
}

export function householdOrder(row: RunRecord): string {
  const number = fieldOf(row, 'household_no')
  return `${/^\d{1,12}$/.test(number) ? number.padStart(12, '0') : `~${number}`} ${isHead(row) ? 0 : 1} ${birthDigits(row)} ${row.key}`
}

export function sheetOfRow(row: RunRecord): string {
  if (row.block !== '') return row.block
  return row.areaCode === '' ? '地区不明' : row.areaCode
}
