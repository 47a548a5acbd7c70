/**
 * True findings on people of whom the census knows nothing.
 *
 * In:  one person's state, and the households that are missed as a whole. Out: findings.
 */
import { ageOn, T0 } from '../calendar.ts'
import type { MissedHouseholds } from './households.ts'
import type { PersonState } from './people-index.ts'
import { readDate } from './readings.ts'
import { type FindingSink, keysOf } from './sink.ts'

export function judgeMissing(state: PersonState, households: MissedHouseholds, sink: FindingSink): void {
  const { active, census, death } = state
  const births = active.map((row) => readDate(row.birth_date)).filter((birth) => birth > 0)
  const age = births.length === 0 ? -1 : Math.max(...births.map((birth) => ageOn(birth, T0)))
  if (age >= 100) sink.may('implausible-age-active', keysOf('police', active))
  if (active.length === 0 || census.length > 0) return
  if (births.some((birth) => birth >= T0)) return
  const police = keysOf('police', active)
  if (death >= T0) {
    if (!(state.born >= T0)) sink.must('missing-died-after-reference', police, keysOf('deaths', state.deaths))
    return
  }
  if (death > 0 || state.births.length > 0) return
  if (state.forms.length > 0) {
    sink.may('missing-everywhere', police)
    return
  }
  const must = !active.some((row) => households.holds(row)) && !state.decided
  if (age >= 95) {
    sink.put('missing-possibly-dead', must, police)
    sink.may('missing-everywhere', police)
  } else sink.put('missing-everywhere', must && age >= 0, police)
}
