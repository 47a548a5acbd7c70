/** `bidui link` and what it shares with `bidui dedupe`: options in, files and counts out. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { RunDirectory } from '../report/run-directory.ts'
import { type OneToOne, runTables } from '../tables/engine.ts'
import { readTable, type Table } from '../tables/read-table.ts'
import { explanationLines, modelLines, ruleLines, truthLines } from '../tables/show.ts'
import { readSpec, type TableSpec } from '../tables/spec.ts'
import { measureTruth } from '../tables/truth.ts'
import { summaryOf, writeResult } from '../tables/write-result.ts'

interface TableCommandOptions {
  readonly spec: string
  readonly out: string
  readonly nicknames?: string
  readonly oneToOne?: string
  readonly probabilityMin?: string
  readonly maxFalseLinkRate?: string
  readonly truthColumn?: string
  readonly showModel?: boolean
  readonly explain?: string[]
  readonly json?: boolean
}

export function registerLink(program: Command): void {
  addTableOptions(program.command('link <left> <right>'))
    .description('Link the records of two tables of any kind')
    .option('--one-to-one <policy>', 'auto, yes or no: has a record at most one partner?', 'auto')
    .addHelpText('after', TABLE_HELP)
    .action((left: string, right: string, options: TableCommandOptions) => runTableCommand([left, right], options))
}

export const TABLE_HELP = `
The spec is JSON or YAML and says what kind of thing each column holds:
  id: rec_id
  columns:
    given_name: given name      # or family name, full name, date, number,
    date_of_birth: date         # code, text, address, category, ignore
    suburb: {kind: text, left: suburb, right: town}
Nothing else has to be said. Missing cells are neither agreement nor
disagreement. Results: links.csv, clusters.csv, model.json, summary.json.`

export function addTableOptions(command: Command): Command {
  return command
    .requiredOption('--spec <file>', 'what each column holds (JSON or YAML)')
    .requiredOption('--out <dir>', 'a new directory for the results')
    .option('--nicknames <file>', 'CSV, one group of names a line: bob,robert,rob')
    .option('--probability-min <p>', 'link from this match probability (default 0.5)')
    .option('--max-false-link-rate <share>', 'link as much as this share of false links allows')
    .option('--truth-column <column>', 'print precision and recall against this column')
    .option('--show-model', 'print m, u and weight of every level')
    .option('--explain <ids...>', 'print why two records (A B) match or not')
    .option('--json', 'print the summary as JSON')
}

export function runTableCommand(paths: readonly string[], options: TableCommandOptions): void {
  const spec = readCompleteSpec(options)
  const oneToOne = options.oneToOne ?? 'auto'
  if (!['auto', 'yes', 'no'].includes(oneToOne))
    throw new BiduiError('E401', EXIT.usage, `--one-to-one ${oneToOne}: auto, yes or no is wanted.`)
  if (options.explain !== undefined && options.explain.length !== 2)
    throw new BiduiError('E401', EXIT.usage, '--explain wants two record identifiers.', { advice: '--explain A B' })
  const probabilityMin = share('--probability-min', options.probabilityMin)
  const falseLinkRateMax = share('--max-false-link-rate', options.maxFalseLinkRate)
  const [left, right] = paths.map((path): Table => readTable(readInput(path), basename(path)))
  const directory = RunDirectory.create(options.out)
  try {
    const note = (line: string) => process.stderr.write(`${line}\n`)
    const result = runTables(left, right, spec, {
      oneToOne: oneToOne as OneToOne,
      onPhase: note,
      ...(probabilityMin === undefined ? {} : { probabilityMin }),
      ...(falseLinkRateMax === undefined ? {} : { falseLinkRateMax }),
    })
    for (const line of ruleLines(result)) note(line)
    for (const [column, cells] of Object.entries(result.fields.unread))
      note(`${column}: ${cells} cells could not be read as their kind and count as missing`)
    const lines: string[] = []
    if (options.showModel === true) lines.push(...modelLines(result))
    if (options.explain !== undefined)
      lines.push(...explanationLines(result, left, right, spec, options.explain[0], options.explain[1]))
    if (options.truthColumn !== undefined)
      lines.push(...truthLines(measureTruth(result, left, right, options.truthColumn)))
    writeResult(result, right !== undefined, (name) => directory.file(name))
    directory.commit()
    if (options.json === true) lines.push(JSON.stringify(summaryOf(result, new Set(result.clusterOf).size), null, 2))
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
  } catch (error) {
    directory.abort()
    throw error
  }
}

function readCompleteSpec(options: TableCommandOptions): TableSpec {
  const spec = readSpec(readInput(options.spec).toString('utf8'), basename(options.spec))
  if (options.nicknames === undefined) return spec
  const groups = readInput(options.nicknames)
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) =>
      line
        .split(',')
        .map((name) => name.trim().toLowerCase())
        .filter((name) => name !== ''),
    )
    .filter((group) => group.length > 1)
  return { ...spec, nicknames: [...spec.nicknames, ...groups] }
}

function share(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (value > 0 && value < 1) return value
  throw new BiduiError('E401', EXIT.usage, `${option} ${text}: a number between 0 and 1 is wanted.`)
}

function readInput(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new BiduiError('E402', EXIT.noInput, `${basename(path)}: the file cannot be read.`, {
      advice: 'Check that it exists and that this account may read it.',
      cause,
    })
  }
}
