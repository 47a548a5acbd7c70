/** What is imported into an earlier run, or undone there, once a later one was made of it: no answer is lost, and none that was taken back stands. */
import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { carryBetween, carryNight } from '../../../src/commands/answers.ts'
import { type Answer, AnswerStore, loadAnswers } from '../../../src/report/lists/answer-store.ts'
import { withdrawUndone } from '../../../src/report/lists/late-answers.ts'
import type { Verdict } from '../../../src/report/lists/questions.ts'
import { invented, writeRun } from './make-run.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const RUN = invented({ townships: 1, blocksPerTownship: 2, findingsPerBlock: 6 })
const [ONE, TWO, THREE] = RUN.findings.map(({ id }) => id)
const scratch = temporaryFolder('bidui-late')
let made = 0
const newRun = (): string => writeRun(join(scratch, `run${++made}`), RUN)

let hour = 0
/** The times of what this test does itself; what the program does bears the time of day. */
const later = () => new Date(Date.now() + ++hour * 3_600_000).toISOString()

function answer(run: string, importId: string, verdicts: Readonly<Record<string, Verdict>>, note = ''): void {
  const answers = Object.entries(verdicts).map(([findingId, verdict]): Answer => {
    const source = `a.xlsx#${findingId}:5`
    return { findingId, verdict, tailFits: '', visitor: '张', visitedOn: '', note, check: findingId, source }
  })
  const store = new AnswerStore(run)
  const event = { at: later(), importId, actor: '张', files: 'a.xlsx', conflicting: 0, rejected: 0 }
  store.applyImport({ ...event, applied: answers.length }, answers)
  store.close()
}

function undo(run: string, importId: string): void {
  const store = new AnswerStore(run)
  store.undoImport(importId, '李', later())
  store.close()
}

function takenOver(run: string): string {
  const store = new AnswerStore(run, 'read')
  const { importId } = store.events().find(({ importId: id }) => id.startsWith('C'))!
  store.close()
  return importId
}

const night = (last: string) => {
  const run = newRun()
  return { run, said: carryNight(last, run, '张') }
}
const answersIn = (run: string) => Object.fromEntries([...loadAnswers(run)].map(([id, { verdict }]) => [id, verdict]))

test('an import into an old run reaches the next night by itself, once, and not the run of another county', () => {
  const first = newRun()
  answer(first, 'I1', { [ONE]: '属实' })
  const { run: second } = night(first)
  const { run: third } = night(second)
  answer(first, 'I2', { [TWO]: '查无此人' })
  const { run: fourth, said } = night(third)
  expect(said).toContain(`较早批次 ${basename(first)} 后来导入或撤销的答案`)
  expect(answersIn(fourth)).toEqual({ [ONE]: '属实', [TWO]: '查无此人' })
  const { said: saidAgain, run: fifth } = night(fourth)
  expect(saidAgain).not.toContain('较早批次')
  expect(answersIn(fifth)).toEqual(answersIn(fourth))
})

test('an import undone in an old run is undone in the next night, and by hand at once; what stands otherwise stays', () => {
  const first = newRun()
  answer(first, 'I1', { [ONE]: '属实', [TWO]: '属实' })
  answer(first, 'I2', { [THREE]: '属实' })
  const { run: second } = night(first)
  undo(first, 'I1')
  const { run: third, said } = night(second)
  expect(said).toContain(`随之撤销 taken back 2`)
  expect(answersIn(third)).toEqual({ [THREE]: '属实' })
  const { run: fourth, said: saidAgain } = night(third)
  expect(saidAgain).not.toContain('较早批次')
  expect(answersIn(fourth)).toEqual({ [THREE]: '属实' })
  expect(answersIn(second)).toEqual({ [ONE]: '属实', [TWO]: '属实', [THREE]: '属实' })
  expect(carryBetween(first, second, '张')).toMatchObject({ withdrawn: 2, carried: 0 })
  expect(answersIn(second)).toEqual({ [THREE]: '属实' })
  const store = new AnswerStore(second, 'read')
  expect(store.events().at(-1)).toMatchObject({ kind: 'undo', applied: 2, files: `沿用 ${basename(first)}` })
  store.close()
  expect(withdrawUndone(first, second, { actor: '张', at: later() })).toBe(0)
})

test('a corrected list takes the place of the one that was undone; a list imported again stands', () => {
  const first = newRun()
  answer(first, 'I1', { [ONE]: '属实', [TWO]: '属实' })
  const { run: second } = night(first)
  undo(first, 'I1')
  answer(first, 'I2', { [ONE]: '不属实', [TWO]: '属实' })
  expect(carryBetween(first, second, '张')).toMatchObject({ withdrawn: 1, carried: 1, kept: 1, different: 0 })
  expect(answersIn(second)).toEqual({ [ONE]: '不属实', [TWO]: '属实' })
})

test('what was undone in the later run is not brought back by the night, and what it answered otherwise stays and is told', () => {
  const first = newRun()
  answer(first, 'I1', { [ONE]: '属实' })
  const { run: second } = night(first)
  undo(second, takenOver(second))
  answer(second, 'I3', { [TWO]: '不属实' })
  answer(first, 'I2', { [TWO]: '属实' })
  const { run: third, said } = night(second)
  expect(answersIn(third)).toEqual({ [TWO]: '不属实' })
  expect(said).toContain('answered otherwise there, which stays 1')
})

test('an undo in a run between is known by what it had, whatever the clock said; an old run that is gone is passed over', () => {
  const first = newRun()
  answer(first, 'I1', { [ONE]: '属实' })
  const { run: second } = night(first)
  const { run: third } = night(second)
  undo(second, takenOver(second))
  rmSync(first, { recursive: true })
  const { run: fourth } = night(third)
  expect(answersIn(fourth)).toEqual({})
})

test('an old run with late answers that cannot be read is told, and the night is made all the same', () => {
  const first = newRun()
  answer(first, 'I1', { [ONE]: '属实' })
  const { run: second } = night(first)
  answer(first, 'I2', { [TWO]: '属实' })
  rmSync(join(first, 'run.sqlite'))
  const { run: third, said } = night(second)
  expect(answersIn(third)).toEqual({ [ONE]: '属实' })
  expect(said).toMatch(/读不出.*cannot be read: \[E/)
})

test('lists that an old run sent count as sent in the later ones', () => {
  const first = newRun()
  const store = new AnswerStore(first)
  const row = { findingId: ONE, sheet: '小区' } as const
  store.recordSent(
    [{ listNumber: 'L1', township: '513027100', rows: [{ row, check: 'c' }] }] as never,
    { addressee: 'census', purpose: '核查', authorisation: '7' },
    't',
  )
  store.close()
  const { run: third } = night(night(first).run)
  const sent = new AnswerStore(third, 'read')
  expect(sent.sheetOf('L1', ONE)).toBe('小区')
  expect(sent.sentFindings()).toEqual([{ findingId: ONE, township: '513027100' }])
  sent.close()
})
