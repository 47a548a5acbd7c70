/**
 * Pairs of the control sample counted by kind and band of probability, so that a million links are a few numbers.
 *
 * In:  pairs one by one, or cells counted elsewhere (the run counts its links once and keeps the cells). Out: cells.
 * Leaves to control-estimate.ts: what they say.
 */
import type { ControlKind } from './control-sample.ts'

export interface ControlCell extends ControlKind {
  /** Lower edge of the band. */
  readonly from: number
  /** All pairs of the kind in the band, judged or not. */
  readonly pairs: number
  /** How many of them are one person by the model: the sum of their probabilities. */
  readonly expected: number
  readonly judged: number
  readonly same: number
}

export const WAITING_EDGES: readonly number[] = [0, 0.2, 0.4, 0.6, 0.8, 0.9]
/** Links lie close to certainty: the bands do too. */
export const ACCEPTED_EDGES: readonly number[] = [0, 0.9, 0.98, 0.99, 0.999, 0.9999]
const REJECTED_EDGES: readonly number[] = [0]

export class ControlTally {
  private readonly byKey = new Map<string, { -readonly [K in keyof ControlCell]: ControlCell[K] }>()

  /** A pair that is there. */
  count(kind: ControlKind, probability: number): void {
    const cell = this.cellOf(kind, probability)
    cell.pairs++
    cell.expected += probability
  }

  /** A verdict on a pair that is counted besides. */
  judge(kind: ControlKind, probability: number, verdict: 'same' | 'different'): void {
    const cell = this.cellOf(kind, probability)
    cell.judged++
    if (verdict === 'same') cell.same++
  }

  add(cells: readonly ControlCell[]): void {
    for (const { pairs, expected, judged, same, ...kind } of cells) {
      const cell = this.cellOf(kind, kind.from)
      cell.pairs += pairs
      cell.expected += expected
      cell.judged += judged
      cell.same += same
    }
  }

  /** By stratum, layer and band. */
  cells(): readonly ControlCell[] {
    return [...this.byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => ({ ...cell }))
  }

  private cellOf({ stratum, layer }: ControlKind, probability: number) {
    const edges = stratum === 'waiting' ? WAITING_EDGES : stratum === 'accepted' ? ACCEPTED_EDGES : REJECTED_EDGES
    const from = edges.findLast((edge) => probability >= edge) ?? edges[0]
    const key = `${stratum} ${layer} ${from}`
    let cell = this.byKey.get(key)
    if (cell === undefined)
      this.byKey.set(key, (cell = { stratum, layer, from, pairs: 0, expected: 0, judged: 0, same: 0 }))
    return cell
  }
}
