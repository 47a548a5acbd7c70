/** Strangers of one name are of an age and a sex: what an equal birth says beside an equal name. */
import { describe, expect, test } from 'vitest'
import { DEFAULT_RULES } from '../../../src/blocking/rules.ts'
import { Groups } from '../../../src/linking/groups.ts'
import { Namesakes } from '../../../src/linking/leftovers/namesakes.ts'
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../../src/matching/compare/levels.ts'
import { Kernel, SHIFT } from '../../../src/matching/kernel.ts'
import { matchCounty } from '../../../src/matching/match-county.ts'
import { workspaceBytes } from '../../../src/matching/workspace.ts'
import { buildTable } from '../../support/build-table.ts'
import { inlinePool } from '../../support/inline-pool.ts'
import { UNTAUGHT_MODEL } from '../../support/untaught-model.ts'
import { census, id } from '../../support/village-rows.ts'

const pattern = (name: number, birth: number, sex: number): number =>
  (name << SHIFT.name) | (birth << SHIFT.birth) | (sex << SHIFT.sex)
const ONE_MONTH = pattern(NAME_LEVEL.exact, BIRTH_LEVEL.monthKnown, SEX_LEVEL.equal)

/** Newcomers of 20 names, each borne by 6 women: born in one year, or a year or two apart each. */
async function namesakes(yearOf: (bearer: number) => number, number: (birth: string, sequence: string) => string = id) {
  const rows = Array.from({ length: 120 }, (_, k) => {
    const birth = `${yearOf(k % 6)}${String(1 + (k % 12)).padStart(2, '0')}03`
    return census(`C${k}`, {
      name: `王${String.fromCodePoint(0x5b50 + Math.floor(k / 6))}`,
      sex: '2',
      birth_month: birth.slice(0, 6),
      id_number: number(birth, String(200 + 2 * k)),
    })
  })
  const { table, memory } = buildTable(rows, { extraBytes: workspaceBytes(10_000) })
  const { names, lines } = await matchCounty(table, memory, DEFAULT_RULES, inlinePool)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  const newcomers = Int32Array.from({ length: table.rows }, (_, row) => row)
  return new Namesakes(table, new Kernel(table, names, lines), groups, UNTAUGHT_MODEL, newcomers)
}

describe('namesakes', () => {
  test('of one year and one sex make an equal birth and sex say less', async () => {
    const alike = await namesakes(() => 2012)
    expect(alike.weightOf(ONE_MONTH)).toBeLessThan(-3000)
    expect(alike.weightOf(pattern(NAME_LEVEL.exact, BIRTH_LEVEL.missing, SEX_LEVEL.equal))).toBeLessThan(-500)
    expect(alike.weightOf(pattern(NAME_LEVEL.exact, BIRTH_LEVEL.missing, SEX_LEVEL.different))).toBeGreaterThan(3000)
  })

  test('of every age leave the birth what it says', async () => {
    const apart = await namesakes((bearer) => 1962 + 9 * bearer)
    const birth = pattern(NAME_LEVEL.exact, BIRTH_LEVEL.monthKnown, SEX_LEVEL.missing)
    expect(Math.abs(apart.weightOf(birth))).toBeLessThan(1000)
  })

  test('say nothing of people under two names, nor of people without numbers, who may be one', async () => {
    const alike = await namesakes(() => 2012)
    expect(alike.weightOf(pattern(NAME_LEVEL.missing, BIRTH_LEVEL.monthKnown, SEX_LEVEL.equal))).toBe(0)
    expect(alike.weightOf(pattern(NAME_LEVEL.oneOther, BIRTH_LEVEL.monthKnown, SEX_LEVEL.equal))).toBe(0)
    const unnumbered = await namesakes(
      () => 2012,
      () => '',
    )
    expect(unnumbered.weightOf(ONE_MONTH)).toBe(0)
  })
})
