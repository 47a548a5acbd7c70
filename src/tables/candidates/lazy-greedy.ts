/**
 * The next choice of a greedy cover, without looking at every candidate again (Minoux 1978).
 *
 * In:  candidates by number and what each is worth now; worth must never grow. Out: the candidate worth most, of several
 * the first, as a look at all of them would say. Only those that were worth no less than the best is now are asked again.
 */
export class LazyGreedy {
  private readonly valueMost: Float64Array
  private readonly valueOf: (candidate: number) => number

  constructor(candidates: number, valueOf: (candidate: number) => number) {
    this.valueMost = new Float64Array(candidates).fill(Number.POSITIVE_INFINITY)
    this.valueOf = valueOf
  }

  /** Of candidates in ascending order the first that is worth most; −1 where none is worth anything. */
  best(candidates: readonly number[]): number {
    return this.find(candidates, (candidate) => {
      const value = this.valueOf(candidate)
      this.valueMost[candidate] = value
      return value
    })
  }

  /** The same for a worth that is but supposed, never more than the true one: what it says is not remembered. */
  supposedBest(candidates: readonly number[]): number {
    return this.find(candidates, this.valueOf)
  }

  private find(candidates: readonly number[], ask: (candidate: number) => number): number {
    const { valueMost } = this
    const leader = candidates.reduce((most, r) => (most < 0 || valueMost[r] > valueMost[most] ? r : most), -1)
    const least = leader < 0 ? 0 : ask(leader)
    let best = -1
    let bestValue = 0
    for (const candidate of candidates) {
      if (valueMost[candidate] < least || valueMost[candidate] <= bestValue) continue
      const value = ask(candidate)
      if (value > bestValue) {
        bestValue = value
        best = candidate
      }
    }
    return best
  }
}
