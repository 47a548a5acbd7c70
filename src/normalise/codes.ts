/**
 * Code columns: census D7, D8, D9, police status and version flags, counts. Code or Chinese text → small integer.
 *
 * Census codes: 0 unknown. Police status and flags have defaults: an empty or unreadable value is the default, so
 * that a lost column does not empty a register. Counts: -1 unknown.
 */
import { foldCode, withoutFloatTail } from './cell-text.ts'

const RESIDENCE = wordTable([
  [1, '本普查小区 本小区'],
  [2, '本村居其他小区 本村(居)委会其他普查小区 本村(居)其他普查小区 本村居其他普查小区 本村居委会其他普查小区'],
  [3, '本乡镇其他村居 本乡其他村 本乡(镇、街道)其他村(居)委会 本乡镇街道其他村居委会 本乡镇其他村'],
  [
    4,
    '本县其他乡镇 本县其他乡 本县(市、区)其他乡(镇、街道) 本县市区其他乡镇街道 本县(市、区、旗)其他乡(镇、街道) 本县市区旗其他乡镇街道',
  ],
  [5, '其他县 其他县(市、区) 其他县市区 其他县(市、区、旗) 其他县市区旗'],
  [6, '港澳台 港澳台地区'],
  [7, '国外 境外'],
])

const HUKOU_PLACE = wordTable([
  [1, '本村居 本村(居)委会 本村居委会 本村 本居委会'],
  [2, '本乡镇其他村居 本乡其他村 本乡(镇、街道)其他村(居)委会 本乡镇街道其他村居委会 本乡镇其他村'],
  [
    3,
    '本县其他乡镇 本县其他乡 本县(市、区)其他乡(镇、街道) 本县市区其他乡镇街道 本县(市、区、旗)其他乡(镇、街道) 本县市区旗其他乡镇街道',
  ],
  [4, '其他县 其他县(市、区) 其他县市区 其他县(市、区、旗) 其他县市区旗'],
  [5, '户口待定 待定'],
])

/** D9 as its span, written the one way of `spanOfYears`. */
const AWAY_DURATION = wordTable([
  [1, '没有离开户口登记地 没有离开 未离开'],
  [2, '不满半年 未满半年 半年以下 半年以内 半年内'],
  [3, '半年-1'],
  [4, '1-2'],
  [5, '2-3'],
  [6, '3-4'],
  [7, '4-5'],
  [8, '5-10'],
  [9, '10年以上 10年及以上 10年或以上'],
])

const STATUS = wordTable([
  [1, '死亡 死亡注销'],
  [2, '迁出 迁出注销 迁往市外 迁出市外'],
  [3, '服兵役 参军 入伍'],
  [4, '出国境定居 出国定居 出境定居 出国(境)定居'],
  [7, '删除'],
  [8, '注销 冲销 注销(冲销)'],
  [9, '其它 其他'],
])

/** D7 普查时点居住地: 1–7; 0 unknown. */
export function parseResidence(text: string): number {
  return readCode(text, 7, RESIDENCE)
}

/** D8 户口登记地: 1–5; 0 unknown. */
export function parseHukouPlace(text: string): number {
  return readCode(text, 5, HUKOU_PLACE)
}

/** D9 离开户口登记地时间: 1–9; 0 unknown. */
export function parseAwayDuration(text: string): number {
  return readCode(spanOfYears(foldCode(text)), 9, AWAY_DURATION)
}

const YEARS: Readonly<Record<string, string>> = { 一: '1', 二: '2', 两: '2', 三: '3', 四: '4', 五: '5', 十: '10' }

/** Half a dozen ways to write one span, the form's and our own lists' among them: 半年–1年, 半年以上,不满一年, 1至2年 → 半年-1, 1-2. */
function spanOfYears(folded: string): string {
  const digits = folded
    .replace(/[一二两三四五十](?=年|至|到|[-–—~]|$)/g, (numeral) => YEARS[numeral])
    .replace('6个月', '半年')
  return digits.replace(
    /(半年|\d+)年?(?:以上)?[,、]?(?:[-–—~至到]|[不未]满)(\d+)年?(?:以下|以内)?$/,
    (_, from: string, to: string) => `${from}-${to}`,
  )
}

/** Words for status 0: nothing has to be read from them, but they are known. */
const IN_FORCE = new Set('正常 有效 在册 在籍 在户 现有 现在 健在 未注销 无'.split(' '))

/** RYZT: 0 正常 1 死亡 2 迁出 3 服兵役 4 出国境定居 7 删除 8 注销 9 其它; empty or unreadable = 0. */
export function parseStatus(text: string): number {
  const code = readCode(text, 9, STATUS)
  return code === 5 || code === 6 ? 9 : code
}

/** Whether a status is one that is known; one that is not counts as 0. */
export function isStatus(text: string): boolean {
  const folded = withoutFloatTail(foldCode(text))
  return parseStatus(text) !== 0 || /^0*(?:[.、-]\D.*)?$/.test(folded) || IN_FORCE.has(folded)
}

/** Whether a flag is one that is known; one that is not counts as the column's default. */
export function isFlag(text: string): boolean {
  return /^(?:\d*|[是否YN]|YES|NO|TRUE|FALSE|历史|无效|作废|有效|当前|现行|未?冲销|已冲销|正常)$/i.test(
    withoutFloatTail(foldCode(text)),
  )
}

/** JLBZ: 1 current version, 0 an earlier one; empty or unreadable = 1. */
export function parseRecordFlag(text: string): number {
  const folded = withoutFloatTail(foldCode(text))
  if (/^\d+$/.test(folded)) return Number(folded) === 1 ? 1 : 0
  return /^(?:否|历史|无效|作废|N|NO|FALSE)$/i.test(folded) ? 0 : 1
}

/** CXBZ: 0 not reversed, 1 reversed; empty or unreadable = 0. */
export function parseReversalFlag(text: string): number {
  const folded = withoutFloatTail(foldCode(text))
  if (/^\d+$/.test(folded)) return Number(folded) === 0 ? 0 : 1
  return /^(?:是|已冲销|冲销|Y|YES|TRUE)$/i.test(folded) ? 1 : 0
}

/** The largest count that 16 bits hold beside 0 for unknown. */
const COUNT_MAX = 65_534

/** A count of persons, an age or a birth order: 0…COUNT_MAX; -1 unknown. 3, 3.0, 3人, 03. */
export function parseCount(text: string): number {
  const folded = withoutFloatTail(foldCode(text))
    .replace(/(?:人|岁|周岁|口|胎|名)$/, '')
    .replace(/^第/, '')
  if (!/^\d{1,6}$/.test(folded)) return -1
  const count = Number(folded)
  return count <= COUNT_MAX ? count : -1
}

function readCode(text: string, most: number, words: ReadonlyMap<string, number>): number {
  const folded = withoutFloatTail(foldCode(text))
  if (folded === '') return 0
  const word = words.get(folded) ?? words.get(folded.replace(/^0?\d[.、-]?/, ''))
  if (word !== undefined) return word
  // `3`, `03` or `3.本乡…`; `1年` is a text that happens to begin with a digit, not code 1.
  const code = Number(/^0?(\d)(?:[.、-]\D.*)?$/.exec(folded)?.[1] ?? 0)
  return code <= most ? code : 0
}

function wordTable(words: readonly (readonly [code: number, words: string])[]): ReadonlyMap<string, number> {
  return new Map(words.flatMap(([code, list]) => list.split(' ').map((word) => [word, code] as const)))
}
