/**
 * people.csv: every accepted row of every register once, under the person it belongs to.
 *
 * In: record table, people, person ids. Out: the file. Lines stand in the order of people (by their first row: register,
 * birth date, record id's hash), a person's rows in row order: values decide, and both registers are read forwards.
 */
import type { People } from '../../linking/people.ts'
import { REGISTERS } from '../../registers/columns.ts'
import { writeCsv } from './bytes.ts'
import { RecordIds, ROWS_AHEAD } from '../../ids/record-ids.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { type PersonIds, writePersonId } from '../../ids/person-ids.ts'

const PEOPLE_COLUMNS = ['person_id', 'register', 'record_id'] as const

const encoder = new TextEncoder()

export function writePeopleCsv(
  path: string,
  table: RecordTable,
  people: Pick<People, 'count' | 'rows' | 'rowStart'>,
  personIds: PersonIds,
): number {
  const ids = new RecordIds(table)
  const names = REGISTERS.map((register) => encoder.encode(`,${register},`))
  const { starts } = table
  const { rows, rowStart } = people
  return writeCsv(path, PEOPLE_COLUMNS, (file) => {
    const { buffer } = file
    for (let person = 0; person < people.count; person++) {
      let register = 0
      for (let k = rowStart[person]; k < rowStart[person + 1]; k++) {
        if (k % ROWS_AHEAD === 0) ids.readAhead(rows, k, Math.min(rows.length, k + ROWS_AHEAD))
        const row = rows[k]
        while (row >= starts[register + 1]) register++
        file.room()
        let at = writePersonId(personIds, person, buffer, file.at)
        const name = names[register]
        for (let i = 0; i < name.length; i++) buffer[at++] = name[i]
        at = ids.writeCell(row, buffer, at)
        buffer[at++] = 10
        file.at = at
      }
    }
  })
}
