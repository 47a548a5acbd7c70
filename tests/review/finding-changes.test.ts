/** A verdict on a finding whose data changed since: the finding is open again, with the old verdict beside it. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { decisionWarnings, findingVerdictsText } from '../../src/commands/decision-warnings.ts'
import { FindingDesk } from '../../src/review/server/finding-desk.ts'
import { HandsAtDesk, zhang } from '../support/desk-hands.ts'

const at = new HandsAtDesk()

function judgeTwo() {
  const findings = new FindingDesk(at.desk)
  const [first, second] = findings.next(zhang, []).findings
  findings.decide(zhang, [], { ck: 'finding-key-1', findingId: first.findingId, verdict: 'untrue', ms: 5 })
  findings.decide(zhang, [], { ck: 'finding-key-2', findingId: second.findingId, verdict: 'true', ms: 5 })
  return [first, second] as const
}

function inTheRun(change: (database: Database.Database) => void): void {
  const database = new Database(join(at.desk.run.directory, 'run.sqlite'))
  change(database)
  database.close()
}

test.each([
  ['a row it names changed', 'UPDATE record SET fingerprint = ? WHERE record_key = ?', 'record'],
  ['it says something else', 'UPDATE finding SET detail = ? WHERE finding_id = ?', 'finding'],
])('%s: it is asked again, what was said before stands beside it', (_why, sql, kind) => {
  const [first, second] = judgeTwo()
  const key = kind === 'record' ? first.records[0].key : first.findingId
  inTheRun((database) => database.prepare(sql).run('0123456789abcdef', key))
  const findings = new FindingDesk(at.desk)
  const asked = findings.next(zhang, []).findings
  expect(asked[0]).toMatchObject({ findingId: first.findingId, stale: { verdict: 'untrue' } })
  expect(asked.map(({ findingId }) => findingId)).not.toContain(second.findingId)
  // Judged of the new data it is closed, and stays so.
  const before = findings.remaining(zhang)
  findings.decide(zhang, [], { ck: 'finding-key-3', findingId: first.findingId, verdict: 'true', ms: 5 })
  expect(findings.remaining(zhang)).toBe(before - 1)
  expect(new FindingDesk(at.desk).next(zhang, []).findings[0].findingId).not.toBe(first.findingId)
})

test('a run says how many verdicts on findings stand, changed and are gone', () => {
  const [first, second] = judgeTwo()
  const { directory } = at.desk.run
  const decisions = at.desk.log.database.name
  expect(findingVerdictsText(directory, decisions)).toMatch(/standing 2 .* again 0 .* gone 0/)
  inTheRun((database) => {
    database.prepare('UPDATE finding SET detail = ? WHERE finding_id = ?').run('x', first.findingId)
    database.prepare('DELETE FROM finding_record WHERE finding_id = ?').run(second.findingId)
    database.prepare('DELETE FROM finding WHERE finding_id = ?').run(second.findingId)
  })
  expect(findingVerdictsText(directory, decisions)).toMatch(/standing 0 .* again 1 .* gone 1/)
})

test('a run says of decided pairs which were not taken and which wait again', () => {
  expect(decisionWarnings('d/decisions.sqlite', 3, [{}, { isStale: false }, {}])).toEqual([])
  const warnings = decisionWarnings('d/decisions.sqlite', 96, [
    ...Array.from({ length: 70 }, () => ({})),
    { isStale: true },
  ])
  expect(warnings.map(({ code, message }) => [code, message.split(' · ')[0]])).toEqual([
    ['E133', '96 对裁决中有 25 对的记录不在本次文件中,未能采用;记录号是否改过'],
    ['E138', '96 对裁决中有 1 对的数据已变化,重新待审'],
  ])
})
