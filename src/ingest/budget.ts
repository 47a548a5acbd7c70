/**
 * How much shared memory a run of these files needs, and the first pieces of it: record ids and dictionaries.
 *
 * In: surveyed files. Out: the memory, dictionaries with room. Pages that are never
 * touched cost nothing, but a hash table is touched everywhere: 'usual' sizes its tables for what registers hold,
 * 'any' for every cell different.
 */
import { RECORD_COLUMNS } from '../records/record-table.ts'
import { ELEMENT_BYTES, SharedMemory } from '../records/shared-memory.ts'
import { reserveTexts } from '../records/text-dictionary.ts'
import { NO_SLOTS, reserveSlots, reserveTriples, tripleDictionaryBytes } from '../records/triple-dictionary.ts'
import { fileLabels } from './file-labels.ts'
import { refuseFile } from './messages.ts'
import type { DictionaryEntries, DictionaryPieces } from './plan.ts'
import { recordIdHeapBytes, reserveRecordIds } from './rows/record-id-writer.ts'
import type { SurveyedFile } from './survey-inputs.ts'

/** A colon and the digits of a row number. */
const ROW_NUMBER_ROOM = 12

export interface MemoryPlan {
  readonly memory: SharedMemory
  readonly slots: number
  /** What stays of the dictionaries when reading is done. */
  readonly entries: DictionaryEntries
  /** Reserves the slots by which values are looked up while reading. */
  readonly openDictionaries: () => DictionaryPieces
}

export function allocateFor(
  files: readonly SurveyedFile[],
  room: 'usual' | 'any',
  extraBytes: (rows: number) => number = () => 0,
): MemoryPlan {
  const slots = files.reduce((sum, file) => sum + file.rows, 0)
  const sourceBytes = files.reduce((sum, file) => sum + align(file.data.length), 0)
  const sizes = dictionarySizes(files, room, sourceBytes)
  let rowBytes = 0
  for (const type of Object.values(RECORD_COLUMNS)) rowBytes += ELEMENT_BYTES[type]
  const bytes =
    recordIdHeapBytes(sizes.recordIdBytes) +
    slots * (rowBytes + 13) +
    64 * (Object.keys(RECORD_COLUMNS).length + 40) +
    tripleDictionaryBytes(sizes.ids) +
    tripleDictionaryBytes(sizes.areas) +
    tripleDictionaryBytes(sizes.households) +
    tripleDictionaryBytes(sizes.personNos) +
    textBytes(sizes.names, sizes.nameUnits) +
    textBytes(sizes.texts, sizes.textUnits) +
    extraBytes(slots)
  let memory: SharedMemory
  try {
    memory = SharedMemory.allocate(bytes)
  } catch (error) {
    throw refuseFile(
      'E110',
      files.map((file) => file.name).join(', '),
      `${Math.ceil(bytes / 2 ** 20)} MiB > 4096 MiB`,
      error,
    )
  }
  const entries: DictionaryEntries = {
    recordIds: reserveRecordIds(memory, sizes.recordIdBytes),
    ids: reserveTriples(memory, sizes.ids),
    areas: reserveTriples(memory, sizes.areas),
    // A household is looked up once more when parents are: its slots stay.
    households: { ...reserveTriples(memory, sizes.households), slots: reserveSlots(memory, sizes.households) },
    personNos: reserveTriples(memory, sizes.personNos),
    names: reserveTexts(memory, sizes.names, sizes.nameUnits),
    texts: reserveTexts(memory, sizes.texts, sizes.textUnits),
  }
  const open = <Entries>(dictionary: Entries, size: number) => ({ ...dictionary, slots: reserveSlots(memory, size) })
  return {
    memory,
    slots,
    entries,
    openDictionaries: () => ({
      ...entries,
      ids: open(entries.ids, sizes.ids),
      areas: open(entries.areas, sizes.areas),
      personNos: open(entries.personNos, sizes.personNos),
      names: open(entries.names, sizes.names),
      texts: open(entries.texts, sizes.texts),
    }),
  }
}

/** The dictionaries of a record table: numbers give values, but nothing is looked up any more, households excepted. */
export function closeDictionaries(entries: DictionaryEntries): DictionaryPieces {
  const close = <Entries>(dictionary: Entries) => ({ ...dictionary, slots: NO_SLOTS })
  return {
    ...entries,
    ids: close(entries.ids),
    areas: close(entries.areas),
    personNos: close(entries.personNos),
    names: close(entries.names),
    texts: close(entries.texts),
  }
}

function dictionarySizes(files: readonly SurveyedFile[], room: 'usual' | 'any', sourceBytes: number) {
  const cells = (names: readonly string[]): number =>
    files.reduce(
      (sum, file) => sum + file.rows * file.head.columns.filter((name) => names.includes(name ?? '')).length,
      0,
    )
  const own = cells(['id_number'])
  const others = cells(['father_id', 'mother_id', 'spouse_id'])
  const names = cells(['name', 'former_name', 'father_name', 'mother_name', 'spouse_name'])
  const areas = cells(['area_code', 'block_code', 'hukou_area_code', 'residence_area_code'])
  const households = cells(['household_no'])
  const persons = cells(['person_no'])
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  const labels = fileLabels(files)
  const labelled = files.reduce((sum, file, k) => {
    const { length } = Buffer.from(labels[k])
    return sum + (length === 0 ? 0 : file.rows * (length + ROW_NUMBER_ROOM))
  }, 0)
  const isAny = room === 'any'
  const few = 4096
  return {
    // Two bytes of GB18030 become three of UTF-8.
    recordIdBytes: labelled + (isAny ? Math.ceil(sourceBytes * 1.5) : rows * 32),
    ids: few + (isAny ? own + others : Math.ceil(own * 0.9 + others * 0.15)),
    names: few + (isAny ? names : Math.ceil(names * 0.5)),
    nameUnits: 65_536 + (isAny ? sourceBytes : names * 3),
    areas: few + (isAny ? areas * 2 : Math.min(areas * 2, 60_000)),
    households: few + (isAny ? households : Math.ceil(households * 0.8)),
    personNos: few + persons,
    texts: few + (isAny ? own : Math.ceil(own * 0.1)),
    textUnits: 65_536 + (isAny ? sourceBytes : own * 3),
  }
}

function textBytes(entries: number, units: number): number {
  return tripleDictionaryBytes(entries) + units * 2 + 512
}

function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64
}
