/**
 * Births and deaths of the window on three lists each: certificates, the police register, the census.
 *
 * In:  the ground. Out: the seven counts of each, people with hukou here only, since of others the police have no list.
 * Deaths: certificate, death form, hukou cancelled for death. Births: certificate, hukou, a short-form row aged 0. A child
 * belongs here by its hukou, a parent's, or by what the form says.
 */
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'
import { type Ground, STANDING, STATUS } from '../ground.ts'
import { Situation } from '../situation.ts'
import { estimateThreeLists, type ThreeListEstimate, type ThreeLists } from './three-lists.ts'

export interface VitalLists {
  readonly event: 'births' | 'deaths'
  readonly counts: ThreeLists
  readonly estimate: ThreeListEstimate
}

/** On both of some two lists; below that the models say too little. */
const OVERLAP_MIN = 10

/** D8: hukou in another county, undetermined. */
const HUKOU_OUTSIDE = 4

export function vitalLists(ground: Ground): readonly VitalLists[] {
  const { given } = ground
  if (!given[POLICE] || !given[CENSUS]) return []
  const births = new Int32Array(8)
  const deaths = new Int32Array(8)
  const situation = new Situation(ground)
  for (let person = 0; person < ground.people.count; person++) {
    situation.build(person)
    births[birthPattern(situation)]++
    deaths[deathPattern(situation)]++
  }
  return [
    ...(given[BIRTHS] ? listsOf('births', births) : []),
    ...(given[DEATHS] && given[CENSUS_DEATHS] ? listsOf('deaths', deaths) : []),
  ]
}

function listsOf(event: VitalLists['event'], patterns: Int32Array): readonly VitalLists[] {
  const [, n001, n010, n011, n100, n101, n110, n111] = patterns
  const counts = { n111, n110, n101, n011, n100, n010, n001 }
  if (n111 + Math.min(n110, n101, n011) < OVERLAP_MIN) return []
  return [{ event, counts, estimate: estimateThreeLists(counts) }]
}

/** 4 certificate, 2 police, 1 census; 0 for who is not of this event or not of this county. */
function deathPattern(s: Situation): number {
  const { ground, effective } = s
  if (effective.length === 0) return 0
  const { death, cancelled, status } = ground.table.columns
  let pattern = ground.isInWindow(s.death) ? 4 : 0
  for (let k = 0; k < effective.length; k++) {
    const row = effective.items[k]
    if (status[row] === STATUS.dead && ground.isInWindow(death[row] || cancelled[row])) pattern |= 2
  }
  for (let k = 0; k < s.forms.length; k++) if (ground.isInWindow(death[s.forms.items[k]])) pattern |= 1
  // A certificate of another year decides against register and form; a form alone says nothing of somebody who is present.
  if (s.death !== 0 && (pattern & 4) === 0) return 0
  return pattern === 1 && s.present.length > 0 ? 0 : pattern
}

function birthPattern(s: Situation): number {
  const { ground, effective, census } = s
  const { birth, hukouPlace, residence, motherId, fatherId } = ground.table.columns
  let pattern = ground.isInWindow(s.birth) ? 4 : 0
  let isHere = false
  for (let k = 0; k < s.births.length; k++) {
    const row = s.births.items[k]
    if (ground.activeNumbers[motherId[row]] === 1 || ground.activeNumbers[fatherId[row]] === 1) isHere = true
  }
  for (let k = 0; k < effective.length; k++) {
    const row = effective.items[k]
    isHere = true
    if (ground.standing[row] !== STANDING.gone && ground.isInWindow(birth[row])) pattern |= 2
  }
  for (let k = 0; k < census.length; k++) {
    const row = census.items[k]
    if (residence[row] !== 1 || (hukouPlace[row] > 0 && hukouPlace[row] < HUKOU_OUTSIDE)) isHere = true
    if (ground.isInWindow(birth[row])) pattern |= 1
  }
  return isHere ? pattern : 0
}
