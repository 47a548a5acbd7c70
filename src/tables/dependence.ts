/**
 * Fellegi–Sunter with dependence: comparisons that say the same thing twice are counted once.
 *
 * In:  distinct patterns of the candidate pairs, of random pairs outside them, and how matches usually fall.
 * Out: lambda, and for matches and for strangers a tree: each comparison conditioned on at most one other (Chow & Liu
 *      1968), so postcode given suburb, full name given family name. Weights are integers of milli-bits per tree edge.
 * Strangers are the random pairs outside plus the candidates that are not matches, so u of an agreement is measured
 * where it happens. Level 0 is missing: no evidence, and no condition for others.
 */
import type { Patterns } from './candidate-pairs.ts'

export interface DependentInput {
  readonly levelCounts: readonly number[]
  readonly usualM: readonly (readonly number[])[]
  readonly candidates: Patterns
  readonly outside: Patterns
  /** Real pairs that one outside pair stands for. */
  readonly outsideScale: number
  readonly pairsTotal: number
  readonly iterationsMax: number
  /** Probabilities to begin with, per candidate pattern; without them the usual m decide. */
  readonly start?: Float64Array
}

/** One class's tree: parent of each comparison (−1: none) and log2 P(level | level of the parent). */
export interface Tree {
  readonly parents: Int32Array
  /** tables[c][parent level × levels + level]; parent level 0 holds the marginal. */
  readonly tables: readonly Float64Array[]
  readonly marginals: readonly Float64Array[]
  readonly logMarginals: readonly Float64Array[]
}

export interface DependentModel {
  readonly lambda: number
  readonly matches: Tree
  readonly strangers: Tree
  readonly iterations: number
  readonly converged: boolean
  /** Match weight of every candidate pattern, milli-bits, prior included. */
  readonly weights: Int32Array
  readonly levelCounts: readonly number[]
}

const STRUCTURE_EVERY = 5
/**
 * Nats per match from which two columns are taken to repeat each other (a full name and its family name). Below lies
 * what careless writing brings, and the shadow of a few strangers among the matches, which must not be learned.
 */
const REPEATING = 0.1

export function fitDependentModel(input: DependentInput): DependentModel {
  const { candidates, outside, levelCounts, pairsTotal } = input
  const width = levelCounts.length
  const outsideTables = new JointTables(levelCounts)
  outsideTables.addAll(outside, outside.counts)
  outsideTables.dampRareCells()
  outsideTables.scale(input.outsideScale)

  const p = input.start === undefined ? startingProbabilities(input) : Float64Array.from(input.start)
  const matchCounts = new Float64Array(candidates.count)
  const strangerCounts = new Float64Array(candidates.count)
  const independent = new Int32Array(width).fill(-1)
  let matchParents: Int32Array = independent
  let strangerParents: Int32Array = independent
  let lambda = 0
  let iterations = 0
  let converged = false
  let model: { matches: Tree; strangers: Tree } | undefined
  const weights = new Int32Array(candidates.count)
  while (iterations < input.iterationsMax && !converged) {
    let matches = 0
    for (let i = 0; i < candidates.count; i++) {
      matchCounts[i] = candidates.counts[i] * p[i]
      strangerCounts[i] = candidates.counts[i] - matchCounts[i]
      matches += matchCounts[i]
    }
    const nextLambda = Math.min(Math.max(matches, 0.5) / pairsTotal, 0.5)
    const change = Math.abs(nextLambda - lambda) / nextLambda
    lambda = nextLambda
    const m = new JointTables(levelCounts)
    m.addAll(candidates, matchCounts)
    const u = new JointTables(levelCounts)
    u.addAll(candidates, strangerCounts)
    const strangersHere = u.copy()
    u.addTables(outsideTables)
    if (iterations % STRUCTURE_EVERY === 0 && iterations < 4 * STRUCTURE_EVERY) {
      matchParents = spanningTree(m, m, REPEATING)
      strangerParents = spanningTree(u, strangersHere, 0)
    }
    const priorStrength = Math.max(8, 0.01 * matches)
    model = {
      matches: treeOf(m, matchParents, input.usualM, priorStrength, 12),
      strangers: treeOf(u, strangerParents, undefined, 1, Math.max(20, 4 * input.outsideScale)),
    }
    const prior = Math.log2(lambda / (1 - lambda))
    for (let i = 0; i < candidates.count; i++) {
      const weight = prior + evidenceOf(model, candidates.levels, i * width)
      weights[i] = Math.round(weight * 1000)
      p[i] = 1 / (1 + 2 ** -Math.max(Math.min(weight, 60), -60))
    }
    iterations++
    converged = iterations > 3 * STRUCTURE_EVERY && change < 1e-4
  }
  if (model === undefined) throw new RangeError('iterationsMax must be at least 1')
  return { lambda, ...model, iterations, converged, weights, levelCounts }
}

/** Bits by which dependence may make a pattern likelier among matches than its columns one by one. */
const DEPENDENCE_BITS_MOST = 5

/**
 * Match weight of a pattern without the prior, in bits. Without the bound the tree of matches could describe a second
 * kind of pair, strangers who share a place and nothing else, as matches in which every column "differs together".
 */
export function evidenceOf(
  model: Pick<DependentModel, 'matches' | 'strangers'>,
  levels: Uint8Array,
  at: number,
): number {
  const { matches } = model
  let alone = 0
  for (let c = 0; c < matches.parents.length; c++) {
    const level = levels[at + c]
    if (level !== 0) alone += matches.logMarginals[c][level]
  }
  return Math.min(logOf(matches, levels, at), alone + DEPENDENCE_BITS_MOST) - logOf(model.strangers, levels, at)
}

/** log2 of the probability of a pattern within one class. */
function logOf(tree: Tree, levels: Uint8Array, at: number): number {
  let sum = 0
  for (let c = 0; c < tree.parents.length; c++) {
    const level = levels[at + c]
    if (level === 0) continue
    const parent = tree.parents[c]
    const condition = parent < 0 ? 0 : levels[at + parent]
    sum += tree.tables[c][condition * tree.marginals[c].length + level]
  }
  return sum
}

/**
 * Before anything is known: usual m against measured u, no single column counting for more than seven bits, so that
 * an address and its postcode alone cannot make a match of two strangers in one house.
 */
function startingProbabilities(input: DependentInput): Float64Array {
  const { candidates, outside, levelCounts, usualM } = input
  const width = levelCounts.length
  const u = new JointTables(levelCounts)
  u.addAll(outside, outside.counts)
  u.scale(input.outsideScale)
  const inside = new JointTables(levelCounts)
  inside.addAll(candidates, candidates.counts)
  u.addTables(inside)
  const table = levelCounts.map((levels, c) => {
    const total = u.singles[c].reduce((sum, count) => sum + count, 0) + levels
    return Float64Array.from({ length: levels }, (_, l) =>
      l === 0 ? 0 : Math.max(Math.min(Math.log2(usualM[c][l] / ((u.singles[c][l] + 1) / total)), 7), -5),
    )
  })
  const evidence = new Float64Array(candidates.count)
  const order = new Int32Array(candidates.count)
  for (let i = 0; i < candidates.count; i++) {
    let most = 0
    for (let c = 0; c < width; c++) {
      const level = candidates.levels[i * width + c]
      evidence[i] += table[c][level]
      if (level > 0) most += Math.max(...table[c])
    }
    // A pair that could say a lot and says half of it is no model of a match.
    evidence[i] -= Math.max(0.45 * most, 4)
    order[i] = i
  }
  return evidence.map((bits) => 1 / (1 + 2 ** -Math.max(Math.min(bits, 30), -30)))
}

/** Level counts of every comparison and of every pair of comparisons, missing left out of both. */
export class JointTables {
  readonly levelCounts: readonly number[]
  readonly singles: readonly Float64Array[]
  /** pairs[i × width + j], i < j: [level i × levels j + level j] */
  readonly pairs: readonly (Float64Array | undefined)[]

  constructor(levelCounts: readonly number[]) {
    this.levelCounts = levelCounts
    this.singles = levelCounts.map((levels) => new Float64Array(levels))
    this.pairs = levelCounts.flatMap((left, i) =>
      levelCounts.map((right, j) => (i < j ? new Float64Array(left * right) : undefined)),
    )
  }

  addAll(patterns: Patterns, counts: Float64Array): void {
    const { width, levels } = patterns
    for (let p = 0; p < patterns.count; p++) {
      const count = counts[p]
      if (count < 1e-9) continue
      const at = p * width
      for (let i = 0; i < width; i++) {
        const level = levels[at + i]
        if (level === 0) continue
        this.singles[i][level] += count
        for (let j = i + 1; j < width; j++) {
          const other = levels[at + j]
          if (other !== 0) (this.pairs[i * width + j] as Float64Array)[level * this.levelCounts[j] + other] += count
        }
      }
    }
  }

  addTables(other: JointTables): void {
    this.singles.forEach((table, i) => {
      for (let k = 0; k < table.length; k++) table[k] += other.singles[i][k]
    })
    this.pairs.forEach((table, i) => {
      if (table !== undefined) for (let k = 0; k < table.length; k++) table[k] += (other.pairs[i] as Float64Array)[k]
    })
  }

  scale(factor: number): void {
    for (const table of [...this.singles, ...this.pairs])
      if (table !== undefined) for (let k = 0; k < table.length; k++) table[k] *= factor
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

/**
 * The tree that explains most: edges by how much better `where` is foreseen with the dependence found in `tables`,
 * less what so many free numbers would explain by chance.
 */
function spanningTree(tables: JointTables, where: JointTables, leastPerPair: number): Int32Array {
  const width = tables.levelCounts.length
  const edges: { i: number; j: number; gain: number }[] = []
  for (let i = 0; i < width; i++)
    for (let j = i + 1; j < width; j++) {
      const joint = tables.pairs[i * width + j] as Float64Array
      const seen = where.pairs[i * width + j] as Float64Array
      const { rows, columns, total } = tables.margins(i, j)
      if (total <= 0) continue
      let gain = 0
      let cells = 0
      let pairs = 0
      for (let a = 1; a < rows.length; a++)
        for (let b = 1; b < columns.length; b++) {
          const at = a * columns.length + b
          const expected = (rows[a] * columns[b]) / total
          if (seen[at] <= 0 || expected <= 0) continue
          gain += seen[at] * Math.log((joint[at] + 1e-9) / expected)
          pairs += seen[at]
          if (seen[at] >= 0.5) cells++
        }
      gain -= 0.5 * cells * Math.log(Math.max(pairs, 1) + 1)
      if (gain > leastPerPair * pairs) edges.push({ i, j, gain })
    }
  edges.sort((x, y) => y.gain - x.gain || x.i - y.i || x.j - y.j)
  const group = Int32Array.from({ length: width }, (_, c) => c)
  const neighbours: number[][] = Array.from({ length: width }, () => [])
  for (const { i, j } of edges) {
    const [a, b] = [group[i], group[j]]
    if (a === b) continue
    for (let c = 0; c < width; c++) if (group[c] === b) group[c] = a
    neighbours[i].push(j)
    neighbours[j].push(i)
  }
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

function treeOf(
  tables: JointTables,
  parents: Int32Array,
  usual: readonly (readonly number[])[] | undefined,
  priorStrength: number,
  edgeStrength: number,
): Tree {
  const width = tables.levelCounts.length
  const marginals = tables.singles.map((single, c) => {
    const levels = single.length
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
    }
    return table
  })
  return { parents, tables: logs, marginals, logMarginals: marginals.map((marginal) => marginal.map(Math.log2)) }
}
