/**
 * Error rates by the control sample for a run and its decisions (误差率估计), and their words on a terminal.
 *
 * In:  the run on the desk, what people said. Out: the estimate; lines of text. Counts only.
 * The page shows the same estimate (parts/control.tsx). What is estimated, and how: queue/control-estimate.ts.
 */
import { countText, padCellsEnd, padCellsStart } from '../display-text.ts'
import type { SettingsText } from '../report/run-directory/manifest.ts'
import { DEFAULT_MAX_FALSE_LINK_RATE, linkThresholds, type SignedThreshold } from '../settings.ts'
import { isReadable } from '../store/run-file.ts'
import { DECISIVE, openDecisions, Projection, readEvents, standingOf } from './decisions/index.ts'
import type { Estimate } from './queue/agreement.ts'
import { type ControlEstimate, estimateFromControl, type KindEstimate } from './queue/control-estimate.ts'
import type { ControlKind } from './queue/control-sample.ts'
import { ControlTally } from './queue/control-tally.ts'
import { focalOf, isControl, QUEUE_SEED, type QueuePair } from './queue/tasks.ts'
import { RunReader } from './run-reader.ts'

const WAITING: ControlKind = { stratum: 'waiting', layer: '' }

export function estimateControl(run: RunReader, projection: Projection): ControlEstimate {
  const { wanted, signed } = settingsOf(run)
  return estimateFromControl(tallyOf(run, projection).cells(), {
    wanted,
    linksFrom: linkThresholds(wanted, signed).link,
  })
}

/** The same without a desk: reads only, so that it may be asked while people work. */
export function readControlEstimate(directory: string, decisions: string): ControlEstimate {
  const run = new RunReader(directory)
  try {
    if (!isReadable(decisions)) return estimateControl(run, new Projection())
    const database = openDecisions(decisions)
    try {
      return estimateControl(run, Projection.of(readEvents(database, DECISIVE)))
    } finally {
      database.close()
    }
  } finally {
    run.close()
  }
}

/** Words of the estimate: links by layer, rows left alone, and for every threshold what linking more would cost. */
export function controlText(estimate: ControlEstimate): string {
  const { links, rejected, missed, thresholds } = estimate
  const waiting = estimate.bands.reduce((sum, band) => sum + band.waiting, 0)
  const judged = estimate.bands.reduce((sum, band) => sum + band.judged, 0)
  const lines = [
    `随机对照 control sample: ${countText(links[links.length - 1].judged)} verdicts for ${countText(links[links.length - 1].pairs)} links made without a person`,
    `  layer           links  judged  wrong${padCellsStart('错误关联 false links: by people (95 %)', 41)}  by model`,
    ...links.map(
      (kind) =>
        `  ${padCellsEnd(kind.layer === '' ? '合计 all' : kind.layer, 11)}${countText(kind.pairs).padStart(10)}${kindText(kind)}`,
    ),
    `  排除的候选 candidates turned down, a side left alone: ${countText(rejected.pairs)}, ${countText(rejected.judged)} judged, ${countText(rejected.wrong)} the same person: ${rangeText(rejected.share)}`,
    `  遗漏的关联 share of all matches missed so: ${rangeText(missed)}`,
    `待审配对 pairs that wait: ${countText(judged)} verdicts for ${countText(waiting)} pairs that waited for people`,
    `  from p    pairs  judged${padCellsStart('错误关联 false links: by people (95 %)', 41)}  by model${padCellsStart('遗漏 missed: by people (95 %)', 33)}  by model`,
  ]
  for (const row of thresholds)
    lines.push(
      `  ${row.threshold.toFixed(2).padStart(6)}${String(row.pairs).padStart(9)}${String(row.judged).padStart(8)}` +
        `${rangeText(row.falseLinks).padStart(41)}${percent(row.falseLinksExpected).padStart(10)}` +
        `${rangeText(row.missedLinks).padStart(33)}${percent(row.missedLinksExpected).padStart(10)}`,
    )
  lines.push(`  ${proposalText(estimate)}`)
  return `${lines.join('\n')}\n`
}

function kindText({ judged, wrong, share, expected }: KindEstimate): string {
  return (
    `${String(judged).padStart(8)}${String(wrong).padStart(7)}` +
    `${rangeText(share).padStart(41)}${percent(expected).padStart(10)}`
  )
}

function proposalText({ wanted, linksFrom, proposal, verdictsNeeded }: ControlEstimate): string {
  if (proposal === undefined)
    return `阈值不变 the threshold stays at ${linksFrom}: 没有哪个阈值已证明错误率不高于 ${percent(wanted)} · no other is proved to keep ${percent(wanted)}; that takes about ${countText(verdictsNeeded)} control verdicts without an error`
  const why =
    proposal.links === 'more'
      ? `错误率已证明不高于 ${percent(wanted)} · proved to keep ${percent(wanted)}`
      : `现有关联的错误率已证明高于 ${percent(wanted)} · links are proved to break ${percent(wanted)}`
  return `建议阈值 proposed: link from ${proposal.threshold} instead of ${linksFrom}: ${why}. 组长在审核台签字、重算时加 --signed-threshold 才采用 · taken only when the lead has signed it at the desk and the run is told --signed-threshold`
}

/** Pairs that wait now and those that waited before, control verdicts on both; links and rejections of the engine. */
function tallyOf(run: RunReader, projection: Projection): ControlTally {
  const tally = new ControlTally()
  tally.add(run.controlCells())
  const verdictOn = ({ pairId, decidedAs, left, right }: QueuePair): 'same' | 'different' | undefined => {
    const { status, verdict, entry } = standingOf(projection.pairs.get(decidedAs ?? pairId))
    if (entry === undefined || status === 'conflict' || (verdict !== 'same' && verdict !== 'different'))
      return undefined
    // Found by content: the run has seen that the rows are the same.
    const isOutdated =
      decidedAs === undefined &&
      (entry.fpA !== '' || entry.fpB !== '') &&
      (entry.fpA !== run.factsOf(left).fingerprint || entry.fpB !== run.factsOf(right).fingerprint)
    return isOutdated ? undefined : verdict
  }
  for (const pair of run.pairs) {
    tally.count(WAITING, pair.probability)
    const verdict = isControl(focalOf(pair), QUEUE_SEED) ? verdictOn(pair) : undefined
    if (verdict !== undefined) tally.judge(WAITING, pair.probability, verdict)
  }
  for (const pair of run.controlPairs) {
    const verdict = verdictOn(pair)
    if (verdict !== undefined && pair.control !== undefined) tally.judge(pair.control, pair.probability, verdict)
  }
  return tally
}

/** The wanted false-link rate of the run, and the threshold it took; another version may not have written them. */
function settingsOf(run: RunReader): { readonly wanted: number; readonly signed: SignedThreshold | undefined } {
  const settings = JSON.parse(run.setting('settings') || '{}') as Partial<SettingsText>
  return {
    wanted: settings.max_false_link_rate ?? DEFAULT_MAX_FALSE_LINK_RATE,
    signed: settings.threshold ?? undefined,
  }
}

function rangeText(estimate: Estimate | undefined): string {
  if (estimate === undefined) return '–'
  return `${percent(estimate.value)} (${percent(estimate.low)} – ${percent(estimate.high)})`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
