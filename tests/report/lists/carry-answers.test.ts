/** Answers feed findings: closed cases leave the lists, come back when an import is undone, and pass to the next run. */
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { completeExportOrder } from '../../../src/report/export-gate.ts'
import { type Answer, AnswerStore, loadAnswers } from '../../../src/report/lists/answer-store.ts'
import { carryAnswers } from '../../../src/report/lists/carry-answers.ts'
import { closesCase, type Verdict, VERDICTS } from '../../../src/report/lists/questions.ts'
import { RunSource } from '../../../src/report/lists/run-source.ts'
import { StagedDirectory, writeIssueLists } from '../../../src/report/lists/write-lists.ts'
import { invented, type MadeRun, writeRun } from './make-run.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const scratch = temporaryFolder('bidui-carry')
const RUN = invented({ townships: 1, blocksPerTownship: 2, findingsPerBlock: 6 })
let made = 0
const newRun = (run: MadeRun = RUN): string => writeRun(join(scratch, `run${++made}`), run)

function answer(run: string, importId: string, verdicts: Readonly<Record<string, Verdict>>): void {
  const store = new AnswerStore(run)
  const answers = Object.entries(verdicts).map(([findingId, verdict]): Answer => {
    return {
      findingId,
      verdict,
      tailFits: '',
      visitor: '张',
      visitedOn: '2020-11-20',
      note: '',
      check: '',
      source: 'a',
    }
  })
  const event = { at: 't', importId, actor: '张', files: 'a.xlsx', conflicting: 0, rejected: 0 }
  store.applyImport({ ...event, applied: answers.length }, answers)
  store.close()
}

async function listed(run: string, isAnsweredToo = false): Promise<{ rows: number; closed: number }> {
  const source = new RunSource(run)
  const staged = new StagedDirectory(join(scratch, `out${++made}`))
  try {
    const order = completeExportOrder({ purpose: '核查', authorisation: '7号' })
    const summary = await writeIssueLists(
      source,
      { order, filter: {}, format: 'csv', keyPath: join(run, 'list.key'), at: 't', isAnsweredToo },
      staged,
    )
    return { rows: summary.rows, closed: summary.closed }
  } finally {
    staged.discard()
    source.close()
  }
}

function carry(from: string, to: string) {
  const [earlier, later] = [new RunSource(from), new RunSource(to)]
  try {
    return carryAnswers(earlier, later, { actor: '李', at: 't2' })
  } finally {
    earlier.close()
    later.close()
  }
}

const [ONE, TWO, THREE] = RUN.findings.map(({ id }) => id)

describe('lists', () => {
  test('a closed case does not reappear, an open answer does, an undone import brings all back', async () => {
    const run = newRun()
    const before = await listed(run)
    expect(before).toEqual({ rows: RUN.findings.length, closed: 0 })
    answer(run, 'I1', { [ONE]: '不属实', [TWO]: '拒访', [THREE]: '已补登' })
    expect(await listed(run)).toEqual({ rows: before.rows - 2, closed: 2 })
    expect(await listed(run, true)).toEqual(before)
    const store = new AnswerStore(run)
    store.undoImport('I1', '张', 't')
    store.close()
    expect(await listed(run)).toEqual(before)
  })

  test('only refusal and "not known" leave a question open', () =>
    expect(VERDICTS.filter((verdict) => !closesCase(verdict))).toEqual(['拒访', '无法核实']))
})

describe('the next run', () => {
  test('takes the answers over, once, and they can be taken back', () => {
    const [from, to] = [newRun(), newRun()]
    answer(from, 'I1', { [ONE]: '属实', [TWO]: '拒访' })
    const carried = carry(from, to)
    expect(carried).toMatchObject({ carried: 2, changed: 0, gone: 0, kept: 0 })
    expect(loadAnswers(to).get(ONE)).toMatchObject({ verdict: '属实', visitor: '张', visitedOn: '2020-11-20' })
    expect(carry(from, to)).toMatchObject({ carried: 0, kept: 2, importId: '' })
    const store = new AnswerStore(to)
    store.undoImport(carried.importId, '李', 't3')
    store.close()
    expect(loadAnswers(to).size).toBe(0)
    expect(loadAnswers(from).size).toBe(2)
  })

  test('an answer to rows that say something else now does not stand; one to a finding that is gone neither', () => {
    const [finding] = RUN.findings
    const moved = RUN.records.map((record) =>
      finding.records.includes(record.key) ? { ...record, raw: { ...record.raw, address: '西坡社区1号' } } : record,
    )
    const to = newRun({ ...RUN, records: moved, findings: RUN.findings.filter(({ id }) => id !== TWO) })
    const from = newRun()
    answer(from, 'I1', { [ONE]: '属实', [TWO]: '属实', [THREE]: '属实' })
    expect(carry(from, to)).toMatchObject({ carried: 1, changed: 1, gone: 1 })
    expect([...loadAnswers(to).keys()]).toEqual([THREE])
  })

  test('a reworded sentence is the same question', () => {
    const from = newRun()
    const to = newRun({ ...RUN, findings: RUN.findings.map((finding) => ({ ...finding, detail: '另一种说法。' })) })
    answer(from, 'I1', { [ONE]: '属实' })
    expect(carry(from, to)).toMatchObject({ carried: 1, changed: 0 })
  })

  test('record ids given anew: an answer goes with the rows it is about, once, and to no row that could be another', () => {
    const records = RUN.records.map((record) => ({ ...record, print: JSON.stringify(record.raw) }))
    const numbered = { ...RUN, records }
    const anew = (key: string) => key.replace(/\d+$/, (n) => String(Number(n) + 1).padStart(n.length, '0'))
    const renumbered = {
      records: records.map((record) => ({ ...record, key: anew(record.key) })),
      findings: RUN.findings.map((finding) => ({
        ...finding,
        id: `N${finding.id}`,
        severity: 'S1',
        records: finding.records.map(anew),
      })),
    }
    const findings = RUN.findings.map((finding) => ({ ...finding, severity: 'S1' }))
    const [from, to] = [newRun({ ...numbered, findings }), newRun(renumbered)]
    answer(from, 'I1', { [ONE]: '属实', [TWO]: '已补登' })
    expect(carry(from, to)).toMatchObject({ carried: 2, byContent: 2, changed: 0, gone: 0, withoutRecords: 0 })
    const taken = loadAnswers(to)
    expect([taken.size, taken.get(`N${ONE}`)?.verdict, taken.get(`N${TWO}`)?.verdict]).toEqual([2, '属实', '已补登'])
    expect(carry(from, to)).toMatchObject({ carried: 0, kept: 2 })
    // A twin in the household: nobody knows whose answer it was.
    const [record] = renumbered.records.filter(({ key }) => renumbered.findings[0].records.includes(key))
    const twins = newRun({ ...renumbered, records: [...renumbered.records, { ...record, key: `${record.key}9` }] })
    expect(carry(from, twins)).toMatchObject({ carried: 1, byContent: 1 })
    expect(loadAnswers(twins).has(`N${ONE}`)).toBe(false)
  })

  test('what one night does not find, or finds changed, stands again in the night that finds it as it was, and for nothing else', () => {
    const [finding] = RUN.findings
    const moved = RUN.records.map((record) =>
      finding.records.includes(record.key) ? { ...record, raw: { ...record.raw, address: '西坡社区1号' } } : record,
    )
    const from = newRun()
    answer(from, 'I1', { [ONE]: '属实', [TWO]: '已补登', [THREE]: '不属实' })
    const without = newRun({ ...RUN, records: moved, findings: RUN.findings.filter(({ id }) => id !== TWO) })
    expect(carry(from, without)).toMatchObject({ carried: 1, changed: 1, gone: 1, aside: 2 })
    expect(carry(from, without)).toMatchObject({ carried: 0, aside: 2, importId: '' })
    const still = newRun({ ...RUN, records: moved })
    expect(carry(without, still)).toMatchObject({ carried: 2, foundAgain: 1, changed: 0, gone: 0, aside: 1 })
    expect(loadAnswers(still).has(ONE)).toBe(false)
    const again = newRun()
    const { importId } = carry(still, again)
    const verdicts = [ONE, TWO, THREE].map((id) => loadAnswers(again).get(id)?.verdict)
    expect(verdicts).toEqual(['属实', '已补登', '不属实'])
    const store = new AnswerStore(again)
    store.undoImport(importId, '李', 't3')
    expect([store.standing().size, store.aside().size]).toEqual([0, 0])
    store.close()
  })

  test('an answer given anew replaces the one that waits aside', () => {
    const [from, without, answeredAgain, last] = [
      newRun(),
      newRun({ ...RUN, findings: RUN.findings.filter(({ id }) => id !== ONE) }),
      newRun(),
      newRun(),
    ]
    answer(from, 'I1', { [ONE]: '属实' })
    carry(from, without)
    answer(answeredAgain, 'I2', { [ONE]: '不属实' })
    expect(carry(without, answeredAgain)).toMatchObject({ carried: 0, kept: 0, different: 1, aside: 0 })
    carry(answeredAgain, last)
    expect(loadAnswers(last).get(ONE)?.verdict).toBe('不属实')
  })

  test('an undone answer is not taken over', () => {
    const [from, to] = [newRun(), newRun()]
    answer(from, 'I1', { [ONE]: '属实' })
    const store = new AnswerStore(from)
    store.undoImport('I1', '张', 't')
    store.close()
    expect(carry(from, to)).toMatchObject({ carried: 0 })
  })
})
