/**
 * Second hukou that the family tells: nobody's husband or wife is two people, and no two children of a mother bear one name.
 *
 * A second hukou often bears another number, a birth moved by a year or two, sometimes another name, so that neither
 * number, name nor birth brings the two rows together. The spouse written in both does, by number or by name; a row with
 * the spouse's number alone is read through the register, which knows the number's name. So does a parent's number beside
 * the same name. Against it speaks a spouse of another name, and that both are at home where they are registered: two
 * couples of the same names, or two brothers.
 * In:  effective police rows in force, moved away or of the dead, groups after the statistical layer. Out: links of layer
 * `household`, pairs for review.
 */
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, type Kernel, nameLevelOf, sexLevelOf } from '../../matching/kernel.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { type FamilyIndex, listsIn } from '../family-index.ts'
import type { Groups } from '../groups.ts'
import { probabilityOf } from '../people.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import type { AloneInBook } from './alone-in-book.ts'
import { Relatives } from './relatives.ts'
import { isOnDay } from './twice-born-pairs.ts'

/** Milli-bits of a relative's number; the most that names can give. */
const BY_NUMBER = 14_000
const BY_NAMES_MAX = 8000
/** Of namesakes one in ten is born within two years. */
export const BORN_NEAR = 0.1
/** Less likely pairs are not worth a person's time. */
const REVIEW_FROM = 0
/** Known by the family alone, by neither name nor birth date: asked, never linked. */
const ASKED = 2000
/** Two different spouses: what even a relative's number leaves is a question. */
export const OTHER_SPOUSE = BY_NUMBER - ASKED
/** Who is at home in both places, although one person in a hundred is counted twice: as in secondRowWeight. */
export const AT_HOME_TWICE = 6000

export interface FamilyContext {
  readonly table: RecordTable
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly thresholds: LinkThresholds
  readonly families: FamilyIndex
  readonly books: Pick<AloneInBook, 'weightOf'>
  /** Share of people with a second hukou (share-of-second-hukou.ts). */
  readonly secondHukou: number
}

export function linkSameFamily(context: FamilyContext): DecidedPair[] {
  const { table, groups, kernel, weights, thresholds, families, books, secondHukou } = context
  const c = table.columns
  const relatives = new Relatives(table, families.nameOf)
  const found: DecidedPair[] = []
  /**
   * Own name and spouse's name alone, against how many such couples there are by chance: where a few names are everybody's
   * (one-clan villages, counties of few given names) two couples of the same names are nothing unusual.
   */
  const byNamesOf = (left: number, right: number): number => {
    const [a, b] = [c.spouseId[left], c.spouseId[right]]
    const spouse = relatives.spouse(left)
    const couples = (weights.namesakes(c.name[left]) * weights.namesakes(spouse)) / weights.people
    const weight = Math.min(BY_NAMES_MAX, milliBits(secondHukou / (couples * BORN_NEAR)))
    return a !== 0 && b !== 0 && a !== b ? weight - OTHER_SPOUSE : weight
  }
  /** Both rows name a spouse, and the names have nothing in common. */
  const isOtherSpouse = (left: number, right: number): boolean => {
    const [a, b] = [relatives.spouse(left), relatives.spouse(right)]
    return a !== 0 && b !== 0 && kernel.nameLevel(a, b) >= NAME_LEVEL.surnameEqual
  }
  const consider = (rows: Int32Array, weightOf: (left: number, right: number) => number, relative: Relative): void => {
    for (const [i, left] of rows.entries())
      for (const right of rows.subarray(i + 1)) {
        const ra = groups.root(left)
        const rb = groups.root(right)
        if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) continue
        const pattern = kernel.compare(left, right)
        const likeness = likenessOf(pattern, relative, isOnDay(c.birth[left], c.birth[right]))
        if (likeness === 'none') continue
        const weight =
          (likeness === 'some' ? ASKED : weightOf(left, right)) +
          books.weightOf(groups, left, right) -
          (isOtherSpouse(left, right) ? OTHER_SPOUSE : 0) -
          (groups.present[ra] > 0 && groups.present[rb] > 0 ? AT_HOME_TWICE : 0)
        if (weight < REVIEW_FROM) continue
        const isLink = probabilityOf(weight) >= thresholds.link
        found.push({ left, right, pattern, weight, decision: isLink ? 'link' : 'review' })
        if (isLink) groups.join(left, right)
      }
  }
  for (const rows of listsIn(families.bySpouse)) consider(rows, () => BY_NUMBER, 'spouse')
  for (const rows of listsIn(families.byParent)) consider(rows, () => BY_NUMBER, 'parent')
  for (const rows of listsIn(families.byNames)) consider(rows, byNamesOf, 'couple')
  return found
}

/** How the rows share a family: the spouse's number, the own name and a parent's number, the names of a couple. */
type Relative = 'spouse' | 'parent' | 'couple'

/**
 * Whether two rows of one family can be one person (`same`), or only might (`some`). Who marries twice does not marry
 * people of one birth date (beside a parent these would be twins), nor of one name and age.
 */
function likenessOf(pattern: number, relative: Relative, onDay: boolean): 'same' | 'some' | 'none' {
  const birth = birthLevelOf(pattern)
  const name = nameLevelOf(pattern)
  if (sexLevelOf(pattern) !== SEX_LEVEL.equal || birth === BIRTH_LEVEL.missing) return 'none'
  if (relative === 'spouse' && birth === BIRTH_LEVEL.dateEqual) return 'same'
  if (name === NAME_LEVEL.missing || (birth > BIRTH_LEVEL.nearYear && !onDay)) return 'none'
  if (name <= NAME_LEVEL.variant) return 'same'
  if (relative !== 'spouse' || name > NAME_LEVEL.surnameEqual) return 'none'
  // Another given name: a second hukou was often made under one, with the birth moved by a month or a year. A brother may
  // have married the widow, but was hardly born the same day of another month or year.
  return birth < BIRTH_LEVEL.yearEqual || onDay ? 'same' : 'some'
}
