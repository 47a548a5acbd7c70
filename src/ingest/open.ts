/**
 * The seam for file formats: any input → delimited bytes in UTF-8 or GB18030.
 *
 * In: a path. Out: where its data bytes are (the file itself, or bytes made from it for UTF-16, old line ends and
 * workbooks), what the first bytes say about the encoding, and the first part of the text. Whether the bytes
 * really are in an encoding is found by the survey, in workers.
 */
import { accessSync, closeSync, constants, openSync, readFileSync, readSync, type Stats, statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { ForeignFormat } from './formats/convert.ts'
import type { SharedBytes } from './formats/csv-bytes.ts'
import { isDbf } from './formats/dbf.ts'
import { type EncodingName, encodingNamed } from './encoding/encoding-name.ts'
import { nearPath, openWorkbookOf } from '../near-path.ts'
import { refuseFile } from './messages.ts'
import type { DataBytes } from './plan.ts'
import { registersInFolder } from './headers/registers-in.ts'

/** Enough for any header row. */
const HEAD_BYTES = 1 << 20
/** One file must be addressable by a positive 32-bit number. */
const FILE_BYTES_MAX = 2_000_000_000

export interface OpenedFile {
  readonly data: DataBytes
  readonly name: string
  readonly bytes: number
  readonly modified: number
  /** First bytes of the data. */
  readonly head: Buffer
  /** Encoding announced by a mark, an option or a conversion; undefined = to be found out. */
  readonly announced: EncodingName | undefined
  /** What the manifest shows. */
  readonly sourceEncoding: string | undefined
  /** Set while the file still has to be converted. */
  readonly format?: ForeignFormat
}

export function openInput(path: string, forced?: string): OpenedFile {
  const name = basename(path)
  const status = statusOf(path, name)
  const workbook = openWorkbookOf(path)
  if (workbook !== undefined) throw refuseFile('E167', name, workbook)
  const start = readStart(path, Math.min(HEAD_BYTES, status.size))
  const format = foreignFormat(path, name, start)
  const common = { name, bytes: status.size, modified: status.mtimeMs }
  // Its bytes are put in place by withConversion.
  if (format !== undefined)
    return {
      ...common,
      data: { path, skip: 0, length: 0 },
      head: start,
      format,
      announced: 'utf-8',
      sourceEncoding: format,
    }
  const wanted = forced === undefined ? undefined : forcedEncoding(forced, name)
  const mark = byteOrderMark(start)
  const encoding = mark?.encoding ?? wanted
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const text = decodeUtf16(readFileSync(path).subarray(mark?.length ?? 0), encoding, name)
    return { ...common, ...converted(path, text), announced: 'utf-8', sourceEncoding: encoding }
  }
  if (mark === undefined && looksLikeUtf16(start))
    throw refuseFile('E114', name, `${utf16Of(start)}: 请用 --encoding ${utf16Of(start)} 指定 · say so with --encoding`)
  const skip = mark?.length ?? 0
  const length = status.size - skip
  if (length === 0) throw refuseFile('E102', name)
  const head = start.subarray(skip)
  if (endsLinesWithCr(head)) {
    const bytes = readFileSync(path).subarray(skip)
    for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) bytes[at] = 10
    return { ...common, ...convertedBytes(path, bytes), announced: encoding, sourceEncoding: undefined }
  }
  return { ...common, data: { path, skip, length }, head, announced: encoding, sourceEncoding: undefined }
}

function statusOf(path: string, name: string): Stats {
  let status: Stats
  try {
    status = statSync(path)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const near = code === 'ENOENT' ? nearPath(path) : undefined
    const words: Readonly<Record<string, string>> = {
      ELOOP: '链接互相指向 · links that lead in a circle',
      ENOENT: near === undefined ? '' : `是否 ${near} · did you mean ${near}?`,
    }
    const detail = words[code] ?? code
    throw refuseFile(code === 'EACCES' ? 'E105' : 'E101', name, detail, error)
  }
  if (status.isDirectory()) throw refuseFile('E104', name, registersInFolder(path))
  // Its size is 0 whatever comes out of it, and it gives its bytes once: we read a file twice.
  if (!status.isFile()) throw refuseFile('E149', name)
  try {
    accessSync(path, constants.R_OK)
  } catch (error) {
    throw refuseFile('E105', name, '', error)
  }
  if (status.size === 0) throw refuseFile('E102', name)
  if (status.size > FILE_BYTES_MAX) throw refuseFile('E110', name, `${status.size} > ${FILE_BYTES_MAX}`)
  return status
}

function readStart(path: string, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  const descriptor = openSync(path, 'r')
  try {
    return buffer.subarray(0, readSync(descriptor, buffer, 0, length, 0))
  } finally {
    closeSync(descriptor)
  }
}

/** First bytes of gzip, RAR and 7z. */
const PACKED = [
  Buffer.from([0x1f, 0x8b]),
  Buffer.from('Rar!\x1a\x07', 'latin1'),
  Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
]

/** Formats that are not delimited text, told by their first bytes; an extension that says otherwise is refused. */
function foreignFormat(path: string, name: string, start: Buffer): ForeignFormat | undefined {
  const extension = extname(path).toLowerCase()
  const isZip = start.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))
  const isOle = start.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))
  if (isOle) throw refuseFile(start.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'E108' : 'E107', name)
  if (isZip && isOpenDocument(start)) throw refuseFile('E107', name)
  const isPacked = isZip ? extension === '.zip' : PACKED.some((bytes) => start.subarray(0, bytes.length).equals(bytes))
  if (isPacked) throw refuseFile('E145', name)
  const isWorkbookName = extension === '.xlsx' || extension === '.xlsm'
  if (isZip !== isWorkbookName) throw refuseFile('E106', name, isZip ? `ZIP/XLSX, ${extension}` : extension)
  if (isZip) return 'xlsx'
  const document = documentOf(start)
  if (document !== undefined) throw refuseFile('E158', name, document)
  if (extension !== '.dbf') return undefined
  if (!isDbf(start)) throw refuseFile('E106', name, extension)
  return 'dbf'
}

/** How a file begins that is read by other programs than those for tables. What an old system calls .xls is often a page. */
const DOCUMENTS: readonly (readonly [begins: RegExp, words: string])[] = [
  [/^<!doctype html|^<(?:html|head|meta|table|style|body)\b/i, '网页 · a web page (HTML)'],
  [/^<\?xml|^<\w+:?Workbook\b/i, 'XML'],
  [/^%PDF-/, 'PDF'],
  [/^(?:\[\s*)?\{\s*"/, 'JSON'],
  [/^\{\\rtf/, 'RTF'],
  [/^(?:\xff\xd8\xff|\x89PNG|II\*\0|GIF8)/, '图片 · a picture'],
]
const DOCUMENT_BYTES = 64

/** What a file is that is no table; undefined of tables. NULs are those of UTF-16. */
function documentOf(start: Buffer): string | undefined {
  const text = start.toString('latin1', 0, DOCUMENT_BYTES)
  const begins = text.replace(/^(?:\xef\xbb\xbf|\xff\xfe(?!\0\0)|\xfe\xff)/, '').replace(/^\s+/, '')
  return DOCUMENTS.find(([pattern]) => pattern.test(begins) || pattern.test(begins.replaceAll('\0', '')))?.[1]
}

/** An .ods or another file of that family: its kind stands at the head of the archive. */
export function isOpenDocument(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 256)).includes('application/vnd.oasis.opendocument')
}

function forcedEncoding(text: string, name: string): EncodingName {
  const encoding = encodingNamed(text)
  if (encoding === undefined) throw refuseFile('E111', name, `--encoding ${text}: utf-8, gb18030, utf-16le, utf-16be`)
  return encoding
}

function byteOrderMark(start: Buffer): { readonly encoding: EncodingName; readonly length: number } | undefined {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', length: 3 }
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', length: 2 }
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', length: 2 }
  if (start.subarray(0, 4).equals(Buffer.from([0x84, 0x31, 0x95, 0x33]))) return { encoding: 'gb18030', length: 4 }
  return undefined
}

/**
 * UTF-16 without a mark: the commas and line ends of the first lines have a NUL beside them. NULs that only follow the text
 * (a copy that was cut off, on a disk that had reserved the room) are none of it.
 */
function looksLikeUtf16(start: Buffer): boolean {
  const head = start.subarray(0, 4096)
  let end = head.length
  while (end > 1 && head[end - 1] === 0 && head[end - 2] === 0) end--
  const sample = head.subarray(0, end)
  let nuls = 0
  for (const byte of sample) if (byte === 0) nuls++
  return sample.length >= 4 && nuls * 20 > sample.length
}

/** Which half of each unit of the first lines is the empty one. */
function utf16Of(start: Buffer): 'utf-16le' | 'utf-16be' {
  let even = 0
  let odd = 0
  start.subarray(0, 4096).forEach((byte, at) => {
    if (byte !== 0) return
    if (at % 2 === 0) even++
    else odd++
  })
  return even > odd ? 'utf-16be' : 'utf-16le'
}

function decodeUtf16(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be', name: string): string {
  if (bytes.length % 2 === 1) throw refuseFile('E109', name, 'UTF-16')
  if (bytes.length === 0) throw refuseFile('E102', name)
  if (encoding === 'utf-16be') bytes.swap16()
  return bytes.toString('utf16le')
}

/** Old Macintosh line ends: carriage returns and not one line feed. */
function endsLinesWithCr(head: Buffer): boolean {
  return head.includes(13) && !head.includes(10)
}

function converted(path: string, text: string): Pick<OpenedFile, 'data' | 'head'> {
  const bytes = Buffer.from(text, 'utf8')
  if (endsLinesWithCr(bytes.subarray(0, HEAD_BYTES)))
    for (let at = bytes.indexOf(13); at >= 0; at = bytes.indexOf(13, at + 1)) bytes[at] = 10
  return convertedBytes(path, bytes)
}

function convertedBytes(path: string, bytes: Buffer): Pick<OpenedFile, 'data' | 'head'> {
  const shared = new SharedArrayBuffer(bytes.length)
  new Uint8Array(shared).set(bytes)
  return { data: { path, skip: 0, length: bytes.length, converted: shared }, head: bytes.subarray(0, HEAD_BYTES) }
}

/** A workbook or DBF file with the delimited bytes that were made from it. */
export function withConversion(opened: OpenedFile, { bytes, length }: SharedBytes): OpenedFile {
  if (length === 0) throw refuseFile('E102', opened.name)
  return {
    ...opened,
    data: { path: opened.data.path, skip: 0, length, converted: bytes },
    head: Buffer.from(new Uint8Array(bytes, 0, Math.min(HEAD_BYTES, length)).slice()),
  }
}

/** Refuses a file that is not what it was when it was opened: longer, shorter, another under its name, or gone. */
export function refuseChanged({ path, opened }: { readonly path: string; readonly opened: OpenedFile }): void {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status?.size !== opened.bytes || status.mtimeMs !== opened.modified) throw refuseFile('E127', opened.name)
}

/**
 * Half of a file that is being copied over looks damaged, or in two encodings: where one of the files has changed since it was
 * opened, that is what is told, and not what its halves look like.
 */
export async function orChanged<T>(
  files: readonly { readonly path: string; readonly opened: OpenedFile }[],
  work: () => T | Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    files.forEach(refuseChanged)
    throw error
  }
}
