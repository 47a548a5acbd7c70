/**
 * Whose child the register says a census row's person is, beside a certificate of birth.
 *
 * A census row names no parents, so it and a certificate agree as well on the cousin next door: one surname, one month, one village.
 * Its police row, where one is linked, does name them.
 * In:  a row, the certificate, groups. Out: the pattern of the certificate and that police row, whose parents agree least
 * badly where the person has several; undefined where none names any.
 */
import { KIN_LEVEL, type Kernel, kinLevelOf } from '../../matching/kernel.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'

export interface RegisteredParentsContext {
  readonly table: Pick<RecordTable, 'starts'>
  readonly groups: Pick<Groups, 'following'>
  readonly kernel: Pick<Kernel, 'compare'>
}

/** @param row any row of the person; @param birth row of the certificate */
export function parentsBeside(
  { table, groups, kernel }: RegisteredParentsContext,
  row: number,
  birth: number,
): number | undefined {
  let best: number | undefined
  let other = row
  do {
    if (other < table.starts[POLICE + 1]) {
      const pattern = kernel.compare(other, birth)
      const level = kinLevelOf(pattern)
      if (level !== KIN_LEVEL.missing && (best === undefined || level < kinLevelOf(best))) best = pattern
    }
    other = groups.following(other)
  } while (other !== row)
  return best
}
