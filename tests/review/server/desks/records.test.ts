/** Households, single rows and findings: confirmed together, shown and searched with a trace, joined and taken apart by hand. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { FindingDesk } from '../../../../src/review/server/desks/finding-desk.ts'
import { undoBatch } from '../../../../src/review/server/desks/history-desk.ts'
import { confirmHousehold } from '../../../../src/review/server/desks/pair-desk.ts'
import {
  linkByHand,
  personRecords,
  revealPair,
  searchRecords,
  showWeights,
  splitPerson,
} from '../../../../src/review/server/desks/record-desk.ts'
import { readSought } from '../../../../src/review/sought.ts'
import { packRow, SourceColumns } from '../../../../src/store/source-columns.ts'
import { HandsAtDesk, li, zhang } from '../../../support/desk-hands.ts'
import { everyRegister } from '../../../support/sources.ts'

const at = new HandsAtDesk()

test('two rows of one household are shown in one list, both marked', () => {
  const task = at.desk.state.tasks.find((one) => one.mode === 'duplicate')!
  const [{ household, leftKey, rightKey }] = at.desk.view(task, task.pairs, 'first').candidates
  expect(household.isOne).toBe(true)
  const asked = household.rows.filter((row) => row.state === 'focal')
  expect(new Set(asked.map((row) => row.left?.key))).toEqual(new Set([leftKey, rightKey]))
  expect(asked).toHaveLength(2)
  expect(household.rows.every((row) => row.right === undefined)).toBe(true)
})

test('an old version of a person is no further member of the household', () => {
  const view = () => {
    const { pairs } = at.single()
    return at.desk.view(at.desk.taskOf(pairs[0].pairId), pairs, 'first').candidates[0].household
  }
  const before = view()
  const gone = before.rows.find((row) => row.state !== 'focal' && row.left !== undefined)!.left!.key
  const database = new Database(join(at.folder, 'run', 'run.sqlite'))
  const { raw } = database.prepare('SELECT raw FROM record WHERE record_key = ?').get(gone) as { raw: string }
  const line = everyRegister().find(({ register }) => register === 'police')!
  const cells = new SourceColumns(database).open(raw)
  const old = packRow(line, { ...cells, record_flag: '0' })
  database.prepare('UPDATE record SET raw = ? WHERE record_key = ?').run(old, gone)
  database.close()
  const after = view()
  expect(after.rows.flatMap((row) => row.left?.key ?? [])).not.toContain(gone)
  expect(after.leftMembers).toBe(before.leftMembers - 1)
})

test('a household is confirmed as one batch and undone as one', () => {
  const task = at.desk.state.tasks.find((one) => {
    const [candidate] = at.desk.view(one, one.pairs, 'household').candidates
    return candidate.household.rows.some((row) => row.isTrivial)
  })!
  const rows = at.desk.view(task, task.pairs, 'household').candidates[0].household.rows.filter((row) => row.isTrivial)
  const pairIds = rows.map((row) => row.pairId!)
  confirmHousehold(at.desk, zhang, [], { ck: 'household-1', taskId: task.taskId, pairIds, ms: 500 })
  for (const pairId of pairIds) expect(at.desk.state.standing(pairId).verdict).toBe('same')
  undoBatch(at.desk, zhang, 'undo-key-7')
  for (const pairId of pairIds) expect(at.desk.state.standing(pairId).status).toBe('open')
})

test('a household cannot smuggle in a member who is not trivial', () => {
  const task = at.withCandidates()
  const request = { ck: 'household-2', taskId: task.taskId, pairIds: [task.pairs[0].pairId], ms: 1 }
  expect(() => confirmHousehold(at.desk, zhang, [], request)).toThrow('not-trivial')
})

test('showing a number and the weights is written down before the value is there', () => {
  const { pairId } = at.single().pairs[0]
  const { count } = at.desk.log.anchor
  const { run } = at.desk
  const record = run.record.bind(run)
  const fields = revealPair(at.desk, zhang, pairId)
  expect(
    fields
      .find((field) => field.id === 'id')
      ?.left.map(([text]) => text)
      .join(''),
  ).toMatch(/^\d{17}[\dX]$/)
  expect(at.desk.log.anchor.count).toBe(count + 1)
  const weights = showWeights(at.desk, zhang, pairId)
  expect(at.desk.log.anchor.count).toBe(count + 2)
  expect(weights.prior + weights.rows.reduce((sum, row) => sum + row.weight, 0)).toBe(weights.total)
  expect(record(at.desk.pair(pairId).left)).toBeDefined()
})

test('a reveal that cannot be written down shows nothing', () => {
  const { pairId } = at.single().pairs[0]
  at.desk.log.database.exec("CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END")
  expect(() => revealPair(at.desk, zhang, pairId)).toThrow('disk full')
})

test('search finds whole names and numbers, masks them, and keeps no word of the question', () => {
  const record = at.desk.run.record(at.single().pairs[0].right)!
  const found = searchRecords(at.desk, zhang, record.raw.name)
  expect(found.map((line) => line.key)).toContain(record.key)
  const police = at.desk.run.record(at.single().pairs[0].left)!
  expect(searchRecords(at.desk, zhang, police.raw.id_number).map((line) => line.key)).toContain(police.key)
  expect(JSON.stringify(found)).not.toContain(police.raw.id_number)
  expect(searchRecords(at.desk, zhang, '%%')).toEqual([])
  const events = at.desk.log.database.prepare("SELECT * FROM event WHERE ev = 'search'").all()
  expect(events).toHaveLength(3)
  expect(JSON.stringify(events)).not.toContain(record.raw.name)
})

test('what is pasted in another writing finds the same row and leaves the same trace', () => {
  const police = at.desk.run.record(at.single().pairs[0].left)!
  const { id_number: id, name } = police.raw
  const wide = (text: string) =>
    text.replaceAll(/[0-9A-Z]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  const parted = [id.slice(0, 6), id.slice(6, 14), id.slice(14)]
  const numbers = [id, parted.join(' '), parted.join('-'), wide(id), `'${id}`, `身份证号：${id}`, id.toLowerCase()]
  const keys = [
    police.key,
    police.key.toLowerCase(),
    police.key.replace('police:', '户籍 '),
    wide(police.key.slice('police:'.length)),
  ]
  for (const text of [...numbers, ...keys, [...name].join('　'), `姓名: ${name}`]) {
    const found = searchRecords(at.desk, zhang, text).map((line) => line.key)
    expect(found, text.replace(id, 'ID')).toContain(police.key)
  }
  const traces = at.desk.log.database.prepare("SELECT DISTINCT obj FROM event WHERE ev = 'search'").all()
  expect(traces).toHaveLength(1 + new Set(keys.map((key) => readSought(key).text)).size + 1)
  expect(() => searchRecords(at.desk, zhang, '　 -')).toThrow('too-short')
})

test('a row that was written with blanks or full-width digits is found by the plain name and number', () => {
  const { right } = at.single().pairs[0]
  const [wide, parted] = ['５１３０２７２００１０２３００１２Ｘ', '513027 20010230 012x']
  const database = new Database(join(at.folder, 'run', 'run.sqlite'))
  const { raw, register } = at.desk.run.record(right)!
  const line = everyRegister().find((one) => one.register === register)!
  for (const id_number of [wide, parted]) {
    const row = packRow(line, { ...raw, name: '欧　阳', id_number })
    database.prepare('UPDATE record SET raw = ? WHERE record_key = ?').run(row, right)
    for (const text of ['欧阳', '欧 阳', '51302720010230012X'])
      expect(searchRecords(at.desk, zhang, text).map((found) => found.key)).toEqual([right])
  }
  database.close()
})

test('rows the engine never paired can be linked by hand, a person can be taken apart; both are logged as such', () => {
  const [a, b] = [at.single(0).pairs[0], at.single(3).pairs[0]]
  linkByHand(at.desk, zhang, { ck: 'link-key-1', left: b.left, right: a.right, reason: 'search' })
  expect(at.desk.judgements()).toContainEqual(
    expect.objectContaining({ left: b.left, right: a.right, verdict: 'same' }),
  )
  const linked = at.desk.run
    .household(at.desk.run.factsOf(a.left).household)
    .find((one) => personRecords(at.desk, one.key).length === 2)!
  const groups = personRecords(at.desk, linked.key).map((line, at) => [line.key, at + 1] as const)
  splitPerson(at.desk, zhang, { ck: 'split-key-1', groups, reason: 'split' })
  expect(at.desk.judgements()).toContainEqual(
    expect.objectContaining({ verdict: 'different', left: groups[1][0], right: groups[0][0] }),
  )
  const kinds = at.desk.log.database
    .prepare("SELECT DISTINCT ev FROM event WHERE ev IN ('link', 'split') ORDER BY ev")
    .pluck()
    .all()
  expect(kinds).toEqual(['link', 'split'])
})

test('findings are judged heaviest first, one person at a time, and can be taken back', () => {
  const findings = new FindingDesk(at.desk)
  const before = findings.remaining(zhang)
  const [one] = findings.next(zhang, []).findings
  expect(one.severity).toBe('S1')
  expect(findings.next(li, []).findings.map((other) => other.findingId)).not.toContain(one.findingId)
  findings.decide(zhang, [], { ck: 'finding-key-1', findingId: one.findingId, verdict: 'added', ms: 5 })
  expect(findings.remaining(zhang)).toBe(before - 1)
  undoBatch(at.desk, zhang, 'undo-key-9')
  findings.reopened(one.findingId)
  expect(findings.remaining(zhang)).toBe(before)
  expect(findings.next(zhang, []).findings[0].findingId).toBe(one.findingId)
})

test('what remains of the pairs is what remains in one’s own areas', () => {
  at.decide(zhang, at.single().pairs[0].pairId, 'defer')
  const all = at.desk.counts(zhang).remaining
  const areas = [...new Set(at.desk.state.tasks.map(({ area }) => area.slice(0, 9)))]
  const parts = areas.map((area) => at.desk.counts({ ...zhang, areas: [area] }).remaining)
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all)
})

test('what remains of the findings is what remains in one’s own areas, and today counts with every verdict', () => {
  const findings = new FindingDesk(at.desk)
  const all = findings.remaining(zhang)
  const areas = [...new Set(at.desk.run.findings().map(({ area }) => area.slice(0, 9)))]
  const parts = areas.map((area) => findings.remaining({ ...zhang, areas: [area] }))
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all)
  const [{ findingId }] = findings.next(zhang, []).findings
  const { counts } = findings.decide(zhang, [], { ck: 'finding-key-2', findingId, verdict: 'true', ms: 5 })
  expect(counts).toMatchObject({ today: at.desk.counts(zhang).today, findings: all - 1 })
})

test('notes lose numbers of persons before they are kept', () => {
  at.decide(zhang, at.single().pairs[0].pairId, 'same', { note: '电话核实 513027199803151234 本人' })
  expect(at.desk.log.database.prepare('SELECT text FROM note').pluck().all()).toEqual([
    '电话核实 513027************ 本人',
  ])
})
