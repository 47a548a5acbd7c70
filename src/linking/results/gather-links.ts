/**
 * What the layers decided, gathered: people, and each linked or waiting pair once.
 *
 * In:  the groups as parents of rows, decisions by pair number, pairs of the later layers and of people. Out: People, Links in
 * their canonical order, why a pair waits. A pair that several have linked stands under the first of: a person, a later
 * layer, the pairs by weight.
 */
import type { RecordTable } from '../../records/record-table.ts'
import { POLICE } from '../../registers/columns.ts'
import { BEYOND } from '../../matching/beyond-pair.ts'
import { rootIn } from '../groups.ts'
import { LinkLines, type WeighedLine } from './link-lines.ts'
import type { OrderedPairs } from '../ordered-pairs.ts'
import {
  type DecidedPair,
  type LaterPair,
  LINK,
  type PairDecisions,
  type Reason,
  REASONS,
  REVIEW,
} from '../pair-decisions.ts'
import {
  ATTACHMENT,
  DECISION,
  LAYERS,
  type Layer,
  type Links,
  pairKey,
  type People,
  peopleFromGroups,
} from '../people.ts'

/** A link is certain from this probability on. */
const CERTAIN_WEIGHT = 13_000

export interface LinkResult {
  readonly people: People
  readonly links: Links
  /** Why a line of `links` waits for review, by line number. */
  readonly reasons: ReadonlyMap<number, Reason>
  /** What beside the rows moved the weight of a line, one of BEYOND, by line number. */
  readonly beyond: Uint8Array
  readonly discredited: Uint8Array
}

/** What all layers together have decided. */
export interface Layered {
  /** Any row of each row's person; roots point to themselves. */
  readonly parent: Int32Array
  readonly pairs: OrderedPairs
  readonly decisions: PairDecisions
  /** Index into LAYERS of each pair that is linked. */
  readonly layer: Uint8Array
  readonly later: readonly LaterPair[]
  /** Pairs that a person joined, and pairs whose records changed since. */
  readonly judged: readonly DecidedPair[]
  readonly stale: readonly DecidedPair[]
  readonly discredited: Uint8Array
}

export function gatherLinks(
  table: RecordTable,
  { parent, pairs, decisions, layer, later, judged, stale, discredited }: Layered,
): LinkResult {
  const lines = new LinkLines(pairs.count + later.length + judged.length + stale.length)
  const attachment = new Uint8Array(new SharedArrayBuffer(table.rows))
  const push = (line: WeighedLine, by: number): void => {
    const { left, right, weight } = line
    lines.push(line, DECISION.link, by, '')
    const strength = weight >= CERTAIN_WEIGHT ? ATTACHMENT.certain : ATTACHMENT.probable
    if (attachment[left] < strength) attachment[left] = strength
    if (attachment[right] < strength) attachment[right] = strength
  }
  const lineOf = (i: number): WeighedLine => ({
    left: pairs.left[i],
    right: pairs.right[i],
    weight: decisions.weight[i],
    beyond: decisions.beyond[i],
  })
  // A pair that a person, the household step and the statistics all linked stands once, under the first of them.
  const known = new Set<number>()
  const pushOnce = (pair: DecidedPair, by: Layer): void => {
    const key = pairKey(pair.left, pair.right)
    if (known.has(key)) return
    known.add(key)
    push(pair, LAYERS.indexOf(by))
  }
  for (const { left, right, weight } of stale) {
    known.add(pairKey(left, right))
    lines.push({ left, right, weight }, DECISION.review, LAYERS.indexOf('review'), 'decided')
    if (rootIn(parent, left) !== rootIn(parent, right)) continue
    for (const row of [left, right]) if (attachment[row] < ATTACHMENT.probable) attachment[row] = ATTACHMENT.probable
  }
  for (const pair of judged) pushOnce(pair, 'decision')
  for (const pair of later) if (pair.decision === 'link') pushOnce(pair, pair.by)
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === LINK && !known.has(pairKey(pairs.left[i], pairs.right[i]))) push(lineOf(i), layer[i])

  const wait = (line: WeighedLine, reason: Reason): void => {
    const { left, right } = line
    const key = pairKey(left, right)
    if (rootIn(parent, left) === rootIn(parent, right) || known.has(key)) return
    known.add(key)
    lines.push(line, DECISION.review, LAYERS.indexOf('review'), reason)
  }
  for (let i = 0; i < pairs.count; i++)
    if (decisions.decision[i] === REVIEW) wait(lineOf(i), REASONS[decisions.reason[i]])
  for (const pair of later)
    if (pair.decision === 'review')
      wait({ beyond: BEYOND[pair.by], ...pair }, pair.by === 'household' ? 'household' : 'weight')

  // Versions of one person in the police system are as certain as the system itself.
  const { personNo } = table.columns
  const versions = new Uint8Array(table.personNos.size + 1)
  for (let row = 0; row < table.starts[POLICE + 1]; row++) if (versions[personNo[row]] < 2) versions[personNo[row]]++
  for (let row = 0; row < table.starts[POLICE + 1]; row++)
    if (personNo[row] !== 0 && versions[personNo[row]] > 1) attachment[row] = ATTACHMENT.certain
  return { people: peopleFromGroups(parent, attachment), ...lines.sorted(), discredited }
}
