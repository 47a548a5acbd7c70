/**
 * Which rows of a worksheet are hidden. The package that reads workbooks does not say so where it streams.
 *
 * In:  the workbook's bytes, the sheet's place among the sheets. Out: 1-based row numbers as a spreadsheet shows them. Reads the
 * sheet's part of the archive as a stream and looks at the start tags of rows, for a county's sheet is larger than memory.
 * An archive of an unusual kind (ZIP64, encrypted) tells nothing: none.
 */
import { Readable } from 'node:stream'
import { createInflateRaw, inflateRawSync } from 'node:zlib'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const STORED = 0
/** The directory's end lies within a comment's length of the file's. */
const COMMENT_MAX = 0xffff

interface Part {
  readonly isStored: boolean
  readonly bytes: Buffer
}

export async function hiddenRows(workbook: Uint8Array, sheet: number): Promise<number[]> {
  const archive = Buffer.from(workbook.buffer, workbook.byteOffset, workbook.byteLength)
  const part = sheetPart(partsOf(archive), sheet)
  if (part === undefined) return []
  const source = Readable.from([part.bytes])
  const rows: number[] = []
  let rest = ''
  for await (const chunk of part.isStored ? source : source.pipe(createInflateRaw())) {
    // Tags are ASCII; a character cut in two lies in a cell's text.
    const text = rest + (chunk as Buffer).toString('latin1')
    for (const [tag, number] of text.matchAll(/<row\b[^>]*?\br="(\d+)"[^>]*>/g))
      if (/\bhidden="(?:1|true)"/.test(tag)) rows.push(Number(number))
    const open = text.lastIndexOf('<')
    rest = open >= 0 && text.indexOf('>', open) < 0 ? text.slice(open) : ''
  }
  return rows
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
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const local = archive.readUInt32LE(at + 42)
    if (local + 30 <= archive.length) {
      const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
      const bytes = archive.subarray(from, from + archive.readUInt32LE(at + 20))
      parts.set(name, { isStored: archive.readUInt16LE(at + 10) === STORED, bytes })
    }
    at += 46 + nameLength + extraLength + commentLength
  }
  return parts
}

/** The part of the n-th sheet, by way of the workbook's list of sheets and its relations. */
function sheetPart(parts: ReadonlyMap<string, Part>, sheet: number): Part | undefined {
  const book = textOf(parts.get('xl/workbook.xml'))
  const id = [...book.matchAll(/<sheet\b[^>]*?\br:id="([^"]+)"/g)][sheet]?.[1]
  const relations = textOf(parts.get('xl/_rels/workbook.xml.rels'))
  for (const [relation] of relations.matchAll(/<Relationship\b[^>]*>/g)) {
    if (id === undefined || !relation.includes(`Id="${id}"`)) continue
    const target = /\bTarget="([^"]+)"/.exec(relation)?.[1] ?? ''
    return parts.get(target.startsWith('/') ? target.slice(1) : `xl/${target}`)
  }
  return undefined
}

function textOf(part: Part | undefined): string {
  if (part === undefined) return ''
  return (part.isStored ? part.bytes : inflateRawSync(part.bytes)).toString('utf8')
}
