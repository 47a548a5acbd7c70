/**
 * Thirds: who matches two rows makes these match each other. A model whose matches do not has not found the matches.
 *
 * In:  pairs taken for matches and a function that weighs ANY two rows, milli-bits. Out: how many pairs of rows with a common
 *      partner were looked at, and how many of them plainly do not match.
 * Given little but a title, EM may take near strangers (the same maker, the same kind of thing) for matches: a likely
 * mixture of the wrong two classes. No likelihood shows that; thirds do, as in ZeroER (Wu et al. 2020), which learns from them.
 */
export interface Thirds {
  /** Rows whose partners were looked at: of large tables every so many. */
  readonly rows: number
  readonly seen: number
  readonly contradicted: number
}

/** Partners looked at of one row, and pairs of them in all. */
const PARTNERS_MOST = 8
const SEEN_MOST = 50_000
/** milli-bits below which two rows plainly do not match. */
const CONTRADICTS = -3000

export function lookAtThirds(
  left: ArrayLike<number>,
  right: ArrayLike<number>,
  rowCount: number,
  weightOf: (a: number, b: number) => number,
): Thirds {
  const partners: (number[] | undefined)[] = []
  const add = (row: number, partner: number): void => {
    const list = partners[row]
    if (list === undefined) partners[row] = [partner]
    else if (list.length < PARTNERS_MOST) list.push(partner)
  }
  for (let i = 0; i < left.length; i++) {
    add(left[i], right[i])
    add(right[i], left[i])
  }
  const toSee = partners.reduce((sum, list) => sum + ((list?.length ?? 0) * ((list?.length ?? 0) - 1)) / 2, 0)
  const step = Math.max(1, Math.ceil(toSee / SEEN_MOST))
  let rows = 0
  let seen = 0
  let contradicted = 0
  for (let row = 0; row < rowCount; row += step) {
    rows++
    const list = partners[row] ?? []
    list.forEach((a, i) => {
      for (const b of list.slice(i + 1)) {
        seen++
        if (weightOf(Math.min(a, b), Math.max(a, b)) < CONTRADICTS) contradicted++
      }
    })
  }
  return { rows, seen, contradicted }
}
