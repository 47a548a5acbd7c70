/**
 * Second hukou that the family tells: nobody's husband or wife is two people, and no two children of a mother bear one name.
 *
 * A second hukou often bears another number, a birth moved by a year or two, sometimes another name, so that neither
 * number, name nor birth brings the two rows together. The spouse written in both does, by number or by name; a row with
 * the spouse's number alone is read through the register, which knows the number's name. So does a parent's number beside
 * the same name.
 * In:  effective police rows that are not cancelled, groups after the statistical layer. Out: links of layer `household`.
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
const SECOND_HUKOU = 0.003
const BORN_NEAR = 0.1
/** Less likely pairs are not worth a person's time. */
const REVIEW_FROM = 0
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
      if (c.recordFlag[row] !== 1 || c.reversalFlag[row] !== 0 || c.status[row] !== 0) continue
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
  const byNamesOf = (row: number): number => {
    const spouse = c.spouseName[row] || nameOf[c.spouseId[row]]
    const couples = (weights.namesakes(c.name[row]) * weights.namesakes(spouse)) / weights.people
    return Math.min(BY_NAMES_MAX, milliBits(SECOND_HUKOU / (couples * BORN_NEAR)))
  }
  const consider = (rows: readonly number[], weightOf: (row: number) => number, isByDate: boolean): void => {
    if (rows.length < 2 || rows.length > SHARED_KEY_MAX) return
    for (const [i, left] of rows.entries())
      for (const right of rows.slice(i + 1)) {
        const ra = groups.root(left)
        const rb = groups.root(right)
        if (ra === rb || groups.isForbidden(ra, rb) || c.household[left] === c.household[right]) continue
        const pattern = kernel.compare(left, right)
        if (!isOnePerson(pattern, isByDate)) continue
        const weight = weightOf(left)
        if (weight < REVIEW_FROM) continue
        const isLink = probabilityOf(weight) >= thresholds.link
        found.push({ left, right, pattern, weight, decision: isLink ? 'link' : 'review' })
        if (isLink) groups.join(left, right)
      }
  }
  for (const rows of bySpouse.lists()) consider(rows, () => BY_NUMBER, true)
  for (const rows of byParent.lists()) consider(rows, () => BY_NUMBER, false)
  for (const rows of byNames.lists()) consider(rows, byNamesOf, false)
  return found
}

/**
 * Who marries twice does not marry people of one birth date, nor of one name and age.
 * @param isByDate the birth date alone is enough: not beside a parent, who may have twins
 */
function isOnePerson(pattern: number, isByDate: boolean): boolean {
  const birth = birthLevelOf(pattern)
  const name = nameLevelOf(pattern)
  if (sexLevelOf(pattern) !== SEX_LEVEL.equal || birth === BIRTH_LEVEL.missing) return false
  if (isByDate && birth === BIRTH_LEVEL.dateEqual) return true
  return name !== NAME_LEVEL.missing && name <= NAME_LEVEL.variant && birth <= BIRTH_LEVEL.nearYear
}

/** The name of each number in force in the police register; 0 none. */
function namesOfNumbers(table: RecordTable): Uint32Array {
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
