/**
 * True findings on births and deaths: certificates, death forms and the register against each other.
 *
 * In:  one person's state, the loaded county, the numbers of people with an active hukou. Out: findings.
 */
import { addDays, T0, WINDOW_START } from '../calendar.ts'
import type { BirthRow, DeathRow } from '../rows.ts'
import { readNumber } from './number-readings.ts'
import { cancelledRows, isActive, type PersonState, statusOf } from './people-index.ts'
import { FIRST_MONTH, LATE_MONTH } from './presence.ts'
import { readMonth } from './readings.ts'
import { type FindingSink, keysOf } from './sink.ts'

export interface VitalContext {
  readonly county: string
  /** Numbers on active police rows. */
  readonly activeNumbers: ReadonlySet<string>
}

const inWindow = (date: number): boolean => date >= WINDOW_START && date < T0

export function judgeDeath(state: PersonState, context: VitalContext, sink: FindingSink): void {
  const { death, forms, census, present, active, deaths, births } = state
  for (const form of forms) {
    const month = readMonth(form.death_month)
    const monthOutside = month < FIRST_MONTH || month >= LATE_MONTH
    const outside = death > 0 ? !inWindow(death) : monthOutside
    if (outside) sink.must('death-form-out-of-window', keysOf('census_deaths', [form]))
    else if (monthOutside) sink.may('death-form-out-of-window', keysOf('census_deaths', [form]))
  }
  if (forms.length > 1) sink.must('death-form-duplicate', keysOf('census_deaths', forms))
  if (forms.length > 0 && present.length > 0)
    sink.put('dead-and-alive', death === 0, [...keysOf('census_deaths', forms), ...keysOf('census', present)])
  if (forms.length > 0 && death === 0 && active.length > 0) {
    sink.put(
      'reported-death-unconfirmed',
      active.some((row) => statusOf(row) === '0'),
      keysOf('census_deaths', forms),
    )
  }
  if (death === 0) return
  const papers = keysOf('deaths', deaths)
  const here = (deaths as readonly DeathRow[]).some((row) => row.area_code.startsWith(context.county))
  if (inWindow(death) && forms.length === 0 && here) sink.put('death-form-missing', census.length === 0, papers)
  if (births.length > 0 && inWindow(state.born) && inWindow(death) && forms.length === 0 && census.length === 0) {
    sink.must('infant-birth-death-missing', keysOf('births', births), papers)
  }
  if (state.effective.length === 0 && deaths.some((row) => row.hukou_area_code.startsWith(context.county))) {
    sink.put('death-of-unregistered', births.length === 0, papers)
  }
  const open = state.effective.filter((row) => statusOf(row) === '0')
  if (open.length > 0) sink.put('dead-not-cancelled', addDays(death, 30) < T0, [...keysOf('police', open), ...papers])
  if (death >= T0 && census.length > 0)
    sink.put('died-after-reference', !state.decided, [...keysOf('census', census), ...papers])
  for (const row of cancelledRows(state, '1')) {
    sink.may('deceased-consistent', keysOf('police', [row]), papers)
  }
}

export function judgeBirth(state: PersonState, context: VitalContext, sink: FindingSink): void {
  const { births, census, effective, active, death, forms, born } = state
  if (births.length === 0) {
    const aged = census.filter(
      (row) => readMonth(row.birth_month) >= FIRST_MONTH && readMonth(row.birth_month) < LATE_MONTH,
    )
    if (aged.length > 0 && effective.length === 0) {
      const fromElsewhere = aged.every((row) => row.residence === '1' && row.hukou_place === '4')
      sink.put('birth-without-certificate', !fromElsewhere && state.police.length === 0, keysOf('census', aged))
    }
    return
  }
  const papers = keysOf('births', births)
  const paper = births[0] as BirthRow
  const alive = death === 0
  const here = paper.area_code.startsWith(context.county)
  const ofActive = [paper.mother_id, paper.father_id].some((text) => {
    const number = readNumber(text)
    return number.kind !== 'blank' && context.activeNumbers.has(number.value)
  })
  if (alive && effective.length === 0 && born > 0) {
    sink.put('birth-not-registered', ofActive && forms.length === 0 && addDays(born, 30) < T0, papers)
  }
  if (alive && born > 0 && born < T0 && census.length === 0) {
    const registered = active.length > 0
    // A row that moves in later is no hukou here yet; a cancelled one is something else than none.
    const unregistered = !registered && effective.every((row) => statusOf(row) === '0')
    sink.put('newborn-missing', forms.length === 0 && (registered || (here && unregistered)), [
      ...papers,
      ...keysOf('police', active),
    ])
  }
  if (here) return
  const unknown = effective.length === 0 && census.length === 0 && forms.length === 0 && alive
  sink.put('birth-outside-area', unknown && !ofActive && born > 0 && born < T0, papers)
}

/** Numbers of active rows, by which a parent on a certificate is known. */
export function numbersOfActiveRows(rows: readonly Parameters<typeof isActive>[0][]): Set<string> {
  const numbers = new Set<string>()
  for (const row of rows) {
    if (!isActive(row)) continue
    const number = readNumber(row.id_number)
    if (number.kind === 'good') numbers.add(number.value)
  }
  return numbers
}
