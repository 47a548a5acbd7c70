/** The waterfall on a terminal: weights in one column, whatever the values' width. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatExplanation } from '../../src/commands/explain.ts'
import type { Explanation } from '../../src/matching/explanation.ts'
import { displayWidth } from '../../src/display-text.ts'

const text = fc.oneof(fc.string({ unit: fc.constantFrom('王', '村', '1', 'a', ' '), maxLength: 45 }), fc.constant(''))
const row = fc.record({
  comparison: fc.constantFrom('name', 'id', 'address'),
  zh: fc.constantFrom('姓名', '公民身份号码'),
  left: text.map((value) => value.trim()),
  right: text.map((value) => value.trim()),
  level: fc.constant('equal'),
  en: fc.constantFrom('same sound, other characters', 'same sex'),
  sentence: fc.constantFrom('姓名音同字不同', '性别相同'),
  weight: fc.integer({ min: -40_000, max: 40_000 }),
})

test('all weights end in one column and every value stands whole', () => {
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 7 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, p) => {
        const explanation = {
          left: 'police:1',
          right: 'census:2',
          prior: -9100,
          rows,
          total: 1234,
          probability: p,
          decision: 'link',
          layer: 'statistical',
          sentence: '判为同一人。',
        } as unknown as Explanation
        const printed = formatExplanation(explanation)
        const weighed = printed.split('\n').filter((line) => /[−+]\d+\.\d$/.test(line))
        expect(weighed).toHaveLength(rows.length + 2)
        expect(new Set(weighed.map((line) => displayWidth(line))).size).toBe(1)
        for (const { left, right } of rows) for (const value of [left, right]) expect(printed).toContain(value)
        for (const { en, sentence } of rows) expect(printed).toContain(`${en} ${sentence}`)
        expect(printed).toContain('→ link 关联 (layer: statistical)')
        expect(printed).not.toContain('probability 0.000000')
      },
    ),
  )
})
