/**
 * Leftovers: what is still without its counterpart on both sides.
 *
 * A county has few police persons whom no census row names, and few away rows whose present row is missing. A census row
 * that must have such a partner and has none is therefore compared once more with those alone: that the other side would
 * be without a row as well counts for the pair by 1 ÷ q, with q the share of such persons or away rows, counted now that
 * the rest is linked (the bipartite prior of expected-partners.ts, from the other side). Few are left, so they need no
 * blocking rule: a shared name, hukou village and sex, or birth month and place, is enough to be looked at, whatever
 * else is wrong. A present row that finds nobody without a row is somebody's second one, or in no register.
 *
 * In:  groups after the household layer. Out: links of layer `leftover`, further pairs for review.
 */
import { NAME_LEVEL } from '../../matching/compare/levels.ts'
import { EXPECTS } from '../../matching/expected-partners.ts'
import { type Kernel, nameLevelOf, PAIR_CLASS } from '../../matching/kernel.ts'
import { isPresent, LINE_WORDS, PRESENCE, presenceOf, registerOf, WORD } from '../../matching/packed-records.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { AwayAnswers } from '../statistical/away-answers.ts'
import { otherRowsWeight } from '../statistical/other-rows.ts'
import type { Groups } from '../groups.ts'
import { creditedPattern } from '../number-holders.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import { type Candidate, linkCandidates, mayBeOnePerson } from '../rival-candidates.ts'
import { areTwoByNumber, SECOND_ROW_WEIGHT, secondRowWeight } from '../conflicts.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { besideTwin, type TwinOdds } from '../unseen-twins.ts'

/** Lighter pairs neither link nor rival a link. */
const CANDIDATE_WEIGHT_MIN = -4000
/** Persons without a census row that are believed in before any is counted; likewise away rows. */
const CAUTION = 50
/** A key that more leftovers share than this tells nothing. */
const SHARED_KEY_MAX = 64
/** Begins the key of month and sex: whoever meets under it alone must resemble the other in name. */
const MONTH_ALONE = 'm'

export interface LeftoverContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
  readonly discredited: Uint8Array
  readonly pairs: OrderedPairs
  readonly answers: AwayAnswers
  readonly unseenTwins: TwinOdds
}

export function linkLeftovers(context: LeftoverContext): DecidedPair[] {
  const { table, groups, kernel, weights, lines, thresholds, pairs, discredited, answers } = context
  const open = findOpenRows(context)
  const twice = countedTwiceWeight(context, open.isSeeker)
  const candidates: Candidate[] = []
  const seen = new Set<number>()
  /** A present row that must have a police row, and somebody who is present already: counted twice, or not in the register. */
  const takenWeight = (left: number, right: number, ra: number, rb: number, pattern: number): number => {
    const taken = secondRowWeight(groups, ra, rb, pattern)
    if (taken !== SECOND_ROW_WEIGHT || groups.present[ra] === 0 || groups.present[rb] === 0) return taken
    const expected = groups.police[rb] > 0 ? 0 : weights.expectation(left, right, PAIR_CLASS.policeCensus)
    const weight = expected === 0 ? taken : Math.max(taken, twice - expected)
    return weight + alikeInAnswers(right, ra)
  }
  /** What the row and the present row of the person most like it answer about being away. */
  const alikeInAnswers = (row: number, root: number): number => {
    let best = Number.NEGATIVE_INFINITY
    let other = root
    do {
      if (isPresent(lines, other)) best = Math.max(best, answers.weightOf(other, row))
      other = groups.following(other)
    } while (other !== root)
    return best
  }
  const consider = (a: number, b: number, byName = false): void => {
    const left = Math.min(a, b)
    const right = Math.max(a, b)
    const ra = groups.root(left)
    const rb = groups.root(right)
    const key = left * table.rows + right
    if (ra === rb || seen.has(key)) return
    if (areTwoByNumber(groups, table.columns.idNo, left, right)) return
    const pattern = creditedPattern(kernel.compare(left, right), discredited[left] | discredited[right])
    if (byName && !areNamesakes(pattern)) return
    seen.add(key)
    const raw = weights.weigh(left, right, pattern)
    const found = open.bonusOf(left, right) || takenWeight(left, right, ra, rb, pattern)
    const others = otherRowsWeight(context, left, right, pattern, ra)
    const weight = besideTwin(raw + found + others, context.unseenTwins.oddsOf(left, pattern))
    if (weight > CANDIDATE_WEIGHT_MIN) candidates.push({ left, right, pattern, weight })
  }
  for (const [seeker, other, byName] of open.meetings()) consider(seeker, other, byName)
  // Whatever else the seekers were compared with is a rival.
  for (let i = 0; i < pairs.count; i++)
    if (open.isSeeker[pairs.left[i]] === 1 || open.isSeeker[pairs.right[i]] === 1)
      consider(pairs.left[i], pairs.right[i])
  return linkCandidates(groups, candidates, thresholds, mayBeOnePerson(groups, kernel, weights))
}

/** Whether the names share at least the surname or the given name. */
function areNamesakes(pattern: number): boolean {
  const name = nameLevelOf(pattern)
  return name !== NAME_LEVEL.missing && name !== NAME_LEVEL.different
}

/**
 * Milli-bits that a present row which still seeks its police row is somebody's second one: the odds of such rows found so
 * far to those that seek still, all of whom may be in no register.
 */
function countedTwiceWeight({ table, lines, groups }: LeftoverContext, isSeeker: Uint8Array): number {
  let twice = 0
  let seeking = 0
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
    if (!isPresent(lines, row)) continue
    const root = groups.root(row)
    if (groups.police[root] === 0) seeking += isSeeker[row]
    else twice += (groups.present[root] - 1) / groups.present[root]
  }
  return milliBits((twice + CAUTION / 64) / (seeking + CAUTION))
}

/** Census rows that look for a partner, and the rows that would be without one. */
interface OpenRows {
  readonly isSeeker: Uint8Array
  /** Milli-bits that it adds to a pair that its other row is open too; 0 where it is not. */
  bonusOf(left: number, right: number): number
  /** Pairs of a seeker and an open row that share a key; `byName` where it is worth nothing without their names. */
  meetings(): Iterable<readonly [seeker: number, open: number, byName: boolean]>
}

function findOpenRows({ table, lines, groups, weights, kernel }: LeftoverContext): OpenRows {
  const c = table.columns
  const isSeeker = new Uint8Array(table.rows)
  const isOpen = new Uint8Array(table.rows)
  const isInForce = (row: number): boolean =>
    c.status[row] === 0 && c.recordFlag[row] === 1 && c.reversalFlag[row] === 0
  const persons = { all: 0, open: 0 }
  const aways = { all: 0, open: 0 }
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++) {
    if (!isInForce(row)) continue
    const root = groups.root(row)
    persons.all++
    if (groups.present[root] + groups.away[root] + groups.deaths[root] + groups.deathForms[root] > 0) continue
    persons.open++
    isOpen[row] = 1
  }
  for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
    const root = groups.root(row)
    const expects = weights.expects[row]
    const isAway = presenceOf(lines[row * LINE_WORDS + WORD.packed]) === PRESENCE.away
    const lacksOther = (expects & EXPECTS.census) !== 0 && (isAway ? groups.present[root] : groups.away[root]) === 0
    if (isAway && (expects & EXPECTS.census) !== 0) aways.all++
    if (isAway && lacksOther) {
      aways.open++
      isOpen[row] = 1
    }
    if (((expects & EXPECTS.police) !== 0 && groups.police[root] === 0) || (!isAway && lacksOther)) isSeeker[row] = 1
  }
  const personBonus = milliBits((persons.all + CAUTION) / (persons.open + CAUTION))
  const awayBonus = milliBits((aways.all + CAUTION) / (aways.open + CAUTION))

  const bonusOf = (left: number, right: number): number => {
    if (isSeeker[right] === 1 && isOpen[left] === 1 && left < table.starts[POLICE + 1])
      return groups.police[groups.root(right)] === 0 ? personBonus : 0
    const [here, away] = isOpen[left] === 1 ? [right, left] : [left, right]
    if (isOpen[away] === 0 || isSeeker[here] === 0 || registerOf(lines[away * LINE_WORDS + WORD.packed]) !== CENSUS)
      return 0
    const isPair =
      isPresent(lines, here) && groups.present[groups.root(away)] === 0 && groups.away[groups.root(here)] === 0
    return isPair ? awayBonus : 0
  }

  /**
   * Keys under which two leftovers meet: name; hukou village and sex, surname, or address; area and end of the number; month of birth
   * and hukou village; month and village of residence. Month and sex alone (MONTH_ALONE) for those who know of the other place no more than the township or the county.
   */
  const keysOf = (row: number): string[] => {
    const month = c.birth[row] >> 5
    const keys = c.name[row] === 0 ? [] : [`n${kernel.nameKey(c.name[row])}`]
    const hukou = c.hukouArea[row] || c.area[row]
    const isCensus = table.registerOf(row) === CENSUS
    const living = isCensus && c.residence[row] > 1 ? c.residenceArea[row] : isCensus ? c.area[row] : 0
    keys.push(`v${hukou} ${c.sex[row]}`)
    // Sex and month may both be wrong: then surname and village, or the house and the number's end, are what is left.
    if (c.name[row] !== 0) keys.push(`s${hukou} ${kernel.surnameSound(c.name[row])}`)
    if (c.addressHash[row] !== 0) keys.push(`a${hukou} ${c.addressHash[row]}`)
    if (c.idNo[row] !== 0) keys.push(`t${table.ids.first(c.idNo[row])} ${table.ids.third(c.idNo[row])}`)
    if (living !== 0) keys.push(`p${hukou} ${living}`)
    if ((month & 15) === 0) return keys
    keys.push(`h${month} ${hukou}`, `${MONTH_ALONE}${month} ${c.sex[row]}`)
    if (living !== 0) keys.push(`r${month} ${living}`)
    return keys
  }
  function* meetings(): Iterable<readonly [number, number, boolean]> {
    const byKey = new Map<string, number[]>()
    for (let row = 0; row < table.starts[CENSUS + 1]; row++) {
      if (isOpen[row] === 0) continue
      for (const key of keysOf(row)) {
        const list = byKey.get(key)
        if (list === undefined) byKey.set(key, [row])
        else list.push(row)
      }
    }
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      if (isSeeker[row] === 0) continue
      for (const key of keysOf(row)) {
        const list = byKey.get(key) ?? []
        if (list.length <= SHARED_KEY_MAX) for (const other of list) yield [row, other, key.startsWith(MONTH_ALONE)]
      }
    }
    for (const [row, person] of namesakesThere()) yield [row, person, false]
  }
  /** Seekers of a police row, and who of nearly their name has his hukou where they say, whatever rows he has and however old he is. */
  function* namesakesThere(): Iterable<readonly [seeker: number, person: number]> {
    const keyOf = (village: number, name: number): number =>
      village === 0 || name === 0 ? -1 : village * 2 ** 32 + (kernel.nameSound(name) >>> 0)
    const persons = new Map<number, number[]>()
    const seekers: number[] = []
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      if (isSeeker[row] === 0 || groups.police[groups.root(row)] > 0) continue
      seekers.push(row)
      persons.set(keyOf(c.hukouArea[row], c.name[row]), [])
    }
    persons.delete(-1)
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
      if (isInForce(row)) persons.get(keyOf(c.area[row], c.name[row]))?.push(row)
    for (const row of seekers) {
      const list = persons.get(keyOf(c.hukouArea[row], c.name[row])) ?? []
      if (list.length <= SHARED_KEY_MAX) for (const person of list) yield [row, person]
    }
  }
  return { isSeeker, bonusOf, meetings }
}
