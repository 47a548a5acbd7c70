/** The bytes that workbooks and DBF files become. */
import { expect, test } from 'vitest'
import { CsvBytes } from '../../../src/ingest/formats/csv-bytes.ts'

test('more rows than were expected are moved, not lost; the memory behind them is none of theirs', () => {
  const csv = new CsvBytes(10)
  const rows = Array.from({ length: 20_000 }, (_, k) => [`${k}`, '张,三', '"'])
  for (const row of rows) csv.writeRow(row)
  const { bytes, length } = csv.finish()
  expect(bytes.byteLength).toBeGreaterThan(length)
  const expected = rows.map(([id]) => `${id},"张,三",""""\n`).join('')
  expect(Buffer.from(bytes, 0, length).toString('utf8')).toBe(expected)
})

test('more bytes than one file may hold are refused, up to there they are kept', () => {
  const csv = new CsvBytes(0, 100_000)
  const row = ['x'.repeat(999)]
  for (let k = 0; k < 97; k++) csv.writeRow(row)
  expect(csv.finish().length).toBe(97_000)
  expect(() => {
    for (let k = 0; k < 10; k++) csv.writeRow(row)
  }).toThrow('exceed')
})
