/**
 * Second hukou that the census knows nothing of.
 *
 * Two police persons of one name, sex and (nearly) one birth with two numbers wait for an answer: one person registered
 * twice, or two namesakes. Two people are both counted somewhere; of one person only one row is: at the second hukou
 * nobody is met, or the family there says that he lives here, where his only present row stands. How seldom either
 * befalls a police person of this county is counted, not assumed: where half of them have no row it says nothing.
 * Nor is it of one name always: a second hukou of one birth date under a misread name or the mother's surname is too unlikely to wait
 * for an answer, until the census knows nobody there. Twins of such names are weighed against it.
 * In:  groups after the layers before; police pairs that wait as `two-hukou`, or that the family could not prove, or of one date and names alike.
 * Out: the evidence in milli-bits; pairs that it suffices for are linked, but for two names of one family on two days (areOtherChildren). Who was met at home beside another who was, who lives outside or
 * who is dead, is somebody else (sightings.ts).
 */
import { BEYOND } from '../../matching/beyond-pair.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, idLevelOf, nameLevelOf, sexLevelOf } from '../../matching/kernel.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { probabilityOf } from '../people.ts'
import type { AloneInBook } from './alone-in-book.ts'
import { Sightings } from './sightings.ts'
import { isOnDay } from './twice-born-pairs.ts'
import { UNPROVED_MAX } from './twice-born-likeness.ts'
import { againstBoth, renamingOf, weighBesideTwins } from './renamed.ts'
import { type DecidedPair, LINK, type LinkThresholds, type PairDecisions, REASONS, REVIEW } from '../pair-decisions.ts'

/** Lighter pairs of names alike would not be asked about, whatever the census says. */
const NAMED_ALIKE_MIN = -10_000

export interface AbsentContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly pairs: OrderedPairs
  readonly thresholds: LinkThresholds
  readonly books: Pick<AloneInBook, 'weightOf'>
  /** Share of people with a second hukou (share-of-second-hukou.ts). */
  readonly secondHukou: number
}

/** Decides pairs of `decisions` and of the lists of `families` in place; those it links of the former are returned by number. */
export function linkAbsentHukou(
  context: AbsentContext,
  decisions: PairDecisions,
  families: readonly DecidedPair[][],
): number[] {
  const { table, groups, pairs, thresholds } = context
  const waiting: Waiting[] = namedAlike(context, decisions)
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === REVIEW && REASONS[decisions.reason[i]] === 'two-hukou')
      waiting.push({
        left: pairs.left[i],
        right: pairs.right[i],
        weight: decisions.weight[i],
        pair: i,
        lower: (weight) => {
          decisions.weight[i] = weight
          decisions.beyond[i] = BEYOND.seenTwice
        },
      })
  for (const family of families)
    for (const [k, waits] of family.entries()) {
      if (waits.decision !== 'review' || waits.right >= table.starts[POLICE + 1]) continue
      const raise = (weight: number, isLink: boolean): void => {
        family[k] = { ...waits, weight, decision: isLink ? 'link' : 'review' }
      }
      const lower = (weight: number): void => raise(weight, false)
      const isUnproved = areOtherChildren(table, waits)
      waiting.push({ left: waits.left, right: waits.right, weight: waits.weight, pair: -1, isUnproved, raise, lower })
    }
  if (waiting.length === 0) return []

  const census = new Sightings(table, groups)
  const linked: number[] = []
  waiting.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  for (const { left, right, weight, pair, besideTwins, isUnproved, raise, lower } of waiting) {
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra === rb || groups.isForbidden(ra, rb)) continue
    const against = besideTwins === undefined ? census.contradiction(ra, rb) : 0
    if (against < 0) {
      lower(weight + against)
      continue
    }
    if (groups.shareHousehold(ra, rb) || hasOtherRelative(table, left, right)) continue
    const evidence = Math.max(census.evidence(left, right), census.evidence(right, left))
    if (evidence === 0) continue
    const one = weight + evidence
    const told = besideTwins === undefined ? one : againstBoth(one, besideTwins + evidence)
    const sum = isUnproved ? Math.min(UNPROVED_MAX, told) : told
    const isLink = probabilityOf(sum) >= thresholds.link && !isUnproved
    if (pair >= 0) {
      if (besideTwins !== undefined && probabilityOf(sum) < thresholds.review) continue
      decisions.weight[pair] = sum
      decisions.beyond[pair] = BEYOND.unseen
      decisions.decision[pair] = REVIEW
      decisions.reason[pair] = REASONS.indexOf('two-hukou')
      if (isLink) decisions.decision[pair] = LINK
      if (isLink) linked.push(pair)
    } else raise?.(sum, isLink)
    if (isLink) groups.join(left, right)
  }
  return linked
}

interface Waiting {
  readonly left: number
  readonly right: number
  readonly weight: number
  /** Number of the pair; -1 of those that the family brought. */
  readonly pair: number
  /** Milli-bits against twins of such names; undefined where the names are one. */
  readonly besideTwins?: number
  /** A question at most, whatever the census says. */
  readonly isUnproved?: boolean
  readonly raise?: (weight: number, isLink: boolean) => void
  readonly lower: (weight: number) => void
}

/** Undecided police pairs of one birth date, two numbers and names alike, which the census may still prove. */
function namedAlike(
  { table, groups, pairs, books, secondHukou }: AbsentContext,
  { decision, weight }: PairDecisions,
): Waiting[] {
  const { name } = table.columns
  const found: Waiting[] = []
  for (let i = 0; i < pairs.count && pairs.weight[i] >= NAMED_ALIKE_MIN; i++) {
    const [left, right, pattern] = [pairs.left[i], pairs.right[i], pairs.pattern[i]]
    if (decision[i] !== 0 || right >= table.starts[POLICE + 1]) continue
    if (birthLevelOf(pattern) !== BIRTH_LEVEL.dateEqual || sexLevelOf(pattern) !== SEX_LEVEL.equal) continue
    if (idLevelOf(pattern) !== ID_LEVEL.bothValidDiffer) continue
    const renaming = renamingOf(table.names.text(name[left]), table.names.text(name[right]), nameLevelOf(pattern))
    if (renaming === undefined) continue
    found.push({
      left,
      right,
      weight: weight[i],
      pair: i,
      besideTwins: weighBesideTwins(secondHukou, renaming) + books.weightOf(groups, left, right),
      lower: () => {},
    })
  }
  return found
}

/**
 * Two names on two days of the year, and no spouse of both: all that says that they are not two children of one family is that their
 * births lie too near each other. A child who is adopted, or registered as a relative's own, is born as near.
 */
function areOtherChildren({ columns, names }: RecordTable, { left, right, pattern }: DecidedPair): boolean {
  const { name, birth, spouseId, spouseName } = columns
  const level = nameLevelOf(pattern)
  const haveOne = (relative: Uint32Array | Int32Array): boolean =>
    relative[left] !== 0 && relative[left] === relative[right]
  return (
    level > NAME_LEVEL.dropped &&
    birthLevelOf(pattern) > BIRTH_LEVEL.monthEqual &&
    !haveOne(spouseId) &&
    !haveOne(spouseName) &&
    !isOnDay(birth[left], birth[right]) &&
    renamingOf(names.text(name[left]), names.text(name[right]), level) === undefined
  )
}

/** Whether both rows bear a number of a parent or spouse, and not the same. */
function hasOtherRelative({ columns }: RecordTable, left: number, right: number): boolean {
  for (const numbers of [columns.fatherId, columns.motherId, columns.spouseId])
    if (numbers[left] !== 0 && numbers[right] !== 0 && numbers[left] !== numbers[right]) return true
  return false
}
