/**
 * Opened tables as other threads read them: cells, counts and dictionaries in shared memory.
 *
 * In:  fields, the numbers of their cells row by row. Out: a handle that goes from thread to thread without a copy, and in
 *      the other thread the same comparisons made from it. Only what levels are told by is made there once more.
 */
import { sharedInts } from '../records/shared-memory.ts'
import type { TableSizes } from './candidates/candidate-pairs.ts'
import type { Comparison } from './compare/comparison.ts'
import { buildComparisons } from './compare/comparisons.ts'
import type { Dictionary, Field, Fields } from './fields/fields.ts'

export interface TablesHandle extends TableSizes {
  readonly fields: readonly (Omit<Field, 'dictionary'> & { /** Place in `texts`. */ readonly dictionary: number })[]
  readonly texts: readonly SharedTexts[]
  readonly cells: Int32Array
  readonly nicknames: readonly (readonly string[])[]
}

/** Texts one behind the other. */
interface SharedTexts {
  readonly bytes: Uint8Array
  readonly encoding: 'latin1' | 'utf16le'
  /** Where each ends, in bytes. */
  readonly ends: Int32Array
}

export function shareTables(
  { fields, rowCount, leftCount }: Fields,
  cells: Int32Array,
  nicknames: readonly (readonly string[])[],
): TablesHandle {
  // Given and family names share one dictionary.
  const dictionaries = [...new Set(fields.map((field) => field.dictionary))]
  return {
    fields: fields.map((field) => ({ ...field, dictionary: dictionaries.indexOf(field.dictionary) })),
    texts: dictionaries.map(shareTexts),
    cells,
    nicknames,
    rowCount,
    leftCount,
  }
}

export function openComparisons(handle: TablesHandle): Comparison[] {
  const dictionaries = handle.texts.map(openTexts)
  const fields = handle.fields.map((field): Field => ({ ...field, dictionary: dictionaries[field.dictionary] }))
  return buildComparisons(fields, handle.nicknames, handle.cells, handle.leftCount === handle.rowCount)
}

function shareTexts(texts: Dictionary): SharedTexts {
  const isNarrow = texts.every((text) => !/[\u0100-\uffff]/.test(text))
  const encoding = isNarrow ? 'latin1' : 'utf16le'
  const unit = isNarrow ? 1 : 2
  const ends = sharedInts(texts.length)
  let end = 0
  texts.forEach((text, i) => (ends[i] = end += text.length * unit))
  const bytes = Buffer.from(new SharedArrayBuffer(end))
  texts.forEach((text, i) => bytes.write(text, ends[i] - text.length * unit, encoding))
  return { bytes: new Uint8Array(bytes.buffer, 0, end), encoding, ends }
}

function openTexts({ bytes, encoding, ends }: SharedTexts): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from(ends, (end, i) => buffer.toString(encoding, i === 0 ? 0 : ends[i - 1], end))
}
