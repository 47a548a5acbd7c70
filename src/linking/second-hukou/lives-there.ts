/**
 * Second hukou told by where its holder is said to live.
 *
 * Where somebody has a hukou, he is listed as away, with the village where he lives (D7). If nobody there is he, he was missed, or
 * he is counted there under the items of his other hukou: another number, often another name, the birth moved. Of the people
 * who live in that village (few: a namesake of the county seldom lives just there) the one of his sex, birth and name is he.
 * How many of those sought in vain are there under another hukou is counted by EM; a twin who lives there and chance are what
 * else it may be.
 * In:  groups after the layers before. Out: links of layer `household`, pairs for review, the likeliest first.
 */
import { KIN_LEVEL, kinLevelOf } from '../../matching/kernel.ts'
import { NAME_LEVEL } from '../../matching/compare/levels.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import { probabilityOf } from '../people.ts'
import type { DecidedPair } from '../pair-decisions.ts'
import type { ListedContext } from './listed-there.ts'
import { againstBoth, type Renaming, renamingOf, TWIN } from './renamed.ts'
import { OTHER_SPOUSE } from './same-family.ts'
import { isOnDay, isOnDayOfMonths, isOtherNumber } from './twice-born-pairs.ts'
import { NEAR_YEARS, type Place, Villagers } from './villagers.ts'

/** Of those sought in vain so many have a second hukou there: believed as CAUTION of them. */
const USUAL_SHARE = 0.1
const CAUTION = 10
const SHARE_MAX = 0.8
const ROUNDS = 10

/**
 * Of second hukou and of strangers: one birth date, one day of another year or of a month beside, the month that the away row says and
 * the hukou where it is listed does not, one month, a year or two apart.
 */
const BIRTHS = {
  date: [0.45, 1 / 25_000],
  dayOfYears: [0.25, 10 / (365 * 70)],
  dayOfMonths: [0.1, 2 / (365 * 70)],
  said: [0.15, 1 / 840],
  month: [0.05, 1 / 840],
  near: [0.15, 0.07],
} as const
/** Of second hukou so many bear such a name; of strangers in a village; of twins. One name: of strangers as it is frequent, no less than this. */
interface Naming {
  readonly second: number
  readonly strangers: number
  readonly twins: number
}
const NAMES: Readonly<Record<Renaming | 'oneOther' | 'surnameEqual' | 'other', Naming>> = {
  surname: { second: 0.08, strangers: 0.001, twins: 0 },
  misread: { second: 0.12, strangers: 0.0005, twins: 0.02 },
  atHome: { second: 0.03, strangers: 0.001, twins: 0.005 },
  oneOther: { second: 0.06, strangers: 0.02, twins: 0.5 },
  surnameEqual: { second: 0.15, strangers: 0.1, twins: 0.4 },
  other: { second: 0.03, strangers: 0.9, twins: 0.05 },
}
const SAME_NAME = 0.5
const SAME_NAME_MIN = 0.0002
/** Of people with a twin of their sex half have a twin who lives where they are said to live. */
const TWIN_THERE = TWIN / 2

/** Parents agree: as seldom chance as in listed-there.ts; for twins they say nothing. */
const FAMILY = { agree: 6000, partly: 3000, differ: -5000 } as const

/** Even where a third of those sought are there, such a weight is no question for a person. */
const WEIGHT_MIN = -3000

interface Sought {
  readonly row: number
  readonly police: number
  /** Where the person is said to live. */
  readonly place: Place
}

export function linkLivesThere(context: ListedContext): DecidedPair[] {
  const { table, groups, thresholds } = context
  const policeOf = policeRows(table, groups)
  const sought = soughtInVain(table, groups, policeOf)
  if (sought.length === 0) return []
  const villagers = new Villagers(table, groups, policeOf)
  const candidates = sought.map((one) => candidatesFor(context, one, villagers))
  const share = shareOfHolders(candidates)
  const odds = share / (1 - share)
  const likely: DecidedPair[] = []
  for (const here of candidates) {
    const all = here.reduce((sum, pair) => sum + odds * ratioOf(pair), 1)
    for (const pair of here) {
      const one = odds * ratioOf(pair)
      if (one / all < thresholds.review) continue
      const rivals = Math.max(1, all - one)
      likely.push({ ...pair, weight: milliBits(one / rivals) })
    }
  }
  likely.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  return likely.flatMap((pair) => decide(context, pair))
}

/** Who of the people of a place may be the one sought there, each with a weight for even odds. */
function candidatesFor(context: ListedContext, one: Sought, villagers: Villagers): DecidedPair[] {
  const { row, police, place } = one
  const { birth } = context.table.columns
  const people = villagers.count(place, police)
  const candidates: DecidedPair[] = []
  const weighEach = (others: Iterable<number>): void => {
    for (const other of others) {
      const pair = weighed(context, one, other, people)
      if (pair !== undefined) candidates.push(pair)
    }
  }
  const near = villagers.bornNear(place, police, birth[police])
  // The month of the police row alone brings nobody else.
  if (birth[row] === (birth[police] & ~31)) weighEach(near)
  // The family may give the birth that stands in the other hukou.
  else weighEach(new Set([...near, ...villagers.bornNear(place, police, birth[row])]))
  return candidates
}

/** Share of those sought in vain who live there under another hukou, by EM. */
function shareOfHolders(candidates: readonly (readonly DecidedPair[])[]): number {
  const ratios = candidates.map((here) => here.reduce((sum, pair) => sum + ratioOf(pair), 0))
  let share = USUAL_SHARE
  for (let round = 0; round < ROUNDS; round++) {
    const odds = share / (1 - share)
    const holders = ratios.reduce((sum, ratio) => sum + (odds * ratio) / (1 + odds * ratio), 0)
    share = Math.min(SHARE_MAX, (holders + CAUTION * USUAL_SHARE) / (ratios.length + CAUTION))
  }
  return share
}

function ratioOf({ weight }: DecidedPair): number {
  return 2 ** (weight / 1000)
}

/** Links a pair, or asks, or leaves it where earlier ones have answered it. */
function decide({ groups, thresholds }: ListedContext, pair: DecidedPair): DecidedPair[] {
  const ra = groups.root(pair.left)
  const rb = groups.root(pair.right)
  if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) return []
  // Who has been found since is sought no more.
  if (groups.present[ra] > 0 && groups.present[rb] > 0) return []
  if (groups.births[ra] > 0 && groups.births[rb] > 0) return []
  if (groups.deaths[ra] + groups.deathForms[ra] + groups.deaths[rb] + groups.deathForms[rb] > 0) return []
  if (probabilityOf(pair.weight) < thresholds.link) return [pair]
  groups.join(pair.left, pair.right)
  return [{ ...pair, decision: 'link' }]
}

/** Away rows of registered people that name a place of the county where nobody is the person. */
function soughtInVain(table: RecordTable, groups: Groups, policeOf: Int32Array): Sought[] {
  const { columns, starts } = table
  const sought: Sought[] = []
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
    const residence = columns.residence[row]
    if (residence < 3 || residence > 4) continue
    const root = groups.root(row)
    const police = root < policeOf.length ? policeOf[root] - 1 : -1
    if (police < 0 || groups.present[root] > 0 || groups.away[root] > 1) continue
    const place = placeOf(table, row)
    if (place !== undefined) sought.push({ row, police, place })
  }
  return sought
}

/** The village or township that an away row names: another village of this township needs no code. */
function placeOf({ columns, areas }: RecordTable, row: number): Place | undefined {
  const area = columns.residenceArea[row]
  const digits = areas.third(area)
  if (digits >= 9) return { area, isVillage: digits === 12 }
  return columns.residence[row] === 3 ? { area: columns.area[row], isVillage: false } : undefined
}

/** By root, a police row in force and 1; 0 where there is none. */
function policeRows({ columns, starts }: RecordTable, groups: Groups): Int32Array {
  const policeOf = new Int32Array(starts[POLICE + 1])
  for (let row = starts[POLICE + 1] - 1; row >= starts[POLICE]; row--)
    if (isActive(columns, row)) policeOf[groups.root(row)] = row + 1
  return policeOf
}

/** How the birth of somebody who lives there may be that of the one sought, undefined if it hardly is. */
function birthOf({ columns }: RecordTable, { row, police }: Sought, other: number): keyof typeof BIRTHS | undefined {
  const { birth } = columns
  const [a, b, said] = [birth[police], birth[other], birth[row]]
  if (a === 0 || b === 0) return undefined
  if (a === b && (a & 31) !== 0) return 'date'
  if (isOnDay(a, b)) return 'dayOfYears'
  if (a >> 5 === b >> 5) return 'month'
  if (isOnDayOfMonths(a, b)) return 'dayOfMonths'
  if (((said >> 5) & 15) !== 0 && said >> 5 === b >> 5) return 'said'
  return Math.abs((a >> 9) - (b >> 9)) <= NEAR_YEARS ? 'near' : undefined
}

/**
 * One person against a stranger of the village and a twin; nothing for births that are hardly one person's, or where not even parents who
 * agree could make it likely.
 * @param people of the sex who live there
 */
function weighed(context: ListedContext, sought: Sought, other: number, people: number): DecidedPair | undefined {
  const { table, kernel } = context
  const { row, police } = sought
  const birth = birthOf(table, sought, other)
  if (birth === undefined) return undefined
  const [born, byChance] = BIRTHS[birth]
  const name = likelierName(context, police, row, other)
  const one = born * name.second
  const byItems = milliBits(one / (people * byChance * name.strangers))
  if (byItems + FAMILY.agree < WEIGHT_MIN) return undefined
  const [left, right] = police < other ? [police, other] : [other, police]
  const pattern = kernel.compare(left, right)
  const strangers = byItems + familyWeight(kinLevelOf(pattern))
  const twins = birth === 'date' ? milliBits(one / (TWIN_THERE * name.twins)) : Number.POSITIVE_INFINITY
  const against = isOtherNumber(table.columns.spouseId[police], table.columns.spouseId[other]) ? OTHER_SPOUSE : 0
  const weight = againstBoth(strangers, twins) - against
  return { left, right, pattern, weight, decision: 'review' }
}

/** Either hukou may be the one whose name the family gave: as the police row or the census row has it. */
function likelierName(context: ListedContext, police: number, row: number, other: number): Naming {
  const { name } = context.table.columns
  const ofPolice = nameOf(context, police, other)
  if (name[row] === name[police]) return ofPolice
  const ofRow = nameOf(context, row, other)
  return ofRow.second / ofRow.strangers > ofPolice.second / ofPolice.strangers ? ofRow : ofPolice
}

function nameOf({ table, kernel, weights }: ListedContext, row: number, other: number): Naming {
  const { name } = table.columns
  const level = kernel.nameLevel(name[row], name[other])
  if (level === NAME_LEVEL.missing || level === NAME_LEVEL.different) return NAMES.other
  if (level <= NAME_LEVEL.variant)
    return {
      second: SAME_NAME,
      strangers: Math.max(SAME_NAME_MIN, weights.namesakes(name[other]) / weights.people),
      twins: 0,
    }
  const renaming = renamingOf(table.names.text(name[row]), table.names.text(name[other]), level)
  if (renaming !== undefined) return NAMES[renaming]
  if (level === NAME_LEVEL.oneOther) return NAMES.oneOther
  return level === NAME_LEVEL.surnameEqual ? NAMES.surnameEqual : NAMES.other
}

function familyWeight(kin: number): number {
  if (kin === KIN_LEVEL.agree) return FAMILY.agree
  if (kin === KIN_LEVEL.partly) return FAMILY.partly
  return kin === KIN_LEVEL.differ ? FAMILY.differ : 0
}
