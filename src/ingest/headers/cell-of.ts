/**
 * Which cell of a file's rows holds which canonical column.
 *
 * In: the file's header in canonical names. Out: one shape of object for all files, whatever their register.
 */
import { REGISTER_SPECS, REGISTERS } from '../../registers/columns.ts'
import type { FilePlan } from '../plan.ts'

/** Cell of each canonical column of any register, -1 = the file has none. One shape for all files. */
export type CellOf = Record<string, number>

export function cellsOfFile(file: FilePlan): CellOf {
  const spec = REGISTER_SPECS[REGISTERS[file.register]]
  const cells: CellOf = {}
  for (const register of REGISTERS) for (const column of REGISTER_SPECS[register].columns) cells[column.name] = -1
  file.header.forEach((name, cell) => {
    if (name !== null) cells[name] = cell
  })
  // A certificate's number is its record id where no other is given.
  if (cells.record_id < 0 && spec.idFrom !== undefined) cells.record_id = cells[spec.idFrom]
  return cells
}
