/**
 * When two written names differ (docs/findings.md, main-item-error).
 *
 * In:  two texts, and the other names that the register knows for the person. Out: same, different,
 *      or different only in ways that a fair reader may let pass: variants, re-spelling, damage.
 */
import { Converter } from 'opencc-js/t2cn'
import { areListedVariants } from '../observe/characters.ts'

export type NameDifference = 'same' | 'variant' | 'respelt' | 'damaged' | 'known' | 'unnamed' | 'different'

const simplify = Converter({ from: 't', to: 'cn' })
/** The classes of transliteration, each written as its first spelling. */
const SPELLING_CLASSES =
  '买麦迈 不卜布 肉若热如茹日 吐图土 尔儿 艾爱阿 依伊衣 提铁 木穆 古姑 力里利 汗罕 丹旦 单丹 泽次 都杜 斯司 买合 荪逊 迪地 义依 帕巴'.split(
    ' ',
  )
const spelling = new Map<string, string>()
for (const group of SPELLING_CLASSES) for (const c of group) if (!spelling.has(c)) spelling.set(c, group[0] as string)

export function foldName(text: string): string {
  if (/^[\u4e00-\u9fff]*$/.test(text)) return text
  return text.normalize('NFKC').replace(/[\s·•‧・･.．。∙●‑-]/g, '')
}

/** What stands where a character was lost: a mark of the printer's or the decoder's (U+FFFD), letters, parts side by side (⿰龙天). */
const isDamaged = (name: string): boolean => /[?□■○◯▢〓*(A-Za-z⿰-⿻\ufffd\p{Co}]/u.test(name)
const isUnnamed = (name: string): boolean => name.includes('取名') || /某|之[子女]$/.test(name)

export function compareNames(left: string, right: string, known: ReadonlySet<string>): NameDifference {
  const a = foldName(left)
  const b = foldName(right)
  if (a === b || a === '' || b === '') return 'same'
  if (isUnnamed(a) || isUnnamed(b)) return 'unnamed'
  if (isDamaged(a) || isDamaged(b)) return 'damaged'
  if (known.has(a) && known.has(b)) return 'known'
  if (differOnlyInVariants(a, b)) return 'variant'
  if (isRespelling(left, right)) return 'respelt'
  return 'different'
}

function differOnlyInVariants(a: string, b: string): boolean {
  const left = [...a]
  const right = [...b]
  if (left.length !== right.length) return false
  return left.every((c, i) => {
    const other = right[i] as string
    return c === other || areListedVariants(c, other) || simplify(c) === simplify(other)
  })
}

/** A dotted or surname-less name, re-spelt, its parts in another order, cut, or without the father's name. */
function isRespelling(left: string, right: string): boolean {
  const dotted = /[·•‧・･.．。∙●]/.test(left + right) || left.length > 4 || right.length > 4
  const classed = (text: string): string => [...foldName(text)].map((c) => spelling.get(c) ?? c).join('')
  const a = classed(left)
  const b = classed(right)
  if (a === b) return true
  if (!dotted) return false
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (long.startsWith(short) || long.endsWith(short)) return true
  return long.length === short.length && (long + long).includes(short)
}
