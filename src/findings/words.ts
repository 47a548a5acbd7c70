/**
 * Words of the sentences: places, dates, blocks and form answers of a row, in Chinese, without names and numbers of
 * persons. The records themselves are named by key beside the sentence.
 */
import { formatDate } from '../normalise/date.ts'
import type { RecordTable } from '../records/record-table.ts'
import type { Ground } from './ground.ts'
import { daysBetween } from './calendar.ts'

export const RESIDENCE_WORDS = [
  '未填',
  '本普查小区',
  '本村居其他小区',
  '本乡镇其他村居',
  '本县其他乡镇',
  '其他县',
  '港澳台',
  '国外',
]
export const HUKOU_PLACE_WORDS = ['未填', '本村居', '本乡镇其他村居', '本县其他乡镇', '其他县', '户口待定']
export const DURATION_WORDS = [
  '未填',
  '没有离开',
  '不满半年',
  '半年至一年',
  '一至二年',
  '二至三年',
  '三至四年',
  '四至五年',
  '五至十年',
  '十年以上',
]

/** What sentences are made from: less than detectors need, so that another thread can say what this one found. */
export type WordGround = Pick<Ground, 'table' | 'people' | 'settings' | 'reference' | 'nameReader'>

export class Words {
  readonly table: RecordTable
  readonly ground: WordGround

  constructor(ground: WordGround) {
    this.ground = ground
    this.table = ground.table
  }

  /** 513027001002, or 地点不明. */
  area(row: number): string {
    return this.areaCode(this.table.columns.area[row])
  }

  areaCode(area: number): string {
    return this.table.areaText(area) || '地点不明'
  }

  /** Census place with its block: 513027001002-003小区. */
  block(row: number): string {
    const { block } = this.table.columns
    const code = this.area(row)
    return block[row] === 0 ? code : `${code}-${String(block[row] - 1).padStart(3, '0')}小区`
  }

  /** 、 between the places of several rows, each once. */
  blocks(rows: readonly number[]): string {
    return Array.from(new Set(rows.map((row) => this.block(row)))).join('、')
  }

  areas(rows: readonly number[]): string {
    return Array.from(new Set(rows.map((row) => this.area(row)))).join('、')
  }

  date(date: number): string {
    return formatDate(date) || '日期不明'
  }

  death(row: number): string {
    return this.date(this.table.columns.death[row])
  }

  birth(row: number): string {
    return this.date(this.table.columns.birth[row])
  }

  residence(row: number): string {
    const { residence, residenceArea } = this.table.columns
    const place = RESIDENCE_WORDS[residence[row]]
    return residenceArea[row] === 0 ? place : `${place}(${this.areaCode(residenceArea[row])})`
  }

  hukouPlace(row: number): string {
    const { hukouPlace, claimedHukouArea } = this.table.columns
    const place = HUKOU_PLACE_WORDS[hukouPlace[row]]
    return claimedHukouArea[row] === 0 ? place : `${place}(${this.areaCode(claimedHukouArea[row])})`
  }

  duration(row: number): string {
    return DURATION_WORDS[this.table.columns.awayDuration[row]] ?? '未填'
  }

  days(from: number, to: number): string {
    return from === 0 || to === 0 ? '若干日' : `${daysBetween(from, to)}日`
  }

  referenceDate(): string {
    return formatDate(this.ground.reference)
  }
}
