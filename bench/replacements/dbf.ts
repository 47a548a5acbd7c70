/** A DBF register as lines of CSV: bytes to bytes, beside the package that makes an object of each record. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DBFFile } from 'dbffile'
import { convertDbf } from '../../src/ingest/formats/dbf.ts'
import { Chance } from '../accuracy/tables/words.ts'
import type { Contest } from './contest.ts'

const RECORDS = 50_000
const FIELDS = [
  { name: 'GMSFHM', type: 'C', size: 18 },
  { name: 'XM', type: 'C', size: 30 },
  { name: 'XB', type: 'C', size: 1 },
  { name: 'CSRQ', type: 'C', size: 8 },
  { name: 'ZZ', type: 'C', size: 60 },
] as const
const ENCODING = 'gb18030'

export async function dbfFile(): Promise<readonly Contest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-dbf-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'register.dbf')
  const made = await DBFFile.create(path, [...FIELDS], { encoding: ENCODING })
  await made.appendRecords(records())
  return [
    {
      part: 'ingest/formats/dbf.ts',
      instead: 'dbffile and a line of text for each record',
      work: 'records',
      units: RECORDS,
      byHand: () => byHand(path),
      byLibrary: () => byLibrary(path),
      digest: (csv) =>
        createHash('sha256')
          .update(csv as Uint8Array)
          .digest('hex'),
    },
  ]
}

function byHand(path: string): Uint8Array {
  const conversion = convertDbf(
    readFileSync(path),
    FIELDS.map(({ name }) => name),
    'GB18030',
  )
  if ('refusal' in conversion) throw new Error(`refused: ${conversion.refusal}`)
  return new Uint8Array(conversion.bytes, 0, conversion.length)
}

async function byLibrary(path: string): Promise<Uint8Array> {
  const read = await (await DBFFile.open(path, { encoding: ENCODING })).readRecords()
  const lines = read.map((record) => FIELDS.map(({ name }) => record[name]).join(','))
  return Buffer.from([FIELDS.map(({ name }) => name).join(','), ...lines, ''].join('\n'))
}

function records(): Record<string, string>[] {
  const chance = new Chance(5)
  const digits = (count: number): string => Array.from({ length: count }, () => chance.below(10)).join('')
  const letters = (count: number): string =>
    Array.from({ length: count }, () => String.fromCharCode(0x4e00 + chance.below(5000))).join('')
  return Array.from({ length: RECORDS }, () => ({
    GMSFHM: digits(18),
    XM: letters(3),
    XB: String(1 + chance.below(2)),
    CSRQ: `19${digits(6)}`,
    ZZ: `${letters(6)}${chance.between(1, 300)}号`,
  }))
}
