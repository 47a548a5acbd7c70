/** The job file of `run` and `blocks`: the same settings as the options, in YAML. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, isAbsolute, resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { BiduiError, EXIT, nearestWord } from '../../errors.ts'
import { optionOf } from '../../ingest/headers/header.ts'
import { registerOfFile, registersInFolder } from '../../ingest/headers/registers-in.ts'
import { REGISTER_SPECS, REGISTERS } from '../../registers/columns.ts'

const files = z.union([z.string(), z.array(z.string())], { error: 'a file or a list of files is wanted' })
/** An authorisation number of digits only is a number to YAML. */
const text = z.union([z.string(), z.number().transform(String)], { error: 'a text is wanted' })

const jobSchema = z
  .object({
    police: files,
    census: files,
    census_deaths: files,
    births: files,
    deaths: files,
    area: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]),
    reference_date: z.string(),
    as_of: z.record(z.string(), z.string()),
    workers: z.number(),
    encoding: z.string(),
    max_false_link_rate: z.number(),
    decisions: z.string(),
    signed_threshold: z.boolean(),
    require_encrypted: z.boolean(),
    model: z.string(),
    answers: z.string(),
    previous: z.string(),
    stop_on_loss: z.boolean(),
    purpose: text,
    authorisation: text,
    out: z.string(),
    columns: z.record(z.string(), z.record(z.string(), z.string())),
  })
  .partial()

const JOB_KEYS = Object.keys(jobSchema.shape)

export type Job = z.infer<typeof jobSchema>

/** Reads and checks a job file; paths in it are meant from where it lies. */
export function readJob(path: string): Job {
  refuseNoJob(path)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new BiduiError('E101', EXIT.noInput, `${path}: 作业文件读不到 · the job file cannot be read.`, {
      advice:
        '请检查路径；登记文件用 --police、--census 等给出 · check the path; registers are given with --police, --census …',
      cause,
    })
  }
  let value: unknown
  try {
    value = parse(text)
  } catch (cause) {
    throw new BiduiError(
      'E401',
      EXIT.config,
      `${path}: 不是 YAML 文件 · not a YAML file: ${(cause as Error).message.split('\n')[0]}`,
      {
        cause,
      },
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BiduiError(
      'E401',
      EXIT.config,
      `${path}: 任务文件要写 police、census、out 等项 · a job file has keys such as police, census, out.`,
      {
        advice: '登记文件用 --police、--census 等给出 · a register is given with --police, --census …',
      },
    )
  for (const key of Object.keys(value))
    if (!JOB_KEYS.includes(key)) {
      const near = nearestWord(key, JOB_KEYS)
      throw new BiduiError('E401', EXIT.config, `${path}: ${key}: 没有这个设置 · is not a setting.`, {
        advice:
          near === undefined ? `设置有 · settings are: ${JOB_KEYS.join(', ')}.` : `是否指 · did you mean ${near}?`,
      })
    }
  const result = jobSchema.safeParse(value)
  if (!result.success)
    throw new BiduiError(
      'E401',
      EXIT.config,
      `${path}: 设置的值不对 · a value is wrong: ${z.prettifyError(result.error).replaceAll('\n', ' ')}`,
    )
  const base = dirname(path)
  const job: Record<string, unknown> = { ...result.data }
  // Paths in a job file are meant from where the job file lies.
  for (const key of [...REGISTERS, 'out', 'decisions', 'model', 'answers', 'previous']) {
    // From where the job file lies an empty path would be the folder it lies in.
    if ([job[key]].flat().some((given) => typeof given === 'string' && given.trim() === ''))
      throw new BiduiError('E401', EXIT.config, `${path}: ${key}: 路径是空的 · the path is empty.`, {
        advice: '请写上路径，或删去这一行 · write the path, or leave the line out.',
      })
    if (job[key] !== undefined)
      job[key] = Array.isArray(job[key])
        ? (job[key] as string[]).map((p) => from(base, p))
        : from(base, job[key] as string)
  }
  return job as Job
}

/** A folder, or a register without its option, where a job file is wanted: said as what it is. */
function refuseNoJob(path: string): void {
  if (existsSync(path) && statSync(path).isDirectory())
    throw new BiduiError(
      'E104',
      EXIT.noInput,
      `${path}: 是文件夹，不是作业文件 · a folder, not a job file. ${registersInFolder(path)}.`,
      { advice: '登记文件逐个用选项给出 · give each register with its option.' },
    )
  const register = registerOfFile(path)
  const isTable = register !== undefined || TABLES.has(extname(path).toLowerCase())
  if (!isTable || !existsSync(path)) return
  const what = register === undefined ? '登记表 · a table' : `${REGISTER_SPECS[register].zh} · the ${register} register`
  throw new BiduiError('E401', EXIT.config, `${path}: 是${what}, 不是作业文件 · not a job file.`, {
    advice: `请写 · write: --${register === undefined ? 'police|--census …' : optionOf(register)} ${path}`,
  })
}

/** No job file has these. */
const TABLES = new Set(['.csv', '.tsv', '.xlsx', '.xlsm', '.dbf'])

function from(base: string, path: string): string {
  return isAbsolute(path) ? path : resolve(base, path)
}
