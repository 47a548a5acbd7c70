/**
 * Trees of dependence within one class of pairs: each comparison conditioned on at most one other (Chow & Liu 1968).
 *
 * In:  weighted counts of levels and of pairs of levels. Out: which comparison hangs on which, and log2 probabilities.
 * Level 0 is missing: no evidence, and no condition for others. Leaves to dependence.ts: which pairs belong to a class.
 */
import type { Patterns } from '../compare/patterns.ts'

/** One class's tree: parent of each comparison (−1: none) and log2 P(level | level of the parent). */
export interface Tree {
  readonly parents: Int32Array
  /** tables[c][parent level × levels + level]; parent level 0 holds the marginal. */
  readonly tables: readonly Float64Array[]
  readonly marginals: readonly Float64Array[]
  readonly logMarginals: readonly Float64Array[]
}

/** log2 of the probability of a pattern within one class. */
export function logOf(tree: Tree, levels: Uint8Array, at: number): number {
  let sum = 0
  for (let c = 0; c < tree.parents.length; c++) sum += edgeLogOf(tree, levels, at, c)
  return sum
}

/** The part of comparison c in that: log2 of its level given the level of its parent, 0 where it is missing. */
export function edgeLogOf(tree: Tree, levels: Uint8Array, at: number, c: number): number {
  const level = levels[at + c]
  if (level === 0) return 0
  const parent = tree.parents[c]
  const condition = parent < 0 ? 0 : levels[at + parent]
  return tree.tables[c][condition * tree.marginals[c].length + level]
}

/** Pairs below which a pattern adds nothing that could be seen. */
const COUNT_LEAST = 1e-9

/** Level counts of every comparison and of every pair of comparisons, missing left out of both. */
export class JointTables {
  readonly levelCounts: readonly number[]
  readonly singles: readonly Float64Array[]
  /** pairs[i × width + j], i < j: [level i × levels j + level j] */
  readonly pairs: readonly (Float64Array | undefined)[]
  /** All of them, one behind the other. */
  private readonly cells: Float64Array
  /** Where in `cells` singles[i] begins, and pairs[i × width + j]. */
  private readonly singleAt: Int32Array
  private readonly pairAt: Int32Array

  constructor(levelCounts: readonly number[]) {
    const width = levelCounts.length
    this.levelCounts = levelCounts
    this.singleAt = new Int32Array(width)
    this.pairAt = new Int32Array(width * width)
    let end = 0
    for (let i = 0; i < width; i++) {
      this.singleAt[i] = end
      end += levelCounts[i]
    }
    for (let i = 0; i < width; i++)
      for (let j = i + 1; j < width; j++) {
        this.pairAt[i * width + j] = end
        end += levelCounts[i] * levelCounts[j]
      }
    const cells = new Float64Array(end)
    this.cells = cells
    this.singles = levelCounts.map((levels, i) => cells.subarray(this.singleAt[i], this.singleAt[i] + levels))
    this.pairs = levelCounts.flatMap((left, i) =>
      levelCounts.map((right, j) => {
        const at = this.pairAt[i * width + j]
        return i < j ? cells.subarray(at, at + left * right) : undefined
      }),
    )
  }

  addAll({ width, levels, count: patterns }: Patterns, counts: Float64Array): void {
    const { cells, singleAt, pairAt } = this
    const sizes = Int32Array.from(this.levelCounts)
    for (let p = 0; p < patterns; p++) {
      const count = counts[p]
      if (count < COUNT_LEAST) continue
      const at = p * width
      for (let i = 0; i < width; i++) {
        const level = levels[at + i]
        if (level === 0) continue
        cells[singleAt[i] + level] += count
        for (let j = i + 1; j < width; j++) {
          const other = levels[at + j]
          if (other !== 0) cells[pairAt[i * width + j] + level * sizes[j] + other] += count
        }
      }
    }
  }

  /** As addAll, of the pairs of comparisons only those that a tree joins: all that treeOf asks for. */
  addJoined({ width, levels, count: patterns }: Patterns, counts: Float64Array, parents: Int32Array): void {
    const { cells, singleAt, pairAt, levelCounts } = this
    // Level of the parent and own level: how far each leads in the table of the two.
    const joinedAt = Int32Array.from(parents, (parent, c) =>
      parent < 0 ? 0 : pairAt[Math.min(c, parent) * width + Math.max(c, parent)],
    )
    const parentStep = Int32Array.from(parents, (parent, c) => (parent < c ? levelCounts[c] : 1))
    const ownStep = Int32Array.from(parents, (parent, c) => (parent < c ? 1 : levelCounts[parent]))
    for (let p = 0; p < patterns; p++) {
      const count = counts[p]
      if (count < COUNT_LEAST) continue
      const at = p * width
      for (let c = 0; c < width; c++) {
        const level = levels[at + c]
        if (level === 0) continue
        cells[singleAt[c] + level] += count
        const parentLevel = parents[c] < 0 ? 0 : levels[at + parents[c]]
        if (parentLevel !== 0) cells[joinedAt[c] + parentLevel * parentStep[c] + level * ownStep[c]] += count
      }
    }
  }

  addTables(other: JointTables): void {
    for (let k = 0; k < this.cells.length; k++) this.cells[k] += other.cells[k]
  }

  scale(factor: number): void {
    for (let k = 0; k < this.cells.length; k++) this.cells[k] *= factor
  }

  /** Takes counts off the last level of a comparison until its share lies where `strength` parts of `share` hold it. */
  holdLast(c: number, share: number, strength: number): void {
    const single = this.singles[c]
    const levels = single.length
    const last = single[levels - 1]
    const total = single.reduce((sum, count) => sum + count, 0)
    const held = (last / total + strength * share) / (1 + strength)
    if (total === 0 || last / total <= share || last === total) return
    const part = (held * (total - last)) / ((1 - held) * last)
    single[levels - 1] *= part
    const width = this.levelCounts.length
    for (let other = 0; other < width; other++) {
      if (other === c) continue
      const table = this.pairs[Math.min(c, other) * width + Math.max(c, other)] as Float64Array
      const others = this.levelCounts[other]
      for (let l = 0; l < others; l++) table[c < other ? (levels - 1) * others + l : l * levels + levels - 1] *= part
    }
  }

  copy(): JointTables {
    const copy = new JointTables(this.levelCounts)
    copy.addTables(this)
    return copy
  }

  /** One or two sampled pairs in a cell prove no dependence: such cells move towards what independence expects. */
  dampRareCells(): void {
    const width = this.levelCounts.length
    for (let i = 0; i < width; i++)
      for (let j = i + 1; j < width; j++) {
        const table = this.pairs[i * width + j] as Float64Array
        const { rows, columns, total } = this.margins(i, j)
        if (total === 0) continue
        for (let a = 1; a < rows.length; a++)
          for (let b = 1; b < columns.length; b++) {
            const at = a * columns.length + b
            const trust = Math.min(table[at] / 4, 1)
            table[at] = trust * table[at] + (1 - trust) * ((rows[a] * columns[b]) / total)
          }
      }
  }

  margins(i: number, j: number): { rows: Float64Array; columns: Float64Array; total: number } {
    const table = this.pairs[i * this.levelCounts.length + j] as Float64Array
    const rows = new Float64Array(this.levelCounts[i])
    const columns = new Float64Array(this.levelCounts[j])
    let total = 0
    for (let a = 1; a < rows.length; a++)
      for (let b = 1; b < columns.length; b++) {
        const count = table[a * columns.length + b]
        rows[a] += count
        columns[b] += count
        total += count
      }
    return { rows, columns, total }
  }
}

/** Pairs of comparisons that no tree may join. */
export type Unrelated = (i: number, j: number) => boolean

/**
 * The tree that explains most: edges by how much better `where` is foreseen with the dependence found in `tables`,
 * less what so many free numbers would explain by chance.
 * @param hangsOn per comparison, the one on which alone it hangs, or −1
 */
export function spanningTree(
  tables: JointTables,
  where: JointTables,
  leastPerPair: number,
  areUnrelated: Unrelated = () => false,
  hangsOn: readonly number[] = [],
): Int32Array {
  const width = tables.levelCounts.length
  const edges: Edge[] = []
  for (let i = 0; i < width; i++)
    for (let j = i + 1; j < width; j++) {
      if (areUnrelated(i, j)) continue
      if (isBound(i, hangsOn) || isBound(j, hangsOn)) {
        if (hangsOn[i] === j || hangsOn[j] === i) edges.push({ i, j, gain: Number.MAX_VALUE })
        continue
      }
      const { gain, pairs } = gainOf(tables, where, i, j)
      if (gain > leastPerPair * pairs) edges.push({ i, j, gain })
    }
  edges.sort((x, y) => y.gain - x.gain || x.i - y.i || x.j - y.j)
  return hangUp(width, heaviestForest(width, edges))
}

/** Whether a comparison hangs on a certain other one, whatever the tables say. */
function isBound(c: number, hangsOn: readonly number[]): boolean {
  return (hangsOn[c] ?? -1) >= 0
}

/** Two comparisons and how much better one is foreseen from the other, in nats. */
interface Edge {
  readonly i: number
  readonly j: number
  readonly gain: number
}

/** Pairs in a cell from which it counts as one that had to be learned. */
const CELL_SEEN = 0.5

/** What the dependence of two comparisons explains of the pairs in `where`, less what its free numbers would (half a log each, BIC). */
function gainOf(tables: JointTables, where: JointTables, i: number, j: number): { gain: number; pairs: number } {
  const width = tables.levelCounts.length
  const joint = tables.pairs[i * width + j] as Float64Array
  const seen = where.pairs[i * width + j] as Float64Array
  const { rows, columns, total } = tables.margins(i, j)
  let gain = 0
  let cells = 0
  let pairs = 0
  for (let a = 1; a < rows.length; a++)
    for (let b = 1; b < columns.length; b++) {
      const at = a * columns.length + b
      const expected = total <= 0 ? 0 : (rows[a] * columns[b]) / total
      if (seen[at] <= 0 || expected <= 0) continue
      gain += seen[at] * Math.log((joint[at] + 1e-9) / expected)
      pairs += seen[at]
      if (seen[at] >= CELL_SEEN) cells++
    }
  return { gain: gain - 0.5 * cells * Math.log(Math.max(pairs, 1) + 1), pairs }
}

/** Neighbours of each comparison by the best edges, none of which closes a circle (Kruskal 1956). */
function heaviestForest(width: number, edges: readonly Edge[]): number[][] {
  const group = Int32Array.from({ length: width }, (_, c) => c)
  const neighbours: number[][] = Array.from({ length: width }, () => [])
  for (const { i, j } of edges) {
    const [a, b] = [group[i], group[j]]
    if (a === b) continue
    for (let c = 0; c < width; c++) if (group[c] === b) group[c] = a
    neighbours[i].push(j)
    neighbours[j].push(i)
  }
  return neighbours
}

/** Parents of all comparisons when each tree hangs from its first one; −1 for that one. */
function hangUp(width: number, neighbours: readonly (readonly number[])[]): Int32Array {
  const parents = new Int32Array(width).fill(-1)
  const seen = new Uint8Array(width)
  for (let root = 0; root < width; root++) {
    if (seen[root] === 1) continue
    seen[root] = 1
    const open = [root]
    for (let c = open.pop(); c !== undefined; c = open.pop())
      for (const next of neighbours[c])
        if (seen[next] === 0) {
          seen[next] = 1
          parents[next] = c
          open.push(next)
        }
  }
  return parents
}

/** The tree without a word from some of the comparisons. */
export function silenced(tree: Tree, areSilent: readonly boolean[]): Tree {
  const quiet = (logs: readonly Float64Array[]) => logs.map((log, c) => (areSilent[c] ? log.map(() => 0) : log))
  return { ...tree, tables: quiet(tree.tables), logMarginals: quiet(tree.logMarginals) }
}

/**
 * @param exactCounts given for strangers: per comparison, how many levels, from the first on, say that both values are the same.
 *        Whoever shares the one is not less likely to share the other for that; pairs that were taken for matches, and are
 *        missed among the strangers, would say so, and more of their kind be taken
 */
export function treeOf(
  tables: JointTables,
  parents: Int32Array,
  usual: readonly (readonly number[])[] | undefined,
  priorStrengths: readonly number[],
  edgeStrength: number,
  exactCounts?: readonly number[],
): Tree {
  const width = tables.levelCounts.length
  const marginals = tables.singles.map((single, c) => {
    const levels = single.length
    const priorStrength = priorStrengths[Math.min(c, priorStrengths.length - 1)]
    const total = single.reduce((sum, count) => sum + count, 0)
    const usualTotal = usual === undefined ? levels - 1 : usual[c].slice(1).reduce((sum, value) => sum + value, 0)
    return Float64Array.from({ length: levels }, (_, l) => {
      if (l === 0) return 1
      const share = (usual === undefined ? 1 : usual[c][l]) / usualTotal
      return (single[l] + priorStrength * share) / (total + priorStrength)
    })
  })
  const logs = marginals.map((marginal, c) => {
    const levels = marginal.length
    const parent = parents[c]
    const rows = parent < 0 ? 1 : tables.levelCounts[parent]
    const table = new Float64Array(rows * levels)
    for (let l = 1; l < levels; l++) table[l] = Math.log2(marginal[l])
    if (parent < 0) return table
    const joint = tables.pairs[Math.min(c, parent) * width + Math.max(c, parent)] as Float64Array
    const cell = (a: number, l: number) => (parent < c ? joint[a * levels + l] : joint[l * rows + a])
    for (let a = 1; a < rows; a++) {
      let total = 0
      for (let l = 1; l < levels; l++) total += cell(a, l)
      for (let l = 1; l < levels; l++)
        table[a * levels + l] = Math.log2((cell(a, l) + edgeStrength * marginal[l]) / (total + edgeStrength))
      if (exactCounts !== undefined && a <= exactCounts[parent])
        holdExact(table.subarray(a * levels, (a + 1) * levels), marginal, exactCounts[c])
    }
    return table
  })
  return { parents, tables: logs, marginals, logMarginals: marginals.map((marginal) => marginal.map(Math.log2)) }
}

/** Raises exact agreement, where a row of a table holds less of it than the marginal does, to that. Logarithms in `row`. */
function holdExact(row: Float64Array, marginal: Float64Array, exactCount: number): void {
  let given = 0
  let alone = 0
  for (let l = 1; l <= exactCount; l++) {
    given += 2 ** row[l]
    alone += marginal[l]
  }
  if (given >= alone) return
  for (let l = 1; l <= exactCount; l++) row[l] = Math.max(row[l], Math.log2(marginal[l]))
}
