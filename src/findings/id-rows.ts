/** What the kind of an ID number allows to be said of it. */
import { ID_KIND } from '../records/record-table.ts'

/** A number that can be believed: 18 characters with a right check digit, or a 15-digit one read as 18. */
export function isGoodNumber(kind: number): boolean {
  return kind === ID_KIND.valid || kind === ID_KIND.legacy || kind === ID_KIND.nobodys
}
