/** A file that the office copies over while it is read: told as that, never half of each. */
import { appendFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { type IngestOptions, ingestRegisters, rawRow } from '../../src/ingest/index.ts'
import { inlinePool } from '../support/inline-pool.ts'
import { idNumber, writeFiles } from './small-registers.ts'

const HEADER = 'record_id,id_number,name,sex,birth_date,household_no,area_code\n'
const row = (n: number, name: string): string =>
  `P${n},${idNumber('19710203', String(100 + n))},${name},1,1971-02-03,H${n},513027101001\n`
const county = (name: string, rows = 40): string =>
  HEADER + Array.from({ length: rows }, (_, n) => row(n, name)).join('')

let inputs: IngestOptions['inputs'] = []
afterEach(() => inputs.forEach(({ path }) => rmSync(path, { force: true })))

/** Reads the file while `change` happens to it, just before the workers begin `job`. */
function readWhile(job: string, change: (path: string) => void, content: string | Uint8Array = county('王大明')) {
  inputs = writeFiles([{ register: 'police', content }])
  const pool = {
    ...inlinePool,
    runOnAll: (name: string, message: object) => {
      if (name === job) change(inputs[0].path)
      return inlinePool.runOnAll(name as never, message as never)
    },
  } as IngestOptions['pool']
  return ingestRegisters({ pool, inputs })
}

const shrinks = (path: string): void => truncateSync(path, 900)
const grows = (path: string): void => appendFileSync(path, row(99, '李小红'))
const isReplaced = (path: string): void => {
  writeFileSync(`${path}.new`, county('李小红'))
  utimesSync(`${path}.new`, new Date(), new Date(Date.now() + 5000))
  renameSync(`${path}.new`, path)
}
/** A copy that has reserved the room and is not there yet. */
const isHalfCopied = (path: string): void => {
  writeFileSync(path, Buffer.concat([Buffer.from(county('王大明')).subarray(0, 700), Buffer.alloc(4000)]))
}
const isGone = (path: string): void => rmSync(path)

test.each([
  ['shrinks', shrinks],
  ['grows', grows],
  ['is replaced', isReplaced],
  ['is half copied over', isHalfCopied],
])('a file that %s while it is looked at or read is refused as changed, to be tried again', async (_, change) => {
  for (const job of ['ingest-survey', 'ingest-parse'])
    await expect(readWhile(job, change)).rejects.toMatchObject({ code: 'E127', exitStatus: 75 })
})

test('a file that is taken away once it was opened is refused as changed', async () => {
  await expect(readWhile('ingest-survey', isGone)).rejects.toMatchObject({ code: 'E127' })
})

test('a damaged file that nobody touched stays a damaged one', async () => {
  const content = Buffer.concat([Buffer.from(county('王大明')), Buffer.alloc(4000)])
  await expect(readWhile('ingest-survey', () => undefined, content)).rejects.toMatchObject({ code: 'E116' })
})

test('a row is not shown out of a file that was replaced since it was read', async () => {
  const { table } = await readWhile('none', () => undefined)
  expect(rawRow(table, 0).name).toBe('王大明')
  const again = await ingestRegisters({ pool: inlinePool, inputs })
  isReplaced(inputs[0].path)
  expect(() => rawRow(again.table, 0)).toThrow('E127')
})
