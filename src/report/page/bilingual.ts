/**
 * Texts in Chinese with an English switch, as safe HTML: everything that comes from outside is escaped here.
 *
 * In:  a Chinese and an English text. Out: both, marked; the page shows one. Without script it shows Chinese.
 */

/** HTML that is ready to stand in the page; made only here, in section.ts and in page.ts. */
export interface Html {
  readonly html: string
}

/** Template whose every value is escaped unless it is Html already. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  let text = parts[0]
  values.forEach((value, i) => {
    text += htmlOf(value) + parts[i + 1]
  })
  return { html: text }
}

function htmlOf(value: string | number | Html | readonly Html[]): string {
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return (value as readonly Html[]).map((part) => part.html).join('')
  return (value as Html).html
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Marks both languages; attributes that can hold one language only take Chinese. */
export function both(zh: string, en: string): Html {
  return html`<span class="zh" lang="zh-CN">${zh}</span><span class="en" lang="en">${en}</span>`
}

export const EMPTY: Html = { html: '' }
