import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROW_AFTER_QUOTE, ROW_UNCLOSED, ROW_WHOLE, RowCutter, undoubleQuotes } from '../../../src/ingest/rows/cells.ts'

interface CutRow {
  readonly cells: readonly string[]
  readonly problem: number
}

function cutAll(text: string, delimiter = ','): CutRow[] {
  const content = new TextEncoder().encode(text)
  const bytes = new Uint8Array(content.length + 1)
  bytes.set(content)
  bytes[content.length] = 10
  const cutter = new RowCutter(bytes, content.length, delimiter.charCodeAt(0), 2)
  const rows: CutRow[] = []
  for (let at = 0; at < content.length; ) {
    at = cutter.cut(at)
    if (cutter.isBlank) continue
    const cells: string[] = []
    for (let k = 0; k < cutter.cells; k++) {
      const text = bytes.slice(cutter.starts[k], cutter.ends[k])
      const single = new Uint8Array(text)
      const length = cutter.quoted[k] === 2 ? undoubleQuotes(text, 0, text.length, single) : text.length
      cells.push(new TextDecoder().decode(single.subarray(0, length)))
    }
    rows.push({ cells, problem: cutter.problem })
  }
  return rows
}

const cellText = fc.oneof(
  fc.constantFrom('', '张三', '"', '""', ',', '\t', '\n', '\r\n', ' ', 'a"b', '𬭎', '0', '\r'),
  fc
    .array(fc.constantFrom('a', '王', '"', ',', '\n', '\r\n', '\t', '𠮷', '1'), { maxLength: 6 })
    .map((a) => a.join('')),
)

function writeCell(text: string, mayQuote: boolean, delimiter: string): string {
  const must = new RegExp(`["\\n\\r${delimiter}]`).test(text)
  return must || mayQuote ? `"${text.replaceAll('"', '""')}"` : text
}

describe('cutting rows', () => {
  test('any table written as CSV is cut into the cells that csv-parse sees', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.tuple(cellText, fc.boolean()), { minLength: 1, maxLength: 5 }), { maxLength: 8 }),
        fc.constantFrom(',', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (table, delimiter, lineEnd, endsWithLine) => {
          const text =
            table
              .map((row) => row.map(([cell, quote]) => writeCell(cell, quote, delimiter)).join(delimiter))
              .join(lineEnd) + (endsWithLine ? lineEnd : '')
          const judge = parse(text, {
            delimiter,
            record_delimiter: lineEnd,
            relax_column_count: true,
            skip_empty_lines: true,
          }) as string[][]
          const cut = cutAll(text, delimiter)
          expect(cut.map((row) => row.cells)).toEqual(judge)
          expect(cut.every((row) => row.problem === ROW_WHOLE)).toBe(true)
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('a quote that is never closed costs its own line only', () => {
    const rows = cutAll('1,"张三,x\n2,李四,y\n3,王五,z\n')
    expect(rows.map((row) => row.problem)).toEqual([ROW_UNCLOSED, ROW_WHOLE, ROW_WHOLE])
    expect(rows[1].cells).toEqual(['2', '李四', 'y'])
  })

  test('after an unclosed quote every later line is tried, also one that an earlier quote had swallowed', () => {
    const rows = cutAll('1,"张三\n2,李四","王五\n3,赵六,z\n')
    expect(rows.map((row) => row.problem)).toEqual([ROW_UNCLOSED, ROW_UNCLOSED, ROW_WHOLE])
    expect(rows[2].cells).toEqual(['3', '赵六', 'z'])
  })

  test('text after a closing quote costs its own line only, even when the quote opened a line earlier', () => {
    const rows = cutAll('1,"张三"x,y\n2,"李四\n3,"王五",z\n4,赵六,z\n')
    expect(rows.map((row) => row.problem)).toEqual([ROW_AFTER_QUOTE, ROW_AFTER_QUOTE, ROW_WHOLE, ROW_WHOLE])
    expect(rows[2].cells).toEqual(['3', '王五', 'z'])
  })

  test('a quote inside an unquoted cell is text', () => {
    expect(cutAll('张"三,1\n')[0].cells).toEqual(['张"三', '1'])
  })

  test('a row may have more cells than expected', () => {
    expect(cutAll(`${'x,'.repeat(99)}x`)[0].cells).toHaveLength(100)
  })
})
