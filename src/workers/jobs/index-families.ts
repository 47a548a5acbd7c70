/** Gathers what linking reads of families, while the main thread links by number. */
import { type FamilyIndex, indexFamilies } from '../../linking/family-index.ts'
import { RecordTable, type RecordTableHandle } from '../../records/record-table.ts'
import { collectHere } from '../garbage.ts'

export function run(handle: RecordTableHandle): FamilyIndex {
  const table = new RecordTable(handle)
  const families = indexFamilies(table)
  collectHere(table.rows)
  return families
}
