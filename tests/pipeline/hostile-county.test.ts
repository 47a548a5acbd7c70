/**
 * One county in the clothes of offices that nobody asked: other headers and orders, widths, spaces, dates, encodings,
 * columns that are not there. Its people are the same, so they are found as well as in the files it was made with, or the
 * run says by its code why not. Each case is one deformation of all cells of a kind, written as CSV and read like any county.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import iconv from 'iconv-lite'
import { beforeAll, describe, expect, test } from 'vitest'
import { runToDirectory } from '../../src/commands/run.ts'
import { BiduiError } from '../../src/errors.ts'
import { evaluateLinks } from '../../src/evaluate/evaluate.ts'
import { KeyIndex } from '../../src/evaluate/key-index.ts'
import { readLinks, readPeople } from '../../src/evaluate/read-tables.ts'
import { stageLines } from '../../src/progress.ts'
import { REGISTER_SPECS, REGISTERS, type RegisterName } from '../../src/registers/columns.ts'
import { completeSettings } from '../../src/settings.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { inlinePool } from '../support/inline-pool.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = temporaryFolder('bidui-hostile')

/** Rows of cells, the header first. */
type Table = readonly (readonly string[])[]
type County = Readonly<Record<RegisterName, Table>>
type Files = Readonly<Record<RegisterName, readonly Uint8Array[]>>

let county: County
let untouched: { readonly precision: number; readonly recall: number }

beforeAll(async () => {
  const folder = join(root, 'made')
  await synthesizeCounty({ people: 900, seed: 'hostile', out: folder })
  county = Object.fromEntries(
    REGISTERS.map((register) => [register, parse(readFileSync(join(folder, `${register}.csv`))) as string[][]]),
  ) as unknown as County
  untouched = await link('untouched', written(county))
})

async function link(name: string, files: Files): Promise<{ precision: number; recall: number }> {
  const folder = join(root, name.replaceAll(/\W+/g, '-'))
  const out = join(folder, 'run')
  mkdirSync(folder)
  const registers = Object.fromEntries(
    REGISTERS.map((register) => [
      register,
      files[register].map((bytes, i) => {
        const path = join(folder, `${register}-${i}.csv`)
        writeFileSync(path, bytes)
        return path
      }),
    ]),
  )
  await runToDirectory(
    completeSettings({ registers, out }, () => 1),
    stageLines({ quiet: true }),
    { pool: inlinePool },
  )
  const records = new KeyIndex()
  const found = readPeople(join(out, 'people.csv'), records)
  const truth = readPeople(join(root, 'made/people.csv'), records)
  const { automatic } = evaluateLinks({ records, found, truth, links: readLinks(join(out, 'links.csv'), records) })
  return automatic[0]
}

function written(tables: County, text: (rows: Table) => string = asCsv): Files {
  return Object.fromEntries(
    REGISTERS.map((register) => [register, [Buffer.from(text(tables[register]))]]),
  ) as unknown as Files
}

function asCsv(rows: Table): string {
  return `${rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\n')}\n`
}

type Change = (cell: string, column: string, register: RegisterName) => string

/** Every filled cell rewritten, but for record ids. */
function rewritten(tables: County, change: Change): County {
  return mapTables(tables, ([header, ...body], register) => [
    header,
    ...body.map((row) =>
      row.map((cell, i) => (cell === '' || isRecordId(header[i]) ? cell : change(cell, header[i], register))),
    ),
  ])
}

function mapTables(tables: County, change: (rows: Table, register: RegisterName) => Table): County {
  return Object.fromEntries(
    REGISTERS.map((register) => [register, change(tables[register], register)]),
  ) as unknown as County
}

function without(register: RegisterName, columns: readonly string[]): County {
  return mapTables(county, (rows, other) => {
    if (other !== register) return rows
    const kept = rows[0].map((_, i) => i).filter((i) => !columns.includes(rows[0][i]))
    return rows.map((row) => kept.map((i) => row[i]))
  })
}

const isRecordId = (column: string): boolean => column === 'record_id' || column === 'certificate_no'
const isName = (column: string): boolean => column === 'name' || column.endsWith('_name')
const isNumber = (column: string): boolean => column === 'id_number' || column.endsWith('_id')
const isDate = (column: string): boolean => /_date$|_on$|_month$/.test(column)
const fullWidth = (text: string): string =>
  text.replaceAll(/[0-9X]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))
const digitsOf = (date: string): string => {
  const parts = date.split(/\D+/).filter((part) => part !== '')
  return parts.length === 1 ? parts[0] : parts.map((part, i) => part.padStart(i === 0 ? 4 : 2, '0')).join('')
}
const chineseDate = (date: string): string => {
  const text = digitsOf(date)
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6, 8)]
  return `${year}年${Number(month)}月${day === '' ? '' : `${Number(day)}日`}`
}
const TRADITIONAL: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('刘劉陈陳张張杨楊赵趙吴吳孙孫罗羅郑鄭谢謝冯馮许許邓鄧国國华華兰蘭凤鳳丽麗军軍伟偉红紅贵貴龙龍云雲')
    .map((c, i, all) => [c, all[i + 1]] as const)
    .filter((_, i) => i % 2 === 0),
)
const traditional = (name: string): string => Array.from(name, (c) => TRADITIONAL[c] ?? c).join('')

/** How the county is written, and the share of untouched recall that must be left. */
const CASES: readonly { readonly what: string; readonly files: () => Files; readonly left?: number }[] = [
  {
    what: 'Chinese headers, columns from last to first, tabs, dates in words',
    files: () =>
      written(
        mapTables(
          rewritten(county, (cell, column) => (isDate(column) ? chineseDate(cell) : cell)),
          (rows, register) => {
            const known = new Map(REGISTER_SPECS[register].columns.map(({ name, zh }) => [name, zh[0]]))
            return [rows[0].map((name) => known.get(name) ?? name), ...rows.slice(1)].map((row) => row.toReversed())
          },
        ),
        (rows) => `${rows.map((row) => row.join('\t')).join('\r\n')}\r\n`,
      ),
  },
  {
    what: 'cells in quotation marks, remarks of two lines, commas at the end, names with spaces between their characters',
    files: () =>
      written(
        mapTables(
          rewritten(county, (cell, column) => (isName(column) ? Array.from(cell).join('\u3000 ') : cell)),
          (rows) => rows.map((row, i) => [...row, i === 0 ? '备注' : '共 1,2 人\n见后']),
        ),
        (rows) =>
          `${rows.map((row, i) => `${row.map((c) => `"${c}"`).join(',')}${i === 0 ? '' : ',,'}`).join('\r\n')}\r\n`,
      ),
  },
  {
    what: 'full-width digits, the census in traditional characters',
    files: () =>
      written(
        rewritten(county, (cell, column, register) =>
          fullWidth(register === 'census' && isName(column) ? traditional(cell) : cell),
        ),
      ),
  },
  {
    what: 'each register in two files of two encodings, numbers with an apostrophe, spaces and a small x',
    files: () => {
      const tables = rewritten(county, (cell, column) =>
        isNumber(column) && cell.length === 18
          ? `'${cell.slice(0, 6)} ${cell.slice(6, 14)} ${cell.slice(14).toLowerCase()} `
          : cell,
      )
      const halves = (register: RegisterName): Uint8Array[] => {
        const [header, ...body] = tables[register]
        const half = Math.ceil(body.length / 2)
        const second = [header, ...body.slice(half)].map((row) => row.toReversed())
        return [
          iconv.encode(asCsv([header, ...body.slice(0, half)]), 'gb18030'),
          iconv.encode(asCsv(second), 'utf-16le', { addBOM: true }),
        ]
      }
      return Object.fromEntries(REGISTERS.map((register) => [register, halves(register)])) as unknown as Files
    },
  },
  {
    // Nothing but number, name, birth and village is left to tell a second hukou or a newborn.
    what: 'a police register without person numbers, addresses and relatives',
    files: () =>
      written(
        without(
          'police',
          'person_no,address,relation,former_name,ethnicity,father_name,father_id,mother_name,mother_id,spouse_name,spouse_id'.split(
            ',',
          ),
        ),
      ),
    left: 0.98,
  },
  {
    what: "a census without claimed areas, addresses and relations, one township's rows twice",
    files: () =>
      written(
        mapTables(
          without('census', ['hukou_area_code', 'residence_area_code', 'address', 'relation', 'ethnicity']),
          (rows) => [...rows, ...rows.slice(1).filter((row) => row.some((cell) => cell.startsWith('513027001')))],
        ),
      ),
  },
  {
    what: 'numbers of the census as a spreadsheet leaves them',
    files: () =>
      written(
        rewritten(county, (cell, column, register) =>
          register === 'census' && isNumber(column) && cell.length === 18 ? `${cell.slice(0, 15)}000` : cell,
        ),
      ),
  },
]

describe('a county in other clothes has the same people', () => {
  test('the untouched one is linked', () => {
    expect(untouched.precision).toBeGreaterThan(0.995)
    expect(untouched.recall).toBeGreaterThan(0.995)
  })

  test.each(CASES)(
    '$what',
    async ({ what, files, left = 0.995 }) => {
      const { precision, recall } = await link(what, files())
      expect(precision / untouched.precision).toBeGreaterThanOrEqual(0.995)
      expect(recall / untouched.recall).toBeGreaterThanOrEqual(left)
    },
    60_000,
  )
})

const REFUSED: readonly (readonly [what: string, files: () => Files, code: string, says: RegExp])[] = [
  ['a census without numbers', () => written(without('census', ['id_number'])), 'E118', /id_number/],
  [
    'a census of nothing but its header',
    () => written(mapTables(county, (rows, register) => (register === 'census' ? rows.slice(0, 1) : rows))),
    'E103',
    /census/,
  ],
  [
    'the census in place of the police register',
    () => ({ ...written(county), police: written(county, (rows) => asCsv(rows).replaceAll('\n', '\r\n')).census }),
    'E144',
    /--police.*--census/,
  ],
]

test.each(REFUSED)('%s is refused by its code', async (what, files, code, says) => {
  const error: unknown = await link(what, files()).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(BiduiError)
  expect((error as BiduiError).code).toBe(code)
  expect((error as BiduiError).message).toMatch(says)
})
