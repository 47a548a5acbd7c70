import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeHouseholds } from '../../bench/accuracy/tables/addresses-and-households.ts'
import { makeFigures } from '../../bench/accuracy/tables/figures-and-short-rows.ts'
import type { MadeTable } from '../../bench/accuracy/tables/made-table.ts'
import { makeSongs } from '../../bench/accuracy/tables/firms-and-songs.ts'
import { runTables, type TableResult } from '../../src/tables/engine.ts'
import { tableFromRows } from '../../src/tables/read/read-table.ts'
import { runTablesInWorkers } from '../../src/tables/run-in-workers.ts'
import { completeSpec } from '../../src/tables/spec/spec.ts'
import { WorkerPool } from '../../src/workers/pool.ts'

const pools: WorkerPool[] = []

beforeAll(() => {
  for (const workers of [1, 2, 4]) pools.push(new WorkerPool(workers))
})

afterAll(async () => {
  for (const pool of pools) await pool.close()
})

/** All of a result that can reach a file or an eye. */
function told(result: TableResult): unknown {
  const { links, clusterOf, model, pairsCompared, pairsByRule, edges, refused, oneToOne } = result
  return { links, clusterOf, model, pairsCompared, pairsByRule, edges, refused, oneToOne }
}

test.each<readonly [string, MadeTable]>([
  ['figures', makeFigures(911, { people: 50, meanRows: 5, hardness: 1.3 })],
  ['two registers', makeHouseholds(912, { households: 150, hardness: 2, overlap: 0.6 })],
  ['songs in Latin and other letters', withOtherLetters(makeSongs(913, { songs: 150 }))],
])('%s: any number of workers says the same to the last bit', async (_, made) => {
  const left = tableFromRows('l', made.left)
  const right = made.right === undefined ? undefined : tableFromRows('r', made.right)
  const spec = { ...completeSpec(made.spec), nicknames: [['bob', 'robert']] }
  const alone = told(runTables(left, right, spec))
  for (const pool of pools) expect(told(await runTablesInWorkers(left, right, spec, pool))).toEqual(alone)
})

/** Letters that take two bytes each on their way to another thread. */
function withOtherLetters(made: MadeTable): MadeTable {
  const [first] = Object.keys(made.spec.columns)
  return { ...made, left: made.left.map((row, i) => (i % 5 === 0 ? { ...row, [first]: `${row[first]} 比对 ж` } : row)) }
}
