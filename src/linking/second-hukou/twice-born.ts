/**
 * Second hukou that no number of a relative tells, but the family's names and births do.
 *
 *   name and a parent's or spouse's name the child or spouse of somebody of this name, born within a few years
 *   one parent by number                 two children of a mother are not born a few weeks or months apart, seldom on one
 *                                        day of two years, and seldom marry people of one name; on such a day a name of
 *                                        one sound or shape is rather a slip
 *   birth day and spouse's name          born that day, married to somebody of this name, under another given name
 *   name and birth day                   of this name, born that day of another year
 *   name, alone in the book              of this name, born within two years
 *   number                               another given name of the same surname under one number
 *   a parent's name and the day          another name that may be his own: renamed.ts
 *   a former name and the day            the name that the other row says was his: renamed.ts
 *
 * Each weighs by how many such families chance makes (twice-born-likeness.ts): where a few names are everybody's, names say
 * little. Against it speak another parent or spouse, another sex, and that both are at home where they are registered.
 * In:  pairs of twice-born-pairs.ts, groups after same-family.ts. Out: links of layer `household`,
 * likely and unlikely pairs; absent-hukou.ts asks the census about those, and what stays unlikely is dropped.
 */
import { NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { nameLevelOf, PAIR_CLASS, sexLevelOf } from '../../matching/kernel.ts'
import type { FamilyIndex } from '../family-index.ts'
import type { Groups } from '../groups.ts'
import type { DecidedPair, LinkThresholds } from '../pair-decisions.ts'
import { probabilityOf } from '../people.ts'
import type { AloneInBook } from './alone-in-book.ts'
import { Relatives } from './relatives.ts'
import { AT_HOME_TWICE, OTHER_SPOUSE } from './same-family.ts'
import { type LikenessContext, type LikenessOf, TwiceBornLikeness } from './twice-born-likeness.ts'

/** Milli-bits: what the absence of one in the census cannot make likely is not kept. */
const KEPT_FROM = -4000

export interface TwiceBornContext extends LikenessContext {
  readonly groups: Groups
  readonly thresholds: LinkThresholds
  readonly families: FamilyIndex
  readonly books: Pick<AloneInBook, 'weightOf'>
}

/** Kinds of pairs one after the other, the surest first: what one kind has joined the next does not ask about. */
export function linkTwiceBorn(context: TwiceBornContext): DecidedPair[] {
  const pairs = context.families.twiceBorn
  const relatives = new Relatives(context.table, context.families.nameOf)
  const likeness = new TwiceBornLikeness(context, relatives)
  const joiner = new TwiceBornJoiner(context, relatives)
  joiner.joinAll(pairs.byMother, (left, right, pattern) => likeness.byMother(left, right, pattern))
  joiner.joinAll(pairs.byFather, (left, right, pattern) => likeness.byFather(left, right, pattern))
  joiner.joinAll(pairs.bySpouse, (left, right, pattern) => likeness.bySpouse(left, right, pattern))
  joiner.joinAll(pairs.siblings, (left, right, pattern) => likeness.bySiblings(left, right, pattern))
  joiner.joinAll(pairs.siblingsOfFather, (left, right, pattern) => likeness.bySiblings(left, right, pattern))
  joiner.joinAll(pairs.byMotherDay, (left, right) => likeness.byMotherDay(left, right))
  joiner.joinAll(pairs.byFatherDay, (left, right) => likeness.byFatherDay(left, right))
  joiner.joinAll(pairs.byBirthday, (left, right, pattern) => likeness.byBirthday(left, right, pattern))
  joiner.joinAll(pairs.byNameDay, (left) => likeness.byNameDay(left))
  joiner.joinAll(pairs.byNameAlone, (left) => likeness.byNameAlone(left))
  joiner.joinAll(pairs.byFormerName, (left, right) => likeness.byFormerName(left, right))
  joiner.joinAll(pairs.byNumber, (_left, _right, pattern) => likeness.byNumber(pattern))
  return joiner.found
}

/** Joins what is likely enough and collects what was decided; what speaks against every kind of pair is weighed here. */
class TwiceBornJoiner {
  readonly found: DecidedPair[] = []
  private readonly context: TwiceBornContext
  private readonly relatives: Relatives

  constructor(context: TwiceBornContext, relatives: Relatives) {
    this.context = context
    this.relatives = relatives
  }

  /** @param pairs (left, right) after (left, right) */
  joinAll(pairs: Int32Array, likenessOf: LikenessOf): void {
    for (let k = 0; k < pairs.length; k += 2) this.consider(pairs[k], pairs[k + 1], likenessOf)
  }

  private consider(left: number, right: number, likenessOf: LikenessOf): void {
    const { groups, kernel, thresholds, books } = this.context
    const ra = groups.root(left)
    const rb = groups.root(right)
    if (ra === rb || groups.isForbidden(ra, rb) || groups.shareHousehold(ra, rb)) return
    const pattern = kernel.compare(left, right)
    const isOneSex = sexLevelOf(pattern) === SEX_LEVEL.equal
    if (!isOneSex && !this.isSexWrong(left, right, pattern)) return
    const likeness = likenessOf(left, right, pattern)
    if (likeness === undefined) return
    const weight =
      likeness +
      books.weightOf(groups, left, right) +
      (isOneSex ? 0 : this.context.inFamily.sex[PAIR_CLASS.policePolice][SEX_LEVEL.different]) -
      (this.areOtherFamily(left, right) ? OTHER_SPOUSE : 0) -
      (groups.present[ra] > 0 && groups.present[rb] > 0 ? AT_HOME_TWICE : 0)
    if (weight < KEPT_FROM) return
    const isLink = probabilityOf(weight) >= thresholds.link
    this.found.push({ left, right, pattern, weight, decision: isLink ? 'link' : 'review' })
    if (isLink) groups.join(left, right)
  }

  /** A number tells the sex: where both rows have one, they are of two sexes. Of one name and family it is a slip. */
  private isSexWrong(left: number, right: number, pattern: number): boolean {
    const { idNo } = this.context.table.columns
    const name = nameLevelOf(pattern)
    return name !== NAME_LEVEL.missing && name <= NAME_LEVEL.variant && (idNo[left] === 0 || idNo[right] === 0)
  }

  private areOtherFamily(left: number, right: number): boolean {
    const { relatives } = this
    return (
      this.areOthers(relatives.spouse(left), relatives.spouse(right)) ||
      this.areOthers(relatives.father(left), relatives.father(right)) ||
      this.areOthers(relatives.mother(left), relatives.mother(right))
    )
  }

  private areOthers(a: number, b: number): boolean {
    return a !== 0 && b !== 0 && a !== b && this.context.kernel.nameLevel(a, b) >= NAME_LEVEL.givenEqual
  }
}
