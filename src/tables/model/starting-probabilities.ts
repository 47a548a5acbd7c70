/**
 * Where EM begins: which patterns may be matches before anything is known of the tables.
 *
 * In:  patterns, usual m, u as random pairs show it. Out: a probability per pattern of candidates, and the bits of each level.
 */
import type { DependentInput } from './dependent-input.ts'
import { JointTables } from './trees.ts'

/** Bits that half of a full name is worth for its person, at most, before anything is known: relatives share it. */
const HALF_A_NAME = -3
/** Bits: what a pair must say at least to begin as a match, and beyond which it is certain, for or against. */
const ASKED_LEAST = 4
const SURE = 30
/**
 * Pairs of usual strangers taken as seen in any table. A dozen rows make 66 pairs: by themselves they say of no agreement that
 * strangers show it in less than one pair of a hundred, and three copies among them look like chance.
 */
const STRANGERS_SEEN = 100

/** Adds the strangers that every table is taken to have shown, to the columns of which they are known. */
export function addUsualStrangers(u: JointTables, usualU: DependentInput['usualU']): void {
  usualU?.forEach((usual, c) => {
    usual?.forEach((share, l) => {
      u.singles[c][l] += STRANGERS_SEEN * share
    })
  })
}

/**
 * Before anything is known: usual m against measured u, no single column counting for more than seven bits, so that
 * an address and its postcode alone cannot make a match of two strangers in one house.
 */
export function startingProbabilities(input: DependentInput): { matches: Float64Array; table: Float64Array[] } {
  const { candidates, outside, levelCounts, usualM } = input
  const width = levelCounts.length
  const u = new JointTables(levelCounts)
  u.addAll(outside, outside.counts)
  u.scale(input.outsideScale)
  const inside = new JointTables(levelCounts)
  inside.addAll(candidates, candidates.counts)
  u.addTables(inside)
  addUsualStrangers(u, input.usualU)
  const table = levelCounts.map((levels, c) => {
    if (input.areSilent?.[c] === true) return new Float64Array(levels)
    // Where nothing is known beforehand no level is out of the question.
    const unseen = input.usualU?.[c] === undefined ? 1 : 1 / levels
    const total = u.singles[c].reduce((sum, count) => sum + count, 0) + levels * unseen
    const usual = input.isToldStrangers === true ? input.usualU?.[c] : undefined
    return Float64Array.from({ length: levels }, (_, l) => {
      if (l === 0) return 0
      const share = usual === undefined ? (u.singles[c][l] + unseen) / total : usual[l]
      return Math.max(Math.min(Math.log2(usualM[c][l] / share), 7), -5)
    })
  })
  const most = table.map((bits) => Math.max(...bits))
  const evidence = new Float64Array(candidates.count)
  const could = new Float64Array(candidates.count)
  const ofTitle = new Float64Array(candidates.count)
  const ofPerson = new Float64Array(candidates.count)
  const personal = levelCounts.map((_, c) => (input.areTitles?.[c] === true ? 0 : (input.personalLevels?.[c] ?? 0)))
  for (let i = 0; i < candidates.count; i++)
    for (let c = 0; c < width; c++) {
      const level = candidates.levels[i * width + c]
      evidence[i] += table[c][level]
      // Of what is common to hundreds of copies no column says much; that all agree is as much as they could say.
      if (level > 0 && input.ofParts?.[c] !== true)
        could[i] += level <= (input.exactCounts?.[c] ?? 0) ? Math.max(table[c][level], 0) : most[c]
      if (input.areTitles?.[c] === true) ofTitle[i] += table[c][level]
      if (personal[c] > 0 && level > 0)
        ofPerson[i] += level <= personal[c] ? table[c][level] : Math.min(table[c][level], HALF_A_NAME)
    }
  const asking = (part: number) =>
    evidence.map((bits, i) => {
      // Whose titles speak against it is a sibling rather than a match, however much is shared; whose names and birth dates
      // do is a member of the household.
      const own = Math.min(ofTitle[i], ofPerson[i])
      const over = Math.min(bits - Math.max(part * could[i], ASKED_LEAST), own < 0 ? own : SURE)
      return 1 / (1 + 2 ** -Math.max(Math.min(over, SURE), -SURE))
    })
  const areAny = (matches: Float64Array) => matches.reduce((sum, p, i) => sum + p * candidates.counts[i], 0) >= 1
  // A pair that could say a lot and says half of it is no model of a match. Where no pair says so much, columns in which
  // even matches differ (remarks, dates of entry) ask too much: less must do.
  // Nor need so much be asked where titles keep siblings out.
  if (input.partAsked !== undefined) return { matches: asking(input.partAsked), table }
  const half = input.areTitles?.includes(true) === true ? asking(0.3) : asking(0.45)
  return { matches: areAny(half) ? half : asking(0.3), table }
}
