/** Members of one household as a sample of who is not one person: nobody is to stand beside himself in it. */
import { expect, test } from 'vitest'
import { DEFAULT_RULES } from '../../src/blocking/rules.ts'
import { NAME_LEVEL } from '../../src/matching/compare/levels.ts'
import { Kernel, nameLevelOf } from '../../src/matching/kernel.ts'
import { matchCounty } from '../../src/matching/match-county.ts'
import { sampleNeighbours } from '../../src/matching/random-pairs.ts'
import { workspaceBytes } from '../../src/matching/workspace.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { inlinePool } from '../support/inline-pool.ts'
import { id, police } from '../support/village-rows.ts'

/** Levels of names among the sampled members. */
async function namesIn(rows: readonly RowText[]): Promise<number[]> {
  const { table, memory } = buildTable(rows, { extraBytes: workspaceBytes(10_000) })
  const { names, lines } = await matchCounty(table, memory, DEFAULT_RULES, inlinePool)
  const { patterns } = sampleNeighbours(table, new Kernel(table, names, lines)).household.entries()
  return [...new Set([...patterns].map(nameLevelOf))]
}

const wife = police('w', {
  name: '秦玉兰',
  sex: '2',
  id_number: id('19620311', '042'),
  birth_date: '19620311',
  household_no: 'H1',
})
const man = { name: '罗永康', sex: '1', birth_date: '19600504', household_no: 'H1', person_no: 'R1' }
const current = police('m', { ...man, id_number: id('19600504', '017') })

test('husband and wife are a pair of members', async () => {
  const levels = await namesIn([wife, current])
  expect(levels.length).toBeGreaterThan(0)
  expect(levels).not.toContain(NAME_LEVEL.exact)
})

test('an old version under another number is the man himself', async () => {
  const old = police('o', { ...man, id_number: id('19600504', '033'), record_flag: '0' })
  expect(await namesIn([wife, current, old])).not.toContain(NAME_LEVEL.exact)
})

test('a row of the same person number is the man himself', async () => {
  const moved = police('v', { ...man, id_number: id('19600504', '033') })
  expect(await namesIn([wife, current, moved])).not.toContain(NAME_LEVEL.exact)
})

test('a mistyped number in a second row proves nobody else', async () => {
  const number = id('19600504', '017')
  const typed = `${number.slice(0, 16)}${(Number(number[16]) + 1) % 10}${number.slice(17)}`
  const again = police('a', { ...man, person_no: 'R2', id_number: typed })
  expect(await namesIn([wife, current, again])).not.toContain(NAME_LEVEL.exact)
})
