/** What the desk and the terminal say of error rates: the verdicts on the control sample, and on nothing else. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { displayWidth } from '../../../src/display-text.ts'
import { controlText, readControlEstimate } from '../../../src/review/control-rates.ts'
import { Desk, type Person } from '../../../src/review/server/desks/desk.ts'
import { viewOverview } from '../../../src/review/server/desks/lead-desk.ts'
import { decidePair } from '../../../src/review/server/desks/pair-desk.ts'
import { makeRunDatabase } from '../../support/make-run-database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const folder = temporaryFolder('control-rates')
const decisions = join(folder, 'd', 'decisions.sqlite')
const zhang: Person = { name: 'zhang', role: 'reviewer', areas: [], hasPassword: false, sess: 's1' }
let desk: Desk
let directory: string
let keys = 0

beforeAll(() => {
  directory = makeRunDatabase(join(folder, 'run'), 3000).directory
  desk = new Desk({ directory, decisions })
})
afterAll(() => {
  desk.close()
})

function judge(pairId: string, verdict: 'same' | 'different' | 'field'): void {
  const { taskId } = desk.taskOf(pairId)
  decidePair(desk, zhang, 'pair', [], { ck: `control-${keys++}`, taskId, pairId, verdict, ms: 900 })
}

test('verdicts on the control sample count, those on other pairs and put-aside ones do not', () => {
  const control = desk.state.tasks.filter((task) => task.isControl && task.pairs.length === 1)
  const others = desk.state.tasks.filter((task) => !task.isControl && task.pairs.length === 1)
  for (const task of others.slice(0, 50)) judge(task.pairs[0].pairId, 'different')
  expect(viewOverview(desk).control.bands.every((band) => band.judged === 0)).toBe(true)
  for (const task of control.slice(0, 40)) judge(task.pairs[0].pairId, 'same')
  for (const task of control.slice(40, 50)) judge(task.pairs[0].pairId, 'different')
  judge(control[50].pairs[0].pairId, 'field')
  const { control: estimate } = viewOverview(desk)
  const sum = (count: (band: (typeof estimate.bands)[number]) => number) =>
    estimate.bands.reduce((total, band) => total + count(band), 0)
  expect(sum((band) => band.judged)).toBe(50)
  expect(sum((band) => band.same)).toBe(40)
  expect(sum((band) => band.waiting)).toBe(desk.run.pairs.length)
})

test('the terminal says the same while the desk is open, and changes nothing', () => {
  const { count } = desk.log.anchor
  const estimate = readControlEstimate(directory, decisions)
  expect(JSON.stringify(estimate)).toBe(JSON.stringify(viewOverview(desk).control))
  expect(desk.log.anchor.count).toBe(count)
  const text = controlText(estimate)
  expect(text).toContain(`50 verdicts for ${desk.run.pairs.length.toLocaleString('en')} pairs`)
  expect(text).toContain('no other is proved to keep 0.05 %')
})

test('a run without decisions has an estimate of nothing', () => {
  const text = controlText(readControlEstimate(directory, join(folder, 'none.sqlite')))
  expect(text).toContain(' 0 verdicts')
  expect(text).not.toContain('NaN')
})

test('the numbers of both tables stand under their words, a Chinese character taking two columns', () => {
  const lines = controlText(readControlEstimate(directory, decisions)).split('\n')
  const after = (line: string, words: string) => displayWidth(line.slice(0, line.indexOf(words) + words.length))
  const layers = lines.findIndex((line) => line.startsWith('  layer'))
  const rows = lines.slice(layers + 1, lines.findIndex((line) => line.includes('合计 all')) + 1)
  expect(rows.length).toBeGreaterThan(1)
  for (const row of rows) expect(displayWidth(row)).toBe(displayWidth(lines[layers]))
  for (const row of rows) expect(after(row, / {2,}([\d,]+) /.exec(row)![1].trim())).toBe(after(lines[layers], 'links'))
  const from = lines.findIndex((line) => line.startsWith('  from p'))
  expect(displayWidth(lines[from + 1])).toBe(displayWidth(lines[from]))
})
