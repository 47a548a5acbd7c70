/**
 * True findings of presence and count: who is listed twice, at the wrong place, or not to be listed.
 *
 * In:  one person's state. Out: findings on census rows. People with no census row are judged in
 *      missing.ts, households as a whole in households.ts.
 */
import { T0 } from '../calendar.ts'
import type { CensusRow } from '../rows.ts'
import { cancelledRows, type PersonState, villageOf } from './people-index.ts'
import { distance, readDate, readMonth } from './readings.ts'
import { type FindingSink, keysOf, type RecordKey } from './sink.ts'

export const LATE_MONTH = 202011
export const FIRST_MONTH = 201911

const cen = (...rows: readonly CensusRow[]): RecordKey[] => keysOf('census', rows)

/** Those who should not be on a short form at all. */
export function judgeOutOfScope(state: PersonState, sink: FindingSink): void {
  const { census, present, away, active, death } = state
  if (census.length === 0) return
  if (death > 0 && death < T0) sink.must('counted-dead', cen(...census), keysOf('deaths', state.deaths))
  if (active.length === 0) {
    const dead = cancelledRows(state, '1')
    if (dead.length > 0 && !(death > 0 && death < T0)) {
      if (present.length > 0) sink.must('cancelled-dead-but-present', cen(...present), keysOf('police', dead))
      else sink.may('cancelled-dead-but-present', cen(...away), keysOf('police', dead))
    }
    if (cancelledRows(state, '3').length > 0) sink.must('military-counted', cen(...census))
    if (cancelledRows(state, '4').length > 0) {
      const abroad = away.filter((row) => row.residence === '6' || row.residence === '7')
      sink.must('settled-abroad-counted', cen(...abroad))
      sink.may('settled-abroad-counted', cen(...census.filter((row) => !abroad.includes(row))))
    }
  }
  judgeLateBirth(state, sink)
}

function judgeLateBirth(state: PersonState, sink: FindingSink): void {
  const { census, births } = state
  const dates = [
    ...births.map((row) => readDate(row.birth_date)),
    ...state.effective.map((row) => readDate(row.birth_date)),
  ].filter((date) => date > 0)
  const late = dates.filter((date) => date >= T0).length
  const claimed = census.filter((row) => readMonth(row.birth_month) >= LATE_MONTH)
  if (late > 0) sink.put('post-reference-birth-counted', late === dates.length, cen(...census))
  else sink.put('post-reference-birth-counted', dates.length === 0, cen(...claimed))
}

/** Pairs of present rows; `replaced` says that a finding on whole households speaks for them. */
export function judgeDuplicates(
  state: PersonState,
  replaced: (left: CensusRow, right: CensusRow) => boolean,
  sink: FindingSink,
): void {
  const { present, hukouVillages } = state
  for (let i = 0; i < present.length; i++) {
    for (let j = i + 1; j < present.length; j++) {
      const left = present[i] as CensusRow
      const right = present[j] as CensusRow
      const one = hukouVillages.has(villageOf(left))
      const other = hukouVillages.has(villageOf(right))
      const same = villageOf(left) === villageOf(right)
      const code = same ? 'duplicate-same-place' : one !== other ? 'present-twice' : 'duplicate-cross-place'
      const must = !state.decided && !replaced(left, right)
      sink.put(code, must, cen(left, right))
      if (same && one) sink.may('present-twice', cen(left, right))
      if (!must) sink.may('household-duplicate', cen(left, right))
    }
  }
}

/** Away rows: listed at home as well, at two hukou places, or where the hukou no longer is. */
export function judgeAwayRows(state: PersonState, sink: FindingSink): void {
  const { present, away, hukouVillages } = state
  for (const row of away) {
    for (const here of present) {
      if (here.block_code === row.block_code)
        sink.put('present-and-away', !state.decided && hukouVillages.has(villageOf(row)), cen(here, row))
    }
    const left = cancelledRows(state, '2').some((version) => version.area_code === villageOf(row))
    if (left && !hukouVillages.has(villageOf(row))) sink.put('away-row-after-move', !state.decided, cen(row))
  }
  if (away.length > 1) {
    const atHukou = away.filter((row) => hukouVillages.has(villageOf(row)))
    const villages = new Set(atHukou.map(villageOf))
    if (villages.size > 1) sink.put('duplicate-away', !state.decided, cen(...atHukou))
    else sink.may('duplicate-away', cen(...away))
  }
}

/** Does a claim fit a village: its category, and as many digits as are given? */
function fits(category: number, code: string, from: string, village: string): boolean {
  return distance(from, village) === category && village.startsWith(code)
}

function residenceFits(away: CensusRow, village: string): boolean {
  return fits(Number(away.residence), away.residence_area_code, villageOf(away), village)
}

function hukouFits(present: CensusRow, village: string): boolean {
  return fits(Number(present.hukou_place) + 1, present.hukou_area_code, villageOf(present), village)
}

const sideOf = (row: CensusRow): number => (/^[2-9]$/.test(row.away_duration) ? (row.away_duration === '2' ? 1 : 2) : 0)

/** One present row and one away row. */
export function judgePair(state: PersonState, sink: FindingSink): void {
  const { present, away, hukouVillages, decided } = state
  if (present.length !== 1 || away.length !== 1) return
  const here = present[0] as CensusRow
  const gone = away[0] as CensusRow
  const sameBlock = here.block_code === gone.block_code
  const placesAgree = !sameBlock && residenceFits(gone, villageOf(here)) && hukouFits(here, villageOf(gone))
  const sides = [sideOf(here), sideOf(gone)] as const
  const straddles = sides[0] !== 0 && sides[1] !== 0 && sides[0] !== sides[1]
  if (placesAgree && !(gone.residence === '4' && straddles)) {
    const told = gone.residence !== '4' || (sides[0] !== 0 && sides[1] !== 0)
    const isPair = !decided && told && hukouVillages.has(villageOf(gone))
    sink.put('separated-pair', isPair, cen(here, gone))
    if (here.away_duration !== gone.away_duration)
      sink.put('departure-detail-mismatch', isPair && gone.residence === '4', cen(here, gone))
  }
  if (!residenceFits(gone, villageOf(here))) sink.put('residence-claim-mismatch', !decided && !sameBlock, cen(gone))
  if (straddles && (gone.residence === '4' || gone.residence === '5')) {
    const elsewhere = !hukouVillages.has(villageOf(here))
    sink.put(
      sides[1] === 1 ? 'halfyear-conflict-double' : 'halfyear-conflict-zero',
      !decided && elsewhere,
      cen(here, gone),
    )
  }
}

/** What present rows say of the hukou, against the register. */
export function judgeHukouClaims(state: PersonState, county: string, sink: FindingSink): void {
  const { present, away, active, hukouVillages, births, decided } = state
  const single = present.length === 1 && !decided
  const registered = active.length > 0
  for (const row of present) {
    const village = villageOf(row)
    const place = row.hukou_place
    if (registered && place >= '1' && place <= '4' && ![...hukouVillages].some((hukou) => hukouFits(row, hukou)))
      sink.put('hukou-claim-mismatch', single, cen(row))
    if (registered && place === '5') sink.put('undetermined-but-registered', single, cen(row))
    if (!registered && place === '4') sink.put('inbound-unverified', single, cen(row))
    if (!registered && place === '5') sink.put('hukou-undetermined', single && state.effective.length === 0, cen(row))
    if (!registered && place >= '1' && place <= '3')
      sink.put('claimed-hukou-not-found', !decided && births.length === 0 && !isInfant(state), cen(row))
    if (registered && away.length === 0 && !hukouVillages.has(village)) {
      const inCounty = [...hukouVillages].some((hukou) => hukou.startsWith(county))
      sink.put('missing-at-hukou', single && inCounty && place >= '1' && place <= '3', cen(row))
    }
  }
}

function isInfant(state: PersonState): boolean {
  return state.census.some((row) => readMonth(row.birth_month) >= FIRST_MONTH)
}

/** Away rows whose other half is not there. */
export function judgeLoneAwayRows(state: PersonState, county: string, sink: FindingSink): void {
  const { present, away, hukouVillages, decided } = state
  for (const row of away) {
    if (state.effective.length === 0)
      sink.put(
        'claimed-hukou-not-found',
        !decided && state.police.length === 0 && !isInfant(state) && state.births.length === 0,
        cen(row),
      )
    if (present.length > 0) continue
    const must = !decided && away.length === 1 && hukouVillages.has(villageOf(row))
    const inside = row.residence_area_code !== '' && row.residence_area_code.startsWith(county)
    if (row.residence >= '2' && row.residence <= '4') sink.put('missing-at-residence', must, cen(row))
    else if (row.residence === '5') {
      sink.put('outbound-unverified', must && !inside, cen(row))
      if (inside) sink.may('missing-at-residence', cen(row))
    } else sink.put('abroad-counted', must, cen(row))
  }
}
