/**
 * Decided pairs re-enter linking (按裁决重算): the county is run again with the decisions, in a process of its own, and
 * the desk goes over to the new run when it is there. Why so: docs/decisions/0003-decisions-re-enter-by-a-new-run.md.
 *
 * In:  the directory of the run and the command that runs `bidui`. Out: a run directory beside it, and what changed:
 *      people, findings by code, pairs left to people. The old run is never touched; a run that fails changes nothing. The answers of
 *      the townships and a model that was given go along; files that have lost a register or a township since are refused (E143).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { FINDING_TABLE, type FindingCode } from '../../../findings/table.ts'
import { readManifest, type RunManifest } from '../../../report/run-directory/read-manifest.ts'
import { removeLeftovers, stagedBeside, stagedPrefix } from '../../../report/run-directory/staging.ts'
import type { FindingChange, RerunChanges, RerunStatus } from '../../api.ts'
import { DECISIVE, judgementsOf, Projection, readEvents } from '../../decisions/index.ts'
import { compareText } from '../../../text-order.ts'
import { RunReader } from '../../run-reader.ts'
import type { Desk, Person } from './desk.ts'
import { Refusal } from '../refusal.ts'

export interface RerunOptions {
  readonly decisions: string
  /** Program and first arguments of bidui, such as [node, cli.js]; without it there is no running again here. */
  readonly command: readonly string[] | undefined
  /** Called when the desk has gone over to the new run. */
  readonly onSwitch: (directory: string) => void
}

const IDLE: RerunStatus = { state: 'idle', decided: 0, waiting: 0 }

export class Rerun {
  private readonly desk: Desk
  private readonly options: RerunOptions
  private child: ChildProcess | undefined
  /** Where the job of the run on its way lies. */
  private folder: string | undefined
  private last: RerunStatus = IDLE
  /** What was decided when the run now shown was made, as one text: another text, other decisions. */
  private obeyed: string

  constructor(desk: Desk, options: RerunOptions) {
    this.desk = desk
    this.options = options
    this.obeyed = obeyedBy(manifestOf(desk.run.directory), desk, resolve(options.decisions))
    // A desk that was killed while a run was on its way left the run's job.
    const { directory } = desk.run
    removeLeftovers(dirname(resolve(directory)), stagedPrefix(jobBeside(directory)))
  }

  status(): RerunStatus {
    const { decided, waiting } = this.counts()
    return { ...this.last, decided, waiting }
  }

  /** True if something was decided that the run on the desk does not know of. */
  get isDue(): boolean {
    return this.options.command !== undefined && this.child === undefined && this.counts().waiting > 0
  }

  /** Starts a run in the background; answers at once. */
  start(person: Person): RerunStatus {
    const { command } = this.options
    if (command === undefined || command.length === 0) throw new Refusal(409, 'rerun-unavailable')
    if (this.child !== undefined) throw new Refusal(409, 'rerun-running')
    const manifest = manifestOf(this.desk.run.directory)
    if (manifest === undefined) throw new Refusal(409, 'rerun-unavailable')
    const out = freeNameBeside(this.desk.run.directory)
    const folder = stagedBeside(jobBeside(this.desk.run.directory))
    mkdirSync(folder, { mode: 0o700 })
    this.folder = folder
    const job = join(folder, 'job.json')
    const model = join(folder, 'model.json')
    const { model: pins } = manifest.settings
    if (pins !== undefined && pins !== null) writeFileSync(model, JSON.stringify(pins), { mode: 0o600 })
    const given = { ...jobOf(manifest, this.options.decisions, out), ...alongFrom(this.desk.run.directory) }
    writeFileSync(job, JSON.stringify(pins ? { ...given, model } : given), { mode: 0o600 })
    const taken = judged(this.desk.projection)
    const started = this.desk.clock()
    this.desk.append([{ ...this.desk.who(person), ev: 'rerun', reason: 'start' }])
    const child = spawn(command[0], [...command.slice(1), 'run', job, '--quiet', '--json'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    this.child = child
    this.last = { ...IDLE, state: 'running' }
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 4000) said += chunk.toString('utf8')
    })
    const finish = (code: number | null) => {
      rmSync(folder, { recursive: true, force: true })
      this.folder = undefined
      if (this.child !== child) return
      this.child = undefined
      const fail = (error: string) => {
        this.last = { ...IDLE, state: 'failed', error }
      }
      // 3: done, with rows in quarantine as in every run of these files.
      if (code !== 0 && code !== 3) return fail(/\[(E\d+)\]/.exec(said)?.[1] ?? `exit ${String(code)}`)
      try {
        this.goOver(out, person, taken, started)
      } catch {
        // A run that cannot be read must not take the desk down with it: people go on in the old one.
        fail('E700')
      }
    }
    child.once('error', () => finish(null))
    child.once('exit', (code) => finish(code))
    return this.status()
  }

  /** Ends a run on its way; the half of it is removed by the run itself. */
  stop(): void {
    const { child } = this
    this.child = undefined
    child?.kill('SIGTERM')
    // The desk may be gone before it hears of the end.
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true })
  }

  private goOver(out: string, person: Person, taken: string, started: number): void {
    const { desk } = this
    const before = desk.run.directory
    desk.openRun(out)
    this.obeyed = taken
    desk.append([{ ...desk.who(person), ev: 'rerun', reason: 'done' }])
    const changes = compareRuns(before, out)
    this.last = { ...IDLE, state: 'done', name: basename(out), seconds: (desk.clock() - started) / 1000, changes }
    this.options.onSwitch(out)
  }

  private counts(): { readonly decided: number; readonly waiting: number } {
    const lines = (text: string) => new Set(text === '' ? [] : text.split('\n'))
    const now = lines(judged(this.desk.projection))
    const then = lines(this.obeyed)
    let waiting = 0
    for (const line of now) if (!then.has(line)) waiting++
    for (const line of then) if (!now.has(line)) waiting++
    return { decided: now.size, waiting }
  }
}

/** What another run says of the county: people, findings that are gone or new, pairs still open to people. */
function compareRuns(before: string, after: string): RerunChanges {
  const [old, now] = [new RunReader(before), new RunReader(after)]
  try {
    const oldFindings = new Map(old.findings().map((finding) => [finding.findingId, finding.code]))
    const newFindings = new Map(now.findings().map((finding) => [finding.findingId, finding.code]))
    const findings = new Map<string, { gone: number; made: number }>()
    const of = (code: string) => {
      let change = findings.get(code)
      if (change === undefined) findings.set(code, (change = { gone: 0, made: 0 }))
      return change
    }
    for (const [id, code] of oldFindings) if (!newFindings.has(id)) of(code).gone++
    for (const [id, code] of newFindings) if (!oldFindings.has(id)) of(code).made++
    return {
      people: [peopleOf(before), peopleOf(after)],
      pairs: [old.pairs.length, now.pairs.length],
      findings: [...findings]
        .map(
          ([code, change]): FindingChange => ({
            code,
            zh: FINDING_TABLE[code as FindingCode]?.zh ?? code,
            ...change,
          }),
        )
        .sort((a, b) => compareText(a.code, b.code)),
    }
  } finally {
    old.close()
    now.close()
  }
}

function judged(projection: Projection): string {
  return judgementsOf(projection)
    .map(({ left, right, verdict }) => `${left} ${right} ${verdict}`)
    .join('\n')
}

/** What stood in the decisions when a run began to read them; nothing if it read another file or none. */
function obeyedBy(manifest: RunManifest | undefined, desk: Desk, decisions: string): string {
  const read = manifest?.settings.decisions ?? ''
  if (manifest === undefined || read === '' || resolve(read) !== decisions) return ''
  const started = Date.parse(manifest.times.started_at)
  const earlier = [...readEvents(desk.log.database, DECISIVE)].filter((event) => Date.parse(event.t) <= started)
  return judged(Projection.of(earlier))
}

function manifestOf(directory: string): RunManifest | undefined {
  return existsSync(join(directory, 'manifest.json')) ? readManifest(directory) : undefined
}

function peopleOf(directory: string): number {
  const path = join(directory, 'summary.json')
  if (!existsSync(path)) return 0
  return (JSON.parse(readFileSync(path, 'utf8')) as { people: { total: number } }).people.total
}

/** The same inputs and settings as before, with the decisions, into a new directory. */
function jobOf(manifest: RunManifest, decisions: string, out: string): object {
  const { settings, inputs } = manifest
  const registers: Record<string, string[]> = {}
  for (const { register, path } of inputs) (registers[register] ??= []).push(path)
  return {
    ...registers,
    area: settings.area,
    reference_date: settings.reference_date,
    as_of: settings.as_of,
    max_false_link_rate: settings.max_false_link_rate,
    signed_threshold: settings.signed_threshold,
    require_encrypted: settings.require_encrypted ?? false,
    columns: settings.columns,
    purpose: settings.purpose,
    authorisation: settings.authorisation,
    ...(settings.encoding === '' ? {} : { encoding: settings.encoding }),
    ...(settings.workers === undefined ? {} : { workers: settings.workers }),
    decisions: resolve(decisions),
    out,
  }
}

/** What the run on the desk hands on: the answers that stand in it, and what its files held. */
function alongFrom(directory: string): object {
  const isAnswered = existsSync(join(directory, 'answers.sqlite'))
  return { previous: directory, stop_on_loss: true, ...(isAnswered ? { answers: directory } : {}) }
}

/** Where the job of a run that a desk starts lies: beside the run, on its volume; the same for run1 and run1-r2. */
function jobBeside(directory: string): string {
  return join(dirname(resolve(directory)), `${stemOf(directory)}-job`)
}

function stemOf(directory: string): string {
  return basename(resolve(directory)).replace(/-r\d+$/, '')
}

/** run1 → run1-r2, run1-r3 … */
function freeNameBeside(directory: string): string {
  const stem = stemOf(directory)
  for (let n = 2; ; n++) {
    const path = join(dirname(directory), `${stem}-r${n}`)
    if (!existsSync(path)) return path
  }
}
