/**
 * A register as XLSX: read from bytes to bytes, beside the package that reads what is not plain.
 *
 * Usage: npx tsx bench/ingest/read-workbook.ts REGISTER.csv [--rows 60000] [--runs 3] [--folder DIR]   (REGISTER.csv: left by `bidui synth`)
 * Makes two workbooks of the register's first rows, one with its texts in the cells and one with a table of texts. Verifies first that both readers
 * give the same bytes, then times them in turn, each run in a process of its own: seconds of the reading alone, of the clock and of all
 * threads, and the peak memory of the process.
 */
import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { writeXlsxStream } from 'hucre/xlsx'
import { readByPackage, readPlain } from '../../src/ingest/formats/xlsx.ts'
import { BUILT_CLI, count, describeMachine, markdownTable } from '../county/counties.ts'
import { type Measured, median, runMeasured } from '../county/measured-child.ts'

const READERS = { 'bytes to bytes': readPlain, package: readByPackage }
type Reader = keyof typeof READERS

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '60000' },
    runs: { type: 'string', default: '3' },
    folder: { type: 'string', default: join(tmpdir(), 'bidui-bench') },
    /** Of a child: who reads. */
    reader: { type: 'string' },
  },
})
const [file] = positionals
if (file === undefined) throw new Error('usage: read-workbook.ts REGISTER.csv [--rows N] [--runs N] [--folder DIR]')
if (values.reader === undefined) await compare()
else await readOnce(values.reader as Reader)

interface Reading {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly sha256: string
}

async function readOnce(reader: Reader): Promise<void> {
  const workbook = readFileSync(file)
  const start = performance.now()
  const before = process.cpuUsage()
  const read = await READERS[reader](workbook)
  if (read === undefined || 'refusal' in read) throw new Error(`${reader} does not read ${file}`)
  const { bytes, length } = read.rows.finish()
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  const sha256 = createHash('sha256')
    .update(new Uint8Array(bytes, 0, length))
    .digest('hex')
  console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, sha256 }))
}

async function makeWorkbook(inlineStrings: boolean): Promise<string> {
  const path = join(values.folder, `workbook-${values.rows}-${inlineStrings ? 'inline' : 'table'}.xlsx`)
  if (existsSync(path)) return path
  mkdirSync(values.folder, { recursive: true })
  const rows = parse(readFileSync(file), { bom: true, to: Number(values.rows) + 1 }) as string[][]
  const filled = rows.map((row) => row.map((cell) => (cell === '' ? null : cell)))
  const stream = writeXlsxStream(filled, { name: '户籍', inlineStrings })
  await pipeline(Readable.fromWeb(stream as ReadableStream), createWriteStream(path))
  return path
}

async function compare(): Promise<void> {
  const lines: string[][] = []
  for (const isInline of [true, false]) {
    const workbook = await makeWorkbook(isInline)
    const measured = new Map((Object.keys(READERS) as Reader[]).map((reader) => [reader, [] as Measured[]]))
    const sums = new Set<string>()
    for (let run = 0; run < Number(values.runs); run++)
      for (const [reader, runs] of measured) {
        const child = runMeasured(['--import', 'tsx', import.meta.filename, workbook, '--reader', reader])
        const { seconds, cpuSeconds, sha256 } = JSON.parse(child.output) as Reading
        runs.push({ ...child, wallSeconds: seconds, cpuSeconds })
        if (sums.add(sha256).size > 1) throw new Error(`${reader} gives other bytes`)
      }
    for (const [reader, runs] of measured) {
      const wall = median(runs.map(({ wallSeconds }) => wallSeconds))
      lines.push([
        isInline ? 'texts in the cells' : 'a table of texts',
        reader,
        count(Number(values.rows)),
        wall.toFixed(2),
        count(Math.round(Number(values.rows) / wall)),
        median(runs.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2),
        count(Math.round(Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes)))),
      ])
    }
  }
  console.log(`${describeMachine(BUILT_CLI)}; the same bytes of both\n`)
  console.log(markdownTable(['workbook', 'reader', 'rows', 'wall s', 'rows a second', 'CPU s', 'peak MB'], lines))
}
