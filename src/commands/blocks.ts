/** `bidui blocks`: what the blocking rules cost, before any pair is scored. */
import { countOf, countText, padCellsEnd, padCellsStart } from '../display-text.ts'
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
/** Shared memory of a run beside the rows: row numbers sorted by each rule, and what is kept of a pair. */
const BYTES_PER_ROW_OF_RULE = 4
const BYTES_PER_PAIR = 3
/** Columns of a terminal for a number of the table, and for the name of a rule. */
const NUMBER_WIDTH = 12
const RULE_WIDTH = 38

type BlocksOptions = RegisterOptions & { readonly json?: boolean }

export function registerBlocks(program: Command): void {
  addRegisterOptions(
    program.command('blocks').argument('[job]', '任务文件，写着各项选项: job file with the options (YAML)'),
  )
    .summary('分组预估: pairs per blocking rule, the largest blocks, predicted time and memory; nothing is scored')
    .description(
      '分组预估: 每条分组规则提出多少对、最大的组、预计的时间和内存；只数，不比对。\n' +
        'Pairs of every blocking rule, the largest blocks, predicted time and memory; nothing is scored.',
    )
    .option('--json', '以 JSON 输出: machine-readable')
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
Example 示例:
  bidui blocks --police huji.csv --census duanbiao.csv
        各规则带来的对数、最大的组、一次运行的时间和内存
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
        const rowsOfRules = ingest.table.rows * DEFAULT_RULES.length
        const bytes = ingest.memory.bytesUsed + rowsOfRules * BYTES_PER_ROW_OF_RULE + pairs * BYTES_PER_PAIR
        process.stdout.write(formatPrediction(pairs, settings.workers, bytes))
      } finally {
        await pool.close()
      }
    })
}

function formatPrediction(pairs: number, workers: number, bytes: number): string {
  const seconds = pairs / PAIRS_PER_SECOND / workers
  const [zh, en] =
    seconds < 1 ? ['不到 1 秒', 'less than a second'] : [`约 ${seconds.toFixed(0)} 秒`, `about ${seconds.toFixed(0)} s`]
  const megabytes = Math.round(bytes / 1e6)
  return (
    `\n比对 ${countText(pairs)} 对：${workers} 个线程，${zh}；共享内存约 ${megabytes} MB。读取、关联、查错另计。\n` +
    `Scoring ${countOf(pairs, 'pair')} takes ${en} with ${countOf(workers, 'worker')}, and the run about ${megabytes} MB of shared memory; ` +
    'reading, linking and findings come on top.\n'
  )
}

function formatCensus(table: RecordTable, census: readonly RuleCensus[]): string {
  const n = (value: number): string => countText(value).padStart(NUMBER_WIDTH)
  const heads = ['rows 行', 'blocks 组', 'pairs 对', 'new 新增对', 'split 细分行']
  const lines = [
    `${padCellsEnd('rule 规则', RULE_WIDTH)}${heads.map((head) => padCellsStart(head, NUMBER_WIDTH + 1)).join('')}`,
  ]
  for (const rule of census)
    lines.push(
      `${rule.rule.padEnd(RULE_WIDTH)} ${[rule.rows, rule.blocks, rule.pairs, rule.pairsAdded, rule.rowsRefined].map(n).join(' ')}`,
    )
  const largest = census
    .flatMap((rule) => rule.largest)
    .sort((a, b) => b.rows - a.rows || a.row - b.row)
    .slice(0, 10)
  lines.push(
    '新增对：更早的规则没有的；细分行：组太大而按更多项再分的行。',
    'New pairs: no earlier rule has them. Split rows: of blocks so large that more fields divide them.',
  )
  if (largest.length > 0) lines.push('', 'Largest blocks 最大的组 (one member stands for the key 以一行代表):')
  for (const block of largest) {
    const rule = DEFAULT_RULES.find((r) => r.name === block.rule)
    const left =
      block.pairsLeftOut > 0
        ? `, ${countOf(block.pairsLeftOut, 'pair')} left out: cannot be split further 不能再分，舍去`
        : ''
    lines.push(`  ${countText(block.rows)} rows 行 share ${block.rule} with ${keyOf(table, block.row)} 同组${left}`)
    if (block.pairsLeftOut > 0 && rule !== undefined)
      lines.push(`    parts: ${[...rule.parts, ...rule.refineBy].map((part) => KEY_PARTS[part]).join(', ')}`)
  }
  return `${lines.join('\n')}\n`
}
