/** An evaluation as text for a terminal: tables of counts and shares, four decimals, worst codes easy to see. */
import { countOf, countText } from '../display-text.ts'
import type { LinkEvaluation } from './evaluate.ts'
import type { CodeQuality, FindingQuality } from './findings.ts'
import { formatThresholdRates } from './threshold-rates.ts'
import type { PairQuality } from './pairwise.ts'

/** Missed pairs and how many of them blocking never proposed. */
export interface BlockingLoss {
  readonly missed: number
  readonly neverProposed: number
  /** Share of all true pairs. */
  readonly recallLost: number
}

export function formatLinkEvaluation(evaluation: LinkEvaluation, loss: BlockingLoss | undefined): string {
  const { records, automatic, withReview, bCubed, review, layers, calibration } = evaluation
  const lines = [`${countOf(records.judged, 'record')} judged`]
  if (records.missingInRun > 0)
    lines.push(`  ${countText(records.missingInRun)} of them are not in the run (quarantined)`)
  if (records.unknownToTruth > 0)
    lines.push(`  ${countOf(records.unknownToTruth, 'record')} of the run unknown to the truth`)
  lines.push('', 'Pairs, links alone (automatic)', ...pairTable(automatic))
  lines.push('', 'Pairs, with the review pairs answered rightly', ...pairTable(withReview.slice(0, 3)))
  lines.push(
    '',
    `B³        precision ${share(bCubed.precision)}  recall ${share(bCubed.recall)}  F1 ${share(bCubed.f1)}`,
    `review    ${countOf(review.pairs, 'pair')} (${countText(review.truePairs)} true): ${percent(review.perRecord)} of records, ${percent(review.perLink)} of links`,
  )
  const missed = automatic[0].true - automatic[0].both
  lines.push(
    `missed    ${countOf(missed, 'true pair')}, ${countText(evaluation.missedInReview)} of them wait for review`,
  )
  if (loss !== undefined)
    lines.push(
      `blocking  ${countText(loss.neverProposed)} of them were never candidates: recall lost ${loss.recallLost.toFixed(6)}`,
    )
  if (layers.length > 0) {
    lines.push('', `${'Layer'.padEnd(14)}${'links'.padStart(11)}${'false'.padStart(9)}  precision`)
    for (const { layer, links, right, precision } of layers)
      lines.push(
        `${layer.padEnd(14)}${countText(links).padStart(11)}${countText(links - right).padStart(9)}  ${share(precision)}`,
      )
  }
  lines.push('', `${'Predicted probability'.padEnd(24)}${'pairs'.padStart(10)}  predicted  observed`)
  for (const { from, to, pairs, predicted, observed } of calibration)
    lines.push(
      `${`${from} – ${to}`.padEnd(24)}${countText(pairs).padStart(10)}  ${share(predicted)}     ${share(observed)}`,
    )
  lines.push('', ...formatThresholdRates(evaluation.thresholds))
  return `${lines.join('\n')}\n`
}

export function formatFindingEvaluation(quality: FindingQuality): string {
  const head = `${'Findings by code'.padEnd(30)}${['must', 'found', 'made', 'may', 'wrong'].map((w) => w.padStart(9)).join('')}  precision recall`
  const lines = [head, ...quality.codes.map(codeLine), codeLine(quality.total)]
  if (quality.notJudged.length > 0)
    lines.push(
      `not judged, no line in the truth: ${quality.notJudged.map((c) => `${c.code} (${countText(c.made)})`).join(', ')}`,
    )
  return `${lines.join('\n')}\n`
}

function codeLine(code: CodeQuality): string {
  const counts = [code.must, code.found, code.made, code.allowed, code.wrong]
    .map((n) => countText(n).padStart(9))
    .join('')
  const isWeak = code.precision < 0.95 || code.recall < 0.95
  return `${code.code.padEnd(30)}${counts}  ${share(code.precision)}    ${share(code.recall)}${isWeak ? '  ←' : ''}`
}

function pairTable(pairs: readonly PairQuality[]): string[] {
  const names = pairs.map(({ left, right }) => (right === '' ? left : `${left} – ${right}`))
  const wide = Math.max('registers'.length, ...names.map((name) => name.length)) + 1
  const head = `  ${'registers'.padEnd(wide)}${['found', 'true', 'false', 'missed'].map((w) => w.padStart(11)).join('')}  precision recall F1`
  return [
    head,
    ...pairs.map(({ found, true: truePairs, both, precision, recall, f1 }, k) => {
      const counts = [found, truePairs, found - both, truePairs - both].map((n) => countText(n).padStart(11)).join('')
      return `  ${names[k].padEnd(wide)}${counts}  ${share(precision)}    ${share(recall)} ${share(f1)}`
    }),
  ]
}

function share(value: number): string {
  return Number.isNaN(value) ? '–     ' : value.toFixed(4)
}

function percent(value: number): string {
  return Number.isNaN(value) ? '–' : `${(value * 100).toFixed(2)} %`
}
