/** Batches against the plain way: each pair compared by itself, in the order in which it came. */
import { expect, test } from 'vitest'
import { makePairBuffer, PAIR_WORDS, PairWriter } from '../../src/blocking/pair-buffer.ts'
import { DEFAULT_RULES } from '../../src/blocking/rules.ts'
import { isPlausible, Kernel } from '../../src/matching/kernel.ts'
import { matchCounty } from '../../src/matching/match-county.ts'
import { PAIRS_AHEAD, PairScorer } from '../../src/matching/pair-scorer.ts'
import { workspaceBytes } from '../../src/matching/workspace.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { inlinePool } from '../support/inline-pool.ts'

/** Twelve police rows of one village: some of one name, two of them versions of one person. */
const rows: RowText[] = Array.from({ length: 12 }, (_, k) => ({
  register: 'police',
  id: `P${k}`,
  name: ['彭文明', '彭文民', '赵春兰'][k % 3],
  sex: '1',
  birth_date: `19${40 + (k % 4)}-09-05`,
  area_code: '513027101001',
  household_no: `${k % 5}`,
  person_no: k < 2 ? '77' : `${100 + k}`,
}))

test.each([0, 1, PAIRS_AHEAD, PAIRS_AHEAD + 2])(
  'of %i pairs keeps and counts what scoring one by one would',
  async (count) => {
    const { table, memory } = buildTable(rows, { extraBytes: workspaceBytes(400_000) })
    const { names, lines } = await matchCounty(table, memory, DEFAULT_RULES, inlinePool)
    const pairs = rows.flatMap((_, a) => rows.slice(a + 1).map((__, b) => [a, a + 1 + b] as const)).slice(0, count)
    expect(pairs).toHaveLength(count)
    const kernel = new Kernel(table, names, lines)
    const buffer = makePairBuffer(1_000)
    const scorer = new PairScorer(kernel, lines, names, new PairWriter(buffer))
    for (const [left, right] of pairs) scorer.take(left, right)
    scorer.score()

    const { personNo, household } = table.columns
    const isOnePerson = (a: number, b: number): boolean => personNo[a] !== 0 && personNo[a] === personNo[b]
    const scored = pairs.filter(([a, b]) => !isOnePerson(a, b))
    const kept = scored
      .map(([a, b]) => [a, b, kernel.compare(a, b)])
      .filter(([a, b, pattern]) => isPlausible(pattern, household[a] !== 0 && household[a] === household[b]))
    const written = new Int32Array(buffer.pairs).subarray(0, kept.length * PAIR_WORDS)
    expect([...written]).toEqual(kept.flat())
    expect(scorer.scored).toBe(scored.length)
    expect([...scorer.patterns.entries().counts].reduce((sum, n) => sum + n, 0)).toBe(scored.length)
    if (count > PAIRS_AHEAD) expect(new Set([kept.length, scored.length, count]).size).toBe(3)
  },
)
