/**
 * Where a person stands between register and census, in one word and one line: 人在户在, 户在人不在, 人在户不在 …
 *
 * In:  all rows of one person. Out: words for tables and ledgers. Findings judge; this only describes.
 */
import { awayWords, fieldOf, hukouWords, isEffective, isPresent, residenceWords, statusWords } from './record-words.ts'
import type { RunRecord } from '../../store/run-record.ts'

export interface PersonRows {
  readonly police: readonly RunRecord[]
  readonly present: readonly RunRecord[]
  readonly away: readonly RunRecord[]
  readonly deathForms: readonly RunRecord[]
  readonly births: readonly RunRecord[]
  readonly deaths: readonly RunRecord[]
}

export function personRowsOf(rows: readonly RunRecord[]): PersonRows {
  const of = (register: string) => rows.filter((row) => row.register === register).sort(byKey)
  const census = of('census')
  return {
    police: of('police').filter(isEffective),
    present: census.filter(isPresent),
    away: census.filter((row) => !isPresent(row)),
    deathForms: of('census_deaths'),
    births: of('births'),
    deaths: of('deaths'),
  }
}

function byKey(a: RunRecord, b: RunRecord): number {
  return a.key < b.key ? -1 : 1
}

export function isActiveHukou(record: RunRecord): boolean {
  return record.register === 'police' && isEffective(record) && statusWords(record) === '正常'
}

/** 表1: what became of a hukou row in the census. */
export function hukouCheckWords(
  hukou: RunRecord,
  person: PersonRows,
): { readonly status: string; readonly where: string } {
  const home = person.present.find((row) => row.areaCode === hukou.areaCode)
  if (home !== undefined) return { status: '人在户在', where: blockWords(home) }
  const away = person.away.find((row) => row.areaCode === hukou.areaCode) ?? person.away[0]
  if (away !== undefined) {
    const elsewhere = person.present[0]
    return {
      status: '户在人不在',
      where: `外出登记于${blockWords(away)}，${residenceWords(away)}${elsewhere === undefined ? '' : `，现住${blockWords(elsewhere)}`}`,
    }
  }
  if (person.present.length > 0)
    return { status: '户在人不在', where: `只在现住地登记：${blockWords(person.present[0])}` }
  if (person.deathForms.length > 0) return { status: '死亡表', where: blockWords(person.deathForms[0]) }
  if (person.deaths.length > 0) return { status: '有死亡证', where: '普查无登记' }
  return { status: '普查无登记', where: '' }
}

export function blockWords(row: RunRecord): string {
  return `${row.block === '' ? row.areaCode : row.block} 户${fieldOf(row, 'household_no')}`
}

/** 综合性台账: what the census says of the person. */
export function censusWords(person: PersonRows): string {
  const parts = [
    ...person.present.map((row) => `现住${blockWords(row)}（户口${hukouWords(row)}）`),
    ...person.away.map(
      (row) => `外出${blockWords(row)}（${residenceWords(row)}，${awayWords(row) || '离开时间未填'}）`,
    ),
    ...person.deathForms.map((row) => `死亡表${blockWords(row)}`),
  ]
  return parts.length === 0 ? '无登记' : parts.join('\n')
}

/** 综合性台账: what the registers say of the person. */
export function registerWords(person: PersonRows): string {
  const parts = [
    ...person.police.map((row) => `户籍${row.areaCode} 户号${fieldOf(row, 'household_no')} ${statusWords(row)}`),
    ...person.births.map(() => '有出生证'),
    ...person.deaths.map(() => '有死亡证'),
  ]
  return parts.length === 0 ? '无' : parts.join('\n')
}
