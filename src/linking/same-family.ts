/**
 * Second hukou that the family tells: nobody's husband or wife is two people, and no two children of a mother bear one name.
 *
 * A second hukou often bears another number, a birth moved by a year or two, sometimes another name, so that neither
 * number, name nor birth brings the two rows together. The spouse written in both does, by number or by name; a row with
 * the spouse's number alone is read through the register, which knows the number's name. So does a parent's number beside
 * the same name. Against it speaks a spouse of another name, and that both are at home where they are registered: two
 * couples of the same names, or two brothers.
 * In:  effective police rows in force or moved away, groups after the statistical layer. Out: links of layer
 * `household`, pairs for review.
 */
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../matching/compare/levels.ts'
import { birthLevelOf, type Kernel, nameLevelOf, sexLevelOf } from '../matching/kernel.ts'
import { type CountyWeights, milliBits } from '../matching/weigh-county.ts'
import type { RecordTable } from '../records/record-table.ts'
import { mixTriple } from '../records/triple-dictionary.ts'
import { POLICE } from '../registers/columns.ts'
import type { Groups } from './groups.ts'
import type { HouseholdPair } from './households.ts'
import { probabilityOf } from './people.ts'
import type { LinkThresholds } from './statistical.ts'

/** Milli-bits of a relative's number; the most that names can give. */
const BY_NUMBER = 14_000
const BY_NAMES_MAX = 8000
/** Of people with a hukou three in a thousand have a second one; of namesakes one in ten is born within two years. */
export const SECOND_HUKOU = 0.003
export const BORN_NEAR = 0.1
/** Less likely pairs are not worth a person's time. */
const REVIEW_FROM = 0
/** Known by the family alone, by neither name nor birth date: asked, never linked. */
const ASKED = 2000
/** Two different spouses: what even a relative's number leaves is a question. */
export const OTHER_SPOUSE = BY_NUMBER - ASKED
/** Who is at home in both places, although one person in a hundred is counted twice: as in secondRowWeight. */
export const AT_HOME_TWICE = 6000
const STATUS_IN_FORCE = 0
const STATUS_MOVED = 2
/** Rows under one key; more are a filler in the relative's place. */
const SHARED_KEY_MAX = 4

export interface FamilyContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
}

export function linkSameFamily({ table, groups, kernel, weights, thresholds }: FamilyContext): HouseholdPair[] {
  const c = table.columns
  const nameOf = namesOfNumbers(table)
  const bySpouse = new SharedKeys()
  const byNames = new SharedKeys()
  const byParent = new SharedKeys()
  // Twice: what nobody shares is told from the counts alone and never kept.
  for (const isCounting of [true, false])
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++) {
      if (c.recordFlag[row] !== 1 || c.reversalFlag[row] !== 0) continue
      if (c.status[row] !== STATUS_IN_FORCE && c.status[row] !== STATUS_MOVED) continue
      const name = c.name[row]
      const spouse = c.spouseName[row] || nameOf[c.spouseId[row]]
      const given = (keys: SharedKeys, own: number, other: number): void =>
        isCounting ? keys.count(own, other) : keys.add(own, other, row)
      if (c.spouseId[row] !== 0) given(bySpouse, 0, c.spouseId[row])
      if (name === 0) continue
      if (spouse !== 0) given(byNames, name, spouse)
      if (c.motherId[row] !== 0) given(byParent, name, c.motherId[row])
      if (c.fatherId[row] !== 0) given(byParent, name, c.fatherId[row])
    }
  const found: HouseholdPair[] = []
  /**
   * Own name and spouse's name alone, against how many such couples there are by chance: where a few names are everybody's
   * (one-clan villages, counties of few given names) two couples of the same names are nothing unusual.
   */
  const byNamesOf = (left: number, right: number): number => {
    const [a, b] = [c.spouseId[left], c.spouseId[right]]
    const spouse = c.spouseName[left] || nameOf[a]
    const couples = (weights.namesakes(c.name[left]) * weights.namesakes(spouse)) / weights.people
    const weight = Math.min(BY_NAMES_MAX, milliBits(SECOND_HUKOU / (couples * BORN_NEAR)))
    return a !== 0 && b !== 0 && a !== b ? weight - OTHER_SPOUSE : weight
  }
  /** Both rows name a spouse, and the names have nothing in common. */
  const isOtherSpouse = (left: number, right: number): boolean => {
    const a = c.spouseName[left] || nameOf[c.spouseId[left]]
    const b = c.spouseName[right] || nameOf[c.spouseId[right]]
    return a !== 0 && b !== 0 && kernel.nameLevel(a, b) >= NAME_LEVEL.surnameEqual
  }
  const consider = (
    rows: readonly number[],
    weightOf: (left: number, right: number) => number,
    relative: Relative,
  ): void => {
    if (rows.length < 2 || rows.length > SHARED_KEY_MAX) return
    for (const [i, left] of rows.entries())
      for (const right of rows.slice(i + 1)) {
        const ra = groups.root(left)
        const rb = groups.root(right)
        if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) continue
        const pattern = kernel.compare(left, right)
        const likeness = likenessOf(pattern, relative)
        if (likeness === 'none') continue
        const weight =
          (likeness === 'some' ? ASKED : weightOf(left, right)) -
          (isOtherSpouse(left, right) ? OTHER_SPOUSE : 0) -
          (groups.present[ra] > 0 && groups.present[rb] > 0 ? AT_HOME_TWICE : 0)
        if (weight < REVIEW_FROM) continue
        const isLink = probabilityOf(weight) >= thresholds.link
        found.push({ left, right, pattern, weight, decision: isLink ? 'link' : 'review' })
        if (isLink) groups.join(left, right)
      }
  }
  for (const rows of bySpouse.lists()) consider(rows, () => BY_NUMBER, 'spouse')
  for (const rows of byParent.lists()) consider(rows, () => BY_NUMBER, 'parent')
  for (const rows of byNames.lists()) consider(rows, byNamesOf, 'couple')
  return found
}

/** How the rows share a family: the spouse's number, the own name and a parent's number, the names of a couple. */
type Relative = 'spouse' | 'parent' | 'couple'

/**
 * Whether two rows of one family can be one person (`same`), or only might (`some`). Who marries twice does not marry
 * people of one birth date (beside a parent these would be twins), nor of one name and age.
 */
function likenessOf(pattern: number, relative: Relative): 'same' | 'some' | 'none' {
  const birth = birthLevelOf(pattern)
  const name = nameLevelOf(pattern)
  if (sexLevelOf(pattern) !== SEX_LEVEL.equal || birth === BIRTH_LEVEL.missing) return 'none'
  if (relative === 'spouse' && birth === BIRTH_LEVEL.dateEqual) return 'same'
  if (name === NAME_LEVEL.missing || birth > BIRTH_LEVEL.nearYear) return 'none'
  if (name <= NAME_LEVEL.variant) return 'same'
  if (relative !== 'spouse' || name > NAME_LEVEL.surnameEqual) return 'none'
  // Another given name: a second hukou was often made under one, with the birth moved by a month or a year. A brother may
  // have married the widow, but was hardly born the same day of another month or year.
  return birth < BIRTH_LEVEL.yearEqual ? 'same' : 'some'
}

/** The name of each number in force in the police register; 0 none. */
export function namesOfNumbers(table: RecordTable): Uint32Array {
  const { idNo, name, recordFlag, reversalFlag } = table.columns
  const names = new Uint32Array(table.ids.size + 1)
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
    if (recordFlag[row] === 1 && reversalFlag[row] === 0 && names[idNo[row]] === 0) names[idNo[row]] = name[row]
  names[0] = 0
  return names
}

const BUCKETS = 1 << 22
/** More than any number of a dictionary. */
const NUMBERS = 2 ** 26

/** Rows by key, without the keys of a single row: those are most, and a list of each would cost more than the county's names. */
class SharedKeys {
  private readonly counts = new Uint8Array(BUCKETS)
  private readonly rows = new Map<number, number[]>()

  count(own: number, other: number): void {
    const bucket = mixTriple(own, other, 0) & (BUCKETS - 1)
    if (this.counts[bucket] < 2) this.counts[bucket]++
  }

  add(own: number, other: number, row: number): void {
    if (this.counts[mixTriple(own, other, 0) & (BUCKETS - 1)] < 2) return
    const key = own * NUMBERS + other
    const list = this.rows.get(key)
    if (list === undefined) this.rows.set(key, [row])
    else list.push(row)
  }

  lists(): Iterable<readonly number[]> {
    return this.rows.values()
  }
}
