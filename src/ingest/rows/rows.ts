/**
 * Rows → columns: reads each row of a chunk into its slot, or says why the row is kept aside.
 *
 * In: files, file and chunk plans. Out: columns filled at the row's slot (rows in file order),
 * refusals, counts of values that could not be read. Runs in worker threads; slots of different rows never overlap.
 * A bad value empties the field, never refuses the row. Sorting and doubled record ids are left to order.ts.
 */
import { ID_KIND, type RecordColumn, type RecordColumns, RECORD_COLUMNS } from '../../records/record-table.ts'
import { openPiece } from '../../records/shared-memory.ts'
import { TextDictionary } from '../../records/text-dictionary.ts'
import { TripleDictionary } from '../../records/triple-dictionary.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, POLICE } from '../../registers/columns.ts'
import { type CellOf, cellsOfFile } from '../headers/cell-of.ts'
import { CellReaders } from './cell-readers.ts'
import { ROW_UNCLOSED, ROW_WHOLE } from './cells.ts'
import type { CellEncoding } from '../encoding/decode.ts'
import { foldHeader } from '../headers/header-fold.ts'
import { isTableNote } from './table-note.ts'
import { isSecondHeaderRow, laterHeader } from '../headers/later-header.ts'
import { lateColumns, type LateColumns } from './late-columns.ts'
import { ROW_CODES, type RowCode } from '../messages.ts'
import {
  type ChunkPlan,
  type FilePlan,
  type ParseMessage,
  type RowRefusal,
  type Slip,
  SLOT_ACCEPTED,
  SLOT_QUARANTINED,
} from '../plan.ts'
import { RecordIdWriter } from './record-id-writer.ts'
import { RowCells } from './row-cells.ts'
import { RowWindow } from './row-window.ts'
import { looksOf } from './slipped-cells.ts'
import { RangeReader } from '../survey.ts'

const SUBTOTAL =
  /^(?:合计|小计|总计|共计|累计|总合计|本页合计|本页小计|户数合计|人数合计|TOTAL|SUBTOTAL)[::]?\d*[人户]?$/i

export class RowReader extends RowCells {
  readonly refusals: RowRefusal[] = []
  readonly rows: number[]
  readonly present: Int32Array[]
  readonly voids: Int32Array[]
  readonly slips: Slip[] = []
  isShort = false

  private readonly message: ParseMessage
  private readonly columns: RecordColumns
  private readonly state: Uint8Array
  private readonly recordHash2: Int32Array
  private readonly sortBirth: Int32Array
  private readonly areas: TripleDictionary
  private readonly texts: TextDictionary
  private readonly late: LateColumns
  private readonly recordIds: RecordIdWriter
  private readonly ranges: RangeReader
  private readonly readers = new Map<CellEncoding, CellReaders>()
  private readonly cellsOf: readonly CellOf[]

  // The file at hand.
  private fileNo = -1
  private plan!: FilePlan
  private window!: RowWindow
  private cellOf!: CellOf

  constructor(message: ParseMessage) {
    super()
    const { memory } = message
    this.message = message
    const columns: Partial<Record<RecordColumn, unknown>> = {}
    for (const column of Object.keys(RECORD_COLUMNS) as RecordColumn[])
      columns[column] = openPiece(memory, message.columns[column])
    this.columns = columns as RecordColumns
    this.state = openPiece(memory, message.slots.state)
    this.recordHash2 = openPiece(memory, message.slots.recordHash2)
    this.sortBirth = openPiece(memory, message.slots.sortBirth)
    this.areas = new TripleDictionary(memory, message.areas)
    this.late = lateColumns(message, this.columns)
    this.texts = new TextDictionary(memory, message.texts)
    this.recordIds = new RecordIdWriter(memory, message.recordIds)
    this.ranges = new RangeReader(message.files.map((file) => file.data))
    this.rows = message.files.map(() => 0)
    this.present = message.files.map((file) => new Int32Array(file.header.length))
    this.voids = message.files.map((file) => new Int32Array(file.header.length))
    this.cellsOf = message.files.map(cellsOfFile)
  }

  readChunk(chunk: ChunkPlan): void {
    this.openFile(chunk.file)
    const { cutter, plan, window } = this
    const { length } = plan.data
    let at = chunk.rowAt
    const start = at >= 0 ? at : Math.max(0, chunk.from - 1)
    window.open(start, chunk.to)
    if (at < 0) at = chunk.from === 0 ? 0 : window.afterLineFeed(start)
    for (let row = chunk.firstRow, last = row + chunk.rows; row < last && at < length; row++) {
      const from = at
      at = window.cut(from)
      if (window.isShort) {
        this.isShort = true
        return
      }
      if (row <= plan.headerRow || cutter.isBlank) continue
      this.rows[chunk.file]++
      this.readRow(from, at, row)
    }
  }

  /** Looks up what is still on its way to its number. */
  flush(): void {
    for (const column of Object.values(this.late)) column.flush()
  }

  close(): void {
    this.ranges.close()
  }

  private openFile(fileNo: number): void {
    if (fileNo === this.fileNo) return
    const plan = this.message.files[fileNo]
    this.fileNo = fileNo
    this.plan = plan
    this.window = new RowWindow(this.ranges, fileNo, plan.data.length, plan.delimiter, plan.header.length)
    this.cutter = this.window.cutter
    let read = this.readers.get(plan.encoding)
    if (read === undefined) {
      read = new CellReaders(plan.encoding, this.areas)
      this.readers.set(plan.encoding, read)
    }
    this.read = read
    this.cellOf = this.cellsOf[fileNo]
    this.looks = looksOf(plan.header, plan.register === POLICE ? 'police' : 'census')
    this.filePresent = this.present[fileNo]
    this.fileVoids = this.voids[fileNo]
  }

  private readRow(from: number, to: number, row: number): void {
    const { plan, cutter, cellOf } = this
    const slot = plan.slot + row
    const refusal = this.refusalOfShape(row)
    if (refusal !== undefined) {
      if (refusal === 'E201' && this.isOfBlanks()) this.rows[this.fileNo]--
      else this.refuse(slot, row, refusal, cutter.problem === ROW_WHOLE ? -1 : cutter.problemCell)
      return
    }
    if (this.laysBack(cellOf)) this.slips.push({ file: this.fileNo, row: row + 1 })
    const { columns } = this
    columns.rowAt[slot] = from
    columns.rowNo[slot] = row + 1
    columns.fileNo[slot] = this.fileNo
    this.readRecordId(slot, row, this.window.placeOf(from), this.window.placeOf(to))

    const hasId = this.openCell(cellOf.id_number)
    const idBirth = hasId ? this.readIdNumber(slot) : 0
    const birthCell = cellOf.birth_date >= 0 ? cellOf.birth_date : cellOf.birth_month
    const birth = this.date(birthCell)
    columns.birth[slot] = birth
    this.sortBirth[slot] = birth !== 0 ? birth : idBirth
    const header = idBirth === 0 && birth === 0 ? laterHeader(this.cellText, this.cutter.cells, plan) : undefined
    if (header !== undefined) {
      this.refuse(slot, row, header, -1)
      return
    }
    const hasName = this.name(cellOf.name, this.late.name, slot)
    if (!hasName && !hasId && !this.openCell(birthCell)) {
      const isHeader = isSecondHeaderRow(this.cellText, this.cutter.cells, plan, row)
      this.refuse(slot, row, isHeader ? 'E245' : this.hasSubtotal() ? 'E240' : 'E241', -1)
      return
    }
    if (!hasId && birth === 0 && this.hasSubtotal()) {
      this.refuse(slot, row, 'E240', -1)
      return
    }
    if (idBirth === 0 && birth === 0 && isTableNote(this.cellText, plan)) {
      this.refuse(slot, row, 'E244', -1)
      return
    }
    columns.sex[slot] = this.code(cellOf.sex, this.read.sex)
    columns.addressHash[slot] = this.openCell(cellOf.address) ? this.lookUp(this.read.address) : 0
    this.readRegister(slot)
    this.state[slot] = SLOT_ACCEPTED
  }

  /** The number in the cell at hand; returns the birth date it holds, 0 if none. */
  private readIdNumber(slot: number): number {
    const { columns } = this
    const { idNumber } = this.read
    const kind = idNumber.read(this.buffer, this.start, this.end)
    columns.idKind[slot] = kind
    if (idNumber.text !== '') columns.idText[slot] = this.texts.internText(idNumber.text)
    if (kind === ID_KIND.malformed) this.fileVoids[this.cell]++
    if (idNumber.tail === 0 && idNumber.area === 0) return 0
    this.late.idNo.push(slot, idNumber.area, idNumber.birth, idNumber.tail)
    return idNumber.birthDate
  }

  /** What only rows of its own register say. */
  private readRegister(slot: number): void {
    switch (this.plan.register) {
      case POLICE:
        return this.readPolice(slot)
      case CENSUS:
        return this.readCensus(slot)
      case CENSUS_DEATHS:
        return this.readCensusDeath(slot)
      case BIRTHS:
        return this.readBirth(slot)
      default:
        return this.readDeath(slot)
    }
  }

  private refusalOfShape(row: number): RowCode | undefined {
    const { cutter, plan } = this
    if (cutter.problem !== ROW_WHOLE) return cutter.problem === ROW_UNCLOSED ? 'E203' : 'E204'
    const expected = plan.header.length
    if (cutter.cells < expected) return this.hasSubtotal() ? 'E240' : 'E201'
    if (cutter.cells > expected && cutter.cellsUsed > expected) {
      if (this.hasSubtotal()) return 'E240'
      // Below the header's last words stand no more of them, but of the second row: 公民身份号码 below the empty cell after 母亲.
      if (isSecondHeaderRow(this.cellText, cutter.cells, plan, row)) return 'E245'
      return cutter.holdsCarriageReturn() ? 'E242' : 'E202'
    }
    return this.isHeader() ? 'E239' : undefined
  }

  /** A line of blanks, or of the mark with which DOS ends a file: no row. */
  private isOfBlanks(): boolean {
    return this.cutter.cells === 1 && !this.openAny(0)
  }

  /** The header over again, as where files were put one after another. */
  private isHeader(): boolean {
    const { headerFolded, headerStart } = this.plan
    // Nearly every row is known not to be the header by its first bytes.
    const { bytes, starts } = this.cutter
    // Where marked files were put one after another the mark stands before it.
    const at = starts[0] + (bytes[starts[0]] === 0xef && bytes[starts[0] + 1] === 0xbb ? 3 : 0)
    for (let k = 0; k < headerStart.length; k++) if (bytes[at + k] !== headerStart[k]) return false
    for (let cell = 0; cell < headerFolded.length; cell++) {
      const text = this.openAny(cell) ? this.read.decoder.text(this.buffer, this.start, this.end) : ''
      if (text.length > 64 || foldHeader(text) !== headerFolded[cell]) return false
    }
    return true
  }

  /** 合计, 小计 … in any cell. Asked only of rows that name no person for certain. */
  private hasSubtotal(): boolean {
    for (let cell = 0; cell < this.cutter.cells; cell++) {
      if (!this.openAny(cell) || this.end - this.start > 48) continue
      const text = this.read.decoder.text(this.buffer, this.start, this.end)
      if (SUBTOTAL.test(text.normalize('NFKC').replace(/\s+/g, ''))) return true
    }
    return false
  }

  private readPolice(slot: number): void {
    const { columns, cellOf, read, late } = this
    if (this.key(cellOf.person_no)) late.personNo.push(slot, this.hash.first, this.hash.second, 0)
    this.name(cellOf.former_name, late.formerName, slot)
    columns.ethnicity[slot] = this.code(cellOf.ethnicity, read.ethnicity)
    columns.relation[slot] = this.code(cellOf.relation, read.policeRelation)
    columns.householdType[slot] = this.code(cellOf.household_type, read.householdType)
    const area = this.place(cellOf.area_code, read.area)
    columns.area[slot] = area
    columns.hukouArea[slot] = area
    this.household(slot, cellOf.household_no, area, 0)
    columns.status[slot] = this.codeOr(0, cellOf.status, read.status)
    columns.recordFlag[slot] = this.codeOr(1, cellOf.record_flag, read.recordFlag)
    columns.reversalFlag[slot] = this.codeOr(0, cellOf.reversal_flag, read.reversalFlag)
    columns.movedIn[slot] = this.date(cellOf.moved_in_on)
    columns.movedOut[slot] = this.date(cellOf.moved_out_on)
    columns.death[slot] = this.date(cellOf.death_date)
    columns.cancelled[slot] = this.date(cellOf.cancelled_on)
    this.readParents(slot)
    this.name(cellOf.spouse_name, late.spouseName, slot)
    this.otherId(cellOf.spouse_id, late.spouseId, slot)
  }

  private readParents(slot: number): void {
    const { late, cellOf } = this
    this.name(cellOf.father_name, late.fatherName, slot)
    this.otherId(cellOf.father_id, late.fatherId, slot)
    this.name(cellOf.mother_name, late.motherName, slot)
    this.otherId(cellOf.mother_id, late.motherId, slot)
  }

  /** Village, block and household of the two census forms; returns the village's area number. */
  private readPlace(slot: number): number {
    const { columns, cellOf, read } = this
    const area = this.place(cellOf.block_code, read.block)
    const block = area === 0 ? 0 : Math.max(0, read.block.second)
    columns.area[slot] = area
    columns.block[slot] = block
    this.household(slot, cellOf.household_no, area, block)
    return area
  }

  private readCensus(slot: number): void {
    const { columns, cellOf, read } = this
    const area = this.readPlace(slot)
    columns.householdType[slot] = this.code(cellOf.household_type, read.householdType)
    columns.personsPresent[slot] = this.code(cellOf.persons_present, read.count)
    columns.personsAway[slot] = this.code(cellOf.persons_away, read.count)
    columns.relation[slot] = this.code(cellOf.relation, read.censusRelation)
    columns.ethnicity[slot] = this.code(cellOf.ethnicity, read.ethnicity)
    const residence = this.code(cellOf.residence, read.residence)
    const hukouPlace = this.code(cellOf.hukou_place, read.hukouPlace)
    const claimed = this.place(cellOf.hukou_area_code, read.area)
    columns.residence[slot] = residence
    columns.residenceArea[slot] = this.place(cellOf.residence_area_code, read.area)
    columns.hukouPlace[slot] = hukouPlace
    columns.claimedHukouArea[slot] = claimed
    columns.hukouArea[slot] = this.censusHukouArea(area, residence, hukouPlace, claimed)
    columns.awayDuration[slot] = this.code(cellOf.away_duration, read.awayDuration)
    columns.awayReason[slot] = this.code(cellOf.away_reason, read.awayReason)
  }

  /** Where the hukou is as far as the census row itself says. */
  private censusHukouArea(area: number, residence: number, hukouPlace: number, claimed: number): number {
    // An away row stands where the hukou is.
    if (hukouPlace === 1 || residence > 1) return area
    if (hukouPlace === 5) return 0
    if (claimed !== 0 || area === 0) return claimed
    const { areas } = this
    const digits = areas.third(area)
    if (hukouPlace === 2 && digits >= 9)
      return areas.intern(areas.first(area), Math.floor(areas.second(area) / 1000) * 1000, 9)
    if (hukouPlace === 3) return areas.intern(areas.first(area), 0, 6)
    return 0
  }

  private readCensusDeath(slot: number): void {
    const { columns, cellOf, read } = this
    this.readPlace(slot)
    columns.death[slot] = this.date(cellOf.death_month)
    columns.age[slot] = Math.min(255, this.code(cellOf.age, read.count))
  }

  private readBirth(slot: number): void {
    const { columns, cellOf, read } = this
    columns.birthOrder[slot] = Math.min(255, Math.max(0, this.code(cellOf.birth_order, read.count) - 1))
    columns.area[slot] = this.place(cellOf.area_code, read.area)
    this.readParents(slot)
  }

  private readDeath(slot: number): void {
    const { columns, cellOf, read } = this
    columns.death[slot] = this.date(cellOf.death_date)
    columns.hukouArea[slot] = this.place(cellOf.hukou_area_code, read.area)
    columns.area[slot] = this.place(cellOf.area_code, read.area)
  }

  private readRecordId(slot: number, row: number, from: number, to: number): void {
    const { columns, hash, recordIds } = this
    const cell = this.cellOf.record_id
    if (this.openCell(cell)) {
      hash.of(this.buffer, this.start, this.end)
      recordIds.write(this.buffer, this.start, this.end, this.plan.encoding, this.read.decoder)
      columns.recordIdAt[slot] = recordIds.at
      columns.recordIdLength[slot] = recordIds.length
    } else {
      // Without an id the whole row is the tie-breaker: values decide, never the row's place in the file.
      const { bytes } = this.cutter
      let end = to - 1
      while (end > from && bytes[end - 1] <= 32) end--
      hash.of(bytes, from, end)
      columns.recordIdLength[slot] = 0
      const { label } = this.plan
      if (label !== '') {
        recordIds.writeText(`${label}:${row + 1}`)
        columns.recordIdAt[slot] = recordIds.at
        columns.recordIdLength[slot] = recordIds.length
        // Two rows of the same values are two rows, not one id seen twice.
        hash.second ^= Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(this.fileNo + 1, 0x85ebca6b)
      }
    }
    columns.recordHash[slot] = hash.first
    this.recordHash2[slot] = hash.second
  }

  private household(slot: number, cell: number, area: number, block: number): void {
    if (!this.openCell(cell)) return
    const { areas, hash, plan } = this
    const high = area === 0 ? 0 : areas.first(area)
    const low = area === 0 ? 0 : areas.second(area)
    hash.of(this.buffer, this.start, this.end, high, low, block)
    this.late.household.push(slot, hash.first, hash.second, plan.register)
  }

  private refuse(slot: number, row: number, code: RowCode, cell: number): void {
    this.state[slot] = SLOT_QUARANTINED
    this.refusals.push({ file: this.fileNo, row: row + 1, code: ROW_CODES.indexOf(code), cell })
  }
}
