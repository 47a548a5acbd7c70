/**
 * Columns whose values are met again all over the county, on their way to their numbers: gathered by the hundred, then
 * looked up together.
 *
 * In:  values and the slots of their rows, in the order of the rows. Out: the numbers, in the column, after flush() at
 * the latest. Why together: see TripleDictionary.internAll.
 */
import type { RecordColumns } from '../../records/record-table.ts'
import { TextDictionary } from '../../records/text-dictionary.ts'
import { TripleDictionary } from '../../records/triple-dictionary.ts'
import type { ParseMessage } from '../plan.ts'

const BATCH = 256
const BATCH_UNITS = 4096

export class LateTriples {
  private readonly dictionary: TripleDictionary
  private readonly column: Uint32Array
  private readonly values = new Int32Array(BATCH * 3)
  private readonly slots = new Int32Array(BATCH)
  private readonly numbers = new Int32Array(BATCH)
  private count = 0

  constructor(dictionary: TripleDictionary, column: Uint32Array) {
    this.dictionary = dictionary
    this.column = column
  }

  push(slot: number, a: number, b: number, c: number): void {
    if (this.count === BATCH) this.flush()
    const { values } = this
    const at = this.count * 3
    values[at] = a
    values[at + 1] = b
    values[at + 2] = c
    this.slots[this.count++] = slot
  }

  flush(): void {
    const { column, slots, numbers, count } = this
    this.dictionary.internAll(this.values, count, numbers)
    for (let k = 0; k < count; k++) column[slots[k]] = numbers[k]
    this.count = 0
  }
}

export class LateTexts {
  private readonly dictionary: TextDictionary
  private readonly column: Uint32Array
  private readonly units = new Uint16Array(BATCH_UNITS)
  private readonly ends = new Int32Array(BATCH)
  private readonly slots = new Int32Array(BATCH)
  private readonly numbers = new Int32Array(BATCH)
  private count = 0
  private used = 0

  constructor(dictionary: TextDictionary, column: Uint32Array) {
    this.dictionary = dictionary
    this.column = column
  }

  /** @param text units [0, length), not empty */
  push(slot: number, text: Uint16Array, length: number): void {
    if (length > BATCH_UNITS) {
      this.column[slot] = this.dictionary.intern(text, length)
      return
    }
    if (this.count === BATCH || this.used + length > BATCH_UNITS) this.flush()
    const { units, used } = this
    for (let k = 0; k < length; k++) units[used + k] = text[k]
    this.used = used + length
    this.ends[this.count] = this.used
    this.slots[this.count++] = slot
  }

  flush(): void {
    const { column, slots, numbers, count } = this
    this.dictionary.internAll(this.units, this.ends, count, numbers)
    for (let k = 0; k < count; k++) column[slots[k]] = numbers[k]
    this.count = 0
    this.used = 0
  }
}

export type LateColumns = ReturnType<typeof lateColumns>

export function lateColumns({ memory, ids, personNos, households, names }: ParseMessage, columns: RecordColumns) {
  const idNumbers = new TripleDictionary(memory, ids)
  const persons = new TextDictionary(memory, names)
  return {
    idNo: new LateTriples(idNumbers, columns.idNo),
    fatherId: new LateTriples(idNumbers, columns.fatherId),
    motherId: new LateTriples(idNumbers, columns.motherId),
    spouseId: new LateTriples(idNumbers, columns.spouseId),
    household: new LateTriples(new TripleDictionary(memory, households), columns.household),
    personNo: new LateTriples(new TripleDictionary(memory, personNos), columns.personNo),
    name: new LateTexts(persons, columns.name),
    formerName: new LateTexts(persons, columns.formerName),
    fatherName: new LateTexts(persons, columns.fatherName),
    motherName: new LateTexts(persons, columns.motherName),
    spouseName: new LateTexts(persons, columns.spouseName),
  }
}
