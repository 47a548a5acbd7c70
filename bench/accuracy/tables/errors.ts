/**
 * What went wrong, pair by pair: what blocking lost, how honest the probabilities are, and the worst errors with levels.
 * In: a result and the tables with their truth column. Out: figures and lines of text.
 */
import type { TableResult } from '../../../src/tables/engine.ts'
import { areBlocked } from '../../../src/tables/candidates/blocks.ts'
import type { Table } from '../../../src/tables/read/read-table.ts'
import { truthOf } from '../../../src/tables/results/truth.ts'

function truePairsOf(result: TableResult, truth: Int32Array): [number, number][] {
  const members = new Map<number, number[]>()
  truth.forEach((cluster, row) => {
    if (cluster < 0) return
    const list = members.get(cluster)
    if (list === undefined) members.set(cluster, [row])
    else list.push(row)
  })
  const { leftCount, rowCount } = result.fields
  const pairs: [number, number][] = []
  for (const rows of members.values())
    for (let i = 0; i < rows.length; i++)
      for (let j = i + 1; j < rows.length; j++)
        if (leftCount === rowCount || (rows[i] < leftCount && rows[j] >= leftCount)) pairs.push([rows[i], rows[j]])
  return pairs
}

/** Share of the true pairs that some blocking rule proposed. */
export function completenessOf(result: TableResult, left: Table, right: Table | undefined, column: string): number {
  const pairs = truePairsOf(result, truthOf(result, left, right, column))
  const { rules } = result.proposal
  const found = pairs.filter(([a, b]) => rules.some(({ blocks }) => areBlocked(blocks, a, b))).length
  return pairs.length === 0 ? 1 : found / pairs.length
}

export interface Calibration {
  /** Mean squared error of the pairs' probabilities, over pairs of more than 1 %. */
  readonly brier: number
  /** F1 of the model's pairs alone at the best threshold, and at even odds. */
  readonly bestF1: number
  readonly evenF1: number
  readonly lines: readonly string[]
}

export function calibrationOf(result: TableResult, left: Table, right: Table | undefined, column: string): Calibration {
  const truth = truthOf(result, left, right, column)
  const total = truePairsOf(result, truth).length
  const { edges } = result
  const order = Array.from({ length: edges.count }, (_, i) => i).sort((i, j) => edges.weight[j] - edges.weight[i])
  const bins = Array.from({ length: 12 }, () => ({ pairs: 0, expected: 0, seen: 0 }))
  let brier = 0
  let counted = 0
  let hits = 0
  let bestF1 = 0
  let evenF1 = 0
  order.forEach((i, n) => {
    const weight = edges.weight[i] / 1000
    const p = 1 / (1 + 2 ** -weight)
    const isTrue = truth[edges.left[i]] >= 0 && truth[edges.left[i]] === truth[edges.right[i]]
    if (isTrue) hits++
    const f1 = (2 * hits) / (n + 1 + total)
    bestF1 = Math.max(bestF1, f1)
    if (weight >= 0) evenF1 = f1
    if (p > 0.01) {
      brier += (p - (isTrue ? 1 : 0)) ** 2
      counted++
    }
    const bin = bins[Math.max(0, Math.min(11, Math.floor(weight / 2) + 5))]
    bin.pairs++
    bin.expected += p
    if (isTrue) bin.seen++
  })
  const lines = bins.map(
    (bin, b) =>
      `weight from ${String((b - 5) * 2).padStart(4)}: ${String(bin.pairs).padStart(8)} pairs, expected ${(bin.expected / Math.max(bin.pairs, 1)).toFixed(4)} seen ${(bin.seen / Math.max(bin.pairs, 1)).toFixed(4)}`,
  )
  return { brier: counted === 0 ? 0 : brier / counted, bestF1, evenF1, lines }
}

/** The n worst false links and missed pairs: cells, levels, weight, and which kinds of levels they have most often. */
export function errorLines(
  result: TableResult,
  left: Table,
  right: Table | undefined,
  column: string,
  most: number,
): string[] {
  const truth = truthOf(result, left, right, column)
  const isFound = (a: number, b: number) =>
    result.oneToOne ? result.clusterOf[a] === result.clusterOf[b] : result.clusterOf[a] === result.clusterOf[b]
  const falseLinks = result.links
    .filter((link) => link.decision === 'link' && (truth[link.left] < 0 || truth[link.left] !== truth[link.right]))
    .map((link): [number, number] => [link.left, link.right])
  const missed = truePairsOf(result, truth).filter(([a, b]) => !isFound(a, b))
  const { rules } = result.proposal
  const describe = (title: string, pairs: [number, number][]) => {
    const blocked = pairs.filter(([a, b]) => rules.some(({ blocks }) => areBlocked(blocks, a, b))).length
    const weights = pairs.map(([a, b]) => result.weightOf(a, b) / 1000)
    const bands = [-20, -10, -5, 0, 5, 10, 20].map((least, i, list) => {
      const count = weights.filter((w) => w >= least && w < (list[i + 1] ?? 1e9)).length
      return `≥${least}: ${count}`
    })
    const lines = [`  ${title}: ${pairs.length}, proposed by blocking ${blocked}; by weight ${bands.join(', ')}`]
    const step = Math.max(1, Math.floor(pairs.length / most))
    for (let i = 0; i < pairs.length && i / step < most; i += step) {
      const [a, b] = pairs[i]
      lines.push(`    ${result.fields.recordIds[a]} ~ ${result.fields.recordIds[b]}  weight ${weights[i].toFixed(1)}`)
      result.comparisons.forEach((comparison, c) => {
        const field = result.fields.fields[comparison.field]
        const cells = `${field.dictionary[field.ids[a]]} | ${field.dictionary[field.ids[b]]}`
        const level = comparison.levelOf(a, b)
        const { matches, strangers } = result.model
        const weight = level === 0 ? 0 : matches.logMarginals[c][level] - strangers.logMarginals[c][level]
        lines.push(
          `      ${comparison.name.padEnd(18)} ${cells.padEnd(70)} ${comparison.levels[level].padEnd(28)} ${weight.toFixed(1)}`,
        )
      })
    }
    return lines
  }
  return [...describe('false links', falseLinks), ...describe('missed pairs', missed)]
}
