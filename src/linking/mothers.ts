/**
 * Newborns by their parents: mother and father of a certificate are found by number, the infant in their households.
 *
 * A newborn has no number and often no name (未取名); mother, birth date, sex and birth order are its identity.
 * In:  groups after the statistical layer. Out: links and pairs for review between certificates and rows of infants in
 * the parents' police and census households. Twins of one sex without names stay with a person (`twin-suspect`).
 */
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../matching/compare/levels.ts'
import type { Kernel } from '../matching/kernel.ts'
import { birthLevelOf, nameLevelOf, sexLevelOf } from '../matching/kernel.ts'
import type { RowLists } from '../matching/random-pairs.ts'
import type { RecordTable } from '../records/record-table.ts'
import { yearOf } from '../records/record-table.ts'
import { BIRTHS, CENSUS, POLICE } from '../registers/columns.ts'
import type { Groups } from './groups.ts'
import type { HouseholdPair } from './households.ts'
import { conflictOf, type LinkThresholds } from './statistical.ts'

/** Weight of "an infant in the parents' household is the one of the certificate". */
const PARENT_PRIOR = 4000

export interface MotherContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly households: RowLists
  readonly thresholds: LinkThresholds
}

export function linkNewborns(context: MotherContext): HouseholdPair[] {
  const { table, groups, kernel, households, thresholds } = context
  const c = table.columns
  const from = table.starts[BIRTHS]
  const to = table.starts[BIRTHS + 1]
  const found: HouseholdPair[] = []
  if (from === to) return found
  const householdsOf = findParents(table, groups)
  const candidates: { left: number; right: number; pattern: number; weight: number }[] = []
  for (let birth = from; birth < to; birth++) {
    const homes = new Set([
      ...(householdsOf.get(c.motherId[birth]) ?? []),
      ...(householdsOf.get(c.fatherId[birth]) ?? []),
    ])
    for (const household of homes) {
      for (let k = households.start[household]; k < households.start[household + 1]; k++) {
        const row = households.rows[k]
        const register = table.registerOf(row)
        if (register !== POLICE && register !== CENSUS) continue
        if (Math.abs(yearOf(c.birth[row]) - yearOf(c.birth[birth])) > 1) continue
        if (groups.root(row) === groups.root(birth)) continue
        const pattern = kernel.compare(row, birth)
        candidates.push({ left: row, right: birth, pattern, weight: childWeight(pattern) })
      }
    }
  }
  candidates.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  const byRow = new Map<number, number[]>()
  candidates.forEach((pair, i) => {
    for (const row of [pair.left, pair.right]) {
      const list = byRow.get(row)
      if (list === undefined) byRow.set(row, [i])
      else list.push(i)
    }
  })
  for (const [i, pair] of candidates.entries()) {
    const ra = groups.root(pair.left)
    const rb = groups.root(pair.right)
    if (ra === rb || conflictOf(groups, ra, rb, pair.pattern, pair.weight) !== '') continue
    let rivals = 0
    for (const j of [...(byRow.get(pair.left) ?? []), ...(byRow.get(pair.right) ?? [])]) {
      if (j === i) continue
      const other = candidates[j]
      const shared = other.left === pair.left ? ra : rb
      const rest = groups.root(other.left === pair.left ? other.right : other.left)
      if (rest === ra || rest === rb || conflictOf(groups, shared, rest, other.pattern, 0) !== '') continue
      // Two census rows of one child (mother's two households) do not exclude each other.
      if (other.right === pair.right && sameChild(kernel, pair.left, other.left)) continue
      rivals += 2 ** (Math.min(20_000, other.weight - pair.weight) / 1000)
    }
    const probability = 1 / (1 + rivals + 2 ** (-pair.weight / 1000))
    if (probability >= thresholds.link) {
      found.push({ ...pair, decision: 'link' })
      groups.join(pair.left, pair.right)
    } else if (probability >= thresholds.review) found.push({ ...pair, decision: 'review' })
  }
  return found
}

/** Households of the rows that carry each parent's number, and of the rows linked to those. */
function findParents(table: RecordTable, groups: Groups): Map<number, number[]> {
  const c = table.columns
  const wanted = new Set<number>()
  for (let row = table.starts[BIRTHS]; row < table.starts[BIRTHS + 1]; row++)
    for (const parent of [c.motherId[row], c.fatherId[row]]) if (parent !== 0) wanted.add(parent)
  const parentsByRoot = new Map<number, number[]>()
  for (let row = 0; row < table.starts[CENSUS + 1]; row++) {
    if (c.idNo[row] === 0 || !wanted.has(c.idNo[row])) continue
    const root = groups.root(row)
    const list = parentsByRoot.get(root)
    if (list === undefined) parentsByRoot.set(root, [c.idNo[row]])
    else if (!list.includes(c.idNo[row])) list.push(c.idNo[row])
  }
  const households = new Map<number, number[]>()
  for (let row = 0; row < table.starts[CENSUS + 1]; row++) {
    if (c.household[row] === 0) continue
    for (const parent of parentsByRoot.get(groups.root(row)) ?? []) {
      const list = households.get(parent)
      if (list === undefined) households.set(parent, [c.household[row]])
      else list.push(c.household[row])
    }
  }
  return households
}

function sameChild(kernel: Kernel, a: number, b: number): boolean {
  const pattern = kernel.compare(Math.min(a, b), Math.max(a, b))
  return nameLevelOf(pattern) <= NAME_LEVEL.homophone && birthLevelOf(pattern) <= BIRTH_LEVEL.monthEqual
}

function childWeight(pattern: number): number {
  const birth = birthLevelOf(pattern)
  const sex = sexLevelOf(pattern)
  const name = nameLevelOf(pattern)
  let weight = PARENT_PRIOR
  if (birth === BIRTH_LEVEL.dateEqual) weight += 8000
  else if (birth === BIRTH_LEVEL.monthKnown) weight += 5000
  else if (birth > BIRTH_LEVEL.yearBeside) weight -= 8000
  if (sex === SEX_LEVEL.equal) weight += 800
  else if (sex === SEX_LEVEL.different) weight -= 6000
  if (name === NAME_LEVEL.missing) return weight
  if (name <= NAME_LEVEL.homophone) return weight + 7000
  if (name <= NAME_LEVEL.givenEqual) return weight + 2000
  // Named later, or named otherwise: common for newborns, rare for twins told apart by their names.
  return weight - 2500
}
