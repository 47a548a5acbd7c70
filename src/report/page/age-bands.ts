/**
 * Ages of people in bands wide enough to be shown: a cell below the limit tells nobody's age, and a chart of nothing else tells
 * nothing at all.
 *
 * In:  counts in bands of five years, oldest last. Out: the same people in bands of 5, 10, 20 or all years: the narrowest in which
 *      half of them stand in cells that may be shown; the widest where none are.
 */
import { SMALL_CELL } from './suppression.ts'

export interface AgeBand {
  readonly from: number
  /** The last year of age that belongs to it; Infinity for the oldest. */
  readonly to: number
  readonly male: number
  readonly female: number
}

const WIDTHS = [10, 20, Number.POSITIVE_INFINITY]

export function widenedBands(bands: readonly AgeBand[]): readonly AgeBand[] {
  if (isTelling(bands)) return bands
  for (const width of WIDTHS) {
    const wider = joined(bands, width)
    if (isTelling(wider)) return wider
  }
  return joined(bands, Number.POSITIVE_INFINITY)
}

/** True where a cell may be shown. */
export function hasShownCell(bands: readonly AgeBand[]): boolean {
  return bands.some(({ male, female }) => male >= SMALL_CELL || female >= SMALL_CELL)
}

/** 25–29, 100+; all ages where it is the only one. */
export function bandText({ from, to }: Pick<AgeBand, 'from' | 'to'>): string {
  return to === Number.POSITIVE_INFINITY ? `${from}+` : `${from}–${to}`
}

function isTelling(bands: readonly AgeBand[]): boolean {
  const cells = bands.flatMap(({ male, female }) => [male, female])
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return 2 * sum(cells.filter((count) => count >= SMALL_CELL)) >= sum(cells)
}

function joined(bands: readonly AgeBand[], width: number): readonly AgeBand[] {
  const wide = new Map<number, AgeBand>()
  for (const band of bands) {
    const at = width === Number.POSITIVE_INFINITY ? 0 : Math.floor(band.from / width)
    const before = wide.get(at)
    const to = width === Number.POSITIVE_INFINITY ? width : Math.max(band.to, (at + 1) * width - 1)
    wide.set(at, {
      from: before?.from ?? band.from,
      to,
      male: (before?.male ?? 0) + band.male,
      female: (before?.female ?? 0) + band.female,
    })
  }
  return [...wide.values()]
}
