import { join } from 'node:path'
import { expect, test } from 'vitest'
import { LAYERS } from '../../src/linking/people.ts'
import {
  readArrow,
  readLinkLayers,
  writeLinksArrow,
  writePeopleArrow,
  writeRecordsArrow,
} from '../../src/report/arrow.ts'
import { RecordIds } from '../../src/ids/record-ids.ts'
import { censusFile, censusRow, freshFolder, makeRun, policeFile, policeRow } from './small-run.ts'

test('records.arrow and people.arrow give back every row with its register, id, person, area and dates', async () => {
  const { table, people } = await makeRun({
    files: [
      policeFile([policeRow('P1', '1999-12-31'), policeRow('记录二', '1998-02-03')]),
      censusFile([censusRow('C1', '199912')]),
    ],
    people: [['police:P1', 'census:C1']],
  })
  const folder = freshFolder()
  await writeRecordsArrow(join(folder, 'records.arrow'), table)
  await writePeopleArrow(join(folder, 'people.arrow'), people)
  const [rowsRead, peopleRead] = ['records.arrow', 'people.arrow'].map((name) =>
    readArrow(join(folder, name))
      .toArray()
      .map((row) => row?.toJSON() as Record<string, unknown>),
  )
  const rows = rowsRead.map((row, n): Record<string, unknown> => ({ ...row, ...peopleRead[n] }))
  const ids = new RecordIds(table)
  expect(rows.map((row) => `${String(row.register)}:${String(row.record_id)}`)).toEqual(
    [0, 1, 2].map((row) => ids.key(row)),
  )
  const byKey = new Map(rows.map((row) => [row.record_id, row]))
  expect(byKey.get('P1')).toMatchObject({ birth: 19991231, area_code: '513027001002', sex: 1, death: 0 })
  expect(byKey.get('C1')).toMatchObject({ birth: 19991200, area_code: '513027001002', block_plus_1: 4, residence: 1 })
  expect(byKey.get('P1')?.person).toBe(byKey.get('C1')?.person)
  expect(byKey.get('P1')?.person).not.toBe(byKey.get('记录二')?.person)
})

test('links.arrow holds more links than one batch, in their order', async () => {
  const count = 70_000
  const links = {
    count,
    left: Int32Array.from({ length: count }, (_, k) => k),
    right: Int32Array.from({ length: count }, (_, k) => k + 1),
    weight: Int32Array.from({ length: count }, (_, k) => k - 100),
    decision: Uint8Array.from({ length: count }, (_, k) => k % 2),
    layer: Uint8Array.from({ length: count }, (_, k) => k % LAYERS.length),
  }
  const path = join(freshFolder(), 'links.arrow')
  await writeLinksArrow(path, links)
  const table = readArrow(path)
  expect(table.numRows).toBe(count)
  expect(table.get(69_999)?.toJSON()).toEqual({
    left: 69_999,
    right: 70_000,
    match_weight_millibits: 69_899,
    decision: 'review',
    layer: LAYERS[69_999 % LAYERS.length],
  })
  expect(readLinkLayers(path)).toEqual(links.layer)
})

test('an empty list of links is a file that opens', async () => {
  const none = { count: 0, left: new Int32Array(), right: new Int32Array(), weight: new Int32Array() }
  const path = join(freshFolder(), 'links.arrow')
  await writeLinksArrow(path, { ...none, decision: new Uint8Array(), layer: new Uint8Array() })
  expect(readArrow(path).numRows).toBe(0)
})
