/**
 * Opens every input and learns what must be known before memory is reserved: encoding, rows, header, SHA-256.
 *
 * In: the inputs. Out: surveyed files in a fixed order (register, base name, content), warnings. Refuses what cannot
 * be read at all, and the same content given twice.
 */
import { isUtf8 } from 'node:buffer'
import { addPairs, isBig5, type PairCounts } from './encoding/big5.ts'
import type { RegisterName } from '../registers/columns.ts'
import { headersOf, registerNumber, REGISTER_SPECS } from '../registers/columns.ts'
import type { ConvertedFile, ConvertMessage, ForeignFormat } from './formats/convert.ts'
import type { CellEncoding } from './encoding/decode.ts'
import type { IngestOptions } from './options.ts'
import { type IngestWarning, refuseFile } from './messages.ts'
import { type OpenedFile, openInput, orChanged, refuseChanged, withConversion } from './open.ts'
import { type ChunkRange, type DataBytes, newCounter, type SurveyMessage, type SurveyResult } from './plan.ts'
import { isGb18030, isUtf8Text, RangeReader } from './survey.ts'
import { type Garbling, garbledAs } from './encoding/garbled.ts'
import { readTableHead, type TableHead } from './headers/table-head.ts'
import type { ConversionWarning } from './formats/xlsx.ts'
import { compareText } from '../text-order.ts'

export interface SurveyedFile {
  readonly register: RegisterName
  readonly path: string
  readonly name: string
  readonly opened: OpenedFile
  readonly data: DataBytes
  readonly encoding: CellEncoding
  /** The encoding as it stood in the file. */
  readonly encodingShown: string
  readonly sha256: string
  readonly head: TableHead
  readonly hasQuote: boolean
  /** Lines of the file: an upper bound of its rows. */
  readonly rows: number
  /** Lines that start in each chunk. */
  readonly chunks: readonly number[]
}

/** All files, opened and looked through, and what is worth saying about them. */
export interface SurveyedInputs {
  readonly files: readonly SurveyedFile[]
  readonly warnings: readonly IngestWarning[]
}

export async function surveyInputs(options: IngestOptions, chunkBytes: number): Promise<SurveyedInputs> {
  const inputs = await openInputs(options)
  return orChanged(inputs, () => surveyOpened(options, inputs, chunkBytes))
}

async function surveyOpened(
  options: IngestOptions,
  inputs: readonly OpenedInput[],
  chunkBytes: number,
): Promise<{ readonly files: readonly SurveyedFile[]; readonly warnings: readonly IngestWarning[] }> {
  const data = inputs.map(({ opened }) => opened.data)
  const ranges = data.flatMap(({ length }, file) => rangesOf(file, length, chunkBytes))
  const hashes = inputs.map((_, k) => k)
  const results = await options.pool.runOnAll<SurveyMessage, SurveyResult>('ingest-survey', {
    files: data,
    chunks: ranges,
    hashes: hashes.sort((a, b) => data[b].length - data[a].length),
    look: 'count',
    counter: newCounter(),
  })
  const found = results.flatMap((result) => result.chunks).sort((a, b) => a.chunk - b.chunk)
  const sha256 = new Map(results.flatMap((result) => result.hashes).map((hash) => [hash.file, hash.sha256]))
  refuseSameContent(inputs, sha256)

  const chunksOf = data.map((_, file) => found.filter((chunk) => ranges[chunk.chunk].file === file))
  chunksOf.forEach((chunks, file) => {
    const nulAt = chunks.map((chunk) => chunk.nulAt).find((at) => at >= 0)
    if (nulAt !== undefined) throw refuseFile('E116', inputs[file].opened.name, rowWords(lineOf(data[file], nulAt)))
  })
  const isUtf8File = chunksOf.map((chunks) => chunks.every((chunk) => chunk.isEncoded))
  const encodings = await findEncodings(options, inputs, data, ranges, isUtf8File)

  const warnings: IngestWarning[] = []
  const files = inputs.map(({ register, path, opened, told = [] }, k): SurveyedFile => {
    warnings.push(...told.map((warning) => ({ ...warning, file: opened.name })))
    refuseGarbled(opened, encodings[k])
    const head = readTableHead(opened.head, encodings[k], register, opened.name, options.columnMap?.[register])
    warnings.push(...head.warnings)
    return {
      register,
      path,
      name: opened.name,
      opened,
      data: data[k],
      encoding: encodings[k],
      encodingShown: opened.sourceEncoding ?? encodings[k],
      sha256: sha256.get(k) ?? '',
      head,
      hasQuote: chunksOf[k].some((chunk) => chunk.hasQuote),
      rows: chunksOf[k].reduce((sum, chunk) => sum + chunk.rows, 0),
      chunks: chunksOf[k].map((chunk) => chunk.rows),
    }
  })
  // The order of the options does not decide: files lie by register, name and content.
  files.sort(
    (a, b) =>
      registerNumber(a.register) - registerNumber(b.register) ||
      compareText(a.name, b.name) ||
      compareText(a.sha256, b.sha256),
  )
  return { files, warnings }
}

interface OpenedInput {
  readonly register: RegisterName
  readonly path: string
  readonly opened: OpenedFile
  /** What the conversion had to say. */
  readonly told?: readonly ConversionWarning[] | undefined
}

async function openInputs(options: IngestOptions): Promise<OpenedInput[]> {
  const inputs: OpenedInput[] = options.inputs.map(({ register, path }) => ({
    register,
    path,
    opened: openInput(path, options.encoding),
  }))
  const foreign = inputs.filter(({ opened }) => opened.format !== undefined)
  if (foreign.length === 0) return inputs
  const results = await options.pool.runOnAll<ConvertMessage, ConvertedFile[]>('ingest-convert', {
    files: foreign.map(({ register, path, opened }) => ({
      path,
      format: opened.format as ForeignFormat,
      headers: REGISTER_SPECS[register].columns.flatMap(headersOf),
    })),
    counter: newCounter(),
  })
  const converted = new Map(results.flat().map((result) => [foreign[result.file], result]))
  return inputs.map((input) => {
    if (input.opened.format === undefined) return input
    const result = converted.get(input)
    if (result === undefined) throw new Error('a file was claimed by no worker')
    if ('refusal' in result) {
      refuseChanged(input)
      throw refuseFile(result.refusal, input.opened.name, result.detail)
    }
    return { ...input, opened: withConversion(input.opened, result), told: result.warnings }
  })
}

function rangesOf(file: number, length: number, chunkBytes: number): ChunkRange[] {
  const ranges: ChunkRange[] = []
  for (let from = 0; from < length; from += chunkBytes)
    ranges.push({ file, from, to: Math.min(length, from + chunkBytes) })
  return ranges
}

function refuseSameContent(
  inputs: readonly { readonly opened: OpenedFile }[],
  sha256: ReadonlyMap<number, string>,
): void {
  const seen = new Map<string, string>()
  inputs.forEach(({ opened }, k) => {
    const hash = sha256.get(k) ?? ''
    const first = seen.get(hash)
    if (first !== undefined) throw refuseFile('E126', opened.name, `= ${first}`)
    seen.set(hash, opened.name)
  })
}

/** The first lines tell: a file is garbled as a whole. */
function refuseGarbled({ name, head }: OpenedFile, encoding: CellEncoding): void {
  const garbling = garbledAs(new TextDecoder(encoding).decode(head.subarray(0, GARBLED_BYTES)))
  if (garbling !== undefined) throw refuseFile('E169', name, GARBLING_WORDS[garbling])
}

const GARBLED_BYTES = 1 << 16
const GARBLING_WORDS: Readonly<Record<Garbling, string>> = {
  'utf-8 as gbk': 'UTF-8 当作 GBK 读过 · UTF-8 that was read as GBK',
  'as latin-1': '中文当作西文读过 · Chinese that was read as Latin-1',
  'question marks': '汉字都成了问号 · Chinese that became question marks',
}

async function findEncodings(
  options: IngestOptions,
  inputs: readonly { readonly opened: OpenedFile }[],
  data: readonly DataBytes[],
  ranges: readonly ChunkRange[],
  isUtf8File: readonly boolean[],
): Promise<CellEncoding[]> {
  const maybeGb = ranges.filter(({ file }) => {
    const { announced } = inputs[file].opened
    return announced === 'gb18030' || (announced === undefined && !isUtf8File[file])
  })
  const notGb = new Set<number>()
  const chineseLines = data.map(() => 0)
  const utf8Lines = data.map(() => 0)
  const pairs = data.map((): PairCounts => ({ pairs: 0, framed: 0, low: 0 }))
  if (maybeGb.length > 0) {
    const results = await options.pool.runOnAll<SurveyMessage, SurveyResult>('ingest-survey', {
      files: data,
      chunks: maybeGb,
      hashes: [],
      look: 'gb18030',
      counter: newCounter(),
    })
    for (const found of results.flatMap((result) => result.chunks)) {
      const { file } = maybeGb[found.chunk]
      if (!found.isEncoded) notGb.add(file)
      chineseLines[file] += found.chineseLines
      utf8Lines[file] += found.utf8Lines
      addPairs(pairs[file], found.pairs)
    }
  }
  return inputs.map(({ opened }, file): CellEncoding => {
    const { announced, name } = opened
    if (announced === 'utf-8') {
      if (!isUtf8File[file]) refuseCutShort(name, data[file], isUtf8)
      if (!isUtf8File[file]) throw refuseFile('E112', name, `UTF-8, ${rowWords(firstBadLine(data[file], isUtf8))}`)
      return 'utf-8'
    }
    if (announced === 'gb18030') {
      if (notGb.has(file)) throw refuseFile('E112', name, `GB18030, ${rowWords(firstBadLine(data[file], isGbLine))}`)
      return 'gb18030'
    }
    if (isUtf8File[file]) return 'utf-8'
    if (!notGb.has(file)) {
      if (utf8Lines[file] >= MIXED_LINES_MIN && utf8Lines[file] >= chineseLines[file] * MIXED_SHARE_MIN) {
        refuseCutShort(name, data[file], isUtf8)
        throw refuseFile('E113', name, `UTF-8: ${rowWords(firstBadLine(data[file], (line) => !isUtf8Text(line)))}`)
      }
      if (isBig5(pairs[file])) throw refuseFile('E155', name)
      return 'gb18030'
    }
    refuseCutShort(name, data[file], isUtf8)
    refuseCutShort(name, data[file], isGbLine)
    const line = firstBadLine(data[file], (bytes) => isUtf8(bytes) || isGbLine(bytes))
    if (line > 0) throw refuseFile('E111', name, rowWords(line))
    throw refuseFile('E113', name, rowWords(firstBadLine(data[file], isUtf8)))
  })
}

/**
 * Refuses a file that is well formed but for the piece of a character at its very end: a copy that stopped there. It was told as a
 * file of two encodings, which nobody finds in it.
 */
function refuseCutShort(name: string, data: DataBytes, isGood: (line: Buffer) => boolean): void {
  const reader = new RangeReader([data])
  try {
    const tail = reader.read(0, Math.max(0, data.length - LOOK_BYTES), data.length)
    const line = tail.subarray(tail.lastIndexOf(10) + 1)
    const before = { ...data, length: data.length - line.length }
    const isPiece =
      !isGood(line) && [1, 2, 3].some((bytes) => isGood(line.subarray(0, Math.max(0, line.length - bytes))))
    if (!isPiece || firstBadLine(before, isGood) > 0) return
    throw refuseFile(
      'E109',
      name,
      `${rowWords(lineOf(data, data.length))} 断在一个字的中间 · the last row ends in the middle of a character`,
    )
  } finally {
    reader.close()
  }
}

function isGbLine(bytes: Buffer): boolean {
  return isGb18030(bytes, 0, bytes.length)
}

function rowWords(row: number): string {
  return `第 ${row} 行 · row ${row}`
}

/** So many UTF-8 lines in a file that could be GB18030 are no accident. */
const MIXED_LINES_MIN = 10
const MIXED_SHARE_MIN = 0.01

const LOOK_BYTES = 1 << 22

/** Line number of a byte; for messages only. */
function lineOf(data: DataBytes, offset: number): number {
  let line = 1
  forEachPiece(data, (bytes, at) => {
    for (let lf = bytes.indexOf(10); lf >= 0 && at + lf < offset; lf = bytes.indexOf(10, lf + 1)) line++
    return at + bytes.length < offset
  })
  return line
}

/** First line that is not well formed, 0 if all are; for messages only. */
function firstBadLine(data: DataBytes, isGood: (line: Buffer) => boolean): number {
  let line = 0
  let rest = Buffer.alloc(0)
  let bad = 0
  forEachPiece(data, (bytes, at) => {
    const piece = Buffer.concat([rest, bytes])
    let start = 0
    for (let lf = piece.indexOf(10); lf >= 0; lf = piece.indexOf(10, start)) {
      line++
      if (bad === 0 && !isGood(piece.subarray(start, lf))) bad = line
      start = lf + 1
    }
    rest = Buffer.from(piece.subarray(start))
    if (at + bytes.length >= data.length && rest.length > 0 && bad === 0 && !isGood(rest)) bad = line + 1
    return bad === 0
  })
  return bad
}

function forEachPiece(data: DataBytes, visit: (bytes: Buffer, at: number) => boolean): void {
  const reader = new RangeReader([data])
  try {
    for (let at = 0; at < data.length; at += LOOK_BYTES) if (!visit(reader.read(0, at, at + LOOK_BYTES), at)) return
  } finally {
    reader.close()
  }
}
