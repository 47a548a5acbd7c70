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

type Named = Pick<RecordTable, 'names'> & {
  readonly columns: Pick<RecordTable['columns'], 'name' | 'motherName' | 'fatherName'>
}

export function isCalledAfterParent({ names, columns }: Named, certificate: number, row: number): boolean {
  const { name, motherName, fatherName } = columns
  if (name[row] === 0) return false
  const named = CALLED_AFTER.exec(foldSpelling(names.text(name[row])))?.groups?.['parent']
  if (named === undefined) return false
  const parent = foldName(named)
  return [motherName[certificate], fatherName[certificate]].some((n) => n !== 0 && foldName(names.text(n)) === parent)
}
