/**
 * How strangers usually fall on the levels of a comparison: what a table of a dozen rows must be told, for it has not pairs
 * enough to show it.
 *
 * In:  the kind of a column, which part of its agreement each exact level holds. Out: shares of strangers by level. Pure.
 * The shares are the medians over the strangers of some thirty made-up tables, rounded, and never below SELDOM: a level that no
 * pair of a small table shows is rare, not impossible. How often categories agree differs too much from table to table.
 * Leaves to starting-probabilities.ts: how many pairs they count for.
 */
interface UsualStrangers {
  /** Of exact agreement in all. */
  readonly exact: number
  /** Of each level after it but the last, which takes the rest. */
  readonly near: readonly number[]
}

/** Share of a level that strangers hardly ever fall on. */
export const SELDOM = 1e-4

const NAMES = [0.001, 2e-4, 0.001, 4e-4, 3e-4, 2e-4, 5e-4, 7e-4, 0.005, 0.001]
const SEVERAL_WORDS = [SELDOM, SELDOM, SELDOM, SELDOM, SELDOM, SELDOM, SELDOM, 0.001, 4e-4, SELDOM, 0.004, 0.02]

/** In the order of the levels of value-levels.ts, number-levels.ts and text-levels.ts. */
const BY_KIND: Readonly<Record<string, UsualStrangers>> = {
  'given name': { exact: 0.008, near: NAMES },
  'family name': { exact: 0.004, near: NAMES },
  'full name': { exact: SELDOM, near: SEVERAL_WORDS },
  address: { exact: SELDOM, near: SEVERAL_WORDS },
  text: {
    exact: 0.001,
    near: [SELDOM, SELDOM, SELDOM, SELDOM, 2e-4, 0.001, SELDOM, 0.001, 0.004, SELDOM, 0.003, 0.06],
  },
  date: { exact: SELDOM, near: [0.001, SELDOM, SELDOM, 5e-4, 0.002, 0.01, SELDOM, 0.008, 0.02, 0.2] },
  // Of dates in a table without persons.
  event: { exact: SELDOM, near: [0.001, SELDOM, SELDOM, 5e-4, 0.002, 0.01, SELDOM, 0.008, 0.02, 0.2, 0.001] },
  code: { exact: 2e-4, near: [2e-4, SELDOM, SELDOM, 0.002, SELDOM, SELDOM, 5e-4] },
  number: { exact: 0.013, near: [2e-4, 0.02, 0.1, SELDOM, 2e-4, 0.08, 0.1] },
}

/**
 * @param exactShares parts of exact agreement by how rare the value is, in the order of the levels
 * @param repeated share of the table's pairs that agree and are no two copies (repeatedShare): strangers agree no less often
 * @returns [0] for "missing", which counts for nothing; undefined for kinds of which nothing can be told
 */
export function usualStrangers(kind: string, exactShares: readonly number[], repeated = 0): number[] | undefined {
  const usual = BY_KIND[kind]
  if (usual === undefined) return undefined
  const exact = Math.max(usual.exact, Math.min(repeated, 1 - SELDOM))
  const others = (1 - exact) / (1 - usual.exact)
  const agreeing = [...exactShares.map((share) => exact * share), ...usual.near.map((share) => share * others)]
  return [0, ...agreeing, 1 - agreeing.reduce((sum, share) => sum + share, 0)]
}

/**
 * Of the pairs of rows, the share that have one value, each value of several rows without one of them (it may be a copy of
 * another): a town that stands in every row says nothing, however seldom strangers share one elsewhere.
 *
 * @param counts rows by value, those without one first
 */
export function repeatedShare(counts: ArrayLike<number>): number {
  let rows = 0
  let alike = 0
  for (let value = 1; value < counts.length; value++) {
    const others = counts[value] > 1 ? counts[value] - 1 : counts[value]
    rows += others
    alike += (others * (others - 1)) / 2
  }
  return alike / Math.max(1, (rows * (rows - 1)) / 2)
}
