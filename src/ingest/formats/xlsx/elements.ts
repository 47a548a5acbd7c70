/**
 * A large part in windows of whole elements: the rows of a sheet, the texts of a table.
 *
 * In:  the part, the names of the list and of its elements. Out: the cursor, opened on one window after another; then what stands behind the list.
 *      A list without an end is a CutShortError: the package would read what there is of it and say nothing. No list at all, an element of
 *      more bytes than any program writes and bytes that are no UTF-8 are NotPlain.
 */
import { isUtf8 } from 'node:buffer'
import { inflated, type Part } from './archive.ts'
import { NotPlain, XmlCursor } from './xml-cursor.ts'

export interface ElementReader {
  readonly list: string
  readonly element: string
  /** Reads to the end of the window. True if the list has ended in it, its end tag passed. */
  readonly read: (xml: XmlCursor) => boolean
  /** Takes what stands behind the list, in pieces. */
  readonly after?: (piece: Buffer) => void
}

class CutShortError extends Error {
  override readonly name = 'CutShortError'
}

const WINDOW_MAX = 1 << 25

export async function readElements(part: Part, reader: ElementReader): Promise<void> {
  const xml = new XmlCursor()
  let state: 'before' | 'in' | 'after' = 'before'
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of inflated(part)) {
    if (state === 'after') {
      reader.after?.(piece)
      continue
    }
    const window: Buffer = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let at = 0
    if (state === 'before') {
      const start = startOf(window, reader.list)
      if (start !== undefined) {
        state = start.isClosed ? 'after' : 'in'
        xml.prefix = Buffer.from(start.prefix)
        at = start.end
      }
    }
    const end = state === 'in' ? endOfWhole(window, at, xml.prefix.toString(), reader) : at
    if (end > at) {
      if (!isUtf8(window.subarray(at, end))) throw new NotPlain('no UTF-8')
      xml.open(window, at, end)
      if (reader.read(xml)) state = 'after'
      at = xml.at
    }
    rest = window.subarray(at)
    if (state === 'after') reader.after?.(rest)
    else if (rest.length > WINDOW_MAX) throw new NotPlain('an element that does not end')
  }
  if (state === 'in') throw new CutShortError('a list that does not end')
  if (state === 'before') throw new NotPlain('no list')
}

const ATTRIBUTES = `(?:\\s+[\\w:.-]+=(?:"[^"<]*"|'[^'<]*'))*`

interface ListStart {
  readonly prefix: string
  readonly end: number
  readonly isClosed: boolean
}

/** The start tag of a list, which is named once before it begins. */
function startOf(window: Buffer, list: string): ListStart | undefined {
  const found = new RegExp(`<((?:[\\w.-]+:)?)${list}${ATTRIBUTES}\\s*/?>`).exec(window.toString('latin1'))
  if (found === null) return undefined
  if (window.subarray(0, found.index).includes('<!')) throw new NotPlain('a comment before the list')
  return { prefix: found[1], end: found.index + found[0].length, isClosed: found[0].endsWith('/>') }
}

/** Where the last whole element of a window ends, or the list; no further than `from` if there is none. */
function endOfWhole(window: Buffer, from: number, prefix: string, { list, element }: ElementReader): number {
  const last = Math.max(from, window.lastIndexOf(`<${prefix}${element}`))
  const listEnd = window.indexOf(`</${prefix}${list}`, last)
  return (listEnd < 0 ? 0 : window.indexOf('>', listEnd) + 1) || last
}
