/** Lines of a CSV output, ids as bytes of the files that were read: written into one buffer as bytes, beside a text for each line. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeCsv } from '../../src/report/csv/bytes.ts'
import { Chance } from '../accuracy/tables/words.ts'
import { type Contest, sha256 } from './contest.ts'

const LINES = 500_000
const HEADER = ['finding', 'code', 'record', 'row', 'sentence']
/** Bytes of a record id. */
const ID_BYTES = 12
const CODES = ['present-twice', 'missing-everywhere', 'separated-pair', 'id-missing']
const SENTENCES = ['两地都登记为现住, 应核实', '普查中查无此人', '人户分离, 两地均有登记', '公民身份号码缺失']

export function csvLines(): readonly Contest[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lines-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const chance = new Chance(6)
  const rows = Int32Array.from({ length: LINES }, () => chance.below(2_000_000))
  const ids = Buffer.from(Array.from(rows, (row) => `r-${String(row).padStart(ID_BYTES - 2, '0')}`).join(''))
  const path = join(folder, 'lines.csv')
  return [
    {
      part: 'report/csv/bytes.ts',
      instead: 'a template string for each line, a megabyte written at a time',
      work: 'lines',
      units: LINES,
      byHand: () => {
        rmSync(path, { force: true })
        writeCsv(path, HEADER, (file) => {
          for (let k = 0; k < LINES; k++) {
            const row = rows[k]
            file.room()
            file.ascii('F')
            file.integer(row)
            file.comma()
            file.ascii(CODES[row & 3])
            file.comma()
            file.copy(ids.subarray(k * ID_BYTES, (k + 1) * ID_BYTES))
            file.comma()
            file.integer(row)
            file.comma()
            file.cell(SENTENCES[row & 3])
            file.endLine()
          }
        })
        return path
      },
      byLibrary: () => {
        const fd = openSync(path, 'w')
        let text = `${HEADER.join(',')}\n`
        for (let k = 0; k < LINES; k++) {
          const row = rows[k]
          const id = ids.toString('latin1', k * ID_BYTES, (k + 1) * ID_BYTES)
          text += `F${row},${CODES[row & 3]},${id},${row},${quotedIfNeeded(SENTENCES[row & 3])}\n`
          if (text.length < 1 << 20) continue
          writeSync(fd, text)
          text = ''
        }
        writeSync(fd, text)
        closeSync(fd)
        return path
      },
      digest: (file) => sha256(readFileSync(file as string)),
    },
  ]
}

/** RFC 4180. */
function quotedIfNeeded(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
