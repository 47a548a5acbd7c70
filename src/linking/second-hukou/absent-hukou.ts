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
 * Out: the evidence in milli-bits; pairs that it suffices for are linked.
 */
import { BIRTH_LEVEL, ID_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, idLevelOf, nameLevelOf, sexLevelOf } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { probabilityOf } from '../people.ts'
import { againstBoth, renamingOf, weighBesideTwins } from './renamed.ts'
import { type DecidedPair, LINK, type LinkThresholds, type PairDecisions, REASONS, REVIEW } from '../pair-decisions.ts'

/** Of second hukou half are in no list; at three in ten somebody says where in the county the person lives. */
const UNLISTED_SHARE = 0.5
const LIVING_HERE_SHARE = 0.3
/** Namesakes can lose their census rows to each other: more than this the absence of one never says. */
const EVIDENCE_MAX = 6000
/** Lighter pairs of names alike would not be asked about, whatever the census says. */
const NAMED_ALIKE_MIN = -10_000

/** What the census says of a police person: nothing, lives elsewhere in the county, lives outside, is here. */
const SEEN = { nowhere: 0, livingHere: 1, outside: 2, present: 3 } as const

export interface AbsentContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly pairs: OrderedPairs
  readonly thresholds: LinkThresholds
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
      waiting.push({ left: pairs.left[i], right: pairs.right[i], weight: decisions.weight[i], pair: i })
  for (const family of families)
    for (const [k, waits] of family.entries()) {
      if (waits.decision !== 'review' || waits.right >= table.starts[POLICE + 1]) continue
      const raise = (weight: number, isLink: boolean): void => {
        family[k] = { ...waits, weight, decision: isLink ? 'link' : 'review' }
      }
      waiting.push({ left: waits.left, right: waits.right, weight: waits.weight, pair: -1, raise })
    }
  if (waiting.length === 0) return []

  const census = new Sightings(table, groups)
  const linked: number[] = []
  waiting.sort((p, q) => q.weight - p.weight || p.left - q.left || p.right - q.right)
  for (const { left, right, weight, pair, besideTwins, raise } of waiting) {
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) continue
    if (hasOtherRelative(table, left, right)) continue
    const evidence = Math.max(census.evidence(left, right), census.evidence(right, left))
    if (evidence === 0) continue
    const one = weight + evidence
    const sum = besideTwins === undefined ? one : againstBoth(one, besideTwins + evidence)
    const isLink = probabilityOf(sum) >= thresholds.link
    if (pair >= 0) {
      if (besideTwins !== undefined && probabilityOf(sum) < thresholds.review) continue
      decisions.weight[pair] = sum
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
  readonly raise?: (weight: number, isLink: boolean) => void
}

/** Undecided police pairs of one birth date, two numbers and names alike, which the census may still prove. */
function namedAlike({ table, pairs, secondHukou }: AbsentContext, { decision, weight }: PairDecisions): Waiting[] {
  const { name } = table.columns
  const found: Waiting[] = []
  for (let i = 0; i < pairs.count && pairs.weight[i] >= NAMED_ALIKE_MIN; i++) {
    const [left, right, pattern] = [pairs.left[i], pairs.right[i], pairs.pattern[i]]
    if (decision[i] !== 0 || right >= table.starts[POLICE + 1]) continue
    if (birthLevelOf(pattern) !== BIRTH_LEVEL.dateEqual || sexLevelOf(pattern) !== SEX_LEVEL.equal) continue
    if (idLevelOf(pattern) !== ID_LEVEL.bothValidDiffer) continue
    const renaming = renamingOf(table.names.text(name[left]), table.names.text(name[right]), nameLevelOf(pattern))
    if (renaming === undefined) continue
    found.push({ left, right, weight: weight[i], pair: i, besideTwins: weighBesideTwins(secondHukou, renaming) })
  }
  return found
}

/** Whether both rows bear a number of a parent or spouse, and not the same. */
function hasOtherRelative({ columns }: RecordTable, left: number, right: number): boolean {
  for (const numbers of [columns.fatherId, columns.motherId, columns.spouseId])
    if (numbers[left] !== 0 && numbers[right] !== 0 && numbers[left] !== numbers[right]) return true
  return false
}

/** Where the census saw each police person, and how many of them so. */
class Sightings {
  private readonly table: RecordTable
  private readonly groups: Groups
  /** By root, one of SEEN. */
  private readonly seen: Uint8Array
  /** By root, a row that says so. */
  private readonly row: Int32Array
  /** By root, present rows without the person's own number: who is present twice may be two. */
  private readonly unproved: Uint8Array
  private readonly unlisted: number
  private readonly livingHere: number

  constructor(table: RecordTable, groups: Groups) {
    this.table = table
    this.groups = groups
    this.seen = new Uint8Array(table.rows)
    this.row = new Int32Array(table.rows)
    this.unproved = new Uint8Array(table.rows)
    const { residence, idNo } = table.columns
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      const root = groups.root(row)
      const seen = residence[row] === 1 ? SEEN.present : residence[row] <= 4 ? SEEN.livingHere : SEEN.outside
      if (seen === SEEN.present && (idNo[row] === 0 || idNo[row] !== groups.idNo[root])) this.unproved[root] = 1
      if (seen <= this.seen[root]) continue
      this.seen[root] = seen
      this.row[root] = row
    }
    const counts = [0, 0, 0, 0]
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
      if (isActive(this.table.columns, row)) counts[this.seen[groups.root(row)]]++
    const people = counts[0] + counts[1] + counts[2] + counts[3]
    this.unlisted = evidenceOf(UNLISTED_SHARE, counts[SEEN.nowhere], people)
    this.livingHere = evidenceOf(LIVING_HERE_SHARE, counts[SEEN.livingHere], people)
  }

  /** Milli-bits for `second` being the second hukou of `first`, whom the census has seen; 0 where nothing follows. */
  evidence(first: number, second: number): number {
    if (!isActive(this.table.columns, second)) return 0
    const [ra, rb] = [this.groups.root(first), this.groups.root(second)]
    // The dead are in no list either; whose death is known needs none.
    if (this.isDead(rb) || (this.groups.present[ra] > 1 && this.unproved[ra] === 1)) return 0
    switch (this.seen[rb]) {
      case SEEN.nowhere:
        return this.seen[ra] === SEEN.nowhere && !this.isDead(ra) ? 0 : this.unlisted
      case SEEN.livingHere:
        return this.seen[ra] === SEEN.present && this.fits(this.row[rb], this.row[ra]) ? this.livingHere : 0
      default:
        return 0
    }
  }

  private isDead(root: number): boolean {
    return this.groups.deaths[root] + this.groups.deathForms[root] > 0
  }

  /** Whether somebody may live where the present row stands, by the code of the away row as far as it is known. */
  private fits(away: number, present: number): boolean {
    const { area, residence, residenceArea } = this.table.columns
    const lives = this.table.areaText(area[present])
    if (residenceArea[away] !== 0) return lives.startsWith(this.table.areaText(residenceArea[away]))
    // Without a code the answer itself says: this village, this township, this county.
    const digits = residence[away] === 2 ? 12 : residence[away] === 3 ? 9 : 6
    return lives.slice(0, digits) === this.table.areaText(area[away]).slice(0, digits)
  }
}

function evidenceOf(share: number, count: number, people: number): number {
  return Math.max(0, Math.min(EVIDENCE_MAX, milliBits((share * (people + 1)) / (count + 1))))
}
