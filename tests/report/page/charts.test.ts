import { expect, test } from 'vitest'
import { flowChart, weightHistogram } from '../../../src/report/page/charts.ts'

/** Threshold of review beside the first bar, one pair in it. */
const svg = weightHistogram(
  [
    [-5, 0, 1],
    [1, 3, 8],
    [20, 250_000, 0],
  ],
  { link: 5600, review: -4300 },
  'zh',
)

test('the words of a threshold stand to the right of its line, away from the numbers of the axis', () => {
  const axis = Math.max(
    ...[...svg.matchAll(/text-anchor="end"[^>]*translate\(([\d.]+) [\d.]+\)"[^>]*>[\d,]+</g)].map((m) => Number(m[1])),
  )
  const marks = [...svg.matchAll(/<text[^>]*transform="([^"]*)"[^>]*>(?:审核|同一人) ≥/g)].map((m) => m[1])
  expect(marks).toHaveLength(2)
  // matrix(0,-1,1,0,x,y): turned, its middle at x; a letter is 11 high.
  for (const mark of marks) expect(Number(mark.split(/[ ,(]+/)[5])).toBeGreaterThan(axis + 11)
  const lines = [...svg.matchAll(/<path d="M([\d.]+) [\d.]+L[\d.]+ [\d.]+"[^>]*stroke-dasharray/g)].map((m) =>
    Number(m[1]),
  )
  expect(marks.map((mark) => Number(mark.split(/[ ,(]+/)[5]) > Math.min(...lines))).toEqual([true, true])
})

test('a bar of one pair has a height on the logarithmic axis', () => {
  const bars = [...svg.matchAll(/<path d="M[\d.]+ [\d.]+l[\d.]+ 0l0 (-?[\d.]+)l-[\d.]+ 0Z" fill="#d98032"/g)]
  expect(bars).toHaveLength(2)
  for (const [, height] of bars) expect(Math.abs(Number(height))).toBeGreaterThan(3)
})

test('flows are between townships by name, two of one name apart, and by code where no address names one', () => {
  const flow = (from: string, to: string) => ({ from, to, present: 40, away: 39 })
  const names = new Map([
    ['513027101', '白滩镇'],
    ['513028101', '白滩镇'],
  ])
  const flows = [flow('513027101', '513027102'), flow('513028101', '513027102')]
  const labels = [...flowChart(flows, names, 'zh').matchAll(/<text[^>]*>((?:户籍|现住)[^<]*)</g)].map((m) => m[1])
  expect(labels.sort()).toEqual(['户籍 白滩镇', '户籍 白滩镇', '现住 513027102'])
  expect(flowChart(flows, names, 'en')).toContain('hukou 白滩镇')
})
