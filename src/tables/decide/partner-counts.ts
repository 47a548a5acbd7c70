/**
 * How many rows have a partner, by counting instead of by the model: whether one-to-one odds are too low.
 *
 * In:  pairs across two tables with weights, the weights of the pairs assigned. Out: milli-bits by which the odds of what
 *      the model half believes are too low. Pure.
 * A row that has a partner has one; strangers come by chance, and come by twos and threes as often as chance says. So
 * from the rows that have one pair of a weight, and those that have several, follows how many partners there are, without
 * a word of the model. Where columns depend on each other EM may be too cautious by some bits, and that shows here.
 */

export interface CountedPairs {
  readonly left: ArrayLike<number>
  readonly right: ArrayLike<number>
  /** milli-bits, prior included */
  readonly weight: ArrayLike<number>
  readonly leftCount: number
  readonly rightCount: number
}

/** milli-bits by which odds are raised at most: further down strangers who have one like row each look like partners. */
const TOO_LOW_MOST = 4000
/** Added pairs tell when, were they strangers, this many of them would have met rows that have a pair already. */
const MEETINGS_LEAST = 5
/** milli-bits from one threshold looked at to the next */
const STEP = 250
/** Part of rows with several pairs beyond which nothing can be told from their number. */
const SEVERAL_MOST = 0.5
const BISECTIONS = 40

/** @param assigned weights of the pairs assigned one to one, milli-bits, prior included */
export function oddsTooLow(pairs: CountedPairs, assigned: readonly number[]): number {
  const tops = topTwo(pairs)
  const linkedFrom = (least: number) => atLeast(assigned, least)
  // True links less false ones, as counted: both tables say how many are true, and each is wrong in its own way.
  const gainFrom = (least: number) => tops.reduce((sum, top) => sum + partners(top, least), 0) - linkedFrom(least)
  const [gain, linked] = [gainFrom(0), linkedFrom(0)]
  const partOfRowsMet = Math.min(...tops.map(({ rows, best }) => atLeast(best, 0) / rows))
  let best = 0
  let tooLow = 0
  for (let down = STEP; down <= TOO_LOW_MOST; down += STEP) {
    const added = linkedFrom(-down) - linked
    if (added * partOfRowsMet < MEETINGS_LEAST) continue
    // What chance alone could have added is no gain.
    const more = gainFrom(-down) - gain - Math.sqrt(added)
    if (more <= best) continue
    best = more
    tooLow = down
  }
  return tooLow
}

interface TopTwo {
  readonly rows: number
  /** Weights of the best and the second best pair of each row that has one, −∞ where there is no second. */
  readonly best: readonly number[]
  readonly second: readonly number[]
}

function topTwo({ left, right, weight, leftCount, rightCount }: CountedPairs): TopTwo[] {
  return [left, right].map((ends, side) => {
    const best = new Map<number, number>()
    const second = new Map<number, number>()
    for (let i = 0; i < weight.length; i++) {
      const [row, own] = [ends[i], weight[i]]
      const held = best.get(row) ?? -Infinity
      if (own > held) best.set(row, own)
      const lesser = Math.min(own, held)
      if (lesser > (second.get(row) ?? -Infinity)) second.set(row, lesser)
    }
    return { rows: side === 0 ? leftCount : rightCount, best: [...best.values()], second: [...second.values()] }
  })
}

const atLeast = (weights: readonly number[], least: number) =>
  weights.reduce((sum, weight) => sum + (weight >= least ? 1 : 0), 0)

function partners({ rows, best, second }: TopTwo, least: number): number {
  return rows * shareWithPartner(atLeast(best, least) / rows, atLeast(second, least) / rows)
}

/**
 * Part g of rows that have a partner, where a row has at most one partner and a Poisson number of strangers of mean μ:
 * 1 − one = (1 − g) e^−μ, and one − two = e^−μ (g + (1 − g) μ). 0 where strangers alone explain what is seen.
 * @param one part of rows that have one pair or more
 * @param two part of rows that have two or more
 */
export function shareWithPartner(one: number, two: number): number {
  if (two > SEVERAL_MOST) return 0
  if (one >= 1) return 1
  const differenceAt = (mean: number) => Math.exp(-mean) - (1 - one) * (1 - mean) - (one - two)
  let [from, to] = [0, -Math.log(1 - one)]
  if (differenceAt(to) > 0) return 0
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (from + to) / 2
    if (differenceAt(middle) > 0) from = middle
    else to = middle
  }
  return 1 - (1 - one) / Math.exp(-(from + to) / 2)
}
