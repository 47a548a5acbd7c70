/**
 * A table of a few rows, as a person would type it to see what comes of it: things of a made-up table, half of them there several times.
 *
 * In:  a made-up table, how many rows about, chance. Out: the rows of the things drawn, at most six a thing and table.
 */
import type { MadeTable } from './made-table.ts'
import type { Chance, Row } from './words.ts'

interface Thing {
  readonly left: Row[]
  readonly right: Row[]
}

const ROWS_MOST = 6
const DRAWS_MOST = 10_000

export function drawFew({ left, right, spec }: MadeTable, rowsLeast: number, chance: Chance): MadeTable {
  const things = new Map<string, Thing>()
  const put = (row: Row, side: keyof Thing) => {
    const thing = things.get(row.cluster) ?? { left: [], right: [] }
    if (thing[side].length < ROWS_MOST) thing[side].push(row)
    things.set(row.cluster, thing)
  }
  for (const row of left) put(row, 'left')
  for (const row of right ?? []) put(row, 'right')
  const areSeveral = (thing: Thing) =>
    right === undefined ? thing.left.length > 1 : thing.left.length > 0 && thing.right.length > 0
  const all = [...things.values()]
  const [several, single] = [all.filter(areSeveral), all.filter((thing) => !areSeveral(thing))]
  const drawn = new Set<Thing>()
  let rows = 0
  for (let draw = 0; rows < rowsLeast && draw < DRAWS_MOST; draw++) {
    const from = several.length > 0 && (single.length === 0 || chance.happens(0.5)) ? several : single
    const thing = chance.pick(from)
    if (drawn.has(thing)) continue
    drawn.add(thing)
    rows += thing.left.length + thing.right.length
  }
  const few = [...drawn]
  return {
    left: few.flatMap((thing) => thing.left),
    right: right && few.flatMap((thing) => thing.right),
    spec,
  }
}
