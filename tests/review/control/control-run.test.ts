/** The control sample from run to run: drawn by a run, judged at the desk, estimated by the next run and by the desk. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { loadDecisions } from '../../../src/review/decisions/index.ts'
import { readControlEstimate } from '../../../src/review/control-rates.ts'
import type { ControlEstimate } from '../../../src/review/queue/control-estimate.ts'
import { Desk, type Person } from '../../../src/review/server/desks/desk.ts'
import { decidePair } from '../../../src/review/server/desks/pair-desk.ts'
import { synthesizeCounty } from '../../../src/synth/index.ts'
import { programIn } from '../../support/program.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })
const home = temporaryFolder('control-run')
const county = join(home, 'county')
const decisions = join(home, 'decisions', 'decisions.sqlite')
const zhang: Person = { name: 'zhang', role: 'reviewer', areas: [], hasPassword: false, sess: 's1' }

const run = (out: string, ...more: readonly string[]): string => runIn(county, out, ...more)

function runIn(folder: string, out: string, ...more: readonly string[]): string {
  const files = ['--police', join(folder, 'police.csv'), '--census', join(folder, 'census.csv')]
  const made = programIn(home)('run', ...files, '--out', out, '--workers', '1', '--quiet', ...more)
  expect(made.status, made.err).toBe(0)
  return made.out
}

const controlOf = (out: string) =>
  (JSON.parse(readFileSync(join(home, out, 'manifest.json'), 'utf8')) as { control: ControlEstimate }).control

/** Who is who, as the synthesis says. */
function truth(): ReadonlyMap<string, string> {
  const [head, ...lines] = readFileSync(join(county, 'people.csv'), 'utf8').trim().split(/\r?\n/)
  const columns = head.split(',')
  const at = (name: string) => columns.indexOf(name)
  return new Map(
    lines
      .map((line) => line.split(','))
      .map((cells): [string, string] => [`${cells[at('register')]}:${cells[at('record_id')]}`, cells[at('person_id')]]),
  )
}

const peopleOf = (out: string): ReadonlyMap<string, string> =>
  new Map(
    readFileSync(join(home, out, 'people.csv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([person, register, recordId]) => [`${register}:${recordId}`, person]),
  )

beforeAll(async () => {
  await synthesizeCounty({ people: 5000, seed: 'control1', preset: 'hard', out: county })
  run('run1')
})

test('control verdicts of one run are the error rates of the next, and the same at the desk', () => {
  const person = truth()
  const desk = new Desk({ directory: join(home, 'run1'), decisions })
  const drawn = desk.run.controlPairs
  expect(drawn.filter(({ control }) => control?.stratum === 'accepted').length).toBeGreaterThan(100)
  // One verdict is against the truth, so that there is an error to be found.
  const wrongly = drawn.find(({ control }) => control?.layer === 'statistical')!.pairId
  for (const [at, pair] of drawn.entries()) {
    const { pairId, left, right } = pair
    // It may follow from a verdict on its neighbour: that is a verdict too.
    if (!desk.state.isOpen(pair)) continue
    const isSame = (person.get(left) === person.get(right)) !== (pairId === wrongly)
    const { taskId } = desk.taskOf(pairId)
    const verdict = isSame ? 'same' : 'different'
    decidePair(desk, zhang, 'pair', [], { ck: `control-run-${at}`, taskId, pairId, verdict, ms: 900 })
  }
  const before = controlOf('run1')
  const then = readControlEstimate(join(home, 'run1'), decisions)
  desk.close()
  expect(before.links.at(-1)).toMatchObject({ judged: 0, wrong: 0 })
  expect(then.links.at(-1)).toMatchObject({
    pairs: before.links.at(-1)!.pairs,
    judged: drawn.length - then.rejected.judged,
  })
  expect(then.links.at(-1)!.wrong).toBeGreaterThanOrEqual(1)

  const said = run('run2', '--decisions', decisions, '--signed-threshold')
  const after = controlOf('run2')
  const byLayer = (estimate: ControlEstimate) =>
    estimate.links.map(({ layer, judged, wrong }) => ({ layer, judged, wrong }))
  expect(byLayer(after)).toEqual(byLayer(then))
  expect(after.rejected).toMatchObject({ judged: then.rejected.judged, wrong: then.rejected.wrong })
  // Judged links are decisions now, and are counted all the same.
  expect(Math.abs(after.links.at(-1)!.pairs - before.links.at(-1)!.pairs)).toBeLessThanOrEqual(3)
  expect(said).toContain(`${then.links.at(-1)!.judged} verdicts for`)
  // At the desk of the new run, from its own file and the same decisions.
  expect(byLayer(readControlEstimate(join(home, 'run2'), decisions))).toEqual(byLayer(after))
  // Nothing was signed: the threshold is the run's own, and the manifest says that one was asked for.
  const { settings } = JSON.parse(readFileSync(join(home, 'run2', 'manifest.json'), 'utf8')) as {
    settings: { threshold: unknown; signed_threshold: boolean }
  }
  expect(settings).toMatchObject({ threshold: null, signed_threshold: true })
})

test('decisions whose ids were given anew are found by content; those whose records are gone are told', () => {
  const renumbered = join(home, 'renumbered')
  mkdirSync(renumbered)
  copyFileSync(join(county, 'police.csv'), join(renumbered, 'police.csv'))
  const census = readFileSync(join(county, 'census.csv'), 'utf8').replaceAll(/^C/gm, 'N')
  writeFileSync(join(renumbered, 'census.csv'), census)
  const said = runIn(renumbered, 'run-renumbered', '--decisions', decisions)
  expect(said).toMatch(/\d+ 对裁决\(含由此推出的\)中有 \d+ 对的记录号已改，按内容找回并采用/)
  const person = peopleOf('run-renumbered')
  let obeyed = 0
  for (const { left, right, verdict } of loadDecisions(decisions).judgements) {
    const [a, b] = [left, right].map((key) => person.get(key.replace(/^census:C/, 'census:N')))
    if (verdict === 'same') expect(a).toBe(b)
    else expect(a).not.toBe(b)
    obeyed++
  }
  expect(obeyed).toBeGreaterThan(20)
  // Without the rows of every second household nothing is guessed.
  const lines = census.split('\n')
  const half = join(home, 'half')
  mkdirSync(half)
  copyFileSync(join(county, 'police.csv'), join(half, 'police.csv'))
  writeFileSync(join(half, 'census.csv'), lines.filter((_, at) => at === 0 || at % 2 === 0).join('\n'))
  expect(runIn(half, 'run-half', '--decisions', decisions)).toMatch(
    /\d+ 对裁决\(含由此推出的\)中有 \d+ 对的记录不在本次文件中/,
  )
  expect(run('run-same', '--decisions', decisions)).not.toContain('对裁决(含由此推出的)中有')
})
