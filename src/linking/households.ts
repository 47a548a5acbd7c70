/**
 * Household evidence, a step of its own: people who live together are found together.
 *
 * In:  groups after the statistical layer. For every household whose members are already linked into another
 *      household (police, census or death form), the members still apart are compared with each other. Between two such
 *      households the question is not "which of 850,000?" but "which of the two or three left over?": the prior is
 *      high, place and address say nothing more, and names count as names do inside a family (surnames are shared).
 * Out: links of layer `household`, further pairs for review.
 *
 * It is what gave the 2021 census of England and Wales two more points of recall (shared/peers, section 3).
 */
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from '../matching/compare/levels.ts'
import type { CountyModel } from '../matching/county-model.ts'
import type { Kernel } from '../matching/kernel.ts'
import { birthLevelOf, idLevelOf, nameLevelOf, pairClassOf, sexLevelOf } from '../matching/kernel.ts'
import type { PatternCounts } from '../matching/pattern-counts.ts'
import { type RowLists } from '../matching/random-pairs.ts'
import { milliBits } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { POLICE } from '../registers/columns.ts'
import type { Groups } from './groups.ts'
import { creditedPattern } from './number-holders.ts'
import { conflictOf, secondRowWeight } from './conflicts.ts'
import type { LinkThresholds } from './pair-decisions.ts'

const MEMBERS_MAX = 40
/** Families are counted twice as a whole: where one of them was, another is taken for nobody's chance of a hundred. */
const COUNTED_TWICE_TOGETHER = 5000

/** Weights between two members of linked households. */
export interface HouseholdWeights {
  readonly name: readonly (readonly number[])[]
  readonly birth: readonly (readonly number[])[]
  readonly sex: readonly (readonly number[])[]
  readonly id: readonly (readonly number[])[]
}

export function householdWeights(model: CountyModel, household: PatternCounts): HouseholdWeights {
  const { patterns, counts } = household.entries()
  const shares = (levels: number, levelOf: (p: number) => number, usual: (l: number) => number): number[] => {
    const sums = Array.from({ length: levels }, () => 0)
    let total = 0
    for (let i = 0; i < patterns.length; i++) {
      const level = levelOf(patterns[i])
      if (level === 0) continue
      sums[level] += counts[i]
      total += counts[i]
    }
    return sums.map((n, l) => (l === 0 ? 0 : (n + 200 * usual(l)) / (total + 200)))
  }
  // Inside a family: surnames shared, generation characters shared, births apart.
  const uName = shares(12, nameLevelOf, (l) =>
    l <= NAME_LEVEL.variant ? 0.0005 : l < NAME_LEVEL.surnameEqual ? 0.01 : 0.4,
  )
  const uBirth = shares(11, birthLevelOf, (l) =>
    l <= BIRTH_LEVEL.monthKnown ? 0.002 : l === BIRTH_LEVEL.different ? 0.8 : 0.03,
  )
  const uSex = shares(3, sexLevelOf, () => 0.5)
  const table = (m: readonly number[], u: readonly number[]): number[] =>
    m.map((p, l) => (l === 0 ? 0 : milliBits(p / u[l])))
  // A census row knows no day: month equal stands for date equal where the sample (police rows) has full dates.
  const month = uBirth[BIRTH_LEVEL.dateEqual] + uBirth[BIRTH_LEVEL.monthKnown] + uBirth[BIRTH_LEVEL.monthEqual]
  const uBirthFair = uBirth.map((p, l) =>
    l === BIRTH_LEVEL.dateEqual || l === BIRTH_LEVEL.monthKnown ? Math.max(p, month, 0.0015) : p,
  )
  return {
    name: model.classes.map((c) => table(c.m[0], uName)),
    birth: model.classes.map((c) => {
      const m = c.m[1]
      const equal = m[BIRTH_LEVEL.dateEqual] + m[BIRTH_LEVEL.monthKnown]
      return table(
        m.map((p, l) => (l === BIRTH_LEVEL.dateEqual || l === BIRTH_LEVEL.monthKnown ? equal : p)),
        uBirthFair,
      )
    }),
    sex: model.classes.map((c) => table(c.m[3], uSex)),
    id: model.classes.map((c) => table(c.m[2], c.u[2])),
  }
}

export interface HouseholdPair {
  readonly left: number
  readonly right: number
  readonly pattern: number
  readonly weight: number
  readonly decision: 'link' | 'review'
}

export interface HouseholdContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: HouseholdWeights
  readonly thresholds: LinkThresholds
  /** Rows by household, all registers. */
  readonly households: RowLists
  readonly discredited: Uint8Array
  /** Only where a member has been joined with somebody since `forgetJoined`: elsewhere all would come out as before. */
  readonly onlyJoined?: boolean
}

/**
 * Goes once through the households that have an open member: one whose person has no police row yet, or no census row.
 * Deterministic: households in the order of their first rows, candidates by weight, then by rows.
 */
export function linkHouseholds(context: HouseholdContext): HouseholdPair[] {
  const { table, households } = context
  const { household } = table.columns
  const isOpen = openHouseholds(context)
  const found: HouseholdPair[] = []
  for (let row = 0; row < table.rows; row++) {
    const h = household[row]
    if (h === 0 || isOpen[h] === 0 || households.rows[households.start[h]] !== row) continue
    if (households.start[h + 1] - households.start[h] > MEMBERS_MAX) continue
    const others = linkedHouseholds(context, isOpen, h)
    if (others.length === 0) continue
    if (context.onlyJoined === true && ![h, ...others].some((one) => hasJoinedMember(context, one))) continue
    linkMembers(context, h, others, found)
  }
  return found
}

function hasJoinedMember({ groups, households }: HouseholdContext, h: number): boolean {
  for (let k = households.start[h]; k < households.start[h + 1]; k++)
    if (groups.hasJoined(groups.root(households.rows[k]))) return true
  return false
}

/** 1 for each household with a member whose person lacks a police row or a census row. */
function openHouseholds(context: HouseholdContext): Uint8Array {
  const { table, groups } = context
  const { household } = table.columns
  const isOpen = new Uint8Array(table.households.size + 1)
  for (let row = 0; row < table.rows; row++) {
    if (isOpen[household[row]] !== 0) continue
    const root = groups.root(row)
    if (groups.police[root] === 0 || (groups.present[root] === 0 && groups.away[root] === 0)) isOpen[household[row]] = 1
  }
  isOpen[0] = 0
  return isOpen
}

/** Households that share a person with household h, most shared persons first. Each pair of households comes up once. */
function linkedHouseholds(context: HouseholdContext, isOpen: Uint8Array, h: number): readonly number[] {
  const { table, groups, households } = context
  const { household } = table.columns
  const first = (x: number): number => households.rows[households.start[x]]
  const others: number[] = []
  const shared: number[] = []
  for (let k = households.start[h]; k < households.start[h + 1]; k++) {
    const member = households.rows[k]
    for (let row = groups.following(member); row !== member; row = groups.following(row)) {
      const other = household[row]
      if (other === 0 || other === h) continue
      // Few are ever shared with: looking through them is less than keeping a map for each household.
      const known = others.indexOf(other)
      if (known >= 0) {
        shared[known]++
        continue
      }
      const size = households.start[other + 1] - households.start[other]
      if (size === 0 || size > MEMBERS_MAX || (isOpen[other] !== 0 && first(other) < first(h))) continue
      others.push(other)
      shared.push(1)
    }
  }
  if (others.length < 2) return others
  const order = others.map((_, k) => k).sort((x, y) => shared[y] - shared[x] || first(others[x]) - first(others[y]))
  return order.map((k) => others[k])
}

function linkMembers(context: HouseholdContext, h: number, others: readonly number[], found: HouseholdPair[]): void {
  const { groups, kernel, thresholds } = context
  const candidates: { left: number; right: number; pattern: number; weight: number; relief: number }[] = []
  for (const other of others) {
    const left = openMembers(context, h, other)
    if (left.length === 0) continue
    const right = openMembers(context, other, h)
    if (right.length === 0) continue
    // One of those left over, if any: about seven in ten have their row there.
    const prior = milliBits(0.7 / (0.3 + Math.max(left.length, right.length) - 1))
    const relief = isCountedTwice(context, h, other) ? COUNTED_TWICE_TOGETHER : 0
    for (const a of left)
      for (const b of right) {
        const [x, y] = a < b ? [a, b] : [b, a]
        if (groups.root(x) === groups.root(y)) continue
        const pattern = kernel.compare(x, y)
        const weight = prior + memberWeight(context, x, y, pattern)
        if (weight > -8000) candidates.push({ left: x, right: y, pattern, weight, relief })
      }
  }
  candidates.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  for (const pair of candidates) {
    const ra = groups.root(pair.left)
    const rb = groups.root(pair.right)
    if (ra === rb) continue
    if (conflictOf(groups, ra, rb, pair.pattern, pair.weight) !== '') continue
    const weight = pair.weight + takenWeight(groups, ra, rb, pair.relief)
    let rivals = 0
    for (const other of candidates) {
      if (other === pair) continue
      const sharesLeft = other.left === pair.left || other.right === pair.left
      const sharesRight = other.left === pair.right || other.right === pair.right
      if (!sharesLeft && !sharesRight) continue
      const rest = sharesLeft
        ? other.left === pair.left
          ? other.right
          : other.left
        : other.left === pair.right
          ? other.right
          : other.left
      const root = groups.root(rest)
      if (root === ra || root === rb) continue
      if (conflictOf(groups, sharesLeft ? ra : rb, root, other.pattern, other.weight) !== '') continue
      rivals +=
        2 **
        (Math.min(20_000, other.weight + takenWeight(groups, sharesLeft ? ra : rb, root, other.relief) - weight) / 1000)
    }
    const probability = 1 / (1 + rivals + 2 ** (-weight / 1000))
    const pairWeight =
      rivals > 0 ? Math.round(Math.log2(probability / Math.max(1e-15, 1 - probability)) * 1000) : weight
    if (probability >= thresholds.link) {
      found.push({ left: pair.left, right: pair.right, pattern: pair.pattern, weight: pairWeight, decision: 'link' })
      groups.join(pair.left, pair.right)
    } else if (probability >= thresholds.review)
      found.push({ left: pair.left, right: pair.right, pattern: pair.pattern, weight: pairWeight, decision: 'review' })
  }
}

/** As secondRowWeight; `relief` of it where the family was counted twice and neither row stands in a household of the other. */
function takenWeight(groups: Groups, ra: number, rb: number, relief: number): number {
  const weight = secondRowWeight(groups, ra, rb)
  const isPresentTwice = groups.present[ra] > 0 && groups.present[rb] > 0
  return relief > 0 && isPresentTwice && !groups.shareHousehold(ra, rb) ? Math.min(0, weight + relief) : weight
}

/** Whether somebody of both households is present more than once. */
function isCountedTwice({ groups, households }: HouseholdContext, h: number, other: number): boolean {
  for (let k = households.start[h]; k < households.start[h + 1]; k++) {
    const root = groups.root(households.rows[k])
    if (groups.present[root] > 1 && isMember(root, groups, households, other)) return true
  }
  return false
}

/** Members of household h that have no row of their person in household `other` yet. */
function openMembers(context: HouseholdContext, h: number, other: number): number[] {
  const { groups, households } = context
  const open: number[] = []
  for (let k = households.start[h]; k < households.start[h + 1]; k++) {
    const row = households.rows[k]
    if (isMember(groups.root(row), groups, households, other)) continue
    if (context.table.registerOf(row) === POLICE && context.table.columns.recordFlag[row] !== 1) continue
    open.push(row)
  }
  return open
}

/** Whether a row of the group `root` stands in household h, of which the members are few. */
function isMember(root: number, groups: Groups, households: RowLists, h: number): boolean {
  for (let k = households.start[h]; k < households.start[h + 1]; k++)
    if (groups.root(households.rows[k]) === root) return true
  return false
}

function memberWeight(context: HouseholdContext, a: number, b: number, pattern: number): number {
  const { weights, discredited } = context
  const pairClass = pairClassOf(pattern)
  const id = idLevelOf(creditedPattern(pattern, discredited[a] | discredited[b]))
  // A near number is proof enough beside a family; the birth it contains is not counted twice.
  const near = id >= ID_LEVEL.sameValid && id <= ID_LEVEL.areaDiffers
  return (
    weights.name[pairClass][nameLevelOf(pattern)] +
    (near
      ? Math.min(1000, weights.birth[pairClass][birthLevelOf(pattern)])
      : weights.birth[pairClass][birthLevelOf(pattern)]) +
    weights.sex[pairClass][sexLevelOf(pattern)] +
    (near ? Math.min(9000, weights.id[pairClass][id]) : weights.id[pairClass][id])
  )
}
