/**
 * Several candidates for one row, and several rows for one candidate: the chance of each, all together.
 *
 * Two certificates without names, of twins, and two children of theirs: judged one by one, each pair has rivals on both sides and
 * comes to a quarter. But if one certificate is not the one child's, it is the other's, and then the second certificate is the
 * first's: each pair has even odds. So all ways to pair them are counted: with odds o of a pair alone, a way weighs the product
 * of the odds of its pairs, and the chance of a pair is that of the ways it is in.
 * Two rows of one person are one candidate.
 *
 * In:  pairs that compete, which of them cannot both be true. Out: probabilities.
 */

/** A pair that competes: the people (roots of groups) it would join, and its weight without rivals. */
export interface Contender {
  readonly one: number
  readonly other: number
  /** Milli-bits, prior included, places taken counted. */
  readonly weight: number
}

/** Where more pairs hang together than this, the ways are not counted. */
const COUNTED_MAX = 12
/** Milli-bits: a heavier pair is as good as certain. */
const WEIGHT_MAX = 40_000

/**
 * @param contenders each two people once
 * @param areExclusive whether two contenders, by number, who share a person cannot both be true
 * @returns by contender, its probability; NaN where too many hang together
 */
export function chancesOf(
  contenders: readonly Contender[],
  areExclusive: (a: number, b: number) => boolean,
): Float64Array {
  const chances = new Float64Array(contenders.length).fill(Number.NaN)
  for (const together of hangingTogether(contenders)) {
    if (together.length > COUNTED_MAX) continue
    const excludes = together.map((a) =>
      together.reduce(
        (mask, b, k) =>
          a !== b && sharePerson(contenders[a], contenders[b]) && areExclusive(a, b) ? mask | (1 << k) : mask,
        0,
      ),
    )
    const odds = together.map((k) => 2 ** (Math.min(WEIGHT_MAX, contenders[k].weight) / 1000))
    countWays(odds, excludes).forEach((chance, k) => {
      chances[together[k]] = chance
    })
  }
  return chances
}

function sharePerson(a: Contender, b: Contender): boolean {
  return a.one === b.one || a.one === b.other || a.other === b.one || a.other === b.other
}

/** Contenders that share people, and those who share people with these, in the order of the first of each. */
function hangingTogether(contenders: readonly Contender[]): number[][] {
  const byPerson = new Map<number, number[]>()
  contenders.forEach(({ one, other }, k) => {
    for (const person of [one, other]) {
      const list = byPerson.get(person)
      if (list === undefined) byPerson.set(person, [k])
      else list.push(k)
    }
  })
  const seen = new Uint8Array(contenders.length)
  const asked = new Set<number>()
  const found: number[][] = []
  for (let first = 0; first < contenders.length; first++) {
    if (seen[first] === 1) continue
    const together = [first]
    seen[first] = 1
    // Grows while it is walked: who shares a person with the last one comes behind it.
    for (const k of together) {
      for (const person of [contenders[k].one, contenders[k].other]) {
        // Once each: a thousand contenders of one person would else be gone through a thousand times.
        if (asked.has(person)) continue
        asked.add(person)
        for (const next of byPerson.get(person) ?? []) {
          if (seen[next] === 1) continue
          seen[next] = 1
          together.push(next)
        }
      }
    }
    found.push(together)
  }
  return found
}

/** @param excludes by pair, the bits of those it excludes */
function countWays(odds: readonly number[], excludes: readonly number[]): number[] {
  const sums = odds.map(() => 0)
  let all = 0
  const visit = (k: number, taken: number, excluded: number, product: number): void => {
    if (k === odds.length) {
      all += product
      for (let j = 0; j < odds.length; j++) if ((taken & (1 << j)) !== 0) sums[j] += product
      return
    }
    visit(k + 1, taken, excluded, product)
    if ((excluded & (1 << k)) === 0) visit(k + 1, taken | (1 << k), excluded | excludes[k], product * odds[k])
  }
  visit(0, 0, 0, 1)
  return sums.map((sum) => sum / all)
}
