/** `bidui blocks`: what the blocking rules cost, before any pair is scored. */
import { countText } from '../display-text.ts'
import type { Command } from 'commander'
import type { RuleCensus } from '../blocking/blocks.ts'
import { DEFAULT_RULES, KEY_PARTS } from '../blocking/rules.ts'
import { ingestRegisters } from '../ingest/index.ts'
import { keyOf } from '../matching/explain.ts'
import { countPairs } from '../matching/match-county.ts'
import { workspaceBytes } from '../matching/workspace.ts'
import type { RecordTable } from '../records/record-table.ts'
import { readingOf } from '../settings.ts'
import { WorkerPool } from '../workers/pool.ts'
import { addRegisterOptions, refuseLooseFiles, type RegisterOptions, settingsFrom } from './run/register-options.ts'

/** Pairs scored a second by one worker on the reference machine (bench/county); the prediction says "about". */
const PAIRS_PER_SECOND = 3_000_000

type BlocksOptions = RegisterOptions & { readonly json?: boolean }

export function registerBlocks(program: Command): void {
  addRegisterOptions(program.command('blocks [job]'))
    .description('分组预估: pairs per blocking rule, the largest blocks, predicted time and memory; nothing is scored')
    .option('--json', '以 JSON 输出: machine-readable')
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
Example 示例:
  bidui blocks --police huji.csv --census duanbiao.csv
        pairs that each rule adds, the largest blocks, time and memory of a run`,
    )
    .action(async (job: string | undefined, options: BlocksOptions, { args }: Command) => {
      refuseLooseFiles('blocks', args)
      const settings = await settingsFrom(options, job)
      const pool = new WorkerPool(settings.workers)
      try {
        const ingest = await ingestRegisters({ ...readingOf(settings), pool, extraBytes: workspaceBytes })
        const census = await countPairs(ingest.table, ingest.memory, DEFAULT_RULES, pool)
        const pairs = census.reduce((sum, rule) => sum + rule.pairsAdded, 0)
        if (options.json === true) {
          process.stdout.write(`${JSON.stringify({ rows: ingest.table.rows, pairs, rules: census }, null, 2)}\n`)
          return
        }
        process.stdout.write(formatCensus(ingest.table, census))
        const seconds = pairs / PAIRS_PER_SECOND / settings.workers
        process.stdout.write(
          `\nScoring ${countText(pairs)} pairs will take about ${seconds.toFixed(1)} s with ${settings.workers} workers ` +
            `and about ${Math.round((ingest.memory.bytesUsed + ingest.table.rows * DEFAULT_RULES.length * 4 + pairs * 3) / 1e6)} MB of shared memory.\n`,
        )
      } finally {
        await pool.close()
      }
    })
}

function formatCensus(table: RecordTable, census: readonly RuleCensus[]): string {
  const n = (value: number): string => countText(value).padStart(13)
  const lines = [
    `${'rule'.padEnd(40)}${'rows'.padStart(13)}${'blocks'.padStart(13)}${'pairs'.padStart(13)}${'adds'.padStart(13)}${'refined'.padStart(13)}`,
  ]
  for (const rule of census)
    lines.push(
      `${rule.rule.padEnd(40)}${n(rule.rows)}${n(rule.blocks)}${n(rule.pairs)}${n(rule.pairsAdded)}${n(rule.rowsRefined)}`,
    )
  const largest = census
    .flatMap((rule) => rule.largest)
    .sort((a, b) => b.rows - a.rows || a.row - b.row)
    .slice(0, 10)
  lines.push('', 'Largest blocks (one member stands for the key):')
  for (const block of largest) {
    const rule = DEFAULT_RULES.find((r) => r.name === block.rule)
    const left =
      block.pairsLeftOut > 0 ? `, ${countText(block.pairsLeftOut)} pairs left out: cannot be split further` : ''
    lines.push(`  ${countText(block.rows)} rows share ${block.rule} with ${keyOf(table, block.row)}${left}`)
    if (block.pairsLeftOut > 0 && rule !== undefined)
      lines.push(`    parts: ${[...rule.parts, ...rule.refineBy].map((part) => KEY_PARTS[part]).join(', ')}`)
  }
  return `${lines.join('\n')}\n`
}
