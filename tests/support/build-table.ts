/**
 * A small RecordTable in memory, made from row objects as a person would write them.
 *
 * In:  rows with a register, a record id and canonical columns as texts. Out: the table and the rows by key. Values are
 * read by the slow parsers of src/normalise, rows lie in the canonical order (register, birth, record id's hash), so
 * what is tested on it is what ingest would have made of the same rows.
 */
import { hashAddress } from '../../src/normalise/address.ts'
import { parseAreaCode, parseBlockCode } from '../../src/normalise/area-code.ts'
import { parseAwayReason } from '../../src/normalise/away-reason.ts'
import {
  parseAwayDuration,
  parseCount,
  parseHukouPlace,
  parseRecordFlag,
  parseResidence,
  parseReversalFlag,
  parseStatus,
} from '../../src/normalise/codes.ts'
import { parseDate } from '../../src/normalise/date.ts'
import { parseEthnicity } from '../../src/normalise/ethnicity.ts'
import { parseHouseholdType } from '../../src/normalise/household-type.ts'
import { parseIdNumber } from '../../src/normalise/id-number.ts'
import { parseRelation } from '../../src/normalise/relation.ts'
import { parseSex } from '../../src/normalise/sex.ts'
import { type People, peopleFromGroups } from '../../src/linking/people.ts'
import {
  type RecordColumn,
  RecordTable,
  type RecordTableHandle,
  reserveRecordColumns,
} from '../../src/records/record-table.ts'
import { openPiece, SharedMemory } from '../../src/records/shared-memory.ts'
import { hashUnits, reserveTexts, TextDictionary } from '../../src/records/text-dictionary.ts'
import { reserveSlots, reserveTriples, TripleDictionary } from '../../src/records/triple-dictionary.ts'
import { CENSUS, POLICE, REGISTERS, type RegisterName } from '../../src/registers/columns.ts'

/** Canonical columns as texts; `person` groups rows that are one person, in tests that link by hand. */
export interface RowText {
  readonly register: RegisterName
  readonly id: string
  readonly person?: string
  readonly [column: string]: string | undefined
}

export interface BuiltTable {
  readonly table: RecordTable
  readonly memory: SharedMemory
  /** Row number of `register:id`. */
  readonly rowOf: (key: string) => number
  readonly keyOf: (row: number) => string
  /** People as the rows' `person` says; rows without one stand alone. */
  readonly people: People
}

export interface BuildOptions {
  /** 6-digit codes; default: the counties of the census block codes, else those of the police areas. */
  readonly counties?: readonly number[]
  /** Bytes left free for what the test reserves itself. */
  readonly extraBytes?: number
}

type Cells = Partial<Record<RecordColumn, number>>

export function buildTable(rows: readonly RowText[], options: BuildOptions = {}): BuiltTable {
  const entries = rows.length * 8 + 64
  const memory = SharedMemory.allocate(4_000_000 + rows.length * 3500 + (options.extraBytes ?? 0))
  const dictionaries = {
    ids: { ...reserveTriples(memory, entries), slots: reserveSlots(memory, entries) },
    areas: { ...reserveTriples(memory, entries), slots: reserveSlots(memory, entries) },
    households: { ...reserveTriples(memory, entries), slots: reserveSlots(memory, entries) },
    personNos: { ...reserveTriples(memory, entries), slots: reserveSlots(memory, entries) },
    names: { ...reserveTexts(memory, entries, entries * 40), slots: reserveSlots(memory, entries) },
    texts: { ...reserveTexts(memory, entries, entries * 40), slots: reserveSlots(memory, entries) },
  }
  const reader = new RowReader(memory, dictionaries)
  const read = rows.map((row) => ({ row, register: REGISTERS.indexOf(row.register), cells: reader.read(row) }))
  read.sort(
    (a, b) =>
      a.register - b.register ||
      (a.cells.birth ?? 0) - (b.cells.birth ?? 0) ||
      (a.cells.recordHash ?? 0) - (b.cells.recordHash ?? 0),
  )
  const columns = reserveRecordColumns(memory, rows.length)
  const ids = read.map(({ row }) => new TextEncoder().encode(row.id))
  const recordIdBytes = memory.reserve(
    'u8',
    ids.reduce((sum, id) => sum + id.length, 1),
  )
  const bytes = openPiece(memory.memory, recordIdBytes)
  let at = 0
  read.forEach(({ cells }, slot) => {
    bytes.set(ids[slot], at)
    const all: Cells = { ...cells, recordIdAt: at, recordIdLength: ids[slot].length, rowNo: slot + 2 }
    for (const [column, value] of Object.entries(all) as [RecordColumn, number][])
      openPiece(memory.memory, columns[column])[slot] = value
    at += ids[slot].length
  })
  const starts = [0, ...REGISTERS.map((_, g) => read.filter(({ register }) => register <= g).length)]
  const handle: RecordTableHandle = {
    memory: memory.memory,
    columns,
    recordIdBytes,
    ...dictionaries,
    starts,
    files: [sourceFile()],
    loadedCounties: options.counties ?? countiesOf(rows),
  }
  const table = new RecordTable(handle)
  const keys = read.map(({ row }) => `${row.register}:${row.id}`)
  const rowByKey = new Map(keys.map((key, slot) => [key, slot]))
  return {
    table,
    memory,
    rowOf(key) {
      const row = rowByKey.get(key)
      if (row === undefined) throw new Error(`no row ${key}`)
      return row
    },
    keyOf: (row) => keys[row],
    people: peopleOf(read.map(({ row }) => row)),
  }
}

class RowReader {
  private readonly ids: TripleDictionary
  private readonly areas: TripleDictionary
  private readonly households: TripleDictionary
  private readonly personNos: TripleDictionary
  private readonly names: TextDictionary
  private readonly texts: TextDictionary

  constructor(
    memory: SharedMemory,
    pieces: Pick<RecordTableHandle, 'ids' | 'areas' | 'households' | 'personNos' | 'names' | 'texts'>,
  ) {
    this.ids = new TripleDictionary(memory.memory, pieces.ids)
    this.areas = new TripleDictionary(memory.memory, pieces.areas)
    this.households = new TripleDictionary(memory.memory, pieces.households)
    this.personNos = new TripleDictionary(memory.memory, pieces.personNos)
    this.names = new TextDictionary(memory.memory, pieces.names)
    this.texts = new TextDictionary(memory.memory, pieces.texts)
  }

  read(row: RowText): Cells {
    const text = (column: string): string => row[column] ?? ''
    const number = parseIdNumber(text('id_number'))
    const system = row.register === 'census' ? 'census' : 'police'
    const common: Cells = {
      recordHash: hashText(row.id),
      idKind: number.kind,
      idNo: number.area === 0 && number.tail === 0 ? 0 : this.ids.intern(number.area, number.birth, number.tail),
      idText: number.text === '' ? 0 : this.texts.internText(number.text),
      name: this.name(text('name')),
      sex: parseSex(text('sex')),
      ethnicity: parseEthnicity(text('ethnicity')),
      relation: parseRelation(text('relation'), system),
      birth: parseDate(text('birth_date') || text('birth_month')),
      householdType: parseHouseholdType(text('household_type')),
      addressHash: hashAddress(text('address')),
      recordFlag: 1,
    }
    switch (row.register) {
      case 'police':
        return { ...common, ...this.police(text) }
      case 'census':
        return { ...common, ...this.place(text, CENSUS), ...this.census(text) }
      case 'census_deaths':
        return {
          ...common,
          ...this.place(text, 2),
          death: parseDate(text('death_month')),
          age: Math.max(0, parseCount(text('age')) + 1),
        }
      case 'births':
        return {
          ...common,
          ...this.parents(text),
          area: this.area(text('area_code')),
          birthOrder: Math.max(0, parseCount(text('birth_order'))),
        }
      default:
        return {
          ...common,
          death: parseDate(text('death_date')),
          hukouArea: this.area(text('hukou_area_code')),
          area: this.area(text('area_code')),
        }
    }
  }

  private police(text: (column: string) => string): Cells {
    const area = this.area(text('area_code'))
    return {
      ...this.parents(text),
      area,
      hukouArea: area,
      household: this.household(text('household_no'), area, 0, POLICE),
      formerName: this.name(text('former_name')),
      status: parseStatus(text('status')),
      recordFlag: parseRecordFlag(text('record_flag')),
      reversalFlag: parseReversalFlag(text('reversal_flag')),
      movedIn: parseDate(text('moved_in_on')),
      movedOut: parseDate(text('moved_out_on')),
      death: parseDate(text('death_date')),
      cancelled: parseDate(text('cancelled_on')),
      personNo: text('person_no') === '' ? 0 : this.personNos.intern(hashText(text('person_no')), 0, 0),
      spouseName: this.name(text('spouse_name')),
      spouseId: this.number(text('spouse_id')),
    }
  }

  private census(text: (column: string) => string): Cells {
    const residence = parseResidence(text('residence'))
    const hukouPlace = parseHukouPlace(text('hukou_place'))
    const claimed = this.area(text('hukou_area_code'))
    const village = this.place(text, CENSUS).area ?? 0
    return {
      residence,
      hukouPlace,
      claimedHukouArea: claimed,
      hukouArea: hukouPlace === 1 || residence > 1 ? village : hukouPlace === 5 ? 0 : claimed,
      residenceArea: this.area(text('residence_area_code')),
      awayDuration: parseAwayDuration(text('away_duration')),
      awayReason: parseAwayReason(text('away_reason')),
      personsPresent: Math.max(0, parseCount(text('persons_present')) + 1),
      personsAway: Math.max(0, parseCount(text('persons_away')) + 1),
    }
  }

  private place(text: (column: string) => string, register: number): Cells {
    const code = parseBlockCode(text('block_code'))
    const area = code.digits === 0 ? 0 : this.areas.intern(code.high, code.low, code.digits)
    const block = code.block + 1
    return { area, block, household: this.household(text('household_no'), area, block, register) }
  }

  private parents(text: (column: string) => string): Cells {
    return {
      fatherName: this.name(text('father_name')),
      motherName: this.name(text('mother_name')),
      fatherId: this.number(text('father_id')),
      motherId: this.number(text('mother_id')),
    }
  }

  private area(text: string): number {
    const { high, low, digits } = parseAreaCode(text)
    return digits === 0 ? 0 : this.areas.intern(high, low, digits)
  }

  private name(text: string): number {
    return this.names.internText(text.trim())
  }

  private number(text: string): number {
    const { area, birth, tail } = parseIdNumber(text)
    return area === 0 && tail === 0 ? 0 : this.ids.intern(area, birth, tail)
  }

  private household(no: string, area: number, block: number, register: number): number {
    return no === '' ? 0 : this.households.intern(hashText(`${area}/${block}/${no}`), hashText(no), register)
  }
}

function hashText(text: string): number {
  return hashUnits(
    Array.from(text, (c) => c.charCodeAt(0)),
    text.length,
  )
}

function countiesOf(rows: readonly RowText[]): readonly number[] {
  const blocks = rows
    .map((row) => (row.register === 'census' ? (row.block_code ?? '') : ''))
    .filter((code) => code !== '')
  const codes = blocks.length > 0 ? blocks : rows.map((row) => (row.register === 'police' ? (row.area_code ?? '') : ''))
  return Array.from(new Set(codes.filter((code) => code.length >= 6).map((code) => Number(code.slice(0, 6)))))
}

function peopleOf(rows: readonly RowText[]): People {
  const parent = new Int32Array(rows.length)
  const first = new Map<string, number>()
  const size = new Map<string, number>()
  rows.forEach((row, slot) => {
    const person = row.person ?? `${row.register}:${row.id}`
    if (!first.has(person)) first.set(person, slot)
    parent[slot] = first.get(person) as number
    size.set(person, (size.get(person) ?? 0) + 1)
  })
  const attachment = Uint8Array.from(rows, (row) => ((size.get(row.person ?? '') ?? 1) > 1 ? 2 : 0))
  return peopleFromGroups(parent, attachment)
}

function sourceFile(): RecordTableHandle['files'][number] {
  return {
    register: 'police',
    path: 'built.csv',
    bytes: 0,
    sha256: '',
    rows: 0,
    accepted: 0,
    quarantined: 0,
    encoding: 'utf-8',
    delimiter: ',',
    header: [],
    skip: 0,
    length: 0,
    modified: 0,
  }
}
