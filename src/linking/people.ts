/**
 * Links and people: what linking hands to findings, report and review.
 *
 * A person is a group of rows; person numbers follow the smallest row of each group, so they depend on values only.
 * Weights are integers of milli-bits (1,000 = one log2 unit): the sum is the same in any order on any engine.
 */

/** How firmly a row belongs to its person. */
export const ATTACHMENT = {
  /** The person's only row. */
  alone: 0,
  /** Joined by a link that a person should look at when much depends on it. */
  probable: 1,
  certain: 2,
} as const

/** The strictest layer that made a link. */
export const LAYERS = ['person_no', 'exact', 'statistical', 'household', 'leftover', 'review', 'decision'] as const
export type Layer = (typeof LAYERS)[number]

export const DECISION = { link: 0, review: 1 } as const

/** Pairs worth a line in links.csv, as parallel arrays sorted by (left, right); left < right always. */
export interface Links {
  readonly count: number
  readonly left: Int32Array
  readonly right: Int32Array
  /** Match weight in milli-bits, prior included. */
  readonly weight: Int32Array
  /** DECISION.link or DECISION.review */
  readonly decision: Uint8Array
  /** Index into LAYERS. */
  readonly layer: Uint8Array
}

export interface People {
  readonly count: number
  /** Person number of every row. */
  readonly personOf: Int32Array
  /** rows[rowStart[p] … rowStart[p + 1]) are person p's rows, ascending. */
  readonly rowStart: Int32Array
  readonly rows: Int32Array
  /** ATTACHMENT of every row. */
  readonly attachment: Uint8Array
}

/** More than any row, any name and any number of a dictionary: two of them make one exact number. */
export const NUMBER_BASE = 2 ** 26

/** One number for a pair of rows or of households, in either order. */
export function pairKey(a: number, b: number): number {
  return a < b ? a * NUMBER_BASE + b : b * NUMBER_BASE + a
}

/** Match probability of a weight in milli-bits. 2^2000 would overflow, 2^-2000 does not. */
export function probabilityOf(weightMilliBits: number): number {
  const odds = 2 ** (-Math.abs(weightMilliBits) / 1000)
  return weightMilliBits >= 0 ? 1 / (1 + odds) : odds / (1 + odds)
}

/** Beyond this a rival leaves a pair no chance: its odds are not told from certainty, and stay finite. Milli-bits. */
const RIVAL_AHEAD_MAX = 20_000

/** Odds of a rival relative to a pair, from the milli-bits of both. */
export function oddsOfRival(rival: number, weight: number): number {
  return 2 ** (Math.min(RIVAL_AHEAD_MAX, rival - weight) / 1000)
}

/**
 * Match probability of a pair beside its rivals: 2^w ÷ (1 + 2^w + rivals × 2^w), computed without overflow.
 * @param weight milli-bits
 * @param rivals their odds together, relative to the pair (oddsOfRival)
 */
export function probabilityBeside(weight: number, rivals: number): number {
  return 1 / (1 + rivals + 2 ** (-weight / 1000))
}

/** Weight in milli-bits of a match probability, neither 0 nor 1. */
export function weightOfProbability(probability: number): number {
  return Math.round(1000 * Math.log2(probability / (1 - probability)))
}

/** Numbers people by their smallest row. `parent[row]` points to any member; roots point to themselves. */
export function peopleFromGroups(parent: Int32Array, attachment: Uint8Array): People {
  const n = parent.length
  // Shared: the threads that write the outputs read them where they are.
  const personOf = new Int32Array(new SharedArrayBuffer(n * 4))
  const rootPerson = new Int32Array(n).fill(-1)
  let count = 0
  for (let row = 0; row < n; row++) {
    let root = row
    while (parent[root] !== root) root = parent[root]
    if (rootPerson[root] < 0) rootPerson[root] = count++
    personOf[row] = rootPerson[root]
  }
  const rowStart = new Int32Array(new SharedArrayBuffer((count + 1) * 4))
  for (let row = 0; row < n; row++) rowStart[personOf[row] + 1]++
  for (let p = 0; p < count; p++) rowStart[p + 1] += rowStart[p]
  const next = rowStart.slice(0, count)
  const rows = new Int32Array(new SharedArrayBuffer(n * 4))
  for (let row = 0; row < n; row++) rows[next[personOf[row]]++] = row
  return { count, personOf, rowStart, rows, attachment }
}
