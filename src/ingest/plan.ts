/**
 * What main and worker threads tell each other while reading: plain values and handles of shared memory only.
 *
 * Offsets named `at` are bytes from the start of the file's data (after a byte-order mark) unless said otherwise.
 */
import type { RecordColumnPieces } from '../records/record-table.ts'
import type { Piece } from '../records/shared-memory.ts'
import type { TextDictionaryPieces } from '../records/text-dictionary.ts'
import type { TripleDictionaryPieces } from '../records/triple-dictionary.ts'
import type { PairCounts } from './encoding/big5.ts'
import type { CellEncoding } from './encoding/decode.ts'
import type { RecordIdPieces } from './rows/record-id-writer.ts'

/** Where a file's data bytes come from: the file itself, or bytes made from it (UTF-16, workbooks). */
export interface DataBytes {
  readonly path: string
  /** Bytes before the data: a byte-order mark. */
  readonly skip: number
  readonly length: number
  /** Converted bytes, the first `length` of these; the file is then only hashed. */
  readonly converted?: SharedArrayBuffer
}

/** A piece of one file, small enough for a processor's cache. */
export interface ChunkRange {
  readonly file: number
  readonly from: number
  readonly to: number
}

export interface SurveyMessage {
  readonly files: readonly DataBytes[]
  readonly chunks: readonly ChunkRange[]
  /** Files to be hashed whole: all of them in the first round. */
  readonly hashes: readonly number[]
  /** 'count': line feeds, quotes, NUL, UTF-8. 'gb18030': only whether the bytes are GB18030. */
  readonly look: 'count' | 'gb18030'
  readonly counter: SharedArrayBuffer
}

export interface ChunkSurvey {
  readonly chunk: number
  /** Rows that start in the chunk, if no quoted cell holds a line break. */
  readonly rows: number
  readonly hasQuote: boolean
  /** Offset of the first NUL byte, -1 if there is none. */
  readonly nulAt: number
  readonly isEncoded: boolean
  /** Of the lines looked at in a GB18030 chunk: those with Chinese text, and those of them that are UTF-8. */
  readonly chineseLines: number
  readonly utf8Lines: number
  /** Two-byte characters of those lines; only of a GB18030 chunk. */
  readonly pairs?: PairCounts
}

export interface SurveyResult {
  readonly chunks: readonly ChunkSurvey[]
  readonly hashes: readonly { readonly file: number; readonly sha256: string }[]
}

/** How one file is to be cut and read. */
export interface FilePlan {
  /** REGISTERS index. */
  readonly register: number
  readonly encoding: CellEncoding
  readonly delimiter: number
  readonly data: DataBytes
  /** Row index of the header (0 unless blank lines stand before it). */
  readonly headerRow: number
  /** Canonical column of each header cell, null for one kept aside; empty cells at the end left away. */
  readonly header: readonly (string | null)[]
  /** Header texts, folded, for recognising a repeated header. */
  readonly headerFolded: readonly string[]
  /** Bytes of the first header cell as written. */
  readonly headerStart: Uint8Array
  /** Slot of row index 0. */
  readonly slot: number
  /** Goes before a row number that stands for an id (file-labels.ts); '' = the number alone. */
  readonly label: string
}

/** Rows of one chunk. */
export interface ChunkPlan {
  readonly file: number
  /** Where the first row of the chunk starts; -1 = after the first line feed from `from - 1` on. */
  readonly rowAt: number
  readonly from: number
  readonly to: number
  readonly firstRow: number
  readonly rows: number
}

export interface RowScanMessage {
  readonly files: readonly FilePlan[]
  /** Files with quotes, each scanned from its start. */
  readonly scans: readonly { readonly file: number; readonly borders: readonly number[] }[]
  readonly counter: SharedArrayBuffer
}

/** For each chunk border: where the first row at or after it starts, and its index. */
export interface RowScan {
  readonly file: number
  readonly rowAt: readonly number[]
  readonly row: readonly number[]
  readonly rows: number
}

/** Columns that live only while reading. */
export interface SlotPieces {
  /** SLOT_… of each slot. */
  readonly state: Piece<'u8'>
  /** Second half of the record id's hash. */
  readonly recordHash2: Piece<'i32'>
  /** Birth, the row's own or from its ID number: the canonical order. */
  readonly sortBirth: Piece<'i32'>
  /** Slots in canonical order, each register from its first slot on. */
  readonly order: Piece<'u32'>
}

/** States of a slot; 0 is a slot whose line was blank. */
export const SLOT_ACCEPTED = 1
export const SLOT_QUARANTINED = 2

export interface DictionaryPieces {
  readonly recordIds: RecordIdPieces
  readonly ids: TripleDictionaryPieces
  readonly areas: TripleDictionaryPieces
  readonly households: TripleDictionaryPieces
  readonly personNos: TripleDictionaryPieces
  readonly names: TextDictionaryPieces
  readonly texts: TextDictionaryPieces
}

/** Dictionaries without the slots that live only while reading. */
export type DictionaryEntries = Pick<DictionaryPieces, 'recordIds' | 'households'> & {
  readonly [D in 'ids' | 'areas' | 'personNos' | 'names' | 'texts']: Omit<DictionaryPieces[D], 'slots'>
}

export interface ParseMessage extends DictionaryPieces {
  readonly memory: WebAssembly.Memory
  readonly columns: RecordColumnPieces
  readonly slots: SlotPieces
  readonly files: readonly FilePlan[]
  readonly chunks: readonly ChunkPlan[]
  readonly counter: SharedArrayBuffer
}

export interface RowRefusal {
  readonly file: number
  /** Row number as a spreadsheet shows it. */
  readonly row: number
  /** Index into ROW_CODES. */
  readonly code: number
  /** Header cell concerned, -1 the whole row. */
  readonly cell: number
}

/** A row whose cells stood in their neighbours' columns and were laid back. */
export interface Slip {
  readonly file: number
  /** Row number as a spreadsheet shows it. */
  readonly row: number
}

export interface ParseResult {
  /** A file held fewer bytes than when it was surveyed. */
  readonly isShort: boolean
  readonly refusals: readonly RowRefusal[]
  /** By file: rows with something in them, header aside. */
  readonly rows: readonly number[]
  /** By file and cell: values present, and values present that cannot be read. */
  readonly present: readonly Int32Array[]
  readonly voids: readonly Int32Array[]
  readonly slips: readonly Slip[]
}

export interface OrderMessage {
  readonly memory: WebAssembly.Memory
  readonly columns: RecordColumnPieces
  readonly slots: SlotPieces
  readonly files: readonly FilePlan[]
  /** First slot of each register, and one past the last. */
  readonly slotStarts: readonly number[]
  readonly counter: SharedArrayBuffer
}

export interface OrderResult {
  readonly registers: readonly {
    readonly register: number
    readonly accepted: number
    readonly refusals: readonly RowRefusal[]
  }[]
}

export interface GatherMessage {
  readonly memory: WebAssembly.Memory
  readonly columns: RecordColumnPieces
  readonly recordIds: RecordIdPieces
  readonly ids: TripleDictionaryPieces
  readonly names: TextDictionaryPieces
  readonly slots: SlotPieces
  readonly slotStarts: readonly number[]
  readonly starts: readonly number[]
  readonly counter: SharedArrayBuffer
}

/** A counter from which workers claim the next piece of work. */
export function newCounter(): SharedArrayBuffer {
  return new SharedArrayBuffer(4)
}

/** Claims numbers 0, 1, 2 … below `count`, each once over all threads. */
export function* claim(counter: SharedArrayBuffer, count: number): Generator<number> {
  const cell = new Int32Array(counter)
  for (;;) {
    const next = Atomics.add(cell, 0, 1)
    if (next >= count) return
    yield next
  }
}
