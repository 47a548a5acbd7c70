/**
 * Clusters of records of one person, from pair weights, without giants made by one bridge.
 *
 * In:  pairs worth joining with their weights, and a function that weighs ANY two records. Out: cluster of each record,
 *      and the joins refused although a pair asked for them, with the reason.
 * Agglomerative: the firmest two clusters join first. How firm: three tenths the best pair between them, the rest the average of
 * ALL pairs between them (each held within bounds), so one strong pair cannot outvote many contradictions (a bridge), and
 * a poor record that fits its best partner well is not lost for fitting the rest badly.
 * Rows must be numbered by their values: equal weights are settled by row number.
 */
import { ascending } from '../../blocking/radix-sort.ts'

export interface PairWeights {
  readonly count: number
  readonly left: ArrayLike<number>
  readonly right: ArrayLike<number>
  /** milli-bits, prior included */
  readonly weight: ArrayLike<number>
}

export interface ClusterOptions {
  /** Two clusters join at this firmness or above, milli-bits. */
  readonly threshold: number
  /** Part of the best pair in the firmness, 0–1; the average of all pairs has the rest. */
  readonly bestShare: number
  /** Bounds of one pair's say, milli-bits. */
  readonly pairMost: number
  readonly pairLeast: number
  /** Pairs looked at between two clusters; larger clusters are represented by evenly spaced members. */
  readonly pairsPerJoin: number
}

const CLUSTER_DEFAULTS: ClusterOptions = {
  threshold: 0,
  bestShare: 0.3,
  pairMost: 10_000,
  pairLeast: -10_000,
  pairsPerJoin: 400,
}

export interface RefusedJoin {
  /** The pair that asked for it. */
  readonly left: number
  readonly right: number
  readonly weight: number
  readonly firmness: number
  readonly leftSize: number
  readonly rightSize: number
  readonly reason: string
}

export interface Clusters {
  /** Smallest row of the cluster, for each row. */
  readonly clusterOf: Int32Array
  readonly refused: readonly RefusedJoin[]
}

/** @param weightOf milli-bits of any two rows, the smaller first */
export function clusterRecords(
  rowCount: number,
  pairs: PairWeights,
  weightOf: (a: number, b: number) => number,
  given: Partial<ClusterOptions> = {},
): Clusters {
  const clusters = new GrowingClusters(rowCount, weightOf, { ...CLUSTER_DEFAULTS, ...given })
  // What was refused asks again once others have joined: the average may have risen.
  let refused = joinFirmestFirst(clusters, pairs, ascending(pairs.count))
  while (refused.joined > 0) refused = joinFirmestFirst(clusters, pairs, refused.open)
  const clusterOf = Int32Array.from({ length: rowCount }, (_, row) => clusters.root(row))
  return { clusterOf, refused: Array.from(refused.open, (i) => refusal(clusters, pairs, i, refused.firmness)) }
}

/** What a round left. */
interface Round {
  readonly joined: number
  /** Pairs refused, ascending, and how firm the clusters between them were. */
  readonly open: Int32Array
  readonly firmness: ReadonlyMap<number, number>
}

function joinFirmestFirst(clusters: GrowingClusters, pairs: PairWeights, open: ArrayLike<number>): Round {
  const { threshold } = clusters.options
  const firmnessOf = new Map<number, number>()
  let joined = 0
  // Firmness of each pair's clusters is looked up when its turn comes; if it fell, the pair waits for its new turn.
  const queue = new Queue(open, pairs, (weight) => clusters.bounded(weight))
  for (let top = queue.pop(); top !== undefined; top = queue.pop()) {
    const a = clusters.root(pairs.left[top.item])
    const b = clusters.root(pairs.right[top.item])
    if (a === b) continue
    const firmness = clusters.firmness(a, b, pairs.weight[top.item])
    if (firmness < threshold) firmnessOf.set(top.item, firmness)
    else if (firmness < top.key) queue.push(firmness, top.item)
    else {
      clusters.join(a, b)
      joined++
    }
  }
  return { joined, open: Int32Array.from(firmnessOf.keys()).sort(), firmness: firmnessOf }
}

function refusal(
  clusters: GrowingClusters,
  pairs: PairWeights,
  i: number,
  firmness: ReadonlyMap<number, number>,
): RefusedJoin {
  const [left, right] = [pairs.left[i], pairs.right[i]]
  const [leftSize, rightSize] = [clusters.sizeOf(left), clusters.sizeOf(right)]
  const reason =
    leftSize === 1 && rightSize === 1
      ? 'the pair is too weak'
      : `one pair agrees, but the ${leftSize * rightSize} pairs between the groups (${leftSize} and ${rightSize} records) contradict it`
  return { left, right, weight: pairs.weight[i], firmness: firmness.get(i) ?? 0, leftSize, rightSize, reason }
}

/** Clusters as they grow; each is named by its smallest row. */
class GrowingClusters {
  readonly options: ClusterOptions
  private readonly weightOf: (a: number, b: number) => number
  private readonly parent: Int32Array
  /** By root. */
  private readonly sizes: Int32Array
  /** Rows of clusters of two and more, ascending. */
  private readonly members = new Map<number, readonly number[]>()

  constructor(rowCount: number, weightOf: (a: number, b: number) => number, options: ClusterOptions) {
    this.options = options
    this.weightOf = weightOf
    this.parent = ascending(rowCount)
    this.sizes = new Int32Array(rowCount).fill(1)
  }

  root(row: number): number {
    const { parent } = this
    let root = row
    while (parent[root] !== root) root = parent[root]
    for (let at = row; parent[at] !== root; ) {
      const next = parent[at]
      parent[at] = root
      at = next
    }
    return root
  }

  sizeOf(row: number): number {
    return this.sizes[this.root(row)]
  }

  /** What one pair may say, milli-bits. */
  bounded(weight: number): number {
    return Math.max(Math.min(weight, this.options.pairMost), this.options.pairLeast)
  }

  /** How firmly two clusters belong together; of two single rows it is the weight of their pair. */
  firmness(a: number, b: number, weight: number): number {
    if (this.sizes[a] === 1 && this.sizes[b] === 1) return this.bounded(weight)
    const { bestShare, pairsPerJoin } = this.options
    const [left, right] = [thin(this.membersOf(a), pairsPerJoin), thin(this.membersOf(b), pairsPerJoin)]
    let best = Number.NEGATIVE_INFINITY
    let sum = 0
    for (const x of left)
      for (const y of right) {
        const between = this.bounded(x < y ? this.weightOf(x, y) : this.weightOf(y, x))
        if (between > best) best = between
        sum += between
      }
    return Math.round(bestShare * best + ((1 - bestShare) * sum) / (left.length * right.length))
  }

  join(a: number, b: number): void {
    const [root, gone] = a < b ? [a, b] : [b, a]
    this.parent[gone] = root
    this.sizes[root] += this.sizes[gone]
    // Most clusters are of two.
    const isOfTwo = this.sizes[root] === 2
    const both = isOfTwo ? [root, gone] : [...this.membersOf(a), ...this.membersOf(b)].sort((x, y) => x - y)
    this.members.set(root, both)
    this.members.delete(gone)
  }

  private membersOf(root: number): readonly number[] {
    return this.members.get(root) ?? [root]
  }
}

/**
 * Rows cluster by cluster, clusters and their rows ascending; cluster c ends at ends[c].
 * @param clusterOf smallest row of the cluster, for each row
 */
export function rowsByCluster(clusterOf: Int32Array): { readonly rows: Int32Array; readonly ends: Int32Array } {
  const place = new Int32Array(clusterOf.length)
  let clusters = 0
  for (let row = 0; row < clusterOf.length; row++) if (clusterOf[row] === row) place[row] = clusters++
  const ends = new Int32Array(clusters)
  for (const cluster of clusterOf) ends[place[cluster]]++
  for (let c = 0, sum = 0; c < clusters; c++) {
    const size = ends[c]
    ends[c] = sum
    sum += size
  }
  const rows = new Int32Array(clusterOf.length)
  for (let row = 0; row < clusterOf.length; row++) rows[ends[place[clusterOf[row]]]++] = row
  return { rows, ends }
}

/** Evenly spaced members, so that left × right stays within the limit. */
function thin(rows: readonly number[], pairsMost: number): readonly number[] {
  const most = Math.floor(Math.sqrt(pairsMost))
  if (rows.length <= most) return rows
  return Array.from({ length: most }, (_, i) => rows[Math.floor((i * rows.length) / most)])
}

/**
 * Pairs by key, the largest first; equal keys by the pair's own weight, then by its rows. Most pairs come once: they are
 * sorted at the beginning. Those that come back with a smaller key stand in a heap beside them.
 */
class Queue {
  private readonly pairs: PairWeights
  private readonly sorted: Int32Array
  private readonly first: (weight: number) => number
  private next = 0
  private readonly keys: number[] = []
  private readonly items: number[] = []

  /** @param first the key that a pair of this weight has at the beginning; never smaller for a larger weight */
  constructor(items: ArrayLike<number>, pairs: PairWeights, first: (weight: number) => number) {
    this.pairs = pairs
    this.first = first
    const { left, right, weight } = pairs
    this.sorted = Int32Array.from(items).sort(
      (a, b) => weight[b] - weight[a] || left[a] - left[b] || right[a] - right[b],
    )
  }

  /** Whether a pair with its key comes before another. */
  private isBefore(keyA: number, a: number, keyB: number, b: number): boolean {
    const { left, right, weight } = this.pairs
    const difference = keyA - keyB || weight[a] - weight[b]
    return difference === 0 ? (left[a] - left[b] || right[a] - right[b]) < 0 : difference > 0
  }

  private isUp(i: number, j: number): boolean {
    return this.isBefore(this.keys[i], this.items[i], this.keys[j], this.items[j])
  }

  private swap(i: number, j: number): void {
    ;[this.keys[i], this.keys[j]] = [this.keys[j], this.keys[i]]
    ;[this.items[i], this.items[j]] = [this.items[j], this.items[i]]
  }

  push(key: number, item: number): void {
    let i = this.keys.push(key) - 1
    this.items.push(item)
    while (i > 0) {
      const up = (i - 1) >> 1
      if (!this.isUp(i, up)) break
      this.swap(i, up)
      i = up
    }
  }

  pop(): { key: number; item: number } | undefined {
    const { sorted, next, keys, items } = this
    if (next < sorted.length) {
      const item = sorted[next]
      const key = this.first(this.pairs.weight[item])
      if (keys.length === 0 || this.isBefore(key, item, keys[0], items[0])) {
        this.next++
        return { key, item }
      }
    }
    if (keys.length === 0) return undefined
    this.swap(0, keys.length - 1)
    const key = keys.pop() as number
    const item = items.pop() as number
    for (let i = 0; ; ) {
      let top = i
      for (const child of [2 * i + 1, 2 * i + 2]) if (child < keys.length && this.isUp(child, top)) top = child
      if (top === i) break
      this.swap(i, top)
      i = top
    }
    return { key, item }
  }
}
