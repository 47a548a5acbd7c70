/**
 * Newborns by their parents: mother and father of a certificate are found by number, the infant in their households.
 *
 * A newborn has no number and often no name (未取名); mother, birth date, sex and birth order are its identity.
 * In:  groups after the statistical layer. Out: links and pairs for review between certificates and rows of infants in
 * the parents' police and census households. Twins of one sex without names stay with a person (`twin-suspect`).
 */
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { isYearAlone } from '../../matching/compare/birth.ts'
import type { Kernel } from '../../matching/kernel.ts'
import { birthLevelOf, nameLevelOf, sexLevelOf } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RowLists } from '../../matching/random-pairs.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { yearOf } from '../../records/record-table.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import { type Candidate, linkCandidates } from '../rival-candidates.ts'
import { hasPetName, SecondOfTwins } from '../twins/second-of-twins.ts'
import { secondRowWeight } from '../conflicts.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'

/** Weight of "an infant in the parents' household is the one of the certificate". */
const PARENT_PRIOR = 4000
/** What it costs that the household is only one where another of the parents' household lives. */
const FAMILY_HOME = 1000
const FAMILY_MAX = 12
/** What it costs that the mother is known by her name alone, beside the number of women of that name. */
const MOTHER_BY_NAME = 1500
const NAMESAKE_HOUSEHOLDS_MAX = 24
const MALE = 1
/** What agrees or differs between a certificate and an infant of its household, milli-bits. */
const CHILD = {
  sameDay: 8000,
  sameMonth: 5000,
  /** A family seldom has two children in one year. */
  yearAlone: 3000,
  otherBirth: -8000,
  sameSex: 800,
  otherSex: -6000,
  sameName: 7000,
  petName: 6000,
  nearName: 2000,
  /** Twins are named alike: what is near and not the same is the other one. */
  nearNameOfTwin: -6000,
  /** Named later, or named otherwise: common for newborns, rare for twins told apart by their names. */
  otherName: -2500,
} as const

export interface MotherContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly households: RowLists
  readonly thresholds: LinkThresholds
}

export function linkNewborns(context: MotherContext): DecidedPair[] {
  const { table, groups, kernel, thresholds } = context
  const from = table.starts[BIRTHS]
  const to = table.starts[BIRTHS + 1]
  if (from === to) return []
  const ways = waysHome(context)
  const seconds = new SecondOfTwins(table)
  const candidates: Candidate[] = []
  for (let birth = from; birth < to; birth++)
    for (const [household, doubt] of homesOfBirth(context, ways, birth))
      for (const pair of infantsAt(context, household, birth, seconds)) {
        const isTwin = ways.twins.has(birth)
        candidates.push({ ...pair, weight: childWeight(table, pair, isTwin) - doubt })
      }
  // Two census rows of one child (mother's two households) do not exclude each other.
  return linkCandidates(
    groups,
    candidates,
    thresholds,
    (a, b) => table.registerOf(a) !== BIRTHS && table.registerOf(b) !== BIRTHS && sameChild(kernel, a, b),
    // A certificate whose child the household lists already is not the other twin's, who has none. A child at home in
    // two households is no wonder: it is counted twice where its mother is.
    (ra, rb) => (groups.shareHousehold(ra, rb) ? secondRowWeight(groups, ra, rb) : 0),
  )
}

/** How a certificate leads to households. */
interface WaysHome {
  /** Households by the number of a parent. */
  readonly byNumber: ReadonlyMap<number, readonly number[]>
  /** Households by the number of a mother's name. */
  readonly byName: ReadonlyMap<number, readonly number[]>
  /** Certificates of twins, with those of the others. */
  readonly twins: ReadonlyMap<number, readonly number[]>
}

function waysHome(context: MotherContext): WaysHome {
  const { table, groups } = context
  const byNumber = findParents(table, groups)
  return { byNumber, byName: parentsByName(context, byNumber), twins: twinCertificates(table) }
}

/** Households where the infant of a certificate may be listed, each with the milli-bits that it costs to be led there. */
function homesOfBirth(context: MotherContext, ways: WaysHome, birth: number): Map<number, number> {
  const { motherId, fatherId, motherName } = context.table.columns
  // A twin's certificate that lacks the parents' numbers leads where the other one does: no child of theirs is
  // likelier the one's than the other's for that.
  const papers = [birth, ...(ways.twins.get(birth) ?? [])]
  const parents = papers.flatMap((paper) => [motherId[paper], fatherId[paper]])
  const homes = new Map<number, number>()
  for (const parent of parents) for (const home of ways.byNumber.get(parent) ?? []) homes.set(home, 0)
  const namesakes = homes.size > 0 ? [] : (ways.byName.get(motherName[birth]) ?? [])
  const byName = namesakes.length > 0 ? MOTHER_BY_NAME + milliBits(namesakes.length) : 0
  const others = namesakes.length > 0 ? namesakes : homesOfFamily(context, homes)
  for (const home of others) homes.set(home, namesakes.length > 0 ? byName : FAMILY_HOME)
  // The death form numbers the household as the short form of its block does.
  for (const form of deathFormsOf(context.table, homes.keys())) homes.set(form, byName)
  return homes
}

/** Numbers under which households of the census have a death form. */
function deathFormsOf({ households }: RecordTable, homes: Iterable<number>): number[] {
  return [...homes]
    .map((home) => households.find(households.first(home), households.second(home), CENSUS_DEATHS))
    .filter((form) => form !== 0)
}

/** Rows of a household that may be the infant of a certificate, each beside it; the lower row is the left one. */
function infantsAt(
  { table, groups, kernel, households }: MotherContext,
  household: number,
  birth: number,
  seconds: SecondOfTwins,
): Omit<Candidate, 'weight'>[] {
  const year = yearOf(table.columns.birth[birth])
  const infants: Omit<Candidate, 'weight'>[] = []
  for (let k = households.start[household]; k < households.start[household + 1]; k++) {
    const row = households.rows[k]
    const register = table.registerOf(row)
    if (register !== POLICE && register !== CENSUS && register !== CENSUS_DEATHS) continue
    if (Math.abs(yearOf(table.columns.birth[row]) - year) > 1) continue
    if (groups.root(row) === groups.root(birth)) continue
    const [left, right] = [Math.min(row, birth), Math.max(row, birth)]
    const pattern = kernel.compare(left, right)
    if (!seconds.isOther(left, right, pattern)) infants.push({ left, right, pattern })
  }
  return infants
}

/** Households of the rows that carry each parent's number, and of the rows linked to those. */
function findParents(table: RecordTable, groups: Groups): Map<number, number[]> {
  const c = table.columns
  // Marks, not sets: every row of the county is asked twice.
  const isWanted = new Uint8Array(table.ids.size + 1)
  for (let row = table.starts[BIRTHS]; row < table.starts[BIRTHS + 1]; row++)
    for (const parent of [c.motherId[row], c.fatherId[row]]) isWanted[parent] = 1
  isWanted[0] = 0
  const rootsOf = new Map<number, Set<number>>()
  for (let row = 0; row < table.starts[CENSUS + 1]; row++) {
    const parent = c.idNo[row]
    if (isWanted[parent] === 0) continue
    const roots = rootsOf.get(parent)
    if (roots === undefined) rootsOf.set(parent, new Set([groups.root(row)]))
    else roots.add(groups.root(row))
  }
  const households = new Map<number, number[]>()
  for (const [parent, roots] of rootsOf) {
    const homes = householdsOf(table, groups, roots)
    if (homes.length > 0) households.set(parent, homes)
  }
  return households
}

/** Households of the police and census rows of these groups, in the order of the rows. */
function householdsOf(table: RecordTable, groups: Groups, roots: Iterable<number>): number[] {
  const { household } = table.columns
  const rows: number[] = []
  const take = (row: number): void => {
    if (row < table.starts[CENSUS + 1] && household[row] !== 0) rows.push(row)
  }
  for (const root of roots) {
    take(root)
    for (let row = groups.following(root); row !== root; row = groups.following(row)) take(row)
  }
  return rows.sort((x, y) => x - y).map((row) => household[row])
}

/**
 * Other households of those who live with the parents: the census may know the mother by a pet name and without her number,
 * and the father, whom the certificate names without one, stands beside her in both registers.
 */
function homesOfFamily({ table, groups, households }: MotherContext, homes: ReadonlyMap<number, unknown>): number[] {
  const roots = new Set<number>()
  for (const home of homes.keys()) {
    const [start, end] = [households.start[home], households.start[home + 1]]
    if (end - start > FAMILY_MAX) continue
    for (let k = start; k < end; k++) roots.add(groups.root(households.rows[k]))
  }
  return [...new Set(householdsOf(table, groups, roots))].filter((home) => !homes.has(home))
}

function sameChild(kernel: Kernel, a: number, b: number): boolean {
  const pattern = kernel.compare(Math.min(a, b), Math.max(a, b))
  return nameLevelOf(pattern) <= NAME_LEVEL.homophone && birthLevelOf(pattern) <= BIRTH_LEVEL.monthEqual
}

/**
 * Certificates that share mother and day of birth with others, and those others; a mother whose number one of them lacks
 * is known by name.
 */
function twinCertificates(table: RecordTable): Map<number, number[]> {
  const { motherId, motherName, birth } = table.columns
  const sameDay = new Map<string, number[]>()
  const twins = new Map<number, number[]>()
  const add = (row: number, other: number): void => {
    twins.set(row, [...(twins.get(row) ?? []), other])
  }
  const meet = (key: string, row: number, isOneMother: (other: number) => boolean): void => {
    const others = sameDay.get(key) ?? []
    for (const other of others.filter(isOneMother)) {
      add(row, other)
      add(other, row)
    }
    others.push(row)
    sameDay.set(key, others)
  }
  for (let row = table.starts[BIRTHS]; row < table.starts[BIRTHS + 1]; row++) {
    if (motherId[row] !== 0) meet(`number ${motherId[row]} ${birth[row]}`, row, () => true)
    if (motherName[row] !== 0)
      meet(`name ${motherName[row]} ${birth[row]}`, row, (other) => motherId[row] === 0 || motherId[other] === 0)
  }
  return twins
}

/** Households of women of the mother's name, for certificates whose parents' numbers lead nowhere; by name number. */
function parentsByName(
  { table, groups }: MotherContext,
  found: ReadonlyMap<number, readonly number[]>,
): Map<number, number[]> {
  const c = table.columns
  const isWanted = new Uint8Array(table.names.size + 1)
  let wanted = 0
  for (let row = table.starts[BIRTHS]; row < table.starts[BIRTHS + 1]; row++) {
    if (c.motherName[row] === 0 || found.has(c.motherId[row]) || found.has(c.fatherId[row])) continue
    isWanted[c.motherName[row]] = 1
    wanted++
  }
  const households = new Map<number, number[]>()
  if (wanted === 0) return households
  // A person whose rows have two names that are asked for is known by the later one.
  const nameOfRoot = new Map<number, number>()
  for (let row = 0; row < table.starts[CENSUS + 1]; row++)
    if (isWanted[c.name[row]] !== 0 && c.sex[row] !== MALE) nameOfRoot.set(groups.root(row), c.name[row])
  const rootsOf = new Map<number, number[]>()
  for (const [root, name] of nameOfRoot) {
    const roots = rootsOf.get(name)
    if (roots === undefined) rootsOf.set(name, [root])
    else roots.push(root)
  }
  for (const [name, roots] of rootsOf)
    households.set(name, [...new Set(householdsOf(table, groups, roots))].slice(0, NAMESAKE_HOUSEHOLDS_MAX))
  return households
}

/** @param isTwin whether the certificate has a twin's beside it */
function childWeight(table: RecordTable, { left, right, pattern }: Omit<Candidate, 'weight'>, isTwin: boolean): number {
  const isYear = isYearAlone(table.columns.birth[left], table.columns.birth[right])
  const birth = birthLevelOf(pattern)
  const sex = sexLevelOf(pattern)
  const name = nameLevelOf(pattern)
  let weight = PARENT_PRIOR
  if (birth === BIRTH_LEVEL.dateEqual) weight += CHILD.sameDay
  else if (birth === BIRTH_LEVEL.monthKnown) weight += CHILD.sameMonth
  else if (isYear && birth === BIRTH_LEVEL.yearEqual) weight += CHILD.yearAlone
  else if (birth > BIRTH_LEVEL.yearBeside) weight += CHILD.otherBirth
  if (sex === SEX_LEVEL.equal) weight += CHILD.sameSex
  else if (sex === SEX_LEVEL.different) weight += CHILD.otherSex
  if (name === NAME_LEVEL.missing) return weight
  if (name <= NAME_LEVEL.homophone) return weight + CHILD.sameName
  if (name > NAME_LEVEL.givenEqual) return weight + CHILD.otherName
  if (hasPetName(table, left, right)) return weight + CHILD.petName
  return weight + (isTwin ? CHILD.nearNameOfTwin : CHILD.nearName)
}
