/**
 * The detectors against a slow, obvious judge: src/synth/truth decides from the rows as written who has which finding,
 * shares no code with src/findings and knows who is who. With people linked rightly both must say the same.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { detectFindings } from '../../src/findings/index.ts'
import { buildNameFeatures } from '../../src/normalise/name-features.ts'
import { NameFeatures, nameFeatureBytes, reserveNameFeatures } from '../../src/records/name-features.ts'
import { REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { observeCounty } from '../../src/synth/index.ts'
import { completeRates } from '../../src/synth/rates.ts'
import { judgeCounty } from '../../src/synth/truth/index.ts'
import { COUNTY } from '../../src/synth/world/places.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { T0 } from './check.ts'

/** Small readings on which both are right: which row of a household is first, 小名, a parent's number with a suffix. */
const LEFT_OPEN: Readonly<Record<string, number>> = { 'main-item-error': 0.02 }

type Keys = Map<string, Set<string>>

function add(into: Keys, code: string, key: string): void {
  const keys = into.get(code)
  if (keys === undefined) into.set(code, new Set([key]))
  else keys.add(key)
}

describe.each([
  ['typical', '21'],
  ['hard', '22'],
  ['minority', '23'],
])('a made-up county, preset %s', (preset, seed) => {
  const must: Keys = new Map()
  const may: Keys = new Map()
  const made: Keys = new Map()

  beforeAll(() => {
    const registers = observeCounty(6000, seed, completeRates(preset))
    judgeCounty(registers, COUNTY, (finding) => {
      for (const { register, recordId } of finding.keys)
        add(finding.must ? must : may, finding.code, `${register}:${recordId}`)
    })
    const rows = REGISTERS.flatMap((register) =>
      registers[register].map(
        (row) => ({ ...row, register, id: row.record_id, person: String(row.person) }) as unknown as RowText,
      ),
    )
    const { table, memory, people, keyOf } = buildTable(rows, { extraBytes: nameFeatureBytes(rows.length * 8) })
    const names = new NameFeatures(
      table.memory,
      reserveNameFeatures(memory, table.names.size + 1, table.names.units),
      table.names,
    )
    buildNameFeatures(table.names, 1, table.names.size + 1, names)
    const asOf = Object.fromEntries(REGISTERS.map((register) => [register, T0])) as Record<RegisterName, number>
    const settings = { referenceDate: T0, asOf, graceDays: 30 }
    detectFindings({ table, people, names, given: new Set(REGISTERS), settings }).forEach((finding) => {
      for (const row of finding.rows) add(made, finding.code, keyOf(row))
    })
  })

  test('every finding that must be made is made', () => {
    const missed: string[] = []
    for (const [code, keys] of must) {
      // The first row of a household is the head's: any row of it identifies the finding.
      if (code === 'household-count-mismatch') continue
      const lost = Array.from(keys).filter((key) => !(made.get(code)?.has(key) ?? false))
      if (lost.length > (LEFT_OPEN[code] ?? 0) * keys.size) missed.push(...lost.map((key) => `${code} ${key}`))
    }
    expect(missed).toEqual([])
    expect(must.size).toBeGreaterThan(20)
  })

  test('no finding is made that may not be, and every code made is judged', () => {
    const wrong: string[] = []
    for (const [code, keys] of made) {
      for (const key of keys) if (!must.get(code)?.has(key) && !may.get(code)?.has(key)) wrong.push(`${code} ${key}`)
    }
    expect(wrong).toEqual([])
  })

  test('each household with wrong counts is found once', () =>
    expect(made.get('household-count-mismatch')?.size).toBe(must.get('household-count-mismatch')?.size))
})
