/**
 * The threshold that the lead signed at the desk (阈值签字): the newest one, unless it was withdrawn since.
 *
 * In:  decisions.sqlite (a snapshot; a desk may be writing). Out: the threshold, who signed it and when, and the wanted
 *      false-link rate that it follows from. Whether a run takes it is the run's affair.
 */
import type { SignedThreshold } from '../../settings.ts'
import { isReadable } from '../../store/run-file.ts'
import { readEvents } from './decision-log.ts'
import type { DecisionEvent, EventKind } from './event.ts'
import { openDecisions } from './open-decisions.ts'

export interface ThresholdSign extends SignedThreshold {
  readonly wanted: number
}

const WITHDRAWN = 'withdrawn'

/** As the event carries it: `0.9 0.0005`. */
export function thresholdReason(sign: { readonly probability: number; readonly wanted: number } | undefined): string {
  return sign === undefined ? WITHDRAWN : `${sign.probability} ${sign.wanted}`
}

export function signOf(event: DecisionEvent): ThresholdSign | undefined {
  const { reason = WITHDRAWN, actor, t, seq, run = '' } = event
  const [probability, wanted] = reason.split(' ').map(Number)
  if (!(probability > 0 && probability < 1 && wanted > 0)) return undefined
  return { probability, wanted, signed_by: actor, signed_at: t, event: seq, run }
}

const ABOUT_THRESHOLD: ReadonlySet<EventKind> = new Set<EventKind>(['threshold'])

export function loadSignedThreshold(path: string): ThresholdSign | undefined {
  if (!isReadable(path)) return undefined
  const database = openDecisions(path)
  try {
    const last = [...readEvents(database, ABOUT_THRESHOLD)].at(-1)
    return last === undefined ? undefined : signOf(last)
  } finally {
    database.close()
  }
}
