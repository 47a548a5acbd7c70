/**
 * `bidui review RUN`: the review desk (审核台) as a page on this machine.
 * Arguments in, a one-time link out; the desk itself is src/review.
 */
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { BiduiError, EXIT } from '../errors.ts'
import { checkVolume } from './run/check-volume.ts'
import { controlText, readControlEstimate } from '../review/control-rates.ts'
import { DecisionLog, listAccounts, ROLES, type Role, saveAccount } from '../review/decisions/index.ts'
import { networkWithoutTls, type RunningDesk, startDesk } from '../review/server/start.ts'
import { openRun } from '../store/open-run.ts'
import { systemError } from './command-line/system-error.ts'

interface ReviewOptions {
  readonly decisions?: string
  readonly user?: string
  readonly role?: string
  readonly areas?: string
  readonly passwordFile?: string
  readonly port?: string
  readonly host?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly iAcceptNetwork?: boolean
  readonly rerunEvery?: string
  readonly rates?: boolean
  readonly requireEncrypted?: boolean
}

export function registerReview(program: Command): void {
  program
    .command('review')
    .summary('审核台: open the review desk for a run')
    .description(
      '审核台: 没有把握的配对和问题由人判断；只在本机打开，链接 60 秒内用一次。\n' +
        'People decide what the linkage left to them, and judge findings.\n' +
        'The page is served to this machine only; the link works once, for 60 seconds.',
    )
    .argument('<run>', '批次目录: directory that `bidui run` wrote')
    .option(
      '--decisions <file>',
      '裁决文件，没有就新建: decisions file (default: decisions/decisions.sqlite beside the run)',
    )
    .option('--user <name>', '建立或修改账户，然后退出: add or change an account and stop')
    .option('--role <role>', `账户的角色: role of --user: ${ROLES.join(', ')} (default: reviewer)`)
    .option('--areas <codes>', '账户管哪些区划，用逗号分开: area codes --user works in, with commas (default: all)')
    .option(
      '--password-file <file>',
      '密码文件，第一行是账户的密码: first line = password of --user (10 characters or more)',
    )
    .option('--port <number>', '审核台的端口: port (default: a free one)')
    .option('--host <name>', '对网络开放的主机名，须与下面三项同用: serve to a network: only with the next three')
    .option('--tls-cert <file>', '证书文件: certificate (PEM)')
    .option('--tls-key <file>', '证书的私钥文件: its key (PEM)')
    .option('--i-accept-network', '同意其他电脑可以访问: say that other machines may reach the desk')
    .option(
      '--rerun-every <minutes>',
      '有新裁决时，每隔几分钟自动重算: run the county again by itself when something was decided',
    )
    .option(
      '--require-encrypted',
      '批次和裁决都在加密卷上才打开: open only if run and decisions lie on an encrypted volume',
    )
    .option('--rates', '按抽查估计错关联和漏关联，打印后退出: false and missed links by the control sample, and stop')
    .addHelpText(
      'after',
      `
Examples 示例:
  bidui review run1
        一人一机，不用密码：打印一次性链接
        one person, no password: prints the link
  bidui review run1 --user zhang --role lead --password-file p.txt
        建账户；此后须登录
        accounts; from then on people log in
  bidui review run1 --rates
        按人工裁决估计：再放宽会错多少
        how wrong linking more would be, by what people said
  bidui run … --decisions decisions/decisions.sqlite
        下一批次照裁决办
        the next run obeys what was decided`,
    )
    .action(async (run: string, options: ReviewOptions) => {
      const decisions = resolve(options.decisions ?? join(dirname(resolve(run)), 'decisions', 'decisions.sqlite'))
      if (options.rates === true) process.stdout.write(controlText(readControlEstimate(run, decisions)))
      else if (options.user !== undefined) addAccount(decisions, options.user, options)
      else await serveUntilStopped(await openDesk(run, decisions, options))
    })
}

async function openDesk(run: string, decisions: string, options: ReviewOptions): Promise<RunningDesk> {
  refuseWithoutUser(options)
  process.stderr.write(checkVolume([run, dirname(decisions)], { isRequired: options.requireEncrypted === true }).said)
  // Before anything is made beside it: of a mistyped run there are no decisions to begin.
  openRun(run).close()
  prepareAccounts(decisions)
  process.stderr.write(clockWarning(decisions, Date.now()))
  return startDesk({
    directory: run,
    decisions,
    ...networkOf(options),
    ...(options.port === undefined ? {} : { port: portOf(options.port) }),
    rerunCommand: [process.execPath, ...process.execArgv, process.argv[1]],
    ...(options.rerunEvery === undefined ? {} : { rerunEveryMinutes: minutesOf(options.rerunEvery) }),
    onSwitch: (directory) =>
      process.stderr.write(`已换到新批次 · the desk now shows ${directory}; open that one next time.\n`),
    onRunReplaced: (directory) =>
      process.stderr.write(
        `${directory}: 本批次的目录已被替换或移走；审核台仍显示原来的批次，判断照常保存。请停下后重新打开 · replaced or removed: the desk still ` +
          'shows the run it opened, verdicts are saved. Stop it and open it again.\n',
      ),
    onError: tellErrors((text) => process.stderr.write(text)),
  })
}

/** The page sends again what was not saved, every few seconds: the same words are not written as often. */
const SAME_WORDS_MS = 60_000

/** What is told on the terminal of an error behind the page: a full disk is no bug, and needs whoever sits there. */
export function tellErrors(write: (text: string) => void, clock: () => number = Date.now): (error: unknown) => void {
  let said = { text: '', at: Number.NEGATIVE_INFINITY }
  return (error) => {
    const known = systemError(error)
    const text =
      known instanceof BiduiError
        ? `${known.message} 网页上未保存的判断会自动重试 · verdicts that wait in the page are sent again.\n`
        : `[E700] ${error instanceof Error ? error.name : 'error'} in the desk\n`
    if (text === said.text && clock() - said.at < SAME_WORDS_MS) return
    said = { text, at: clock() }
    write(text)
  }
}

async function serveUntilStopped(desk: RunningDesk): Promise<void> {
  process.stdout.write(`${desk.newLink()}\n`)
  process.stderr.write('审核台已打开。链接 60 秒内有效，只能用一次；按回车得到新链接，Ctrl+C 结束。\n')
  process.stderr.write('The desk is open. Enter: another one-time link. Ctrl+C: stop.\n')
  const lines = createInterface({ input: process.stdin })
  lines.on('line', () => process.stdout.write(`${desk.newLink()}\n`))
  await new Promise<void>((stop) => {
    process.once('SIGINT', () => stop())
    process.once('SIGTERM', () => stop())
  })
  lines.close()
  await desk.stop()
}

function addAccount(decisions: string, name: string, options: ReviewOptions): void {
  const role = ROLES.find((one) => one === (options.role ?? 'reviewer'))
  if (role === undefined)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--role ${options.role}: 应为其中之一 · one of ${ROLES.join(', ')} is wanted.`,
    )
  const password = options.passwordFile === undefined ? undefined : passwordIn(options.passwordFile)
  const areas = (options.areas ?? '').split(',').filter((area) => area !== '')
  withLog(decisions, (log) => {
    const others = listAccounts(log.database).filter((account) => account.name !== name)
    if (password === undefined && others.length > 0)
      throw new BiduiError(
        'E401',
        EXIT.usage,
        '--user: 有多个账户时人人要有密码 · with more than one account each needs a password.',
        {
          advice: '请给出 --password-file · give it.',
        },
      )
    const open = others.filter((account) => !account.hasPassword)
    // The account without a password was there for one person alone; it ends when there are several.
    for (const account of open) log.database.prepare('DELETE FROM account WHERE name = ?').run(account.name)
    save(log, name, role, areas, password)
  })
  process.stderr.write(`账户已保存 account saved: ${name} (${role})\n`)
}

/** Whoever means to make an account and forgets its name must not be given an open desk instead. */
function refuseWithoutUser({ role, areas, passwordFile }: ReviewOptions): void {
  const given = Object.entries({ '--role': role, '--areas': areas, '--password-file': passwordFile })
  const alone = given.find(([, value]) => value !== undefined)
  if (alone !== undefined)
    throw new BiduiError('E401', EXIT.usage, `${alone[0]}: 缺少 --user · --user NAME is missing.`, {
      advice: '这几项说明 --user 的账户 · it describes the account that --user adds or changes.',
    })
}

function passwordIn(path: string): string {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/)[0]
  } catch (cause) {
    throw new BiduiError('E101', EXIT.noInput, `--password-file ${path}: 找不到或不能读取 · cannot be read.`, {
      advice: '请给出第一行是密码的文件 · give a file whose first line is the password.',
      cause,
    })
  }
}

/** The first start makes one local account that may do everything a lead may. */
function prepareAccounts(decisions: string): void {
  withLog(decisions, (log) => {
    if (listAccounts(log.database).length === 0) save(log, 'local', 'lead', [], undefined)
  })
}

/** Clocks of two machines may differ by this much. */
const CLOCK_SLACK_MS = 5 * 60_000

/** Every decision would bear the time of the last one until the clock has caught up: the 日报 of those days would be empty. */
export function clockWarning(decisions: string, now: number): string {
  let last = ''
  withLog(decisions, (log) => {
    last = log.lastEventTime
  })
  if (last === '' || Date.parse(last) <= now + CLOCK_SLACK_MS) return ''
  return (
    `[E406] 本机时间早于最后一次裁决(${last.slice(0, 16)})：请先校时；在此之前，新的裁决都记作那一刻 · the clock of this machine is behind the last ` +
    'decision: set it first; until then every decision bears that time.\n'
  )
}

function save(
  log: DecisionLog,
  name: string,
  role: Role,
  areas: readonly string[],
  password: string | undefined,
): void {
  const created = new Date().toISOString()
  saveAccount(log.database, { name, role, areas, ...(password === undefined ? {} : { password }) }, created)
  log.append([{ actor: name, role, ev: 'account' }])
}

function withLog(decisions: string, use: (log: DecisionLog) => void): void {
  const log = DecisionLog.open(decisions)
  try {
    use(log)
  } finally {
    log.close()
  }
}

function networkOf(options: ReviewOptions) {
  const { host, tlsCert, tlsKey, iAcceptNetwork } = options
  if (host === undefined) return {}
  if (tlsCert === undefined || tlsKey === undefined || iAcceptNetwork !== true) throw networkWithoutTls()
  return { host, tls: { certificate: tlsCert, key: tlsKey } }
}

function minutesOf(text: string): number {
  const minutes = Number(text)
  if (!(minutes >= 1 && minutes <= 1440))
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--rerun-every ${text}: 应为 1 至 1440 分钟 · minutes from 1 to 1440 are wanted.`,
    )
  return minutes
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1024 || port > 65_535)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--port ${text}: 应为 1024 至 65535 的数 · a number from 1024 to 65535 is wanted.`,
    )
  return port
}
