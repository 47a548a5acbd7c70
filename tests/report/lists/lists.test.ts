/** 问题清单: what a county's lists are, on whose desk they come, and where they are written. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { FINDING_CODES, FINDING_TABLE } from '../../../src/findings/table.ts'
import { decodeCsv } from '../../../src/report/lists/csv.ts'
import { QUESTIONS, VERDICTS, termOf } from '../../../src/report/lists/questions.ts'
import { RunSource } from '../../../src/report/lists/run-source.ts'
import type { ListsOrder } from '../../../src/report/lists/write-lists.ts'
import { StagedDirectory } from '../../../src/report/lists/write-lists.ts'
import { countPossibleNumbers } from '../../../src/report/mask.ts'
import { readWorkbook } from '../../../src/report/workbook/xlsx.ts'
import { readXlsx } from 'hucre/xlsx'
import { WorkerPool } from '../../../src/workers/pool.ts'
import { COUNTY, listsOf, scratch } from './made-lists.ts'

test('workbooks made by a worker are those of this thread, and its failure is the failure of the lists', async () => {
  const pool = new WorkerPool(2)
  try {
    const here = await listsOf(COUNTY)
    const makeWorkbook: ListsOrder['makeWorkbook'] = (plan) => pool.run('write-workbook', plan)
    const there = await listsOf(COUNTY, { makeWorkbook, key: join(here.run, 'list.key') })
    expect(there.summary.files).toEqual(here.summary.files)
    for (const name of here.summary.files)
      expect(readFileSync(join(there.out, name)).equals(readFileSync(join(here.out, name))), name).toBe(true)
    const full = async (): Promise<Uint8Array> => Promise.reject(new Error('disk full'))
    await expect(listsOf(COUNTY, { makeWorkbook: full })).rejects.toThrow('disk full')
  } finally {
    await pool.close()
  }
})

test('a county asked for beside one of its townships gives each finding once', async () => {
  const all = await listsOf(COUNTY)
  const twice = await listsOf(COUNTY, { townships: ['513027102', '513027', '513027101'] })
  expect(twice.summary.rows).toBe(all.summary.rows)
})

test('a finding that the desk has closed stands on no list, unless it is asked for', async () => {
  const [first] = COUNTY.findings
  const deskVerdict: ListsOrder['deskVerdict'] = (id) =>
    id === first.id ? { verdict: '不属实', day: '2020-11-24', isClosed: true } : undefined
  const all = await listsOf(COUNTY)
  const open = await listsOf(COUNTY, { deskVerdict })
  expect(open.summary).toMatchObject({ rows: all.summary.rows - 1, closedAtDesk: 1, closed: 0 })
  const again = await listsOf(COUNTY, { deskVerdict, isAnsweredToo: true })
  expect(again.summary).toMatchObject({ rows: all.summary.rows, closedAtDesk: 0 })
})

describe('a county’s 问题清单', () => {
  let lists: Awaited<ReturnType<typeof listsOf>>
  beforeAll(async () => {
    lists = await listsOf(COUNTY)
  })

  test('is one workbook and one CSV per township, named by area code only', () => {
    expect(readdirSync(lists.out).sort()).toEqual(
      ['513027100', '513027101', '513027102'].flatMap((code) => [`${code}_问题清单.csv`, `${code}_问题清单.xlsx`]),
    )
    expect(lists.summary).toMatchObject({ townships: 3, sheets: 12, rows: 108, heldBack: 0 })
  })

  test('has one sheet per 普查小区 and every finding once', async () => {
    const ids: string[] = []
    for (const file of lists.summary.files.filter((name) => name.endsWith('.xlsx')))
      for (const sheet of await readWorkbook(readFileSync(join(lists.out, file)))) {
        expect(sheet.name).toMatch(/^\d{15}$/)
        // The township by the name that its addresses give.
        expect(sheet.rows[0][0].text).toMatch(/^问题清单　(长滩镇|清桥镇|平桥乡)　\d{15}$/)
        ids.push(...sheet.rows.slice(4).map((row) => row[0].text))
      }
    expect(ids.sort()).toEqual(COUNTY.findings.map((finding) => finding.id).sort())
  })

  test('carries purpose, authorisation and notice on each sheet, prints on A4 landscape with the head repeated', async () => {
    const workbook = await readXlsx(readFileSync(join(lists.out, '513027100_问题清单.xlsx')), { readStyles: true })
    for (const sheet of workbook.sheets) {
      expect(String(sheet.rows[1][0])).toBe(
        '用途：比对复查 & 核查　授权编号：普查办〔2020〕7号　接收：人口普查办公室　仅供普查核查使用，不得对外提供',
      )
      expect(sheet.pageSetup).toMatchObject({
        paperSize: 'a4',
        orientation: 'landscape',
        fitToWidth: 1,
      })
      expect(sheet.freezePane?.rows).toBe(4)
      expect(sheet.headerFooter?.oddFooter).toContain('仅供普查核查使用，不得对外提供')
      expect(sheet.headerFooter?.oddHeader).toBe(`&R&8 ${sheet.name}`)
    }
  })

  test('repeats the head of each sheet on every printed page, whatever digits the sheet is called', async () => {
    const { namedRanges, sheets } = await readXlsx(readFileSync(join(lists.out, '513027100_问题清单.xlsx')))
    const { workbook } = await partsOf(join(lists.out, '513027100_问题清单.xlsx'))
    expect(namedRanges ?? []).toEqual([])
    expect(workbook.match(/<definedName [^>]*>[^<]*/g)).toEqual(
      sheets.map(({ name }, i) => `<definedName name="_xlnm.Print_Titles" localSheetId="${i}">'${name}'!$4:$4`),
    )
  })

  test('offers the answers as a drop-down and protects every other cell', async () => {
    const workbook = await readXlsx(readFileSync(join(lists.out, '513027100_问题清单.xlsx')), { readStyles: true })
    const sheet = workbook.sheets[0]
    expect(sheet.protection?.sheet).toBe(true)
    expect(sheet.dataValidations?.map(({ type, values, range }) => ({ type, values, range }))).toEqual([
      { type: 'list', values: [...VERDICTS], range: `K5:K${sheet.rows.length}` },
    ])
    const unlocked = new Set<number>()
    for (const [place, cell] of sheet.cells ?? [])
      if (cell.style?.protection?.locked === false) unlocked.add(Number(place.split(',')[1]))
    expect([...unlocked].sort((a, b) => a - b)).toEqual([10, 11, 12, 13, 14])
  })

  test('holds no whole number anywhere: with all that a row shows, 500 numbers fit', () => {
    const numbers = COUNTY.records.map((record) => record.raw['id_number'])
    for (const file of lists.summary.files.filter((name) => name.endsWith('.csv'))) {
      const bytes = readFileSync(join(lists.out, file))
      for (const number of numbers) {
        expect(bytes.includes(number)).toBe(false)
        expect(bytes.includes(number.slice(10))).toBe(false)
      }
      const [header, ...rows] = decodeCsv(bytes)
      for (const row of rows) {
        const cell = (name: string) => row[header.indexOf(name)]
        for (const pattern of cell('证件号').split('\n'))
          expect(
            countPossibleNumbers({ pattern, birth: pattern.slice(6, 14), sex: cell('性别'), area: '513027' }),
          ).toBeGreaterThanOrEqual(500)
      }
    }
  })

  test('is the same bytes when made again, and in any order of the rows in the database', async () => {
    const shuffled = {
      ...COUNTY,
      records: [...COUNTY.records].reverse(),
      findings: [...COUNTY.findings].sort((a, b) => (digest(a.id) < digest(b.id) ? -1 : 1)),
    }
    const again = await listsOf(shuffled, { key: join(lists.run, 'list.key') })
    for (const file of lists.summary.files)
      expect(digest(readFileSync(join(again.out, file)))).toBe(digest(readFileSync(join(lists.out, file))))
  })

  test('is readable by its owner only', () => {
    expect(statSync(lists.out).mode & 0o777).toBe(0o700)
    for (const file of lists.summary.files) expect(statSync(join(lists.out, file)).mode & 0o777).toBe(0o600)
    expect(statSync(join(lists.run, 'list.key')).mode & 0o777).toBe(0o600)
  })

  test('opens on filters: one township, one code, S1 only', async () => {
    const one = await listsOf(COUNTY, { townships: ['513027101'], codes: ['present-twice'], severities: ['S1'] })
    expect(one.summary.townships).toBe(1)
    const [header, ...rows] = decodeCsv(readFileSync(join(one.out, '513027101_问题清单.csv')))
    expect(new Set(rows.map((row) => row[header.indexOf('问题类型')].replace('（链接待确认）', '')))).toEqual(
      new Set(['双现住重登']),
    )
  })
})

describe('lists for other offices', () => {
  test('the police get adm findings only, by village, with no census value on them', async () => {
    const lists = await listsOf(COUNTY, { to: 'police' })
    const adm = COUNTY.findings.filter((finding) => finding.lineage === 'adm')
    expect(lists.summary).toMatchObject({ rows: adm.length, heldBack: COUNTY.findings.length - adm.length })
    for (const file of lists.summary.files.filter((name) => name.endsWith('.csv'))) {
      const [header, ...rows] = decodeCsv(readFileSync(join(lists.out, file)))
      for (const row of rows) {
        expect(row[header.indexOf('普查所载')]).toBe('')
        expect(row[header.indexOf('普查小区')]).toMatch(/^\d{12}$/)
      }
    }
  })

  test('a finding that the registers do not give without the census is held back', async () => {
    const adm = COUNTY.findings.filter((finding) => finding.lineage === 'adm')
    const [first] = adm
    const isProvable = (code: string, records: readonly string[]) =>
      code === first.code && records.join() === first.records.join()
    const lists = await listsOf(COUNTY, { to: 'police', isProvable })
    expect(lists.summary).toMatchObject({ rows: 1, heldBack: COUNTY.findings.length - 1 })
    expect((await listsOf(COUNTY, { to: 'census', isProvable })).summary.rows).toBeGreaterThan(1)
  })

  test('a finding that claims adm but names a census row is held back', async () => {
    const { records } = COUNTY
    const finding = {
      id: 'F1',
      code: 'double-hukou',
      lineage: 'adm',
      area: records[1].area,
      records: [records[0].key, records[1].key],
    }
    const lists = await listsOf({ records, findings: [finding] }, { to: 'police' })
    expect(lists.summary).toMatchObject({ rows: 0, heldBack: 1 })
  })
})

test('every finding that is work for somebody has a question and a Chinese term, and no question is left over', () => {
  const asked = FINDING_CODES.filter(
    (code) => FINDING_TABLE[code].severity !== 'S0' && FINDING_TABLE[code].notMade === undefined,
  )
  expect(asked.length).toBeGreaterThan(50)
  for (const code of asked) expect(QUESTIONS, code).toHaveProperty(code)
  for (const code of Object.keys(QUESTIONS)) expect(FINDING_TABLE, code).toHaveProperty(code)
  expect(termOf('present-twice')).toBe('双现住重登')
})

describe('the output directory', () => {
  test('that is not empty is refused and left alone', async () => {
    const lists = await listsOf(COUNTY)
    expect(() => new StagedDirectory(lists.out)).toThrow(/\[E403\].*不为空/)
  })

  test('appears whole or not at all', () => {
    const path = join(scratch, 'torn')
    const staged = new StagedDirectory(path)
    staged.write('a.csv', 'x')
    staged.discard()
    expect(existsSync(path)).toBe(false)
    expect(readdirSync(scratch).filter((name) => name.includes('writing'))).toEqual([])
  })

  test('of something that is no run is refused with what to do', () => {
    expect(() => new RunSource(join(scratch, 'nowhere'))).toThrow(/\[E101\].*run --out/)
  })
})

/** The workbook part as text: what other programs read. */
async function partsOf(path: string): Promise<{ readonly workbook: string }> {
  const bytes = readFileSync(path)
  const at = bytes.indexOf('xl/workbook.xml')
  const header = at - 30
  const size = bytes.readUInt32LE(header + 18)
  const from = at + 'xl/workbook.xml'.length + bytes.readUInt16LE(header + 28)
  const { inflateRawSync } = await import('node:zlib')
  return { workbook: inflateRawSync(bytes.subarray(from, from + size)).toString('utf8') }
}

function digest(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}
