/**
 * Open births: certificates of birth to which nothing else has been linked yet.
 *
 * Who died within weeks has no number and often no name, and the hospital, the village of the mother and that of the
 * funeral are three places; a child of newcomers has parents in no register of the county. What is left over on both
 * sides is compared once more: a certificate without a child, and a death certificate, death form, census or police row
 * of an infant without a certificate. Few are left, so little has to agree.
 *
 * In:  groups after the household layer and the dead. Out: links of layer `leftover`, pairs for review.
 * A pair weighs log2(λ/(1−λ)) − log2 B + Σ log2(m/u): λ is how often such a row has its certificate among the B open
 * ones, counted in the county by EM for each kind of row (lone-members.ts); m/u are those of infant-agreements.ts.
 */
import type { Kernel } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import { dayOf, type RecordTable } from '../../records/record-table.ts'
import { isInForce } from '../../records/versions-in-force.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'
import { KIND, type Kind, KINDS } from './birth-places.ts'
import type { Groups } from '../groups.ts'
import { InfantAgreements, isInfant } from './infant-agreements.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { type Candidate, linkCandidates } from '../rival-candidates.ts'

export interface OpenBirthContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly thresholds: LinkThresholds
}

/** Never surer than this, milli-bits. */
const WEIGHT_MAX = 13_000
/** Lighter pairs neither link nor rival a link. */
const CANDIDATE_WEIGHT_MIN = -6000
/** A key that more open births share than this tells nothing. */
const SHARED_KEY_MAX = 256
/** λ believed in before any row is counted, as much as in so many rows. */
const USUAL_SHARE = 0.5
const CAUTION = 10
const ROUNDS = 20

export function linkOpenBirths(context: OpenBirthContext): DecidedPair[] {
  const { table, groups, thresholds } = context
  const births = openBirths(table, groups)
  if (births.length === 0) return []
  const candidates = weighPairs(context, births)
  return linkCandidates(groups, candidates, thresholds, (a, b) => mayBeOneInfant(table, a, b))
}

/** A form and a certificate of one death do not exclude each other beside one birth. */
function mayBeOneInfant(table: RecordTable, a: number, b: number): boolean {
  const [from, to] = [table.registerOf(a), table.registerOf(b)]
  return from !== to && from !== BIRTHS && to !== BIRTHS
}

function openBirths(table: RecordTable, groups: Groups): number[] {
  const open: number[] = []
  for (let row = table.starts[BIRTHS]; row < table.starts[BIRTHS + 1]; row++) {
    const root = groups.root(row)
    const others =
      groups.police[root] + groups.present[root] + groups.away[root] + groups.deaths[root] + groups.deathForms[root]
    if (others === 0 && table.columns.birth[row] !== 0) open.push(row)
  }
  return open
}

interface Meeting {
  readonly birth: number
  readonly row: number
  readonly pattern: number
  /** Milli-bits of all agreements, without a prior. */
  readonly agreement: number
}

function weighPairs(context: OpenBirthContext, births: readonly number[]): Candidate[] {
  const { kernel } = context
  const rules = new InfantAgreements(context)
  const byKey = new Map<string, number[]>()
  for (const birth of births)
    for (const key of keysOf(context, birth, rules.places.of(birth).villages)) {
      const list = byKey.get(key)
      if (list === undefined) byKey.set(key, [birth])
      else list.push(birth)
    }
  const meetings: Meeting[][][] = Array.from({ length: KINDS }, () => [])
  const rowsOfKind = Array.from({ length: KINDS }, () => 0)
  for (const [row, kind] of rowsWithoutCertificate(context, rules)) {
    rowsOfKind[kind]++
    const met = new Set<number>()
    for (const key of keysOf(context, row, rules.places.villagesOf(row))) {
      const list = byKey.get(key) ?? []
      if (list.length <= SHARED_KEY_MAX) for (const birth of list) met.add(birth)
    }
    const own: Meeting[] = []
    for (const birth of met) {
      const pattern = kernel.compare(Math.min(birth, row), Math.max(birth, row))
      const agreement = rules.weigh(birth, row, kind, pattern)
      if (agreement !== null) own.push({ birth, row, pattern, agreement })
    }
    if (own.length > 0) meetings[kind].push(own)
  }
  const candidates: Candidate[] = []
  meetings.forEach((ofKind, kind) => {
    const share = fitShare(ofKind, rowsOfKind[kind], births.length)
    const prior = milliBits(share / (1 - share)) - milliBits(births.length)
    for (const own of ofKind)
      for (const { birth, row, pattern, agreement } of own) {
        const weight = Math.min(WEIGHT_MAX, prior + agreement)
        if (weight <= CANDIDATE_WEIGHT_MIN) continue
        candidates.push({ left: Math.min(birth, row), right: Math.max(birth, row), pattern, weight })
      }
  })
  return candidates
}

/** Village, day of birth, name: one of them in common is enough to be looked at. */
function keysOf({ table, kernel }: OpenBirthContext, row: number, villages: ReadonlySet<number>): Set<string> {
  const c = table.columns
  const keys = new Set<string>()
  for (const village of villages) keys.add(`v${village}`)
  if (dayOf(c.birth[row]) !== 0) keys.add(`d${c.birth[row]}`)
  if (c.name[row] !== 0) keys.add(`n${kernel.nameKey(c.name[row])}`)
  return keys
}

/** λ of one kind: the share of its `rows` whose certificate is among the `open` ones. */
function fitShare(meetings: readonly (readonly Meeting[])[], rows: number, open: number): number {
  const ratios = meetings.map((own) => own.reduce((sum, { agreement }) => sum + 2 ** (agreement / 1000), 0) / open)
  let share = USUAL_SHARE
  for (let round = 0; round < ROUNDS; round++) {
    const odds = share / (1 - share)
    let sum = USUAL_SHARE * CAUTION
    for (const ratio of ratios) sum += 1 / (1 + 1 / (odds * ratio))
    share = sum / (rows + CAUTION)
  }
  return share
}

/** Rows of infants, alive or dead, whose person has no certificate of birth. */
function* rowsWithoutCertificate(
  { table, groups }: OpenBirthContext,
  rules: InfantAgreements,
): Iterable<readonly [row: number, kind: Kind]> {
  const { birth, death } = table.columns
  for (let row = 0; row < table.rows; row++) {
    const register = table.registerOf(row)
    if (register === BIRTHS) continue
    const isDead = register === DEATHS || register === CENSUS_DEATHS
    if (birth[row] === 0 ? !isDead || death[row] === 0 : !rules.covers(birth[row])) continue
    const root = groups.root(row)
    if (groups.births[root] > 0) continue
    if (register === POLICE && !isInForce(table.columns, row)) continue
    if (register === POLICE) yield [row, KIND.police]
    else if (register === CENSUS) yield [row, KIND.census]
    else if (birth[row] === 0) {
      // Whoever stands in a register of the living is known without a date of birth.
      if (groups.police[root] + groups.present[root] + groups.away[root] === 0) yield [row, KIND.deathWithoutBirth]
    } else if (death[row] === 0 || isInfant(birth[row], death[row]))
      yield [row, register === DEATHS ? KIND.death : KIND.form]
  }
}
