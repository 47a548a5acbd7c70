/**
 * What linking turned down where it left somebody alone: the heaviest candidate pair of each such row, to be checked by
 * chance (src/review/queue/control-sample.ts).
 *
 * In:  the candidate pairs with their weights, people and links. Out: pairs of two registers of which one row at least has
 *      no counterpart in any other register and waits for nobody; one pair at most for such a row. The other row may be
 *      somebody's already.
 */
import { PAIR_WORDS } from '../../blocking/pair-buffer.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { DECISION, type Links, type People } from '../people.ts'

/** Parallel arrays, by the row that stands alone; left < right. */
export interface RejectedCandidates {
  readonly left: Int32Array
  readonly right: Int32Array
  /** milli-bits */
  readonly weight: Int32Array
}

export function heaviestRejected(input: {
  readonly table: RecordTable
  readonly pairs: Int32Array
  readonly pairCount: number
  readonly pairWeights: Int32Array
  readonly people: People
  readonly links: Links
}): RejectedCandidates {
  const { table, pairs, pairCount, pairWeights, people, links } = input
  const isAlone = rowsAlone(table, people, links)
  // Of each row alone the place of its heaviest pair, plus one; of two rows alone the right one has the pair.
  const heaviest = new Int32Array(table.rows)
  for (let i = 0, at = 0; i < pairCount; i++, at += PAIR_WORDS) {
    const left = pairs[at]
    const right = pairs[at + 1]
    if ((isAlone[left] | isAlone[right]) === 0 || table.registerOf(left) === table.registerOf(right)) continue
    const row = isAlone[right] === 1 ? right : left
    const best = heaviest[row] - 1
    // Candidates lie as the threads wrote them: of equal ones the smaller rows are taken.
    if (best < 0 || pairWeights[i] > pairWeights[best] || (pairWeights[i] === pairWeights[best] && isBefore(i, best)))
      heaviest[row] = i + 1
  }
  function isBefore(i: number, k: number): boolean {
    const [a, b] = [i * PAIR_WORDS, k * PAIR_WORDS]
    return pairs[a] < pairs[b] || (pairs[a] === pairs[b] && pairs[a + 1] < pairs[b + 1])
  }

  const places = heaviest.filter((place) => place !== 0)
  return {
    left: places.map((place) => pairs[(place - 1) * PAIR_WORDS]),
    right: places.map((place) => pairs[(place - 1) * PAIR_WORDS + 1]),
    weight: places.map((place) => pairWeights[place - 1]),
  }
}

/** 1 = all rows of the person are of one register, and no pair of it waits for review. */
function rowsAlone(table: RecordTable, people: People, links: Links): Uint8Array {
  const isAlone = new Uint8Array(table.rows)
  const { rows, rowStart } = people
  for (let person = 0; person < people.count; person++) {
    const first = table.registerOf(rows[rowStart[person]])
    let isOne = true
    for (let k = rowStart[person] + 1; isOne && k < rowStart[person + 1]; k++)
      isOne = table.registerOf(rows[k]) === first
    if (isOne) for (let k = rowStart[person]; k < rowStart[person + 1]; k++) isAlone[rows[k]] = 1
  }
  for (let i = 0; i < links.count; i++)
    if (links.decision[i] === DECISION.review) isAlone[links.left[i]] = isAlone[links.right[i]] = 0
  return isAlone
}
