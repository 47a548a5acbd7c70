/**
 * Answer against truth, when a column of the tables says who is who: pairwise precision, recall, F1, and B³.
 *
 * In:  a result and the tables with their truth column. Out: counts and rates. Pairs are of one table, or across two.
 */
import { columnOf } from '../fields/fields.ts'
import type { TableResult } from '../engine.ts'
import type { Table } from '../read/read-table.ts'

export interface TruthMeasure {
  readonly truePairs: number
  readonly linkedPairs: number
  readonly foundPairs: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly bCubedPrecision: number
  readonly bCubedRecall: number
  readonly bCubedF1: number
  /** True pairs among those sent to review. */
  readonly reviewTrue: number
  readonly reviewPairs: number
  /** F1 of the links alone if the best threshold on their weight were known. */
  readonly bestPairF1: number
  readonly pairsTotal: number
}

/** True cluster of every row in the engine's order; −1 where the column is empty. */
export function truthOf(result: TableResult, left: Table, right: Table | undefined, column: string): Int32Array {
  const numbers = new Map<string, number>()
  const sides = [left, ...(right === undefined ? [] : [right])].map((table) =>
    columnOf(table, column, '--truth-column'),
  )
  return Int32Array.from(result.fields.fileRow, (fileRow, row) => {
    const side = sides[row < result.fields.leftCount ? 0 : 1]
    const cell = side.cells[side.codes[fileRow]].trim()
    if (cell === '') return -1
    let number = numbers.get(cell)
    if (number === undefined) {
      number = numbers.size
      numbers.set(cell, number)
    }
    return number
  })
}

export function measureTruth(result: TableResult, left: Table, right: Table | undefined, column: string): TruthMeasure {
  const truth = truthOf(result, left, right, column)
  const { leftCount, rowCount } = result.fields
  const isLink = leftCount < rowCount
  const sizes = new Map<number, [number, number]>()
  truth.forEach((cluster, row) => {
    if (cluster < 0) return
    const size = sizes.get(cluster) ?? [0, 0]
    size[row < leftCount ? 0 : 1]++
    sizes.set(cluster, size)
  })
  let truePairs = 0
  for (const [a, b] of sizes.values()) truePairs += isLink ? a * b : (a * (a - 1)) / 2
  const linked = result.links.filter((link) => link.decision === 'link')
  const isTrue = (a: number, b: number) => truth[a] >= 0 && truth[a] === truth[b]
  const foundPairs = linked.reduce((sum, link) => sum + (isTrue(link.left, link.right) ? 1 : 0), 0)
  const review = result.links.filter((link) => link.decision === 'review')
  const falling = [...result.links].sort((x, y) => y.weight - x.weight)
  let hits = 0
  let bestPairF1 = 0
  falling.forEach((link, i) => {
    if (isTrue(link.left, link.right)) hits++
    bestPairF1 = Math.max(bestPairF1, (2 * hits) / (i + 1 + truePairs))
  })
  const [bCubedPrecision, bCubedRecall] = bCubed(result.clusterOf, truth)
  const precision = linked.length === 0 ? 1 : foundPairs / linked.length
  const recall = truePairs === 0 ? 1 : foundPairs / truePairs
  return {
    truePairs,
    linkedPairs: linked.length,
    foundPairs,
    precision,
    recall,
    f1: harmonic(precision, recall),
    bCubedPrecision,
    bCubedRecall,
    bCubedF1: harmonic(bCubedPrecision, bCubedRecall),
    reviewTrue: review.filter((link) => isTrue(link.left, link.right)).length,
    reviewPairs: review.length,
    bestPairF1,
    pairsTotal: isLink ? leftCount * (rowCount - leftCount) : (rowCount * (rowCount - 1)) / 2,
  }
}

/** Bagga & Baldwin 1998: mean over records of the share of their cluster that is theirs. */
function bCubed(found: Int32Array, truth: Int32Array): [number, number] {
  const foundSize = new Map<number, number>()
  const trueSize = new Map<number, number>()
  const bothSize = new Map<string, number>()
  const add = <K>(map: Map<K, number>, key: K) => map.set(key, (map.get(key) ?? 0) + 1)
  truth.forEach((cluster, row) => {
    if (cluster < 0) return
    add(foundSize, found[row])
    add(trueSize, cluster)
    add(bothSize, `${found[row]} ${cluster}`)
  })
  let rows = 0
  let precision = 0
  let recall = 0
  truth.forEach((cluster, row) => {
    if (cluster < 0) return
    const both = bothSize.get(`${found[row]} ${cluster}`) as number
    rows++
    precision += both / (foundSize.get(found[row]) as number)
    recall += both / (trueSize.get(cluster) as number)
  })
  return rows === 0 ? [1, 1] : [precision / rows, recall / rows]
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b)
}
