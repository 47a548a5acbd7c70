/**
 * A CSV file written in slices has the bytes of one written at once. That several workers write one at the same time is
 * tested on a county in tests/pipeline/determinism.test.ts.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type CsvLines, writeCsv } from '../../src/report/csv/bytes.ts'
import { beginSlicedCsv, writeSlices } from '../../src/report/csv/slices.ts'
import { freshFolder } from './small-run.ts'

const HEADER = ['number', 'text']
/** Longer than a writer's buffer, with everything that asks for quotes. */
const LONG = '长,"句"\n'.repeat(400_000)

function line(out: CsvLines, number: number): void {
  out.room()
  out.integer(number)
  out.comma()
  out.cell(number === 4 ? LONG : `第${number}行`)
  out.endLine()
}

test('slices lie in the file in their order, lines longer than the buffer too', () => {
  const folder = freshFolder()
  writeCsv(join(folder, 'whole.csv'), HEADER, (out) => {
    for (let number = 0; number < 30; number++) line(out, number)
  })
  const csv = beginSlicedCsv(join(folder, 'sliced.csv'), HEADER, 10)
  writeSlices(csv, (slice, out) => {
    for (let k = 0; k < 3; k++) line(out, slice * 3 + k)
  })
  const [sliced, whole] = ['sliced.csv', 'whole.csv'].map((name) => readFileSync(join(folder, name)))
  expect(sliced.equals(whole)).toBe(true)
})

test('without slices there is the header', () => {
  const path = join(freshFolder(), 'empty.csv')
  writeSlices(beginSlicedCsv(path, HEADER, 0), () => expect.unreachable())
  expect(readFileSync(path, 'utf8')).toBe('number,text\n')
})

test('a worker that fails tells, and no other waits for its slice', () => {
  const csv = beginSlicedCsv(join(freshFolder(), 'failed.csv'), HEADER, 4)
  expect(() =>
    writeSlices(csv, (slice) => {
      if (slice === 1) throw new Error('no words for slice 1')
    }),
  ).toThrow('no words for slice 1')
  const seen: number[] = []
  writeSlices(csv, (slice) => seen.push(slice))
  expect(seen).toEqual([2])
})
