/**
 * The ZIP archive that a workbook is: its parts by name, and a part's bytes as they are inflated.
 *
 * In:  the archive's bytes (ZIP64 too, which programs write that do not know a part's length beforehand). Out: parts; one that is packed in
 *      another way than ZIP's two usual ones, or whose length the directory does not say, is left out. Inflating runs beside
 *      whoever takes the pieces. An archive without a directory has no parts; a part with a password is an EncryptedFileError, one whose
 *      bytes are not those that were packed (by their CRC-32) an ArchiveError.
 */
import { constants } from 'node:buffer'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import { Readable } from 'node:stream'

export interface Part {
  readonly isStored: boolean
  readonly bytes: Buffer
  /** Length when inflated, in bytes. */
  readonly length: number
  /** CRC-32 of the inflated bytes; 0 from a program that did not count it. */
  readonly checksum: number
}

const DIRECTORY_END = { sign: 0x06054b50, bytes: 22 }
const LOCATOR_64 = { sign: 0x07064b50, bytes: 20 }
const DIRECTORY_END_64 = { sign: 0x06064b50, bytes: 56 }
const DIRECTORY_ENTRY = { sign: 0x02014b50, bytes: 46 }
const LOCAL_BYTES = 30
/** Instead of a length or a place: it stands where 64 bits have room. */
const ELSEWHERE_16 = 0xffff
const ELSEWHERE_32 = 0xffffffff
const EXTRA_64 = 1
const STORED = 0
const DEFLATED = 8
/** First of an entry's flags. */
const ENCRYPTED = 1
/** The directory's end lies within a comment's length of the file's. */
const COMMENT_MAX = 0xffff

const PIECE_BYTES = 1 << 20
/** A part may inflate to what the directory says of it and no further, and never beyond this. */
const INFLATED_MAX = 2 ** 31

/** A workbook that was packed with a password: no spreadsheet makes one, a packing program does. */
class EncryptedPartError extends Error {
  override readonly name = 'EncryptedFileError'
}

class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
}

export function partsOf(archive: Buffer): Map<string, Part> {
  const parts = new Map<string, Part>()
  let { at, entries } = directoryOf(archive)
  for (; entries > 0 && at + DIRECTORY_ENTRY.bytes <= archive.length; entries--) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY.sign) break
    // Packed anew with a password, which a spreadsheet cannot open either.
    if ((archive.readUInt16LE(at + 8) & ENCRYPTED) !== 0)
      throw new EncryptedPartError('a part of the archive is encrypted')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const nameAt = at + DIRECTORY_ENTRY.bytes
    const part = partAt(archive, at, archive.subarray(nameAt + nameLength, nameAt + nameLength + extraLength))
    if (part !== undefined) parts.set(archive.toString('utf8', nameAt, nameAt + nameLength), part)
    at = nameAt + nameLength + extraLength + commentLength
  }
  return parts
}

/** Where the directory begins and how many entries it has; none where it cannot be found. */
function directoryOf(archive: Buffer): { readonly at: number; readonly entries: number } {
  const nothing = { at: 0, entries: 0 }
  let end = archive.length - DIRECTORY_END.bytes
  const first = Math.max(0, end - COMMENT_MAX)
  while (end >= first && archive.readUInt32LE(end) !== DIRECTORY_END.sign) end--
  if (end < first) return nothing
  const entries = archive.readUInt16LE(end + 10)
  const at = archive.readUInt32LE(end + 16)
  if (entries !== ELSEWHERE_16 && at !== ELSEWHERE_32) return { at, entries }
  const locator = end - LOCATOR_64.bytes
  if (locator < 0 || archive.readUInt32LE(locator) !== LOCATOR_64.sign) return nothing
  const record = Number(archive.readBigUInt64LE(locator + 8))
  if (record + DIRECTORY_END_64.bytes > archive.length || archive.readUInt32LE(record) !== DIRECTORY_END_64.sign)
    return nothing
  return {
    entries: Number(archive.readBigUInt64LE(record + 32)),
    at: Number(archive.readBigUInt64LE(record + 48)),
  }
}

function partAt(archive: Buffer, entry: number, extra: Buffer): Part | undefined {
  const method = archive.readUInt16LE(entry + 10)
  if (method !== STORED && method !== DEFLATED) return undefined
  const next64 = numbers64(extra)
  // In this order, those of them that have no room in the entry itself.
  const [length, packed, local] = [24, 20, 42].map((offset) => {
    const value = archive.readUInt32LE(entry + offset)
    return value === ELSEWHERE_32 ? next64() : value
  })
  if (length === undefined || packed === undefined || local === undefined) return undefined
  if ((packed === 0 && length > 0) || local + LOCAL_BYTES > archive.length) return undefined
  const from = local + LOCAL_BYTES + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
  const checksum = archive.readUInt32LE(entry + 16)
  return { isStored: method === STORED, bytes: archive.subarray(from, from + packed), length, checksum }
}

/** The 64-bit numbers of an entry, one a call; undefined when there are no more. */
function numbers64(extra: Buffer): () => number | undefined {
  let at = 0
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== EXTRA_64) at += 4 + extra.readUInt16LE(at + 2)
  const end = at + 4 <= extra.length ? Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2)) : 0
  at += 4
  return () => {
    if (at + 8 > end) return undefined
    at += 8
    return Number(extra.readBigUInt64LE(at - 8))
  }
}

/**
 * A part's bytes in their order, some 1 MB at a time. Throws where they are damaged or more than the directory says; that they
 * are other bytes than were packed is known, and thrown, behind the last piece.
 */
export async function* inflated(part: Part): AsyncGenerator<Buffer> {
  let checksum = 0
  for await (const piece of piecesOf(part)) {
    checksum = crc32(piece, checksum)
    yield piece
  }
  compareChecksums(part, checksum)
}

async function* piecesOf(part: Part): AsyncGenerator<Buffer> {
  if (part.isStored) {
    yield part.bytes
    return
  }
  const most = part.length > 0 ? Math.min(part.length, INFLATED_MAX) : INFLATED_MAX
  let bytes = 0
  for await (const piece of Readable.from([part.bytes]).pipe(createInflateRaw({ chunkSize: PIECE_BYTES }))) {
    bytes += (piece as Buffer).length
    if (bytes > most) throw new ArchiveError('a part exceeds the length that the archive says it has')
    yield piece as Buffer
  }
}

/** All of a small part; '' of one that is not there. Throws as `inflated` does. */
export function textOf(part: Part | undefined): string {
  if (part === undefined) return ''
  const maxOutputLength = Math.min(constants.MAX_STRING_LENGTH, Math.max(1, part.length))
  const bytes = part.isStored ? part.bytes : inflateRawSync(part.bytes, { maxOutputLength })
  compareChecksums(part, crc32(bytes))
  return bytes.toString('utf8')
}

/** A bit that was turned on the way often leaves a stream that inflates all the same, with another digit in a number. */
function compareChecksums(part: Part, counted: number): void {
  if (part.checksum !== 0 && part.checksum !== counted)
    throw new ArchiveError('a part does not hold the bytes that were packed')
}
