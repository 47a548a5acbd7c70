/**
 * How often linking is wrong, by what people said of the control sample, and the threshold that follows.
 *
 * In:  cells of the control sample (control-tally.ts): how many pairs there are of each kind and band of probability, how
 *      many were judged, how many of those are one person. Out: shares with 95 % intervals beside what the model expects:
 *      - pairs that wait: by band, and for each threshold the false links and the missed ones;
 *      - links made without a person: false links by layer and over all layers;
 *      - rows left alone: how many have their counterpart after all, and the share of all matches that is missed so;
 *      - the threshold to propose to the lead, or why there is none.
 *
 * Within a cell the n judged pairs stand for all N: each weighs N / n, the inverse of the probability that it was drawn
 * and judged (post-stratification; Horvitz and Thompson 1952). Sums over cells get Wilson's interval on the effective
 * sample size (Korn and Graubard 1998). Where a cell with pairs was not judged at all there is no estimate.
 * Links of one layer are drawn with one chance, so that the plain share of a layer is without bias.
 */
import { NORMAL_975 } from '../../wilson.ts'
import { type Estimate, shareOf } from './agreement.ts'
import { CHECKED_LAYERS } from './control-sample.ts'
import { ACCEPTED_EDGES, type ControlCell, WAITING_EDGES } from './control-tally.ts'

interface BandEstimate {
  readonly from: number
  /** Pairs that wait or waited. */
  readonly waiting: number
  readonly judged: number
  readonly same: number
  /** Share of matches by the model. */
  readonly expected: number
  readonly share: Estimate
}

interface ThresholdEstimate {
  readonly threshold: number
  readonly pairs: number
  readonly judged: number
  /** Undefined while a band with pairs has no verdict. */
  readonly falseLinks: Estimate | undefined
  readonly falseLinksExpected: number
  readonly missedLinks: Estimate | undefined
  readonly missedLinksExpected: number
}

/** Pairs the engine decided by itself, and the share it got wrong. */
export interface KindEstimate {
  /** '' over all layers. */
  readonly layer: string
  readonly pairs: number
  readonly judged: number
  readonly wrong: number
  readonly share: Estimate | undefined
  readonly expected: number
}

/** `more`: pairs that wait can be links. `fewer`: links of the statistical layer are wrong too often. */
interface Proposal {
  readonly links: 'more' | 'fewer'
  readonly threshold: number
}

export interface ControlEstimate {
  readonly bands: readonly BandEstimate[]
  /** Rising. */
  readonly thresholds: readonly ThresholdEstimate[]
  /** Layer by layer, and all together at the end. */
  readonly links: readonly KindEstimate[]
  readonly rejected: KindEstimate
  /** Matches among the rows left alone, as a share of all matches the engine decided. */
  readonly missed: Estimate | undefined
  readonly wanted: number
  /** Match probability from which this run links by itself. */
  readonly linksFrom: number
  readonly proposal: Proposal | undefined
  /** Control verdicts without an error that would prove the wanted rate. */
  readonly verdictsNeeded: number
}

export function estimateFromControl(
  cells: readonly ControlCell[],
  { wanted, linksFrom }: { readonly wanted: number; readonly linksFrom: number },
): ControlEstimate {
  const bands = WAITING_EDGES.map((from) =>
    mergeCells(cells.filter((cell) => cell.stratum === 'waiting' && cell.from === from)),
  )
  const thresholds = bands.map((_, at) => estimateThreshold(bands, at))
  const layers = CHECKED_LAYERS.map((layer) =>
    mergeCells(cells.filter((cell) => cell.stratum === 'accepted' && cell.layer === layer)),
  )
  const accepted = totalOf(layers)
  const rejected = mergeCells(cells.filter((cell) => cell.stratum === 'rejected'))
  const alone = totalOf([rejected])
  const isDecided = accepted.isKnown && alone.isKnown && accepted.pairs > 0
  return {
    bands: bands.map(({ pairs, judged, same, expected }, at) => ({
      from: WAITING_EDGES[at],
      waiting: pairs,
      judged,
      same,
      expected: pairs === 0 ? 0 : expected / pairs,
      share: shareOf(same, judged),
    })),
    thresholds,
    links: [
      ...layers.map((layer, at) => falseLinksOfLayer(CHECKED_LAYERS[at], layer)),
      {
        layer: '',
        pairs: accepted.pairs,
        judged: accepted.judged,
        wrong: layers.reduce((sum, { judged, same }) => sum + judged - same, 0),
        share: accepted.isKnown && accepted.pairs > 0 ? falseLinksOf(accepted) : undefined,
        expected: accepted.pairs === 0 ? 0 : 1 - accepted.expected / accepted.pairs,
      },
    ],
    rejected: {
      layer: '',
      pairs: rejected.pairs,
      judged: rejected.judged,
      wrong: rejected.same,
      share: rejected.judged === 0 ? undefined : shareOf(rejected.same, rejected.judged),
      expected: rejected.pairs === 0 ? 0 : rejected.expected / rejected.pairs,
    },
    missed: isDecided ? missedLinksOf(accepted, alone) : undefined,
    wanted,
    linksFrom,
    proposal: proposeThreshold(cells, bands, thresholds, wanted, linksFrom),
    verdictsNeeded: verdictsToProve(wanted),
  }
}

/**
 * Fewer links where it is proved that they are wrong too often: from the lowest threshold of which that is not proved.
 * More links only where even the upper end of the interval keeps the wanted rate. Otherwise things stay as they are.
 */
function proposeThreshold(
  cells: readonly ControlCell[],
  bands: readonly Band[],
  thresholds: readonly ThresholdEstimate[],
  wanted: number,
  linksFrom: number,
): Proposal | undefined {
  const falseFrom = (threshold: number): Estimate => {
    const { judged, same } = mergeCells(
      cells.filter((cell) => cell.stratum === 'accepted' && cell.layer === 'statistical' && cell.from >= threshold),
    )
    return shareOf(judged - same, judged)
  }
  const isProvedWrong = (threshold: number): boolean => falseFrom(threshold).low > wanted
  if (isProvedWrong(0)) {
    const threshold = ACCEPTED_EDGES.find((edge) => edge > linksFrom && !isProvedWrong(edge))
    return { links: 'fewer', threshold: threshold ?? ACCEPTED_EDGES[ACCEPTED_EDGES.length - 1] }
  }
  const more = thresholds.find(
    // A band without pairs adds nothing: its threshold would only sound bolder.
    ({ threshold, falseLinks }, at) =>
      threshold < linksFrom && bands[at].pairs > 0 && (falseLinks?.high ?? 1) <= wanted,
  )
  return more === undefined ? undefined : { links: 'more', threshold: more.threshold }
}

interface Band {
  readonly pairs: number
  readonly expected: number
  readonly judged: number
  readonly same: number
}

function mergeCells(cells: readonly ControlCell[]): Band {
  const sum = { pairs: 0, expected: 0, judged: 0, same: 0 }
  for (const cell of cells) {
    sum.pairs += cell.pairs
    sum.expected += cell.expected
    sum.judged += cell.judged
    sum.same += cell.same
  }
  return sum
}

function falseLinksOfLayer(layer: string, { pairs, expected, judged, same }: Band): KindEstimate {
  return {
    layer,
    pairs,
    judged,
    wrong: judged - same,
    share: judged === 0 ? undefined : shareOf(judged - same, judged),
    expected: pairs === 0 ? 0 : 1 - expected / pairs,
  }
}

function estimateThreshold(bands: readonly Band[], at: number): ThresholdEstimate {
  const above = totalOf(bands.slice(at))
  const below = totalOf(bands.slice(0, at))
  const matches = above.expected + below.expected
  return {
    threshold: WAITING_EDGES[at],
    pairs: above.pairs,
    judged: above.judged,
    falseLinks: above.isKnown && above.pairs > 0 ? falseLinksOf(above) : undefined,
    falseLinksExpected: above.pairs === 0 ? 0 : 1 - above.expected / above.pairs,
    missedLinks: above.isKnown && below.isKnown ? missedLinksOf(above, below) : undefined,
    missedLinksExpected: matches === 0 ? 0 : below.expected / matches,
  }
}

/** Sums over bands, each verdict weighing N / n. `smooth` and `variance` never are 0 where somebody might be wrong. */
interface Total {
  readonly isKnown: boolean
  readonly pairs: number
  readonly judged: number
  readonly expected: number
  readonly matches: number
  readonly smooth: number
  readonly variance: number
}

function totalOf(bands: readonly Band[]): Total {
  let [pairs, judged, expected, matches, smooth, variance] = [0, 0, 0, 0, 0, 0]
  let isKnown = true
  for (const { pairs: all, judged: n, same, expected: sum } of bands) {
    pairs += all
    judged += n
    expected += sum
    if (all === 0) continue
    if (n === 0) {
      isKnown = false
      continue
    }
    // Half a verdict on each side (Jeffreys): ten of ten is not certainty.
    const share = (same + 0.5) / (n + 1)
    matches += (all * same) / n
    smooth += all * share
    variance += (all * all * share * (1 - share)) / n
  }
  return { isKnown, pairs, judged, expected, matches, smooth, variance }
}

function falseLinksOf({ pairs, matches, smooth, variance }: Total): Estimate {
  const rate = 1 - smooth / pairs
  return interval(1 - matches / pairs, (rate * (1 - rate) * pairs * pairs) / variance)
}

/** Matches below over all matches; the variance of the ratio by the delta method. */
function missedLinksOf(above: Total, below: Total): Estimate | undefined {
  const matches = above.matches + below.matches
  if (matches === 0) return undefined
  if (below.pairs === 0) return { value: 0, low: 0, high: 0 }
  const smooth = above.smooth + below.smooth
  const ratio = below.smooth / smooth
  const variance =
    (above.smooth * above.smooth * below.variance + below.smooth * below.smooth * above.variance) / smooth ** 4
  return interval(below.matches / matches, (ratio * (1 - ratio)) / variance)
}

function interval(value: number, effective: number): Estimate {
  return { ...shareOf(value * effective, effective), value }
}

/** Wilson's upper end of 0 of n is z² / (n + z²). */
function verdictsToProve(wanted: number): number {
  return Math.ceil((NORMAL_975 ** 2 * (1 - wanted)) / wanted)
}
