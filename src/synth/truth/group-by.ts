/** Rows by a part of their code: groups of a few thousand, so that no map of all households is held. */
export function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const found = groups.get(key)
    if (found === undefined) groups.set(key, [row])
    else found.push(row)
  }
  return groups
}
