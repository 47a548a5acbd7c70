/**
 * What a workbook says of itself: its sheets, where its table of texts lies, how it counts days, which styles show a number as a date.
 *
 * In:  the parts of the archive. Out: an OpenedWorkbook; undefined where the workbook does not lie where every program puts it.
 * These parts are small texts, looked at with patterns; sheets and the table of texts are read elsewhere.
 */
import type { Part } from './archive.ts'
import { textOf } from './archive.ts'
import { withoutEntities } from './xml-cursor.ts'

interface SheetPart {
  readonly name: string
  readonly isHidden: boolean
  readonly part: Part
}

export interface OpenedWorkbook {
  /** In the workbook's order. */
  readonly sheets: readonly SheetPart[]
  readonly texts: Part | undefined
  readonly styles: Part | undefined
  /** Whether days are counted from 1904, as old programs on a Macintosh did. */
  readonly is1904: boolean
}

export function openWorkbook(parts: ReadonlyMap<string, Part>): OpenedWorkbook | undefined {
  const relations = tagsIn(textOf(parts.get('xl/_rels/workbook.xml.rels')), 'Relationship')
  const targets = new Map(relations.map((tag) => [attribute(tag, 'Id'), attribute(tag, 'Target')]))
  const partOfType = (type: string): Part | undefined => {
    const relation = relations.find((tag) => attribute(tag, 'Type').endsWith(`/${type}`))
    return relation === undefined ? undefined : parts.get(pathOf(attribute(relation, 'Target')))
  }
  const workbook = textOf(parts.get('xl/workbook.xml'))
  const sheets: SheetPart[] = []
  for (const tag of tagsIn(workbook, 'sheet')) {
    const part = parts.get(pathOf(targets.get(attribute(tag, '\\w+:id')) ?? ''))
    if (part === undefined) return undefined
    const state = attribute(tag, 'state')
    sheets.push({
      name: withoutEntities(attribute(tag, 'name')),
      isHidden: state === 'hidden' || state === 'veryHidden',
      part,
    })
  }
  if (sheets.length === 0) return undefined
  return {
    sheets,
    texts: partOfType('sharedStrings'),
    styles: partOfType('styles'),
    is1904: tagsIn(workbook, 'workbookPr').some((tag) => /^(?:1|true)$/.test(attribute(tag, 'date1904'))),
  }
}

function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** Number formats that programs need not spell out: the dates among them, the East Asian ones too (ECMA-376, 18.8.30). */
const DATE_FORMATS = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56,
  57, 58,
])
const NO_DATE = /^(?:General|@|[#0.,%\s]*)$/i

/** For each style of a cell, whether it shows a number as a date. */
export async function dateStylesOf(styles: Part | undefined): Promise<readonly boolean[]> {
  const text = textOf(styles)
  const isDateFormat = new Map<number, boolean>()
  for (const tag of tagsIn(inside(text, 'numFmts'), 'numFmt')) {
    const code = withoutEntities(attribute(tag, 'formatCode'))
    if (code === '') continue
    const isDate = !NO_DATE.test(code) && (await import('hucre')).isDateFormat(code)
    isDateFormat.set(Number(attribute(tag, 'numFmtId')), isDate)
  }
  return tagsIn(inside(text, 'cellXfs'), 'xf').map((tag) => {
    const format = Number(attribute(tag, 'numFmtId') || '0')
    return isDateFormat.get(format) ?? DATE_FORMATS.has(format)
  })
}

/** What lies within the first element of a name. */
function inside(text: string, name: string): string {
  return new RegExp(`<(?:\\w+:)?${name}[\\s>]([^]*?)</(?:\\w+:)?${name}\\s*>`).exec(text)?.[1] ?? ''
}

/** Start tags of one name, with or without a namespace before it. */
export function tagsIn(text: string, name: string): string[] {
  return text.match(new RegExp(`<(?:\\w+:)?${name}(?=[\\s/>])(?:"[^"]*"|'[^']*'|[^>"'])*>`, 'g')) ?? []
}

export function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}=(["'])([^]*?)\\1`).exec(tag)?.[2] ?? ''
}
