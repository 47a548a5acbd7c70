/**
 * Numbers that the police replaced: the register knows the new one alone, the census was told the old one.
 *
 * Two valid numbers are two people, whatever else agrees: a namesake of the village has a row of his own in the register.
 * Where the register knows nobody of the row's number, no row bears the number of the one person who fits it, and both
 * are at home at one address or with one family, there is no second person: one was given another number (a wrong birth
 * date set right, a number held by two), and the old version is not in the extract. The weight of the pair holds already
 * how seldom that is.
 *
 * In:  groups after the household layer, pairs with two valid numbers. Out: such pairs linked, by number.
 */
import { BEYOND } from '../../matching/beyond-pair.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from '../../matching/compare/levels.ts'
import { EXPECTS } from '../../matching/expected-partners.ts'
import { ADDRESS_LEVEL, addressLevelOf, idLevelOf, PAIR_CLASS, pairClassOf } from '../../matching/kernel.ts'
import type { CountyWeights } from '../../matching/weigh-county.ts'
import type { RowLists } from '../../matching/random-pairs.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { CENSUS } from '../../registers/columns.ts'
import { areAlike, secondRowWeight } from '../conflicts.ts'
import type { Groups } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { LINK, type LinkThresholds, type PairDecisions } from '../pair-decisions.ts'
import { probabilityOf } from '../people.ts'
import { counterpartPrior } from './lone-members.ts'
import { type HouseholdWeights, memberWeight } from './household-weights.ts'
import { MEMBERS_MAX } from './linked-households.ts'

/** Beside one root, none: several rows have a claim to it. */
const MANY = -1

export interface ReplacedNumbersContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly pairs: OrderedPairs
  readonly weights: CountyWeights
  readonly inFamily: HouseholdWeights
  readonly households: RowLists
  readonly thresholds: LinkThresholds
  readonly discredited: Uint8Array
  /** Share of members left over who have their row in the other household (lone-members.ts). */
  readonly counterparts: number
}

export function linkReplacedNumbers(context: ReplacedNumbersContext, decisions: PairDecisions): number[] {
  const { table, groups, pairs, thresholds } = context
  const { idNo } = table.columns
  const candidates: { pair: number; weight: number }[] = []
  for (let i = 0; i < pairs.count; i++) {
    const pattern = pairs.pattern[i]
    if (idLevelOf(pattern) !== ID_LEVEL.bothValidDiffer || pairClassOf(pattern) !== PAIR_CLASS.policeCensus) continue
    if (decisions.decision[i] === LINK || !isNearlyOne(pattern)) continue
    if (!isWithoutRow(context, pairs.left[i], pairs.right[i])) continue
    const weight = weightOf(context, i)
    if (probabilityOf(weight) >= thresholds.review) candidates.push({ pair: i, weight })
  }
  if (candidates.length === 0) return []

  const isHeld = heldElsewhere(
    context,
    candidates.flatMap(({ pair }) => [pairs.left[pair], pairs.right[pair]]),
  )
  const unheld = candidates.filter(
    ({ pair }) => isHeld[idNo[pairs.left[pair]]] === 0 && isHeld[idNo[pairs.right[pair]]] === 0,
  )
  const rivals = new Map<number, number>()
  for (const { pair } of unheld) {
    const [ra, rb] = [groups.root(pairs.left[pair]), groups.root(pairs.right[pair])]
    for (const [one, other] of [
      [ra, rb],
      [rb, ra],
    ]) {
      const known = rivals.get(one)
      rivals.set(one, known === undefined || known === other ? other : MANY)
    }
  }
  const linked: number[] = []
  for (const { pair, weight } of unheld) {
    const [ra, rb] = [groups.root(pairs.left[pair]), groups.root(pairs.right[pair])]
    if (ra !== rb) {
      if (probabilityOf(weight) < thresholds.link || groups.isForbidden(ra, rb)) continue
      if (rivals.get(ra) !== rb || rivals.get(rb) !== ra) continue
      groups.join(ra, rb)
    }
    decisions.decision[pair] = LINK
    decisions.weight[pair] = weight
    decisions.beyond[pair] = BEYOND.household
    linked.push(pair)
  }
  return linked
}

/**
 * One name and nearly one birth, or a name misheard or misread and one month: twins of such names there are, but hardly
 * the one without a row here and the other unknown there.
 */
function isNearlyOne(pattern: number): boolean {
  return (
    areAlike(pattern, NAME_LEVEL.variant, BIRTH_LEVEL.yearBeside) ||
    areAlike(pattern, NAME_LEVEL.nearShape, BIRTH_LEVEL.monthEqual)
  )
}

/** A person in force whom no census row names yet, or none but the one that says that another must be here. */
function isWithoutRow({ table, groups, weights }: ReplacedNumbersContext, police: number, row: number): boolean {
  if (!isActive(table.columns, police)) return false
  const [ra, rb] = [groups.root(police), groups.root(row)]
  if (groups.police[ra] !== 1 || groups.police[rb] !== 0) return false
  if (groups.deaths[ra] + groups.deathForms[ra] > 0 || secondRowWeight(groups, ra, rb) !== 0) return false
  for (let other = groups.following(police); other !== police; other = groups.following(other))
    if (table.registerOf(other) === CENSUS && (weights.expects[other] & EXPECTS.census) === 0) return false
  return true
}

/** As the pair weighs at one address, and within the family where somebody of the household is found in the other. */
function weightOf(context: ReplacedNumbersContext, i: number): number {
  const { pairs, discredited, inFamily, counterparts } = context
  const [left, right, pattern] = [pairs.left[i], pairs.right[i], pairs.pattern[i]]
  if (!sharesRelative(context, left, right))
    return addressLevelOf(pattern) === ADDRESS_LEVEL.equal ? pairs.weight[i] : Number.NEGATIVE_INFINITY
  const member = memberWeight(inFamily, pattern, discredited[left] | discredited[right])
  return Math.max(pairs.weight[i], counterpartPrior(counterparts, 1) + member)
}

/** Whether somebody else of the one household stands in the other. */
function sharesRelative({ table, groups, households }: ReplacedNumbersContext, police: number, row: number): boolean {
  const { household } = table.columns
  const [home, h] = [household[police], household[row]]
  if (home === 0 || h === 0 || households.start[h + 1] - households.start[h] > MEMBERS_MAX) return false
  for (let k = households.start[h]; k < households.start[h + 1]; k++) {
    const member = households.rows[k]
    if (member === row) continue
    for (let other = groups.following(member); other !== member; other = groups.following(other))
      if (household[other] === home && other !== police) return true
  }
  return false
}

/** 1 for each number of these rows that a row of another person bears as well. */
function heldElsewhere({ table, groups }: ReplacedNumbersContext, rows: readonly number[]): Uint8Array {
  const { idNo } = table.columns
  const owner = new Map<number, number>()
  const isHeld = new Uint8Array(table.ids.size + 1)
  const isAsked = new Uint8Array(table.ids.size + 1)
  for (const row of rows) {
    isAsked[idNo[row]] = 1
    owner.set(idNo[row], groups.root(row))
  }
  for (let row = 0; row < table.rows; row++)
    if (isAsked[idNo[row]] === 1 && owner.get(idNo[row]) !== groups.root(row)) isHeld[idNo[row]] = 1
  return isHeld
}
