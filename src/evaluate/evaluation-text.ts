/** An evaluation as text for a terminal: tables of counts and shares, four decimals, worst codes easy to see. */
import { countOf, countText, padCell, padCellsEnd, padCellsStart, displayWidth } from '../display-text.ts'
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
  const lines = [`对照记录 ${countOf(records.judged, 'record')} judged`]
  if (records.missingInRun > 0)
    lines.push(`  ${countText(records.missingInRun)} of them are not in the run (quarantined) 不在批次中(被隔离)`)
  if (records.unknownToTruth > 0)
    lines.push(`  ${countOf(records.unknownToTruth, 'record')} of the run unknown to the truth 真值未载`)
  lines.push('', 'Pairs, links alone (automatic) 只算自动关联', ...pairTable(automatic))
  lines.push('', 'Pairs, with the review pairs answered rightly 待审的也判对时', ...pairTable(withReview.slice(0, 3)))
  lines.push(
    '',
    `B³        precision ${share(bCubed.precision)}  recall ${share(bCubed.recall)}  F1 ${share(bCubed.f1)}`,
    `review    ${countOf(review.pairs, 'pair')} (${countText(review.truePairs)} true): ${percent(review.perRecord)} of records, ${percent(review.perLink)} of links 待审`,
  )
  const missed = automatic[0].true - automatic[0].both
  lines.push(
    `missed    ${countOf(missed, 'true pair')}, ${countText(evaluation.missedInReview)} of them wait for review 漏关联，其中待审`,
  )
  if (loss !== undefined)
    lines.push(
      `blocking  ${countText(loss.neverProposed)} of them were never candidates: recall lost ${loss.recallLost.toFixed(6)} 未成候选对，损失的召回率`,
    )
  if (layers.length > 0) {
    lines.push('', `${padCellsEnd('Layer 层', 14)}${heads(['links 关联', 'false 错误'], 12)}  precision 准确率`)
    for (const { layer, links, right, precision } of layers)
      lines.push(
        `${layer.padEnd(14)}${countText(links).padStart(12)}${countText(links - right).padStart(12)}  ${share(precision)}`,
      )
  }
  lines.push(
    '',
    `${padCellsEnd('Probability 概率', 24)}${padCellsStart('pairs 对数', 12)}  predicted 预计  observed 实际`,
  )
  for (const { from, to, pairs, predicted, observed } of calibration)
    lines.push(
      `${`${from} – ${to}`.padEnd(24)}${countText(pairs).padStart(12)}  ${share(predicted).padEnd(14)}  ${share(observed)}`,
    )
  lines.push('', ...formatThresholdRates(evaluation.thresholds))
  return `${lines.join('\n')}\n`
}

export function formatFindingEvaluation(quality: FindingQuality): string {
  const head = `${padCellsEnd('Findings by code 问题', 30)}${heads(['must 应有', 'found 查出', 'made 列出', 'may 可有', 'wrong 错误'], 11)}  precision 准确率  recall 召回率`
  const lines = [head, ...quality.codes.map(codeLine), codeLine(quality.total)]
  if (quality.notJudged.length > 0)
    lines.push(
      `not judged, no line in the truth 真值没有，不计: ${quality.notJudged.map((c) => `${c.code} (${countText(c.made)})`).join(', ')}`,
    )
  return `${lines.join('\n')}\n`
}

function codeLine(code: CodeQuality): string {
  const counts = [code.must, code.found, code.made, code.allowed, code.wrong]
    .map((n) => countText(n).padStart(11))
    .join('')
  const isWeak = code.precision < 0.95 || code.recall < 0.95
  return `${code.code.padEnd(30)}${counts}  ${share(code.precision).padEnd(16)}  ${share(code.recall)}${isWeak ? '  ←' : ''}`
}

function pairTable(pairs: readonly PairQuality[]): string[] {
  const names = pairs.map(({ left, right }) => (right === '' ? left : `${left} – ${right}`))
  const wide = Math.max(displayWidth(REGISTERS_HEAD), ...names.map((name) => name.length)) + 1
  const head = `  ${padCell(REGISTERS_HEAD, wide)}${heads(['found 关联', 'true 实有', 'false 错', 'missed 漏'], 12)}  precision 准确率  recall 召回率  F1`
  return [
    head,
    ...pairs.map(({ found, true: truePairs, both, precision, recall, f1 }, k) => {
      const counts = [found, truePairs, found - both, truePairs - both].map((n) => countText(n).padStart(12)).join('')
      return `  ${names[k].padEnd(wide)}${counts}  ${share(precision).padEnd(16)}  ${share(recall).padEnd(13)}  ${share(f1)}`
    }),
  ]
}

const REGISTERS_HEAD = 'registers 登记册'

function heads(words: readonly string[], width: number): string {
  return words.map((word) => padCellsStart(word, width)).join('')
}

function share(value: number): string {
  return Number.isNaN(value) ? '–     ' : value.toFixed(4)
}

function percent(value: number): string {
  return Number.isNaN(value) ? '–' : `${(value * 100).toFixed(2)} %`
}
