/**
 * Infants whom nobody has named yet are called after a parent: 李娟之子 is the son of 李娟.
 *
 * In:  a certificate of birth and a row of an infant. Out: whether the row's name names the mother or the father of the certificate.
 * What else a name says is left to the comparison of names, to which such a name says nothing.
 */
import { foldName, foldSpelling } from '../../normalise/name.ts'
import type { RecordTable } from '../../records/record-table.ts'

/** 某某之子 names nobody, and whoever is written so is nobody's father. The last character may be a slip (之紫): the parent is named. */
const CALLED_AFTER = /^(?<parent>[^某]{2,})之.$/u

interface NamedRows {
  readonly columns: Pick<RecordTable['columns'], 'name'>
}
type Named = Pick<RecordTable, 'names'> & {
  readonly columns: Pick<RecordTable['columns'], 'name' | 'motherName' | 'fatherName'>
}

/** The parent, folded, whom the name of a row names; empty where it names none. */
export function parentNamed({ names, columns }: Pick<RecordTable, 'names'> & NamedRows, row: number): string {
  const name = columns.name[row]
  if (name === 0) return ''
  const parent = CALLED_AFTER.exec(foldSpelling(names.text(name)))?.groups?.['parent']
  return parent === undefined ? '' : foldName(parent)
}

export function isCalledAfterParent(table: Named, certificate: number, row: number): boolean {
  const { names, columns } = table
  const parent = parentNamed(table, row)
  if (parent === '') return false
  const parents = [columns.motherName[certificate], columns.fatherName[certificate]]
  return parents.some((name) => name !== 0 && foldName(names.text(name)) === parent)
}
