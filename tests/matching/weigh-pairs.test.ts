import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PAIR_WORDS } from '../../src/blocking/pair-buffer.ts'
import { DEFAULT_RULES } from '../../src/blocking/rules.ts'
import { ingestRegisters } from '../../src/ingest/index.ts'
import { estimateCountyModel } from '../../src/matching/county-model.ts'
import { matchCounty } from '../../src/matching/match-county.ts'
import { CountyWeights } from '../../src/matching/weigh-county.ts'
import { weighPairs } from '../../src/matching/weigh-pairs.ts'
import { workspaceBytes } from '../../src/matching/workspace.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { WorkerPool } from '../../src/workers/pool.ts'

test('workers give every pair the weight that asking one by one gives it', async () => {
  const county = mkdtempSync(join(tmpdir(), 'bidui-weigh-'))
  const pool = new WorkerPool(2)
  try {
    await synthesizeCounty({ people: 1500, seed: 'weigh', out: county })
    const inputs = REGISTERS.map((register) => ({ register, path: join(county, `${register}.csv`) }))
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
    const found = await weighPairs(matched, model, frequencies, partners.flags, pool)
    const weights = new CountyWeights(model, frequencies, matched.lines, partners.flags, table.columns.ethnicity)
    const { pairs, pairCount } = matched
    expect(pairCount).toBeGreaterThan(1000)
    for (let i = 0, at = 0; i < pairCount; i++, at += PAIR_WORDS)
      expect(found[i]).toBe(weights.weigh(pairs[at], pairs[at + 1], pairs[at + 2]))
  } finally {
    await pool.close()
    rmSync(county, { recursive: true, force: true })
  }
}, 60_000)
