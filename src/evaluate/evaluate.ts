/**
 * A run's links against the truth: precision and recall, what review would bring, what blocking lost, where the errors
 * are, and whether predicted probabilities come true.
 *
 * In: columns of numbers (read-tables.ts) and, where the registers are at hand, a test whether blocking proposed a pair.
 * Out: plain values. Judged are the records that the truth names. A judged record that the run does not have (kept
 * aside while reading) is a person of its own there, so its pairs count as missed.
 */
import { LAYERS } from '../linking/people.ts'
import type { KeyIndex } from './key-index.ts'
import { type BCubed, measureBCubed, measurePairs, type PairQuality } from './pairwise.ts'
import type { Assignment, LinkLines } from './read-tables.ts'
import { type ThresholdRates, thresholdRates } from './threshold-rates.ts'

export interface LinkEvaluationInput {
  readonly records: KeyIndex
  readonly found: Assignment
  readonly truth: Assignment
  readonly links: LinkLines
  /** Index into LAYERS of each line of links.csv, where known. */
  readonly layers?: Uint8Array
}

export interface RecordPair {
  /** Record numbers of the KeyIndex. */
  readonly left: number
  readonly right: number
  /** log2; NaN where links.csv has no line of this pair. */
  readonly weight: number
}

interface CalibrationBin {
  readonly from: number
  readonly to: number
  readonly pairs: number
  /** Mean predicted probability and share of true pairs. */
  readonly predicted: number
  readonly observed: number
}

interface LayerQuality {
  readonly layer: string
  readonly links: number
  readonly right: number
  readonly precision: number
}

export interface LinkEvaluation {
  readonly records: {
    readonly judged: number
    /** In the truth, not in the run. */
    readonly missingInRun: number
    /** In the run, not in the truth: not judged. */
    readonly unknownToTruth: number
  }
  /** Links alone. */
  readonly automatic: readonly PairQuality[]
  /** Links, and the review pairs answered rightly by somebody. */
  readonly withReview: readonly PairQuality[]
  readonly bCubed: BCubed
  readonly review: {
    readonly pairs: number
    readonly truePairs: number
    readonly perLink: number
    /** Review pairs for each judged record. */
    readonly perRecord: number
  }
  readonly layers: readonly LayerQuality[]
  readonly calibration: readonly CalibrationBin[]
  /** Estimated and true error rates per threshold, over the lines of links.csv. */
  readonly thresholds: readonly ThresholdRates[]
  /** Links between records of two people, heaviest first. */
  readonly falseLinks: readonly RecordPair[]
  /** True pairs that stand in two found people; those with a line in links.csv (in review) first, lightest last. */
  readonly missedPairs: readonly RecordPair[]
  /** Missed pairs that wait for review, themselves. */
  readonly missedInReview: number
}

/** A truth with hundreds of rows for one person would make a list of missed pairs that nobody reads. */
const LISTED_ROWS_MAX = 200

export function evaluateLinks(input: LinkEvaluationInput): LinkEvaluation {
  const { records, found, truth, links } = input
  const judged: number[] = []
  let missingInRun = 0
  for (let record = 0; record < records.size; record++) {
    if (personOf(truth, record) < 0) continue
    judged.push(record)
    if (personOf(found, record) < 0) missingInRun++
  }
  const foundPerson = foundPersons(input, judged)
  const truthPerson = Int32Array.from(judged, (record) => personOf(truth, record))
  const register = Uint8Array.from(judged, (record) => records.tag(record))
  const groupings = { found: foundPerson, truth: truthPerson, register }

  const place = new Int32Array(records.size).fill(-1)
  judged.forEach((record, k) => {
    place[record] = k
  })
  const isTrue = (line: number): boolean | undefined => {
    const l = place[links.left[line]]
    const r = place[links.right[line]]
    return l < 0 || r < 0 ? undefined : truthPerson[l] === truthPerson[r]
  }
  const reviewed = { ...groupings, found: joinReviewed(foundPerson, links, place, isTrue) }
  const { falseLinks, layers, review, reviewTrue, linkCount } = judgeLines(input, isTrue)
  const missed = listMissed(groupings, judged, links)
  return {
    records: { judged: judged.length, missingInRun, unknownToTruth: found.records - (judged.length - missingInRun) },
    automatic: measurePairs(groupings),
    withReview: measurePairs(reviewed),
    bCubed: measureBCubed(groupings),
    review: {
      pairs: review,
      truePairs: reviewTrue,
      perLink: review / linkCount,
      perRecord: review / judged.length,
    },
    layers,
    calibration: calibrate(links, isTrue),
    thresholds: thresholdRates(
      Int32Array.from({ length: links.count }, (_, n) => Math.round(links.weight[n] * 1000)),
      Uint8Array.from({ length: links.count }, (_, n) => {
        const verdict = isTrue(n)
        return verdict === undefined ? 255 : verdict ? 1 : 0
      }),
    ),
    falseLinks,
    missedPairs: missed.pairs,
    missedInReview: missed.inReview,
  }
}

function personOf(assignment: Assignment, record: number): number {
  return record < assignment.personOf.length ? assignment.personOf[record] : -1
}

/** Found person of each judged record; a record the run does not have gets a number of its own. */
function foundPersons({ found }: LinkEvaluationInput, judged: readonly number[]): Int32Array {
  let next = found.persons.size
  return Int32Array.from(judged, (record) => {
    const person = personOf(found, record)
    return person < 0 ? next++ : person
  })
}

/** Joins found people over the review pairs that are true: what a clerk who is always right would leave. */
function joinReviewed(
  found: Int32Array,
  links: LinkLines,
  place: Int32Array,
  isTrue: (line: number) => boolean | undefined,
): Int32Array {
  const parent = new Map<number, number>()
  const root = (person: number): number => {
    let at = person
    for (let next = parent.get(at); next !== undefined; next = parent.get(at)) at = next
    return at
  }
  for (let n = 0; n < links.count; n++) {
    if (links.isReview[n] === 0 || isTrue(n) !== true) continue
    const a = root(found[place[links.left[n]]])
    const b = root(found[place[links.right[n]]])
    if (a !== b) parent.set(Math.max(a, b), Math.min(a, b))
  }
  return parent.size === 0 ? found : found.map(root)
}

interface JudgedLines {
  readonly falseLinks: readonly RecordPair[]
  readonly layers: readonly LayerQuality[]
  readonly review: number
  readonly reviewTrue: number
  readonly linkCount: number
}

function judgeLines(input: LinkEvaluationInput, isTrue: (line: number) => boolean | undefined): JudgedLines {
  const { links, layers } = input
  const falseLinks: RecordPair[] = []
  const made = new Int32Array(LAYERS.length)
  const right = new Int32Array(LAYERS.length)
  let review = 0
  let reviewTrue = 0
  let linkCount = 0
  for (let n = 0; n < links.count; n++) {
    const verdict = isTrue(n)
    if (verdict === undefined) continue
    if (links.isReview[n] === 1) {
      review++
      if (verdict) reviewTrue++
      continue
    }
    linkCount++
    if (layers !== undefined) {
      made[layers[n]]++
      if (verdict) right[layers[n]]++
    }
    if (!verdict) falseLinks.push({ left: links.left[n], right: links.right[n], weight: links.weight[n] })
  }
  return {
    falseLinks: falseLinks.sort((a, b) => b.weight - a.weight || a.left - b.left || a.right - b.right),
    layers: LAYERS.flatMap((layer, k) =>
      made[k] === 0 ? [] : [{ layer, links: made[k], right: right[k], precision: right[k] / made[k] }],
    ),
    review,
    reviewTrue,
    linkCount,
  }
}

/** Predicted against observed, in tenths of probability with finer bins at both ends. */
const BIN_EDGES = [
  0, 0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 1.000001,
]

function calibrate(links: LinkLines, isTrue: (line: number) => boolean | undefined): CalibrationBin[] {
  const pairs = new Float64Array(BIN_EDGES.length - 1)
  const predicted = new Float64Array(pairs.length)
  const observed = new Float64Array(pairs.length)
  for (let n = 0; n < links.count; n++) {
    const verdict = isTrue(n)
    if (verdict === undefined) continue
    let bin = 0
    while (links.probability[n] >= BIN_EDGES[bin + 1]) bin++
    pairs[bin]++
    predicted[bin] += links.probability[n]
    if (verdict) observed[bin]++
  }
  return Array.from(pairs, (count, bin) => ({
    from: BIN_EDGES[bin],
    to: Math.min(1, BIN_EDGES[bin + 1]),
    pairs: count,
    predicted: predicted[bin] / count,
    observed: observed[bin] / count,
  })).filter((bin) => bin.pairs > 0)
}

function listMissed(
  groupings: { readonly found: Int32Array; readonly truth: Int32Array },
  judged: readonly number[],
  links: LinkLines,
): { readonly pairs: readonly RecordPair[]; readonly inReview: number } {
  const { found, truth } = groupings
  const weightOf = new Map<string, number>()
  for (let n = 0; n < links.count; n++)
    if (links.isReview[n] === 1) weightOf.set(pairKey(links.left[n], links.right[n]), links.weight[n])
  let persons = 0
  for (const person of truth) if (person >= persons) persons = person + 1
  const start = new Int32Array(persons + 1)
  for (const person of truth) start[person + 1]++
  for (let p = 0; p < persons; p++) start[p + 1] += start[p]
  const next = start.slice(0, persons)
  const members = new Int32Array(truth.length)
  for (let k = 0; k < truth.length; k++) members[next[truth[k]]++] = k
  const pairs: RecordPair[] = []
  let inReview = 0
  for (let p = 0; p < persons; p++) {
    const to = Math.min(start[p + 1], start[p] + LISTED_ROWS_MAX)
    for (let a = start[p]; a < to; a++)
      for (let b = a + 1; b < to; b++) {
        if (found[members[a]] === found[members[b]]) continue
        const left = judged[members[a]]
        const right = judged[members[b]]
        const weight = weightOf.get(pairKey(left, right)) ?? Number.NaN
        if (!Number.isNaN(weight)) inReview++
        pairs.push({ left, right, weight })
      }
  }
  const order = (pair: RecordPair): number => (Number.isNaN(pair.weight) ? Number.NEGATIVE_INFINITY : pair.weight)
  return {
    pairs: pairs.sort((x, y) => compare(order(y), order(x)) || x.left - y.left || x.right - y.right),
    inReview,
  }
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function pairKey(a: number, b: number): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
