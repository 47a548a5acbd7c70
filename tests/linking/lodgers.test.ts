/** How often those who are counted twice stand with strangers: learned from pairs of one number. */
import { describe, expect, test } from 'vitest'
import { Lodgers } from '../../src/linking/lodgers.ts'
import { HOUSEHOLD_TYPE, RELATION, type RecordTable } from '../../src/records/record-table.ts'

/** 90 members of families and 10 lodgers; rows 0 to 89 and 90 to 99. */
const relation = Uint8Array.from({ length: 100 }, (_, row) => (row < 90 ? RELATION.child : RELATION.otherRelative))
const table = (of: Uint8Array, householdType = new Uint8Array(of.length)): RecordTable =>
  ({ columns: { relation: of, householdType } }) as unknown as RecordTable
const rows = [...relation.keys()]

describe('lodgers', () => {
  test('weigh nothing before a pair is known', () => {
    const lodgers = new Lodgers(table(relation), rows)
    expect([lodgers.weightOf(0, 1), lodgers.weightOf(0, 95), lodgers.weightOf(95, 96)]).toEqual([0, 0, 0])
  })

  test('speak for a pair where one of the two rows mostly is one, and two rows without any the less', () => {
    const lodgers = new Lodgers(table(relation), rows)
    for (let i = 0; i < 60; i++) lodgers.learn(i, 90 + (i % 10))
    for (let i = 0; i < 40; i++) lodgers.learn(i, i + 1)
    // P(one lodger | one person) = (60 + 20 · 0.18) ÷ 120, of strangers 0.18.
    expect(lodgers.weightOf(3, 95)).toBe(Math.round(1000 * Math.log2((60 + 20 * 0.18) / 120 / 0.18)))
    expect(lodgers.weightOf(95, 3)).toBe(lodgers.weightOf(3, 95))
    expect(lodgers.weightOf(3, 4)).toBeLessThan(-500)
  })

  test('say nothing where they are counted twice as often as others, or where no row tells', () => {
    const lodgers = new Lodgers(table(relation), rows)
    for (let i = 0; i < 81; i++) lodgers.learn(0, 1)
    for (let i = 0; i < 18; i++) lodgers.learn(0, 95)
    lodgers.learn(95, 96)
    expect(Math.abs(lodgers.weightOf(0, 1)) + Math.abs(lodgers.weightOf(0, 95))).toBeLessThan(20)
    const silent = new Lodgers(table(new Uint8Array(100)), rows)
    silent.learn(0, 1)
    expect(silent.weightOf(0, 95)).toBe(0)
  })

  test('of a dormitory, where everybody is 其他, are none: those who live there weigh as they are counted twice', () => {
    const householdType = Uint8Array.from({ length: 100 }, (_, row) =>
      row >= 95 ? HOUSEHOLD_TYPE.collective : HOUSEHOLD_TYPE.family,
    )
    const lodgers = new Lodgers(table(relation, householdType), rows)
    for (let i = 0; i < 60; i++) lodgers.learn(i, 90 + (i % 5))
    for (let i = 0; i < 40; i++) lodgers.learn(i, i + 1)
    expect(lodgers.weightOf(3, 91)).toBeGreaterThan(2000)
    expect(lodgers.weightOf(3, 96)).toBeLessThan(-2000)
    expect(lodgers.weightOf(96, 3)).toBe(lodgers.weightOf(3, 96))
    // Who heads a dormitory lives there as well.
    const headed = new Lodgers(table(relation.fill(RELATION.head, 97), householdType), rows)
    headed.learn(0, 98)
    expect(headed.weightOf(1, 96)).toBe(headed.weightOf(1, 99))
  })
})
