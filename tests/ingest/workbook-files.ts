/** Workbooks written by hand: the parts as text, the archive packed in each way that programs pack one. */
import { crc32, deflateRawSync } from 'node:zlib'

export interface Packing {
  readonly isDeflated?: boolean
  /** Lengths and places as 64-bit numbers, as programs write them that do not know a length beforehand. */
  readonly isZip64?: boolean
  /** No checksums, as programs leave them that do not count any. */
  readonly isUnchecked?: boolean
}

const ELSEWHERE = 0xffffffff

/** A ZIP archive of parts by name. */
export function archiveOf(parts: Readonly<Record<string, string | Buffer>>, packing: Packing = {}): Buffer {
  const locals: Buffer[] = []
  const entries: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const whole = Buffer.from(content)
    const bytes = packing.isDeflated === true ? deflateRawSync(whole) : whole
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(packing.isDeflated === true ? 8 : 0, 8)
    local.writeUInt32LE(bytes.length, 18)
    local.writeUInt32LE(whole.length, 22)
    local.writeUInt16LE(name.length, 26)
    locals.push(local, Buffer.from(name), bytes)
    const checksum = packing.isUnchecked === true ? 0 : crc32(whole)
    entries.push(entryOf(name, checksum, [whole.length, bytes.length, at], packing))
    at += 30 + name.length + bytes.length
  }
  return Buffer.concat([...locals, ...entries, endOf(entries, at, packing)])
}

function entryOf(name: string, checksum: number, [length, packed, at]: readonly number[], packing: Packing): Buffer {
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50)
  entry.writeUInt16LE(packing.isDeflated === true ? 8 : 0, 10)
  entry.writeUInt32LE(checksum, 16)
  entry.writeUInt16LE(name.length, 28)
  const isZip64 = packing.isZip64 === true
  entry.writeUInt32LE(isZip64 ? ELSEWHERE : packed, 20)
  entry.writeUInt32LE(isZip64 ? ELSEWHERE : length, 24)
  entry.writeUInt32LE(isZip64 ? ELSEWHERE : at, 42)
  if (!isZip64) return Buffer.concat([entry, Buffer.from(name)])
  // Another extra field stands before the one of the numbers.
  const extra = Buffer.alloc(8 + 4 + 24)
  extra.writeUInt16LE(0x5455, 0)
  extra.writeUInt16LE(4, 2)
  extra.writeUInt16LE(1, 8)
  extra.writeUInt16LE(24, 10)
  ;[length, packed, at].forEach((value, k) => extra.writeBigUInt64LE(BigInt(value), 12 + 8 * k))
  entry.writeUInt16LE(extra.length, 30)
  return Buffer.concat([entry, Buffer.from(name), extra])
}

function endOf(entries: readonly Buffer[], at: number, packing: Packing): Buffer {
  const size = entries.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(packing.isZip64 === true ? 0xffff : entries.length, 10)
  end.writeUInt32LE(packing.isZip64 === true ? ELSEWHERE : size, 12)
  end.writeUInt32LE(packing.isZip64 === true ? ELSEWHERE : at, 16)
  if (packing.isZip64 !== true) return end
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50)
  record.writeBigUInt64LE(BigInt(entries.length), 32)
  record.writeBigUInt64LE(BigInt(size), 40)
  record.writeBigUInt64LE(BigInt(at), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50)
  locator.writeBigUInt64LE(BigInt(at + size), 8)
  return Buffer.concat([record, locator, end])
}

export interface SheetXml {
  /** All of xl/worksheets/sheet1.xml. */
  readonly sheet: string | Buffer
  /** What lies in the table of texts; none if left out. */
  readonly texts?: string | Buffer
  readonly styles?: string
  readonly is1904?: boolean
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** A workbook of one sheet, 户籍. */
export function workbookOf({ sheet, texts, styles, is1904 }: SheetXml, packing: Packing = {}): Buffer {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`
  return archiveOf(
    {
      '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"/>`,
      '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
      'xl/workbook.xml': `<workbook xmlns:r="${OFFICE}">${is1904 === true ? '<workbookPr date1904="1"/>' : ''}<sheets><sheet name="户籍" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${texts === undefined ? '' : relation(2, 'sharedStrings', 'sharedStrings.xml')}${styles === undefined ? '' : relation(3, 'styles', 'styles.xml')}</Relationships>`,
      'xl/worksheets/sheet1.xml': sheet,
      ...(texts === undefined ? {} : { 'xl/sharedStrings.xml': texts }),
      ...(styles === undefined ? {} : { 'xl/styles.xml': styles }),
    },
    packing,
  )
}
