import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Groupings, measureBCubed, measurePairs } from '../../src/evaluate/pairwise.ts'
import { REGISTERS } from '../../src/registers/columns.ts'

/** The plain judge: looks at every pair of records. */
function bruteForce({ found, truth, register }: Groupings, wanted: (l: number, r: number) => boolean) {
  let foundPairs = 0
  let truePairs = 0
  let both = 0
  for (let i = 0; i < found.length; i++)
    for (let j = i + 1; j < found.length; j++) {
      const [l, r] = [register[i], register[j]].sort((a, b) => a - b)
      if (!wanted(l, r)) continue
      if (found[i] === found[j]) foundPairs++
      if (truth[i] === truth[j]) truePairs++
      if (found[i] === found[j] && truth[i] === truth[j]) both++
    }
  return { found: foundPairs, true: truePairs, both }
}

const groupings: fc.Arbitrary<Groupings> = fc
  .array(fc.tuple(fc.nat(8), fc.nat(8), fc.nat(REGISTERS.length - 1)), { minLength: 1, maxLength: 40 })
  .map((records) => ({
    found: Int32Array.from(records, ([found]) => found),
    truth: Int32Array.from(records, ([, truth]) => truth),
    register: Uint8Array.from(records, ([, , register]) => register),
  }))

test('pairs counted from cells are the pairs counted one by one, in total and for each register pair', () => {
  fc.assert(
    fc.property(groupings, (input) => {
      const lines = measurePairs(input)
      const find = (left: string, right: string) => lines.find((line) => line.left === left && line.right === right)
      expect(find('all', '')).toMatchObject(bruteForce(input, () => true))
      expect(find('within', '')).toMatchObject(bruteForce(input, (l, r) => l === r))
      expect(find('across', '')).toMatchObject(bruteForce(input, (l, r) => l !== r))
      REGISTERS.forEach((left, l) =>
        REGISTERS.forEach((right, r) => {
          if (r < l) return
          const counts = bruteForce(input, (a, b) => a === l && b === r)
          const line = find(left, right)
          if (counts.found + counts.true === 0) expect(line).toBeUndefined()
          else expect(line).toMatchObject(counts)
        }),
      )
    }),
  )
})

test('precision, recall and F1 follow from the counts', () => {
  const [all] = measurePairs({
    found: Int32Array.of(1, 1, 1, 2),
    truth: Int32Array.of(1, 1, 2, 2),
    register: Uint8Array.of(0, 1, 1, 1),
  })
  expect(all).toMatchObject({ found: 3, true: 2, both: 1, precision: 1 / 3, recall: 1 / 2 })
  expect(all.f1).toBeCloseTo(0.4, 12)
})

test('B³ is the mean over records of what their person shares with the true one', () => {
  fc.assert(
    fc.property(groupings, (input) => {
      const { found, truth } = input
      let precision = 0
      let recall = 0
      for (let i = 0; i < found.length; i++) {
        const mates = [...found.keys()].filter((j) => found[j] === found[i])
        const kin = [...truth.keys()].filter((j) => truth[j] === truth[i])
        const shared = mates.filter((j) => kin.includes(j)).length
        precision += shared / mates.length / found.length
        recall += shared / kin.length / found.length
      }
      const b = measureBCubed(input)
      expect(b.precision).toBeCloseTo(precision, 9)
      expect(b.recall).toBeCloseTo(recall, 9)
    }),
  )
})

test('the truth against itself is perfect; everybody alone has recall 0 and no precision to speak of', () => {
  const truth = Int32Array.of(0, 0, 1, 1)
  const register = Uint8Array.of(0, 1, 0, 1)
  expect(measurePairs({ found: truth, truth, register })[0]).toMatchObject({ precision: 1, recall: 1, f1: 1 })
  const alone = measurePairs({ found: Int32Array.of(0, 1, 2, 3), truth, register })[0]
  expect(alone.recall).toBe(0)
  expect(alone.precision).toBeNaN()
})

test('a person with a hundred thousand rows is counted without looking at every pair', () => {
  const n = 100_000
  const one = new Int32Array(n)
  const [all] = measurePairs({ found: one, truth: one, register: new Uint8Array(n) })
  expect(all.both).toBe((n * (n - 1)) / 2)
})
