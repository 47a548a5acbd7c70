/** What tables say while they are compared is for staff who read Chinese and for their office's engineers. */
import { expect, test } from 'vitest'
import { linksLine, modelLine, openedLine, pairsLine, percentText, rulesLine } from '../../src/tables/phase-lines.ts'

const model = (converged: boolean) => modelLine({ lambda: 1 / 4702, iterations: 16, converged } as never)
const LINES = [
  openedLine(6854, 10),
  rulesLine(40, 12, 1, 4952),
  pairsLine(398_540, 0.017, 30_125),
  model(true),
  model(false),
  linksLine(4995, 0, true),
]

test('every line tells the same counts in both languages', () => {
  for (const line of LINES) {
    const [chinese, english] = line.split(' · ')
    expect(chinese).toMatch(/^\p{Script=Han}/u)
    expect(english.match(/\d[\d,.]*/g)?.sort()).toEqual(chinese.match(/\d[\d,.]*/g)?.sort())
  }
})

test('a model that has not settled is told from one that has', () => {
  expect(model(true)).toMatch(/迭代 16 次收敛 · .*; converged after 16 iterations$/)
  expect(model(false)).toMatch(/仍未收敛，概率还会变 · .*NOT converged/)
})

test('links of tables whose records have one partner say so', () => {
  expect(linksLine(2, 1, true)).toBe('关联 2 对，待审 1 对（一对一） · 2 links, 1 to review (one to one)')
  expect(linksLine(1, 0, false)).toBe('关联 1 对，待审 0 对 · 1 link, 0 to review')
})

test('small shares keep two digits', () => {
  expect([0, 0.00123, 0.0957, 0.5, 1].map(percentText)).toEqual(['0.0 %', '0.12 %', '9.6 %', '50.0 %', '100.0 %'])
})
