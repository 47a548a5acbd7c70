/**
 * Two lists of rows, and the pairs of one row of each that share a key.
 *
 * Most who share a key are told apart by their numbers, so these lie beside the rows: a pair of strangers costs no look at their groups,
 * which lie all over the memory. Both lists are sorted by the key and gone through side by side.
 * In:  rows, a key of a row (a hash of what it is made of; 0 none). Out: each pair, once for each key.
 */
import { ascending, RadixSorter } from '../../blocking/radix-sort.ts'
import type { RecordTable } from '../../records/record-table.ts'
import type { Groups } from '../groups.ts'

export class KeyedRows {
  private readonly rows: Int32Array
  /** By place among the rows: the row's own number, and the credible one of its group; 0 none. */
  private readonly own: Int32Array
  private readonly credible: Int32Array
  /** Places in the order of their keys, those without a key left out. */
  private readonly order: Int32Array
  private readonly keys: Int32Array
  private count = 0
  private readonly sorter: RadixSorter

  /** @param isListed by row, 1 = in the list */
  constructor({ columns }: Pick<RecordTable, 'columns'>, groups: Groups, isListed: Uint8Array) {
    this.rows = ascending(isListed.length).filter((row) => isListed[row] === 1)
    const { length } = this.rows
    this.own = this.rows.map((row) => columns.idNo[row])
    this.credible = this.rows.map((row) => groups.idNo[groups.root(row)])
    this.order = new Int32Array(length)
    this.keys = new Int32Array(length)
    this.sorter = new RadixSorter(length)
  }

  /** Puts the rows in the order of their keys. */
  sortBy(keyOf: (row: number) => number): void {
    let count = 0
    for (let place = 0; place < this.rows.length; place++) {
      const key = keyOf(this.rows[place])
      if (key === 0) continue
      this.keys[count] = key
      this.order[count++] = place
    }
    this.count = count
    this.sorter.sort(this.keys, this.order, count)
  }

  /**
   * Calls `see` with each pair of a row of this list and one of the other that share a key, both lists sorted by it, but for pairs whose
   * numbers say that they are two people (areTwoByNumber).
   * @param sharedMax a key that more rows of the other list share tells nothing
   */
  meet(others: KeyedRows, sharedMax: number, see: (row: number, other: number) => void): void {
    for (let start = 0, end = 0, from = 0, to = 0; start < this.count; start = end) {
      const key = this.keys[start]
      end = this.endOfKey(start)
      // As the sorter has it: keys as unsigned numbers.
      for (from = to; from < others.count && others.keys[from] >>> 0 < key >>> 0; ) from++
      to = from
      if (from === others.count) return
      if (others.keys[from] !== key) continue
      to = others.endOfKey(from)
      if (to - from > sharedMax) continue
      for (let i = start; i < end; i++) this.meetOne(this.order[i], others, from, to, see)
    }
  }

  private endOfKey(start: number): number {
    let end = start + 1
    while (end < this.count && this.keys[end] === this.keys[start]) end++
    return end
  }

  private meetOne(
    place: number,
    others: KeyedRows,
    from: number,
    to: number,
    see: (row: number, other: number) => void,
  ): void {
    const own = this.own[place]
    const credible = this.credible[place]
    for (let k = from; k < to; k++) {
      const other = others.order[k]
      const theirs = others.credible[other]
      if (credible !== 0 && theirs !== 0 && credible !== theirs && own !== others.own[other]) continue
      see(this.rows[place], others.rows[other])
    }
  }
}
