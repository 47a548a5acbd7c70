/**
 * Text that another program has read in a wrong encoding and saved again (乱码): well formed, and nobody's name.
 *
 * In:  the first part of a file, decoded. Out: what happened to it, or undefined.
 * 张三 in UTF-8 is E5 BC A0 E4 B8 89; read as GBK it is 寮犱笁, read as Latin-1 å¼ ä¸‰. Who turns each character into its bytes
 * again and reads them rightly has Chinese; of text that was never garbled hardly a character is left. What had no sign in the
 * encoding it was saved in is a question mark, and lost.
 */
import { TextDecoder } from 'node:util'

export type Garbling = 'utf-8 as gbk' | 'as latin-1' | 'question marks'

/** Fewer characters say nothing. */
const CHARACTERS_MIN = 12
/** Of the Chinese characters that the bytes would hold; the last byte of a cell is often lost. */
const READ_BACK_SHARE_MIN = 0.6
/** Cells of question marks alone, to one Chinese character. */
const LOST_CELLS_MIN = 10
const LOST_CELLS_PER_CHARACTER = 4

const GARBLED = /[^\0-\x7f·\ufffd]+/gu
const HAN = /\p{Script=Han}/gu
const LATIN = /[\u0080-\u00b6\u00b8-\u024f\u2010-\u2044\u20ac\u2122]/gu
const LOST_CELL = /(?<=^|[,\t"])\?{2,}(?=$|[,\t"])/gmu

export function garbledAs(text: string): Garbling | undefined {
  const strange = text.match(GARBLED) ?? []
  const characters = strange.reduce((sum, part) => sum + part.length, 0)
  const han = text.match(HAN)?.length ?? 0
  const lost = text.match(LOST_CELL)?.length ?? 0
  if (lost >= LOST_CELLS_MIN && lost > LOST_CELLS_PER_CHARACTER * han) return 'question marks'
  if (characters < CHARACTERS_MIN) return undefined
  const latin = text.match(LATIN)?.length ?? 0
  if (latin > characters / 2) return readsBack(strange, latin1Bytes) ? 'as latin-1' : undefined
  return readsBack(strange, gbkBytes, ['utf-8']) ? 'utf-8 as gbk' : undefined
}

/** Whether the bytes behind the characters are Chinese: in UTF-8 three bytes make a character, in GBK two. */
function readsBack(
  parts: readonly string[],
  bytesOf: (part: string) => number[],
  encodings: readonly ('utf-8' | 'gb18030')[] = ['utf-8', 'gb18030'],
): boolean {
  const bytes = parts.map((part) => Uint8Array.from(bytesOf(part)))
  const length = bytes.reduce((sum, part) => sum + part.length, 0)
  return encodings.some((encoding) => {
    const decoder = new TextDecoder(encoding)
    const han = bytes.reduce((sum, part) => sum + (decoder.decode(part).match(HAN)?.length ?? 0), 0)
    return han >= (length / (encoding === 'utf-8' ? 3 : 2)) * READ_BACK_SHARE_MIN
  })
}

/** Windows reads 0x80–0x9F as signs of its own; Latin-1 proper has nothing there. */
const WINDOWS_SIGNS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

function latin1Bytes(part: string): number[] {
  return Array.from(part, (character) => {
    const sign = WINDOWS_SIGNS.indexOf(character)
    return sign < 0 ? character.charCodeAt(0) & 0xff : 0x80 + sign
  })
}

let codes: Map<string, number> | undefined

function gbkBytes(part: string): number[] {
  codes ??= gbkCodes()
  return Array.from(part, (character) => codes?.get(character) ?? 0).flatMap((code) => [code >> 8, code & 0xff])
}

const [LEAD_FIRST, LEAD_LAST, TRAIL_FIRST, TRAIL_LAST] = [0x81, 0xfe, 0x40, 0xfe]

/** The two bytes of each character of GBK, a line for each first byte: decoded one by one they cost half as much again. */
function gbkCodes(): Map<string, number> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, number>()
  const line = new Uint8Array(3 * (TRAIL_LAST - TRAIL_FIRST + 1)).fill(0x0a)
  for (let lead = LEAD_FIRST; lead <= LEAD_LAST; lead++) {
    for (let trail = TRAIL_FIRST; trail <= TRAIL_LAST; trail++) line.set([lead, trail], 3 * (trail - TRAIL_FIRST))
    const texts = decoder.decode(line).split('\n')
    texts.forEach((text, k) => {
      if (text.length === 1 && text !== '\ufffd') found.set(text, (lead << 8) | (TRAIL_FIRST + k))
    })
  }
  return found
}
