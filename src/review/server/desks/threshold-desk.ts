/**
 * The lead's sign on the threshold that follows from the control sample (阈值签字), and its withdrawal.
 *
 * In:  the lead, the threshold as the page showed it. Out: an event. Only what the control sample proposes at this moment
 *      can be signed; a run takes it when it is told --signed-threshold (src/commands/run/signed-threshold.ts), and the desk
 *      itself changes nothing.
 */
import { estimateControl } from '../../control-rates.ts'
import { thresholdReason } from '../../decisions/index.ts'
import type { Desk, Person } from './desk.ts'
import { Refusal } from '../refusal.ts'

/** @param threshold undefined withdraws what was signed before */
export function signThreshold(
  desk: Desk,
  person: Person,
  ck: string,
  threshold: number | undefined,
): { readonly saved: number } {
  const earlier = desk.log.eventsOfClientKey(ck)
  if (earlier.length > 0) return { saved: earlier[0].seq }
  const { proposal, wanted } = estimateControl(desk.run, desk.projection)
  if (threshold !== undefined && threshold !== proposal?.threshold) throw new Refusal(409, 'no-proposal')
  if (threshold === undefined && desk.projection.threshold === undefined) throw new Refusal(409, 'no-proposal')
  const reason = thresholdReason(threshold === undefined ? undefined : { probability: threshold, wanted })
  return { saved: desk.append([{ ...desk.who(person), ev: 'threshold', reason, ck }]).events[0].seq }
}
