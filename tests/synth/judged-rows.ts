/** Rows of a small made-up county written by hand, and what the judge of made-up counties says of them. */
import { COLUMNS, type RegisterName, type Registers } from '../../src/synth/rows.ts'
import { judgeCounty } from '../../src/synth/truth/index.ts'

export type Fields = Readonly<Record<string, string>>

export const HOME = '513027001201'
export const TOWN = '513027002001'
export const WEI = { id_number: '51302719940302049X', name: '王伟', sex: '1' }

export const police = (fields: Fields = {}): Fields => ({
  ...WEI,
  birth_date: '19940302',
  area_code: HOME,
  household_no: '1',
  household_type: '家庭户',
  status: '0',
  record_flag: '1',
  ...fields,
})
export const census = (village: string, fields: Fields = {}): Fields => ({
  ...WEI,
  birth_month: '199403',
  block_code: `${village}001`,
  household_no: '001',
  residence: '1',
  hukou_place: '1',
  away_duration: '1',
  ...fields,
})
export const away = (place: string, fields: Fields = {}): Fields =>
  census(HOME, { residence: place, residence_area_code: place === '4' ? TOWN : '', away_duration: '5', ...fields })
export const inTown = (fields: Fields = {}): Fields =>
  census(TOWN, { hukou_place: '3', hukou_area_code: HOME, away_duration: '5', ...fields })
export const death = (date: string, fields: Fields = {}): Fields => ({
  ...WEI,
  birth_date: '19940302',
  death_date: date,
  area_code: HOME,
  hukou_area_code: HOME,
  ...fields,
})
export const form = (month: string): Fields => ({
  ...WEI,
  birth_month: '199403',
  death_month: month,
  block_code: `${HOME}001`,
  household_no: '001',
})

/** All rows are one person, except where `person` says otherwise. */
export function judge(given: Partial<Record<RegisterName, readonly Fields[]>>): { must: string[]; may: string[] } {
  const registers: Registers = { police: [], census: [], census_deaths: [], births: [], deaths: [] }
  for (const register of Object.keys(registers) as RegisterName[]) {
    const columns = COLUMNS[register] as readonly (readonly [string, string, string])[]
    given[register]?.forEach((fields, i) => {
      const row = Object.fromEntries(columns.map(([column]) => [column, fields[column] ?? '']))
      ;(registers[register] as unknown[]).push({ ...row, record_id: `${i + 1}`, person: Number(fields.person ?? '0') })
    })
  }
  const must: string[] = []
  const may: string[] = []
  judgeCounty(registers, '513027', (finding) => {
    const keys = finding.keys.map((key) => `${key.register}:${key.recordId}`).join(' ')
    ;(finding.must ? must : may).push(`${finding.code} ${keys}`)
  })
  return { must: must.sort(), may: may.sort() }
}
