/**
 * Rows that stand in a review pair nobody has decided yet, and those whose partner most likely is among the asked.
 *
 * Two twins and two certificates without names: each certificate is one of two children's with a half, and somebody's for
 * certain. So what is likely is the sum over the people asked about, not the likeliest of them.
 * Two police persons whom no other register knows are absent from all of these whatever the answer: neither is the
 * partner that the other is missing for.
 * In: links, people, the row after the last police row. Out: by row 0, 1, or LIKELY_PARTNER.
 */
import { DECISION, type Links, type People, probabilityOf } from '../linking/people.ts'
import { LIKELY_PARTNER } from './finding-list.ts'

export function markReviewRows(
  rows: number,
  links: Links,
  { personOf }: Pick<People, 'personOf'>,
  policeEnd: number,
): Uint8Array {
  const marks = new Uint8Array(rows)
  /** By person. */
  const isKnownElsewhere = new Uint8Array(rows)
  for (let row = policeEnd; row < rows; row++) isKnownElsewhere[personOf[row]] = 1
  /** By row, the likeliest pair with each other person. */
  const partners = new Map<number, Map<number, number>>()
  for (let i = 0; i < links.count; i++) {
    if (links.decision[i] !== DECISION.review) continue
    const probability = probabilityOf(links.weight[i])
    for (const [row, other] of [
      [links.left[i], links.right[i]],
      [links.right[i], links.left[i]],
    ]) {
      marks[row] = 1
      const person = personOf[other]
      if (row < policeEnd && other < policeEnd && isKnownElsewhere[person] === 0) continue
      let of = partners.get(row)
      if (of === undefined) partners.set(row, (of = new Map<number, number>()))
      of.set(person, Math.max(of.get(person) ?? 0, probability))
    }
  }
  for (const [row, of] of partners) {
    let sum = 0
    for (const probability of of.values()) sum += probability
    if (sum >= 0.5) marks[row] = LIKELY_PARTNER
  }
  return marks
}
