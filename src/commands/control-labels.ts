/**
 * What people's verdicts on the control sample say of a run's weights (误差率估计), beside the model's own estimate.
 *
 * In:  a county just linked, the decisions it obeyed. Out: the estimate over all pairs that wait or waited for people:
 *      those that wait now and those decided, each with the probability that this run's model gives it by itself.
 */
import { creditedPattern } from '../linking/number-holders.ts'
import { DECISION, probabilityOf } from '../linking/people.ts'
import type { Linked } from '../pipeline.ts'
import { REGISTERS } from '../registers/columns.ts'
import type { DecidedPair } from '../review/decisions/index.ts'
import { type ControlEstimate, estimateFromControl, type WaitingPair } from '../review/queue/control-estimate.ts'
import { focalOf, isControl, QUEUE_SEED } from '../review/queue/tasks.ts'

export function estimateByLabels(linked: Linked, decided: readonly DecidedPair[], wanted: number): ControlEstimate {
  return estimateFromControl(waitingPairs(linked, decided), wanted)
}

function* waitingPairs(linked: Linked, decided: readonly DecidedPair[]): Generator<WaitingPair> {
  const { links, discredited } = linked.result
  const { table } = linked.ingest
  const byHand = new Set(decided.flatMap((one) => (one.isByHand ? [`${one.left}|${one.right}`] : [])))
  const keyOf = (row: number): string => `${REGISTERS[table.registerOf(row)]}:${table.recordId(row)}`
  for (const { left, right, verdict, isStale } of linked.judgements) {
    const keys = { left: keyOf(left), right: keyOf(right) }
    // What was joined or split by hand never waited; what changed since was judged of other data, and waits again.
    if (isStale === true || byHand.has(`${keys.left}|${keys.right}`) || byHand.has(`${keys.right}|${keys.left}`))
      continue
    const pattern = creditedPattern(linked.kernel.compare(left, right), discredited[left] | discredited[right])
    const probability = probabilityOf(linked.weights.weigh(left, right, pattern))
    yield isControl(focalOf(keys), QUEUE_SEED) ? { probability, verdict } : { probability }
  }
  for (let i = 0; i < links.count; i++)
    if (links.decision[i] === DECISION.review) yield { probability: probabilityOf(links.weight[i]) }
}
