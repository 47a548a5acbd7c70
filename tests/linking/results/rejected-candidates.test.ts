/** The heaviest candidate of each row that linking left alone, against a plain search. */
import { expect, test } from 'vitest'
import { PAIR_WORDS } from '../../../src/blocking/pair-buffer.ts'
import { ATTACHMENT, DECISION, peopleFromGroups } from '../../../src/linking/people.ts'
import { heaviestRejected } from '../../../src/linking/results/rejected-candidates.ts'
import type { RecordTable } from '../../../src/records/record-table.ts'
import { randomOf } from '../../support/random.ts'

const ROWS = 60
/** Rows 0 to 29 are of one register, the others of another. */
const table = { rows: ROWS, registerOf: (row: number) => (row < 30 ? 0 : 1) } as unknown as RecordTable

function county(seed: number) {
  const random = randomOf(seed)
  const parent = Int32Array.from({ length: ROWS }, (_, row) => row)
  for (let row = 0; row < 30; row++) if (random() < 0.5) parent[30 + row] = row
  const people = peopleFromGroups(parent, new Uint8Array(ROWS).fill(ATTACHMENT.probable))
  const waiting = [Math.floor(random() * 30), 30 + Math.floor(random() * 30)]
  const links = {
    count: 1,
    left: Int32Array.of(waiting[0]),
    right: Int32Array.of(waiting[1]),
    weight: Int32Array.of(0),
    decision: Uint8Array.of(DECISION.review),
    layer: Uint8Array.of(0),
  }
  const pairs: (readonly [left: number, right: number, weight: number])[] = []
  for (let left = 0; left < ROWS; left++)
    for (let right = left + 1; right < ROWS; right++)
      if (random() < 0.1) pairs.push([left, right, Math.floor(random() * 6) * 1000])
  return { people, links, pairs, waiting, parent }
}

function found(made: ReturnType<typeof county>, order: 1 | -1): readonly string[] {
  const pairs = order === 1 ? made.pairs : made.pairs.toReversed()
  const words = new Int32Array(pairs.length * PAIR_WORDS)
  pairs.forEach(([left, right], i) => words.set([left, right, 0], i * PAIR_WORDS))
  const { left, right, weight } = heaviestRejected({
    table,
    pairs: words,
    pairCount: pairs.length,
    pairWeights: Int32Array.from(pairs, ([, , w]) => w),
    people: made.people,
    links: made.links,
  })
  return Array.from(left, (row, i) => `${row} ${right[i]} ${weight[i]}`)
}

test('each row alone has its heaviest pair with the other register, in whatever order the pairs lie', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const made = county(seed)
    const linked = new Set<number>()
    made.parent.forEach((to, row) => to !== row && linked.add(row).add(to))
    const isAlone = (row: number) => !linked.has(row) && !made.waiting.includes(row)
    const expected: string[] = []
    for (let row = 0; row < ROWS; row++) {
      const own = made.pairs
        .filter(([left, right]) => (isAlone(right) ? right : isAlone(left) ? left : -1) === row)
        .filter(([left, right]) => table.registerOf(left) !== table.registerOf(right))
        .sort((a, b) => b[2] - a[2] || a[0] - b[0] || a[1] - b[1])
      if (own.length > 0) expected.push(own[0].join(' '))
    }
    expect(expected.length).toBeGreaterThan(3)
    expect(found(made, 1)).toEqual(expected)
    expect(found(made, -1)).toEqual(expected)
  }
})
