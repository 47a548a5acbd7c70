/**
 * RecordTable: every accepted row of every register as columns over one shared memory.
 *
 * A record is a row number. Rows lie register by register (REGISTERS order); within a register they are sorted by
 * birth date, then by a hash of the record id, so a row number depends on the rows' values, never on file order.
 * A column that a register does not have is zero on its rows (its pages are never touched).
 * Filled by src/ingest; read by blocking, matching, linking and findings. Strings are met at the two ends only.
 */
import type { RegisterName } from '../registers/columns.ts'
import type { ArrayOf, ElementType, Piece, SharedMemory } from './shared-memory.ts'
import { openPiece } from './shared-memory.ts'
import { type TextDictionaryPieces, TextDictionary } from './text-dictionary.ts'
import { type TripleDictionaryPieces, TripleDictionary } from './triple-dictionary.ts'

/**
 * The columns. Dates are packed `year << 9 | month << 5 | day`, unknown parts 0, whole date unknown 0.
 * `…Id` columns are numbers of the ID dictionary, names of the name dictionary, areas of the area dictionary; 0 = none.
 */
export const RECORD_COLUMNS = {
  /** Byte offset of the row's first byte in its file's data. */
  rowAt: 'u32',
  /** Row number as a spreadsheet shows it (header 1). */
  rowNo: 'u32',
  /** Index into RecordTable.files. */
  fileNo: 'u16',
  /** Where the record id lies in RecordTable.recordIdBytes; length 0 = the row number is the id. */
  recordIdAt: 'u32',
  recordIdLength: 'u16',
  /** Hash of the record id's text: a tie-breaker that does not depend on order. */
  recordHash: 'i32',

  /** The person's own number, normalised to 18 characters; 0 = missing, placeholder or not a number. */
  idNo: 'u32',
  /** IdKind: how the number stood in the row. */
  idKind: 'u8',
  /** Irregular numbers (17 or 19 characters, letters, truncated …) as text-dictionary numbers; 0 otherwise. */
  idText: 'u32',
  name: 'u32',
  formerName: 'u32',
  /** 0 unknown, 1 male, 2 female. */
  sex: 'u8',
  /** GB/T 3304 code 1–56, 97, 98; 0 unknown. */
  ethnicity: 'u8',
  /** RelationKind, one graph for both code systems. */
  relation: 'u8',
  birth: 'i32',
  /** 12-digit area where the row lies: police hukou village; census and death-form block's village; births mother's
   *  residence; deaths residence. */
  area: 'u32',
  /** census, census_deaths: the last three digits of the block code plus 1; 0 unknown. */
  block: 'u16',
  /** Number of (register, place, household number); 0 none. */
  household: 'u32',
  /** HOUSEHOLD_TYPE. */
  householdType: 'u8',
  /** Hukou area: police = area; census = as the row itself claims (village itself for D8 = 1 and for away rows);
   *  deaths = hukou_area_code. */
  hukouArea: 'u32',
  /** census: the hukou code as the row gives it, 0 none; hukouArea is made from it and D8. */
  claimedHukouArea: 'u32',
  /** census away rows: claimed residence. */
  residenceArea: 'u32',
  /** D7 1–7, D8 1–5, D9 1–9; 0 unknown. */
  residence: 'u8',
  hukouPlace: 'u8',
  awayDuration: 'u8',
  /** D10 as AwayReason; 0 unknown. */
  awayReason: 'u8',
  /** Declared H2 counts plus 1; 0 unknown. */
  personsPresent: 'u16',
  personsAway: 'u16',

  /** police */
  personNo: 'u32',
  status: 'u8',
  /** 1 = current version. */
  recordFlag: 'u8',
  reversalFlag: 'u8',
  movedIn: 'i32',
  movedOut: 'i32',
  /** police death_date, deaths death_date, census_deaths death_month. */
  death: 'i32',
  cancelled: 'i32',
  fatherId: 'u32',
  motherId: 'u32',
  spouseId: 'u32',
  fatherName: 'u32',
  motherName: 'u32',
  spouseName: 'u32',

  /** births: birth order, 1 unless a twin; 0 unknown. */
  birthOrder: 'u8',
  /** census_deaths: age plus 1; 0 unknown. */
  age: 'u8',
  /** Hash of the folded address; 0 none. */
  addressHash: 'i32',
} as const satisfies Record<string, ElementType>

export type RecordColumn = keyof typeof RECORD_COLUMNS

export type RecordColumns = { readonly [C in RecordColumn]: ArrayOf<(typeof RECORD_COLUMNS)[C]> }
export type RecordColumnPieces = { readonly [C in RecordColumn]: Piece<(typeof RECORD_COLUMNS)[C]> }

/** How an ID number stood in its row. */
export const ID_KIND = {
  /** Empty after trimming. */
  missing: 0,
  /** 无, 000…, 999…, mother's number + suffix and the like. */
  placeholder: 1,
  /** 18 characters, check digit right, possible date. */
  valid: 2,
  /** 15-digit legacy number, upgraded; every typo is silent. */
  legacy: 3,
  /** 17 digits, check character supplied. */
  tailSupplied: 4,
  /** 18 characters, check digit wrong, possible date. idNo is set. */
  checkFails: 5,
  /** 18 characters, impossible birth date. idNo is set. */
  dateImpossible: 6,
  /** 15 good digits + 000, or 5.13E+17: only the prefix is known. idText is set. */
  truncated: 7,
  /** Anything else (length, letters). idText is set. */
  malformed: 8,
  /** A good number that strangers of several households bear, typed in for want of one. idNo is set, and says nothing of who the row is. */
  nobodys: 9,
} as const
export type IdKind = (typeof ID_KIND)[keyof typeof ID_KIND]

/** Kind of household: 家庭户, 集体户. */
export const HOUSEHOLD_TYPE = { unknown: 0, family: 1, collective: 2 } as const

/** Relation to the head, one graph for police (GB/T 4761) and census (D2) codes. */
export const RELATION = {
  unknown: 0,
  head: 1,
  spouse: 2,
  child: 3,
  parent: 4,
  parentInLaw: 5,
  grandparent: 6,
  childInLaw: 7,
  grandchild: 8,
  sibling: 9,
  otherRelative: 10,
  nonRelative: 11,
} as const

export const AWAY_REASON = {
  unknown: 0,
  work: 1,
  study: 2,
  accompany: 3,
  relocation: 4,
  parked: 5,
  marriage: 6,
  grandchildren: 7,
  childSchooling: 8,
  elderCare: 9,
  other: 10,
} as const

/** One input file as read. */
export interface SourceFile {
  readonly register: RegisterName
  /** As given on the command line. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  /** Data rows read, accepted and quarantined. */
  readonly rows: number
  readonly accepted: number
  readonly quarantined: number
  readonly encoding: string
  readonly delimiter: string
  /** Canonical column of each cell, null for an unknown column kept aside. */
  readonly header: readonly (string | null)[]
  /** Bytes before the data (a byte-order mark), and the length of the data. */
  readonly skip: number
  readonly length: number
  /** Time of the last change, in milliseconds: rows are read again from the file only while it is the same. */
  readonly modified: number
  /** The data where it was made from the file (UTF-16, workbooks). */
  readonly converted?: SharedArrayBuffer
}

/** Everything another thread needs to open the table: structured-cloneable. */
export interface RecordTableHandle {
  readonly memory: WebAssembly.Memory
  readonly columns: RecordColumnPieces
  readonly recordIdBytes: Piece<'u8'>
  readonly ids: TripleDictionaryPieces
  readonly areas: TripleDictionaryPieces
  readonly households: TripleDictionaryPieces
  readonly personNos: TripleDictionaryPieces
  readonly names: TextDictionaryPieces
  readonly texts: TextDictionaryPieces
  /** Row range [start, end) of each register, REGISTERS order. */
  readonly starts: readonly number[]
  readonly files: readonly SourceFile[]
  /** 6-digit codes of the loaded area. */
  readonly loadedCounties: readonly number[]
}

/** The table opened on its shared memory; every thread opens its own. */
export class RecordTable {
  readonly handle: RecordTableHandle
  readonly memory: WebAssembly.Memory
  /** Number of accepted rows. */
  readonly rows: number
  /** starts[g] … starts[g + 1]: the rows of register g. */
  readonly starts: readonly number[]
  readonly files: readonly SourceFile[]
  readonly columns: RecordColumns
  /** By area number, once asked for. */
  private readonly areaTexts: (string | undefined)[] = []
  /** Record ids in UTF-8, one after another in the order of the rows. */
  readonly recordIdBytes: Uint8Array
  /** (area 6 BCD digits, birth 8 BCD digits, tail 4 BCD digits with X = 0xA) of each ID number. */
  readonly ids: TripleDictionary
  /** (first six digits as a number, last six as a number, digits known: 6, 9 or 12) of each area. */
  readonly areas: TripleDictionary
  readonly households: TripleDictionary
  readonly personNos: TripleDictionary
  readonly names: TextDictionary
  readonly texts: TextDictionary

  constructor(handle: RecordTableHandle) {
    this.handle = handle
    this.memory = handle.memory
    this.starts = handle.starts
    this.rows = handle.starts[handle.starts.length - 1]
    this.files = handle.files
    const columns: Partial<Record<RecordColumn, unknown>> = {}
    for (const column of Object.keys(RECORD_COLUMNS) as RecordColumn[]) {
      const piece = handle.columns[column]
      columns[column] = openPiece(handle.memory, { ...piece, length: Math.min(piece.length, this.rows) } as Piece)
    }
    this.columns = columns as RecordColumns
    this.recordIdBytes = openPiece(handle.memory, handle.recordIdBytes)
    this.ids = new TripleDictionary(handle.memory, handle.ids)
    this.areas = new TripleDictionary(handle.memory, handle.areas)
    this.households = new TripleDictionary(handle.memory, handle.households)
    this.personNos = new TripleDictionary(handle.memory, handle.personNos)
    this.names = new TextDictionary(handle.memory, handle.names)
    this.texts = new TextDictionary(handle.memory, handle.texts)
  }

  registerOf(row: number): number {
    const { starts } = this
    let g = 0
    while (row >= starts[g + 1]) g++
    return g
  }

  /** The record id as text: the row's own id or its row number. */
  recordId(row: number): string {
    const length = this.columns.recordIdLength[row]
    if (length === 0) return String(this.columns.rowNo[row])
    const at = this.columns.recordIdAt[row]
    const bytes = this.recordIdBytes
    let text = ''
    for (let k = at; k < at + length; k++) {
      // Nearly all ids are ASCII; the decoder takes no shared bytes, so others are copied.
      if (bytes[k] >= 128) return utf8.decode(bytes.slice(at, at + length))
      text += String.fromCharCode(bytes[k])
    }
    return text
  }

  /** The digits known of an area, 6, 9 or 12: `513027001002`; '' for 0. */
  areaText(area: number): string {
    if (area === 0) return ''
    const known = this.areaTexts[area]
    if (known !== undefined) return known
    const high = String(this.areas.first(area)).padStart(6, '0')
    const low = String(this.areas.second(area)).padStart(6, '0')
    const text = (high + low).slice(0, this.areas.third(area))
    // Filled up in order: an array with large holes is looked up like a map.
    while (this.areaTexts.length < area) this.areaTexts.push(undefined)
    this.areaTexts[area] = text
    return text
  }

  /** The normalised 18-character number of an ID-dictionary entry; '' for 0. */
  idText(idNo: number): string {
    if (idNo === 0) return ''
    const area = (this.ids.first(idNo) >>> 0).toString(16).padStart(6, '0')
    const birth = (this.ids.second(idNo) >>> 0).toString(16).padStart(8, '0')
    const tail = (this.ids.third(idNo) >>> 0).toString(16).padStart(4, '0').toUpperCase()
    return area + birth + tail.replaceAll('A', 'X')
  }
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** A date in one word that sorts as dates do; unknown parts 0. */
export function packDate(year: number, month: number, day: number): number {
  return (year << 9) | (month << 5) | day
}

/** Parts of a packed date; 0 where unknown. */
export function yearOf(date: number): number {
  return date >> 9
}

export function monthOf(date: number): number {
  return (date >> 5) & 15
}

export function dayOf(date: number): number {
  return date & 31
}

/** Month and day of a date as one number, the same in every year. */
export function monthDayOf(date: number): number {
  return date & 511
}

/** Months from one date to another, days left aside; negative if it is earlier. */
export function monthsBetween(from: number, to: number): number {
  return (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from)
}

/** Reserves all columns for `rowsMax` rows. */
export function reserveRecordColumns(memory: SharedMemory, rowsMax: number): RecordColumnPieces {
  const pieces: Partial<Record<RecordColumn, Piece>> = {}
  for (const [column, type] of Object.entries(RECORD_COLUMNS))
    pieces[column as RecordColumn] = memory.reserve(type, rowsMax)
  return pieces as RecordColumnPieces
}
