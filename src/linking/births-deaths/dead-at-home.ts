/**
 * The dead whose household lists them as living: a death form beside a member of the census household that it lies with.
 *
 * The form numbers its household as the short form of its block does, so that between the two the question is not "which
 * of the county's rows?" but "is one of these four the dead one?". A slip in the name or the birth hides such a row from
 * every blocking rule, for a form names no hukou.
 *
 * In:  groups after the household rounds. Out: links of layer `household`, pairs for review.
 * A pair of a form and a member weighs log2(λ/(1−λ)) − log2 n + w: n members; w as between members of linked households
 * (household-weights.ts); λ, how often one of the members is the dead one, is counted over the forms without a living
 * row in their household by EM, λ ← mean of λΣ2^w/n ÷ (1 − λ + λΣ2^w/n).
 * Of one sex and one month are twins, who live together as children: how often two adults of one household are is
 * counted in the census, and an adult's form weighs by that. Month by month and sex by sex it would be four times as often,
 * for whoever is of an age in a household is mostly a couple.
 */
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, type Kernel, nameLevelOf, sexLevelOf } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { monthOf, yearOf } from '../../records/record-table.ts'
import { CENSUS, CENSUS_DEATHS } from '../../registers/columns.ts'
import { isAdult, newestBirth } from '../ages.ts'
import { conflictOf, isWrittenAgain, secondRowWeight } from '../conflicts.ts'
import { type HouseholdWeights, memberWeight } from '../households/household-weights.ts'
import { type HouseholdRows, isMember, MEMBERS_MAX } from '../households/linked-households.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { type Candidate, linkCandidates } from '../rival-candidates.ts'

export interface DeadAtHomeContext extends HouseholdRows {
  readonly kernel: Kernel
  readonly weights: HouseholdWeights
  readonly thresholds: LinkThresholds
  readonly discredited: Uint8Array
}

/** One form in fifty is of somebody listed as living: believed in as 50 forms. */
const USUAL_SHARE = 0.02
const CAUTION = 50
const ROUNDS = 20
/** Pairs of adults who are believed to be alike as often as any two members. */
const ALIKE_CAUTION = 1000
const CANDIDATE_WEIGHT_MIN = -4000

/** A form and the members that may be its dead; weights without a prior, milli-bits. */
interface AtHome {
  readonly members: number
  readonly candidates: readonly Candidate[]
}

export function linkDeadAtHome(context: DeadAtHomeContext): DecidedPair[] {
  const { groups, kernel, thresholds } = context
  const forms = meetMembers(context)
  const share = fitShare(forms)
  const candidates = forms.flatMap(({ members, candidates }) => {
    const prior = milliBits(share / (1 - share) / members)
    return candidates
      .map((pair) => ({ ...pair, weight: pair.weight + prior }))
      .filter(({ weight }) => weight > CANDIDATE_WEIGHT_MIN)
  })
  return linkCandidates(
    groups,
    candidates,
    thresholds,
    (a, b) => isWrittenAgain(kernel.compare(Math.min(a, b), Math.max(a, b))),
    (ra, rb) => secondRowWeight(groups, ra, rb),
  )
}

function meetMembers(context: DeadAtHomeContext): AtHome[] {
  const { table, groups, kernel, weights, households, discredited } = context
  const { birth, death, household } = table.columns
  const adults = milliBits(weights.alike / shareOfAlikeAdults(context))
  const forms: AtHome[] = []
  for (let form = table.starts[CENSUS_DEATHS]; form < table.starts[CENSUS_DEATHS + 1]; form++) {
    const own = household[form]
    if (own === 0) continue
    const home = table.households.find(table.households.first(own), table.households.second(own), CENSUS)
    const members = households.start[home + 1] - households.start[home]
    if (home === 0 || members === 0 || members > MEMBERS_MAX) continue
    const root = groups.root(form)
    if (isMember(root, groups, households, home)) continue
    const candidates: Candidate[] = []
    for (let k = households.start[home]; k < households.start[home + 1]; k++) {
      const row = households.rows[k]
      const [left, right] = row < form ? [row, form] : [form, row]
      const pattern = kernel.compare(left, right)
      // An unnamed infant beside its living twin agrees in all else.
      if (nameLevelOf(pattern) === NAME_LEVEL.missing) continue
      const weight =
        memberWeight(weights, pattern, discredited[left] | discredited[right]) +
        (isAdult(birth[form], death[form]) && areAlike(pattern) ? adults : 0)
      if (conflictOf(groups, groups.root(row), root, pattern, weight) === '')
        candidates.push({ left, right, pattern, weight })
    }
    forms.push({ members, candidates })
  }
  return forms
}

function fitShare(forms: readonly AtHome[]): number {
  const likelihoods = forms.map(({ members, candidates }) =>
    candidates.reduce((sum, { weight }) => sum + 2 ** (weight / 1000) / members, 0),
  )
  let share = USUAL_SHARE
  for (let round = 0; round < ROUNDS; round++) {
    let sum = USUAL_SHARE * CAUTION
    for (const likelihood of likelihoods) sum += (share * likelihood) / (1 - share + share * likelihood)
    share = sum / (likelihoods.length + CAUTION)
  }
  return share
}

/** Of two adults of one census household who are two people, how many are of one sex and one month. */
function shareOfAlikeAdults({ table, groups, weights, households }: DeadAtHomeContext): number {
  const { birth, sex } = table.columns
  const newest = newestBirth(table)
  const { start, rows } = households
  let pairs = 0
  let alike = 0
  const isCounted = (row: number): boolean => sex[row] !== 0 && isAdult(birth[row], newest)
  // Every household: their numbers depend on which thread came first, so that a sample by number would differ.
  for (let home = 1; home < start.length - 1; home++) {
    const [from, end] = [start[home], start[home + 1]]
    if (end - from > MEMBERS_MAX || table.registerOf(rows[from]) !== CENSUS) continue
    for (let i = from; i < end; i++) {
      const one = rows[i]
      if (!isCounted(one)) continue
      for (let k = i + 1; k < end; k++) {
        const other = rows[k]
        if (!isCounted(other) || groups.root(one) === groups.root(other)) continue
        pairs++
        if (sex[one] === sex[other] && areOfOneMonth(birth[one], birth[other])) alike++
      }
    }
  }
  return (alike + ALIKE_CAUTION * weights.alike) / (pairs + ALIKE_CAUTION)
}

function areOfOneMonth(one: number, other: number): boolean {
  return monthOf(one) !== 0 && yearOf(one) === yearOf(other) && monthOf(one) === monthOf(other)
}

function areAlike(pattern: number): boolean {
  const level = birthLevelOf(pattern)
  return (
    (level === BIRTH_LEVEL.dateEqual || level === BIRTH_LEVEL.monthKnown) && sexLevelOf(pattern) === SEX_LEVEL.equal
  )
}
