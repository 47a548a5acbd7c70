/**
 * Decisions as the linkage reads them: pairs of record keys that people called the same person or two people.
 *
 * In:  decisions.sqlite (a snapshot; a desk may be writing). Out: judgements sorted by record keys, each with the
 *      fingerprints of the rows as they were shown. Conflicts that wait for the lead and gold checks say nothing yet.
 */
import { readEvents } from './decision-log.ts'
import { DECISIVE } from './event.ts'
import { openDecisions } from './open-decisions.ts'
import { Projection, standingOf } from './projection.ts'
import { compareText } from '../../text-order.ts'

export interface DecidedPair {
  readonly left: string
  readonly right: string
  readonly verdict: 'same' | 'different'
  /** Fingerprints of the rows when they were judged; another one now means 数据已变化. */
  readonly fpLeft: string
  readonly fpRight: string
  /** Number of the event: of two decisions on the same rows the later one counts. */
  readonly seq: number
  /** Run whose rows were shown; '' where it is not known. */
  readonly run: string
  /** Linked or split by hand: no pair that waited. */
  readonly isByHand: boolean
  /** What the pair was when it was drawn for the control sample (queue/control-sample.ts); none if it waited. */
  readonly control?: string
}

/** A pair put aside: for the field, for later, for the lead, or two verdicts that differ. No verdict, and kept from night to night. */
export interface MarkedPair {
  readonly left: string
  readonly right: string
  readonly verdict: 'field' | 'defer' | 'escalate' | 'conflict'
  readonly fpLeft: string
  readonly fpRight: string
  readonly seq: number
  readonly run: string
}

export function loadDecisions(path: string): {
  readonly judgements: readonly DecidedPair[]
  readonly marks: readonly MarkedPair[]
} {
  const database = openDecisions(path)
  try {
    const projection = Projection.of(readEvents(database, DECISIVE))
    return { judgements: judgementsOf(projection), marks: marksOf(projection) }
  } finally {
    database.close()
  }
}

export function judgementsOf(projection: Projection): readonly DecidedPair[] {
  const judgements: DecidedPair[] = []
  for (const state of projection.pairs.values()) {
    const { status, verdict, entry } = standingOf(state)
    if (entry === undefined || status === 'conflict' || (verdict !== 'same' && verdict !== 'different')) continue
    const isByHand = entry.kind === 'link' || entry.kind === 'split'
    const control = projection.controls.get(state.pairId)
    judgements.push({
      left: state.left,
      right: state.right,
      verdict,
      fpLeft: entry.fpA,
      fpRight: entry.fpB,
      seq: entry.seq,
      run: entry.run,
      isByHand,
      ...(control === undefined ? {} : { control }),
    })
  }
  return judgements.sort((a, b) => compareText(a.left, b.left) || compareText(a.right, b.right))
}

export function marksOf(projection: Projection): readonly MarkedPair[] {
  const marks: MarkedPair[] = []
  for (const state of projection.pairs.values()) {
    const { status, verdict, entry } = standingOf(state)
    if (entry === undefined) continue
    const mark = status === 'conflict' ? status : verdict
    if (mark === undefined || mark === 'same' || mark === 'different') continue
    const { left, right } = state
    const { fpA: fpLeft, fpB: fpRight, seq, run } = entry
    marks.push({ left, right, verdict: mark, fpLeft, fpRight, seq, run })
  }
  return marks.sort((a, b) => compareText(a.left, b.left) || compareText(a.right, b.right))
}
