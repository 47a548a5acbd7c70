/**
 * Two rows of a run: why they are one person or are not, and how they met, if they did.
 *
 * In:  a linked county and two row numbers. Out: plain values that `explain`, the desk and the page show.
 */
import { meetingOfRows, type RuleMeeting } from './blocking/meeting.ts'
import { DEFAULT_RULES } from './blocking/rules.ts'
import { layerMeetingOf } from './linking/results/layer-meeting.ts'
import { creditedPattern } from './linking/number-holders.ts'
import { DECISION, type Layer, LAYERS, type Links } from './linking/people.ts'
import { BEYOND } from './matching/beyond-pair.ts'
import { explainPair, keyOf, type Outcome } from './matching/explain.ts'
import type { Explanation } from './matching/explanation.ts'
import { isPlausible } from './matching/kernel.ts'
import type { Linked } from './pipeline.ts'

/** Why a pair was compared, or never was. */
export interface PairMeeting {
  readonly rules: readonly RuleMeeting[]
  /** Versions of one person in the police system, joined by its own number. */
  readonly isVersion: boolean
  /** Alike enough for a pair that a rule proposed to be kept and weighed. */
  readonly isPlausible: boolean
  /** As in LayerMeeting. */
  readonly inBothHouseholds: number
  /** As in LayerMeeting, `register:record_id`; '' none. */
  readonly counterparts?: { readonly left: string; readonly right: string }
  /** The layer that linked the pair itself, `review` where it waits, '' where it has no line. */
  readonly layer: Layer | ''
  readonly isOnePerson: boolean
}

/** Explanation of a pair of rows of this run: what decided is what is shown. */
export function explainLinked(linked: Linked): (left: number, right: number) => Explanation {
  const { table } = linked.ingest
  const { links, people, discredited, beyond } = linked.result
  const lineOf = lineFinder(links)
  return (left, right) => {
    const line = lineOf(left, right)
    const pattern = creditedPattern(linked.kernel.compare(left, right), discredited[left] | discredited[right])
    const weight = linked.weights.weigh(left, right, pattern)
    const outcome: Outcome =
      line < 0
        ? {
            decision: people.personOf[left] === people.personOf[right] ? 'link' : 'non-link',
            layer: '',
            weight,
            beyond: BEYOND.none,
          }
        : {
            decision: links.decision[line] === DECISION.review ? 'review' : 'link',
            layer: LAYERS[links.layer[line]],
            weight: links.weight[line],
            beyond: beyond[line],
          }
    return explainPair(table, linked.weights, left, right, pattern, outcome)
  }
}

/** How two rows of this run met, if they did: by rule, and by the layers that look beyond the rules. */
export function meetingInRun(linked: Linked, left: number, right: number): PairMeeting {
  const { table } = linked.ingest
  const { links, people } = linked.result
  const line = lineFinder(links)(left, right)
  const { personNo, household } = table.columns
  const { inBothHouseholds, counterparts } = layerMeetingOf(table, people, left, right)
  const keyOrNone = (row: number): string => (row < 0 ? '' : keyOf(table, row))
  return {
    rules: meetingOfRows(DEFAULT_RULES, table, linked.names, left, right),
    isVersion: personNo[left] !== 0 && personNo[left] === personNo[right],
    isPlausible: isPlausible(
      linked.kernel.compare(left, right),
      household[left] !== 0 && household[left] === household[right],
    ),
    inBothHouseholds,
    ...(counterparts === undefined
      ? {}
      : { counterparts: { left: keyOrNone(counterparts.left), right: keyOrNone(counterparts.right) } }),
    layer: line < 0 ? '' : LAYERS[links.layer[line]],
    isOnePerson: people.personOf[left] === people.personOf[right],
  }
}

/** Finds the line of a pair in links sorted by (left, right); -1 if it has none. */
function lineFinder(links: Links): (left: number, right: number) => number {
  return (left, right) => {
    let low = 0
    let high = links.count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const order = links.left[middle] - left || links.right[middle] - right
      if (order === 0) return middle
      if (order < 0) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
}
