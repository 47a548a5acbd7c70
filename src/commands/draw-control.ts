/**
 * The control sample of a run (随机对照): drawn when the county is linked, kept in run.sqlite for the desk.
 *
 * In:  a county just linked, the decisions it obeyed. Out: the pairs drawn, those judged under an earlier run among them,
 *      and cells that say how many pairs they stand for; the error rates that follow.
 * What was judged is no link of the engine any more, and waits no longer: it counts as what it was when it was drawn, with
 * the probability that this run's model gives it by itself. The desk writes down what that was (event `control`).
 */
import { creditedPattern } from '../linking/number-holders.ts'
import { DECISION, LAYERS, probabilityOf } from '../linking/people.ts'
import type { Linked } from '../pipeline.ts'
import { REGISTERS } from '../registers/columns.ts'
import type { DecidedPair } from '../review/decisions/index.ts'
import { type ControlEstimate, estimateFromControl } from '../review/queue/control-estimate.ts'
import { CHECKED_LAYERS, type ControlKind, controlChance, isDrawn, kindOf } from '../review/queue/control-sample.ts'
import { type ControlCell, ControlTally } from '../review/queue/control-tally.ts'
import { focalOf, isControl, QUEUE_SEED } from '../review/queue/tasks.ts'

/** A pair of the sample; left < right. */
export interface DrawnPair {
  readonly left: number
  readonly right: number
  /** milli-bits */
  readonly weight: number
  readonly kind: ControlKind
  readonly verdict?: 'same' | 'different'
}

export interface ControlDraw {
  readonly pairs: readonly DrawnPair[]
  /** All pairs of each kind; of those that wait only the ones that are decided, since the others stand in the queue. */
  readonly cells: readonly ControlCell[]
}

const WAITING: ControlKind = { stratum: 'waiting', layer: '' }
const REJECTED: ControlKind = { stratum: 'rejected', layer: '' }

export function drawControl(linked: Linked, decided: readonly DecidedPair[]): ControlDraw {
  const tally = new ControlTally()
  const judged = judgedBefore(linked, decided, tally)
  const known = new Set(judged.map(({ left, right }) => `${left} ${right}`))
  const { recordHash } = linked.ingest.table.columns
  const drawn: DrawnPair[] = []
  const consider = (pair: DrawnPair, chance: number): void => {
    if (known.has(`${pair.left} ${pair.right}`)) return
    tally.count(pair.kind, probabilityOf(pair.weight))
    if (isDrawn(recordHash[pair.left], recordHash[pair.right], chance)) drawn.push(pair)
  }
  const { links } = linked.result
  const lines = linesByLayer(linked)
  const chances = lines.of.map((count) => controlChance('accepted', count, lines.waiting))
  for (let i = 0; i < links.count; i++) {
    const layer = CHECKED_LAYERS.findIndex((name) => name === LAYERS[links.layer[i]])
    if (links.decision[i] !== DECISION.link || layer < 0) continue
    const kind: ControlKind = { stratum: 'accepted', layer: CHECKED_LAYERS[layer] }
    consider({ left: links.left[i], right: links.right[i], weight: links.weight[i], kind }, chances[layer])
  }
  const { left, right, weight } = linked.rejected
  const chance = controlChance('rejected', left.length, lines.waiting)
  for (let i = 0; i < left.length; i++)
    consider({ left: left[i], right: right[i], weight: weight[i], kind: REJECTED }, chance)
  return { pairs: [...judged, ...drawn], cells: tally.cells() }
}

/** What the verdicts on the sample say, over all runs they were given under. */
export function estimateDraw(linked: Linked, draw: ControlDraw, wanted: number): ControlEstimate {
  const { links } = linked.result
  const tally = new ControlTally()
  tally.add(draw.cells)
  for (let i = 0; i < links.count; i++)
    if (links.decision[i] === DECISION.review) tally.count(WAITING, probabilityOf(links.weight[i]))
  for (const { kind, weight, verdict } of draw.pairs)
    if (verdict !== undefined) tally.judge(kind, probabilityOf(weight), verdict)
  return estimateFromControl(tally.cells(), { wanted, linksFrom: linked.thresholds.link })
}

/** Pairs decided at the desk that belong to the sample; all decided pairs that waited are counted. */
function judgedBefore(linked: Linked, decided: readonly DecidedPair[], tally: ControlTally): readonly DrawnPair[] {
  const { table } = linked.ingest
  const { discredited } = linked.result
  const byKeys = new Map(decided.map((one) => [`${one.left}|${one.right}`, one]))
  const keyOf = (row: number): string => `${REGISTERS[table.registerOf(row)]}:${table.recordId(row)}`
  const judged: DrawnPair[] = []
  for (const { left, right, verdict, isStale } of linked.judgements) {
    const keys = { left: keyOf(left), right: keyOf(right) }
    const one = byKeys.get(`${keys.left}|${keys.right}`) ?? byKeys.get(`${keys.right}|${keys.left}`)
    // What was joined or split by hand never waited; what changed since was judged of other data, and waits again.
    if (isStale === true || one === undefined || one.isByHand) continue
    const pattern = creditedPattern(linked.kernel.compare(left, right), discredited[left] | discredited[right])
    const weight = linked.weights.weigh(left, right, pattern)
    const kind = kindOf(one.control ?? '') ?? WAITING
    tally.count(kind, probabilityOf(weight))
    if (kind.stratum !== 'waiting' || isControl(focalOf(keys), QUEUE_SEED))
      judged.push({ left, right, weight, kind, verdict })
  }
  return judged
}

/** How many links each checked layer made, and how many pairs wait. */
function linesByLayer(linked: Linked): { readonly of: readonly number[]; readonly waiting: number } {
  const { links } = linked.result
  const of: number[] = CHECKED_LAYERS.map(() => 0)
  let waiting = 0
  for (let i = 0; i < links.count; i++) {
    const layer = CHECKED_LAYERS.findIndex((name) => name === LAYERS[links.layer[i]])
    if (links.decision[i] === DECISION.review) waiting++
    else if (layer >= 0) of[layer]++
  }
  return { of, waiting }
}
