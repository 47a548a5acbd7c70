/**
 * Two independent lists of households against each other (一户一表 vs 自主清查表): who stands on one list only, who on both
 * with other particulars, household by household.
 *
 * In:  two lists of members, already read. Out: differences, households in key order. Members are met inside a
 * household by number, then by name; somebody found in another household of the other list is told as moved.
 * Pure; reading files and writing the 补充登记表 are left to the command.
 */
import { compareText } from '../text-order.ts'

export interface ListedMember {
  /** register:record_id or row number, as the caller names rows. */
  readonly key: string
  /** Household in the list's own numbering that both lists share. */
  readonly household: string
  readonly name: string
  /** Normalised 18 characters, '' if none is known. */
  readonly idNumber: string
  /** 男, 女 or ''. */
  readonly sex: string
  /** YYYY-MM or YYYY-MM-DD, '' unknown. */
  readonly birth: string
  readonly relation: string
}

type Item = 'household' | 'name' | 'idNumber' | 'sex' | 'birth' | 'relation'

type MemberDifference =
  | { readonly kind: 'only-left'; readonly left: ListedMember }
  | { readonly kind: 'only-right'; readonly right: ListedMember }
  | {
      readonly kind: 'differing'
      readonly left: ListedMember
      readonly right: ListedMember
      readonly items: readonly Item[]
    }

interface HouseholdDifference {
  readonly household: string
  readonly status: 'only-left' | 'only-right' | 'both'
  readonly members: readonly MemberDifference[]
}

export interface HouseholdDiff {
  readonly households: readonly HouseholdDifference[]
  readonly counts: {
    readonly same: number
    readonly onlyLeft: number
    readonly onlyRight: number
    readonly differing: number
  }
}

export function diffHouseholds(left: readonly ListedMember[], right: readonly ListedMember[]): HouseholdDiff {
  const pairs = matchMembers(left, right)
  const matchedRight = new Set(pairs.values())
  const homes = new Map<string, MemberDifference[]>()
  const add = (household: string, difference: MemberDifference): void => {
    const found = homes.get(household)
    if (found === undefined) homes.set(household, [difference])
    else found.push(difference)
  }
  let same = 0
  let differing = 0
  for (const member of left) {
    const other = pairs.get(member)
    if (other === undefined) {
      add(member.household, { kind: 'only-left', left: member })
      continue
    }
    const items = differingItems(member, other)
    if (items.length === 0) same++
    else {
      differing++
      add(member.household, { kind: 'differing', left: member, right: other, items })
    }
  }
  for (const member of right)
    if (!matchedRight.has(member)) add(member.household, { kind: 'only-right', right: member })
  const leftHomes = new Set(left.map((member) => member.household))
  const rightHomes = new Set(right.map((member) => member.household))
  const households = Array.from(homes, ([household, members]): HouseholdDifference => {
    const status = !rightHomes.has(household) ? 'only-left' : !leftHomes.has(household) ? 'only-right' : 'both'
    return { household, status, members: members.sort(byKey) }
  }).sort((a, b) => compareText(a.household, b.household))
  return {
    households,
    counts: { same, differing, onlyLeft: left.length - pairs.size, onlyRight: right.length - pairs.size },
  }
}

/**
 * Who on the left is whom on the right: same number anywhere; then inside the household the same name, unless both
 * bear different numbers and different births. What two members could claim stays open, but not where rows say the same
 * in everything: which of them is which makes no difference.
 */
function matchMembers(
  left: readonly ListedMember[],
  right: readonly ListedMember[],
): ReadonlyMap<ListedMember, ListedMember> {
  const pairs = new Map<ListedMember, ListedMember>()
  const taken = new Set<ListedMember>()
  const join = (
    keyOf: (member: ListedMember) => string,
    agrees: (a: ListedMember, b: ListedMember) => boolean,
  ): void => {
    const lefts = onlyHolders(
      left.filter((member) => !pairs.has(member)),
      keyOf,
    )
    const rights = onlyHolders(
      right.filter((member) => !taken.has(member)),
      keyOf,
    )
    for (const [key, a] of lefts) {
      const b = rights.get(key)
      if (b === undefined || !agrees(a, b)) continue
      pairs.set(a, b)
      taken.add(b)
    }
  }
  join((member) => (member.idNumber === '' ? '' : `${member.household}\n${member.idNumber}`), always)
  join((member) => member.idNumber, always)
  join((member) => (member.name === '' ? '' : `${member.household}\n${member.name}`), mayBeOne)
  joinAlike(left, right, pairs, taken)
  join((member) => (member.birth === '' ? '' : `${member.household}\n${member.birth}\n${member.sex}`), hasOneName)
  return pairs
}

/** Rows that say the same in everything, in the order of their keys: the order of the lists changes nothing. */
function joinAlike(
  left: readonly ListedMember[],
  right: readonly ListedMember[],
  pairs: Map<ListedMember, ListedMember>,
  taken: Set<ListedMember>,
): void {
  const waiting = new Map<string, ListedMember[]>()
  const inOrder = (members: readonly ListedMember[]) => [...members].sort((a, b) => compareText(a.key, b.key))
  for (const member of inOrder(right)) {
    if (taken.has(member)) continue
    const said = wordsOf(member)
    const others = waiting.get(said)
    if (others === undefined) waiting.set(said, [member])
    else others.push(member)
  }
  for (const member of inOrder(left)) {
    const other = pairs.has(member) ? undefined : waiting.get(wordsOf(member))?.shift()
    if (other === undefined) continue
    pairs.set(member, other)
    taken.add(other)
  }
}

function wordsOf({ household, name, idNumber, sex, birth, relation }: ListedMember): string {
  return [household, name, idNumber, sex, birth, relation].join('\n')
}

const always = (): boolean => true

function mayBeOne(a: ListedMember, b: ListedMember): boolean {
  const numbersDiffer = a.idNumber !== '' && b.idNumber !== '' && a.idNumber !== b.idNumber
  return !(numbersDiffer && !birthsAgree(a.birth, b.birth))
}

/** Born in one month, of one sex, in one household: one person if a number is missing and a character is shared. */
function hasOneName(a: ListedMember, b: ListedMember): boolean {
  if (a.idNumber !== '' && b.idNumber !== '') return false
  return Array.from(a.name).some((character) => b.name.includes(character))
}

/** Keys held by exactly one member. */
function onlyHolders(
  members: readonly ListedMember[],
  keyOf: (member: ListedMember) => string,
): ReadonlyMap<string, ListedMember> {
  const holders = new Map<string, ListedMember | undefined>()
  for (const member of members) {
    const key = keyOf(member)
    if (key !== '') holders.set(key, holders.has(key) ? undefined : member)
  }
  return new Map(Array.from(holders).filter((entry): entry is [string, ListedMember] => entry[1] !== undefined))
}

function differingItems(a: ListedMember, b: ListedMember): readonly Item[] {
  const items: Item[] = []
  if (a.household !== b.household) items.push('household')
  for (const item of ['name', 'idNumber', 'sex', 'relation'] as const)
    if (a[item] !== '' && b[item] !== '' && a[item] !== b[item]) items.push(item)
  if (!birthsAgree(a.birth, b.birth)) items.push('birth')
  return items
}

/** A month agrees with a full date of that month; unknown agrees with everything. */
function birthsAgree(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a)
}

function byKey(a: MemberDifference, b: MemberDifference): number {
  return compareText(keyOfDifference(a), keyOfDifference(b))
}

function keyOfDifference(difference: MemberDifference): string {
  return difference.kind === 'only-right' ? `1${difference.right.key}` : `0${difference.left.key}`
}
