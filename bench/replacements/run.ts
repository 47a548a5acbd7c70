/**
 * Every hand-written part that a library could replace, beside that library:
 *   npx tsx bench/replacements/run.ts [part …] [--runs 5]       (parts: sorting, decoding, dictionaries, distances, tables, dbf, lines, pages)
 *
 * Both answers are compared before anything is timed; then both run in turn in this process, after a warm run each. CPU time
 * of all threads of the process, median. Readers of registers and of workbooks have programs of their own (bench/ingest), the
 * scoring kernel too (bench/county/kernel.ts).
 */
import { parseArgs } from 'node:util'
import { BUILT_CLI, count, describeMachine, markdownTable } from '../county/counties.ts'
import { type Contest, hold } from './contest.ts'
import { csvLines } from './csv-lines.ts'
import { dbfFile } from './dbf.ts'
import { decoding } from './decoding.ts'
import { dictionaries } from './dictionaries.ts'
import { distances } from './distances.ts'
import { sorting } from './sorting.ts'
import { sqlitePages } from './sqlite-pages.ts'
import { delimitedTable } from './tables.ts'

const SUBJECTS: Readonly<Record<string, () => readonly Contest[] | Promise<readonly Contest[]>>> = {
  sorting,
  decoding,
  dictionaries,
  distances,
  tables: delimitedTable,
  dbf: dbfFile,
  lines: csvLines,
  pages: sqlitePages,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
})
const lines: string[][] = []
for (const name of positionals.length > 0 ? positionals : Object.keys(SUBJECTS)) {
  if (!(name in SUBJECTS)) throw new Error(`no part is called ${name}; there are ${Object.keys(SUBJECTS).join(', ')}`)
  for (const contest of await SUBJECTS[name]()) {
    const { byHand, byLibrary } = await hold(contest, Number(values.runs))
    lines.push([
      contest.part,
      contest.instead,
      `${count(contest.units)} ${contest.work}`,
      byHand.toFixed(3),
      byLibrary.toFixed(3),
      `${(byLibrary / byHand).toFixed(1)}×`,
    ])
  }
}
console.log(`${describeMachine(BUILT_CLI)}; the same answers of both\n`)
console.log(markdownTable(['by hand', 'instead of', 'work', 'CPU s by hand', 'CPU s', 'ratio'], lines))
