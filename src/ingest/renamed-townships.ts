/**
 * Townships and counties whose code changed with that of all their villages.
 *
 * A claim in the census often knows no more of a place than its township or county, and names it as the old booklet does. Where
 * all villages that the police have under such a code are read under another (moved-villages.ts), all of them under the same
 * one, the short code means that one too. Not where a block of the census bears the code, nor where the villages went to
 * several, nor where one of them has people enough to tell where it is and does not.
 *
 * In: the table, the villages moved. Out: short codes of rows rewritten in place, in every register.
 */
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS } from '../registers/columns.ts'
import { PEOPLE_MIN, type VillageAnswers } from './village-answers.ts'

/** Digits of a township and of a county. */
const SHORT_CODES = [9, 6]

export function renameTownships(table: RecordTable, answers: VillageAnswers, moved: ReadonlyMap<number, number>): void {
  if (moved.size === 0) return
  const renamed = SHORT_CODES.map((digits) => renamedCodes(table, answers, moved, digits))
  if (renamed.every(({ size }) => size === 0)) return
  const { columns: c, rows } = table
  const columns = [c.hukouArea, c.claimedHukouArea, c.residenceArea, c.area]
  const numbers = new Map<string, number>()
  for (let row = 0; row < rows; row++)
    for (const column of columns) if (isShort(table, column[row])) numbers.set(table.areaText(column[row]), column[row])
  const name = Uint32Array.from({ length: table.areas.size + 1 }, (_, area) => area)
  for (const codes of renamed)
    for (const [from, to] of codes) {
      const old = numbers.get(from)
      if (old === undefined) continue
      const known = numbers.get(to)
      // Where no row names the new code, the old one's number is the new code's from now on.
      if (known === undefined)
        table.areas.replace(old, Number(to.slice(0, 6)), Number(to.slice(6).padEnd(6, '0')), to.length)
      else name[old] = known
      numbers.set(to, known ?? old)
    }
  for (let row = 0; row < rows; row++) for (const column of columns) column[row] = name[column[row]]
}

/** Old code → new code, of those with so many digits. */
function renamedCodes(
  table: RecordTable,
  { people }: VillageAnswers,
  moved: ReadonlyMap<number, number>,
  digits: number,
): Map<string, string> {
  const { starts, columns: c, areas } = table
  const code = (area: number): string => table.areaText(area).slice(0, digits)
  const found = new Map<string, string>()
  const kept = new Set<string>()
  for (let village = 1; village <= areas.size; village++) {
    const to = moved.get(village)
    if (to !== undefined) {
      const before = found.get(code(village))
      if (before !== undefined && before !== code(to)) kept.add(code(village))
      found.set(code(village), code(to))
    } else if (people[village] >= PEOPLE_MIN) kept.add(code(village))
  }
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) if (c.area[row] !== 0) kept.add(code(c.area[row]))
  return new Map([...found].filter(([from, to]) => from !== to && !kept.has(from)))
}

function isShort({ areas }: RecordTable, area: number): boolean {
  return area !== 0 && areas.third(area) < 12
}
