/**
 * Newcomers: people without a police row here who were written down as present in two places.
 *
 * Two present rows of somebody with a hukou here find each other over the police row that both belong to. Who came from
 * afar has none, so the two rows have only each other, and the statistical layer weighs them as any two of the county's
 * present rows. Once the others are linked, three things are known that it could not know: how few rows are left
 * without a police row, how many of those are counted twice, and where each comes from. A row comes from where it
 * claims its hukou, or, if it claims none elsewhere (the register has denied it one here), from the area that its
 * number begins with. Of two strangers few share a distant county: it weighs as a rare name does. And a family is met
 * twice together: two households with one pair of namesakes may be chance, with two pairs they are one household.
 *
 * In:  groups after the household layer. Out: links of layer `leftover`, further pairs for review.
 */
import { isNumberAnchor } from '../matching/anchors.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from '../matching/compare/levels.ts'
import type { CountyModel } from '../matching/county-model.ts'
import { birthLevelOf, idLevelOf, type Kernel, nameLevelOf, PAIR_CLASS, pairClassOf } from '../matching/kernel.ts'
import { LINE_WORDS, PRESENCE, presenceOf, WORD } from '../matching/packed-records.ts'
import { type CountyWeights, milliBits } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS } from '../registers/columns.ts'
import type { Groups } from './groups.ts'
import type { HouseholdPair } from './households.ts'
import { creditedPattern, misfitsOwnNumber } from './number-holders.ts'
import type { OrderedPairs } from './ordered-pairs.ts'
import { type Candidate, linkCandidates, mayBeOnePerson } from './rival-candidates.ts'
import type { LinkThresholds } from './statistical.ts'

const CANDIDATE_WEIGHT_MIN = -4000
/** Too light to be linked, but not to speak for another member of the family. */
const MEMBER_WEIGHT_MIN = -10_000
/** Where one member is met twice, every second one of the others is. What another pair says is believed up to a limit. */
const MEMBER_TOO = milliBits(0.5)
const FAMILY_MAX = 12_000
/** A key that more newcomers share than this tells nothing. */
const SHARED_KEY_MAX = 64
/** One newcomer in 64 is counted twice: believed as 500 newcomers. Of a handful nobody knows who else is hidden. */
const USUAL_SHARE = 1 / 64
const CAUTION = 500
/** Two people in 2,000 of the police system were given one number; nobody else's number fits one's birth and sex. */
const GIVEN_TWICE = 0.0005
/** How the origins of one person's two rows agree, believed as 20 pairs. */
const ORIGIN = { same: 0, partly: 1, differ: 2, hereAndElsewhere: 3 } as const
const USUAL_ORIGINS = [0.9, 0.06, 0.02, 0.02]
const ORIGINS_CAUTION = 20
/** More than any household number: a pair of them is one key. */
const HOUSEHOLDS = 2 ** 26
/** Comparisons by number: the name has a count of its own here; place and claims give way to the origin. */
const [BIRTH, ID, SEX, ADDRESS] = [1, 2, 3, 6]

export interface NewcomerContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly model: CountyModel
  readonly thresholds: LinkThresholds
  readonly discredited: Uint8Array
  readonly pairs: OrderedPairs
}

export function linkNewcomers(context: NewcomerContext): HouseholdPair[] {
  const { table, lines, groups, kernel, weights, model, thresholds, discredited, pairs } = context
  const { isNewcomer, rows } = findNewcomers(context)
  if (rows.length < 2) return []
  const origins = new Origins(table, rows)
  const isPair = (i: number): boolean =>
    pairClassOf(pairs.pattern[i]) === PAIR_CLASS.censusCensus &&
    isNewcomer[pairs.left[i]] === 1 &&
    isNewcomer[pairs.right[i]] === 1
  const known: number[] = []
  for (let i = 0; i < pairs.count; i++) if (isPair(i)) known.push(i)

  let twice = 0
  const agreed = USUAL_ORIGINS.map((share) => share * ORIGINS_CAUTION)
  for (const i of known) {
    const [left, right] = [pairs.left[i], pairs.right[i]]
    if (groups.root(left) !== groups.root(right)) continue
    twice++
    const origin = isNumberAnchor(pairs.pattern[i]) ? origins.compare(left, right) : undefined
    if (origin !== undefined) agreed[origin.level]++
  }
  const share = (2 * twice + CAUTION * USUAL_SHARE) / (rows.length + CAUTION)
  const prior = milliBits(share / (rows.length + CAUTION))
  const anchors = agreed.reduce((sum, n) => sum + n, 0)
  const namesakes = namesAmong(table, rows)
  const { m } = model.classes[PAIR_CLASS.censusCensus]

  const nameWeight = (left: number, right: number, pattern: number): number => {
    const weight = weights.nameWeight(left, right, pattern)
    if (nameLevelOf(pattern) !== NAME_LEVEL.exact) return weight
    // People of one distant place bear names that the police register here has never counted.
    const others = (namesakes.get(table.columns.name[left]) ?? 2) - 2
    return others > 0 ? Math.min(weight, milliBits((m[0][NAME_LEVEL.exact] * rows.length) / others)) : weight
  }
  const idWeight = (left: number, right: number, pattern: number): number => {
    const weight = weights.weightOf(ID, left, right, pattern)
    const isOwn =
      idLevelOf(pattern) === ID_LEVEL.sameValid &&
      birthLevelOf(pattern) !== BIRTH_LEVEL.missing &&
      misfitsOwnNumber(lines, left) + misfitsOwnNumber(lines, right) === 0
    return isOwn ? Math.max(weight, milliBits((m[ID][ID_LEVEL.sameValid] * weights.people) / GIVEN_TWICE)) : weight
  }
  const candidates: Candidate[] = []
  const seen = new Set<number>()
  const consider = (left: number, right: number): void => {
    const key = left * table.rows + right
    if (seen.has(key)) return
    seen.add(key)
    const [ra, rb] = [groups.root(left), groups.root(right)]
    if (ra === rb || groups.shareHousehold(ra, rb) || origins.areHere(left, right)) return
    const pattern = creditedPattern(kernel.compare(left, right), discredited[left] | discredited[right])
    const origin = origins.compare(left, right)
    const weight =
      prior +
      nameWeight(left, right, pattern) +
      idWeight(left, right, pattern) +
      [BIRTH, SEX, ADDRESS].reduce((sum, k) => sum + weights.weightOf(k, left, right, pattern), 0) +
      (origin === undefined ? 0 : milliBits(agreed[origin.level] / anchors / origin.chance))
    if (weight > MEMBER_WEIGHT_MIN) candidates.push({ left, right, pattern, weight })
  }
  for (const i of known) consider(pairs.left[i], pairs.right[i])
  for (const [left, right] of meetings(table, rows, origins)) consider(left, right)
  const together = withFamily(table, candidates, prior).filter(({ weight }) => weight > CANDIDATE_WEIGHT_MIN)
  return linkCandidates(groups, together, thresholds, mayBeOnePerson(groups, kernel, weights))
}

/**
 * Each pair with what the likeliest other pair between the same two households says: with prior odds λ and evidence e₁
 * and e₂, the odds of the first are λ·e₁·(1 + e₂ ÷ 2), since the other member is met twice too or is not.
 */
function withFamily(table: RecordTable, candidates: readonly Candidate[], prior: number): Candidate[] {
  const { household } = table.columns
  const between = new Map<number, Candidate[]>()
  const keyOf = ({ left, right }: Candidate): number => {
    const [a, b] = [household[left], household[right]]
    return Math.min(a, b) * HOUSEHOLDS + Math.max(a, b)
  }
  for (const pair of candidates) {
    if (household[pair.left] === 0 || household[pair.right] === 0) continue
    const list = between.get(keyOf(pair))
    if (list === undefined) between.set(keyOf(pair), [pair])
    else list.push(pair)
  }
  return candidates.map((pair) => {
    let support = 0
    for (const other of between.get(keyOf(pair)) ?? []) {
      const isApart = [other.left, other.right].every((row) => row !== pair.left && row !== pair.right)
      if (isApart) support = Math.max(support, other.weight - prior + MEMBER_TOO)
    }
    return { ...pair, weight: pair.weight + Math.min(FAMILY_MAX, support) }
  })
}

/** Present rows whose person has no police row, ascending. */
function findNewcomers({ table, lines, groups }: NewcomerContext): { isNewcomer: Uint8Array; rows: number[] } {
  const isNewcomer = new Uint8Array(table.rows)
  const rows: number[] = []
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
    if (presenceOf(lines[row * LINE_WORDS + WORD.packed]) !== PRESENCE.present) continue
    if (groups.police[groups.root(row)] !== 0) continue
    isNewcomer[row] = 1
    rows.push(row)
  }
  return { isNewcomer, rows }
}

function namesAmong(table: RecordTable, rows: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>()
  for (const row of rows) {
    const name = table.columns.name[row]
    if (name !== 0) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

/** Pairs of newcomers of one name, or of one birth month, sex and surname or county: whatever blocking left out. */
function* meetings(table: RecordTable, rows: readonly number[], origins: Origins): Iterable<readonly [number, number]> {
  const c = table.columns
  const byName = new Map<number, number[]>()
  const bySurname = new Map<number, number[]>()
  const byCounty = new Map<number, number[]>()
  const put = (lists: Map<number, number[]>, key: number, row: number): void => {
    const list = lists.get(key)
    if (list === undefined) lists.set(key, [row])
    else list.push(row)
  }
  for (const row of rows) {
    if (c.name[row] !== 0) put(byName, c.name[row], row)
    const month = c.birth[row] >> 5
    if ((month & 15) === 0) continue
    const monthAndSex = month * 4 + c.sex[row]
    if (c.name[row] !== 0) put(bySurname, monthAndSex * 65_536 + table.names.text(c.name[row]).charCodeAt(0), row)
    const county = origins.countyOf(row)
    if (county !== 0) put(byCounty, monthAndSex * 1e6 + county, row)
  }
  for (const lists of [byName, bySurname, byCounty])
    for (const list of lists.values()) {
      if (list.length > SHARED_KEY_MAX) continue
      for (const [i, left] of list.entries()) for (const right of list.slice(i + 1)) yield [left, right]
    }
}

/** County, township and village codes as numbers of 6, 9 and 12 digits. */
const DIGITS = [6, 9, 12] as const

/** A place: code of 12 digits, zeros behind what is known, and how many digits are known. */
interface Origin {
  readonly code: number
  readonly digits: number
}

/** Where newcomers come from, and how many come from there. */
class Origins {
  private readonly claimed = new Map<number, Origin>()
  private readonly numbered = new Map<number, Origin>()
  /** Rows that claim a hukou here, where the register has none for them, and bear no other county's number. */
  private readonly here = new Set<number>()
  /** Newcomers by code cut to so many digits. */
  private readonly counts = DIGITS.map(() => new Map<number, number>())
  private total = 0

  constructor(table: RecordTable, rows: readonly number[]) {
    const { hukouArea, idNo } = table.columns
    const { areas, ids } = table
    const loaded = new Set(table.handle.loadedCounties)
    for (const row of rows) {
      const area = hukouArea[row]
      const county = area === 0 ? 0 : areas.first(area)
      if (county !== 0 && !loaded.has(county))
        this.claimed.set(row, { code: county * 1e6 + areas.second(area), digits: areas.third(area) })
      // The area of a number is packed a digit in four bits.
      const numbered = idNo[row] === 0 ? 0 : Number(ids.first(idNo[row]).toString(16))
      if (numbered !== 0 && !loaded.has(numbered)) this.numbered.set(row, { code: numbered * 1e6, digits: 6 })
      const origin = this.of(row)
      if (origin === undefined) {
        if (loaded.has(county)) this.here.add(row)
        continue
      }
      this.total++
      DIGITS.forEach((length, k) => {
        if (length > origin.digits) return
        const cut = cutTo(origin.code, length)
        this.counts[k].set(cut, (this.counts[k].get(cut) ?? 0) + 1)
      })
    }
  }

  /** Both claim a hukou here: their police row may be missing, but they are no newcomers. */
  areHere(a: number, b: number): boolean {
    return this.here.has(a) && this.here.has(b)
  }

  private of(row: number): Origin | undefined {
    return this.claimed.get(row) ?? this.numbered.get(row)
  }

  /** Six digits; 0 unknown. */
  countyOf(row: number): number {
    return cutTo(this.of(row)?.code ?? 0, 6)
  }

  /**
   * How far the two agree, and the chance that two strangers do; undefined if one of them is unknown. A code of six
   * digits agrees with every village of its county, and says so little.
   */
  compare(a: number, b: number): { readonly level: number; readonly chance: number } | undefined {
    const [p, q] = [this.of(a), this.of(b)]
    if ((p !== undefined && this.here.has(b)) || (q !== undefined && this.here.has(a))) {
      const share = (this.here.size + 1) / (this.here.size + this.total + 2)
      return { level: ORIGIN.hereAndElsewhere, chance: 2 * share * (1 - share) }
    }
    if (p === undefined || q === undefined) return undefined
    const digits = Math.min(p.digits, q.digits)
    if (cutTo(p.code, digits) === cutTo(q.code, digits))
      return { level: ORIGIN.same, chance: this.chanceOf(p.code, digits) }
    // Somebody may claim another place and bear a number of the right one.
    for (const [one, other] of [
      [this.numbered.get(a), q],
      [p, this.numbered.get(b)],
      [p, q],
    ])
      if (one !== undefined && other !== undefined && cutTo(one.code, 6) === cutTo(other.code, 6))
        return { level: ORIGIN.partly, chance: this.chanceOf(one.code, 6) }
    return { level: ORIGIN.differ, chance: 1 }
  }

  /** The chance that another newcomer is from there; the pair itself apart. */
  private chanceOf(code: number, digits: number): number {
    const k = DIGITS.findIndex((length) => length === digits)
    const others = Math.max(1, (this.counts[k]?.get(cutTo(code, digits)) ?? 2) - 2)
    return Math.min(1, others / Math.max(1, this.total))
  }
}

function cutTo(code: number, digits: number): number {
  return Math.floor(code / 10 ** (12 - digits))
}
