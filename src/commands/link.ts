/** `bidui link` and what it shares with `bidui dedupe`: options in, files and counts out. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { RunDirectory } from '../report/run-directory.ts'
import { type OneToOne, runTables } from '../tables/engine.ts'
import { columnOf } from '../tables/fields.ts'
import { foldText } from '../tables/fold.ts'
import { proposalLines, proposeSpec } from '../tables/propose-spec.ts'
import { readTable, type Table } from '../tables/read-table.ts'
import { explanationLines, modelLines, ruleLines, truthLines } from '../tables/show.ts'
import { completeSpec, readSpec, type TableSpec } from '../tables/spec.ts'
import { measureTruth } from '../tables/truth.ts'
import { summaryOf, writeResult } from '../tables/write-result.ts'
import { withoutUnsharedColumns } from '../tables/unshared-columns.ts'

export interface TableCommandOptions {
  readonly spec?: string
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
--spec auto guesses it; bidui propose-spec prints the guess.
Nothing else has to be said. Missing cells are neither agreement nor
disagreement. Results: links.csv, clusters.csv, model.json, summary.json.`

export function addTableOptions(command: Command): Command {
  return command
    .option('--spec <file>', 'what each column holds (JSON or YAML), or auto')
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
  const given = options.spec === undefined || options.spec === 'auto' ? undefined : readCompleteSpec(options.spec)
  const oneToOne = options.oneToOne ?? 'auto'
  if (!['auto', 'yes', 'no'].includes(oneToOne))
    throw new BiduiError('E401', EXIT.usage, `--one-to-one ${oneToOne}: auto, yes or no is wanted.`)
  if (options.explain !== undefined && options.explain.length !== 2)
    throw new BiduiError('E401', EXIT.usage, '--explain wants two record identifiers.', { advice: '--explain A B' })
  const probabilityMin = share('--probability-min', options.probabilityMin)
  const falseLinkRateMax = share('--max-false-link-rate', options.maxFalseLinkRate)
  const groups = options.nicknames === undefined ? [] : readNicknames(options.nicknames)
  const [left, right] = paths.map(readTableFile)
  const known = given ?? guessedSpec(paths, left, right, options.spec === 'auto')
  const whole = { ...known, nicknames: [...known.nicknames, ...groups] }
  const { spec, unshared } =
    right === undefined ? { spec: whole, unshared: [] } : withoutUnsharedColumns(left, right, whole)
  if (options.truthColumn !== undefined)
    for (const table of right === undefined ? [left] : [left, right])
      columnOf(table, options.truthColumn, '--truth-column')
  const directory = RunDirectory.create(options.out)
  try {
    const note = (line: string) => process.stderr.write(`${line}\n`)
    for (const column of unshared) note(`${column}: no value of one table stands in the other; not compared`)
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

function readCompleteSpec(path: string): TableSpec {
  return readSpec(readInput(path).toString('utf8'), basename(path))
}

/** Without a spec the guess is shown and nothing is run, unless the guess was asked for. */
function guessedSpec(paths: readonly string[], left: Table, right: Table | undefined, isWanted: boolean): TableSpec {
  const proposal = proposeSpec(left, right)
  const lines = proposalLines(proposal).join('\n')
  if (!isWanted) {
    process.stdout.write(`${lines}\n`)
    throw new BiduiError('E520', EXIT.usage, 'no --spec is given; above is what the columns seem to hold.', {
      advice: `Save it with "bidui propose-spec ${paths.map((path) => basename(path)).join(' ')} > spec.yaml" and correct it, or take it as it is with --spec auto.`,
    })
  }
  process.stderr.write(`${lines}\n`)
  return completeSpec(proposal.spec)
}

function readNicknames(path: string): string[][] {
  return readInput(path)
    .toString('utf8')
    .split(/\r?\n/)
    .map((line) =>
      line
        .split(',')
        .map((name) => foldText(name))
        .filter((name) => name !== ''),
    )
    .filter((group) => group.length > 1)
}

export function readTableFile(path: string): Table {
  return readTable(readInput(path), basename(path))
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
