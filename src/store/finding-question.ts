/**
 * What a finding asks, apart from how sure the links are that it rests on.
 *
 * In:  the sentence of a finding. Out: the same without the mark that a link is not yet confirmed. Whoever judged it and then confirmed
 *      the link, or whose colleague did, has not been asked another question.
 */
const LINK_PENDING = '(链接待确认)'

export function questionOf(detail: string): string {
  return detail.endsWith(LINK_PENDING) ? detail.slice(0, -LINK_PENDING.length) : detail
}
