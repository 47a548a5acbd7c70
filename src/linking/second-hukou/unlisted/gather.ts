/**
 * Whose second hukou an unlisted one is.
 *
 * A second hukou is listed nowhere: the census met its holder under the first one. So a registered person whom no list knows, and who
 * stands alone in the household book, was missed or is somebody who is counted under another row: often of another birth, sometimes
 * of another name. Who of the county that may be is weighed among all who are as alike, against brothers and sisters and against chance. How
 * many of those unlisted are second hukou, and what a second hukou keeps, is learned (learn.ts).
 *
 * In:  groups after the layers before. Out: pairs of an unlisted row and another one, the chance of each
 * that it is the unlisted one's person; link-unlisted.ts decides by it.
 */
import { isActive } from '../../../records/versions-in-force.ts'
import { POLICE } from '../../../registers/columns.ts'
import type { RecordTable } from '../../../records/record-table.ts'
import type { Groups } from '../../groups.ts'
import { NUMBER_BASE } from '../../people.ts'
import type { LinkThresholds } from '../../pair-decisions.ts'
import { type AloneInBook, STANDS } from '../alone-in-book.ts'
import { type ListedContext, strayRows } from '../listed-there.ts'
import { Relatives } from '../relatives.ts'
import type { Surnames } from '../surnames.ts'
import { findCandidates } from './candidates.ts'
import { CandidateColumns, learnShares, tellChances, type Unlisted, usualRatio } from './learn.ts'
import { UnlistedLikeness } from './likeness.ts'

/** Where the lists lack more of the registered people, they are of another place or none was given. */
const UNLISTED_SHARE_MAX = 0.1
/** Whoever has two hukou seldom has a third. */
const THIRD = 0.02

export interface UnlistedContext extends ListedContext {
  readonly surnames: Surnames
  readonly books: Pick<AloneInBook, 'standsOf'>
  /** The name of each ID number in force; 0 none. */
  readonly nameOf: Uint32Array
  readonly thresholds: LinkThresholds
}

/** An unlisted row and whose it may be, with its chance. */
export interface UnlistedPair {
  readonly unlisted: number
  readonly other: number
  readonly probability: number
  /** Whether a relative says so, or the name, and the census knows one of the two. */
  readonly isProved: boolean
}

/** @param isAsked whether a pair of such a chance is of use: most candidates are strangers */
export function weighUnlisted(
  context: UnlistedContext,
  isAsked: (unlisted: number, other: number, probability: number) => boolean,
): UnlistedPair[] {
  const { people, candidates, county } = gather(context)
  const shares = learnShares(people, candidates, county)
  const pairs: UnlistedPair[] = []
  for (const one of people)
    tellChances(one, candidates, shares, (at, probability) => {
      const other = candidates.row[at]
      if (!isAsked(one.row, other, probability)) return
      const isOfOne = candidates.isOfName[at] === 1 && isCounted(context.groups, other)
      pairs.push({ unlisted: one.row, other, probability, isProved: candidates.isOfFamily[at] === 1 || isOfOne })
    })
  return pairs
}

interface Gathered {
  readonly people: readonly Unlisted[]
  readonly candidates: CandidateColumns
  /** People registered. */
  readonly county: number
}

/** Unlisted rows with their candidates, one for each other person. */
function gather(context: UnlistedContext): Gathered {
  const { table, groups, kernel, books } = context
  const rows = activeRows(table)
  const unlisted = unlistedRows(context, rows)
  // Nobody to ask about: names need not be sampled, nor all rows be gone through.
  if (unlisted.length === 0) return { people: [], candidates: new CandidateColumns(0), county: rows.length }
  const relatives = new Relatives(table, context.nameOf)
  const namesOf = (row: number): Set<number> => namesOfPerson(table, groups, row)
  const found = findCandidates(table, kernel.names, relatives, unlisted, rows)
  const likeness = new UnlistedLikeness(context, relatives, found.shares, rows)
  const strays = new Strays(table, groups, found.shares.people)
  // One place more: where a candidate is looked at before it is known whether it takes that of another row of its person.
  const candidates = new CandidateColumns(found.candidates.reduce((sum, { length }) => sum + length, 1))
  let end = 0
  const people = unlisted.map((row, k): Unlisted => {
    const from = end
    /** Place of the likest row of each person, by its group. */
    const best = new Map<number, number>()
    for (const other of found.candidates[k]) {
      const [ra, rb] = [groups.root(row), groups.root(other)]
      if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) continue
      const { birth, name, perBirth, perName, rest, sibling, isOfFamily, isOfName } = likeness.of(
        row,
        other,
        namesOf(other),
      )
      const stray = strays.at(rb, table.columns.area[row])
      const third = groups.police[rb] > 1 ? THIRD : 1
      const all = { birth, name, perBirth, perName, rest, sibling, isOfFamily, isOfName, row: other, stray, third }
      candidates.set(end, all)
      const known = best.get(rb)
      if (known === undefined) best.set(rb, end++)
      else if (usualRatio(candidates, end) > usualRatio(candidates, known)) candidates.copy(end, known)
    }
    return { row, stands: books.standsOf(row) ?? STANDS.unknown, from, to: end }
  })
  return { people, candidates, county: found.shares.people }
}

function activeRows({ columns, starts }: RecordTable): number[] {
  const rows: number[] = []
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) if (isActive(columns, row)) rows.push(row)
  return rows
}

/**
 * Of whom no list knows, and who does not stand with the family in the book: beside it hardly anybody has a second hukou, and most who were
 * missed are so. Nobody where the lists lack so many that it says nothing of one.
 */
function unlistedRows({ table, groups, books }: UnlistedContext, rows: readonly number[]): number[] {
  const unlisted = rows.filter((row) => isUnlisted(groups, row))
  if (unlisted.length > UNLISTED_SHARE_MAX * rows.length) return []
  return unlisted.filter((row) => table.columns.birth[row] !== 0 && books.standsOf(row) !== STANDS.family)
}

/** One hukou, and neither counted, dead nor newly born. */
function isUnlisted(groups: Groups, row: number): boolean {
  const root = groups.root(row)
  return (
    groups.police[root] < 2 &&
    groups.present[root] + groups.away[root] + groups.deaths[root] + groups.deathForms[root] + groups.births[root] === 0
  )
}

function isCounted(groups: Groups, row: number): boolean {
  const root = groups.root(row)
  return groups.present[root] + groups.away[root] > 0
}

/** Names that the rows of a person bear or call former ones. */
function namesOfPerson({ columns: { name, formerName } }: RecordTable, groups: Groups, row: number): Set<number> {
  const called = new Set<number>()
  let at = row
  do {
    called.add(name[at])
    called.add(formerName[at])
    at = groups.following(at)
  } while (at !== row)
  called.delete(0)
  return called
}

/** Who is listed in a village where no hukou of theirs is. */
class Strays {
  private readonly people: number
  private readonly inVillage = new Map<number, number>()
  private readonly known = new Set<number>()

  constructor(table: RecordTable, groups: Groups, people: number) {
    this.people = people
    for (const { police, village } of strayRows(table, groups)) {
      this.known.add(village * NUMBER_BASE + groups.root(police))
      this.inVillage.set(village, (this.inVillage.get(village) ?? 0) + 1)
    }
  }

  /** 0 where the person is not listed there, else how much oftener than anybody. */
  at(root: number, village: number): number {
    if (!this.known.has(village * NUMBER_BASE + root)) return 0
    return this.people / (this.inVillage.get(village) ?? 1)
  }
}
