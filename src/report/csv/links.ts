/**
 * links.csv: every link and every pair for review with its match weight (log2) and match probability.
 *
 * In: record table, links. Out: the file. Lines stand in the order of Links (left row, right row). Left is the earlier
 * register; within one register the smaller record id in code points.
 */
import { DECISION, type Links, probabilityOf } from '../../linking/people.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { REGISTERS } from '../../registers/columns.ts'
import { writeCsv, writeMillionths, writeThousandths } from './bytes.ts'
import { RecordIds, ROWS_AHEAD } from '../../ids/record-ids.ts'

const LINK_COLUMNS = [
  'left_register',
  'left_record_id',
  'right_register',
  'right_record_id',
  'match_weight',
  'match_probability',
  'decision',
] as const

const encoder = new TextEncoder()
/** From here on the probability is 1.000000. */
const CERTAIN_MILLI_BITS = 21_000

export function writeLinksCsv(
  path: string,
  table: RecordTable,
  links: Pick<Links, 'count' | 'left' | 'right' | 'weight' | 'decision'>,
): number {
  const ids = new RecordIds(table)
  const lefts = REGISTERS.map((register) => encoder.encode(`${register},`))
  const rights = REGISTERS.map((register) => encoder.encode(`,${register},`))
  const ends = [encoder.encode(',link\n'), encoder.encode(',review\n')]
  const registerOfRow = (row: number): number => table.registerOf(row)
  return writeCsv(path, LINK_COLUMNS, (file) => {
    const { buffer } = file
    for (let n = 0; n < links.count; n++) {
      if (n % ROWS_AHEAD === 0) {
        const end = Math.min(links.count, n + ROWS_AHEAD)
        ids.readAhead(links.left, n, end)
        ids.readAhead(links.right, n, end)
      }
      let left = links.left[n]
      let right = links.right[n]
      const leftRegister = registerOfRow(left)
      const rightRegister = registerOfRow(right)
      if (leftRegister === rightRegister && ids.compare(left, right) > 0) [left, right] = [right, left]
      file.room(2 * 65_536 * 3)
      let at = copy(lefts[leftRegister], buffer, file.at)
      at = ids.writeCell(left, buffer, at)
      at = copy(rights[rightRegister], buffer, at)
      at = ids.writeCell(right, buffer, at)
      buffer[at++] = 44
      const weight = links.weight[n]
      at = writeThousandths(buffer, at, weight)
      buffer[at++] = 44
      const millionths = weight >= CERTAIN_MILLI_BITS ? 1_000_000 : Math.round(probabilityOf(weight) * 1_000_000)
      at = writeMillionths(buffer, at, millionths)
      file.at = copy(links.decision[n] === DECISION.link ? ends[0] : ends[1], buffer, at)
    }
  })
}

function copy(bytes: Uint8Array, buffer: Uint8Array, at: number): number {
  for (let k = 0; k < bytes.length; k++) buffer[at++] = bytes[k]
  return at
}
