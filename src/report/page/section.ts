/**
 * What a section of the report is made of: a heading, charts in both languages with their words, bars, small counts.
 *
 * In:  texts and counts. Out: Html. Leaves to page.ts what each section says.
 */
import { both, html, type Html } from './bilingual.ts'
import { numberText } from './charts.ts'
import { SMALL_CELL } from './suppression.ts'

export interface Section {
  readonly zh: string
  readonly en: string
  readonly body: Html
}

export function section(zh: string, en: string, body: Html): Section {
  return { zh, en, body }
}

/** The chart in both languages; its words stand below it for who cannot see it. */
export function figure(draw: (language: 'zh' | 'en') => string, zh: string, en: string): Html {
  return html`<figure><div class="zh">${{ html: draw('zh') }}</div><div class="en">${{ html: draw('en') }}</div><figcaption>${both(zh, en)}</figcaption></figure>`
}

/** A bar that needs no style attribute. */
export function barOf(share: number): Html {
  const width = Math.max(1, Math.round(share * 100))
  return html`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect x="0" y="0" width="${width}" height="8" fill="#2f6f9f"></rect></svg>`
}

/** A count below SMALL_CELL tells only that it is. */
export function smallText(count: number): string {
  return count > 0 && count < SMALL_CELL ? `<${SMALL_CELL}` : numberText(count)
}
