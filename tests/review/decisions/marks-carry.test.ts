/** 入户, 暂缓, 上报 and conflicts survive a night in which record ids were given anew. */
import Database from 'better-sqlite3'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { marksOf } from '../../../src/review/decisions/index.ts'
import { historyOf, undoBatch } from '../../../src/review/server/desks/history-desk.ts'
import { adjudicate, nextForLead, viewOverview } from '../../../src/review/server/desks/lead-desk.ts'
import { HandsAtDesk, lead, zhang } from '../../support/desk-hands.ts'
import { makeRunDatabase } from '../../support/make-run-database.ts'

const at = new HandsAtDesk()

/** The same night with every record id given anew; `carried`: the run found the marks by content. */
function nightWithNewIds(carried: boolean): (pair: { readonly left: string; readonly right: string }) => string {
  const { directory } = makeRunDatabase(join(at.folder, carried ? 'one' : 'other'), 60)
  at.desk.openRun(directory)
  const pairs = at.desk.state.tasks.filter((task) => task.pairs.length === 1).map((task) => task.pairs[0])
  const [field, escalated, deferred] = pairs
  at.decide(zhang, field.pairId, 'field')
  at.decide(zhang, escalated.pairId, 'escalate')
  at.decide(zhang, deferred.pairId, 'defer')
  const renamed = ({ left, right }: { readonly left: string; readonly right: string }) => `${left}x|${right}x`
  const tonight = `${directory}-tonight`
  cpSync(directory, tonight, { recursive: true })
  const database = new Database(join(tonight, 'run.sqlite'))
  database.exec(`UPDATE record SET record_key = record_key || 'x';
    UPDATE review_pair SET pair_id = left_key || 'x|' || right_key || 'x', left_key = left_key || 'x', right_key = right_key || 'x'`)
  const names = Object.fromEntries(
    marksOf(at.desk.projection).map((mark) => [renamed(mark), `${mark.left}|${mark.right}`]),
  )
  expect(Object.keys(names)).toHaveLength(3)
  if (carried) database.prepare("INSERT INTO run VALUES ('marked_as', ?)").run(JSON.stringify(names))
  database.close()
  at.desk.openRun(tonight)
  return renamed
}

const statuses = (pairIds: readonly string[]) => pairIds.map((pairId) => at.desk.state.standing(pairId).status)

test('each stays aside in the new run; what the lead has to settle is with the lead', () => {
  const renamed = nightWithNewIds(true)
  const marks = marksOf(at.desk.projection)
  const byVerdict = (verdict: string) => renamed(marks.find((mark) => mark.verdict === verdict)!)
  const [field, escalated, deferred] = ['field', 'escalate', 'defer'].map(byVerdict)
  expect(statuses([field, escalated, deferred])).toEqual(['field', 'escalated', 'deferred'])
  const isOpen = (pairId: string) => at.desk.state.isOpen(at.desk.state.pairById.get(pairId)!)
  expect([field, escalated, deferred].map(isOpen)).toEqual([false, false, false])
  const { townships, withdrawn } = viewOverview(at.desk)
  expect(townships.reduce((sum, row) => sum + row.field, 0)).toBe(1)
  expect(townships.reduce((sum, row) => sum + row.deferred, 0)).toBe(1)
  expect(withdrawn).toBe(0)
  expect(nextForLead(at.desk, []).flatMap((task) => task.candidates.map(({ pairId }) => pairId))).toEqual([escalated])

  adjudicate(at.desk, lead, { ck: 'ruling-key', pairId: escalated, verdict: 'same', reason: '0', ms: 900 })
  expect(statuses([escalated])).toEqual(['adjudicated'])
  expect(nextForLead(at.desk, [])).toEqual([])

  const mine = historyOf(at.desk, zhang).find(({ verdict }) => verdict === 'field')!
  expect(mine.of).toBe('pair')
  expect(undoBatch(at.desk, zhang, 'undo-key-7', mine.batch).task?.candidates[0].pairId).toBe(field)
  expect(statuses([field])).toEqual(['open'])
  expect(isOpen(field)).toBe(true)
})

test('a run that found none of them asks again', () => {
  const renamed = nightWithNewIds(false)
  expect(statuses(marksOf(at.desk.projection).map(renamed))).toEqual(['open', 'open', 'open'])
})
