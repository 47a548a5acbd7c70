/**
 * A workbook's table of texts (xl/sharedStrings.xml) as one buffer: the texts as a CSV holds them, one after another, and where
 * each begins. As strings a county's table takes gigabytes.
 *
 * In:  the part. Out: SharedTexts. A table of an unusual form is NotPlain, a damaged one throws.
 */
import { quoted } from '../csv-bytes.ts'
import type { Part } from './archive.ts'
import { readElements } from './elements.ts'
import { LONG_NAME, NotPlain, tagCode, TEXT, withoutEscapes, type XmlCursor } from './xml-cursor.ts'

const SST = tagCode('sst')
const SI = tagCode('si')
const T = tagCode('t')
const R = tagCode('r')
const RUN_PROPERTIES = tagCode('rPr')
const READING = tagCode('rPh')

const FIRST_BYTES = 1 << 16
const NEEDS_STRING = TEXT.quotes | TEXT.entity | TEXT.escape

export class SharedTexts {
  bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES)
  /** Where each text begins in `bytes`; where the next one begins it ends. */
  offsets = new Uint32Array(FIRST_BYTES >> 4)
  count = 0

  add(text: string): void {
    if (text.includes('\0')) throw new NotPlain('NUL')
    const cell = quoted(text)
    this.reserve(3 * cell.length)
    this.end(this.bytes.write(cell, this.offsets[this.count], 'utf8'))
  }

  /** A text of bytes that need no quotes. */
  addBytes(source: Buffer, from: number, to: number): void {
    this.reserve(to - from)
    const { bytes } = this
    let at = this.offsets[this.count]
    for (let k = from; k < to; k++) bytes[at++] = source[k]
    this.end(to - from)
  }

  private end(length: number): void {
    const end = this.offsets[this.count] + length
    if (++this.count === this.offsets.length) {
      const longer = new Uint32Array(2 * this.offsets.length)
      longer.set(this.offsets)
      this.offsets = longer
    }
    this.offsets[this.count] = end
  }

  private reserve(length: number): void {
    const used = this.offsets[this.count]
    if (used + length <= this.bytes.length) return
    const longer = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, used + length))
    this.bytes.copy(longer, 0, 0, used)
    this.bytes = longer
  }
}

export async function readTexts(part: Part | undefined): Promise<SharedTexts> {
  const texts = new SharedTexts()
  if (part === undefined) return texts
  await readElements(part, {
    list: 'sst',
    element: 'si',
    read: (xml) => {
      for (;;) {
        const code = xml.nextTag()
        if (code === 0) return false
        if (code === -SST) return true
        if (code !== SI) throw new NotPlain('an element in the table of texts')
        addElement(texts, xml)
      }
    },
  })
  return texts
}

function addElement(texts: SharedTexts, xml: XmlCursor): void {
  if (xml.pastTag()) {
    texts.add('')
    return
  }
  xml.nextTag()
  if (xml.code === T) {
    if (xml.pastTag()) texts.add('')
    else addText(texts, xml)
    xml.nextTag()
  } else texts.add(textOfRuns(xml))
  // How a text is read aloud (拼音, ふりがな) may stand behind it.
  for (; xml.code !== -SI; xml.nextTag()) {
    if (xml.code !== READING && xml.code !== LONG_NAME) throw new NotPlain('an element in a text')
    xml.pastElement()
  }
}

function addText(texts: SharedTexts, xml: XmlCursor): void {
  xml.text(T)
  if (xml.joined === undefined && (xml.bits & NEEDS_STRING) === 0) texts.addBytes(xml.bytes, xml.from, xml.to)
  else texts.add(withoutEscapes(xml.textString()))
}

/** The text of runs, which differ in how they look; the first one's tag was read, and the tag behind the last one is. */
export function textOfRuns(xml: XmlCursor): string {
  let text = ''
  for (; xml.code === R; xml.nextTag()) if (!xml.pastTag()) text += textOfRun(xml)
  return text
}

function textOfRun(xml: XmlCursor): string {
  let text: string | undefined
  while (xml.nextTag() !== -R) {
    if (xml.code === RUN_PROPERTIES) xml.pastElement()
    else if (xml.code === T && text === undefined) {
      text = ''
      if (xml.pastTag()) continue
      xml.text(T)
      text = withoutEscapes(xml.textString())
    } else throw new NotPlain('an element in a run')
  }
  return text ?? ''
}
