/** The chance of each of several pairs that compete, against all ways written out. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chancesOf, type Contender } from '../../src/linking/competition.ts'
import { probabilityOf } from '../../src/linking/people.ts'

const pair = (one: number, other: number, weight: number): Contender => ({ one, other, weight })
const always = (): boolean => true
const HEAVY = 13_000

describe('the chance of a pair among its rivals', () => {
  test('alone is what it weighs', () => {
    expect(chancesOf([pair(1, 2, 3000)], always)[0]).toBeCloseTo(probabilityOf(3000), 12)
  })

  test('two certificates and two twins: whose is whose has even odds', () => {
    const twins = [pair(1, 11, HEAVY), pair(1, 12, HEAVY), pair(2, 11, HEAVY), pair(2, 12, HEAVY)]
    for (const chance of chancesOf(twins, always)) expect(chance).toBeCloseTo(0.5, 3)
  })

  test('a rival who is somebody else for certain is none', () => {
    const [doubtful] = chancesOf([pair(1, 11, 2000), pair(1, 12, 2000), pair(2, 12, 20_000)], always)
    expect(doubtful).toBeCloseTo(probabilityOf(2000), 3)
  })

  test('candidates that may be one person do not take from each other', () => {
    const chances = chancesOf([pair(1, 11, 1000), pair(1, 12, 2000)], () => false)
    expect(chances[0]).toBeCloseTo(probabilityOf(1000), 12)
    expect(chances[1]).toBeCloseTo(probabilityOf(2000), 12)
  })

  test('the candidates of one row have a chance of one at most', () => {
    const anyPair = fc.record({
      one: fc.nat({ max: 3 }),
      other: fc.integer({ min: 10, max: 13 }),
      weight: fc.integer({ min: -6000, max: 20_000 }),
    })
    const pairs = fc.uniqueArray(anyPair, { maxLength: 12, selector: ({ one, other }) => one * 100 + other })
    fc.assert(
      fc.property(pairs, (contenders) => {
        const chances = chancesOf(contenders, always)
        for (const person of [0, 1, 2, 3, 10, 11, 12, 13]) {
          const own = contenders.flatMap(({ one, other }, k) =>
            one === person || other === person ? [chances[k]] : [],
          )
          expect(own.reduce((sum, chance) => sum + chance, 0)).toBeLessThanOrEqual(1 + 1e-9)
        }
      }),
    )
  })

  test('too many that hang together are not counted, others beside them are', () => {
    const crowd = Array.from({ length: 13 }, (_, k) => pair(1, 10 + k, 1000))
    const chances = chancesOf([...crowd, pair(2, 50, 1000)], always)
    expect(chances[0]).toBeNaN()
    expect(chances[13]).toBeCloseTo(probabilityOf(1000), 12)
  })
})
