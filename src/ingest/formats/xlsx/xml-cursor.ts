/**
 * A cursor over the bytes of XML as spreadsheets write it: tags, attributes and texts one after another, without an object for any.
 *
 * In:  windows of a part, each of whole elements. Out: codes of tags and places in the window. What no spreadsheet writes between
 *      its cells (CDATA, processing instructions, a namespace of another name) is NotPlain: the caller then has the package read the file.
 */

/** The file is none of the plain ones that are read as bytes. */
export class NotPlain extends Error {
  override readonly name = 'NotPlain'
}

/** An element's name of up to three letters as a number, so that names are compared as numbers. */
export function tagCode(name: string): number {
  let code = 0
  for (let k = 0; k < name.length; k++) code |= name.charCodeAt(k) << (8 * k)
  return code
}

/** Every name of more than three letters. */
export const LONG_NAME = 0x7fffffff
const NAME_BITS = 24

const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const BANG = 0x21
const EQUALS = 0x3d
const COLON = 0x3a
const QUOTE = 0x22
const APOSTROPHE = 0x27
const COMMENT = Buffer.from('<!--')
const COMMENT_END = Buffer.from('-->')
const CDATA = Buffer.from('<![CDATA[')
const CDATA_END = Buffer.from(']]>')

/** What bytes of a text say of it, as bits. */
export const TEXT = {
  /** It needs quotes in a CSV: a comma, a quote or a line end. */
  quotes: 1,
  /** It may hold an entity (&amp;). */
  entity: 2,
  /** It may hold a character as spreadsheets write those that XML cannot (_x000D_). */
  escape: 4,
  /** Not all of it are digits. */
  notDigits: 8,
} as const
const STOP = 16
const TEXT_BITS = textBits()

function textBits(): Uint8Array {
  const bits = new Uint8Array(256).fill(TEXT.notDigits)
  for (let digit = 0x30; digit <= 0x39; digit++) bits[digit] = 0
  for (const sign of ',"\n\r') bits[sign.charCodeAt(0)] |= TEXT.quotes
  bits['&'.charCodeAt(0)] |= TEXT.entity
  bits['_'.charCodeAt(0)] |= TEXT.escape
  bits[LT] = STOP
  return bits
}

/** Bytes that may stand in a name, and some that may not but do no harm. */
const IN_NAME = new Uint8Array(256).fill(1, 0x2d)
for (const sign of '/;<=>?') IN_NAME[sign.charCodeAt(0)] = 0

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

export class XmlCursor {
  bytes: Buffer = Buffer.alloc(0)
  at = 0
  /** Where the window ends; bytes behind it are looked at with the next one. */
  end = 0
  /** The last tag's code, negative of an end tag; 0 where there was none. */
  code = 0
  /** The namespace before each name, with its colon; mostly none. */
  prefix: Buffer = Buffer.alloc(0)
  /** Whether the last start tag that was read to its end was its own end tag. */
  isClosed = false
  /** Place of the last attribute's name and value, or of the last text. */
  nameFrom = 0
  nameTo = 0
  from = 0
  to = 0
  /** What the last text is like (TEXT). */
  bits = 0
  /** The last text, where it came in several parts; undefined where it is bytes from `from` to `to`. */
  joined: string | undefined

  open(bytes: Buffer, at: number, end: number): void {
    this.bytes = bytes
    this.at = at
    this.end = end
  }

  /** The next tag's code, negative of an end tag, which is passed; a start tag is passed up to its attributes. 0: none left. */
  nextTag(): number {
    const { bytes, end } = this
    let at = this.at
    for (;;) {
      while (at < end && bytes[at] !== LT) at++
      if (at >= end) {
        this.at = end
        return (this.code = 0)
      }
      if (bytes[at + 1] !== BANG) break
      at = this.pastComment(at)
    }
    at++
    const isEnd = bytes[at] === SLASH
    if (isEnd) at++
    const { prefix } = this
    for (let k = 0; k < prefix.length; k++) if (bytes[at++] !== prefix[k]) throw new NotPlain('a namespace')
    let code = 0
    let bit = 0
    for (; at < end; at++, bit += 8) {
      const byte = bytes[at]
      if (byte === GT || byte === SLASH || isSpace(byte)) break
      if (IN_NAME[byte] === 0 || byte === COLON) throw new NotPlain('a tag')
      code = bit < NAME_BITS ? code | (byte << bit) : LONG_NAME
    }
    if (at >= end) throw new NotPlain('a tag without its end')
    if (!isEnd) {
      this.at = at
      return (this.code = code)
    }
    while (isSpace(bytes[at])) at++
    if (bytes[at] !== GT) throw new NotPlain('an end tag')
    this.at = at + 1
    return (this.code = -code)
  }

  private pastComment(at: number): number {
    const { bytes, end } = this
    if (bytes.compare(COMMENT, 0, 4, at, at + 4) !== 0) throw new NotPlain('no comment')
    const last = bytes.indexOf(COMMENT_END, at + 4)
    if (last < 0 || last + 3 > end) throw new NotPlain('a comment without its end')
    return last + 3
  }

  /** The next attribute of a start tag: its name and value lie between the places. False: the tag has ended. */
  nextAttribute(): boolean {
    const { bytes, end } = this
    let at = this.at
    const isApart = isSpace(bytes[at])
    while (isSpace(bytes[at])) at++
    if (bytes[at] === GT || bytes[at] === SLASH) {
      this.isClosed = bytes[at] === SLASH
      if (this.isClosed && bytes[++at] !== GT) throw new NotPlain('a tag')
      this.at = at + 1
      return false
    }
    this.nameFrom = at
    while (at < end && IN_NAME[bytes[at]] === 1) at++
    this.nameTo = at
    if (!isApart || bytes[at] !== EQUALS || at === this.nameFrom) throw new NotPlain('an attribute')
    const quote = bytes[++at]
    if (quote !== QUOTE && quote !== APOSTROPHE) throw new NotPlain('an attribute')
    this.from = ++at
    while (at < end && bytes[at] !== quote && bytes[at] !== LT) at++
    if (at >= end || bytes[at] === LT) throw new NotPlain('an attribute without its end')
    this.to = at
    this.joined = undefined
    this.at = at + 1
    return true
  }

  /** Whether the last attribute bears a name. */
  isNamed(name: Uint8Array): boolean {
    return this.isSame(this.nameFrom, this.nameTo, name)
  }

  /** Whether the last attribute has a value. */
  isValue(value: Uint8Array): boolean {
    return this.isSame(this.from, this.to, value)
  }

  /** Byte by byte: what is compared is shorter than a call of Buffer.compare takes. */
  private isSame(from: number, to: number, other: Uint8Array): boolean {
    if (to - from !== other.length) return false
    for (let k = 0; k < other.length; k++) if (this.bytes[from + k] !== other[k]) return false
    return true
  }

  /** Passes the rest of a start tag. True if it was its own end tag. */
  pastTag(): boolean {
    if (this.bytes[this.at] === GT) {
      this.at++
      this.isClosed = false
      return false
    }
    while (this.nextAttribute());
    return this.isClosed
  }

  /**
   * The text of an element whose start tag is passed, and its end tag: `from`, `to` and `bits`, or `joined`.
   * @param code of the element, which holds nothing but text
   */
  text(code: number): void {
    const { bytes, end } = this
    let at = this.at
    this.from = at
    let bits = 0
    for (; at < end; at++) {
      bits |= TEXT_BITS[bytes[at]]
      if ((bits & STOP) !== 0) break
    }
    this.to = at
    this.bits = bits & ~STOP
    this.joined = undefined
    this.at = at
    if (bytes[at + 1] === BANG) this.joined = this.joinText()
    if (this.nextTag() !== -code) throw new NotPlain('an element in a text')
  }

  /** A text with comments or CDATA in it, its entities resolved. */
  private joinText(): string {
    const { bytes, end } = this
    let text = withoutEntities(bytes.toString('utf8', this.from, this.to))
    while (this.at < end && bytes[this.at + 1] === BANG) {
      let from = this.at
      if (bytes.compare(CDATA, 0, CDATA.length, from, from + CDATA.length) === 0) {
        const last = bytes.indexOf(CDATA_END, from)
        if (last < 0 || last + 3 > end) throw new NotPlain('CDATA without its end')
        text += bytes.toString('utf8', from + CDATA.length, last)
        from = last + 3
      } else from = this.pastComment(from)
      const to = bytes.indexOf(LT, from)
      if (to < 0 || to >= end) throw new NotPlain('a text without its end')
      text += withoutEntities(bytes.toString('utf8', from, to))
      this.at = to
    }
    return text
  }

  /** The last text as a string, its entities resolved. */
  textString(): string {
    return this.joined ?? withoutEntities(this.bytes.toString('utf8', this.from, this.to))
  }

  /** Passes the element whose start tag was read up to its attributes, and all that it holds. */
  pastElement(): void {
    const { code } = this
    if (this.pastTag()) return
    while (this.nextTag() > 0) this.pastElement()
    if (this.code !== -code) throw new NotPlain('an element without its end')
  }

  /** The digits of the last attribute or text as a number; -1 where they are none or too many. */
  digits(): number {
    const { bytes, from, to } = this
    if (to === from || to - from > DIGITS_MAX) return -1
    let value = 0
    for (let at = from; at < to; at++) {
      const digit = bytes[at] - 0x30
      if (digit < 0 || digit > 9) return -1
      value = value * 10 + digit
    }
    return value
  }
}

const DIGITS_MAX = 9

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])
const CHARACTER_MAX = 0x10ffff

/** Entities as their characters; one of no known name stays as it stands. */
export function withoutEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));/g,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name) ?? whole
      const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16)
      return code <= CHARACTER_MAX ? String.fromCodePoint(code) : whole
    },
  )
}

/** `_x000D_` as the character that it stands for. */
export function withoutEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
