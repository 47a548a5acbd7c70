/** A part of a queue: what passes, and how much there is to choose from. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOf, readAddress } from '../../../src/review/page/model/modes.ts'
import { countChoices, NO_FILTER, passes, type QueueFilter } from '../../../src/review/queue/filter.ts'
import { FindingDesk } from '../../../src/review/server/desks/finding-desk.ts'
import { nextTasks, pairChoices } from '../../../src/review/server/desks/pair-desk.ts'
import { HandsAtDesk, zhang } from '../../support/desk-hands.ts'

const at = new HandsAtDesk()

const item = fc.record({
  kind: fc.constantFrom('missing-everywhere', 'double-hukou', 'sex-mismatch'),
  severity: fc.constantFrom('S1', 'S2', 'S3'),
  township: fc.constantFrom('513027101', '513027102'),
  changed: fc.boolean(),
})
const wish = fc.record({
  kind: fc.constantFrom('', 'missing-everywhere', 'double-hukou'),
  severity: fc.constantFrom('', 'S1', 'S2'),
  township: fc.constantFrom('', '513027101', '513027102'),
  changed: fc.boolean(),
})

test('the count beside a choice is what is seen when it is chosen', () =>
  fc.assert(
    fc.property(fc.array(item, { maxLength: 40 }), wish, (items, filter) => {
      const choices = countChoices(
        items.map((one) => [one, 1]),
        filter,
      )
      const seen = (some: QueueFilter) => items.filter((one) => passes(one, some)).length
      expect([choices.all, choices.passing]).toEqual([items.length, seen(filter)])
      expect(choices.changed).toBe(seen({ ...filter, changed: true }))
      for (const { value, count } of choices.kinds) expect(count).toBe(seen({ ...filter, kind: value }))
      for (const { value, count } of choices.severities) expect(count).toBe(seen({ ...filter, severity: value }))
      for (const { value, count } of choices.townships) expect(count).toBe(seen({ ...filter, township: value }))
    }),
  ))

test('the address keeps what is looked at, and nothing else is read from it', () => {
  fc.assert(
    fc.property(wish, (filter) => {
      expect(readAddress(addressOf('findings', filter))).toEqual({ mode: 'findings', filter })
      expect(readAddress(addressOf('pair', filter))).toEqual({ mode: 'pair', filter })
    }),
  )
  expect(addressOf('pair')).toBe('')
  expect(readAddress('#findings?kind=%3Cb%3E&severity=S9&township=x')).toEqual({ mode: 'findings', filter: NO_FILTER })
  expect(readAddress('#overview?kind=double-hukou')).toEqual({ mode: 'overview', filter: NO_FILTER })
  expect(readAddress('#t=abc')).toBeUndefined()
})

test('findings: only the kind, level and township asked for come, and the counts go down as they are judged', () => {
  const findings = new FindingDesk(at.desk)
  const { kinds, all } = findings.choices(zhang, NO_FILTER)
  expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(all)
  const filter = { ...NO_FILTER, kind: kinds[0].value, severity: 'S2' }
  const before = findings.choices(zhang, filter)
  expect(before.words[filter.kind]).toMatch(/\p{Script=Han}/u)
  const [first, ...rest] = findings.next(zhang, [], filter).findings
  expect(rest.length).toBeGreaterThan(0)
  for (const one of [first, ...rest]) expect(one).toMatchObject({ code: filter.kind, severity: 'S2' })
  findings.decide(zhang, [], { ck: 'filter-key-1', findingId: first.findingId, verdict: 'true', ms: 5, filter })
  expect(findings.choices(zhang, filter).passing).toBe(before.passing - 1)
  expect(findings.choices({ ...zhang, areas: ['999'] }, NO_FILTER).all).toBe(0)
})

test('pairs: only why and township asked for come, to the last one, and all of them', () => {
  const { townships } = pairChoices(at.desk, zhang, 'pair', NO_FILTER)
  const filter = { ...NO_FILTER, township: townships[1].value }
  const { passing, kinds } = pairChoices(at.desk, zhang, 'pair', filter)
  expect(passing).toBe(townships[1].count)
  expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(passing)
  const seen = new Set<string>()
  for (;;) {
    const [task] = nextTasks(at.desk, zhang, 'pair', [], { filter, ahead: 1 }).tasks
    if (task === undefined || seen.has(task.taskId)) break
    seen.add(task.taskId)
    expect(task.areaCode.slice(0, 9)).toBe(filter.township)
    for (const { pairId } of task.candidates) at.decide(zhang, pairId, 'different')
  }
  expect(seen.size).toBe(passing)
})

test('what is counted by kinds of tasks is what a count of every task gives: put off, changed and judged ones too', () => {
  const { state } = at.desk
  at.decide(zhang, at.single(0).pairs[0].pairId, 'defer')
  at.decide(zhang, at.single(1).pairs[0].pairId, 'same')
  at.decide(zhang, at.withCandidates().pairs[0].pairId, 'same')
  state.changedTasks.add(state.tasks.indexOf(at.single(2)))
  state.changedTasks.add(state.tasks.indexOf(at.single(3)))
  const own = { ...zhang, areas: ['513027101', '513027102203'] }
  for (const person of [zhang, own])
    for (const mode of ['pair', 'duplicate'] as const)
      for (const filter of [NO_FILTER, { ...NO_FILTER, township: '513027102' }, { ...NO_FILTER, changed: true }]) {
        const each = state.tasks.flatMap((task, number) => {
          const waits = state.openTasks[number] === 1 || state.deferred.has(number)
          const isMine = person.areas.length === 0 || person.areas.some((area) => task.area.startsWith(area))
          return waits && isMine && (mode === 'pair' || task.mode === mode)
            ? [[state.sortable(number), 1] as const]
            : []
        })
        expect(pairChoices(at.desk, person, mode, filter)).toEqual({ ...countChoices(each, filter), words: {} })
      }
  expect(pairChoices(at.desk, zhang, 'pair', NO_FILTER).changed).toBe(2)
})
