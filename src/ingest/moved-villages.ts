/**
 * Villages that two registers know under two codes.
 *
 * Villages are merged and townships renamed, and the police extract keeps the code of last year while the census has
 * that of this one. Read as they stand, a whole village is registered in one place and lives in another, and everybody
 * in it is a finding. Who bears one valid number here and there and says in the census that the hukou is where the row
 * lies (D8 = 1, and away rows) has told where the police's village is. Where nearly all of a village say the same other
 * village, it is that one under its old code, and the rows are read as if they bore the new.
 *
 * In: the table with all its columns. Out: old and new codes; area columns rewritten in place. Rows of the police are
 * moved; those of other registers only where no block bears the old code, for else it may be a neighbour's new one.
 */
import type { RecordTable } from '../records/record-table.ts'
import { isActive } from '../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../registers/columns.ts'
import type { IngestWarning } from './messages.ts'

/** People of one village by whom it is told: fewer may all have been written down wrongly. */
const PEOPLE_MIN = 10
/** So many of them name one other village; of a village split in two, or with a file that is missing, fewer do. */
const SHARE_MIN = 0.8
/** And so many of the village are found at all, compared with the county: people who live elsewhere are not the village. */
const FOUND_MIN = 0.5
const CODES_SHOWN = 8
const NOBODY = -1
const SEVERAL = -2

export function followMovedVillages(table: RecordTable, file: string): IngestWarning[] {
  const moved = movedVillages(table)
  if (moved.size === 0) return []
  const texts = [...moved].map(([from, to]) => `${table.areaText(from)} → ${table.areaText(to)}`).sort()
  renameVillages(table, moved)
  const shown = texts.slice(0, CODES_SHOWN).join(', ') + (texts.length > CODES_SHOWN ? ' …' : '')
  return [
    {
      code: 'E148',
      file,
      message: `有 ${texts.length} 个村的区划代码与普查不同(合并或改码)，已按普查代码对应，请核对 · ${texts.length} villages bear another code than in the census (merged or renumbered); they are read under the census code, please check: ${shown}`,
    },
  ]
}

function movedVillages(table: RecordTable): Map<number, number> {
  const { starts, columns: c, areas } = table
  const people = new Uint32Array(areas.size + 1)
  const policeOf = new Int32Array(table.ids.size + 1).fill(NOBODY)
  for (let row = starts[POLICE]; row < starts[POLICE + 1]; row++) {
    if (!isActive(c, row)) continue
    people[c.area[row]]++
    const number = c.idNo[row]
    if (number !== 0) policeOf[number] = policeOf[number] === NOBODY ? row : SEVERAL
  }
  const found = new Uint32Array(areas.size + 1)
  const elsewhere = new Map<number, Map<number, number>>()
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) {
    const to = c.area[row]
    const number = c.idNo[row]
    if (to === 0 || number === 0 || c.hukouArea[row] !== to) continue
    const police = policeOf[number]
    if (police < 0 || c.area[police] === 0) continue
    const from = c.area[police]
    found[from]++
    if (from === to) continue
    const counts = elsewhere.get(from) ?? new Map<number, number>()
    elsewhere.set(from, counts.set(to, (counts.get(to) ?? 0) + 1))
  }
  const usual = sum(found) / Math.max(1, sum(people))
  const moved = new Map<number, number>()
  for (const [from, counts] of elsewhere) {
    if (found[from] < PEOPLE_MIN || found[from] < people[from] * usual * FOUND_MIN) continue
    for (const [to, count] of counts)
      if (count >= found[from] * SHARE_MIN && areas.third(from) === 12 && areas.third(to) === 12) moved.set(from, to)
  }
  return moved
}

function renameVillages({ starts, rows, columns: c, areas }: RecordTable, moved: ReadonlyMap<number, number>): void {
  const name = Uint32Array.from({ length: areas.size + 1 }, (_, area) => moved.get(area) ?? area)
  const elsewhere = name.slice()
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) elsewhere[c.area[row]] = c.area[row]
  for (let row = 0; row < rows; row++) {
    const names = row < starts[POLICE + 1] ? name : elsewhere
    for (const column of [c.area, c.hukouArea, c.claimedHukouArea, c.residenceArea]) column[row] = names[column[row]]
  }
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0)
}
