import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { PAIR_WORDS } from '../../src/blocking/pair-buffer.ts'
import { DEFAULT_RULES } from '../../src/blocking/rules.ts'
import { ingestRegisters } from '../../src/ingest/index.ts'
import { estimateCountyModel } from '../../src/matching/county-model.ts'
import { explainPair } from '../../src/matching/explain.ts'
import { matchCounty } from '../../src/matching/match-county.ts'
import { CountyWeights } from '../../src/matching/weigh-county.ts'
import { weighPairs } from '../../src/matching/weigh-pairs.ts'
import { workspaceBytes } from '../../src/matching/workspace.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { WorkerPool } from '../../src/workers/pool.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-weigh')
const pool = new WorkerPool(2)
afterAll(async () => {
  await pool.close()
})

/** A small county read, blocked and compared, with the weights its own pairs teach. */
async function weighedCounty() {
  await synthesizeCounty({ people: 1500, seed: 'weigh', out: home })
  const inputs = REGISTERS.map((register) => ({ register, path: join(home, `${register}.csv`) }))
  const { table, memory } = await ingestRegisters({
    inputs,
    area: [],
    columnMap: {},
    pool,
    extraBytes: workspaceBytes,
  })
  const matched = await matchCounty(table, memory, DEFAULT_RULES, pool)
  const { random, frequencies, partners, ethnicity } = matched.statistics
  const model = estimateCountyModel({
    scored: matched.patterns.entries(),
    random: random.random.entries(),
    randomLocal: random.randomLocal.entries(),
    rows: REGISTERS.map((_, g) => table.starts[g + 1] - table.starts[g]),
    idCoverage: [1, 1, 1, 0, 1],
    unmatched: partners.unmatched,
    ethnicity,
  })
  const weights = new CountyWeights(model, frequencies, matched.lines, partners.flags, table.columns.ethnicity)
  return { table, matched, model, weights }
}
const county = weighedCounty()

async function everyPair(visit: (left: number, right: number, pattern: number, i: number) => void): Promise<void> {
  const { pairs, pairCount } = (await county).matched
  expect(pairCount).toBeGreaterThan(1000)
  for (let i = 0, at = 0; i < pairCount; i++, at += PAIR_WORDS) visit(pairs[at], pairs[at + 1], pairs[at + 2], i)
}

test('workers give every pair the weight that asking one by one gives it', async () => {
  const { matched, model, weights } = await county
  const { frequencies, partners } = matched.statistics
  const found = await weighPairs(matched, model, frequencies, partners.flags, pool)
  await everyPair((left, right, pattern, i) => expect(found[i]).toBe(weights.weigh(left, right, pattern)))
})

test('the rows of an explanation and the prior add up to the weight that linking takes, for every pair', async () => {
  const { table, weights } = await county
  await everyPair((left, right, pattern) => {
    const alone = explainPair(table, weights, left, right, pattern, {
      decision: 'non-link',
      layer: '',
      weight: 0,
      beyond: 0,
    })
    expect(alone.prior + alone.rows.reduce((sum, row) => sum + row.weight, 0)).toBe(alone.total)
    expect(alone.total).toBe(weights.weigh(left, right, pattern))
    // What was decided by more than the pair itself has a row of its own for the rest.
    const decided = { decision: 'link', layer: 'household', weight: alone.total + 777, beyond: 0 } as const
    expect(explainPair(table, weights, left, right, pattern, decided).total).toBe(decided.weight)
  })
})

test('comparing two rows is symmetric', async () => {
  const { kernel } = (await county).matched
  await everyPair((left, right, pattern) => {
    expect(kernel.compare(left, right)).toBe(pattern)
    expect(kernel.compare(right, left)).toBe(pattern)
  })
})

test('of what blocking shared with the threads only the pairs are kept: its keys are larger than they', async () => {
  const { matched } = await county
  const kept = (value: unknown): boolean =>
    value instanceof SharedArrayBuffer || ArrayBuffer.isView(value as ArrayBufferView)
  expect(Object.values(matched.workspace).filter(kept)).toEqual([])
  expect(Object.keys(matched.workspace.pairs).sort()).toEqual(['counter', 'pairs'])
})
