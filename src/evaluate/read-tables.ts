/**
 * The CSV files that an evaluation compares, read as numbers: people.csv, links.csv, findings.csv and truth files.
 *
 * In: paths. Out: columns of key numbers (KeyIndex) and values. Records are numbered by the first file that names them.
 * Columns are found by their header, in any order. 1.7 million rows take about a second.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { BiduiError, EXIT } from '../errors.ts'
import { RowCutter, undoubleQuotes } from '../ingest/rows/cells.ts'
import { REGISTERS } from '../registers/columns.ts'
import { splitRecordKeys } from '../registers/record-keys.ts'
import { isReadable } from '../store/run-file.ts'
import { KeyIndex } from './key-index.ts'

const decoder = new TextDecoder()
const REGISTER_NUMBERS = new Map<string, number>(REGISTERS.map((register, g) => [register, g]))

/** A file open for reading by column names. */
class Rows {
  readonly name: string
  private readonly cutter: RowCutter
  private readonly length: number
  private readonly columns: readonly number[]
  private at = 0
  private row = 1
  private undoubled = new Uint8Array(1 << 12)
  /** The cell opened last. */
  bytes: Uint8Array
  from = 0
  to = 0

  constructor(path: string, wanted: readonly string[]) {
    this.name = basename(path)
    const file = readWhole(path)
    this.length = file.length - 1
    this.cutter = new RowCutter(file, this.length, 44)
    this.bytes = file
    const mark = file[0] === 0xef && file[1] === 0xbb && file[2] === 0xbf ? 3 : 0
    this.at = this.cutter.cut(mark)
    const header = Array.from({ length: this.cutter.cells }, (_, cell) => this.cellText(cell).trim())
    this.columns = wanted.map((column) => {
      const cell = header.indexOf(column)
      if (cell < 0)
        throw new BiduiError('E118', EXIT.data, `${this.name}: 缺少列 · column ${column} is missing.`, {
          advice: `要有这些列 · a file with the columns ${wanted.join(', ')} is wanted.`,
        })
      return cell
    })
  }

  /** Goes to the next row that is not blank. */
  next(): boolean {
    while (this.at < this.length) {
      this.at = this.cutter.cut(this.at)
      this.row++
      if (!this.cutter.isBlank) return true
    }
    return false
  }

  /** Opens the cell of the k-th wanted column. */
  open(k: number): void {
    this.openCell(this.columns[k])
  }

  text(k: number): string {
    return this.cellText(this.columns[k])
  }

  /** REGISTERS index in the k-th wanted column. */
  register(k: number): number {
    const register = REGISTER_NUMBERS.get(this.text(k))
    if (register === undefined)
      throw new BiduiError(
        'E118',
        EXIT.data,
        `${this.name}: 第 ${this.row} 行没有这种登记册 · row ${this.row}: no such register.`,
        {
          advice: `应为其中之一 · one of ${REGISTERS.join(', ')} is wanted.`,
        },
      )
    return register
  }

  private cellText(cell: number): string {
    this.openCell(cell)
    return decoder.decode(this.bytes.subarray(this.from, this.to))
  }

  private openCell(cell: number): void {
    const { cutter } = this
    this.bytes = cutter.bytes
    if (cell >= cutter.cells) {
      this.from = this.to = 0
      return
    }
    this.from = cutter.starts[cell]
    this.to = cutter.ends[cell]
    if (cutter.quoted[cell] !== 2) return
    if (this.undoubled.length < this.to - this.from) this.undoubled = new Uint8Array(this.to - this.from)
    this.to = undoubleQuotes(cutter.bytes, this.from, this.to, this.undoubled)
    this.from = 0
    this.bytes = this.undoubled
  }
}

/** The file with a line feed after it, on which cutting relies. */
function readWhole(path: string): Uint8Array {
  let file: Buffer
  try {
    file = readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR')
      throw new BiduiError('E104', EXIT.noInput, `${path}: 是文件夹，不是文件 · a folder, not a file.`, {
        advice: '请给出其中的文件 · name the file in it (people.csv).',
        cause: error,
      })
    if (isReadable(path)) throw error
    throw new BiduiError('E101', EXIT.noInput, `${path}: 找不到文件 · no such file.`, {
      advice: '请检查路径；批次目录不写文件名 · check the path; a run directory is given without file name.',
      cause: error,
    })
  }
  const bytes = new Uint8Array(file.length + 1)
  bytes.set(file)
  bytes[file.length] = 10
  return bytes
}

export interface Assignment {
  /** Person number by record number, -1 where the file does not name the record. */
  readonly personOf: Int32Array
  readonly records: number
  readonly persons: KeyIndex
}

/** people.csv of a run or of the truth; new records are added to `records`. */
export function readPeople(path: string, records: KeyIndex): Assignment {
  const rows = new Rows(path, ['person_id', 'register', 'record_id'])
  const persons = new KeyIndex()
  let personOf = new Int32Array(1 << 16).fill(-1)
  let count = 0
  while (rows.next()) {
    rows.open(0)
    const person = persons.add(0, rows.bytes, rows.from, rows.to)
    const register = rows.register(1)
    rows.open(2)
    const record = records.add(register, rows.bytes, rows.from, rows.to)
    if (record >= personOf.length) {
      const longer = new Int32Array(Math.max(record + 1, personOf.length * 2)).fill(-1)
      longer.set(personOf)
      personOf = longer
    }
    personOf[record] = person
    count++
  }
  return { personOf, records: count, persons }
}

export interface LinkLines {
  readonly count: number
  readonly left: Int32Array
  readonly right: Int32Array
  readonly weight: Float64Array
  readonly probability: Float64Array
  readonly isReview: Uint8Array
}

export function readLinks(path: string, records: KeyIndex): LinkLines {
  const rows = new Rows(path, [
    'left_register',
    'left_record_id',
    'right_register',
    'right_record_id',
    'match_weight',
    'match_probability',
    'decision',
  ])
  const left: number[] = []
  const right: number[] = []
  const weight: number[] = []
  const probability: number[] = []
  const isReview: number[] = []
  const key = (k: number): number => {
    const register = rows.register(k)
    rows.open(k + 1)
    return records.add(register, rows.bytes, rows.from, rows.to)
  }
  while (rows.next()) {
    left.push(key(0))
    right.push(key(2))
    weight.push(Number(rows.text(4)))
    probability.push(Number(rows.text(5)))
    isReview.push(rows.text(6) === 'review' ? 1 : 0)
  }
  return {
    count: left.length,
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    weight: Float64Array.from(weight),
    probability: Float64Array.from(probability),
    isReview: Uint8Array.from(isReview),
  }
}

/** What stands at the head of each finding, by its id: what two runs can be compared by. */
export interface FindingHead {
  readonly code: string
  readonly severity: string
}

/** findings.csv of a run. An id is made of the code and the records, so two runs call one finding by one id. */
export function readFindingHeads(path: string): Map<string, FindingHead> {
  const rows = new Rows(path, ['finding_id', 'code', 'severity'])
  const heads = new Map<string, FindingHead>()
  // One value for all findings of a code: of a county a million lines.
  const known = new Map<string, FindingHead>()
  while (rows.next()) {
    const [code, severity] = [rows.text(1), rows.text(2)]
    const kind = `${severity} ${code}`
    const head = known.get(kind) ?? { code, severity }
    known.set(kind, head)
    heads.set(rows.text(0), head)
  }
  return heads
}

/** What findings say, one line for each record a finding falls on. */
export interface FindingLine {
  readonly code: string
  /** `register:record_id` */
  readonly record: string
}

/** findings.csv of a run. Lines of one finding stand together. */
export function readFindings(path: string): FindingLine[] {
  const rows = new Rows(path, ['code', 'records'])
  const lines: FindingLine[] = []
  while (rows.next()) {
    const code = rows.text(0)
    for (const record of splitRecordKeys(rows.text(1))) lines.push({ code, record })
  }
  return lines
}

/** `code, register, record_id`. */
export function readTruthFindings(path: string): FindingLine[] {
  const rows = new Rows(path, ['code', 'register', 'record_id'])
  const lines: FindingLine[] = []
  while (rows.next()) lines.push({ code: rows.text(0), record: `${rows.text(1)}:${rows.text(2)}` })
  return lines
}
