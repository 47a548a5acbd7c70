/**
 * Which counties are loaded: those of the census block codes, or what the user says, spelled out to six digits.
 *
 * In: the table and the codes given (6, 4 or 2 digits). Out: six-digit codes in ascending order.
 */
import { BiduiError, EXIT } from '../errors.ts'
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS, CENSUS_DEATHS, POLICE } from '../registers/columns.ts'
import type { IngestWarning } from './messages.ts'

/** A county on fewer of the rows than this is an error in a code, not a loaded county. */
const SHARE_MIN = 0.001

export function loadedCounties(table: RecordTable, given: readonly string[] | undefined): readonly number[] {
  if (given === undefined || given.length === 0) {
    for (const register of [CENSUS, CENSUS_DEATHS, POLICE]) {
      const counties = frequentCounties(table, register)
      if (counties.length > 0) return counties
    }
    return []
  }
  for (const code of given) {
    if (!/^(?:\d{2}|\d{4}|\d{6})$/.test(code))
      throw new BiduiError('E408', EXIT.usage, `--area ${code}: 应为 6、4 或 2 位数字 · 6, 4 or 2 digits are wanted.`, {
        advice: '例如 --area 513027 · for example --area 513027.',
      })
  }
  const counties = new Set(given.filter((code) => code.length === 6).map(Number))
  const prefixes = given.filter((code) => code.length < 6)
  if (prefixes.length > 0)
    for (const register of [CENSUS, CENSUS_DEATHS, POLICE])
      for (const county of countRows(table, register).keys())
        if (prefixes.some((prefix) => String(county).startsWith(prefix))) counties.add(county)
  return [...counties].sort((a, b) => a - b)
}

/** Said where the area given is that of another county: everybody would live outside. */
export function foreignAreaWarning(
  table: RecordTable,
  given: readonly string[] | undefined,
  counties: readonly number[],
): IngestWarning[] {
  if (given === undefined || given.length === 0) return []
  const seen = [CENSUS, CENSUS_DEATHS, POLICE].flatMap((register) => [...countRows(table, register).keys()])
  if (seen.length === 0 || counties.some((county) => seen.includes(county))) return []
  return [
    {
      code: 'E132',
      file: `--area ${given.join(', ')}`,
      message: '没有一行在此区划内，请核对区划代码 · no row lies in this area: check the code',
    },
  ]
}

function frequentCounties(table: RecordTable, register: number): number[] {
  const counts = countRows(table, register)
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return [...counts]
    .filter(([, count]) => count >= all * SHARE_MIN)
    .map(([county]) => county)
    .sort((a, b) => a - b)
}

function countRows(table: RecordTable, register: number): Map<number, number> {
  const byArea = new Uint32Array(table.areas.size + 1)
  const { area } = table.columns
  for (let row = table.starts[register]; row < table.starts[register + 1]; row++) byArea[area[row]]++
  const counts = new Map<number, number>()
  for (let number = 1; number < byArea.length; number++) {
    if (byArea[number] === 0) continue
    const county = table.areas.first(number)
    counts.set(county, (counts.get(county) ?? 0) + byArea[number])
  }
  return counts
}
