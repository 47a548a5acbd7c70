/**
 * Record linkage as one writes it in an afternoon: objects, a Map of arrays for every key, string distances, greedy.
 *
 * In: records as objects of strings. Out: candidate pairs, similarities, links. It is the floor that bidui is measured
 * against: same files, the same kinds of keys, trusted packages for the distances; no sounds, no model, no findings.
 */
import { createRequire } from 'node:module'

export interface NaiveRecord {
  readonly register: string
  readonly recordId: string
  readonly id: string
  readonly name: string
  readonly formerName: string
  readonly sex: string
  /** Digits only: YYYYMMDD, or YYYYMM where the register has no day. */
  readonly birth: string
  /** Village of the hukou, and of the row itself. */
  readonly area: string
  readonly here: string
  readonly address: string
  readonly motherId: string
  readonly motherName: string
}

export interface NaivePair {
  readonly left: number
  readonly right: number
  readonly similarity: number
}

const require = createRequire(import.meta.url)
/** By its own path: `natural` as a whole loads word nets and database clients. */
const jaroWinkler = require('natural/lib/natural/distance/jaro-winkler_distance') as (a: string, b: string) => number
const levenshtein = require('fast-levenshtein') as { get(a: string, b: string): number }

/** The kinds of bidui's own rules (src/blocking/rules.ts), but for those that need the sound of a name. */
const KEYS: readonly ((r: NaiveRecord) => string)[] = [
  (r) => r.id,
  (r) => join(r.id.slice(0, 14), r.area.slice(0, 9)),
  (r) => r.id.slice(6),
  (r) => join(r.id.slice(0, 6), r.id.slice(14), r.birth.slice(0, 6)),
  (r) => join(r.id.slice(0, 6), r.id.slice(10), r.name.slice(0, 1)),
  (r) => join(r.name, r.birth.slice(0, 6)),
  (r) => join(r.formerName === '' ? r.name : r.formerName, r.birth.slice(0, 6)),
  (r) => join(r.name, r.area),
  (r) => join(r.name, r.birth.slice(4, 8)),
  (r) => join(r.name, r.birth.slice(0, 4), r.area.slice(0, 9)),
  (r) => join(r.birth.slice(0, 6), r.sex, r.area),
  (r) => join(r.name.slice(0, 1), r.birth.slice(0, 6), r.area.slice(0, 9)),
  (r) => join(r.name.slice(1), r.birth.slice(0, 6), r.area.slice(0, 9)),
  (r) => join([...r.name].sort().join(''), r.birth.slice(0, 4)),
  (r) => join(r.name, r.here),
  (r) => join(r.motherId, r.birth.slice(0, 6)),
  (r) => join(r.motherName, r.birth, r.sex),
]

/** A key lacks nothing that its rule asks for, or it is no key. */
function join(...parts: readonly string[]): string {
  return parts.includes('') ? '' : parts.join('|')
}

/** Blocks beyond this are placeholders (无, 000000…) for the most part; they are left out and counted. */
const BLOCK_ROWS_MAX = 500

export const NAIVE_THRESHOLD = 0.88

export interface NaiveCandidates {
  readonly pairs: readonly NaivePair[]
  readonly compared: number
  readonly blocksLeftOut: number
}

/** Proposes and scores; keeps the pairs that reach the threshold. */
export function scoreCandidates(records: readonly NaiveRecord[]): NaiveCandidates {
  let blocksLeftOut = 0
  const blocks = KEYS.map((keyOf) => {
    const byKey = new Map<string, number[]>()
    records.forEach((record, row) => {
      const key = keyOf(record)
      if (key === '') return
      const rows = byKey.get(key)
      if (rows === undefined) byKey.set(key, [row])
      else rows.push(row)
    })
    return byKey
  })
  for (const byKey of blocks)
    for (const [key, rows] of byKey) {
      if (rows.length <= BLOCK_ROWS_MAX) continue
      byKey.delete(key)
      blocksLeftOut++
    }
  const pairs: NaivePair[] = []
  let compared = 0
  records.forEach((record, left) => {
    const candidates = new Set<number>()
    KEYS.forEach((keyOf, k) => {
      const key = keyOf(record)
      if (key === '') return
      for (const right of blocks[k].get(key) ?? []) if (right > left) candidates.add(right)
    })
    for (const right of candidates) {
      compared++
      const similarity = comparePair(record, records[right])
      if (similarity >= NAIVE_THRESHOLD) pairs.push({ left, right, similarity })
    }
  })
  return { pairs, compared, blocksLeftOut }
}

/** Weighted mean of the similarities of the fields that both rows have. */
export function comparePair(a: NaiveRecord, b: NaiveRecord): number {
  let sum = 0
  let weights = 0
  const add = (weight: number, similarity: number): void => {
    sum += weight * similarity
    weights += weight
  }
  if (a.id !== '' && b.id !== '') add(4, ratio(a.id, b.id))
  if (a.name !== '' && b.name !== '') add(3, jaroWinkler(a.name, b.name))
  if (a.birth !== '' && b.birth !== '') {
    const digits = Math.min(a.birth.length, b.birth.length)
    add(3, ratio(a.birth.slice(0, digits), b.birth.slice(0, digits)))
  }
  if (a.sex !== '' && b.sex !== '') add(1, a.sex === b.sex ? 1 : 0)
  if (a.area !== '' && b.area !== '')
    add(1, a.area === b.area ? 1 : a.area.slice(0, 9) === b.area.slice(0, 9) ? 0.5 : 0)
  if (a.address !== '' && b.address !== '') add(0.5, jaroWinkler(a.address, b.address))
  if (a.motherId !== '' && b.motherId !== '') add(1, a.motherId === b.motherId ? 1 : 0)
  return weights === 0 ? 0 : sum / weights
}

function ratio(a: string, b: string): number {
  return 1 - levenshtein.get(a, b) / Math.max(a.length, b.length)
}

/** Best first; two different whole numbers never come together. @returns person of each row, links made */
export function linkGreedily(records: readonly NaiveRecord[], pairs: readonly NaivePair[]) {
  const parent = records.map((_, row) => row)
  const numbers = records.map(({ id }) => (id.length === 18 ? id : ''))
  const root = (row: number): number => {
    let at = row
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]]
      at = parent[at]
    }
    return at
  }
  const links: NaivePair[] = []
  const best = [...pairs].sort((x, y) => y.similarity - x.similarity || x.left - y.left || x.right - y.right)
  for (const pair of best) {
    const a = root(pair.left)
    const b = root(pair.right)
    if (a !== b) {
      if (numbers[a] !== '' && numbers[b] !== '' && numbers[a] !== numbers[b] && pair.similarity < 0.97) continue
      parent[Math.max(a, b)] = Math.min(a, b)
      if (numbers[Math.min(a, b)] === '') numbers[Math.min(a, b)] = numbers[Math.max(a, b)]
    }
    links.push(pair)
  }
  return { personOf: parent.map((_, row) => root(row)), links }
}
