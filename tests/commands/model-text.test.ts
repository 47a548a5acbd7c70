import { expect, test } from 'vitest'
import { describeModel } from '../../src/commands/model/model-text.ts'
import { displayWidth } from '../../src/display-text.ts'
import { COMPARISONS } from '../../src/matching/comparisons.ts'
import { PAIR_CLASSES } from '../../src/matching/kernel.ts'
import { UNTAUGHT_MODEL } from '../support/untaught-model.ts'

test('every level of a model is named in both languages, its figures in one column', () => {
  const lines = describeModel(UNTAUGHT_MODEL)
  const levels = lines.filter((line) => COMPARISONS.some(({ name, zh }) => line.startsWith(`  ${name} ${zh} `)))
  expect(levels).toHaveLength(PAIR_CLASSES.length * COMPARISONS.reduce((sum, { levels: n }) => sum + n - 1, 0))
  for (const line of levels)
    expect(line).toMatch(/^ {2}\w+ \S+ +[a-z’'][a-z’', -]+ [\u3400-\u9fff（），、]+ +\d\.\d\de/)
  expect(new Set(levels.map(displayWidth)).size).toBe(1)
})
