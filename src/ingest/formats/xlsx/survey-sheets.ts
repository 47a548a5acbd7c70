/**
 * What a workbook's sheets are like, before they are read: names, which are hidden, which hold anything, merged cells and
 * hidden rows. The package that reads workbooks tells these only where it keeps the whole sheet, and a county's does not fit:
 * a sheet of more than half a gigabyte is too long for a text.
 *
 * In:  the workbook's bytes. Out: one SheetSurvey a sheet in the workbook's order; undefined for an archive of an unusual kind
 * (damaged), which is left to the package. Parts are read as streams, tags only, to their ends: the package does not count the checksum of a sheet that it streams.
 */
import { inflated, type Part, partsOf } from './archive.ts'
import { attribute, openWorkbook, tagsIn } from './workbook.ts'

/** What a sheet holds beside its rows. */
export interface SheetNotes {
  readonly name: string
  /** 1-based, as a spreadsheet shows them. */
  readonly hiddenRows: readonly number[]
  readonly merges: readonly RowSpan[]
  /** Cells with a formula and no value: nobody has calculated them. */
  readonly uncalculated: number
}

interface SheetSurvey extends SheetNotes {
  readonly isHidden: boolean
  /** Whether any cell holds a value. */
  readonly hasValues: boolean
}

/** Rows of a merged range, 0-based. */
export interface RowSpan {
  readonly startRow: number
  readonly endRow: number
}

export interface WorkbookSurvey {
  readonly sheets: readonly SheetSurvey[]
  /** Length of the table of texts, which the package keeps in memory, in bytes. */
  readonly textBytes: number
}

export async function surveyWorkbook(workbook: Uint8Array): Promise<WorkbookSurvey | undefined> {
  const parts = partsOf(Buffer.from(workbook.buffer, workbook.byteOffset, workbook.byteLength))
  const opened = openWorkbook(parts)
  if (opened === undefined) return undefined
  const sheets: SheetSurvey[] = []
  for (const { name, isHidden, part } of opened.sheets) sheets.push({ name, isHidden, ...(await surveySheet(part)) })
  return { sheets, textBytes: opened.texts?.length ?? 0 }
}

const VALUE = /<(?:\w+:)?(?:v|is)[\s>]/

/** Whether any cell of a sheet holds a value; the sheet is read up to the first that does. */
export async function hasValues(part: Part): Promise<boolean> {
  for await (const text of texts(part)) if (VALUE.test(text)) return true
  return false
}

const FORMULA = /<(?:\w+:)?f[\s>/]/
/** The end of a formula and the end of its cell, with nothing or an empty value between them. */
const UNCALCULATED =
  /(?:<\/(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*\/>)(?:<(?:\w+:)?v\/>|<(?:\w+:)?v><\/(?:\w+:)?v>)?<\/(?:\w+:)?c>/g

async function surveySheet(part: Part): Promise<Omit<SheetSurvey, 'name' | 'isHidden'>> {
  const hiddenRows: number[] = []
  const merges: RowSpan[] = []
  let hasAny = false
  let uncalculated = 0
  for await (const text of texts(part)) {
    hasAny ||= VALUE.test(text)
    if (text.includes('hidden='))
      for (const tag of tagsIn(text, 'row'))
        if (/^(?:1|true)$/.test(attribute(tag, 'hidden'))) hiddenRows.push(Number(attribute(tag, 'r')))
    if (text.includes('mergeCell')) merges.push(...mergesIn(text))
    if (FORMULA.test(text)) uncalculated += text.match(UNCALCULATED)?.length ?? 0
  }
  return { hasValues: hasAny, hiddenRows, merges, uncalculated }
}

/** Rows of the merged ranges that a piece of a sheet tells. */
export function mergesIn(text: string): RowSpan[] {
  return tagsIn(text, 'mergeCell').flatMap((tag) => {
    const [, first, last] = /^[A-Z]+(\d+):[A-Z]+(\d+)$/.exec(attribute(tag, 'ref')) ?? []
    return last === undefined ? [] : [{ startRow: Number(first) - 1, endRow: Number(last) - 1 }]
  })
}

/** A part as texts in which every tag stands whole in one of them. */
async function* texts(part: Part): AsyncGenerator<string> {
  const textOf = wholeTags()
  for await (const piece of inflated(part)) yield textOf(piece)
}

/**
 * Takes pieces of XML one after another and gives their texts; a tag that a piece ends in comes again, whole, with the next one.
 * Tags are ASCII; a character cut in two lies in a cell's text.
 */
export function wholeTags(): (piece: Buffer) => string {
  let rest = ''
  return (piece) => {
    const text = rest + piece.toString('latin1')
    const open = text.lastIndexOf('<')
    rest = open >= 0 && text.indexOf('>', open) < 0 ? text.slice(open) : ''
    return text
  }
}
