/** An index over one text column, of texts that lie as bytes; text k is that of row k + 1. */
import type { ByteTexts } from './byte-texts.ts'
import type { Pages } from './pages.ts'
import { RowPayload } from './row.ts'
import { IndexBuilder } from './table.ts'

/** @param order of the texts, where it is known already */
export function writeTextIndex(pages: Pages, root: number, texts: ByteTexts, order = texts.order()): void {
  const index = new IndexBuilder(pages, root, texts.count)
  const entry = new RowPayload(2)
  for (const text of order) {
    entry.clear()
    entry.text(texts.heap, texts.at[text], texts.length[text])
    entry.integer(text + 1)
    index.add(entry)
  }
  index.finish()
}
