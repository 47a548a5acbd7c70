/** What newcomers' rows weigh: by how many of them are known to be counted twice. */
import { expect, test } from 'vitest'
import { Groups } from '../../../src/linking/groups.ts'
import { NewcomerWeights } from '../../../src/linking/leftovers/newcomer-weights.ts'
import type { NewcomerContext } from '../../../src/linking/leftovers/newcomers.ts'
import { Origins } from '../../../src/linking/leftovers/origins.ts'
import type { OrderedPairs } from '../../../src/linking/ordered-pairs.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { milliBits } from '../../../src/matching/weigh-county.ts'
import { buildTable } from '../../support/build-table.ts'
import { UNTAUGHT_MODEL } from '../../support/untaught-model.ts'
import { census } from '../../support/village-rows.ts'

/** The prior of `rows` newcomers of whom the first `twice` pairs of rows are one person. */
function priorOf(rows: number, twice: number): number {
  const { table } = buildTable(Array.from({ length: rows }, (_, k) => census(`C${k}`, { name: '王芳' })))
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  const left = Int32Array.from({ length: rows / 2 }, (_, k) => 2 * k)
  const right = left.map((row) => row + 1)
  for (let k = 0; k < twice; k++) groups.join(left[k], right[k])
  const pairs = { count: left.length, left, right, pattern: new Int32Array(left.length) } as unknown as OrderedPairs
  const kernel = { nameKey: (name: number) => name }
  const context = { table, lines, groups, kernel, model: UNTAUGHT_MODEL, pairs } as unknown as NewcomerContext
  const newcomers = Int32Array.from({ length: rows }, (_, row) => row)
  const origins = new Origins(
    table,
    newcomers,
    newcomers.map((row) => row + 1),
  )
  return new NewcomerWeights(context, newcomers, origins, [...left.keys()]).prior
}

test('each pair that is known to be one person makes two of the newcomers counted twice', () => {
  // Believed as 500 newcomers of whom one in 64 is.
  for (const twice of [0, 1, 5]) {
    const share = (2 * twice + 500 / 64) / (20 + 500)
    expect(priorOf(20, twice)).toBe(milliBits(share / (20 + 500)))
  }
})
