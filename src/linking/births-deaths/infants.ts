/**
 * Infants who died: birth certificate, death certificate and death form of a child that seldom has a number or a name.
 *
 * In:  groups after newborns were linked by their parents. Out: links and pairs for review between the three registers.
 * A pair weighs by how many other infants of the county would agree as well by chance, w = log2(0.95 ÷ E): E is the
 * number of births (of infant deaths between the two death registers), times the chance of each agreement: sex, day or
 * month of birth, village, address, month of death, name.
 */
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import {
  ADDRESS_LEVEL,
  addressLevelOf,
  birthLevelOf,
  type Kernel,
  nameLevelOf,
  sexLevelOf,
} from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { BIRTHS, CENSUS_DEATHS, DEATHS } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import { isCalledAfterParent } from './called-after.ts'
import { isInfant } from './infant-agreements.ts'
import { type Candidate, linkCandidates } from '../rival-candidates.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'

export interface InfantContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly thresholds: LinkThresholds
}

/** Never surer than this by such agreement alone, milli-bits. */
const WEIGHT_MAX = 12_000
const CHANCE = { sex: 0.5, day: 1 / 365, month: 1 / 12, address: 0.03, death: 1 / 12, name: 0.004, nearName: 0.05 }
const OTHER_NAME = 24
/** One dead infant in twenty is listed as living, and of the births nineteen in twenty. */
const LISTED_ALIVE = milliBits(0.05 / 0.95)
/** Of true pairs, how many agree so. */
const AGREES = 0.95
/** Somebody always fits by an agreement that was not thought of. */
const CHANCE_MIN = 0.002

export function linkDeadInfants({ table, groups, kernel, thresholds }: InfantContext): DecidedPair[] {
  const c = table.columns
  const births = rowsFrom(table, BIRTHS, () => true)
  const diedAsInfant = (row: number): boolean =>
    c.birth[row] !== 0 && c.death[row] !== 0 && isInfant(c.birth[row], c.death[row])
  const deaths = rowsFrom(table, DEATHS, diedAsInfant)
  const forms = rowsFrom(table, CENSUS_DEATHS, diedAsInfant)
  const villages = new Set(births.map((row) => c.area[row])).size
  const candidates: Candidate[] = []
  const propose = (lefts: readonly number[], rights: readonly number[], others: number): void => {
    const byMonth = new Map<number, number[]>()
    for (const row of rights) byMonth.set(c.birth[row] >> 5, [...(byMonth.get(c.birth[row] >> 5) ?? []), row])
    for (const left of lefts)
      for (const right of byMonth.get(c.birth[left] >> 5) ?? []) {
        if (groups.root(left) === groups.root(right)) continue
        const [a, b] = left < right ? [left, right] : [right, left]
        const pattern = kernel.compare(a, b)
        const chance = chanceOf(table, a, b, pattern, villages)
        if (chance < 0) continue
        const isListed = groups.present[groups.root(a)] + groups.present[groups.root(b)] > 0
        const weight = milliBits(AGREES / Math.max(CHANCE_MIN, others * chance)) + (isListed ? LISTED_ALIVE : 0)
        candidates.push({ left: a, right: b, pattern, weight: Math.min(WEIGHT_MAX, weight) })
      }
  }
  propose(births, deaths, births.length)
  propose(births, forms, births.length)
  propose(forms, deaths, Math.min(forms.length, deaths.length))
  // A form and a certificate of one death do not exclude each other beside one birth.
  return linkCandidates(groups, candidates, thresholds, (a, b) => table.registerOf(a) !== table.registerOf(b))
}

function rowsFrom(table: RecordTable, register: number, isWanted: (row: number) => boolean): number[] {
  const rows: number[] = []
  for (let row = table.starts[register]; row < table.starts[register + 1]; row++) if (isWanted(row)) rows.push(row)
  return rows
}

/** Chance that another infant agrees as this pair does; −1 if the pair contradicts itself. */
function chanceOf(table: RecordTable, a: number, b: number, pattern: number, villages: number): number {
  const c = table.columns
  const birth = birthLevelOf(pattern)
  const name = nameLevelOf(pattern)
  if (birth !== BIRTH_LEVEL.dateEqual && birth !== BIRTH_LEVEL.monthKnown) return -1
  if (sexLevelOf(pattern) !== SEX_LEVEL.equal) return -1
  let chance = CHANCE.sex * (birth === BIRTH_LEVEL.dateEqual ? CHANCE.day : CHANCE.month)
  const places = [c.area[a], c.hukouArea[a]].filter((place) => place !== 0)
  if (places.length > 0 && (c.area[b] !== 0 || c.hukouArea[b] !== 0)) {
    if (places.includes(c.area[b]) || places.includes(c.hukouArea[b])) chance /= Math.max(1, villages / 2)
    else if (name === NAME_LEVEL.missing || name > NAME_LEVEL.homophone) return -1
  }
  if (addressLevelOf(pattern) === ADDRESS_LEVEL.equal) chance *= CHANCE.address
  if (c.death[a] !== 0 && c.death[b] !== 0) {
    if (c.death[a] >> 5 !== c.death[b] >> 5) return -1
    chance *= CHANCE.death
  }
  if (name === NAME_LEVEL.missing) return isCalledAfter(table, a, b) ? chance * CHANCE.name : chance
  if (name <= NAME_LEVEL.homophone) return chance * CHANCE.name
  return chance * (name <= NAME_LEVEL.givenEqual ? CHANCE.nearName : OTHER_NAME)
}

/** Of a pair in which one row is a certificate of birth. */
function isCalledAfter(table: RecordTable, a: number, b: number): boolean {
  if (table.registerOf(a) === BIRTHS) return isCalledAfterParent(table, a, b)
  return table.registerOf(b) === BIRTHS && isCalledAfterParent(table, b, a)
}
