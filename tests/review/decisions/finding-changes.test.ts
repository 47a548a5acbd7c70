/** A verdict on a finding whose data changed since: the finding is open again, with the old verdict beside it. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { decisionWarnings, findingVerdictsText } from '../../../src/commands/run/decision-warnings.ts'
import { judgedContents } from '../../../src/commands/run/judged-contents.ts'
import { historyOf } from '../../../src/review/server/desks/history-desk.ts'
import { FindingDesk } from '../../../src/review/server/desks/finding-desk.ts'
import type { RowJudgement } from '../../../src/store/judged-rows.ts'
import { HandsAtDesk, zhang } from '../../support/desk-hands.ts'

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

test('the history says of a verdict on a finding what was found and of whom', () => {
  const [first, second] = judgeTwo()
  expect(historyOf(at.desk, zhang).map(({ label, verdict }) => [label, verdict])).toEqual([
    [`${second.zh} ${second.records[0].fields.find(([id]) => id === 'name')?.[1]}`, 'true'],
    [`${first.zh} ${first.records[0].fields.find(([id]) => id === 'name')?.[1]}`, 'untrue'],
  ])
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

const row = (n: number, more: Partial<RowJudgement> = {}): RowJudgement => ({
  left: n,
  right: 900 + n,
  verdict: 'same',
  ...more,
})

test('a run says of decided pairs which were not taken, which wait again, and which of those count as one until then', () => {
  expect(decisionWarnings('d/decisions.sqlite', 3, [row(1), row(2, { isStale: false }), row(3)])).toEqual([])
  const found = [
    ...Array.from({ length: 70 }, (_, n) => row(n)),
    row(71, { isStale: true }),
    row(72, { isStale: true }),
    row(73, { isStale: true, verdict: 'different' }),
  ]
  const warnings = decisionWarnings('d/decisions.sqlite', 96, found, ({ left }) => left !== 72)
  expect(warnings.map(({ code, message }) => [code, message.split(' · ')[0]])).toEqual([
    ['E133', '96 对裁决(含由此推出的)中有 23 对的记录不在本次文件中，或记录号已改、内容也变了，未能采用'],
    [
      'E138',
      '96 对裁决(含由此推出的)中有 3 对的数据已变化，重新待审，排在队列最前；其中原判同一人 2 对：1 对在重新判断前仍算同一人，1 对与现在的数据不符，已不再算同一人',
    ],
  ])
})

test('pairs that were not taken are named, first those that the linkage would join by itself; an id that is an ID number is cut', () => {
  const lost = Array.from({ length: 7 }, (_, n) => ({
    left: n === 6 ? 'police:513047197807163282' : `police:P${n}`,
    right: `census:${n}`,
    verdict: n >= 5 ? 'different' : 'same',
  }))
  const [{ code, message }] = decisionWarnings('decisions.sqlite', 7, [], () => true, lost)
  expect(code).toBe('E133')
  expect(message).toContain(
    '(原判不同人 2 对；例如 police:P5 census:5, police:513047************ census:6, police:P0 census:0, police:P1 census:1, police:P2 census:2；用 bidui explain 上一批次 查看是谁)',
  )
  expect(message).toContain('2 of them called two people; among them police:P5 census:5')
})

test('a verdict of an earlier version holds no content: last night’s run says what it was about, once ids are given anew', () => {
  const { run, log } = at.desk
  const judged = run.findings().filter(({ findingId }) => run.findingContent(findingId) !== '')
  const [bare, printed, moved] = judged.map(({ findingId }) => findingId)
  const say = (obj: string, more: object = {}) =>
    at.desk.append([{ ...at.desk.who(zhang), ev: 'finding', obj, verdict: 'untrue', ...more }])
  say(bare)
  say(printed, { fpA: run.findingPrint(printed) })
  // Of a finding that said something else by last night.
  say(moved, { fpA: '0123456789abcdef' })
  const known = judgedContents(log.database.name, run.directory)
  expect(Object.keys(known).sort()).toEqual([bare, printed].sort())
  const tonight = join(at.folder, 'tonight')
  cpSync(run.directory, tonight, { recursive: true })
  const database = new Database(join(tonight, 'run.sqlite'))
  database.exec(`UPDATE record SET record_key = record_key || 'x';
    UPDATE finding SET finding_id = finding_id || 'x';
    UPDATE finding_record SET finding_id = finding_id || 'x', record_key = record_key || 'x'`)
  const leftOf = () => {
    at.desk.openRun(tonight)
    return new FindingDesk(at.desk).remaining(zhang)
  }
  const all = run.findings().length
  expect(leftOf()).toBe(all)
  database.prepare("INSERT INTO run VALUES ('judged_contents', ?)").run(JSON.stringify(known))
  database.close()
  expect(leftOf()).toBe(all - 2)
  // The night after, last night's run passes on what it was told.
  expect(judgedContents(log.database.name, tonight)).toEqual(known)
  expect(findingVerdictsText(tonight, log.database.name)).toMatch(/found by content 2 .* gone 1/)
})
