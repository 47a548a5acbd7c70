/**
 * Small cells: a count from 1 to 9 in a small place can name somebody, and so can the difference to a printed total.
 *
 * In:  a table of counts. Out: the same table with its margins, and which cells may not be printed. In every row and
 * column, margins included, either nothing is hidden or at least two cells with at least ten people together are, so that
 * no subtraction gives a hidden cell back. PURE.
 */
export const SMALL_CELL = 10

export interface SuppressedTable {
  /** Rows × columns, a last row and a last column of totals. */
  readonly counts: readonly (readonly number[])[]
  readonly hidden: readonly (readonly boolean[])[]
}

export function suppressSmallCells(table: readonly (readonly number[])[]): SuppressedTable {
  const width = Math.max(0, ...table.map((row) => row.length))
  const counts = table.map((row) => {
    const cells = Array.from({ length: width }, (_, c) => row[c] ?? 0)
    return [...cells, sumOf(cells)]
  })
  counts.push(Array.from({ length: width + 1 }, (_, c) => sumOf(counts.map((row) => row[c]))))
  const hidden = counts.map((row, r) =>
    row.map((count, c) => count > 0 && count < SMALL_CELL && !(r === counts.length - 1 && c === width)),
  )

  // Hiding only grows, so this ends. The smallest open cell goes next: it tells least.
  for (let changed = true; changed; ) {
    changed = false
    for (const line of linesOf(counts.length, width + 1)) {
      const shut = line.filter(([r, c]) => hidden[r][c])
      if (shut.length === 0) continue
      if (shut.length > 1 && sumOf(shut.map(([r, c]) => counts[r][c])) >= SMALL_CELL) continue
      const open = line.filter(([r, c]) => !hidden[r][c])
      if (open.length === 0) continue
      const [r, c] = open.reduce((best, cell) => (rank(counts, cell) < rank(counts, best) ? cell : best))
      hidden[r][c] = true
      changed = true
    }
  }
  return { counts, hidden }
}

type Cell = readonly [number, number]

/** Noughts last: hiding a nought protects less than hiding a count. */
function rank(counts: readonly (readonly number[])[], [r, c]: Cell): number {
  return counts[r][c] === 0 ? Number.MAX_SAFE_INTEGER : counts[r][c]
}

function linesOf(rows: number, columns: number): Cell[][] {
  const indices = (n: number) => Array.from({ length: n }, (_, i) => i)
  return [
    ...indices(rows).map((r) => indices(columns).map((c): Cell => [r, c])),
    ...indices(columns).map((c) => indices(rows).map((r): Cell => [r, c])),
  ]
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0)
}
