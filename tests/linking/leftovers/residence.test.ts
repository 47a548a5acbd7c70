import { expect, test } from 'vitest'
import { ResidenceWeights } from '../../../src/linking/leftovers/residence.ts'
import { buildTable } from '../../support/build-table.ts'
import { census, OTHER, VILLAGE } from '../../support/village-rows.ts'

const LONELY = '513027105209'
const bits = (ratio: number): number => Math.round(Math.log2(ratio) * 1000)

/** Ninety newcomers in one village, nine in another, one in a third. */
function newcomers() {
  const villages = [...Array<string>(90).fill(VILLAGE), ...Array<string>(9).fill(OTHER), LONELY]
  const { table, rowOf } = buildTable(
    villages.map((village, k) => census(`C${k}`, { name: '柳青', block_code: `${village}001` })),
  )
  const rows = Int32Array.from(villages, (_, k) => rowOf(`census:C${k}`))
  return { weights: new ResidenceWeights(table, rows), rows }
}
const CHANCE = 0.9 ** 2 + 0.09 ** 2 + 0.01 ** 2

test('one village says the more the fewer newcomers live there, once pairs of one number have taught how often it is so', () => {
  const { weights, rows } = newcomers()
  for (let k = 0; k < 80; k++) weights.learn(rows[k], rows[k + 1])
  const share = (80 + 20 * CHANCE) / 100
  expect(weights.weightOf(rows[0], rows[1])).toBe(bits(share / 0.9))
  expect(weights.weightOf(rows[90], rows[91])).toBe(bits(share / 0.09))
  expect(weights.weightOf(rows[99], rows[99])).toBe(bits(share / 0.01))
  expect(weights.weightOf(rows[0], rows[99])).toBe(bits((1 - share) / (1 - CHANCE)))
  expect(weights.most).toBe(bits(share * 100))
})

test('before anything is learned two villages say nothing, and one says how small it is', () => {
  const { weights, rows } = newcomers()
  expect(weights.weightOf(rows[0], rows[99])).toBe(0)
  expect(weights.weightOf(rows[90], rows[91])).toBe(bits(CHANCE / 0.09))
})
