/** A table beside the registers, whatever its format: the rows that `bidui run` would read. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { readWholeFile } from '../../src/ingest/index.ts'
import { readTable } from '../../src/tables/read/read-table.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = temporaryFolder('bidui-whole')
const ROWS = [
  ['户编号', '姓名', '性别'],
  ['001', '王大明', '男'],
  ['002', '李霞', '女'],
]
const HEADERS = ['户编号', '姓名', '性别']

/** dBase III: three fields of text in UTF-8. */
function dbf(): Buffer {
  const width = 12
  const head = Buffer.alloc(32 + 3 * 32 + 1)
  head[0] = 0x03
  head.set([120, 11, 1], 1)
  head.writeUInt32LE(ROWS.length - 1, 4)
  head.writeUInt16LE(head.length, 8)
  head.writeUInt16LE(1 + 3 * width, 10)
  ROWS[0].forEach((name, n) => {
    head.write(name, 32 + 32 * n, 'utf8')
    head.write('C', 32 + 32 * n + 11, 'latin1')
    head[32 + 32 * n + 16] = width
  })
  head[head.length - 1] = 0x0d
  const records = ROWS.slice(1).map((row) =>
    Buffer.concat([
      Buffer.from(' '),
      ...row.map((cell) => Buffer.concat([Buffer.from(cell), Buffer.alloc(width - Buffer.byteLength(cell), ' ')])),
    ]),
  )
  return Buffer.concat([head, ...records, Buffer.from([0x1a])])
}

test('a workbook, a DBF file and a CSV of the same rows are the same table', async () => {
  const files: Readonly<Record<string, Uint8Array>> = {
    'list.csv': Buffer.from(ROWS.map((row) => `${row.join(',')}\n`).join('')),
    'list.xlsx': await writeXlsx({ sheets: [{ name: '清查表', rows: ROWS }] }),
    'list.dbf': dbf(),
  }
  for (const [name, bytes] of Object.entries(files)) {
    writeFileSync(join(folder, name), bytes)
    const table = readTable((await readWholeFile(join(folder, name), HEADERS)).bytes, name)
    const rows = Array.from({ length: table.rowCount }, (_, row) =>
      table.columns.map(({ cells, codes }) => cells[codes[row]]),
    )
    expect([table.columns.map((column) => column.name), ...rows], name).toEqual(ROWS)
  }
})

test('a workbook of two sheets with data, and one that is none, are refused as `run` refuses them', async () => {
  const two = await writeXlsx({ sheets: ['a', 'b'].map((name) => ({ name, rows: ROWS })) })
  writeFileSync(join(folder, 'two.xlsx'), two)
  await expect(readWholeFile(join(folder, 'two.xlsx'), HEADERS)).rejects.toThrow(/\[E122\] two\.xlsx/)
  writeFileSync(join(folder, 'none.xlsx'), 'name\n')
  await expect(readWholeFile(join(folder, 'none.xlsx'), HEADERS)).rejects.toThrow(/\[E106\] none\.xlsx/)
})
