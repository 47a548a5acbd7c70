/**
 * How an unlisted police row would look if it were the second hukou of a given person, and how it would look if it were its own.
 *
 * In:  an unlisted row and a candidate. Out: the classes that birth and name fall into, and likelihood ratios: for each class how
 * often second hukou fall into it (learned by EM, learn.ts) by how often people do (counted). A brother or sister of the
 * candidate, of the same parents, is the other way to be as alike.
 */
import { NAME_LEVEL } from '../../../matching/compare/levels.ts'
import type { Kernel } from '../../../matching/kernel.ts'
import { sequence } from '../../../matching/random-pairs.ts'
import type { CountyWeights } from '../../../matching/weigh-county.ts'
import type { RecordTable } from '../../../records/record-table.ts'
import { renamingOf, TWIN } from '../renamed.ts'
import type { Relatives } from '../relatives.ts'
import type { Surnames } from '../surnames.ts'
import { isOnDay, isOnDayOfMonths, isOtherNumber } from '../twice-born-pairs.ts'
import type { Shares } from './candidates.ts'

/** How two births lie: one date; one day of a near year or of a farther one; a month beside; one month; one year, one year apart, two; farther. */
const BIRTHS = ['date', 'dayNear', 'dayFar', 'monthBeside', 'month', 'year', 'yearBeside', 'twoYears', 'far'] as const
/** How two names lie. */
const NAMES = ['same', 'surname', 'misread', 'atHome', 'oneOther', 'surnameEqual', 'other'] as const
type Birth = (typeof BIRTHS)[number]
type Name = (typeof NAMES)[number]

/** What is believed of second hukou before any is seen. */
export const USUAL_BIRTHS: readonly number[] = [0.42, 0.24, 0.06, 0.1, 0.04, 0.03, 0.05, 0.02, 0.04]
export const USUAL_NAMES: readonly number[] = [0.6, 0.1, 0.1, 0.03, 0.04, 0.1, 0.03]

/** Dates that a birth of a class may be written as, so that one of them is as likely as another. */
const DATES: Readonly<Record<Birth, number>> = {
  date: 1,
  dayNear: 4,
  dayFar: 6,
  monthBeside: 2,
  month: 29,
  year: 300,
  yearBeside: 730,
  twoYears: 730,
  far: Number.POSITIVE_INFINITY,
}
/** Of siblings of one sex: twins; born on one day of the year; too near each other for two births; a year or two apart. */
const SIBLING_BIRTHS: Readonly<Record<Birth, number>> = {
  date: TWIN * 2,
  dayNear: 0.35 / 365,
  dayFar: 0.4 / 365,
  monthBeside: 0.0001,
  month: 0.0001,
  year: 0.001,
  yearBeside: 0.1,
  twoYears: 0.25,
  far: 0.6,
}
const SIBLING_NAMES: Readonly<Record<Name, number>> = {
  same: 0.0005,
  surname: 0.002,
  misread: 0.01,
  atHome: 0.004,
  oneOther: 0.45,
  surnameEqual: 0.53,
  other: 0.02,
}
/** Brothers, of a man, or sisters, of a woman, whom the county has. */
const SIBLINGS = 0.7

/** Both rows name the relative: of second hukou; of strangers as many as bear the name. */
const RELATIVE_SAME = 0.9
const RELATIVE_ALIKE = 0.05
const RELATIVE_OTHER = 0.03
const ALIKE_BY_CHANCE = 0.01
/** Another number beside one name, or one number. */
const OTHER_NUMBER = 1 / 4096
const ONE_NUMBER = 16
/** People who have one mother, father or spouse by number. */
const CHILDREN = 2
/** A relative's name is nobody's alone. */
const BEARERS_MIN = 1

/** One good number: of second hukou one in seven; of people as many as share one with a stranger, who was born that day. */
const NUMBER_KEPT = 0.15
const NUMBER_SHARED = 0.001

const RANDOM_PAIRS = 50_000
const SEED = 0x5ec0d
/** Classes of names that chance makes more seldom are seen too seldom to be counted. */
const BY_CHANCE_MIN: Readonly<Record<Name, number>> = {
  same: 0,
  surname: 0,
  misread: 0.0002,
  atHome: 0.0003,
  oneOther: 0.005,
  surnameEqual: 0,
  other: 0.5,
}

/** A pair in classes: indices into BIRTHS and NAMES, and what all else says. */
export interface Likeness {
  readonly birth: number
  readonly name: number
  /** Likelihood ratios by class shares: multiplied with the share of second hukou in the classes. */
  readonly perBirth: number
  readonly perName: number
  /** Of all else. */
  readonly rest: number
  /** Of a sibling of the candidate against anybody, all told. */
  readonly sibling: number
  /** What a link may rest on: the spouse, or a parent of whom this is no twin, by name or number; the own name. Brothers and sisters are in the chance. */
  readonly isOfFamily: boolean
  readonly isOfName: boolean
}

/** What the relatives say: likelihood ratios of one person and of a sibling, and who agrees. */
interface Family {
  readonly one: number
  readonly sibling: number
  readonly isOfParents: boolean
  readonly isSpouse: boolean
}

export interface LikenessOfUnlistedContext {
  readonly table: RecordTable
  readonly kernel: Kernel
  readonly weights: CountyWeights
  readonly surnames: Surnames
}

export class UnlistedLikeness {
  private readonly context: LikenessOfUnlistedContext
  private readonly relatives: Relatives
  private readonly shares: Shares
  /** Share of pairs of strangers in each class of names. */
  private readonly byChance: Float64Array

  constructor(context: LikenessOfUnlistedContext, relatives: Relatives, shares: Shares, rows: readonly number[]) {
    this.context = context
    this.relatives = relatives
    this.shares = shares
    this.byChance = this.sampleNames(rows)
  }

  /** @param called names that the person of `other` bears or bore */
  of(row: number, other: number, called: Iterable<number>): Likeness {
    const c = this.context.table.columns
    const birth = birthClass(c.birth[row], c.birth[other])
    const isOneNumber = c.idNo[row] !== 0 && c.idNo[row] === c.idNo[other]
    const perBirth = isOneNumber ? 1 : this.perBirth(BIRTHS[birth], c.birth[row])
    const [name, perName] = this.bestName(c.name[row], called)
    const family = this.family(row, other)
    const number = isOneNumber ? (NUMBER_KEPT * this.shares.people) / NUMBER_SHARED : 1 - NUMBER_KEPT
    const sibling =
      SIBLINGS * family.sibling * SIBLING_BIRTHS[BIRTHS[birth]] * perBirth * SIBLING_NAMES[NAMES[name]] * perName
    return {
      birth,
      name,
      perBirth,
      perName,
      rest: family.one * number,
      sibling,
      isOfFamily: family.isSpouse || (family.isOfParents && !mayBeTwin(BIRTHS[birth], NAMES[name])),
      isOfName: NAMES[name] === 'same',
    }
  }

  /** How much oftener one date of the class is written than people have it. */
  private perBirth(birth: Birth, date: number): number {
    if (birth === 'far') return 1
    const { shares } = this
    const expected = shares.bornIn(date >> 9) / 365
    return shares.people / (DATES[birth] * Math.max(expected, shares.bornOn(date) - 1))
  }

  private bestName(name: number, called: Iterable<number>): readonly [number, number] {
    let best = NAMES.length - 1
    let most = 0
    for (const other of called) {
      const kind = this.nameClass(name, other)
      const ratio = this.perName(NAMES[kind], name)
      if (USUAL_NAMES[kind] * ratio <= most) continue
      most = USUAL_NAMES[kind] * ratio
      best = kind
    }
    return [best, this.perName(NAMES[best], name)]
  }

  /** How much oftener the name is this one than people have it. */
  private perName(kind: Name, name: number): number {
    const { shares, byChance } = this
    const { weights } = this.context
    switch (kind) {
      case 'same':
        return weights.people / Math.max(0.5, weights.namesakesBeside(name))
      case 'surname':
        return shares.people / Math.max(1, shares.ofGiven(name) - 1)
      case 'surnameEqual':
        return shares.people / Math.max(1, shares.ofSurname(name) - 1)
      default:
        return 1 / byChance[NAMES.indexOf(kind)]
    }
  }

  private nameClass(a: number, b: number): number {
    return NAMES.indexOf(this.nameOf(a, b))
  }

  private nameOf(a: number, b: number): Name {
    const { kernel, table } = this.context
    const level = kernel.nameLevel(a, b)
    if (level === NAME_LEVEL.missing || level === NAME_LEVEL.different) return 'other'
    if (level <= NAME_LEVEL.variant) return 'same'
    if (level === NAME_LEVEL.givenEqual) return 'surname'
    const renaming = renamingOf(table.names.text(a), table.names.text(b), level)
    if (renaming !== undefined) return renaming
    if (level === NAME_LEVEL.oneOther) return 'oneOther'
    return level === NAME_LEVEL.surnameEqual ? 'surnameEqual' : 'other'
  }

  private family(row: number, other: number): Family {
    const { relatives } = this
    const c = this.context.table.columns
    const mother = this.relative(relatives.mother(row), relatives.mother(other), c.motherId[row], c.motherId[other])
    const father = this.relative(
      relatives.father(row),
      relatives.father(other),
      c.fatherId[row],
      c.fatherId[other],
      c.name[row],
    )
    const spouse = this.relative(relatives.spouse(row), relatives.spouse(other), c.spouseId[row], c.spouseId[other])
    return {
      one: mother * father * spouse,
      // Brothers have one father and one mother, and marry two people.
      sibling: mother * father,
      isOfParents: mother > 1 || father > 1,
      isSpouse: spouse > 1,
    }
  }

  /** How much oftener the relative of one person is called so twice than anybody's. */
  private relative(a: number, b: number, idA: number, idB: number, child = 0): number {
    const { kernel, weights, surnames } = this.context
    const isOneNumber = idA !== 0 && idA === idB
    if (a === 0 || b === 0) return isOneNumber ? (RELATIVE_SAME * weights.people) / CHILDREN : 1
    const among = weights.people * (child === 0 ? 1 : surnames.shareOf(child, b))
    const level = a === b ? NAME_LEVEL.exact : kernel.nameLevel(a, b)
    if (level === NAME_LEVEL.missing) return 1
    if (level <= NAME_LEVEL.variant) {
      const ratio = Math.max(1, (RELATIVE_SAME * among) / Math.max(BEARERS_MIN, weights.namesakes(b)))
      if (isOtherNumber(idA, idB)) return ratio * OTHER_NUMBER
      return isOneNumber ? ratio * ONE_NUMBER : ratio
    }
    return level < NAME_LEVEL.givenEqual ? RELATIVE_ALIKE / ALIKE_BY_CHANCE : RELATIVE_OTHER
  }

  /** How names of two people lie, by pairs drawn of all. */
  private sampleNames(rows: readonly number[]): Float64Array {
    const { name } = this.context.table.columns
    const next = sequence(SEED)
    const counts = new Float64Array(NAMES.length)
    const draw = (): number => rows[Math.floor(next() * rows.length)]
    for (let i = 0; i < RANDOM_PAIRS; i++) {
      const [a, b] = [draw(), draw()]
      if (a !== b) counts[this.nameClass(name[a], name[b])]++
    }
    return counts.map((count, k) => Math.max(count / RANDOM_PAIRS, BY_CHANCE_MIN[NAMES[k]]))
  }
}

function mayBeTwin(birth: Birth, name: Name): boolean {
  return birth === 'date' && name !== 'same'
}

function birthClass(a: number, b: number): number {
  return BIRTHS.indexOf(birthOf(a, b))
}

function birthOf(a: number, b: number): Birth {
  const years = Math.abs((a >> 9) - (b >> 9))
  const haveDays = (a & 31) !== 0 && (b & 31) !== 0
  if (haveDays && a === b) return 'date'
  if (haveDays && isOnDay(a, b)) return years <= 2 ? 'dayNear' : 'dayFar'
  if (years === 0 && ((a >> 5) & 15) === ((b >> 5) & 15)) return 'month'
  if (isOnDayOfMonths(a, b)) return 'monthBeside'
  if (years === 0) return 'year'
  if (years === 1) return 'yearBeside'
  return years === 2 ? 'twoYears' : 'far'
}

/** Whether a key of candidates.ts brings births and names of such classes together, whatever the family says. */
export function isMet(birth: number, name: number): boolean {
  const [born, called] = [BIRTHS[birth], NAMES[name]]
  if (born === 'date') return true
  if (born === 'dayNear' || born === 'dayFar') return called !== 'other' && called !== 'atHome'
  return called === 'same' && born !== 'far'
}
