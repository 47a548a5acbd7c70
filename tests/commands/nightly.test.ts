/**
 * A week of nights as docs/registers.md has them: a job file, a new directory each night, `runs/last` beside them, with what goes wrong in
 * an office. The law of all of it: what a clerk decided and what a township answered is never lost, and never said of anybody else; each
 * fault is told with what to do, leaves last night as it was, and the next night goes on.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { beforeAll, expect, test, vi } from 'vitest'
import { AnswerStore, loadAnswers } from '../../src/report/lists/answer-store.ts'
import { decodeCsv, encodeCsv } from '../../src/report/lists/csv.ts'
import { loadDecisions } from '../../src/review/decisions/index.ts'
import { Desk, type Person } from '../../src/review/server/desks/desk.ts'
import { linkByHand, splitPerson } from '../../src/review/server/desks/record-desk.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { outcomeOf, type Outcome, PROGRAM, programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
const home = temporaryFolder('nightly')
const at = (...parts: readonly string[]) => join(home, ...parts)
const bidui = programIn(home)
const lead: Person = { name: 'wang', role: 'lead', areas: [], hasPassword: false, sess: 's1' }
const FILES = ['police', 'census', 'census_deaths', 'births', 'deaths']
const TOWNSHIP = '513027101'

/** What the townships have answered: finding → verdict. */
const answered = new Map<string, string>()

function writeJob(more: string): void {
  const inputs = FILES.map((name) => `${name}: in/${name}.csv\n`).join('')
  writeFileSync(at('job.yaml'), `${inputs}purpose: 核查\nauthorisation: 7\nstop_on_loss: true\n${more}`)
}

const STANDING = 'decisions: decisions/decisions.sqlite\nanswers: runs/last\n'
const nightArgs = (name: string) => ['run', 'job.yaml', '--quiet', '--out', `runs/${name}`]

/** The line of cron: `runs/last` is moved only by a night that was made. */
function pointLastAt(name: string): void {
  rmSync(at('runs/last'), { force: true })
  symlinkSync(name, at('runs/last'))
}

function night(name: string): Outcome {
  const made = bidui(...nightArgs(name))
  expect(made.status, made.err).toBe(0)
  pointLastAt(name)
  return made
}

/** A night that is not made: the words, nothing under its name, and last night as it was. */
function refused(name: string, status: number, words: string, run = () => bidui(...nightArgs(name))): void {
  const before = readdirSync(at('runs')).sort()
  const { err, ...end } = run()
  expect([end.status, err], words).toEqual([status, expect.stringContaining(words)])
  expect(err).toMatch(/[。.]\s*$/)
  expect(readdirSync(at('runs')).sort(), words).toEqual(before)
}

/** Last night with something done to it, and as it was again. */
function withLastNight(spoil: (run: string) => void, then: () => void): void {
  const run = realpathSync(at('runs/last'))
  cpSync(run, at('aside'), { recursive: true })
  try {
    spoil(run)
    then()
  } finally {
    rmSync(run, { recursive: true, force: true })
    renameSync(at('aside'), run)
  }
}

/** Tonight's extract with something done to it, and as it was again. */
function withExtract(name: string, spoil: (path: string) => void, then: () => void): void {
  const path = at('in', `${name}.csv`)
  spoil(path)
  try {
    then()
  } finally {
    copyFileSync(at('county', `${name}.csv`), path)
  }
}

function peopleOf(run: string): ReadonlyMap<string, string> {
  const rows = decodeCsv(readFileSync(at('runs', run, 'people.csv'))).slice(1)
  return new Map(rows.map(([person, register, id]) => [`${register}:${id}`, person]))
}

/** @param upTo the last decision that the night could know */
function expectDecisionsObeyed(run: string, upTo = Number.POSITIVE_INFINITY): void {
  const people = peopleOf(run)
  const { judgements } = loadDecisions(at('decisions/decisions.sqlite'))
  let seen = 0
  for (const { left, right, verdict, seq } of judgements) {
    const [one, other] = [people.get(left), people.get(right)]
    if (one === undefined || other === undefined || seq > upTo) continue
    seen++
    expect(one === other, `${run}: ${left} ${right} are ${verdict}`).toBe(verdict === 'same')
  }
  expect(seen).toBeGreaterThan(5)
}

/** Lines of findings.csv, but for the person: what was asked. */
function questionsOf(run: string): ReadonlyMap<string, string> {
  const [head, ...rows] = decodeCsv(readFileSync(at('runs', run, 'findings.csv')))
  const personAt = head.indexOf('person_id')
  return new Map(rows.map((row) => [row[0], row.toSpliced(personAt, 1).join('|')]))
}

/** Each answer stands, as it was given, where tonight asks what was asked; where it does not the answer is kept aside. */
function expectAnswersStand(run: string): void {
  const store = new AnswerStore(at('runs', run), 'read')
  const [standing, aside] = [store.standing(), store.aside()]
  store.close()
  const verdicts = [...standing, ...aside].map(([id, { verdict }]) => [id, verdict] as const)
  expect(verdicts, run).toHaveLength(answered.size)
  expect(new Map(verdicts), run).toEqual(answered)
  const [then, now] = [questionsOf('d0'), questionsOf(run)]
  for (const id of aside.keys()) expect(now.get(id), `${run}: ${id} is asked again`).not.toBe(then.get(id))
  expect(standing.size).toBeGreaterThan(answered.size / 2)
}

let desk: Desk
let freePairs: { readonly left: string; readonly right: string }[]

/** A verdict against the engine, so that a night that loses it shows it. */
function takeApart(ck: string): void {
  const { left, right } = freePairs.pop()!
  splitPerson(desk, lead, { ck, reason: 'split', groups: [left, right].map((key, group) => [key, group] as const) })
}

function join2(ck: string): void {
  const [one, other] = [freePairs.pop()!, freePairs.pop()!]
  linkByHand(desk, lead, { ck, left: one.left, right: other.right, reason: 'search' })
}

/** The lists of a township filled at the door, and taken back by the run of that day. */
function takeBack(run: string, township: string, verdict: string): Outcome {
  const rows = decodeCsv(readFileSync(at('lists', `${township}_问题清单.csv`)))
  const [idAt, verdictAt] = ['编号', '核实结果'].map((name) => rows[0].indexOf(name))
  for (const row of rows.slice(1)) {
    row[verdictAt] = verdict
    answered.set(row[idAt], verdict)
  }
  expect(rows.length).toBeGreaterThan(5)
  writeFileSync(at('returned.csv'), encodeCsv(rows))
  const taken = bidui('answers', 'import', `runs/${run}`, 'returned.csv', '--apply')
  expect(taken.status, taken.out + taken.err).toBe(0)
  return taken
}

beforeAll(async () => {
  await synthesizeCounty({ people: 600, seed: 'nightly', preset: 'hard', out: at('county') })
  mkdirSync(at('in'))
  mkdirSync(at('runs'))
  for (const name of FILES) copyFileSync(at('county', `${name}.csv`), at('in', `${name}.csv`))
  writeJob('')
  night('d0')
  desk = new Desk({ directory: at('runs/d0'), decisions: at('decisions/decisions.sqlite') })
  const people = new Set<string>()
  freePairs = desk.run.controlPairs.filter(({ control, left, right }) => {
    if (control?.stratum !== 'accepted' || !left.startsWith('police:') || !right.startsWith('census:')) return false
    const { person } = desk.run.factsOf(left)
    if (people.has(person)) return false
    people.add(person)
    return true
  })
  for (let k = 0; k < 4; k++) {
    takeApart(`apart-${k}-key`)
    join2(`join-${k}-key`)
  }
  const sent = bidui('lists', 'runs/d0', '--out', 'lists', '--format', 'csv', '--severity', 'S1')
  expect(sent.status, sent.err).toBe(0)
  takeBack('d0', TOWNSHIP, '不属实')
  writeJob(STANDING)
  return () => desk.close()
})

/** Starts a night, and waits until `isTime`. */
async function begun(
  name: string,
  isTime: () => boolean,
): Promise<{ child: ChildProcess; ended: Promise<number | null> }> {
  const child = spawn(PROGRAM[0], [PROGRAM[1], ...nightArgs(name)], { cwd: home, stdio: 'ignore' })
  const ended = once(child, 'exit').then(([status]) => status as number | null)
  while (child.exitCode === null && !isTime()) await setTimeout(1)
  return { child, ended }
}

const stagedOf = (name: string) => readdirSync(at('runs')).find((entry) => entry.startsWith(`.${name}.partial-`))

/** Whether tonight's directory, still hidden, holds a file. */
const holds = (name: string, file: string) => () => {
  const staged = stagedOf(name)
  return staged !== undefined && (file === '' || existsSync(at('runs', staged, file)))
}

test('one night twice at once is made once; what is decided while it is made counts the night after', async () => {
  const { child, ended } = await begun('d1', holds('d1', ''))
  // Held while the second one starts: on a busy machine it could come when the first is done.
  child.kill('SIGSTOP')
  try {
    refused('d1', 11, '[E404]')
  } finally {
    child.kill('SIGCONT')
  }
  const before = loadDecisions(at('decisions/decisions.sqlite')).judgements
  const upTo = Math.max(...before.map(({ seq }) => seq))
  takeApart('while-running-key')
  expect(await ended).toBe(0)
  pointLastAt('d1')
  expectDecisionsObeyed('d1', upTo)
  expectAnswersStand('d1')
  night('d2')
  expectDecisionsObeyed('d2')
  expectAnswersStand('d2')
})

test('killed at any moment a night is made anew, to the same bytes', async () => {
  const files = [
    '',
    'records.arrow',
    'people.csv',
    'links.csv',
    'findings.csv',
    'run.sqlite',
    'manifest.json',
    'answers.sqlite',
  ]
  for (const file of files) {
    const { child, ended } = await begun('d3', holds('d3', file))
    child.kill('SIGKILL')
    await ended
    // Made in the moment before: the directory is whole then.
    if (existsSync(at('runs/d3'))) rmSync(at('runs/d3'), { recursive: true })
    expect(realpathSync(at('runs/last'))).toBe(at('runs/d2'))
  }
  night('d3')
  expect(readdirSync(at('runs')).sort()).toEqual(['d0', 'd1', 'd2', 'd3', 'last'])
  for (const file of ['people.csv', 'links.csv', 'findings.csv'])
    expect(readFileSync(at('runs/d3', file)), file).toEqual(readFileSync(at('runs/d2', file)))
  expectDecisionsObeyed('d3')
  expectAnswersStand('d3')
})

test('no extract, half of one, the same one twice: told, and nothing is made of it', () => {
  withExtract('census', rmSync, () => refused('x', 66, '[E101]'))
  withExtract(
    'census',
    (path) => truncateSync(path, 0),
    () => refused('x', 65, '[E102]'),
  )
  withExtract(
    'census',
    (path) => truncateSync(path, 60_000),
    () => refused('x', 65, '[E143]'),
  )
  withExtract(
    'births',
    (path) => copyFileSync(at('in/deaths.csv'), path),
    () => refused('x', 65, '[E'),
  )
})

test('what a township answered outlives a night without its file', () => {
  const withoutTownship = (path: string) => {
    const [head, ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/)
    const blockAt = head.split(',').indexOf('block_code')
    writeFileSync(path, [head, ...rows.filter((row) => !row.split(',')[blockAt].startsWith(TOWNSHIP)), ''].join('\n'))
  }
  withExtract('census', withoutTownship, () => {
    refused('d4', 65, '[E143]')
    // Somebody has the run made all the same, for two nights.
    writeJob(STANDING.replace('answers', 'stop_on_loss: false\nanswers'))
    writeFileSync(at('job.yaml'), readFileSync(at('job.yaml'), 'utf8').replace('stop_on_loss: true\n', ''))
    const { err } = night('d4')
    const [, aside] = /kept for a run that finds them again (\d+)/.exec(err) ?? []
    expect(Number(aside)).toBeGreaterThan(3)
    expect(loadAnswers(at('runs/d4')).size).toBe(answered.size - Number(aside))
    night('d5')
    writeJob(STANDING)
  })
  const { err } = night('d6')
  expect(err).toContain('上批次缺、本次又有 found again')
  expectAnswersStand('d6')
  expectDecisionsObeyed('d6')
})

test('last night gone, renamed, cut short, without its answers, or of another version: told, and the night after goes on', () => {
  withLastNight(
    (run) => rmSync(run, { recursive: true }),
    () => {
      refused('x', 66, '[E101]')
      expect(bidui(...nightArgs('x')).err).toContain('a link to d6, which is gone')
    },
  )
  const within =
    (file: string, spoil: (path: string) => void) =>
    (run: string): void =>
      spoil(join(run, file))
  const half = (path: string) => truncateSync(path, Math.floor(readFileSync(path).length / 2))
  withLastNight(within('summary.json', half), () => refused('x', 65, 'summary.json'))
  withLastNight(within('manifest.json', rmSync), () => refused('x', 66, 'manifest.json'))
  withLastNight(within('run.sqlite', half), () => refused('x', 65, 'run.sqlite'))
  withLastNight(within('answers.sqlite', half), () => refused('x', 65, 'answers.sqlite'))
  withLastNight(
    within('answers.sqlite', (path) => truncateSync(path, 0)),
    () => refused('x', 65, 'its answers are lost'),
  )
  withLastNight(within('answers.sqlite', rmSync), () => refused('x', 65, 'lists were sent from this run'))
  const older = (path: string) => {
    const database = new Database(path)
    database.pragma('user_version = 1')
    database.close()
  }
  withLastNight(within('run.sqlite', older), () => refused('x', 78, '[E410]'))
  night('d7')
  expectAnswersStand('d7')
  expectDecisionsObeyed('d7')
})

test('no room, no leave to write, a clock set back, a decisions file that is empty or held: told, and the night after goes on', () => {
  refused('x', 74, '[E409]', () =>
    outcomeOf('bash', ['-c', `trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`, ...PROGRAM, ...nightArgs('x')], {
      cwd: home,
    }),
  )
  refused('x', 73, '[E408]', () => bidui(...nightArgs('last/summary.json/x')))
  // The date of a night that was made.
  refused('d7', 73, '[E408]')
  const decisions = at('decisions/decisions.sqlite')
  desk.close()
  copyFileSync(decisions, at('decisions.kept'))
  truncateSync(decisions, 0)
  refused('x', 65, '[E109]')
  rmSync(decisions)
  refused('x', 66, '[E101]')
  copyFileSync(at('decisions.kept'), decisions)
  const held = new Database(decisions)
  held.pragma('locking_mode = EXCLUSIVE')
  held.exec('BEGIN EXCLUSIVE')
  refused('x', 75, `[E127] ${realpathSync(decisions)}`)
  held.exec('ROLLBACK')
  held.close()
  desk = new Desk({ directory: at('runs/d0'), decisions })
  join2('after-all-that-key')
  night('d8')
  expectAnswersStand('d8')
  expectDecisionsObeyed('d8')
  expect(bidui('audit', 'verify', 'decisions').status).toBe(0)
})

test('lists sent at the beginning of the week are taken back at its end, by the newest run or by way of the old one', () => {
  const townships = readdirSync(at('lists')).map((name) => basename(name, '_问题清单.csv'))
  const [one, other] = townships.filter((township) => township !== TOWNSHIP)
  // The run of that day was deleted for its room: its key went along.
  renameSync(at('runs/d0'), at('d0'))
  takeBack('last', one, '属实')
  renameSync(at('d0'), at('runs/d0'))
  const { err } = takeBack('d0', other, '不属实')
  expect(err).toContain(`bidui answers carry runs/d0 ${at('runs/d8')}`)
  expect(bidui('answers', 'carry', 'runs/d0', 'runs/d8').status).toBe(0)
  expectAnswersStand('d8')
  night('d9')
  expectAnswersStand('d9')
  // Taken back in the run of that day, and by nobody in the later ones.
  const event = bidui('answers', 'list', 'runs/d0').out.trim().split('\n').at(-1)!
  const [, importId] = /imported {2}(I\w+)/.exec(event)!
  const undone = bidui('answers', 'undo', 'runs/d0', importId)
  expect(undone.err).toContain(`bidui answers carry runs/d0 ${at('runs/d9')}`)
  const rows = decodeCsv(readFileSync(at('lists', `${other}_问题清单.csv`)))
  for (const row of rows.slice(1)) answered.delete(row[rows[0].indexOf('编号')])
  expect(night('d10').err).toContain('随之撤销 taken back')
  expectAnswersStand('d10')
  // What was sent ten nights ago is known to be out: a list that lacks rows is told by today's run.
  writeFileSync(at('torn.csv'), encodeCsv(rows.slice(0, 2)))
  expect(bidui('answers', 'import', 'runs/d10', 'torn.csv').out).toContain('[E305]')
  // Imported where it was sent from, and carried by nobody.
  takeBack('d0', other, '属实')
  expect(night('d11').err).toContain('较早批次 d0 后来导入或撤销的答案')
  expectAnswersStand('d11')
  // Named once, however many nights have passed.
  for (const { source } of loadAnswers(at('runs/d11')).values()) expect(source).toMatch(/^d[08]: returned\.csv/)
})
