import { expect, test } from 'vitest'
import { compactPairs, makePairBuffer, PairWriter } from '../../src/blocking/pair-buffer.ts'

test('pairs of several writers are all there, and unused words are not', () => {
  const buffer = makePairBuffer(100_000)
  const writers = [new PairWriter(buffer), new PairWriter(buffer)]
  for (let k = 0; k < 40_000; k++) writers[k % 2].push(k, k + 1, 7)
  for (const writer of writers) writer.finish()
  const { pairs, count } = compactPairs(buffer)
  expect(count).toBe(40_000)
  const lefts = Array.from({ length: count }, (_, k) => pairs[3 * k]).sort((a, b) => a - b)
  expect(lefts).toEqual(Array.from({ length: count }, (_, k) => k))
})

test('a table in which everybody may be everybody is refused in words, not as a bug', () => {
  const writer = new PairWriter(makePairBuffer(1))
  const fill = (): void => {
    for (let k = 0; k < 2_000_000; k++) writer.push(k, k + 1, 0)
  }
  expect(fill).toThrow(expect.objectContaining({ code: 'E147', exitStatus: 65 }))
})
