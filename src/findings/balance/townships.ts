/**
 * Townships as small numbers: each area of the dictionary → the township it lies in.
 *
 * In:  the record table. Out: a number per area (0 where the code does not reach a township, or lies outside the
 * loaded counties) and the townships' codes in ascending order.
 */
import type { RecordTable } from '../../records/record-table.ts'

export class Townships {
  /** 9-digit codes; index 0 is '' for "township not known, or outside". */
  readonly codes: readonly string[]
  private readonly ofArea: Int32Array
  private readonly loaded: Uint8Array

  constructor(table: RecordTable) {
    const { areas } = table
    const counties = new Set(table.handle.loadedCounties)
    const keys = new Float64Array(areas.size + 1)
    this.loaded = new Uint8Array(areas.size + 1)
    for (let area = 1; area <= areas.size; area++) {
      if (areas.third(area) < 6 || (counties.size > 0 && !counties.has(areas.first(area)))) continue
      this.loaded[area] = 1
      if (areas.third(area) >= 9) keys[area] = areas.first(area) * 1000 + Math.floor(areas.second(area) / 1000)
    }
    const sorted = Array.from(new Set(keys))
      .filter((key) => key > 0)
      .sort((a, b) => a - b)
    const numbers = new Map(sorted.map((key, k) => [key, k + 1]))
    this.codes = ['', ...sorted.map((key) => String(key).padStart(9, '0'))]
    this.ofArea = Int32Array.from(keys, (key) => numbers.get(key) ?? 0)
  }

  get count(): number {
    return this.codes.length
  }

  /** Number of the township an area lies in; 0 unknown or outside. */
  of(area: number): number {
    return this.ofArea[area]
  }

  /** Whether an area lies in the loaded counties, township known or not. */
  isInside(area: number): boolean {
    return this.loaded[area] === 1
  }
}
