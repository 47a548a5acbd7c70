/**
 * What a workbook's sheets are like, before they are read: names, which are hidden, which hold anything, merged cells and
 * hidden rows. The package that reads workbooks tells these only where it keeps the whole sheet, and a county's does not fit:
 * a sheet of more than half a gigabyte is too long for a text.
 *
 * In:  the workbook's bytes. Out: one SheetSurvey a sheet in the workbook's order; undefined for an archive of an unusual kind
 * (ZIP64, damaged), which is left to the package. Parts are read as streams, tags only.
 */
import { Readable } from 'node:stream'
import { createInflateRaw, inflateRawSync } from 'node:zlib'

export interface SheetSurvey {
  readonly name: string
  readonly isHidden: boolean
  /** Whether any cell holds a value. */
  readonly hasValues: boolean
  /** 1-based, as a spreadsheet shows them. */
  readonly hiddenRows: readonly number[]
  readonly merges: readonly RowSpan[]
  /** Cells with a formula and no value: nobody has calculated them. */
  readonly uncalculated: number
}

/** Rows of a merged range, 0-based. */
interface RowSpan {
  readonly startRow: number
  readonly endRow: number
}

export interface WorkbookSurvey {
  readonly sheets: readonly SheetSurvey[]
  /** Length of the table of texts, which the package keeps in memory, in bytes. */
  readonly textBytes: number
}

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const STORED = 0
/** First of an entry's flags. */
const ENCRYPTED = 1
/** The directory's end lies within a comment's length of the file's. */
const COMMENT_MAX = 0xffff
const PIECE_BYTES = 1 << 20

/** A workbook that was packed with a password: no spreadsheet makes one, a packing program does. */
class EncryptedPartError extends Error {
  override readonly name = 'EncryptedFileError'
}

interface Part {
  readonly isStored: boolean
  readonly bytes: Buffer
  /** Length when inflated. */
  readonly length: number
}

export async function surveyWorkbook(workbook: Uint8Array): Promise<WorkbookSurvey | undefined> {
  const parts = partsOf(Buffer.from(workbook.buffer, workbook.byteOffset, workbook.byteLength))
  const relations = new Map(
    tagsIn(textOf(parts.get('xl/_rels/workbook.xml.rels')), 'Relationship').map((tag) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target'),
    ]),
  )
  const sheets: SheetSurvey[] = []
  for (const tag of tagsIn(textOf(parts.get('xl/workbook.xml')), 'sheet')) {
    const target = relations.get(attribute(tag, '\\w+:id')) ?? ''
    const part = parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
    if (part === undefined) return undefined
    const state = attribute(tag, 'state')
    const isHidden = state === 'hidden' || state === 'veryHidden'
    sheets.push({ name: unescape(attribute(tag, 'name')), isHidden, ...(await surveySheet(part)) })
  }
  if (sheets.length === 0) return undefined
  return { sheets, textBytes: parts.get('xl/sharedStrings.xml')?.length ?? 0 }
}

const FORMULA = /<(?:\w+:)?f[\s>/]/
/** The end of a formula and the end of its cell, with nothing or an empty value between them. */
const UNCALCULATED =
  /(?:<\/(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*\/>)(?:<(?:\w+:)?v\/>|<(?:\w+:)?v><\/(?:\w+:)?v>)?<\/(?:\w+:)?c>/g

async function surveySheet(part: Part): Promise<Omit<SheetSurvey, 'name' | 'isHidden'>> {
  const hiddenRows: number[] = []
  const merges: RowSpan[] = []
  let hasValues = false
  let uncalculated = 0
  const source = Readable.from([part.bytes])
  let rest = ''
  for await (const piece of part.isStored ? source : source.pipe(createInflateRaw({ chunkSize: PIECE_BYTES }))) {
    // Tags are ASCII; a character cut in two lies in a cell's text.
    const text = rest + (piece as Buffer).toString('latin1')
    hasValues ||= /<(?:\w+:)?(?:v|is)[\s>]/.test(text)
    if (text.includes('hidden='))
      for (const tag of tagsIn(text, 'row'))
        if (/^(?:1|true)$/.test(attribute(tag, 'hidden'))) hiddenRows.push(Number(attribute(tag, 'r')))
    if (text.includes('mergeCell'))
      for (const tag of tagsIn(text, 'mergeCell')) {
        const [, first, last] = /^[A-Z]+(\d+):[A-Z]+(\d+)$/.exec(attribute(tag, 'ref')) ?? []
        if (last !== undefined) merges.push({ startRow: Number(first) - 1, endRow: Number(last) - 1 })
      }
    if (FORMULA.test(text)) uncalculated += text.match(UNCALCULATED)?.length ?? 0
    // A tag cut in two is looked at with the next piece.
    const open = text.lastIndexOf('<')
    rest = open >= 0 && text.indexOf('>', open) < 0 ? text.slice(open) : ''
  }
  return { hasValues, hiddenRows, merges, uncalculated }
}

/** Start tags of one name, with or without a namespace before it. */
function tagsIn(text: string, name: string): string[] {
  return text.match(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g')) ?? []
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}=(["'])(.*?)\\1`).exec(tag)?.[2] ?? ''
}

function unescape(text: string): string {
  const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, sign: string) => signs[sign])
}

/** The parts of the archive by name. */
function partsOf(archive: Buffer): Map<string, Part> {
  const parts = new Map<string, Part>()
  let end = archive.length - 22
  const first = Math.max(0, end - COMMENT_MAX)
  while (end >= first && archive.readUInt32LE(end) !== END_OF_DIRECTORY) end--
  if (end < first) return parts
  let at = archive.readUInt32LE(end + 16)
  for (let n = archive.readUInt16LE(end + 10); n > 0 && at + 46 <= archive.length; n--) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) break
    // Packed anew with a password, which a spreadsheet cannot open either.
    if ((archive.readUInt16LE(at + 8) & ENCRYPTED) !== 0)
      throw new EncryptedPartError('a part of the archive is encrypted')
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const local = archive.readUInt32LE(at + 42)
    if (local + 30 <= archive.length) {
      const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
      const bytes = archive.subarray(from, from + archive.readUInt32LE(at + 20))
      const isStored = archive.readUInt16LE(at + 10) === STORED
      parts.set(name, { isStored, bytes, length: archive.readUInt32LE(at + 24) })
    }
    at += 46 + nameLength + extraLength + commentLength
  }
  return parts
}

function textOf(part: Part | undefined): string {
  if (part === undefined) return ''
  return (part.isStored ? part.bytes : inflateRawSync(part.bytes)).toString('utf8')
}
