/**
 * Companions: pairs of different persons who share a home, a telephone, a family name. A third class beside matches and
 * strangers, so that EM need not call the members of a household one person for want of a better word.
 *
 * In:  patterns, levels, which columns belong to one person only (given name, birth date). Out: log2 probabilities of the
 *      class per level. What tells it from matches is what is personal: there companions fall as strangers do (a strong
 *      prior), in the other columns as the data say. Columns are independent within the class.
 */
import type { Patterns } from '../compare/patterns.ts'

export interface Companions {
  /** Share of the pairs that are not matches. */
  readonly share: number
  /** log2 P(level | companions) per comparison; [0], missing, is 0. */
  readonly logMarginals: readonly Float64Array[]
}

/** Parts in which a companion's personal columns are held to what strangers show. */
const PERSONAL_STRENGTH = 2
/** Siblings share words of a title hardly more often than strangers do: who shares them may well be the same thing. */
const TITLE_STRENGTH = 30
/** Part of what shared columns could say that must be said before anything is known: of persons, of things with a title or a code of their own. */
const SHARED_PART = 0.45
const SHARED_PART_OF_THINGS = 0.3
const SHARED_STRENGTH = 8
/** Companions who are of one birth date (twins) or one name (father and son): no strangers in that, but companions. */
const TWINS = 0.03
/** Matches of which, at most, nothing personal agrees any more, per match. */
const DAMAGED = 0.03

/** Companions from which a level is one they show. */
const MET = 0.5

export function companionEvidence(companions: Companions, levels: Uint8Array, at: number): number {
  let sum = 0
  for (let c = 0; c < companions.logMarginals.length; c++) sum += companions.logMarginals[c][levels[at + c]]
  return sum
}

/** Before anything is known: what is shared agrees, what is personal does not. `table` holds bits per level. */
export function startingCompanions(
  candidates: Patterns,
  table: readonly Float64Array[],
  personalLevels: readonly number[],
  areThings: boolean,
  matches: Float64Array,
): Float64Array {
  const width = table.length
  const most = table.map((bits) => Math.max(...bits.subarray(1)))
  const part = areThings ? SHARED_PART_OF_THINGS : SHARED_PART
  return Float64Array.from({ length: candidates.count }, (_, i) => {
    let shared = 0
    let personal = 0
    let could = 0
    for (let c = 0; c < width; c++) {
      const level = candidates.levels[i * width + c]
      if (level === 0) continue
      if (personalLevels[c] > 0) personal += table[c][level]
      else {
        shared += areThings ? Math.max(table[c][level], 0) : table[c][level]
        could += most[c]
      }
    }
    const bits = shared - Math.max(part * could, 4) - Math.max(personal, 0)
    return (1 - matches[i]) / (1 + 2 ** -Math.max(Math.min(bits, 30), -30))
  })
}

/** What is known of the columns before companions are weighed; lists go by column. */
export interface CompanionColumns {
  readonly levelCounts: readonly number[]
  /** Levels from 1 up to this tell companions apart; 0 of a column that they may share. */
  readonly personalLevels: readonly number[]
  /** m of each level among usual matches. */
  readonly usualM: readonly (readonly number[])[]
  /** Titles of works and things, which no two companions have alike. */
  readonly titles: readonly boolean[]
  /** Companions are things (the tracks of an album), not people of one home. */
  readonly areThings: boolean
  /** Columns that say nothing in this fit. */
  readonly areSilent?: readonly boolean[]
}

/** Where EM stands: what it takes for strangers and for matches in this round. */
export interface CompanionRound {
  /** u of each level, by column. */
  readonly strangers: readonly Float64Array[]
  readonly matches: number
  /** All pairs that could be: also those that no rule proposes. */
  readonly pairsTotal: number
  /** The first rounds: a class of things is given time to grow. */
  readonly isYoung: boolean
}

/**
 * The class of companions as the candidates show it; undefined where it is not worth its free numbers.
 * @param weights pairs of each pattern that are companions
 */
export function companionsOf(
  candidates: Patterns,
  weights: Float64Array,
  { levelCounts, personalLevels, usualM, titles, areThings, areSilent }: CompanionColumns,
  { strangers, matches, pairsTotal, isYoung }: CompanionRound,
): Companions | undefined {
  const width = levelCounts.length
  const singles = levelCounts.map((levels) => new Float64Array(levels))
  let total = 0
  for (let i = 0; i < candidates.count; i++) {
    const weight = weights[i]
    if (weight < 1e-9) continue
    total += weight
    for (let c = 0; c < width; c++) singles[c][candidates.levels[i * width + c]] += weight
  }
  const logMarginals = singles.map((single, c) => {
    if (areSilent?.[c] === true) return new Float64Array(single.length)
    const held = personalLevels[c]
    const levels = single.length
    const known = sumOf(single, 1, levels)
    const usual = usualM[c]
    // Levels 1 … held fall as among strangers, but for twins; the others as the data say.
    const strength =
      held > 0 ? Math.max(SHARED_STRENGTH, (titles[c] ? TITLE_STRENGTH : PERSONAL_STRENGTH) * known) : SHARED_STRENGTH
    const usualTotal = sumOf(usual, 1, levels)
    // No two tracks of one album have one title.
    const twins = titles[c] ? 0 : TWINS
    const heldShare = (l: number) => (1 - twins) * strangers[c][l] + (twins * usual[l]) / usualTotal
    let heldMass = 0
    for (let l = 1; l <= held; l++) heldMass += (single[l] + strength * heldShare(l)) / (known + strength)
    const freeKnown = sumOf(single, held + 1, levels)
    const freeUsual = sumOf(usual, held + 1, levels)
    return Float64Array.from(single, (count, l) => {
      if (l === 0) return 0
      if (l <= held) return Math.log2((count + strength * heldShare(l)) / (known + strength))
      const share = (count + (SHARED_STRENGTH * usual[l]) / freeUsual) / (freeKnown + SHARED_STRENGTH)
      return Math.log2(Math.max(1 - heldMass, 1e-6) * share)
    })
  })
  // A class must be worth its free numbers (Figueiredo & Jain 2002: half a pair for each; what no companion shows is not
  // free but as usual) and more than a name for
  // matches damaged in every personal column, or it goes.
  let free = 0
  if (!areThings)
    for (let c = 0; c < width; c++) {
      if (areSilent?.[c] === true) continue
      let met = 0
      for (let l = personalLevels[c] + 1; l < levelCounts[c]; l++) if (singles[c][l] >= MET) met++
      free += Math.max(met - 1, 0)
    }
  const worth = Math.max(total - 0.5 * free - DAMAGED * matches, isYoung && areThings ? total / 2 : 0)
  return worth <= 0 ? undefined : { share: Math.min(worth / Math.max(pairsTotal - matches, 1), 0.5), logMarginals }
}

function sumOf(list: ArrayLike<number>, from: number, to: number): number {
  let sum = 0
  for (let l = from; l < to; l++) sum += list[l]
  return sum
}
