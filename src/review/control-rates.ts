/**
 * Error rates by the control sample for a run and its decisions (误差率估计), and their words on a terminal.
 *
 * In:  the run on the desk, what people said. Out: the estimate; lines of text. Counts only.
 * The page shows the same estimate (parts/control.tsx). What is estimated, and how: queue/control-estimate.ts.
 */
import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { DEFAULT_MAX_FALSE_LINK_RATE } from '../settings.ts'
import { DECISIVE, Projection, readEvents, standingOf } from './decisions/index.ts'
import type { Estimate } from './queue/agreement.ts'
import {
  type ControlEstimate,
  estimateFromControl,
  settingForThreshold,
  type WaitingPair,
} from './queue/control-estimate.ts'
import { focalOf, isControl, QUEUE_SEED } from './queue/tasks.ts'
import { RunReader } from './run-reader.ts'

export function estimateControl(run: RunReader, projection: Projection): ControlEstimate {
  return estimateFromControl(waitingPairs(run, projection), wantedRate(run))
}

/** The same without a desk: reads only, so that it may be asked while people work. */
export function readControlEstimate(directory: string, decisions: string): ControlEstimate {
  const run = new RunReader(directory)
  try {
    if (!existsSync(decisions)) return estimateControl(run, new Projection())
    const database = new Database(decisions, { readonly: true, fileMustExist: true })
    try {
      return estimateControl(run, Projection.of(readEvents(database, DECISIVE)))
    } finally {
      database.close()
    }
  } finally {
    run.close()
  }
}

/** For every threshold: how many pairs, false and missed links with intervals beside what the model expects. */
export function controlText(estimate: ControlEstimate): string {
  const judged = estimate.bands.reduce((sum, band) => sum + band.judged, 0)
  const waiting = estimate.bands.reduce((sum, band) => sum + band.waiting, 0)
  const lines = [
    `随机对照 control sample: ${judged.toLocaleString('en')} verdicts for ${waiting.toLocaleString('en')} pairs that waited for people`,
    '  from p    pairs  judged   错误关联 false links: by people (95 %)  by model   遗漏 missed: by people (95 %)  by model',
  ]
  for (const row of estimate.thresholds)
    lines.push(
      `  ${row.threshold.toFixed(2).padStart(6)}${String(row.pairs).padStart(9)}${String(row.judged).padStart(8)}` +
        `${rangeText(row.falseLinks).padStart(40)}${percent(row.falseLinksExpected).padStart(10)}` +
        `${rangeText(row.missedLinks).padStart(33)}${percent(row.missedLinksExpected).padStart(10)}`,
    )
  lines.push(`  ${suggestionText(estimate)}`)
  return `${lines.join('\n')}\n`
}

function suggestionText({ wanted, suggested, verdictsNeeded }: ControlEstimate): string {
  if (suggested === undefined)
    return `没有哪个阈值已证明错误率不高于 ${percent(wanted)} · no threshold is proved to keep ${percent(wanted)} yet; that takes about ${verdictsNeeded.toLocaleString('en')} control verdicts without an error`
  return `建议阈值 suggested: link from ${suggested} (--max-false-link-rate ${settingForThreshold(suggested)}). 只是建议,不会自动采用 · a suggestion, never applied by itself`
}

function waitingPairs(run: RunReader, projection: Projection): readonly WaitingPair[] {
  return run.pairs.map((pair) => {
    const { probability } = pair
    if (!isControl(focalOf(pair), QUEUE_SEED)) return { probability }
    const { status, verdict, entry } = standingOf(projection.pairs.get(pair.pairId))
    if (entry === undefined || status === 'conflict' || (verdict !== 'same' && verdict !== 'different'))
      return { probability }
    const isOutdated =
      (entry.fpA !== '' || entry.fpB !== '') &&
      (entry.fpA !== run.factsOf(pair.left).fingerprint || entry.fpB !== run.factsOf(pair.right).fingerprint)
    return isOutdated ? { probability } : { probability, verdict }
  })
}

/** The wanted false-link rate of the run; another version may not have written it. */
function wantedRate(run: RunReader): number {
  const settings = JSON.parse(run.setting('settings') || '{}') as { readonly max_false_link_rate?: number }
  return settings.max_false_link_rate ?? DEFAULT_MAX_FALSE_LINK_RATE
}

function rangeText(estimate: Estimate | undefined): string {
  if (estimate === undefined) return '–'
  return `${percent(estimate.value)} (${percent(estimate.low)} – ${percent(estimate.high)})`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}
