import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Patterns } from '../../../src/tables/compare/patterns.ts'
import { type Classes, companionBits, evidenceOf, weighEvidence } from '../../../src/tables/model/evidence.ts'
import { logOf, type Tree } from '../../../src/tables/model/trees.ts'

const LEVELS = [3, 4, 2, 5]
const bits = fc.double({ min: -20, max: -0.001, noNaN: true })

/** Of LEVELS: each column conditioned on an earlier one, or on none. */
const tree: fc.Arbitrary<Tree> = fc
  .tuple(...LEVELS.map((_, c) => fc.integer({ min: -1, max: c - 1 })), fc.infiniteStream(bits))
  .map((drawn) => {
    const parents = Int32Array.from(drawn.slice(0, LEVELS.length) as number[])
    const next = drawn[LEVELS.length] as Iterator<number>
    const listOf = (length: number) => Float64Array.from({ length }, () => next.next().value as number)
    const marginals = LEVELS.map((levels) => listOf(levels).map((log) => 2 ** log))
    return {
      parents,
      tables: LEVELS.map((levels, c) => listOf(levels * (parents[c] < 0 ? 1 : LEVELS[parents[c]]))),
      marginals,
      logMarginals: marginals.map((marginal) => marginal.map(Math.log2)),
    }
  })

const classes: fc.Arbitrary<Classes> = fc.record({
  matches: tree,
  strangers: tree,
  companions: fc.option(
    fc.record({
      share: fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
      logMarginals: tree.map(({ logMarginals }) => logMarginals.map((logs) => logs.with(0, 0))),
    }),
    { nil: undefined },
  ),
})

const patterns: fc.Arbitrary<Patterns> = fc
  .array(fc.tuple(...LEVELS.map((levels) => fc.integer({ min: 0, max: levels - 1 }))), { maxLength: 20 })
  .map((list) => ({
    width: LEVELS.length,
    levels: Uint8Array.from(list.flat()),
    count: list.length,
    counts: new Float64Array(list.length).fill(1),
  }))

test('all patterns at once weigh to the last bit what each weighs alone', () => {
  fc.assert(
    fc.property(classes, patterns, (model, list) => {
      const evidence = new Float64Array(list.count)
      const odds = new Float64Array(list.count)
      weighEvidence(model, list, evidence, odds)
      for (let i = 0; i < list.count; i++) {
        const at = i * list.width
        expect(evidence[i]).toBe(evidenceOf(model, list.levels, at))
        const share = model.companions?.share ?? 0
        expect(Math.log2(1 - share) + Math.log2(1 + odds[i])).toBe(companionBits(model, list.levels, at))
      }
    }),
  )
})

test('columns that are missing say nothing, not even of others', () => {
  fc.assert(
    fc.property(tree, (strangers) => {
      const missing = new Uint8Array(LEVELS.length)
      expect(logOf(strangers, missing, 0)).toBe(0)
      expect(evidenceOf({ matches: strangers, strangers, companions: undefined }, missing, 0)).toBe(0)
    }),
  )
})
