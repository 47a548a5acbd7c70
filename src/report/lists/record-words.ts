/**
 * What a row says, in the words of staff: codes become their terms, numbers are masked, dates are written out.
 *
 * In:  a row as the clerk wrote it. Out: short Chinese phrases for the columns 户籍所载 and 普查所载.
 * The same words stand on lists, ledgers and tables. Values nobody can read are shown as they were written.
 */
import { parseRelation } from '../../normalise/relation.ts'
import { DURATION_WORDS, HUKOU_PLACE_WORDS, RESIDENCE_WORDS } from '../../findings/words.ts'
import { RELATION } from '../../records/record-table.ts'
import { maskIdTail, maskNumbersInText } from '../mask.ts'
import { printableText } from '../workbook/cell-text.ts'
import type { RunRecord } from '../../store/run-record.ts'

/** As findings say them; a list shows nothing where nothing is filled in. */
const [RESIDENCE, HUKOU_PLACE, AWAY] = [RESIDENCE_WORDS, HUKOU_PLACE_WORDS, DURATION_WORDS].map((words) => [
  '',
  ...words.slice(1),
])
const CENSUS_RELATION = ['户主', '配偶', '子女', '父母', '岳父母或公婆', '祖父母', '媳婿', '孙子女', '兄弟姐妹', '其他']
const STATUS = ['正常', '死亡', '迁出', '服兵役', '出国境定居', '', '', '删除', '注销', '其它']

/** A cell of a list that an earlier version wrote (半年至1年, half-width commas), as this one writes it. */
export function inTodaysWords(cell: string): string {
  return cell
    .normalize('NFKC')
    .replaceAll(
      /(半年|\d)至(\d{1,2})年/g,
      (_, from: string, to: string) => `${CHINESE[from] ?? from}至${CHINESE[to] ?? to}年`,
    )
}

const CHINESE: Readonly<Record<string, string>> = { 1: '一', 2: '二', 3: '三', 4: '四', 5: '五', 10: '十' }

/** RYZT in words; '' for a status that has none. */
export function policeStatusWord(status: number): string {
  return STATUS[status] ?? ''
}

export function fieldOf(record: RunRecord, column: string): string {
  return (record.raw[column] ?? '').trim()
}

export function nameOf(record: RunRecord): string {
  const name = maskNumbersInText(printableText(fieldOf(record, 'name')))
  return name === '' && record.register === 'births' ? '未取名' : name
}

export function maskedIdOf(record: RunRecord): string {
  return maskIdTail(printableText(fieldOf(record, 'id_number')))
}

/** By RELATION. */
const POLICE_RELATION: Readonly<Record<number, string>> = {
  [RELATION.head]: '户主',
  [RELATION.spouse]: '配偶',
  [RELATION.child]: '子女',
  [RELATION.parent]: '父母',
  [RELATION.parentInLaw]: '岳父母或公婆',
  [RELATION.grandparent]: '祖父母',
  [RELATION.childInLaw]: '媳婿',
  [RELATION.grandchild]: '孙子女',
  [RELATION.sibling]: '兄弟姐妹',
  [RELATION.otherRelative]: '其他亲属',
  [RELATION.nonRelative]: '非亲属',
}

export function sexOf(record: RunRecord): string {
  const sex = fieldOf(record, 'sex').normalize('NFKC')
  return sex === '1' ? '男' : sex === '2' ? '女' : sex
}

/** 1990-03-05, 1990-03, or the text as written. */
export function birthOf(record: RunRecord): string {
  return dateWords(fieldOf(record, 'birth_date') || fieldOf(record, 'birth_month'))
}

function dateWords(text: string): string {
  const match = /^(\d{4})[-/.年]?(\d{1,2})(?:[-/.月]?(\d{1,2})日?)?月?$/.exec(text.normalize('NFKC'))
  if (match === null) return maskNumbersInText(text)
  return match
    .slice(1)
    .flatMap((part) => (part === undefined ? [] : [part.padStart(2, '0')]))
    .join('-')
}

/** Digits of the birth as far as known, for counting what a mask leaves. */
export function birthDigits(record: RunRecord): string {
  return birthOf(record).replaceAll(/\D/g, '')
}

export function addressOf(record: RunRecord): string {
  return maskNumbersInText(printableText(fieldOf(record, 'address')))
}

/** In words; a police code (GB/T 4761) stands behind its word, because it says more: 配偶(12) is a wife. */
export function relationOf(record: RunRecord): string {
  const text = fieldOf(record, 'relation')
  if (record.register === 'census') return codeWords(text, CENSUS_RELATION)
  if (!/^\d{1,2}$/.test(text.normalize('NFKC'))) return text
  const word = POLICE_RELATION[parseRelation(text, 'police')]
  return word === undefined ? text : `${word}(${text})`
}

export function isHead(record: RunRecord): boolean {
  const text = fieldOf(record, 'relation').normalize('NFKC')
  if (text === '户主' || text === '本人') return true
  return record.register === 'census' ? text === '0' : text === '02' || text === '01' || text === '2'
}

export function isPresent(record: RunRecord): boolean {
  return record.register === 'census' && fieldOf(record, 'residence').normalize('NFKC') === '1'
}

export function residenceWords(record: RunRecord): string {
  return codeWords(fieldOf(record, 'residence'), RESIDENCE)
}

/** `现住其他县 510104，离开半年至一年`: where a census row says that the person lives, and how long away from the hukou; '' unsaid. */
export function livingWords(record: RunRecord): string {
  const residence = isPresent(record) ? residenceWords(record) : residencePlaceWords(record)
  return residence === '' ? '' : [`现住${residence}`, leftWords(record)].filter((part) => part !== '').join('，')
}

/** 其他县 510104: the answer, and the place where one is named. */
export function residencePlaceWords(record: RunRecord): string {
  return withPlace(residenceWords(record), fieldOf(record, 'residence_area_code'))
}

/** As residencePlaceWords, of the hukou. */
export function hukouPlaceWords(record: RunRecord): string {
  return withPlace(hukouWords(record), fieldOf(record, 'hukou_area_code'))
}

function withPlace(answer: string, code: string): string {
  return [answer, maskNumbersInText(printableText(code))].filter((part) => part !== '').join(' ')
}

export function hukouWords(record: RunRecord): string {
  return codeWords(fieldOf(record, 'hukou_place'), HUKOU_PLACE)
}

export function awayWords(record: RunRecord): string {
  return codeWords(fieldOf(record, 'away_duration'), AWAY)
}

/** 离开半年至一年, but 没有离开 as it is. */
function leftWords(record: RunRecord): string {
  const away = awayWords(record)
  return away === '' || away === AWAY[1] ? away : `离开${away}`
}

/** Only current, unreversed versions of a register row count (docs/registers.md). */
export function isEffective(record: RunRecord): boolean {
  return isCurrent(record) && !isReversed(record)
}

function isCurrent(record: RunRecord): boolean {
  const flag = fieldOf(record, 'record_flag')
  return flag === '' || flag === '1'
}

function isReversed(record: RunRecord): boolean {
  const reversal = fieldOf(record, 'reversal_flag')
  return reversal !== '' && reversal !== '0'
}

/** An old version says 正常 of a time that is over: it is called what it is. */
export function statusWords(record: RunRecord): string {
  if (!isCurrent(record)) return '旧版本'
  if (isReversed(record)) return '已冲销'
  const text = fieldOf(record, 'status').normalize('NFKC')
  return text === '' ? '正常' : codeWords(text, STATUS)
}

function codeWords(text: string, words: readonly string[]): string {
  const code = text.normalize('NFKC')
  return (/^\d+$/.test(code) ? words[Number(code)] : undefined) || maskNumbersInText(printableText(text))
}

/** `普查小区 003 户 012` / `户号 7781`. */
export function householdWords(record: RunRecord): string {
  const household = printableText(fieldOf(record, 'household_no'))
  if (record.register === 'police') return `户号${household}`
  const block = record.block.slice(12)
  return block === '' ? `户${household}` : `${record.block.slice(0, 12)}小区${block}户${household}`
}

/** Where the row puts the person: one line. */
export function placeWords(record: RunRecord): string {
  const parts: string[] = []
  switch (record.register) {
    case 'police': {
      parts.push(`${record.areaCode} ${householdWords(record)}`, statusWords(record))
      push(parts, '迁入', dateWords(fieldOf(record, 'moved_in_on')))
      push(parts, '迁出', dateWords(fieldOf(record, 'moved_out_on')))
      push(parts, '死亡', dateWords(fieldOf(record, 'death_date')))
      push(parts, '注销', dateWords(fieldOf(record, 'cancelled_on')))
      break
    }
    case 'census': {
      parts.push(householdWords(record), isPresent(record) ? '现住' : `外出，现住${residenceWords(record)}`)
      push(parts, '现住地', fieldOf(record, 'residence_area_code'))
      push(parts, '户口', hukouWords(record))
      push(parts, '户口地', fieldOf(record, 'hukou_area_code'))
      parts.push(leftWords(record))
      break
    }
    case 'census_deaths':
      parts.push(`死亡表 ${householdWords(record)}`)
      push(parts, '死亡', dateWords(fieldOf(record, 'death_month')))
      break
    case 'births':
      parts.push('出生证')
      push(parts, '出生', birthOf(record))
      push(parts, '母亲现住', fieldOf(record, 'area_code'))
      break
    case 'deaths':
      parts.push('死亡证')
      push(parts, '死亡', dateWords(fieldOf(record, 'death_date')))
      push(parts, '户籍', fieldOf(record, 'hukou_area_code'))
      push(parts, '生前住', fieldOf(record, 'area_code'))
      break
  }
  return parts.filter((part) => part !== '').join('，')
}

function push(parts: string[], label: string, value: string): void {
  if (value !== '') parts.push(`${label}${maskNumbersInText(printableText(value))}`)
}

/** The items that identify the person, labelled, masked to L2. */
export const ITEMS = [
  { zh: '姓名', of: nameOf },
  { zh: '性别', of: sexOf },
  { zh: '出生', of: birthOf },
  { zh: '民族', of: (record: RunRecord) => printableText(fieldOf(record, 'ethnicity')) },
  { zh: '证件号', of: maskedIdOf },
] as const

export function itemWords(record: RunRecord, wanted: ReadonlySet<string>): string {
  return ITEMS.flatMap(({ zh, of }) => {
    const value = of(record)
    return wanted.has(zh) ? [`${zh}${value === '' ? '（空）' : ` ${value}`}`] : []
  }).join('，')
}
