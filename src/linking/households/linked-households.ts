/**
 * Households that share a person, and who of each has no row in the other yet.
 *
 * In:  groups so far and rows by household. Out: each pair of such households once, in the order of their first rows;
 * leaves to households.ts whether two of those left over are one person.
 */
import type { RowLists } from '../../matching/random-pairs.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'

/** Larger households are institutions: living there says little. */
export const MEMBERS_MAX = 40

/** What households are known by. */
export interface HouseholdRows {
  readonly table: RecordTable
  readonly groups: Groups
  /** Rows by household, all registers. */
  readonly households: RowLists
}

/**
 * Visits the households that have an open member, one whose person has no police row yet or no census row, with the
 * households that share a person with them; of a context that says `onlyJoined`: only where a member was joined since `forgetJoined`.
 * @param visit says whether to go on
 */
export function visitLinkedHouseholds(
  context: HouseholdRows & { readonly onlyJoined?: boolean },
  visit: (h: number, others: readonly number[]) => boolean,
): void {
  const { table, households } = context
  const { household } = table.columns
  const isOpen = openHouseholds(context)
  for (let row = 0; row < table.rows; row++) {
    const h = household[row]
    if (h === 0 || isOpen[h] === 0 || households.rows[households.start[h]] !== row) continue
    if (households.start[h + 1] - households.start[h] > MEMBERS_MAX) continue
    const others = linkedHouseholds(context, isOpen, h)
    if (others.length === 0) continue
    if (context.onlyJoined === true && ![h, ...others].some((one) => hasJoinedMember(context, one))) continue
    if (!visit(h, others)) return
  }
}

function hasJoinedMember({ groups, households }: HouseholdRows, h: number): boolean {
  for (let k = households.start[h]; k < households.start[h + 1]; k++)
    if (groups.hasJoined(groups.root(households.rows[k]))) return true
  return false
}

/** 1 for each household with a member whose person lacks a police row or a census row. */
function openHouseholds(context: HouseholdRows): Uint8Array {
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
function linkedHouseholds(context: HouseholdRows, isOpen: Uint8Array, h: number): readonly number[] {
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

/** Members of household h that have no row of their person in household `other` yet. */
export function openMembers(context: HouseholdRows, h: number, other: number): number[] {
  const { groups, households, table } = context
  const { recordFlag } = table.columns
  const open: number[] = []
  for (let k = households.start[h]; k < households.start[h + 1]; k++) {
    const row = households.rows[k]
    if (isMember(groups.root(row), groups, households, other)) continue
    if (table.registerOf(row) === POLICE && recordFlag[row] !== 1) continue
    open.push(row)
  }
  return open
}

/** Whether a row of the group `root` stands in household h, of which the members are few. */
export function isMember(root: number, groups: Groups, households: RowLists, h: number): boolean {
  for (let k = households.start[h]; k < households.start[h + 1]; k++)
    if (groups.root(households.rows[k]) === root) return true
  return false
}
