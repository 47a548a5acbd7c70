/**
 * Villages that two registers know under two codes.
 *
 * Villages are merged and townships renamed, and the police extract keeps the code of last year while the census has
 * that of this one. Read as they stand, a whole village is registered in one place and lives in another, and everybody
 * in it is a finding. Who bears one valid number here and there and says in the census that the hukou is where the row
 * lies (D8 = 1, and away rows) has told where the police's village is. Where nearly all of a village say the same other
 * village, it is that one under its old code, and the rows are read as if they bore the new. A village that was split
 * (split-villages.ts) is several, and each household moves by itself. A township all of whose villages moved to one other is
 * that one (renamed-townships.ts).
 *
 * In: the table with all its columns. Out: old and new codes; area columns rewritten in place. Rows of the police are
 * moved; those of other registers only where no block bears the old code, for else it may be a neighbour's new one.
 */
import type { RecordTable } from '../records/record-table.ts'
import { CENSUS, POLICE } from '../registers/columns.ts'
import type { IngestWarning } from './messages.ts'
import { renameTownships } from './renamed-townships.ts'
import { moveSplitHouseholds, splitVillages } from './split-villages.ts'
import { askNumbers, isTold, SHARE_MIN, type VillageAnswers } from './village-answers.ts'

const CODES_SHOWN = 8

export function followMovedVillages(table: RecordTable, file: string): IngestWarning[] {
  const answers = askNumbers(table)
  const moved = movedVillages(table, answers)
  const split = splitVillages(table, answers)
  // Where nearly all are in one other village, the few under the old code were written down so.
  for (const village of moved.keys()) split.delete(village)
  if (moved.size + split.size === 0) return []
  const told = (parts: Iterable<number>): string =>
    Array.from(parts, (part) => table.areaText(part))
      .sort()
      .join('/')
  const texts = [
    ...[...moved].map(([from, to]) => `${table.areaText(from)} → ${table.areaText(to)}`),
    ...[...split].map(([from, parts]) => `${table.areaText(from)} → ${told(parts)}`),
  ].sort()
  moveSplitHouseholds(table, answers.policeOf, split)
  renameVillages(table, moved)
  renameTownships(table, answers, moved)
  const shown = texts.slice(0, CODES_SHOWN).join(', ') + (texts.length > CODES_SHOWN ? ' …' : '')
  return [
    {
      code: 'E148',
      file,
      message: `有 ${texts.length} 个村的区划代码与普查不同(合并、拆分或改码)，已按普查代码对应，请核对 · ${texts.length} villages bear another code than in the census (merged, split or renumbered); they are read under the census code, please check: ${shown}`,
    },
  ]
}

function movedVillages({ areas }: RecordTable, answers: VillageAnswers): Map<number, number> {
  const { found, elsewhere } = answers
  const moved = new Map<number, number>()
  for (const [from, counts] of elsewhere) {
    if (!isTold(answers, from)) continue
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
