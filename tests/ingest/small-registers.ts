/**
 * Small registers for the ingest tests: a pool that runs jobs in this thread, files in a fresh folder, and the table
 * read back as plain rows. All people are invented; ID numbers carry an area code abolished before their birth.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type IngestOptions, type IngestResult, ingestRegisters, rawRow } from '../../src/ingest/index.ts'
import { checkDigit } from '../../src/normalise/id-number.ts'
import { RECORD_COLUMNS, type RecordColumn } from '../../src/records/record-table.ts'
import { type RegisterName, REGISTERS } from '../../src/registers/columns.ts'
import { inlinePool } from '../support/inline-pool.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

export interface TestFile {
  readonly register: RegisterName
  readonly content: string | Uint8Array
  readonly name?: string
}

export function writeFiles(files: readonly TestFile[]): { register: RegisterName; path: string }[] {
  const folder = temporaryFolder('bidui-ingest')
  return files.map(({ register, content, name }, k) => {
    const path = join(folder, name ?? `${register}-${k}.csv`)
    writeFileSync(path, content)
    return { register, path }
  })
}

export async function ingest(files: readonly TestFile[], options: Partial<IngestOptions> = {}): Promise<IngestResult> {
  return ingestRegisters({ pool: inlinePool, ...options, inputs: writeFiles(files) })
}

/** A valid number of somebody invented. */
export function idNumber(birth: string, sequence: string): string {
  const digits = `513027${birth}${sequence}`
  return digits + checkDigit(digits)
}

/** Each row as values that do not depend on dictionary numbers or on where the row lay in its file. */
export function valuesOf(result: IngestResult): Record<string, string | number>[] {
  const { table } = result
  const { columns } = table
  const rows: Record<string, string | number>[] = []
  for (let row = 0; row < table.rows; row++) {
    const values: Record<string, string | number> = {
      register: REGISTERS[table.registerOf(row)],
      recordId: columns.recordIdLength[row] === 0 ? '' : table.recordId(row),
    }
    for (const column of Object.keys(RECORD_COLUMNS) as RecordColumn[]) {
      const value = columns[column][row]
      if (/^(?:rowAt|rowNo|fileNo|recordIdAt|recordIdLength)$/.test(column)) continue
      else if (/^(?:idNo|fatherId|motherId|spouseId)$/.test(column)) values[column] = table.idText(value)
      else if (/name$/i.test(column)) values[column] = table.names.text(value)
      else if (column === 'idText') values[column] = table.texts.text(value)
      else if (/area$/i.test(column)) values[column] = table.areaText(value)
      else if (column === 'household')
        values[column] = value === 0 ? '' : `${table.households.first(value)}/${table.households.second(value)}`
      else if (column === 'personNo')
        values[column] = value === 0 ? '' : `${table.personNos.first(value)}/${table.personNos.second(value)}`
      else values[column] = value
    }
    rows.push(values)
  }
  return rows
}

export function rawRows(result: IngestResult): Record<string, string>[] {
  return Array.from({ length: result.table.rows }, (_, row) => rawRow(result.table, row))
}

/** A police file of `people` invented persons, one line each, header first. */
export function policeLines(people: number): string[] {
  const surnames = Array.from('王李张刘陈杨赵黄周吴')
  const given = Array.from('伟芳娜敏静丽强磊军洋')
  const lines = [
    'record_id,id_number,name,sex,birth_date,household_no,relation,area_code,address,father_name,father_id,person_no',
  ]
  for (let k = 0; k < people; k++) {
    const birth = `${1994 + (k % 26)}${String((k % 12) + 1).padStart(2, '0')}${String((k % 28) + 1).padStart(2, '0')}`
    const id = k % 17 === 3 ? '' : idNumber(birth, String(100 + (k % 800)))
    const name = surnames[k % 10] + given[(k * 7) % 10] + (k % 3 === 0 ? given[(k * 3) % 10] : '')
    lines.push(
      `P${k},${id},${name},${1 + (k % 2)},${birth},${Math.floor(k / 4)},${k % 4 === 0 ? '02' : '20'},` +
        `51302700${1 + (k % 3)}00${1 + (k % 2)},某村${k % 9}组,父${surnames[k % 10]},${idNumber('19950101', String(100 + (k % 50)))},R${k}`,
    )
  }
  return lines
}

export function censusLines(people: number): string[] {
  const lines = ['block_code,household_no,name,id_number,sex,birth_month,residence,hukou_place,hukou_area_code']
  for (let k = 0; k < people; k++)
    lines.push(
      `51302700${1 + (k % 3)}00${1 + (k % 2)}00${1 + (k % 4)},${k % 50},赵${k % 5},,${1 + (k % 2)},` +
        `${1994 + (k % 26)}${String((k % 12) + 1).padStart(2, '0')},${1 + (k % 5)},${1 + (k % 5)},${k % 4 === 0 ? '513027002' : ''}`,
    )
  return lines
}
