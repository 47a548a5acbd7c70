import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Segment, TaskView } from '../../../src/review/api.ts'
import { weightOfText, weightText } from '../../../src/review/page/model/amounts.ts'
import { CATALOGUES, say, setLanguage } from '../../../src/review/page/words/index.ts'
import { compareFields } from '../../../src/review/server/views/compare-view.ts'
import { Desk, type Person } from '../../../src/review/server/desks/desk.ts'
import { compareTexts } from '../../../src/review/server/views/differences.ts'
import { decidePair } from '../../../src/review/server/desks/pair-desk.ts'
import { weightsView } from '../../../src/review/server/views/task-view.ts'
import { countPossibleNumbers } from '../../../src/report/mask.ts'
import { makeRunDatabase } from '../../support/make-run-database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** What leaves the server, and what must not. */
let folder: string
let desk: Desk
const zhang: Person = { name: 'zhang', role: 'reviewer', areas: [], hasPassword: true, sess: 's' }

beforeAll(() => {
  folder = temporaryFolder('views')
  makeRunDatabase(join(folder, 'run'), 10_000)
  desk = new Desk({ directory: join(folder, 'run'), decisions: join(folder, 'd', 'decisions.sqlite') })
})
afterAll(() => {
  desk.close()
})

function keysOf(value: unknown, into = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const one of value) keysOf(one, into)
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) {
      into.add(key)
      keysOf(one, into)
    }
  return into
}

test('blind mode: no weight, probability, total or verdict of anybody stands in 1,000 responses', () => {
  const first = desk.state.tasks.slice(0, 500)
  for (const [at, task] of first.entries()) {
    const verdict = at % 2 === 0 ? 'same' : 'different'
    decidePair(desk, zhang, 'pair', ['a', 'b', 'c', 'd'], {
      ck: `blind-${task.taskId}`,
      taskId: task.taskId,
      pairId: task.pairs[0].pairId,
      verdict,
      ms: 1,
      note: 'seen the book',
    })
  }
  // As the desk gives them to a second reviewer, then tasks nobody has seen.
  const views: TaskView[] = [...desk.state.secondPool].map((pairId) =>
    desk.view(desk.taskOf(pairId), [desk.pair(pairId)], 'first', { isBlind: true }),
  )
  expect(views.length).toBeGreaterThan(200)
  for (const task of desk.state.tasks.slice(500, 1500 - views.length)) views.push(desk.view(task, task.pairs, 'first'))
  expect(views).toHaveLength(1000)
  for (const view of views) {
    const keys = keysOf(view)
    for (const secret of [
      'weight',
      'probability',
      'prior',
      'total',
      'decision',
      'layer',
      'verdict',
      'standing',
      'stale',
      'actor',
      'note',
    ])
      expect(keys.has(secret), secret).toBe(false)
    const text = JSON.stringify(view)
    expect(text).not.toContain('zhang')
    expect(text).not.toContain('seen the book')
    for (const { pairId } of view.candidates) {
      const explanation = desk.run.explanation(pairId)!
      for (const secret of [explanation.total, explanation.prior, ...explanation.rows.map((row) => row.weight)].filter(
        (weight) => Math.abs(weight) > 999,
      ))
        expect(text).not.toMatch(new RegExp(`(?<!\\d)${Math.abs(secret)}(?!\\d)`))
      expect(text).not.toContain(String(explanation.probability).slice(0, 8))
    }
  }
})

test('a second review of a rejected pair and of an accepted pair look the same', () => {
  const [a, b] = ['same', 'different'].map(
    (verdict) =>
      [...desk.state.secondPool].find(
        (pairId) => desk.state.standing(pairId).verdict === verdict && desk.taskOf(pairId).pairs.length === 1,
      )!,
  )
  for (const pairId of [a, b]) {
    const view = desk.view(desk.taskOf(pairId), [desk.pair(pairId)], 'first', { isBlind: true })
    expect(view.candidates[0].household.rows[0].state).toBe('focal')
    expect(view.kind).toBe('first')
  }
})

test('contributions add up: prior and rows as shown give the total as shown, in 10,000 of 10,000 pairs', () => {
  let pairs = 0
  for (const { pairId } of desk.run.pairs) {
    const view = weightsView(pairId, desk.run.explanation(pairId)!)
    const shown = [view.prior, ...view.rows.map((row) => row.weight)].map((weight) => weightOfText(weightText(weight)))
    expect(shown.reduce((sum, weight) => sum + weight, 0)).toBe(weightOfText(weightText(view.total)))
    pairs++
  }
  expect(pairs).toBe(10_000)
})

test('weights are shown to the milli-bit, with a sign', () => {
  expect(weightText(10_420)).toBe('+10.420')
  expect(weightText(-17_250)).toBe('−17.250')
  expect(weightText(-5)).toBe('−0.005')
  fc.assert(
    fc.property(fc.integer({ min: -99_999, max: 99_999 }), (weight) => {
      expect(weightOfText(weightText(weight))).toBe(weight)
    }),
  )
})

describe('masking', () => {
  const text = (segments: readonly Segment[]) => segments.map(([part]) => part).join('')

  test('no whole ID number, and no row of ten digits of one, stands in any task', () => {
    for (const task of desk.state.tasks.slice(0, 1500)) {
      const sent = JSON.stringify(desk.view(task, task.pairs, 'first'))
      for (const pair of task.pairs)
        for (const key of [pair.left, pair.right]) {
          const id = desk.run.record(key)?.raw.id_number ?? ''
          for (let at = 0; at + 10 <= id.length; at++) expect(sent).not.toContain(id.slice(at, at + 10))
        }
    }
  })

  test('at least fifty valid numbers fit all that a pair shows beside birth and sex', () => {
    for (const pair of desk.run.pairs.slice(0, 1200)) {
      const left = desk.run.record(pair.left)!
      const right = desk.run.record(pair.right)!
      const [id] = compareFields(left, right, { level: 'L1', canShowDigits: true })
      for (const [record, side] of [
        [left, id.left],
        [right, id.right],
      ] as const) {
        const pattern = text(side)
        if (pattern.length !== 18) continue
        const birth = record.raw.birth_date ?? record.raw.birth_month
        const sex = record.raw.sex === '1' ? '男' : '女'
        expect(countPossibleNumbers({ pattern, birth, sex, area: '513027' }, 50)).toBeGreaterThanOrEqual(50)
      }
    }
  })

  test('digits are shown for the first candidate only: others would tell more of the one focal row', () => {
    const task = desk.state.tasks.find((one) => one.pairs.length > 1)!
    const view = desk.view(task, task.pairs, 'first')
    for (const candidate of view.candidates.slice(1))
      for (const side of [candidate.fields[0].left, candidate.fields[0].right]) expect(text(side)).toMatch(/^\**$/)
  })

  test('households carry names and births, never numbers', () => {
    for (const task of desk.state.tasks.slice(0, 300))
      for (const candidate of desk.view(task, task.pairs, 'first').candidates)
        expect(JSON.stringify(candidate.household.rows)).not.toMatch(/\d{15}/)
  })
})

describe('differences', () => {
  test('what is shown is what was written, and what is unmarked is common to both', () => {
    const character = fc.constantFrom(...'王张伟芳静晶0123456789-X ')
    const texts = fc.array(character, { maxLength: 20 }).map((list) => list.join(''))
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const difference = compareTexts(a, b)
        const join = (segments: readonly Segment[]) => segments.map(([part]) => part).join('')
        expect(join(difference.left)).toBe(a)
        expect(join(difference.right)).toBe(b)
        if (difference.kind === 'differ' && difference.sign !== '⇄') {
          const plain = (segments: readonly Segment[]) =>
            segments
              .filter(([, marked]) => marked === 0)
              .map(([part]) => part)
              .join('')
          expect(plain(difference.left)).toBe(plain(difference.right))
        }
      }),
    )
  })

  test.each([
    ['王伟', '王伟', '=', 'same'],
    ['王 伟', '王伟', '=', 'same'],
    ['王伟', '', '∅', 'missing'],
    ['王伟芳', '王芳伟', '⇄', 'near'],
    ['王静', '王晶', '~', 'near'],
    ['王伟', '王强', '≠1', 'differ'],
    ['王国伟', '王伟', '≠1', 'differ'],
    ['1990-03-05', '1990-08-05', '≠1', 'differ'],
  ])('%s and %s: %s', (a, b, sign, kind) => {
    expect(compareTexts(a, b)).toMatchObject({ sign, kind })
  })
})

describe('words', () => {
  test('both catalogues have every key, with the same places to fill', () => {
    expect(Object.keys(CATALOGUES.en).sort()).toEqual(Object.keys(CATALOGUES.zh).sort())
    for (const [key, zh] of Object.entries(CATALOGUES.zh)) {
      const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()
      const en = CATALOGUES.en[key as keyof typeof CATALOGUES.en]
      expect(en, key).not.toBe('')
      expect(places(en), key).toEqual(places(zh))
    }
  })

  test('no Chinese word stands in the page outside the catalogue', () => {
    const page = new URL('../../../src/review/page', import.meta.url).pathname
    for (const file of readdirSync(page, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(file) || file.startsWith('words')) continue
      const code = readFileSync(join(page, file), 'utf8')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/^\s*\/\/.*$/gm, '')
      expect(/[\u4e00-\u9fff]/.exec(code)?.[0] ?? '', file).toBe('')
    }
  })

  test('every key of the catalogue is used', () => {
    const page = new URL('../../../src/review/page', import.meta.url).pathname
    const code = readdirSync(page, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('words/zh') && !file.startsWith('words/en'))
      .map((file) => readFileSync(join(page, file), 'utf8'))
      .join('\n')
    const prefixes = [
      'reason.',
      'register.',
      'field.',
      'sign.',
      'state.',
      'verdict.',
      'finding.',
      'why.',
      'refused.',
      'mode.',
      'certainty.',
      'layer.',
      'loss.',
      'filter.',
      'severity.',
    ]
    const unused = Object.keys(CATALOGUES.zh).filter(
      (key) =>
        !prefixes.some((prefix) => key.startsWith(prefix)) && !code.includes(`'${key}'`) && !code.includes(`"${key}"`),
    )
    expect(unused).toEqual([])
  })

  test('places are filled, and the language can be changed', () => {
    expect(say('unsaved', { n: 3 })).toBe('未保存 3')
    setLanguage('en')
    expect(say('unsaved', { n: 3 })).toBe('Unsaved 3')
    setLanguage('zh')
  })
})
