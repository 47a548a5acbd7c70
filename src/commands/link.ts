/** `bidui link` and what it shares with `bidui dedupe`: options in, files and counts out. */
import { countOf, countText, shellWord } from '../display-text.ts'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { isForeign, readWholeFile } from '../ingest/whole-file.ts'
import { RunDirectory } from '../report/run-directory/run-directory.ts'
import type { OneToOne } from '../tables/decide/decide.ts'
import { runTables, type TableOptions } from '../tables/engine.ts'
import { columnOf } from '../tables/fields/fields.ts'
import { foldText } from '../tables/fields/fold.ts'
import { proposalLines, proposeSpec } from '../tables/spec/propose-spec.ts'
import { readTable, type Table } from '../tables/read/read-table.ts'
import { runTablesInWorkers } from '../tables/run-in-workers.ts'
import { explanationLines, modelLines, refuseUnknownRecords, ruleLines, truthLines } from '../tables/results/show.ts'
import { completeSpec, readSpec, type TableSpec } from '../tables/spec/spec.ts'
import { measureTruth } from '../tables/results/truth.ts'
import { summaryOf, writeResult } from '../tables/results/write-result.ts'
import { withoutUnsharedColumns } from '../tables/spec/unshared-columns.ts'
import { WorkerPool } from '../workers/pool.ts'
import { workersForTables } from '../workers/worker-count.ts'

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
  readonly workers?: string
  /** False with --no-header. */
  readonly header?: boolean
}

export function registerLink(program: Command): void {
  addTableOptions(
    program
      .command('link')
      .argument('<left>', '要关联的一份表，可以是 CSV、XLSX 或 DBF 文件: a table (CSV, XLSX or DBF)')
      .argument('<right>', '要与它关联的另一份表，格式同上: the other table, likewise'),
  )
    .summary('两表关联: link the records of two tables of any kind')
    .description(
      '两表关联: 任意两份表，找出哪些记录是同一人或同一事物；不需要训练数据。\n' +
        'Links the records of two tables of any kind, without training data.',
    )
    .option(
      '--one-to-one <policy>',
      '一条记录是否至多对应一条，auto 由程序判断: auto, yes or no: has a record at most one partner?',
      'auto',
    )
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui link a.csv b.csv --spec people.yaml --out linked
        一表中的谁是另一表中的谁
        who in one table is who in the other
  bidui link a.csv b.csv --spec auto --out linked
        同上，列的含义由程序推测
        the same with columns guessed; the guess is left as linked/spec.yaml
${TABLE_HELP}`,
    )
    .action((left: string, right: string, options: TableCommandOptions) => runTableCommand([left, right], options))
}

export const TABLE_HELP = `
列说明是 JSON 或 YAML 文件，写明每列是什么:
The spec is JSON or YAML and says what each column holds:
  id: rec_id
  columns:
    given_name: given name      # or family name, full name, date, number,
    date_of_birth: date         # code, text, address, category, ignore
    suburb: {kind: text, left: suburb, right: town}
不写或写 --spec auto 即由程序推测；空格既不算相同也不算不同。
结果: links.csv、clusters.csv、model.json、summary.json。
--spec auto guesses it; bidui propose-spec prints the guess.
Nothing else has to be said. Missing cells are neither agreement nor
disagreement. Results: links.csv, clusters.csv, model.json, summary.json.`

export const NO_HEADER =
  '没有表头，首行已是数据，列名为 c1、c2…: the first line is a row already: columns are called c1, c2, …'

export function addTableOptions(command: Command): Command {
  return command
    .option('--spec <file>', '说明每列含义的文件，或写 auto 由程序推测: what each column holds (JSON or YAML), or auto')
    .requiredOption('--out <dir>', '结果写到哪个新目录: a new directory for the results')
    .option('--nicknames <file>', '别名表，每行一组同义的名字: CSV, one group of names a line: bob,robert,rob')
    .option('--probability-min <p>', '匹配概率到多少才关联: link from this match probability (default: 0.5)')
    .option(
      '--max-false-link-rate <share>',
      '允许的错关联比例上限，据此关联: link as much as this share of false links allows',
    )
    .option(
      '--truth-column <column>',
      '记有真值的列，据此打印准确率和召回率: print precision and recall against this column',
    )
    .option('--show-model', '打印每一等级的 m、u 和权重: print m, u and weight of every level')
    .option('--explain <ids...>', '解释两条记录为何匹配或不匹配: print why two records (A B) match or not')
    .option('--json', '以 JSON 输出概要: print the summary as JSON')
    .option('--no-header', NO_HEADER)
    .option('--workers <n>', '线程数，不影响结果: worker threads, this one counted; the answer is the same')
}

// Its inner loops call many small functions: cli.ts has fewer swallowed than they need. Five runs in turn of 100,000 records:
// 17.9 → 16.2 seconds in the mean, the same bytes.
const INLINED_BYTES = 400

export async function runTableCommand(paths: readonly string[], options: TableCommandOptions): Promise<void> {
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${INLINED_BYTES}`)
  const given = options.spec === undefined || options.spec === 'auto' ? undefined : readCompleteSpec(options.spec)
  const oneToOne = options.oneToOne ?? 'auto'
  if (!['auto', 'yes', 'no'].includes(oneToOne))
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--one-to-one ${oneToOne}: 应为 auto、yes 或 no · auto, yes or no is wanted.`,
    )
  if (options.explain !== undefined && options.explain.length !== 2)
    throw new BiduiError('E401', EXIT.usage, '--explain: 要两个记录号 · two record identifiers are wanted.', {
      advice: '--explain A B',
    })
  const probabilityMin = share('--probability-min', options.probabilityMin)
  const falseLinkRateMax = share('--max-false-link-rate', options.maxFalseLinkRate)
  const workers = options.workers === undefined ? workersForTables(paths) : workerCount(options.workers)
  const groups = options.nicknames === undefined ? [] : readNicknames(options.nicknames)
  // Before millions of rows are read: a directory that cannot be written should not be news afterwards.
  const directory = RunDirectory.create(options.out)
  const pool = workers === 1 ? undefined : new WorkerPool(workers)
  try {
    // Threads start while this one reads.
    await pool?.threadsStart()
    const { left, right, spec, unshared, guess } = await readTables(paths, given, groups, options)
    if (options.explain !== undefined)
      refuseUnknownRecords({ left, right, spec }, options.explain[0], options.explain[1])
    const note = (line: string) => process.stderr.write(`${line}\n`)
    for (const column of unshared)
      note(`${column}: 两表没有共同的值，不比对 · no value of one table stands in the other; not compared`)
    const wishes: TableOptions = {
      oneToOne: oneToOne as OneToOne,
      onPhase: note,
      ...(probabilityMin === undefined ? {} : { probabilityMin }),
      ...(falseLinkRateMax === undefined ? {} : { falseLinkRateMax }),
    }
    const result =
      pool === undefined
        ? runTables(left, right, spec, wishes)
        : await runTablesInWorkers(left, right, spec, pool, wishes)
    for (const line of ruleLines(result)) note(line)
    for (const [column, cells] of Object.entries(result.fields.unread))
      note(
        `${column}: ${countText(cells)} 格读不出，按缺失算 · ${countOf(cells, 'cell')} could not be read as their kind and count as missing`,
      )
    const lines: string[] = []
    if (options.showModel === true) lines.push(...modelLines(result))
    if (options.explain !== undefined)
      lines.push(...explanationLines(result, { left, right, spec }, options.explain[0], options.explain[1]))
    if (options.truthColumn !== undefined)
      lines.push(...truthLines(measureTruth(result, left, right, options.truthColumn)))
    writeResult(result, right !== undefined, (name) => directory.file(name))
    if (guess !== undefined) writeFileSync(directory.file('spec.yaml'), `${guess.lines}\n`, { flag: 'wx', mode: 0o600 })
    directory.commit()
    note(`${options.out}: links.csv, clusters.csv, model.json, summary.json${guess === undefined ? '' : ', spec.yaml'}`)
    if (options.json === true) lines.push(JSON.stringify(summaryOf(result, new Set(result.clusterOf).size), null, 2))
    if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
  } catch (error) {
    directory.abort()
    throw error
  } finally {
    await pool?.close()
  }
}

interface GivenTables {
  readonly left: Table
  readonly right: Table | undefined
  readonly spec: TableSpec
  /** Columns of the spec of which the tables share no value: left out. */
  readonly unshared: readonly string[]
  /** Where no spec was given. */
  readonly guess: GuessedSpec | undefined
}

async function readTables(
  paths: readonly string[],
  given: TableSpec | undefined,
  nicknames: TableSpec['nicknames'],
  options: TableCommandOptions,
): Promise<GivenTables> {
  const [left, right] = (await readTableFiles(paths, options)) as [Table, Table | undefined]
  const guess = given === undefined ? guessSpec(paths, left, right, options) : undefined
  const known = given ?? (guess as GuessedSpec).spec
  const whole = { ...known, nicknames: [...known.nicknames, ...nicknames] }
  const { spec, unshared } =
    right === undefined ? { spec: whole, unshared: [] } : withoutUnsharedColumns(left, right, whole)
  if (options.truthColumn !== undefined)
    for (const table of right === undefined ? [left] : [left, right])
      columnOf(table, options.truthColumn, '--truth-column')
  return { left, right, spec, unshared, guess }
}

function readCompleteSpec(path: string): TableSpec {
  return readSpec(readInput(path).toString('utf8'), basename(path))
}

/** To be copied as they stand: the first goes on with the guess, the others let it be corrected. */
function nextCommands(paths: readonly string[], { out, header }: TableCommandOptions): string {
  const files = [...paths.map(shellWord), ...(header === false ? ['--no-header'] : [])].join(' ')
  const command = (spec: string) =>
    `bidui ${paths.length === 1 ? 'dedupe' : 'link'} ${files} --spec ${spec} --out ${shellWord(out)}`
  return `照此运行 Take it as it is:
  ${command('auto')}
或先改正 or correct it first:
  bidui propose-spec ${files} > spec.yaml
  ${command('spec.yaml')}`
}

interface GuessedSpec {
  readonly spec: TableSpec
  /** As YAML, with reasons. */
  readonly lines: string
}

/** Without a spec the guess is shown and nothing is run, unless the guess was asked for. */
function guessSpec(
  paths: readonly string[],
  left: Table,
  right: Table | undefined,
  options: TableCommandOptions,
): GuessedSpec {
  const proposal = proposeSpec(left, right, options.truthColumn)
  const lines = proposalLines(proposal).join('\n')
  if (options.spec !== 'auto') {
    process.stdout.write(`${lines}\n`)
    throw new BiduiError(
      'E520',
      EXIT.usage,
      '没有给出 --spec；上面是按各列内容的推测 · no --spec is given; above is what the columns seem to hold.',
      {
        advice: nextCommands(paths, options),
      },
    )
  }
  process.stderr.write(`${lines}\n`)
  return { spec: completeSpec(proposal.spec), lines }
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

/** Tables as text, workbooks or DBF; what a conversion has to say goes to the terminal. */
export async function readTableFiles(
  paths: readonly string[],
  { header }: Pick<TableCommandOptions, 'header'>,
): Promise<Table[]> {
  const tables: Table[] = []
  for (const path of paths) {
    const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true
    const { bytes, warnings } =
      isThere && isForeign(path) ? await readWholeFile(path, []) : { bytes: readInput(path), warnings: [] }
    for (const warning of warnings) process.stderr.write(`${warning}\n`)
    tables.push(readTable(bytes, basename(path), { hasHeader: header !== false }))
  }
  return tables
}

function share(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (value > 0 && value < 1) return value
  throw new BiduiError(
    'E401',
    EXIT.usage,
    `${option} ${text}: 应为 0 与 1 之间的数 · a number between 0 and 1 is wanted.`,
  )
}

function workerCount(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw new BiduiError('E401', EXIT.usage, `--workers ${text}: 应为 1 至 99 的数 · a number from 1 to 99 is wanted.`)
}

const CANNOT_READ: Readonly<Record<string, string>> = {
  ENOENT: '找不到文件 · no such file',
  EISDIR: '是文件夹，不是文件 · a folder, not a file',
  EACCES: '没有读取权限 · no permission to read',
}

function readInput(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    const why = CANNOT_READ[code] ?? `不能读取 · cannot be read (${code})`
    throw new BiduiError('E402', EXIT.noInput, `${basename(path)}: ${why}.`, {
      advice: '请给出一个可读的文件 · give a file that exists and that this account may read.',
      cause,
    })
  }
}
