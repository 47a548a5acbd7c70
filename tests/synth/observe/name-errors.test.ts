import { expect, test } from 'vitest'
import { mixedNameRates, writeName } from '../../../src/synth/observe/name-errors.ts'
import { Random } from '../../../src/synth/random.ts'

const NONE = mixedNameRates(0)
const person = { tokens: [] } as unknown as Parameters<typeof writeName>[2]

test('a name whose length goes wrong loses a given character, says its last one twice, or has a 小 in it', () => {
  const random = new Random('length')
  const written = (name: string) =>
    new Set(Array.from({ length: 400 }, () => writeName(random, { ...NONE, length: 1 }, person, name)))
  expect(written('王建国')).toEqual(new Set(['王国', '王建', '王建国国', '王小建国']))
  expect(written('王芳')).toEqual(new Set(['王芳芳', '王小芳']))
})
