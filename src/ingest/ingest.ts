/**
 * Register files → RecordTable, the whole of reading on one screen.
 *
 * In: paths with their registers, a pool of workers. Out: the table in its shared memory, the rows kept aside, what
 * is worth saying about the files. Steps: open and survey (encoding, rows, SHA-256) → one memory of the right size →
 * cut and read every row into its slot → canonical order → gather. No file is ever whole in memory. Workers claim chunks; what they find is
 * walked in file order, so the result does not depend on which worker did what.
 */
import { BiduiError, EXIT } from '../errors.ts'
import { RecordTable, reserveRecordColumns, type SourceFile } from '../records/record-table.ts'
import type { SharedMemory } from '../records/shared-memory.ts'
import { type RegisterName, REGISTERS, REGISTER_SPECS, registerNumber } from '../registers/columns.ts'
import { collectEverywhere } from '../workers/garbage.ts'
import type { WorkerPool } from '../workers/pool.ts'
import { readByNumber } from './births-by-number.ts'
import { allocateFor, closeDictionaries, type MemoryPlan } from './budget.ts'
import { fileLabels } from './file-labels.ts'
import { foreignAreaWarning, loadedCounties } from './loaded-area.ts'
import { type IngestWarning, refuseFile, ROW_CODES, ROW_REASONS, type QuarantinedRow } from './messages.ts'
import { followMovedVillages } from './moved-villages.ts'
import { dropNobodysNumbers } from './nobodys-numbers.ts'
import { orChanged, refuseChanged } from './open.ts'
import type { IngestOptions } from './options.ts'
import {
  type ChunkPlan,
  type ChunkRange,
  type FilePlan,
  type GatherMessage,
  newCounter,
  type OrderMessage,
  type OrderResult,
  type ParseMessage,
  type ParseResult,
  type RowRefusal,
  type RowScan,
  type RowScanMessage,
  type SlotPieces,
} from './plan.ts'
import { tellNotFilledDown } from './not-filled-down.ts'
import { type SurveyedFile, type SurveyedInputs, surveyInputs } from './survey-inputs.ts'
import { readStatusByDates } from './status-by-dates.ts'
import { judgeUnreadable, tellSlips, tellUselessNumbers } from './void-rate.ts'

export interface IngestResult {
  readonly table: RecordTable
  readonly memory: SharedMemory
  readonly quarantine: readonly QuarantinedRow[]
  readonly warnings: readonly IngestWarning[]
}

const CHUNK_BYTES = 4 << 20

export async function ingestRegisters(options: IngestOptions): Promise<IngestResult> {
  if (options.inputs.length === 0)
    throw new BiduiError('E100', EXIT.usage, '没有输入文件 · no register file is given.', {
      advice: '请给出 --police、--census 等 · give --police, --census or another register.',
    })
  const chunkBytes = options.chunkBytes ?? CHUNK_BYTES
  const surveyed = await surveyInputs(options, chunkBytes)
  // A dictionary sized for usual registers may be too small for an unusual one: then once more with room for any.
  for (const room of ['usual', 'any'] as const) {
    try {
      const result = await orChanged(surveyed.files, () => readSurveyed(options, surveyed, chunkBytes, room))
      await collectEverywhere(options.pool, result.table.rows)
      return result
    } catch (error) {
      if (room === 'any' || !(error instanceof Error) || error.message !== 'dictionary is full') throw error
    }
  }
  throw new Error('unreachable')
}

async function readSurveyed(
  options: IngestOptions,
  { files, warnings }: SurveyedInputs,
  chunkBytes: number,
  room: 'usual' | 'any',
): Promise<IngestResult> {
  const { pool } = options
  const total = files.reduce((sum, file) => sum + file.data.length, 0)
  const tell = (stage: string, done: number): void => options.onProgress?.(stage, done, total)

  const plan: MemoryPlan = allocateFor(files, room, options.extraBytes)
  const { memory } = plan
  const columns = reserveRecordColumns(memory, plan.slots)
  const keep = memory.bytesUsed
  const dictionaries = plan.openDictionaries()
  const common = { memory: memory.memory, columns, slots: reserveSlots(memory, plan.slots) }

  tell('read', 0)
  const cut = await cutFiles(options, files, chunkBytes)
  const { filePlans, chunks } = cut
  const parsed = await parseRows(pool, { ...common, ...dictionaries, files: filePlans, chunks }, (share) =>
    tell('read', Math.round(total * share)),
  )
  files.forEach(refuseChanged)
  if (parsed.some((result) => result.isShort)) throw refuseFile('E127', files[0].name)
  refuseOtherHeaders(files, parsed)
  const unreadable = [...judgeUnreadable(files, parsed), ...tellSlips(files, parsed)]

  tell('order', total)
  const { recordIds, ...closed } = closeDictionaries(plan.entries)
  const { ids, names } = closed
  const { starts, refusals } = await orderRows(pool, { ...common, recordIds, ids, names }, files, cut, parsed)
  memory.release(keep)

  const sources = sourceFiles(files, parsed, refusals)
  const handle = {
    memory: memory.memory,
    columns,
    recordIdBytes: recordIds.bytes,
    ...closed,
    starts,
    files: sources,
    loadedCounties: [] as readonly number[],
  }
  const { loadedCounties, warnings: settled } = settleAreas(new RecordTable(handle), files, options.area)
  const table = new RecordTable({ ...handle, loadedCounties })
  tell('done', total)
  return {
    table,
    memory,
    quarantine: quarantineOf(files, filePlans, refusals),
    warnings: [
      ...warnings,
      ...unreadable,
      ...tellUselessNumbers(files, table),
      ...tellNotFilledDown(files, parsed, table),
      ...refuseEmptyRegisters(sources, files, refusals),
      ...settled,
    ],
  }
}

/** What only all rows together tell: which counties are loaded, whose numbers are nobody's, who has left, who is born where, which villages moved. */
function settleAreas(
  table: RecordTable,
  files: readonly SurveyedFile[],
  area: IngestOptions['area'],
): { readonly loadedCounties: readonly number[]; readonly warnings: readonly IngestWarning[] } {
  const counties = loadedCounties(table, area)
  // States first: who has left does not tell where a village lies now.
  const filesOf = (register: RegisterName): string => namesOf(files, register)
  const byDates = readStatusByDates(table, filesOf('police'))
  const nobodys = dropNobodysNumbers(table, filesOf)
  const byNumber = readByNumber(table, filesOf)
  const moved = followMovedVillages(table, filesOf('police'))
  return {
    loadedCounties: counties,
    warnings: [...foreignAreaWarning(table, area, counties), ...byDates, ...nobodys, ...byNumber, ...moved],
  }
}

/** Where each row of the files is put while their order is not known yet. */
function reserveSlots(memory: SharedMemory, slots: number): SlotPieces {
  return {
    state: memory.reserve('u8', slots),
    recordHash2: memory.reserve('i32', slots),
    sortBirth: memory.reserve('i32', slots),
    order: memory.reserve('u32', slots),
  }
}

/** The files in chunks of rows that workers claim. */
interface CutFiles {
  readonly filePlans: readonly FilePlan[]
  /** First slot of each file, and the end. */
  readonly slotOf: readonly number[]
  readonly chunks: readonly ChunkPlan[]
}

async function cutFiles(options: IngestOptions, files: readonly SurveyedFile[], chunkBytes: number): Promise<CutFiles> {
  const ranges = cutRanges(files, chunkBytes)
  const labels = fileLabels(files)
  const unslotted = files.map((file, k) => filePlan(file, labels[k]))
  const scans = await scanQuoted(options, files, unslotted, ranges)
  const slotOf = prefixSums(files.map((file, k) => scans.get(k)?.rows ?? file.rows))
  const filePlans = unslotted.map((file, k) => ({ ...file, slot: slotOf[k] }))
  return { filePlans, slotOf, chunks: planChunks(files, ranges, scans) }
}

/** Accepted rows into canonical order, register by register: `starts` of each, and what was refused. */
async function orderRows(
  pool: WorkerPool,
  common: Pick<GatherMessage, 'memory' | 'columns' | 'slots' | 'recordIds' | 'ids' | 'names'>,
  files: readonly SurveyedFile[],
  { filePlans, slotOf }: CutFiles,
  parsed: readonly ParseResult[],
): Promise<{ readonly starts: readonly number[]; readonly refusals: readonly RowRefusal[] }> {
  const slotStarts = REGISTERS.map((_, register) => {
    const first = files.findIndex((file) => registerNumber(file.register) >= register)
    return first < 0 ? slotOf[files.length] : slotOf[first]
  })
  slotStarts.push(slotOf[files.length])
  const ordered = await pool.runOnAll<OrderMessage, OrderResult>('ingest-order', {
    ...common,
    files: filePlans,
    slotStarts,
    counter: newCounter(),
  })
  const accepted = REGISTERS.map(() => 0)
  const refusals: RowRefusal[] = parsed.flatMap((result) => result.refusals)
  for (const { register, accepted: count, refusals: doubled } of ordered.flatMap((result) => result.registers)) {
    accepted[register] = count
    refusals.push(...doubled)
  }
  const starts = prefixSums(accepted)
  await pool.runOnAll<GatherMessage, void>('ingest-gather', { ...common, slotStarts, starts, counter: newCounter() })
  return { starts, refusals }
}

function namesOf(files: readonly SurveyedFile[], register: RegisterName): string {
  return files
    .filter((file) => file.register === register)
    .map((file) => file.name)
    .join(', ')
}

/** All chunks by all workers; `onShare` hears how far they are while they claim them. */
async function parseRows(
  pool: WorkerPool,
  message: Omit<ParseMessage, 'counter'>,
  onShare: (share: number) => void,
): Promise<ParseResult[]> {
  const counter = newCounter()
  const chunks = message.chunks.length
  const watch = setInterval(
    () => onShare(Math.min(chunks, Atomics.load(new Int32Array(counter), 0)) / Math.max(1, chunks)),
    200,
  )
  try {
    return await pool.runOnAll<ParseMessage, ParseResult>('ingest-parse', { ...message, counter })
  } finally {
    clearInterval(watch)
  }
}

function filePlan(file: SurveyedFile, label: string): FilePlan {
  const { head } = file
  return {
    register: registerNumber(file.register),
    encoding: file.encoding,
    delimiter: head.delimiter,
    data: file.data,
    headerRow: head.row,
    header: head.columns,
    headerFolded: head.folded,
    headerStart: head.start,
    slot: 0,
    label,
  }
}

function cutRanges(files: readonly SurveyedFile[], chunkBytes: number): ChunkRange[] {
  return files.flatMap((file, k) => file.chunks.map((_, c) => rangeOf(k, c, chunkBytes, file.data.length)))
}

function rangeOf(file: number, chunk: number, chunkBytes: number, length: number): ChunkRange {
  return { file, from: chunk * chunkBytes, to: Math.min(length, (chunk + 1) * chunkBytes) }
}

/** Files with quotes: where each chunk's first row starts, found by cutting from the start of the file. */
async function scanQuoted(
  options: IngestOptions,
  files: readonly SurveyedFile[],
  plans: readonly FilePlan[],
  ranges: readonly ChunkRange[],
): Promise<Map<number, RowScan>> {
  const scans = files.flatMap((file, k) =>
    file.hasQuote ? [{ file: k, borders: ranges.filter((range) => range.file === k).map((range) => range.from) }] : [],
  )
  if (scans.length === 0) return new Map()
  const message: RowScanMessage = { files: plans, scans, counter: newCounter() }
  const found = await options.pool.runOnAll<RowScanMessage, RowScan[]>('ingest-scan', message)
  return new Map(found.flat().map((scan) => [scan.file, scan]))
}

function planChunks(
  files: readonly SurveyedFile[],
  ranges: readonly ChunkRange[],
  scans: ReadonlyMap<number, RowScan>,
): ChunkPlan[] {
  const chunks: ChunkPlan[] = []
  let k = 0
  files.forEach((file, f) => {
    const scan = scans.get(f)
    let row = 0
    file.chunks.forEach((rowsInChunk, c) => {
      const { from, to } = ranges[k++]
      const rows = scan === undefined ? rowsInChunk : (scan.row[c + 1] ?? scan.rows) - scan.row[c]
      if (rows > 0)
        chunks.push({ file: f, from, to, rowAt: scan === undefined ? -1 : scan.rowAt[c], firstRow: row, rows })
      row += rows
    })
  })
  return chunks
}

function prefixSums(counts: readonly number[]): number[] {
  const sums = [0]
  for (const count of counts) sums.push(sums[sums.length - 1] + count)
  return sums
}

function sourceFiles(
  files: readonly SurveyedFile[],
  parsed: readonly ParseResult[],
  refusals: readonly RowRefusal[],
): SourceFile[] {
  const quarantined = files.map(() => 0)
  for (const refusal of refusals) quarantined[refusal.file]++
  return files.map((file, k) => {
    const rows = parsed.reduce((sum, result) => sum + result.rows[k], 0)
    return {
      register: file.register,
      path: file.path,
      bytes: file.opened.bytes,
      sha256: file.sha256,
      rows,
      accepted: rows - quarantined[k],
      quarantined: quarantined[k],
      encoding: file.encodingShown,
      delimiter: String.fromCharCode(file.head.delimiter),
      header: file.head.columns,
      skip: file.data.skip,
      length: file.data.length,
      modified: file.opened.modified,
      ...(file.data.converted === undefined ? {} : { converted: file.data.converted }),
    }
  })
}

/** In the order of registers, files and rows, whoever found them. */
function quarantineOf(
  files: readonly SurveyedFile[],
  plans: readonly FilePlan[],
  refusals: readonly RowRefusal[],
): QuarantinedRow[] {
  return [...refusals]
    .sort((a, b) => a.file - b.file || a.row - b.row || a.code - b.code)
    .map(({ file, row, code, cell }) => ({
      register: files[file].register,
      file: files[file].name,
      line: row,
      column: cell < 0 ? '' : (plans[file].header[cell] ?? files[file].head.texts[cell] ?? ''),
      code: ROW_CODES[code],
      reason: ROW_REASONS[ROW_CODES[code]],
    }))
}

/** Two exports put one after another with other columns: the rows of the second would be read into wrong columns. */
function refuseOtherHeaders(files: readonly SurveyedFile[], parsed: readonly ParseResult[]): void {
  const other = ROW_CODES.indexOf('E243')
  const found = parsed.flatMap((result) => result.refusals.filter(({ code }) => code === other))
  if (found.length === 0) return
  const { file, row } = found.reduce((a, b) => (a.file < b.file || (a.file === b.file && a.row < b.row) ? a : b))
  throw refuseFile('E163', files[file].name, `第 ${row} 行 · row ${row}`)
}

/**
 * A file without rows is worth a word: nobody may have died in a small township. A household register or short form
 * of which no file has any row is an export that failed: everybody would be missing.
 */
function refuseEmptyRegisters(
  sources: readonly SourceFile[],
  files: readonly SurveyedFile[],
  refusals: readonly RowRefusal[],
): IngestWarning[] {
  const warnings: IngestWarning[] = []
  const filled = new Set(sources.filter((source) => source.accepted > 0).map((source) => source.register))
  sources.forEach((source, k) => {
    if (source.accepted > 0) return
    const { register } = source
    const isOfPeople = register === 'police' || register === 'census'
    if (filled.size === 0 || (isOfPeople && !filled.has(register))) {
      const first = refusals.find((refusal) => refusal.file === k)
      if (first === undefined) throw refuseFile('E103', files[k].name, REGISTER_SPECS[register].zh)
      throw refuseFile(
        'E131',
        files[k].name,
        `${source.quarantined} 行 · rows, ${ROW_CODES[first.code]} ${ROW_REASONS[ROW_CODES[first.code]]}`,
      )
    }
    if (source.rows === 0)
      warnings.push({
        code: 'E103',
        file: files[k].name,
        message: '只有表头没有数据，按无人计 · a header without rows: taken as nobody',
      })
  })
  return warnings
}
