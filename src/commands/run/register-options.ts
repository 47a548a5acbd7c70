/**
 * The options by which a county's registers are named, the same for `run` and `blocks`. The job file is job-file.ts.
 */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { numberOption } from '../command-line/number-option.ts'
import { BiduiError, EXIT, nearestWord } from '../../errors.ts'
import { encodingNamed } from '../../ingest/encoding/encoding-name.ts'
import type { CountyPins } from '../../matching/weigh/county-model-file.ts'
import { REGISTERS, type RegisterName } from '../../registers/columns.ts'
import type { Job } from './job-file.ts'
import { type CompleteSettings, completeSettings, type Settings } from '../../settings.ts'
import { workersFor } from '../../workers/worker-count.ts'

/** Settings that an option gives as it is. */
type PlainSetting =
  | 'area'
  | 'referenceDate'
  | 'workers'
  | 'encoding'
  | 'maxFalseLinkRate'
  | 'decisions'
  | 'answers'
  | 'previous'
  | 'stopOnLoss'
  | 'signedThreshold'
  | 'requireEncrypted'
  | 'purpose'
  | 'authorisation'
  | 'out'

export interface RegisterOptions extends Partial<Pick<Settings, PlainSetting>> {
  readonly police?: readonly string[]
  readonly census?: readonly string[]
  readonly censusDeaths?: readonly string[]
  readonly births?: readonly string[]
  readonly deaths?: readonly string[]
  /** `REGISTER=DATE` each. */
  readonly asOf?: readonly string[]
  /** A model file, of which the settings hold what it says. */
  readonly model?: string
}

/** For an option that may be given several times: its values in the order given. */
export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value]
}

export function addRegisterOptions(command: Command): Command {
  return command
    .option('--police <file>', '户籍登记簿，可多次给出: police household register extract (repeatable)', collect)
    .option('--census <file>', '普查短表，可多次给出: census short-form person rows (repeatable)', collect)
    .option('--census-deaths <file>', '死亡人口调查表，可多次给出: census death form (repeatable)', collect)
    .option('--births <file>', '出生医学证明，可多次给出: birth certificates (repeatable)', collect)
    .option('--deaths <file>', '死亡医学证明，可多次给出: death certificates (repeatable)', collect)
    .option('--area <code>', '本次比对的区划代码，6、4 或 2 位: loaded area, 6, 4 or 2 digits (repeatable)', collect)
    .option('--reference-date <date>', '普查标准时点: reference date of the census (default: 2020-11-01)')
    .option(
      '--as-of <register=date>',
      '某登记册的数据截止到哪天: to which day a register reaches (repeatable)',
      collect,
    )
    .option(
      '--workers <n>',
      '线程数，不影响结果: threads that work (default: one below 4 MB, else two, one per 32 MB of large inputs, at most one per core)',
      numberOption,
    )
    .option('--encoding <name>', '指定文件编码，不再自动识别: force the encoding: utf-8, gb18030, utf-16le, utf-16be')
}

/** `bidui run huji.csv duanbiao.csv`: files without their options. */
export function refuseLooseFiles(command: 'run' | 'blocks', args: readonly string[]): void {
  if (args.length < 2) return
  throw new BiduiError(
    'E401',
    EXIT.usage,
    `${args.join(' ')}: 只要一个作业文件 · one job file is wanted, not ${args.length}.`,
    {
      advice: `登记文件逐个用选项给出 · give each register with its option: bidui ${command} --police FILE --census FILE`,
    },
  )
}

/** Settings from the command line over those of a job file, completed and checked. */
export async function settingsFrom(
  options: RegisterOptions,
  jobFile: string | undefined,
  defaultOut = '',
): Promise<CompleteSettings> {
  refuseEmpty(options)
  // Loaded only for those who have one: reading YAML and checking it costs as much as a small county.
  const job: Job = jobFile === undefined ? {} : (await import('./job-file.ts')).readJob(jobFile)
  const files = (register: RegisterName, given: readonly string[] | undefined) => given ?? asList(job[register])
  const given: Settings = {
    registers: {
      police: files('police', options.police),
      census: files('census', options.census),
      census_deaths: files('census_deaths', options.censusDeaths),
      births: files('births', options.births),
      deaths: files('deaths', options.deaths),
    },
    area: options.area ?? asList(job.area),
    asOf: { ...checkRegisters(job.as_of ?? {}, 'as_of'), ...parseAsOf(options.asOf ?? []) },
    out: options.out ?? job.out ?? defaultOut,
    columns: checkRegisters(job.columns ?? {}, 'columns'),
    ...optional('referenceDate', options.referenceDate ?? job.reference_date),
    ...optional('workers', options.workers ?? job.workers),
    ...optional('encoding', options.encoding ?? job.encoding),
    ...optional('maxFalseLinkRate', options.maxFalseLinkRate ?? job.max_false_link_rate),
    ...optional('decisions', options.decisions ?? job.decisions),
    ...optional('answers', options.answers ?? job.answers),
    ...optional('previous', options.previous ?? job.previous),
    ...optional('stopOnLoss', options.stopOnLoss ?? job.stop_on_loss),
    ...optional('signedThreshold', options.signedThreshold ?? job.signed_threshold),
    ...optional('requireEncrypted', options.requireEncrypted ?? job.require_encrypted),
    ...optional('model', await readModel(options.model ?? job.model)),
    ...optional('purpose', options.purpose ?? job.purpose),
    ...optional('authorisation', options.authorisation ?? job.authorisation),
  }
  const { encoding } = given
  if (encoding !== undefined && encodingNamed(encoding) === undefined)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--encoding ${encoding}: 应为其中之一 · utf-8, gb18030, utf-16le or utf-16be is wanted.`,
    )
  return completeSettings(given, workersFor)
}

/** `--police "$FILE"` of a script in which FILE was never set. */
function refuseEmpty({ police, census, censusDeaths, births, deaths, ...options }: RegisterOptions): void {
  const { out, decisions, answers, previous, model } = options
  const registers = Object.entries({ police, census, 'census-deaths': censusDeaths, births, deaths })
  const others = Object.entries({ out, decisions, answers, previous, model })
  for (const [name, paths] of [...registers, ...others])
    if ([paths].flat().some((path) => path?.trim() === ''))
      throw new BiduiError('E401', EXIT.usage, `--${name}: 路径是空的 · the path is empty.`, {
        advice: '脚本中的变量是否未赋值 · was a variable of the script never set?',
      })
}

async function readModel(path: string | undefined): Promise<CountyPins | undefined> {
  if (path === undefined) return undefined
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new BiduiError('E101', EXIT.noInput, `${path}: 模型文件不能读取 · the model file cannot be read.`, { cause })
  }
  const { readCountyPins } = await import('../../matching/weigh/county-model-file.ts')
  return readCountyPins(text, path)
}

function parseAsOf(given: readonly string[]): Record<string, string> {
  const asOf: Record<string, string> = {}
  for (const text of given) {
    const [register, date] = text.split('=').map((part) => part.trim())
    if (date === undefined)
      throw new BiduiError(
        'E401',
        EXIT.usage,
        `--as-of ${text}: 请写成 登记册=日期 · write REGISTER=DATE, such as police=2020-11-20.`,
      )
    asOf[register] = date
  }
  return checkRegisters(asOf, '--as-of')
}

function checkRegisters<T>(record: Readonly<Record<string, T>>, where: string): Record<string, T> {
  for (const name of Object.keys(record))
    if (!(REGISTERS as readonly string[]).includes(name)) {
      const near = nearestWord(name, REGISTERS)
      throw new BiduiError('E401', EXIT.usage, `${where}: ${name}: 没有这种登记册 · is not a register.`, {
        advice:
          near === undefined ? `登记册有 · registers are: ${REGISTERS.join(', ')}.` : `是否指 · did you mean ${near}?`,
      })
    }
  return { ...record }
}

function asList(value: string | number | readonly (string | number)[] | undefined): string[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })
}
