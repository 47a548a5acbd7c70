import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { DecideResponse, RerunStatus, TaskView } from '../../../src/review/api.ts'
import { AnswerStore, loadAnswers } from '../../../src/report/lists/answer-store.ts'
import { synthesizeCounty } from '../../../src/synth/index.ts'
import { openTestDesk, type TestDesk, type TestDeskOptions } from '../../support/desk-browser.ts'
import { DeskClient } from '../../support/desk-client.ts'
import { PROGRAM, programIn } from '../../support/program.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** What people decide enters the linkage by a new run, and the desk goes over to it without losing anything. */
const home = temporaryFolder('rerun')
// Each runs a county once more; a crowded machine takes its time.
vi.setConfig({ testTimeout: 180_000 })
const base = join(home, 'base')
let cases = 0
let desk: TestDesk | undefined

beforeAll(async () => {
  const county = join(home, 'county')
  await synthesizeCounty({ people: 9000, seed: 'rerun3', preset: 'hard', out: county })
  const files = ['--police', join(county, 'police.csv'), '--census', join(county, 'census.csv')]
  // So few false links are wanted that some pairs wait, however well such a county is linked.
  const settings = ['--max-false-link-rate', '0.00001', '--workers', '1', '--quiet']
  expect(programIn(home)('run', ...files, '--out', base, ...settings).err).toBe('')
})
afterEach(async () => {
  await desk?.remove()
  desk = undefined
})

async function open(options: TestDeskOptions = {}): Promise<DeskClient> {
  const directory = join(home, `case${++cases}`, 'run')
  cpSync(base, directory, { recursive: true })
  desk = await openTestDesk({ directory, pace: 1_000_000, rerunCommand: PROGRAM, ...options })
  return DeskClient.enter(desk)
}

async function ended(client: DeskClient): Promise<RerunStatus> {
  for (;;) {
    const status = await client.call<RerunStatus>('/api/lead/rerun/status')
    if (status.state !== 'running') return status
    await new Promise((wait) => setTimeout(wait, 50))
  }
}

async function decide(client: DeskClient, task: TaskView, verdict: string, ck: string): Promise<DecideResponse> {
  const { pairId } = task.candidates[0]
  return client.call('/api/decide', {
    mode: 'pair',
    have: [],
    ck,
    taskId: task.taskId,
    pairId,
    verdict,
    ms: 900,
  })
}

const personOf = (directory: string) =>
  new Map(
    readFileSync(join(directory, 'people.csv'), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','))
      .map(([person, register, record]): [string, string] => [`${register}:${record}`, person]),
  )

test('the lead runs the county again: verdicts are obeyed, the desk shows the new run, nothing is lost', async () => {
  const client = await open()
  const { directory } = desk!.desk.run
  const before = desk!.desk.run.runId
  const { tasks } = await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })
  expect(tasks.length).toBeGreaterThanOrEqual(3)
  const first = await decide(client, tasks[0], 'same', 'verdict-one')
  expect(first.affected.people).toBe(2)
  expect(first.affected.records).toBeGreaterThanOrEqual(2)
  const told = new Set(first.affected.findings.map((one) => one.code))
  for (const key of [tasks[0].candidates[0].leftKey, tasks[0].candidates[0].rightKey])
    for (const finding of desk!.desk.run.findingsOf(key)) expect(told).toContain(finding.code)
  await decide(client, tasks[1], 'different', 'verdict-two')
  expect(await client.call('/api/lead/rerun/status')).toMatchObject({ state: 'idle', decided: 2, waiting: 2 })

  expect(await client.call('/api/lead/rerun')).toMatchObject({ state: 'running' })
  expect((await client.ask('/api/lead/rerun')).body).toEqual({ refused: 'rerun-running' })
  const status = await ended(client)
  expect(status).toMatchObject({ state: 'done', name: 'run-r2', waiting: 0 })

  const { run, log } = desk!.desk
  expect(run.directory).toBe(`${directory}-r2`)
  expect(run.runId).not.toBe(before)
  expect(existsSync(join(directory, 'run.sqlite'))).toBe(true)
  const people = personOf(run.directory)
  const [same, different] = tasks.map(({ candidates: [one] }) => [people.get(one.leftKey), people.get(one.rightKey)])
  expect(same[0]).toBe(same[1])
  expect(different[0]).not.toBe(different[1])
  expect(status.changes!.people[1]).toBe(new Set(people.values()).size)
  expect(status.changes!.people[1]).toBeLessThan(status.changes!.people[0])
  expect(log.database.prepare("SELECT reason FROM event WHERE ev = 'rerun' ORDER BY seq").pluck().all()).toEqual([
    'start',
    'done',
  ])

  // Still on the screen of the old run, and undo reaches over the change.
  await decide(client, tasks[2], 'different', 'verdict-three')
  const undone = await client.call<{ batch: string }>('/api/undo', { ck: 'undo-the-first', batch: 'verdict-one' })
  expect(undone.batch).toBe('verdict-one')
  expect(await client.call('/api/lead/rerun/status')).toMatchObject({ decided: 2, waiting: 2 })
})

test('a pair that is no candidate of the new run is still judged as it was shown', async () => {
  const client = await open()
  const { tasks } = await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })
  const { pairId, leftKey, rightKey } = tasks[0].candidates[0]
  const old = desk!.desk.run.runId
  const shown = [leftKey, rightKey].map((key) => desk!.desk.run.factsOf(key).fingerprint)
  // Somebody else said it elsewhere meanwhile: the new run has no question about it.
  await client.call('/api/link', { ck: 'link-by-hand', left: leftKey, right: rightKey, reason: 'search' })
  await client.call('/api/lead/rerun')
  await ended(client)
  expect(desk!.desk.state.pairById.has(pairId)).toBe(false)
  const answer = await client.ask('/api/decide', {
    mode: 'pair',
    have: [],
    ck: 'late-verdict',
    taskId: tasks[0].taskId,
    pairId,
    verdict: 'same',
    ms: 900,
  })
  // The link by hand stands: a second verdict on it is refused, not lost.
  expect(answer).toEqual({ status: 409, body: { refused: 'decided' } })
  await client.call('/api/undo', { ck: 'undo-the-link', batch: 'link-by-hand' })
  const late = await client.call<DecideResponse>('/api/decide', {
    mode: 'pair',
    have: [],
    ck: 'late-verdict-2',
    taskId: tasks[0].taskId,
    pairId,
    verdict: 'different',
    ms: 900,
  })
  expect(
    desk!.desk.log.database.prepare('SELECT run, fp_a, fp_b, verdict FROM event WHERE seq = ?').get(late.saved),
  ).toEqual({ run: old, fp_a: shown[0], fp_b: shown[1], verdict: 'different' })
  const ids = { left: leftKey, right: rightKey, verdict: 'different' }
  expect(desk!.desk.judgements()).toContainEqual(expect.objectContaining(ids))
})

test('the desk runs the county again by itself when its time has come and something was decided, and only then', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  let client: DeskClient
  try {
    client = await open({ rerunEveryMinutes: 30 })
    vi.advanceTimersByTime(31 * 60_000)
    // Nothing was decided: there is nothing to run for.
    expect(await client.call('/api/lead/rerun/status')).toMatchObject({ state: 'idle' })
    const { tasks } = await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })
    await decide(client, tasks[0], 'same', 'before-the-hour')
    vi.advanceTimersByTime(28 * 60_000)
    expect(await client.call('/api/lead/rerun/status')).toMatchObject({ state: 'idle', waiting: 1 })
    vi.advanceTimersByTime(2 * 60_000)
    expect(await client.call('/api/lead/rerun/status')).toMatchObject({ state: 'running' })
  } finally {
    vi.useRealTimers()
  }
  expect(await ended(client)).toMatchObject({ state: 'done', name: 'run-r2', waiting: 0 })
  const started = desk!.desk.log.database.prepare(
    "SELECT actor, role FROM event WHERE ev = 'rerun' AND reason = 'start'",
  )
  expect(started.all()).toEqual([{ actor: 'desk', role: 'operator' }])
})

test('a run that cannot be read when it is done leaves the desk where it was', async () => {
  // Says it is done, and has written nothing.
  const client = await open({ rerunCommand: [process.execPath, '-e', '0', '--'] })
  const before = desk!.desk.run.directory
  await client.call('/api/lead/rerun')
  expect(await ended(client)).toMatchObject({ state: 'failed', error: 'E700' })
  expect(desk!.desk.run.directory).toBe(before)
  expect((await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })).tasks).not.toEqual([])
})

test('a run that fails changes nothing, and only a lead can start one', async () => {
  const client = await open({ rerunCommand: [process.execPath, '-e', 'process.exit(74)'] })
  const before = desk!.desk.run.directory
  await client.call('/api/lead/rerun')
  expect(await ended(client)).toMatchObject({ state: 'failed', error: 'exit 74' })
  expect(desk!.desk.run.directory).toBe(before)
  expect((await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })).tasks).not.toEqual([])
  await desk!.remove()
  const reviewer = await open({ role: 'reviewer' })
  expect((await reviewer.ask('/api/lead/rerun')).status).toBe(403)
  expect((await reviewer.ask('/api/lead/rerun/status')).status).toBe(403)
})

test('a run that reads decisions says what the control verdicts make of its weights, beside the model', async () => {
  const client = await open()
  const { tasks } = await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })
  for (const task of tasks) await decide(client, task, 'same', `labelled-${task.taskId}`)
  const county = join(home, 'county')
  const files = ['--police', join(county, 'police.csv'), '--census', join(county, 'census.csv')]
  const labelled = ['--decisions', desk!.decisions, '--out', join(home, 'labelled')]
  const made = programIn(home)('run', ...files, ...labelled, '--quiet')
  expect(made.err).toBe('')
  // How many of its tasks chance made control ones is the little county's matter; the figures are in control-run.test.ts.
  expect(made.out).toMatch(/control sample: \d+ verdicts for [\d,]+ links made without a person/)
})

test('what the townships have answered stays answered in the new run; files that lost a township are refused', async () => {
  const client = await open()
  const { directory } = desk!.desk.run
  const [{ findingId }] = desk!.desk.run.findings()
  const store = new AnswerStore(directory)
  const said = {
    verdict: '不属实',
    tailFits: '',
    visitor: '',
    visitedOn: '',
    note: '',
    check: '',
    source: 'a',
  } as const
  const event = { at: 't', importId: 'I1', actor: '张', files: 'a.xlsx', applied: 1, conflicting: 0, rejected: 0 }
  store.applyImport(event, [{ findingId, ...said }])
  store.close()
  await client.call('/api/lead/rerun')
  expect(await ended(client)).toMatchObject({ state: 'done' })
  expect(loadAnswers(desk!.desk.run.directory).get(findingId)).toMatchObject({ verdict: '不属实' })
  const file = join(home, 'county', 'census.csv')
  const before = readFileSync(file, 'utf8')
  try {
    writeFileSync(file, before.split('\n').slice(0, 4000).join('\n'))
    await client.call('/api/lead/rerun')
    expect(await ended(client)).toMatchObject({ state: 'failed', error: 'E143' })
    expect(desk!.desk.run.directory).toMatch(/-r2$/)
  } finally {
    writeFileSync(file, before)
  }
})

test('the job of a run that the desk started is beside the run while it lasts, and gone after it, a stop or a kill', async () => {
  const jobs = (of: string) => readdirSync(dirname(of)).filter((name) => name.startsWith('.run-job.writing-'))
  const client = await open({ rerunCommand: [process.execPath, '-e', 'setTimeout(() => {}, 60_000)', '--'] })
  const { directory } = desk!.desk.run
  await client.call('/api/lead/rerun')
  expect(jobs(directory)).toEqual([`.run-job.writing-${process.pid}`])
  // Closed while the run is on its way: nobody hears of its end.
  await desk!.remove()
  expect(jobs(directory)).toEqual([])

  // A desk that was killed left its job: the next one removes it, at its start.
  const gone = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).stdout.trim()
  const place = join(home, `case${cases + 1}`, `.run-job.writing-${gone}`)
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'job.json'), '{}')
  await open({ rerunCommand: PROGRAM })
  expect(existsSync(place)).toBe(false)
})

test('a model that the run was made with holds in the new run', async () => {
  const client = await open()
  const path = join(desk!.desk.run.directory, 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { settings: object }
  const model = { version: 1, unmatched: { police: 0.0625 } }
  writeFileSync(path, JSON.stringify({ ...manifest, settings: { ...manifest.settings, model } }))
  const { tasks } = await client.call<DecideResponse>('/api/next', { mode: 'pair', have: [] })
  await decide(client, tasks[0], 'same', 'model-key-1')
  await client.call('/api/lead/rerun')
  expect(await ended(client)).toMatchObject({ state: 'done' })
  const again = JSON.parse(readFileSync(join(desk!.desk.run.directory, 'manifest.json'), 'utf8')) as {
    settings: { model: unknown }
  }
  expect(again.settings.model).toMatchObject(model)
})

test('a new version of the police row: the pair is asked of that one, the verdict on the old one struck through beside it', async () => {
  const client = await open()
  const { tasks } = await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })
  const task = tasks.find(({ candidates }) => candidates[0].leftKey.startsWith('police:'))!
  const { leftKey, rightKey } = task.candidates[0]
  await decide(client, task, 'same', 'before-the-version')
  const file = join(home, 'county', 'police.csv')
  const before = readFileSync(file, 'utf8')
  try {
    const [header, ...lines] = before.trimEnd().split('\n')
    const columns = header
      .replace(/^\ufeff/, '')
      .trim()
      .split(',')
    const at = (column: string) => columns.indexOf(column)
    const old = lines.findIndex((line) => line.split(',')[at('record_id')] === leftKey.slice('police:'.length))
    const cells = lines[old].trimEnd().split(',')
    cells[at('person_no')] ||= '900000001'
    const newer = [...cells]
    newer[at('record_id')] = 'P9999999'
    newer[at('address')] = `${cells[at('address')]}旁`
    cells[at('record_flag')] = '0'
    lines[old] = cells.join(',')
    writeFileSync(file, [header, ...lines, newer.join(','), ''].join('\n'))
    await client.call('/api/lead/rerun')
    expect(await ended(client)).toMatchObject({ state: 'done' })
    const { state } = desk!.desk
    const [pair] = state.pairsOf('police:P9999999').filter((one) => [one.left, one.right].includes(rightKey))
    expect(state.pairsOf(leftKey)).toEqual([])
    expect([state.isStale(pair), state.isOpen(pair)]).toEqual([true, true])
    const view = desk!.desk.view(desk!.desk.taskOf(pair.pairId), [pair], 'first')
    expect(view.candidates[0]).toMatchObject({ leftKey: 'police:P9999999', stale: { verdict: 'same' } })
    // It comes before everything else, and once judged it is the word on the pair.
    const [first] = (await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })).tasks
    expect(first.taskId).toBe(view.taskId)
    await decide(client, view, 'same', 'after-the-version')
    expect(state.isStale(pair)).toBe(false)
    await client.call('/api/lead/rerun')
    expect(await ended(client)).toMatchObject({ state: 'done' })
    expect(desk!.desk.state.pairsOf('police:P9999999').filter((one) => one.control === undefined)).toEqual([])
    expect(personOf(desk!.desk.run.directory).get('police:P9999999')).toBe(
      personOf(desk!.desk.run.directory).get(rightKey),
    )
  } finally {
    writeFileSync(file, before)
  }
})

// The last one: it changes the county.
test('a row that changed brings its pair back as 数据已变化, and the verdict is obeyed until it is judged again where the row allows it', async () => {
  const client = await open()
  const { tasks } = await client.call<{ tasks: TaskView[] }>('/api/next', { mode: 'pair', have: [] })
  // One whose names are near: beside rows that speak against the pair the verdict is asked again, and not obeyed.
  const isNear = ({ why, candidates }: TaskView): boolean =>
    why.reason !== 'control' && candidates[0].fields.some(({ id, kind }) => id === 'name' && kind !== 'differ')
  const task = tasks.find(isNear)!
  const { pairId, leftKey, rightKey } = task.candidates[0]
  await decide(client, task, 'same', 'before-the-change')
  const file = join(home, 'county', 'census.csv')
  const [header, ...lines] = readFileSync(file, 'utf8').split('\n')
  const address = header
    .replace(/^\ufeff/, '')
    .trim()
    .split(',')
    .indexOf('address')
  const id = rightKey.slice(rightKey.indexOf(':') + 1)
  let changed = 0
  const after = lines.map((line) => {
    const cells = line.split(',')
    if (!cells.includes(id)) return line
    changed++
    cells[address] = `${cells[address]}旁`
    return cells.join(',')
  })
  expect(changed).toBe(1)
  writeFileSync(file, [header, ...after].join('\n'))
  await client.call('/api/lead/rerun')
  expect(await ended(client)).toMatchObject({ state: 'done' })
  const people = personOf(desk!.desk.run.directory)
  expect(people.get(leftKey)).toBe(people.get(rightKey))
  const pair = desk!.desk.pair(pairId)
  expect(desk!.desk.state.isStale(pair)).toBe(true)
  const back = desk!.desk.view(desk!.desk.taskOf(pairId), [pair], 'first')
  expect(back.why.isStale).toBe(true)
  expect(back.candidates[0].stale).toMatchObject({ verdict: 'same' })
  const again = await decide(client, back, 'different', 'after-the-change')
  expect(again.saved).toBeGreaterThan(0)
  expect(desk!.desk.state.isStale(pair)).toBe(false)
})
