/**
 * Addresses: text → folded text and a hash of it, for "the same address as written".
 *
 * Only spelling is folded (width, blanks, punctuation, Chinese house numbers); two addresses that differ otherwise
 * are not claimed to be different places.
 */
import { hashUnits } from '../records/text-dictionary.ts'
import { foldCell } from './cell-text.ts'

const DIGITS: Readonly<Record<string, string>> = {
  〇: '0',
  零: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
}

export function foldAddress(text: string): string {
  return foldCell(text)
    .toUpperCase()
    .replace(/[一二三四五六七八九〇零]*十[一二三四五六七八九]?(?=[号组社栋幢楼层室排巷弄单门])/gu, readTens)
    .replace(/[一二三四五六七八九〇零]+(?=[号组社栋幢楼层室排巷弄单门])/gu, (run) =>
      Array.from(run, (c) => DIGITS[c]).join(''),
    )
    .replace(/(?<=\d)[-—–#~](?=\d)/g, '-')
    .replace(/[\s,，.。、;；:：()（）[\]【】"'“”#*_/\\]/g, '')
    .replace(/^(?:无|不详|-+)$/, '')
}

/** Content hash of the folded address; 0 none, never 0 otherwise. */
export function hashAddress(text: string): number {
  const folded = foldAddress(text)
  if (folded === '') return 0
  const units = new Uint16Array(folded.length)
  for (let k = 0; k < folded.length; k++) units[k] = folded.charCodeAt(k)
  return hashUnits(units, folded.length) || 1
}

function readTens(run: string): string {
  const at = run.indexOf('十')
  const tens = at === 0 ? '1' : Array.from(run.slice(0, at), (c) => DIGITS[c]).join('')
  return tens + (DIGITS[run.slice(at + 1)] ?? '0')
}
