/**
 * Decisions on pairs that the queue of this run does not hold: where they went.
 *
 * In:  what stands, what the run says it obeyed. Out: how many it took (they are links, or kept apart, and need nobody), and
 *      how many concern nobody it knows or asks about any more: 不再是候选. What was joined or split by hand since is
 *      neither, nor is what waits again under other record keys, nor what was undone.
 */
import { standingOf } from '../../decisions/index.ts'
import type { DeskState } from './desk-state.ts'

export interface PastDecisions {
  readonly taken: number
  readonly withdrawn: number
}

export function pastDecisions({ run, projection, pairById }: DeskState): PastDecisions {
  const obeyed = run.obeyed()
  const lost = new Set(obeyed?.lost)
  const waitsAgain = new Set(run.pairs.flatMap(({ judgedAs, markedAs }) => [judgedAs, markedAs]))
  let [taken, withdrawn] = [0, 0]
  for (const [pairId, state] of projection.pairs) {
    if (pairById.has(pairId) || waitsAgain.has(pairId)) continue
    const { entry, status, verdict } = standingOf(state)
    if (entry === undefined) continue
    const isVerdict = status !== 'conflict' && (verdict === 'same' || verdict === 'different')
    const isByHand = entry.kind === 'link' || entry.kind === 'split'
    const isKnown = obeyed !== undefined && entry.seq <= obeyed.upTo
    if (!isKnown && isByHand) continue
    if (isKnown && isVerdict && !lost.has(`${state.left}|${state.right}`)) taken++
    else withdrawn++
  }
  return { taken, withdrawn }
}
