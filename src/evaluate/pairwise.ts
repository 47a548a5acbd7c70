/**
 * Pairwise precision and recall of a grouping against the true one, by register pair; and B³.
 *
 * In: two person numbers and a register for every record. Out: counts and shares. Nothing is enumerated: true pairs are
 * counted from how many records each (found person, true person, register) cell holds, so a hundred duplicates of one
 * person cost one cell. Precision without found pairs and recall without true pairs are NaN: nothing was asked.
 */
import { REGISTERS, type RegisterName } from '../registers/columns.ts'

const G = REGISTERS.length

/** Two groupings of the same records. */
export interface Groupings {
  readonly found: Int32Array
  readonly truth: Int32Array
  readonly register: Uint8Array
}

export interface PairQuality {
  readonly left: RegisterName | 'all' | 'within' | 'across'
  readonly right: RegisterName | ''
  readonly found: number
  readonly true: number
  /** Pairs that are both. */
  readonly both: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

export interface BCubed {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** One line for all pairs, within and across registers, and each register pair that occurs. */
export function measurePairs(groupings: Groupings): PairQuality[] {
  const { found, truth, register } = groupings
  const cells = cellsOf(groupings)
  const foundPairs = countPairs(found, register)
  const truePairs = countPairs(truth, register)
  const both = countPairs(cells, register)
  const lines: PairQuality[] = []
  let within = [0, 0, 0]
  let across = [0, 0, 0]
  for (let l = 0; l < G; l++)
    for (let r = l; r < G; r++) {
      const counts = [foundPairs[l * G + r], truePairs[l * G + r], both[l * G + r]]
      if (l === r) within = within.map((n, k) => n + counts[k])
      else across = across.map((n, k) => n + counts[k])
      if (counts[0] + counts[1] > 0) lines.push(quality(REGISTERS[l], REGISTERS[r], counts))
    }
  const all = within.map((n, k) => n + across[k])
  return [quality('all', '', all), quality('within', '', within), quality('across', '', across), ...lines]
}

/** B³ (Bagga and Baldwin 1998): each record's own precision and recall, averaged. */
export function measureBCubed(groupings: Groupings): BCubed {
  const { found, truth } = groupings
  const cells = cellsOf(groupings)
  const foundSize = sizesOf(found)
  const trueSize = sizesOf(truth)
  const cellSize = sizesOf(cells)
  let precision = 0
  let recall = 0
  for (let i = 0; i < found.length; i++) {
    precision += cellSize[cells[i]] / foundSize[found[i]]
    recall += cellSize[cells[i]] / trueSize[truth[i]]
  }
  precision /= found.length
  recall /= found.length
  return { precision, recall, f1: harmonic(precision, recall) }
}

function quality(left: PairQuality['left'], right: PairQuality['right'], counts: readonly number[]): PairQuality {
  const [found, truePairs, both] = counts
  const precision = both / found
  const recall = both / truePairs
  return { left, right, found, true: truePairs, both: both, precision, recall, f1: harmonic(precision, recall) }
}

export function harmonic(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
}

/** Numbers each (found, true) combination that occurs. */
function cellsOf({ found, truth }: Groupings): Int32Array {
  const n = found.length
  let slots = 1024
  while (slots < n * 2) slots *= 2
  const first = new Int32Array(slots)
  const cells = new Int32Array(n)
  let count = 0
  for (let i = 0; i < n; i++) {
    let h = Math.imul(found[i], 0x9e3779b1) ^ Math.imul(truth[i], 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35)
    let slot = (h ^ (h >>> 13)) & (slots - 1)
    for (;;) {
      const j = first[slot] - 1
      if (j < 0) {
        first[slot] = i + 1
        cells[i] = count++
        break
      }
      if (found[j] === found[i] && truth[j] === truth[i]) {
        cells[i] = cells[j]
        break
      }
      slot = (slot + 1) & (slots - 1)
    }
  }
  return cells
}

function sizesOf(groups: Int32Array): Float64Array {
  let most = -1
  for (const group of groups) if (group > most) most = group
  const sizes = new Float64Array(most + 1)
  for (const group of groups) sizes[group]++
  return sizes
}

/** Pairs inside groups, by register pair (l × G + r, l ≤ r). */
function countPairs(groups: Int32Array, register: Uint8Array): Float64Array {
  let most = -1
  for (const group of groups) if (group > most) most = group
  const counts = new Uint32Array((most + 1) * G)
  for (let i = 0; i < groups.length; i++) counts[groups[i] * G + register[i]]++
  const pairs = new Float64Array(G * G)
  for (let at = 0; at < counts.length; at += G)
    for (let l = 0; l < G; l++) {
      const n = counts[at + l]
      if (n === 0) continue
      pairs[l * G + l] += (n * (n - 1)) / 2
      for (let r = l + 1; r < G; r++) pairs[l * G + r] += n * counts[at + r]
    }
  return pairs
}
