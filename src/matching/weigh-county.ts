/**
 * Pattern + names → match weight: integers of milli-bits that add up exactly.
 *
 * In:  a CountyModel and name frequencies. Out: the prior and one weight per comparison for a pair.
 * Names weigh by their own frequency, in the county and in the village, whichever is more common; birth and sex weigh
 * little beside an equal or nearly equal number, which contains both.
 */
import { CENSUS, POLICE } from '../registers/columns.ts'
import { isYearAlone } from './compare/birth.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL } from './compare/levels.ts'
import { isCalledByGiven, saySameSurname } from './compare/name.ts'
import { COMPARISONS } from './comparisons.ts'
import { type CountyModel, ID_STATE } from './county-model.ts'
import { idLevelOf, nameLevelOf, PAIR_CLASS, PLACE_LEVEL, pairClassOf, placeLevelOf } from './kernel.ts'
import { EXPECTS, openHukouOf, standingOf } from './expected-partners.ts'
import { LINE_WORDS, presenceOf, registerOf, WORD } from './packed-records.ts'
import { EthnicityWeights } from './weigh/ethnicity.ts'
import type { NameFrequencies } from './weigh/name-frequencies.ts'

/** Between two people of one number: half were born the same day (numbers given twice), half were not (borrowed). */
const U_BIRTH_SAME = [0, 0.4, 0.1, 0.01, 0.005, 0.03, 0.005, 0.02, 0.03, 0.05, 0.35]
/** Two people of nearly the same number were nearly always born on the same day. */
const U_BIRTH_NEAR = [0, 0.6, 0.3, 0.02, 0.005, 0.03, 0.005, 0.005, 0.01, 0.005, 0.02]

const SAME_NUMBER_PLACE_MAX = 1000
/** A second hukou under a second number is often made with a shifted birth date: for school, work or pension. */
const M_BIRTH_SECOND_NUMBER = [0, 0.35, 0.04, 0.04, 0.01, 0.2, 0.04, 0.18, 0.03, 0.09, 0.02]

/** Of names of which one says no more than a surname, as people say it who know no more: how often the other has it. */
const M_SURNAME = 0.5
/** Of pet names that repeat a character of the other's given name: how often they do, and how often by chance (two characters of 0.46 % each). */
const M_NICKNAME = 0.6
const U_NICKNAME = 0.01
/** In one village, where a generation shares a character. */
const U_NICKNAME_LOCAL = 0.03
const NICKNAME_WEIGHT = [milliBits(M_NICKNAME / U_NICKNAME), milliBits(M_NICKNAME / U_NICKNAME_LOCAL)] as const

/** Milli-bits of a bit. */
const MILLI = 1000
/** Where a birth is a year alone: seldom is the year wrong as well. */
const M_YEAR = 0.95

/** All weights are milli-bits. The same object tells one pair for an explanation and millions for linking. */
export class CountyWeights {
  private readonly frequencies: NameFrequencies
  private readonly lines: Int32Array
  private readonly tables: readonly ClassTables[]
  /** EXPECTS bits and standing of each row. */
  readonly expects: Uint8Array
  /** Milli-bits that an expected police row, or census row, adds to the prior. */
  private readonly bonus: readonly [police: number, census: number]
  /** Milli-bits that a standing of STANDINGS takes from the prior with a census row. */
  private readonly seldomCounted: readonly number[]
  private readonly ethnicity: EthnicityWeights

  /**
   * @param expects EXPECTS bits and standing of each row
   * @param ethnicity code of each row, 0 unknown
   */
  constructor(
    model: CountyModel,
    frequencies: NameFrequencies,
    lines: Int32Array,
    expects: Uint8Array,
    ethnicity: Uint8Array,
  ) {
    this.expects = expects
    this.ethnicity = new EthnicityWeights(model.ethnicity, ethnicity)
    const [police, census] = model.unmatched
    this.bonus = [milliBits(1 / police), milliBits(1 / census)]
    this.seldomCounted = model.counted.map(milliBits)
    this.frequencies = frequencies
    this.lines = lines
    this.tables = model.classes.map((c) => {
      const weights = COMPARISONS.map((_, k) => c.m[k].map((m, l) => (l === 0 ? 0 : milliBits(m / c.u[k][l]))))
      const birth = c.m[1]
      return {
        prior: milliBits(c.lambda / (1 - c.lambda)),
        weights,
        mName: c.m[0],
        nameLocal: c.m[0].map((m, l) => (l === 0 ? 0 : milliBits(m / Math.max(c.u[0][l], c.uNameLocal[l])))),
        surname: [surnameWeight(c.u[0]), Math.min(surnameWeight(c.u[0]), surnameWeight(c.uNameLocal))],
        // Levels 1 to 4 have the year too.
        year: milliBits(M_YEAR / (c.u[1][1] + c.u[1][2] + c.u[1][3] + c.u[1][4] + c.u[1][BIRTH_LEVEL.yearEqual])),
        birthSecondNumber: M_BIRTH_SECOND_NUMBER.map((m, l) => (l === 0 ? 0 : milliBits(m / c.u[1][l]))),
        birthUnnumbered: c.mBirthUnnumbered.map((m, l) => (l === 0 ? 0 : milliBits(m / c.u[1][l]))),
        birth: [
          weights[1],
          birth.map((m, l) =>
            l === 0 ? 0 : milliBits(mergedBirth(birth, l, m) / mergedBirth(U_BIRTH_SAME, l, U_BIRTH_SAME[l])),
          ),
          birth.map((m, l) =>
            l === 0 ? 0 : milliBits(mergedBirth(birth, l, m) / mergedBirth(U_BIRTH_NEAR, l, U_BIRTH_NEAR[l])),
          ),
        ],
      }
    })
  }

  /** People whose names were counted. */
  get people(): number {
    return this.frequencies.total
  }

  /** How many others of them bear the name, as expected of one person more. */
  namesakes(name: number): number {
    return this.frequencies.chance(name, 0) * this.people
  }

  /** As namesakes, where another row of the name may be the same person and is not counted. */
  namesakesBeside(name: number): number {
    return this.frequencies.chance(name, 0, 1) * this.people
  }

  /** λ of the pair's class; more where a row must have its partner in the other register, less for who is seldom there. */
  prior(left: number, right: number, pattern: number): number {
    const pairClass = pairClassOf(pattern)
    return (
      this.tables[pairClass].prior + this.expectation(left, right, pairClass) + this.absence(left, right, pairClass)
    )
  }

  /**
   * What it takes away that the one of a census row and another who has left the register, or died, is seldom counted, and that
   * an infant whose hukou is left open has seldom got one.
   */
  private absence(left: number, right: number, pairClass: number): number {
    const { expects, lines } = this
    if (pairClass === PAIR_CLASS.policeCensus)
      return this.seldomCounted[standingOf(expects[left])] - MILLI * openHukouOf(expects[right])
    // Of two census rows, one that knows of a hukou speaks of somebody registered.
    if (pairClass === PAIR_CLASS.censusCensus)
      return -MILLI * Math.abs(openHukouOf(expects[left]) - openHukouOf(expects[right]))
    // The census comes before the registers of births and deaths.
    return pairClass === PAIR_CLASS.other && registerOf(lines[left * LINE_WORDS + WORD.packed]) === CENSUS
      ? this.seldomCounted[standingOf(expects[right])]
      : 0
  }

  /** What it adds that a row of the pair must have such a partner. Spent once the row has one. */
  expectation(left: number, right: number, pairClass: number): number {
    const { expects, lines } = this
    if (pairClass === PAIR_CLASS.censusCensus)
      return (expects[left] & expects[right] & EXPECTS.census) !== 0 &&
        presenceOf(lines[left * LINE_WORDS + WORD.packed]) !== presenceOf(lines[right * LINE_WORDS + WORD.packed])
        ? this.bonus[1]
        : 0
    // The police row is the left one: registers come in order.
    return registerOf(lines[left * LINE_WORDS + WORD.packed]) === POLICE && (expects[right] & EXPECTS.police) !== 0
      ? this.bonus[0]
      : 0
  }

  /** Weight of a whole pair, prior included. */
  weigh(left: number, right: number, pattern: number): number {
    let sum = this.prior(left, right, pattern) + this.nameWeight(left, right, pattern)
    sum += this.birthWeight(left, right, pattern)
    for (let k = 2; k < COMPARISONS.length; k++) sum += this.comparisonWeight(k, pattern)
    return sum + this.ethnicityWeight(left, right, pattern)
  }

  /** Stands in no pattern: it goes by the value. */
  ethnicityWeight(left: number, right: number, pattern: number): number {
    return this.ethnicity.weightOf(left, right, pattern)
  }

  /** Weight of comparison number k (order of COMPARISONS). */
  weightOf(k: number, left: number, right: number, pattern: number): number {
    if (k === 0) return this.nameWeight(left, right, pattern)
    if (k === 1) return this.birthWeight(left, right, pattern)
    return this.comparisonWeight(k, pattern)
  }

  nameWeight(left: number, right: number, pattern: number): number {
    const t = this.tables[pairClassOf(pattern)]
    const level = nameLevelOf(pattern)
    const place = placeLevelOf(pattern)
    const local = place === PLACE_LEVEL.village || place === PLACE_LEVEL.sameVillageHere
    if (level === NAME_LEVEL.missing) return this.saySameSurname(left, right) ? t.surname[local ? 1 : 0] : 0
    if (level <= NAME_LEVEL.homophone) {
      const { lines, frequencies } = this
      const a = lines[left * LINE_WORDS + WORD.name]
      const b = lines[right * LINE_WORDS + WORD.name]
      // The more frequent of the two names: symmetric, and careful.
      const village = local ? lines[left * LINE_WORDS + WORD.hukouArea] || lines[right * LINE_WORDS + WORD.area] : 0
      const chance =
        level === NAME_LEVEL.homophone
          ? Math.max(frequencies.soundChance(a), frequencies.soundChance(b))
          : Math.max(frequencies.chance(a, village), a === b ? 0 : frequencies.chance(b, village))
      return milliBits(t.mName[level] / chance)
    }
    const weight = local ? t.nameLocal[level] : t.weights[0][level]
    return (level === NAME_LEVEL.oneOther || level === NAME_LEVEL.givenEqual) && this.isNickname(left, right)
      ? Math.max(weight, NICKNAME_WEIGHT[local ? 1 : 0])
      : weight
  }

  /** Of two rows whose names say nothing of each other: whether they have one surname all the same. */
  saySameSurname(left: number, right: number): boolean {
    const { lines, frequencies } = this
    return saySameSurname(
      frequencies.names,
      lines[left * LINE_WORDS + WORD.name],
      lines[right * LINE_WORDS + WORD.name],
    )
  }

  /** Whether nothing is known of the name on one side, not even a surname. */
  isNameless(left: number, right: number, pattern: number): boolean {
    return nameLevelOf(pattern) === NAME_LEVEL.missing && !this.saySameSurname(left, right)
  }

  /** Of two names that share a character: whether one of them is a pet name, or a given name alone (丽萍 or 萍 for 张丽萍). */
  isNickname(left: number, right: number): boolean {
    const { lines, frequencies } = this
    const { names } = frequencies
    const a = lines[left * LINE_WORDS + WORD.name]
    const b = lines[right * LINE_WORDS + WORD.name]
    if (names.isPetName(a) || names.isPetName(b) || isCalledByGiven(names, a, b)) return true
    return names.length(a) !== names.length(b) && Math.min(names.length(a), names.length(b)) <= 2
  }

  /** Whether one of two rows says no more of the birth than the year. */
  isYearAlone(left: number, right: number): boolean {
    const { lines } = this
    return isYearAlone(lines[left * LINE_WORDS + WORD.birth], lines[right * LINE_WORDS + WORD.birth])
  }

  private birthWeight(left: number, right: number, pattern: number): number {
    const pairClass = pairClassOf(pattern)
    const t = this.tables[pairClass]
    const id = idLevelOf(pattern)
    const level = (pattern >>> COMPARISONS[1].shift) & 15
    // One year is little where the months differ, and all that can agree where one of them is not known.
    if (level === BIRTH_LEVEL.yearEqual && this.isYearAlone(left, right))
      return idStateOf(id) === ID_STATE.free ? t.year : 0
    if (pairClass === PAIR_CLASS.policePolice && id === ID_LEVEL.bothValidDiffer) return t.birthSecondNumber[level]
    return id === ID_LEVEL.missing ? t.birthUnnumbered[level] : t.birth[idStateOf(id)][level]
  }

  private comparisonWeight(k: number, pattern: number): number {
    const t = this.tables[pairClassOf(pattern)]
    const level = (pattern >>> COMPARISONS[k].shift) & COMPARISONS[k].mask
    const weight = t.weights[k][level]
    // Numbers are borrowed and swapped inside a household: beside an equal number its place and address prove little.
    if ((k === 4 || k === 6) && weight > SAME_NUMBER_PLACE_MAX && idStateOf(idLevelOf(pattern)) === ID_STATE.same)
      return SAME_NUMBER_PLACE_MAX
    // A nearly equal number has told the sex already.
    if (k === 3 && idStateOf(idLevelOf(pattern)) === ID_STATE.near) return weight > 0 ? 0 : weight
    return weight
  }
}

interface ClassTables {
  readonly prior: number
  readonly weights: readonly (readonly number[])[]
  readonly mName: readonly number[]
  readonly nameLocal: readonly number[]
  /** Of names that have a surname in common and no more is said; in one village. */
  readonly surname: readonly [number, number]
  /** Of two births of one year, where one of them is a year alone. */
  readonly year: number
  readonly birthSecondNumber: readonly number[]
  /** Where a row has no number. */
  readonly birthUnnumbered: readonly number[]
  /** Birth weights by ID_STATE. */
  readonly birth: readonly (readonly number[])[]
}

/** Date equal and month equal are one statement beside a number: which it is depends on the register only. */
function mergedBirth(table: readonly number[], level: number, value: number): number {
  return level === BIRTH_LEVEL.dateEqual || level === BIRTH_LEVEL.monthKnown
    ? table[BIRTH_LEVEL.dateEqual] + table[BIRTH_LEVEL.monthKnown]
    : value
}

/** By the shares of the name levels among different people. */
function surnameWeight(u: readonly number[]): number {
  const shared = u.reduce((sum, p, l) => (l === NAME_LEVEL.givenEqual || l === NAME_LEVEL.different ? sum : sum + p), 0)
  return Math.max(0, milliBits(M_SURNAME / shared))
}

function idStateOf(idLevel: number): number {
  if (idLevel === ID_LEVEL.sameValid || idLevel === ID_LEVEL.sameUnproved) return ID_STATE.same
  return idLevel > ID_LEVEL.sameUnproved && idLevel <= ID_LEVEL.areaDiffers ? ID_STATE.near : ID_STATE.free
}

/** log2 in milli-bits, within ±60 bits: of a ratio of counts, either of which may be zero. */
export function milliBits(ratio: number): number {
  if (!(ratio > 0)) return -60_000
  return Math.max(-60_000, Math.min(60_000, Math.round(Math.log2(ratio) * 1000)))
}
