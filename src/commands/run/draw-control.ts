/**
 * The control sample of a run (随机对照): drawn when the county is linked, kept in run.sqlite for the desk.
 *
 * In:  a county just linked, the decisions it obeyed. Out: the pairs drawn, those judged under an earlier run among them,
 *      and cells that say how many pairs they stand for; the error rates that follow.
 * What was judged is no link of the engine any more, and waits no longer: it counts as what it was when it was drawn, with
 * the probability that this run's model gives it by itself. The desk writes down what that was (event `control`).
 */
import { creditedPattern } from '../../linking/number-holders.ts'
import { DECISION, LAYERS, pairKey, probabilityOf } from '../../linking/people.ts'
import { versionsInForce } from '../../records/versions-in-force.ts'
import type { Linked } from '../../pipeline.ts'
import { REGISTERS } from '../../registers/columns.ts'
import type { DecidedPair } from '../../review/decisions/index.ts'
import { type ControlEstimate, estimateFromControl } from '../../review/queue/control-estimate.ts'
import { CHECKED_LAYERS, type ControlKind, controlChance, isDrawn, kindOf } from '../../review/queue/control-sample.ts'
import { ACCEPTED_EDGES, type ControlCell, ControlTally } from '../../review/queue/control-tally.ts'
import { focalOf, isControl, QUEUE_SEED } from '../../review/queue/tasks.ts'

/** A pair of the sample; left < right. */
interface DrawnPair {
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

/** Of each layer its place among the checked ones; -1 if it is not checked. */
const CHECKED: readonly number[] = LAYERS.map((layer) => CHECKED_LAYERS.findIndex((name) => name === layer))

export async function drawControl(linked: Linked, decided: readonly DecidedPair[]): Promise<ControlDraw> {
  const tally = new ControlTally()
  const judged = judgedBefore(linked, decided, tally)
  const known = new Set(judged.map(({ left, right }) => pairKey(left, right)))
  const { recordHash } = linked.ingest.table.columns
  const drawn: DrawnPair[] = []
  const { links } = linked.result
  const lines = linesByLayer(linked)
  const chances = lines.of.map((count) => controlChance('accepted', count, lines.waiting))
  // A county has a million links: they are counted in numbers, and put into words at the end.
  const counted = CHECKED_LAYERS.map(() => ACCEPTED_EDGES.map(() => ({ pairs: 0, expected: 0 })))
  for (let i = 0; i < links.count; i++) {
    const layer = CHECKED[links.layer[i]]
    const [left, right, weight] = [links.left[i], links.right[i], links.weight[i]]
    if (links.decision[i] !== DECISION.link || layer < 0 || known.has(pairKey(left, right))) continue
    const probability = probabilityOf(weight)
    let band = ACCEPTED_EDGES.length - 1
    while (band > 0 && probability < ACCEPTED_EDGES[band]) band--
    counted[layer][band].pairs++
    counted[layer][band].expected += probability
    if (isDrawn(recordHash[left], recordHash[right], chances[layer]))
      drawn.push({ left, right, weight, kind: { stratum: 'accepted', layer: CHECKED_LAYERS[layer] } })
  }
  tally.add(
    counted.flatMap((bands, layer) =>
      bands.flatMap(({ pairs, expected }, band) =>
        pairs === 0
          ? []
          : [
              {
                stratum: 'accepted' as const,
                layer: CHECKED_LAYERS[layer],
                from: ACCEPTED_EDGES[band],
                pairs,
                expected,
                judged: 0,
                same: 0,
              },
            ],
      ),
    ),
  )
  const { left, right, weight } = await linked.rejected
  const chance = controlChance('rejected', left.length, lines.waiting)
  for (let i = 0; i < left.length; i++) {
    if (known.has(pairKey(left[i], right[i]))) continue
    tally.count(REJECTED, probabilityOf(weight[i]))
    if (isDrawn(recordHash[left[i]], recordHash[right[i]], chance))
      drawn.push({ left: left[i], right: right[i], weight: weight[i], kind: REJECTED })
  }
  return { pairs: [...judged, ...asOfTonight(linked, drawn)], cells: tally.cells() }
}

/** A link may rest on an old version of a police row; people are shown the one in force, of the same person. */
function asOfTonight(linked: Linked, drawn: readonly DrawnPair[]): readonly DrawnPair[] {
  const inForce = versionsInForce(
    linked.ingest.table,
    drawn.flatMap(({ left, right }) => [left, right]),
  )
  return drawn.map((pair) => {
    const [one, other] = [inForce(pair.left), inForce(pair.right)]
    // Two versions of one person linked to each other say nothing but that.
    return one === other ? pair : { ...pair, left: Math.min(one, other), right: Math.max(one, other) }
  })
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
  for (const { left, right, verdict, isStale, judgedAs } of linked.judgements) {
    const tonight = { left: keyOf(left), right: keyOf(right) }
    // By the keys it was judged under: by them it was drawn, and they may have been given anew since.
    const one =
      byKeys.get(judgedAs ?? '') ??
      byKeys.get(`${tonight.left}|${tonight.right}`) ??
      byKeys.get(`${tonight.right}|${tonight.left}`)
    const keys = one ?? tonight
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
    const layer = CHECKED[links.layer[i]]
    if (links.decision[i] === DECISION.review) waiting++
    else if (layer >= 0) of[layer]++
  }
  return { of, waiting }
}
