/**
 * The whole registers beside a finished run: for tables that list everybody, not only who is asked about.
 *
 * In:  the run directory and the files it was made from (their contents are checked). Out: every accepted row as
 * RunRecord, by township and by person. run.sqlite holds only concerned households; the rest is read anew, nothing kept.
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BiduiError, EXIT } from '../../errors.ts'
import type { IngestInput } from '../../ingest/index.ts'
import { ingestRegisters, rawRow } from '../../ingest/index.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { REGISTERS } from '../../registers/columns.ts'
import type { WorkerPool } from '../../workers/pool.ts'
import type { RunRecord } from '../../store/run-record.ts'
import { readRunJson } from '../run-directory/read-run-json.ts'

/** What tables need to know of the registers; tests give it by hand. */
export interface RegisterGround {
  /** Nine-digit codes, sorted; '' last for rows whose place is unknown. */
  readonly townships: readonly string[]
  /** Rows of a township, in no order that matters. */
  rowsOf(township: string): RunRecord[]
  rowsOfPerson(personId: string): RunRecord[]
}

export async function openWholeRegisters(
  runDirectory: string,
  inputs: readonly IngestInput[],
  pool: WorkerPool,
): Promise<RegisterGround> {
  const { table } = await ingestRegisters({ inputs, pool })
  refuseOtherFiles(runDirectory, table)
  return new WholeRegisters(table, join(runDirectory, 'people.csv'))
}

/** A table of other files than the run's would put findings beside the wrong people. */
function refuseOtherFiles(runDirectory: string, table: RecordTable): void {
  const path = join(runDirectory, 'manifest.json')
  if (!existsSync(path)) return
  const manifest = readRunJson(path) as { inputs?: readonly { readonly sha256?: string }[] }
  const known = new Set((manifest.inputs ?? []).map(({ sha256 }) => sha256))
  for (const file of table.files)
    if (!known.has(file.sha256))
      throw new BiduiError(
        'E309',
        EXIT.data,
        `${basename(file.path)}: 不是本次核对所用的文件 (not a file this run was made from).`,
        {
          advice: '请给出与 `bidui run` 相同的文件，或重新运行 · give the same files as to `bidui run`, or run again.',
        },
      )
}

class WholeRegisters implements RegisterGround {
  readonly townships: readonly string[]
  readonly #table: RecordTable
  readonly #rowsByTownship = new Map<string, number[]>()
  readonly #personOf: Uint32Array
  readonly #personIds: string[] = []
  readonly #personNumbers = new Map<string, number>()
  /** Rows by person: next row of the same person + 1, and the first + 1. */
  readonly #next: Uint32Array
  readonly #first: number[] = []

  constructor(table: RecordTable, peoplePath: string) {
    this.#table = table
    this.#personOf = new Uint32Array(table.rows)
    this.#next = new Uint32Array(table.rows)
    this.#readPeople(peoplePath)
    const { area } = table.columns
    const townshipOf = new Map<number, string>()
    for (let row = table.rows - 1; row >= 0; row--) {
      const person = this.#personOf[row]
      this.#next[row] = this.#first[person] ?? 0
      this.#first[person] = row + 1
      let township = townshipOf.get(area[row])
      if (township === undefined) {
        // Rows that lie in another county (a mother living elsewhere, a mistyped code) stand together under no township.
        const text = table.areaText(area[row]).slice(0, 9)
        township = text.length === 9 && table.handle.loadedCounties.includes(Number(text.slice(0, 6))) ? text : ''
        townshipOf.set(area[row], township)
      }
      const rows = this.#rowsByTownship.get(township)
      if (rows === undefined) this.#rowsByTownship.set(township, [row])
      else rows.push(row)
    }
    this.townships = [...this.#rowsByTownship.keys()].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
  }

  rowsOf(township: string): RunRecord[] {
    return (this.#rowsByTownship.get(township) ?? []).map((row) => this.#record(row))
  }

  rowsOfPerson(personId: string): RunRecord[] {
    const person = this.#personNumbers.get(personId)
    const rows: RunRecord[] = []
    if (person === undefined || person === 0) return rows
    for (let at = this.#first[person] ?? 0; at !== 0; at = this.#next[at - 1]) rows.push(this.#record(at - 1))
    return rows
  }

  #record(row: number): RunRecord {
    const table = this.#table
    const { columns } = table
    const register = REGISTERS[table.registerOf(row)]
    const areaCode = table.areaText(columns.area[row])
    const household = columns.household[row]
    return {
      key: `${register}:${table.recordId(row)}`,
      register,
      personId: this.#personIds[this.#personOf[row]],
      householdKey: household === 0 ? '' : String(household),
      areaCode,
      block: columns.block[row] === 0 ? '' : areaCode + String(columns.block[row] - 1).padStart(3, '0'),
      raw: rawRow(table, row),
    }
  }

  /** people.csv names rows by key; the table knows them by number. */
  #readPeople(path: string): void {
    const table = this.#table
    const rowOf = REGISTERS.map((_, g) => {
      const rows = new Map<string, number>()
      for (let row = table.starts[g]; row < table.starts[g + 1]; row++) rows.set(table.recordId(row), row)
      return rows
    })
    this.#personIds.push('')
    const bytes = readFileSync(path)
    let at = bytes.indexOf(10) + 1
    while (at < bytes.length) {
      const end = bytes.indexOf(10, at)
      const line = bytes.toString('utf8', at, end < 0 ? bytes.length : end)
      at = end < 0 ? bytes.length : end + 1
      const [personId, register, ...rest] = line.replace(/\r$/, '').split(',')
      const quoted = rest.join(',')
      const recordId = quoted.startsWith('"') ? quoted.slice(1, -1).replaceAll('""', '"') : quoted
      const row = rowOf[REGISTERS.indexOf(register as (typeof REGISTERS)[number])]?.get(recordId)
      if (row === undefined) continue
      let person = this.#personNumbers.get(personId)
      if (person === undefined) {
        person = this.#personIds.length
        this.#personIds.push(personId)
        this.#personNumbers.set(personId, person)
      }
      this.#personOf[row] = person
    }
  }
}
