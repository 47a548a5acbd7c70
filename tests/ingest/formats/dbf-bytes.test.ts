/** DBF fields from bytes to bytes, beside the same done with strings. */
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import type { SharedBytes } from '../../../src/ingest/formats/csv-bytes.ts'
import { convertDbf } from '../../../src/ingest/formats/dbf.ts'

const WIDTH = 40

/** dBase III: records of text fields of one width. */
function dbfOf(records: readonly (readonly Buffer[])[], fields: number): Buffer {
  const head = Buffer.alloc(32 + 32 * fields + 1)
  head.set([3, 120, 11, 1])
  head.writeUInt32LE(records.length, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(1 + WIDTH * fields, 10)
  for (let k = 0; k < fields; k++) {
    head.write(`F${k}`, 32 + 32 * k, 'latin1')
    head[32 + 32 * k + 11] = 'C'.charCodeAt(0)
    head[32 + 32 * k + 16] = WIDTH
  }
  head[head.length - 1] = 0x0d
  const padded = (field: Buffer) => Buffer.concat([field, Buffer.alloc(WIDTH - field.length, ' ')])
  return Buffer.concat([
    head,
    ...records.map((record) => Buffer.concat([Buffer.from(' '), ...record.map(padded)])),
    Buffer.from([0x1a]),
  ])
}

const cell = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '513027199503151236',
    'a,b',
    '"',
    '一,"二"',
    'é€',
    '𬭎明',
    '\u3000张\u3000',
    'a\0b',
    '张\0三',
    '\r\n',
    '王\n二',
  ),
  fc.string({ unit: fc.constantFrom('a', '7', ',', '"', '张', 'é', '·', '𬭎', ' ', '\t'), maxLength: 8 }),
)

/** What was written, and nothing of the memory behind it. */
function textOf({ bytes, length }: SharedBytes): string {
  return Buffer.from(bytes, 0, length).toString('utf8')
}

/** What a cell becomes, said with strings. */
function expected(text: string): string {
  const kept = text.replace(/^[\0-\x20\u3000]+|[\0-\x20\u3000]+$/g, '').replaceAll('\0', '')
  return /[",\r\n]/.test(kept) ? `"${kept.replaceAll('"', '""')}"` : kept
}

test.each([
  ['utf-8', 'UTF-8'],
  ['gb18030', 'GBK'],
])('fields of %s are the bytes of their trimmed texts, quoted where a CSV needs it', (encoding, codePage) => {
  const record = fc.array(cell, { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(record, { maxLength: 6 }), (records) => {
      // A table that is plainly in its encoding, whatever chance adds to it.
      const rows = [...Array<string[]>(8).fill(['张三李四王五赵六', '欧阳明明', '临川县长滩镇']), ...records]
      const read = convertDbf(
        dbfOf(
          rows.map((row) => row.map((text) => iconv.encode(text, encoding))),
          3,
        ),
        [],
        codePage,
      )
      if ('refusal' in read) throw new Error(read.refusal)
      const lines = ['F0,F1,F2', ...rows.map((row) => row.map(expected).join(','))]
      expect(textOf(read)).toBe(lines.map((line) => `${line}\n`).join(''))
    }),
  )
})

test('a DBF whose CSV is longer than one file may be is refused, not a bug', () => {
  const dbf = dbfOf(
    Array.from({ length: 2000 }, () => [Buffer.from('x'.repeat(WIDTH)), Buffer.from('y')]),
    2,
  )
  expect(convertDbf(dbf, [], '', 50_000)).toEqual({ refusal: 'E110', detail: 'DBF' })
  expect('refusal' in convertDbf(dbf, [])).toBe(false)
})
