/**
 * Areas as numbers that can be compared level by level: county, township, village, and what a claim says of them.
 *
 * Built once from the area dictionary (a few thousand entries). A code may be known to 6, 9 or 12 digits; what is not
 * known neither fits nor fails to fit.
 */
import type { RecordTable } from '../records/record-table.ts'

/** How far apart two villages lie. */
export const APART = { unknown: 0, sameVillage: 1, sameTownship: 2, sameCounty: 3, otherCounty: 4 } as const

export const FIT = { fails: 0, fits: 1, unknown: 2 } as const
export type Fit = (typeof FIT)[keyof typeof FIT]

export class Places {
  /** 6 digits. */
  private readonly county: Int32Array
  private readonly low: Int32Array
  private readonly digits: Uint8Array
  /** 1 = the county is in the loaded area. */
  readonly loaded: Uint8Array

  constructor(table: RecordTable) {
    const { areas } = table
    const size = areas.size + 1
    this.county = new Int32Array(size)
    this.low = new Int32Array(size)
    this.digits = new Uint8Array(size)
    this.loaded = new Uint8Array(size)
    const counties = new Set(table.handle.loadedCounties)
    for (let area = 1; area < size; area++) {
      this.county[area] = areas.first(area)
      this.low[area] = areas.second(area)
      this.digits[area] = areas.third(area)
      // Without a census there are no block codes to say what is loaded: then everything is.
      if (this.digits[area] >= 6 && (counties.size === 0 || counties.has(this.county[area]))) this.loaded[area] = 1
    }
  }

  isVillage(area: number): boolean {
    return this.digits[area] === 12
  }

  countyOf(area: number): number {
    return this.county[area]
  }

  /** How far two areas lie apart; unknown if the codes do not reach far enough to tell. */
  apart(a: number, b: number): number {
    const { county, low, digits } = this
    if (digits[a] < 6 || digits[b] < 6) return APART.unknown
    if (county[a] !== county[b]) return APART.otherCounty
    if (digits[a] < 9 || digits[b] < 9) return APART.unknown
    if (Math.floor(low[a] / 1000) !== Math.floor(low[b] / 1000)) return APART.sameCounty
    if (digits[a] < 12 || digits[b] < 12) return APART.unknown
    return low[a] === low[b] ? APART.sameVillage : APART.sameTownship
  }

  /** Whether a code given to 6, 9 or 12 digits is a prefix of a village's; no code given fits everything. */
  isPrefix(code: number, village: number): Fit {
    const { county, low, digits } = this
    if (code === 0) return FIT.fits
    if (digits[village] < 6) return FIT.unknown
    if (county[code] !== county[village]) return FIT.fails
    if (digits[code] < 9) return FIT.fits
    if (digits[village] < 9) return FIT.unknown
    if (Math.floor(low[code] / 1000) !== Math.floor(low[village] / 1000)) return FIT.fails
    if (digits[code] < 12) return FIT.fits
    if (digits[village] < 12) return FIT.unknown
    return low[code] === low[village] ? FIT.fits : FIT.fails
  }
}
