/**
 * Second hukou told by who is listed there.
 *
 * A family lists its son where it has a hukou for him, and so does whoever names that village as his hukou. If the
 * register has him in another village only, it has him under other items here: another number, often another given name, the
 * birth moved by some years or a month. Of the people registered in that village whom no list knows, the one of his sex, surname
 * and birthday is he. Which items a second hukou keeps is told by those that were found by their family.
 * In:  groups after the layers before. Out: links of layer `household`, pairs for review. The likeliest first, each judged
 * against the other unlisted people of the village.
 */
import {
  ADDRESS_LEVEL,
  addressLevelOf,
  type Kernel,
  KIN_LEVEL,
  kinLevelOf,
  nameLevelOf,
} from '../../matching/kernel.ts'
import { NAME_LEVEL } from '../../matching/compare/levels.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import { NUMBER_BASE, oddsOfRival, probabilityBeside, probabilityOf } from '../people.ts'
import { OTHER_SPOUSE } from './same-family.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import type { Candidate } from '../rival-candidates.ts'
import { isOnDay, isOnDayOfMonths, isOtherNumber } from './twice-born-pairs.ts'

/** Of away rows where the register has nobody of that number half are second hukou; present rows are mostly slips of D8. */
const AWAY_SHARE = 0.5
const PRESENT_SHARE = 0.1

/** One birth date, one day of some years, one day of two months side by side: of second hukou, of strangers. */
const ONE_DATE = milliBits(0.35 * 25_000)
const DAY_OF_YEARS = milliBits((0.3 * 365 * 70) / 10)
const DAY_OF_MONTHS = milliBits((0.1 * 365 * 70) / 2)
/** Within two years; farther apart. */
const NEAR = milliBits(0.15 / 0.07)
const FAR = milliBits(0.03 / 0.9)

/**
 * Rows that a village may have astray, by the rows that name it: where more are, the register knows the village by another
 * code (merged, renamed), everybody there is astray, and nobody is for a second hukou.
 */
const ASTRAY_SHARE_MAX = 0.1
const ASTRAY_FREE = 20

const SAME_NAME_MAX = 10_000
const SAME_NAME_SHARE = 0.8
/** A name alike; a surname alone, which one in eight second hukou keep and one in ten of a village bears; neither. */
const LIKE_NAME = 3000
const OTHER_NAME = milliBits(0.03 / 0.9)
const SAME_SEX = 1000

const SAME_FAMILY = 6000
const PART_OF_FAMILY = 3000
const OTHER_FAMILY = -5000
const SAME_ADDRESS = 3500
const OTHER_ADDRESS = -2000

export interface ListedContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
}

export function linkListedThere(context: ListedContext): DecidedPair[] {
  const { table, groups, kernel, thresholds } = context
  const strays = strayRows(table, groups)
  if (strays.length === 0) return []
  const unlisted = unlistedPeople(table, groups, new Set(strays.map(({ village }) => village)))
  const candidates: DecidedPair[] = []
  for (const { row, police, village } of strays) {
    const people = unlisted.get(village) ?? []
    const share = table.columns.residence[row] === 1 ? PRESENT_SHARE : AWAY_SHARE
    const prior = milliBits(share / (1 - share) / Math.max(1, people.length))
    const here: Candidate[] = []
    for (const other of people) {
      if (table.columns.sex[other] !== table.columns.sex[police] || isOwnRow(table.columns, other, row, police))
        continue
      const [left, right] = other < police ? [other, police] : [police, other]
      const pattern = kernel.compare(left, right)
      here.push({ left, right, pattern, weight: prior + likeness(context, { police, other, row, pattern }) })
    }
    for (const pair of here) {
      // Rivals take away: what is not likely alone is not likely beside them.
      if (probabilityBeside(pair.weight, 0) < thresholds.review) continue
      let rivals = 0
      for (const other of here) if (other !== pair) rivals += oddsOfRival(other.weight, pair.weight)
      const probability = probabilityBeside(pair.weight, rivals)
      if (probability >= thresholds.review)
        candidates.push({ ...pair, weight: milliBits(probability / (1 - probability)), decision: 'review' })
    }
  }
  candidates.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  const found: DecidedPair[] = []
  for (const pair of candidates) {
    const ra = groups.root(pair.left)
    const rb = groups.root(pair.right)
    if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) continue
    if (groups.births[ra] > 0 && groups.births[rb] > 0) continue
    // Whom an earlier pair has found is no longer unlisted.
    if (isListed(groups, ra) && isListed(groups, rb)) continue
    const isLink = probabilityOf(pair.weight) >= thresholds.link
    found.push(isLink ? { ...pair, decision: 'link' } : pair)
    if (isLink) groups.join(pair.left, pair.right)
  }
  return found
}

interface Stray {
  /** The census row, the person's police row, and the village that the census row names. */
  readonly row: number
  readonly police: number
  readonly village: number
}

const ASKED = -1

/** Census rows that name a village as hukou where the register has the person under no version. */
export function strayRows(table: RecordTable, groups: Groups): Stray[] {
  const { columns, starts } = table
  const { hukouArea, area } = columns
  // By root: 0 = not asked for, ASKED, or the police row in force and 1.
  const policeOf = new Int32Array(starts[POLICE + 1])
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
    const root = groups.root(row)
    // The smallest row of a person is a police row, if there is one.
    if (root < policeOf.length && hukouArea[row] !== area[root]) policeOf[root] = ASKED
  }
  const registered = new Set<number>()
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) {
    const root = groups.root(row)
    if (policeOf[root] === 0) continue
    registered.add(keyOf(root, area[row]))
    if (policeOf[root] === ASKED && isActive(columns, row)) policeOf[root] = row + 1
  }
  const strays: Stray[] = []
  const named = new Int32Array(table.areas.size + 1)
  const astray = new Int32Array(table.areas.size + 1)
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
    const village = hukouArea[row]
    named[village]++
    const root = groups.root(row)
    const police = root < policeOf.length ? policeOf[root] - 1 : -1
    if (police < 0 || registered.has(keyOf(root, village)) || table.areaText(village).length !== 12) continue
    astray[village]++
    strays.push({ row, police, village })
  }
  return strays.filter(({ village }) => astray[village] <= ASTRAY_FREE + ASTRAY_SHARE_MAX * named[village])
}

/** People in force in these villages of whom no other list knows, dead or alive. */
function unlistedPeople(
  { columns, starts }: RecordTable,
  groups: Groups,
  villages: ReadonlySet<number>,
): Map<number, number[]> {
  const { area } = columns
  const people = new Map<number, number[]>()
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) {
    if (!isActive(columns, row) || !villages.has(area[row])) continue
    if (isListed(groups, groups.root(row))) continue
    const list = people.get(area[row])
    if (list === undefined) people.set(area[row], [row])
    else list.push(row)
  }
  return people
}

function isListed(groups: Groups, root: number): boolean {
  return groups.present[root] + groups.away[root] + groups.deaths[root] + groups.deathForms[root] > 0
}

/** Born in the month that the census row says, and the person it was linked to is not: his own row under a wrong number. */
function isOwnRow({ birth }: RecordTable['columns'], other: number, row: number, police: number): boolean {
  const month = birth[row] >> 5
  return (month & 15) !== 0 && birth[other] >> 5 === month && birth[police] >> 5 !== month
}

/** Milli-bits of what two police rows, compared in `pattern`, and the census row beside the second one have in common. */
function likeness(
  { table, kernel, weights }: ListedContext,
  { police, other, row, pattern }: Readonly<Record<'police' | 'other' | 'row' | 'pattern', number>>,
): number {
  const c = table.columns
  const listed = kernel.compare(other, row)
  return (
    SAME_SEX +
    birthWeight(c.birth[police], c.birth[other]) +
    nameWeight(pattern, listed, weights.namesakes(c.name[other]) / weights.people) +
    familyWeight(kinLevelOf(pattern)) +
    (hasOtherSpouse(c, police, other) ? -OTHER_SPOUSE : 0) +
    addressWeight(addressLevelOf(listed))
  )
}

function birthWeight(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  const apart = Math.abs((a >> 9) - (b >> 9))
  if ((a & 31) !== 0 && a === b) return ONE_DATE
  if (isOnDay(a, b)) return DAY_OF_YEARS
  if (isOnDayOfMonths(a, b)) return DAY_OF_MONTHS
  return apart <= 2 ? NEAR : FAR
}

function nameWeight(pattern: number, listed: number, chance: number): number {
  const known = [nameLevelOf(pattern), nameLevelOf(listed)].filter((level) => level !== NAME_LEVEL.missing)
  if (known.length === 0) return 0
  const level = Math.min(...known)
  if (level <= NAME_LEVEL.variant) return Math.min(SAME_NAME_MAX, milliBits(SAME_NAME_SHARE / chance))
  if (level <= NAME_LEVEL.dropped) return LIKE_NAME
  return level === NAME_LEVEL.oneOther || level === NAME_LEVEL.surnameEqual ? 0 : OTHER_NAME
}

function familyWeight(kin: number): number {
  if (kin === KIN_LEVEL.agree) return SAME_FAMILY
  if (kin === KIN_LEVEL.partly) return PART_OF_FAMILY
  return kin === KIN_LEVEL.differ ? OTHER_FAMILY : 0
}

function hasOtherSpouse({ spouseId }: RecordTable['columns'], a: number, b: number): boolean {
  return isOtherNumber(spouseId[a], spouseId[b])
}

function addressWeight(level: number): number {
  if (level === ADDRESS_LEVEL.equal) return SAME_ADDRESS
  return level === ADDRESS_LEVEL.differ ? OTHER_ADDRESS : 0
}

function keyOf(root: number, area: number): number {
  return area * NUMBER_BASE + root
}
