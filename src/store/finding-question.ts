/**
 * What a finding asks, apart from how sure the links are that it rests on.
 *
 * In:  the sentence of a finding. Out: the same without the mark that a link is not yet confirmed, and with its commas and colons of one
 *      width. Whoever judged it and then confirmed the link, or whose colleague did, has not been asked another question.
 */
const LINK_PENDING = '(链接待确认)'

export function questionOf(detail: string): string {
  const text = inHalfWidth(detail)
  return text.endsWith(LINK_PENDING) ? text.slice(0, -LINK_PENDING.length) : text
}

/** The sentence as runs of earlier versions wrote it, with half-width commas and colons: what was judged there stays judged. */
export function inHalfWidth(detail: string): string {
  return detail.normalize('NFKC')
}
