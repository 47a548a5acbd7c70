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
import { hasPetName, SecondOfTwins } from '../second-of-twins.ts'
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

export interface MotherContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly households: RowLists
  readonly thresholds: LinkThresholds
}

export function linkNewborns(context: MotherContext): DecidedPair[] {
  const { table, groups, kernel, households, thresholds } = context
  const c = table.columns
  const from = table.starts[BIRTHS]
  const to = table.starts[BIRTHS + 1]
  if (from === to) return []
  const homesOfParent = findParents(table, groups)
  const candidates: Candidate[] = []
  const twins = twinCertificates(table)
  const seconds = new SecondOfTwins(table)
  const byName = parentsByName(context, homesOfParent)
  for (let birth = from; birth < to; birth++) {
    // A twin's certificate that lacks the parents' numbers leads where the other one does: no child of theirs is
    // likelier the one's than the other's for that.
    const papers = [birth, ...(twins.get(birth) ?? [])]
    const homes = new Set(
      papers
        .flatMap((paper) => [c.motherId[paper], c.fatherId[paper]])
        .flatMap((parent) => homesOfParent.get(parent) ?? []),
    )
    const namesakes = homes.size > 0 ? [] : (byName.get(c.motherName[birth]) ?? [])
    const doubt = homes.size > 0 ? 0 : MOTHER_BY_NAME + milliBits(Math.max(1, namesakes.length))
    for (const home of namesakes) homes.add(home)
    const familyHomes = namesakes.length > 0 ? [] : homesOfFamily(context, homes)
    for (const home of familyHomes) homes.add(home)
    // The death form numbers the household as the short form of its block does.
    for (const home of homes) {
      const form = table.households.find(table.households.first(home), table.households.second(home), CENSUS_DEATHS)
      if (form !== 0) homes.add(form)
    }
    for (const household of homes) {
      for (let k = households.start[household]; k < households.start[household + 1]; k++) {
        const row = households.rows[k]
        const register = table.registerOf(row)
        if (register !== POLICE && register !== CENSUS && register !== CENSUS_DEATHS) continue
        if (Math.abs(yearOf(c.birth[row]) - yearOf(c.birth[birth])) > 1) continue
        if (groups.root(row) === groups.root(birth)) continue
        const pattern = kernel.compare(Math.min(row, birth), Math.max(row, birth))
        if (seconds.isOther(row, birth, pattern)) continue
        const weight =
          childWeight(
            pattern,
            twins.has(birth),
            hasPetName(table, row, birth),
            isYearAlone(c.birth[row], c.birth[birth]),
          ) -
          doubt -
          (familyHomes.includes(household) ? FAMILY_HOME : 0)
        candidates.push({ left: Math.min(row, birth), right: Math.max(row, birth), pattern, weight })
      }
    }
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
function homesOfFamily({ table, groups, households }: MotherContext, homes: ReadonlySet<number>): number[] {
  const roots = new Set<number>()
  for (const home of homes) {
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

/**
 * @param isTwin whether the certificate has a twin's beside it
 * @param isPet whether one of the names is a pet name
 * @param isYear whether one of the births is a year alone
 */
function childWeight(pattern: number, isTwin: boolean, isPet: boolean, isYear: boolean): number {
  const birth = birthLevelOf(pattern)
  const sex = sexLevelOf(pattern)
  const name = nameLevelOf(pattern)
  let weight = PARENT_PRIOR
  if (birth === BIRTH_LEVEL.dateEqual) weight += 8000
  else if (birth === BIRTH_LEVEL.monthKnown) weight += 5000
  // A family seldom has two children in one year.
  else if (isYear && birth === BIRTH_LEVEL.yearEqual) weight += 3000
  else if (birth > BIRTH_LEVEL.yearBeside) weight -= 8000
  if (sex === SEX_LEVEL.equal) weight += 800
  else if (sex === SEX_LEVEL.different) weight -= 6000
  if (name === NAME_LEVEL.missing) return weight
  if (name <= NAME_LEVEL.homophone) return weight + 7000
  if (isPet && name <= NAME_LEVEL.givenEqual) return weight + 6000
  // Twins are named alike: what is near and not the same is the other one.
  if (name <= NAME_LEVEL.givenEqual) return weight + (isTwin ? -6000 : 2000)
  // Named later, or named otherwise: common for newborns, rare for twins told apart by their names.
  return weight - 2500
}
