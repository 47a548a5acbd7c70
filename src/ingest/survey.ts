/**
 * First look at the files, in worker threads: SHA-256, how many rows start in each chunk, whether there are quotes or
 * NUL bytes, whether the bytes are UTF-8 (or GB18030).
 *
 * In: files and chunk ranges. Out: a few numbers a chunk. Bytes are read from the files and forgotten; the second
 * reading (load.ts) finds them in the page cache. What follows from the numbers is decided in ingest.ts.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { countPairs, type PairCounts } from './encoding/big5.ts'
import { type ChunkSurvey, claim, type DataBytes, type SurveyMessage, type SurveyResult } from './plan.ts'

const HASH_BYTES = 1 << 20
/** Looked at in each chunk of a GB18030 file for lines in the other encoding. */
const SAMPLE_BYTES = 1 << 16

export function surveyFiles(message: SurveyMessage): SurveyResult {
  const { files, chunks, hashes, look } = message
  const found: ChunkSurvey[] = []
  const hashed: { file: number; sha256: string }[] = []
  const reader = new RangeReader(files)
  try {
    // Whole-file hashes first: they are the longest pieces of work.
    for (const task of claim(message.counter, hashes.length + chunks.length)) {
      if (task < hashes.length) {
        hashed.push({ file: hashes[task], sha256: hashFile(files[hashes[task]].path) })
        continue
      }
      const chunk = task - hashes.length
      const { file, from, to } = chunks[chunk]
      found.push(look === 'count' ? surveyChunk(reader, chunk, file, from, to) : gbChunk(reader, chunk, file, from, to))
    }
  } finally {
    reader.close()
  }
  return { chunks: found, hashes: hashed }
}

/** Reads ranges of the files' data into a reused buffer. */
export class RangeReader {
  private readonly files: readonly DataBytes[]
  private readonly descriptors = new Map<number, number>()
  private buffer = Buffer.alloc(0)

  constructor(files: readonly DataBytes[]) {
    this.files = files
  }

  read(file: number, from: number, to: number): Buffer {
    const { converted, length } = this.files[file]
    const end = Math.min(to, length)
    if (converted !== undefined) return Buffer.from(converted, from, Math.max(0, end - from))
    if (this.buffer.length < end - from) this.buffer = Buffer.allocUnsafe(end - from)
    const got = this.readInto(file, from, this.buffer.subarray(0, end - from))
    return this.buffer.subarray(0, got)
  }

  /** Fills `into` from the file's data at `from`; returns how much there was. */
  readInto(file: number, from: number, into: Uint8Array): number {
    const { path, skip, converted, length } = this.files[file]
    if (converted !== undefined) {
      const there = new Uint8Array(converted).subarray(from, Math.min(length, from + into.length))
      into.set(there)
      return there.length
    }
    let descriptor = this.descriptors.get(file)
    if (descriptor === undefined) {
      descriptor = openSync(path, 'r')
      this.descriptors.set(file, descriptor)
    }
    let done = 0
    while (done < into.length) {
      const got = readSync(descriptor, into, done, into.length - done, skip + from + done)
      if (got === 0) break
      done += got
    }
    return done
  }

  close(): void {
    for (const descriptor of this.descriptors.values()) closeSync(descriptor)
    this.descriptors.clear()
  }
}

function hashFile(path: string): string {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(HASH_BYTES)
  const descriptor = openSync(path, 'r')
  try {
    for (;;) {
      const got = readSync(descriptor, buffer, 0, HASH_BYTES, null)
      if (got === 0) break
      hash.update(buffer.subarray(0, got))
    }
  } finally {
    closeSync(descriptor)
  }
  return hash.digest('hex')
}

function surveyChunk(reader: RangeReader, chunk: number, file: number, from: number, to: number): ChunkSurvey {
  // A row starts in the chunk if the byte before it is a line feed: the range looked at is one byte earlier.
  const before = from === 0 ? 0 : 1
  const bytes = reader.read(file, from - before, to + 3)
  const length = Math.min(bytes.length, to - from + before)
  const own = bytes.subarray(0, length)
  const rows = (from === 0 ? 1 : 0) + countLineFeeds(own, length - 1)
  const nul = own.indexOf(0)
  return {
    chunk,
    rows,
    hasQuote: own.includes(34),
    nulAt: nul < 0 ? -1 : from - before + nul,
    isEncoded: isUtf8(wholeCharacters(bytes, before, length)),
    chineseLines: 0,
    utf8Lines: 0,
  }
}

/** Line feeds before `end`. Apart from surveyChunk, which is compiled once and not for every chunk. */
function countLineFeeds(bytes: Buffer, end: number): number {
  let count = 0
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count++
  return count
}

/** From the first character that starts in [start, end) to the end of the last one that does. */
function wholeCharacters(bytes: Buffer, start: number, end: number): Buffer {
  const isInside = (at: number): boolean => (bytes[at] & 0xc0) === 0x80
  let from = start
  if (start > 0) for (let k = 0; k < 3 && from < end && isInside(from); k++) from++
  let to = end
  for (let k = 0; k < 3 && to < bytes.length && isInside(to); k++) to++
  return bytes.subarray(from, Math.max(from, to))
}

/** Whether the lines that start in the chunk are GB18030; a line may end in the next chunk. */
function gbChunk(reader: RangeReader, chunk: number, file: number, from: number, to: number): ChunkSurvey {
  const before = from === 0 ? 0 : 1
  let bytes = reader.read(file, from - before, to)
  let start = 0
  if (before === 1) start = bytes.indexOf(10) + 1
  const isEmpty = before === 1 && (start === 0 || start >= bytes.length)
  let isEncoded = true
  if (!isEmpty) {
    for (let more = 4096; bytes[bytes.length - 1] !== 10; more *= 4) {
      const longer = reader.read(file, from - before, to + more)
      const grew = longer.length > bytes.length
      const lineEnd = longer.indexOf(10, to - from + before)
      bytes = lineEnd < 0 ? longer : longer.subarray(0, lineEnd + 1)
      if (!grew) break
    }
    isEncoded = isGb18030(bytes, start, bytes.length)
  }
  const sample = isEmpty ? { chineseLines: 0, utf8Lines: 0 } : sampleLines(bytes, start)
  return { chunk, rows: 0, hasQuote: false, nulAt: -1, isEncoded, ...sample }
}

/** Counts lines of UTF-8 among those at the start of a chunk (many of them are GB18030 by accident only), and what tells Big5. */
function sampleLines(bytes: Buffer, start: number): Pick<ChunkSurvey, 'chineseLines' | 'utf8Lines' | 'pairs'> {
  let chineseLines = 0
  let utf8Lines = 0
  const pairs: PairCounts = { pairs: 0, framed: 0, low: 0 }
  const end = Math.min(bytes.length, start + SAMPLE_BYTES)
  for (let at = start; at < end; ) {
    const lineEnd = bytes.indexOf(10, at)
    const line = bytes.subarray(at, lineEnd < 0 ? bytes.length : lineEnd)
    if (!isAscii(line)) {
      chineseLines++
      if (isUtf8Text(line)) utf8Lines++
      countPairs(line, 0, line.length, pairs)
    }
    at += line.length + 1
  }
  return { chineseLines, utf8Lines, pairs }
}

/** UTF-8 with a three-byte character, as Chinese text has: GBK text is that only by a rare accident. */
export function isUtf8Text(line: Buffer): boolean {
  return isUtf8(line) && line.some((byte) => byte >= 0xe0)
}

/** Structure of GB18030-2005: one byte, two bytes, or four bytes within the two mapped ranges. */
export function isGb18030(bytes: Uint8Array, at: number, end: number): boolean {
  while (at < end) {
    const lead = bytes[at]
    if (lead <= 0x80) {
      at++
      continue
    }
    if (lead === 0xff || at + 1 >= end) return false
    const second = bytes[at + 1]
    if (second >= 0x40) {
      if (second === 0x7f || second === 0xff) return false
      at += 2
      continue
    }
    if (second < 0x30 || second > 0x39 || at + 3 >= end) return false
    const third = bytes[at + 2]
    const fourth = bytes[at + 3]
    if (third < 0x81 || third > 0xfe || fourth < 0x30 || fourth > 0x39) return false
    const pointer = ((lead - 0x81) * 10 + second - 0x30) * 1260 + (third - 0x81) * 10 + fourth - 0x30
    if ((pointer > 39_419 && pointer < 189_000) || pointer > 1_237_575) return false
    at += 4
  }
  return true
}
