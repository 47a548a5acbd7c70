/**
 * `bidui doctor`: does this machine have what a run needs? Facts are looked at, the parts are tried, and an invented county of
 * 500 people is reconciled and held against its truth. For whoever installs, and for a machine on which something fails.
 *
 * Leaves nothing behind. Exit: 0 a run works, whatever is worth knowing · 78 something that a run needs is missing.
 */
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import type { Command } from 'commander'
import { padCell } from '../display-text.ts'
import { BiduiError, EXIT } from '../errors.ts'
import { stageLines } from '../progress.ts'
import { onInterrupt, removeLeftovers } from '../report/run-directory/staging.ts'
import { REGISTERS } from '../registers/columns.ts'
import { type Check, checkFacts } from './doctor/machine-checks.ts'
import { existingPlace, machineFacts } from './doctor/machine-facts.ts'
import { numberOption } from './command-line/number-option.ts'
import { systemError } from './command-line/system-error.ts'

interface DoctorOptions {
  readonly out: string
  readonly people: number
  readonly json?: boolean
}

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('检查本机: does this machine have what a run needs? Looks, and makes a trial run')
    .description(
      '检查本机: 逐项查看本机能否运行，并用虚构的数据试运行一次。\n' +
        'Looks whether this machine has what a run needs, and makes a trial run on invented data.',
    )
    .option('--out <dir>', '批次将写在哪里，查这块磁盘: where runs are to be written: its disk is looked at', '.')
    .option(
      '--people <n>',
      '全县多少人，内存和磁盘须够用: people of the county that memory and disk must be enough for',
      numberOption,
      850_000,
    )
    .option('--json', '以 JSON 输出: machine-readable')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui doctor
        逐项一行，有问题的说明怎么办
        one line for each thing looked at, and what to do about what is wrong
  bidui doctor --out /data/census --people 1200000
        同上，查 /data/census 所在的磁盘和 120 万人的县
        the same for the disk of /data/census and a county of 1,200,000

试运行不需要您的文件，不外传，不留痕迹。
The trial needs no file of yours; nothing is sent, nothing is left behind.
Exit 退出码: 0 a run works 可以运行 · 78 something is missing 有缺`,
    )
    .action(async (options: DoctorOptions) => {
      if (!Number.isInteger(options.people) || options.people < 1)
        throw new BiduiError(
          'E401',
          EXIT.usage,
          `--people ${options.people}: 请给出人数 · a number of people is wanted.`,
        )
      const checks = [
        ...checkFacts(machineFacts(options.out), options.people),
        ...(await tryIn(existingPlace(options.out))),
      ]
      process.stdout.write(options.json === true ? `${JSON.stringify(checks, null, 2)}\n` : formatChecks(checks))
      if (checks.some(({ state }) => state === 'failed')) process.exitCode = EXIT.config
    })
}

const MARKS: Readonly<Record<Check['state'], string>> = { fine: '正常 ok', warning: '注意 note', failed: '缺失 FAILED' }

export function formatChecks(checks: readonly Check[]): string {
  const lines = checks.flatMap(({ name, zh, state, found, advice }) => [
    `${padCell(MARKS[state], 13)}${padCell(`${name} ${zh}`, 29)}${found}`,
    ...(advice === undefined ? [] : [`             ${advice}`]),
  ])
  const failed = checks.filter(({ state }) => state === 'failed').length
  const end =
    failed === 0
      ? '可以运行 · a run works on this machine'
      : `${failed} 项缺失，不能运行 · ${failed} missing: a run would fail`
  return `${[...lines, end].join('\n')}\n`
}

/** A folder of the doctor's own; the number of the process follows, so that one left by a killed process is known. */
const OWN_FOLDER = '.bidui-doctor-'

/** What is written is written into one folder, which goes whatever happens. */
async function tryIn(folder: string): Promise<Check[]> {
  const own = join(folder, `${OWN_FOLDER}${process.pid}`)
  const cleanUp = (): void => {
    // Workers may be writing into it still. (Below a file it was never made, and removing it would be an error.)
    if (existsSync(own)) rmSync(own, { recursive: true, force: true, maxRetries: 5 })
  }
  const forget = onInterrupt(cleanUp)
  try {
    const writing = checkFolder(folder, own)
    return writing.state === 'failed' ? [writing] : [writing, await trial(own)]
  } finally {
    forget()
    cleanUp()
  }
}

/** Whether runs can be written there: they are written beside their place and renamed. */
function checkFolder(folder: string, own: string): Check {
  const named = { name: 'folder', zh: '目录' }
  try {
    removeLeftovers(folder, OWN_FOLDER)
    mkdirSync(join(own, 'a'), { recursive: true })
    writeFileSync(join(own, 'a', '中文.csv'), '比对\n', { flush: true })
    renameSync(join(own, 'a'), join(own, 'b'))
    return { ...named, state: 'fine', found: 'can be written 可写' }
  } catch (error) {
    return { ...named, state: 'failed', found: 'cannot be written 不可写', advice: wordsOf(error) }
  }
}

/** Precision and recall of links below which something is wrong with the machine: the county is always the same. */
const QUALITY_LEAST = 0.99
const TRIAL_PEOPLE = 500

/** An invented county, made, reconciled with two workers (SQLite, threads and shared memory with it) and held against its truth. */
async function trial(place: string): Promise<Check> {
  const named = { name: 'trial run', zh: '试运行' }
  const began = performance.now()
  try {
    const { precision, recall } = await reconcileInvented(place)
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    const found = `SQLite, ${availableParallelism()} cores 核, ${seconds} s; precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}`
    if (Math.min(precision, recall) >= QUALITY_LEAST) return { ...named, state: 'fine', found }
    const advice = '结果与真值不符，请重新安装 · it does not agree with its truth: install bidui anew.'
    return { ...named, state: 'failed', found, advice }
  } catch (error) {
    return { ...named, state: 'failed', found: 'did not end 未完成', advice: wordsOf(error) }
  }
}

async function reconcileInvented(place: string): Promise<{ readonly precision: number; readonly recall: number }> {
  // Loaded here: where a module is missing or built for another Node, the other checks still stand.
  const { synthesizeCounty } = await import('../synth/index.ts')
  const { runToDirectory } = await import('./run.ts')
  const { completeSettings } = await import('../settings.ts')
  const { KeyIndex } = await import('../evaluate/key-index.ts')
  const { evaluateLinks } = await import('../evaluate/evaluate.ts')
  const { readLinks, readPeople } = await import('../evaluate/read-tables.ts')
  const county = join(place, 'county')
  const run = join(place, 'run')
  await synthesizeCounty({ people: TRIAL_PEOPLE, seed: 'doctor', out: county })
  const registers = Object.fromEntries(REGISTERS.map((register) => [register, [join(county, `${register}.csv`)]]))
  const settings = completeSettings({ registers, out: run, workers: 2 }, () => 2)
  await runToDirectory(settings, stageLines({ quiet: true }))
  const records = new KeyIndex()
  const found = readPeople(join(run, 'people.csv'), records)
  const truth = readPeople(join(county, 'people.csv'), records)
  return evaluateLinks({ records, found, truth, links: readLinks(join(run, 'links.csv'), records) }).automatic[0]
}

/** What an error says to a person. */
function wordsOf(thrown: unknown): string {
  const error = systemError(thrown)
  if (error instanceof BiduiError) return error.message
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
