/**
 * Second hukou under a name that is not quite the first one: what brothers, sisters and twins would not be called.
 *
 * A second hukou is often made from memory or a form in somebody's hand, sometimes for another surname: 王泽翔 beside 汪泽翔 (misread), 李泽翔
 * (the mother's surname), 王小翔 or 王翔翔 (called so at home). Parents give no two children one given name, and seldom two
 * that sound or look alike. So beside one parent's name and one day of the year, what is left is one person, twins of
 * names alike, or chance.
 * In:  the names of two police rows and their level; births. Out: milli-bits.
 */
import { NAME_LEVEL } from '../../matching/compare/levels.ts'
import { milliBits } from '../../matching/weigh-county.ts'

/** Of second hukou under another name half keep the birth date, a third month and day; one in eight moves by more than two years. */
export const SAME_DATE = 0.5
export const SAME_MONTH_AND_DAY = 0.35
export const MOVED_FAR = 0.12
/** Strangers born on one day of one of so many days. */
export const BIRTH_DATES = 25_000

/**
 * What became of the name: another surname before the same given name, a misread name, a name at home. For each: of second hukou so
 * many bear such a name, and so many strangers, siblings born on one day of two years, and twins.
 */
const RENAMINGS = {
  surname: { second: 0.04, strangers: 0.001, siblings: 0, twins: 0 },
  misread: { second: 0.06, strangers: 0.0003, siblings: 0.005, twins: 0.02 },
  atHome: { second: 0.03, strangers: 0.001, siblings: 0.005, twins: 0.005 },
} as const
export type Renaming = keyof typeof RENAMINGS

/** One child in eighty has a twin of its sex; half of all have a brother or sister of theirs. */
export const TWIN = 1 / 80
const SIBLING_ON_DAY = 0.5 / 365

/** Nothing is impossible: clerks enter one child's line under another's name. */
const FLOOR = 1e-7

/** What people put before the last character of a name when they call somebody. */
const CALLING = new Set('小阿老大')

/**
 * How the name of one row may be the other's, undefined if it is another name or the same.
 * @param level NAME_LEVEL of the two
 */
export function renamingOf(left: string, right: string, level: number): Renaming | undefined {
  if (level === NAME_LEVEL.givenEqual) return keepsGivenName(left, right) ? 'surname' : undefined
  if (level > NAME_LEVEL.variant && level <= NAME_LEVEL.dropped) return 'misread'
  const [a, b] = [Array.from(left), Array.from(right)]
  return isCalledAtHome(a, b) || isCalledAtHome(b, a) ? 'atHome' : undefined
}

/** 王泽翔 and 李泽翔: one given name of two characters. One of a single character is too many people's: 欧阳兰, 朱倩兰. */
export function keepsGivenName(left: string, right: string): boolean {
  const [a, b] = [Array.from(left), Array.from(right)]
  return a.length > 2 && b.length > 2 && a.slice(-2).join('') === b.slice(-2).join('')
}

/** 王小翔, 王翔翔 and 王阿翔 for 王泽翔: names of three characters, which most are. */
function isCalledAtHome(called: readonly string[], full: readonly string[]): boolean {
  if (called.length !== 3 || full.length < 2 || full.length > 3) return false
  const last = called[2]
  return (
    called[0] === full[0] &&
    last === full[full.length - 1] &&
    (CALLING.has(called[1]) || called[1] === last) &&
    called[1] !== full[1]
  )
}

/**
 * Two births on one day of the year: that year itself, one of the four beside it, or one of six more.
 * @returns how many days those are, and the share of second hukou under another name that are so
 */
export function onDayOfYear(yearsApart: number): readonly [days: number, moved: number] {
  if (yearsApart === 0) return [1, SAME_DATE]
  return yearsApart <= 2 ? [4, SAME_MONTH_AND_DAY] : [6, MOVED_FAR]
}

/**
 * Born on one day of the year to a parent of one name.
 *
 * @param yearsApart between the births
 * @param parents how many people bear the parent's name
 * @param secondHukou share of people with a second hukou
 * @param isSure whether the other parent agrees as well: then no strangers are left
 */
export function weighRenamed(
  secondHukou: number,
  renaming: Renaming,
  yearsApart: number,
  parents: number,
  isSure: boolean,
): number {
  const { second, strangers, siblings, twins } = RENAMINGS[renaming]
  const [days, moved] = onDayOfYear(yearsApart)
  const byChance = isSure ? 0 : (days / BIRTH_DATES) * parents * strangers
  const family = yearsApart === 0 ? TWIN * twins : SIBLING_ON_DAY * siblings
  return milliBits((secondHukou * second * moved) / (byChance + family + FLOOR))
}

/**
 * Of one birth date and names alike: one person against twins of such names, whatever the county has of strangers.
 *
 * @param secondHukou share of people with a second hukou
 */
export function weighBesideTwins(secondHukou: number, renaming: Renaming): number {
  const { second, twins } = RENAMINGS[renaming]
  return milliBits((secondHukou * second * SAME_DATE) / (TWIN * twins + FLOOR))
}

/**
 * One row's former name 曾用名 is the name of the other, and both are born on one day of the year.
 *
 * Whoever changed his name has the other hukou under the old one, or it would be known by the new one; of strangers as many as bear
 * that name are born on that day. No parents call a child what its brother or sister was called before, so a family adds none.
 *
 * @param secondHukou share of people with a second hukou
 * @param yearsApart between the births
 * @param namesakes how many others bear the former name
 * @param family share of strangers who have relatives of these names too, 1 if none is known
 */
export function weighFormerName(secondHukou: number, yearsApart: number, namesakes: number, family: number): number {
  const [days, moved] = onDayOfYear(yearsApart)
  return milliBits((secondHukou * moved) / ((days / BIRTH_DATES) * namesakes * family + FLOOR))
}

/** Milli-bits of one person against two explanations together, weighed by itself against each. */
export function againstBoth(one: number, other: number): number {
  return -milliBits(2 ** (-one / 1000) + 2 ** (-other / 1000))
}
