/**
 * How fast registers become columns, beside csv-parse reading the same files into arrays of strings.
 *
 * Usage: npx tsx bench/ingest/read-county.ts DIR [workers] [runs]   (DIR: left by `bidui synth`)
 * Verifies first (same number of rows, every raw cell of a sample equal), then times: median and range of `runs`
 * after one warm-up. csv-parse only cuts cells; the table also has typed values, dictionaries and canonical order.
 */
import { readFileSync, statSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { ingestRegisters, rawRow } from '../../src/ingest/index.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { WorkerPool } from '../../src/workers/pool.ts'

const [dir, workers = '2', runs = '5'] = process.argv.slice(2)
if (dir === undefined) throw new Error('usage: read-county.ts DIR [workers] [runs]')
const inputs = REGISTERS.map((register) => ({ register, path: join(dir, `${register}.csv`) }))
const megabytes = inputs.reduce((sum, { path }) => sum + statSync(path).size, 0) / 1e6

function readWithCsvParse(): string[][][] {
  return inputs.map(({ path }) => parse(readFileSync(path)) as string[][])
}

const pool = new WorkerPool(Number(workers))
const { table } = await ingestRegisters({ inputs, pool })
const judged = readWithCsvParse()
const rows = judged.reduce((sum, file) => sum + file.length - 1, 0)
if (rows !== table.rows) throw new Error(`csv-parse reads ${rows} rows, the table has ${table.rows}`)
for (let row = 0; row < table.rows; row += 97) {
  const register = table.registerOf(row)
  const [header] = judged[register]
  const line = judged[register][table.columns.rowNo[row] - 1]
  const cells = rawRow(table, row)
  header.forEach((name, k) => {
    if (cells[name] !== undefined && cells[name] !== line[k]) throw new Error(`row ${row}: ${name} differs`)
  })
}

async function time(run: () => unknown): Promise<number[]> {
  const seconds: number[] = []
  for (let k = 0; k < Number(runs); k++) {
    const start = performance.now()
    await run()
    seconds.push((performance.now() - start) / 1000)
  }
  return seconds.sort((a, b) => a - b)
}

function report(name: string, seconds: readonly number[]): void {
  const median = seconds[Math.floor(seconds.length / 2)]
  const range = `${seconds[0].toFixed(2)}..${seconds[seconds.length - 1].toFixed(2)}`
  console.log(
    `${name.padEnd(34)} ${median.toFixed(2)} s [${range}]  ${Math.round(rows / median / 1000)} k rows/s  ${Math.round(megabytes / median)} MB/s`,
  )
}

console.log(
  `${rows} rows, ${megabytes.toFixed(0)} MB, Node ${process.version}, ${cpus()[0]?.model ?? '?'}, ${availableParallelism()} cores; raw cells of every 97th row equal csv-parse's`,
)
report(`bidui, ${workers} workers, whole table`, await time(() => ingestRegisters({ inputs, pool })))
report('csv-parse, arrays of strings only', await time(readWithCsvParse))
await pool.close()
