import { readFileSync, writeFileSync } from 'node:fs'
import { DBFFile } from 'dbffile'
import { type CellValue, readXlsx, type WriteSheet, writeXlsx } from 'hucre/xlsx'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { BiduiError } from '../../../src/errors.ts'
import { ingestRegisters, rawRow } from '../../../src/ingest/index.ts'
import { surveyWorkbook } from '../../../src/ingest/formats/xlsx/survey-sheets.ts'
import { ID_KIND, packDate } from '../../../src/records/record-table.ts'
import { idNumber, ingest, policeLines, rawRows, type TestFile, valuesOf, writeFiles } from '../small-registers.ts'
import { inlinePool } from '../../support/inline-pool.ts'
import { archiveOf } from '../workbook-files.ts'

const header = ['记录号', '公民身份号码', '姓名', '性别', '出生日期', '户号', '户籍地区划']

async function workbook(
  rows: CellValue[][],
  more: Partial<WriteSheet> = {},
  others: WriteSheet[] = [],
): Promise<TestFile[]> {
  const content = await writeXlsx({ sheets: [{ name: '户籍', rows, ...more }, ...others] })
  return [{ register: 'police', content, name: 'a.xlsx' }]
}

async function codeOf(files: readonly TestFile[]): Promise<string> {
  try {
    await ingest(files)
  } catch (error) {
    if (error instanceof BiduiError) return `${error.code} ${error.exitStatus}`
    throw error
  }
  return 'read'
}

describe('workbooks', () => {
  test('a workbook is the table that the same CSV is', async () => {
    const lines = policeLines(80)
    const expected = await ingest([{ register: 'police', content: lines.join('\n') }])
    const result = await ingest(await workbook(lines.map((line) => line.split(','))))
    expect(valuesOf(result)).toEqual(valuesOf(expected))
    expect(rawRows(result)).toEqual(rawRows(expected))
    expect(result.table.files[0].encoding).toBe('xlsx')
  })

  test('dates, floats, empty rows and numbers too long for a float', async () => {
    const result = await ingest(
      await workbook([
        header,
        ['p1', idNumber('19950315', '123'), '张三', 1, new Date(Date.UTC(1995, 2, 15)), 12, 513027001002],
        [null, null, null, null, null, null, null],
        ['p2', Number('513027199503151236'), '李"四,', '2', 34773, '13', '513027001002'],
        ['合计', null, null, 2, null, null, null],
      ]),
    )
    const [first, second] = valuesOf(result).sort((a, b) => (a.recordId < b.recordId ? -1 : 1))
    expect(first).toMatchObject({ idKind: ID_KIND.valid, birth: packDate(1995, 3, 15), area: '513027001002' })
    expect(second).toMatchObject({ idKind: ID_KIND.truncated, name: '李"四,', birth: packDate(1995, 3, 15) })
    expect(result.quarantine).toMatchObject([{ line: 5, code: 'E240' }])
  })

  test('a row ends with its last value as spreadsheets save it; a row of styles only is an empty row', async () => {
    const result = await ingest(
      await workbook([
        [...header, '迁入日期', '迁出日期'],
        ['p1', '', '张三', 1, '19950101'],
        [null, null, null],
        ['p2', '', '李四', 2, '19960101', '12', '513027001002', '20200101'],
        ['p3', '', '王五', 2, '19960101', '12', '513027001002', '', '', '多'],
      ]),
    )
    expect(new Set(valuesOf(result).map(({ recordId }) => recordId))).toEqual(new Set(['p1', 'p2']))
    expect(result.quarantine).toMatchObject([{ line: 5, code: 'E202' }])
  })

  test('a row that a filter hides is a row of the register, and the reader is told which', async () => {
    const rows = [header, ['p1', '', '张三', '1', '19950101', '1', ''], ['p2', '', '李四', '2', '19960101', '1', '']]
    const result = await ingest(
      await workbook(rows, { rowDefs: new Map([[1, { hidden: true }]]), autoFilter: { range: 'A1:G3' } }),
    )
    expect(valuesOf(result).map(({ name }) => name)).toEqual(expect.arrayContaining(['张三', '李四']))
    expect(result.warnings).toMatchObject([{ code: 'E124', file: 'a.xlsx' }])
    expect(result.warnings[0].message).toContain('工作表“户籍”的隐藏行(第 2 行)也已读入')
    expect((await ingest(await workbook(rows))).warnings).toEqual([])
  })

  test('hidden rows of the sheet that is read are told, the first by number and the others by count', async () => {
    const rows = [header, ...Array.from({ length: 3000 }, (_, i) => [`p${i}`, '', '张三', '1', '19950101', '1', ''])]
    const rowDefs = new Map(Array.from({ length: 12 }, (_, i) => [i * 250 + 1, { hidden: true }]))
    const { warnings } = await ingest(await workbook(rows, { rowDefs }, [{ name: '空', rows: [] }]))
    const told = warnings.filter(({ code }) => code !== 'E162')
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringContaining('第 2, 252, 502, 752, 1002 行等 12 行') as string,
    ])
  })

  test('formulas that nobody has calculated are told, calculated ones are read', async () => {
    const rows = [header, ...['p1', 'p2', 'p3'].map((id) => [id, '', '张三', '1', '19950101', '1', ''])]
    const cells = new Map([
      ['1,2', { formula: '"李"&"四"', formulaResult: '李四' }],
      ['2,2', { formula: '"王"&"五"' }],
    ])
    const result = await ingest(await workbook(rows, { cells }))
    expect(valuesOf(result).map(({ name }) => name)).toContain('李四')
    expect(result.warnings).toMatchObject([
      { code: 'E125', message: expect.stringContaining('有 1 个单元格') as string },
    ])
  })

  test('what a failed formula shows is no name and no number; it is told', async () => {
    const rows = [
      header,
      ['p1', '#N/A', '张三', '1', '19950101', '1', ''],
      ['p2', '', '#REF!', '1', '19950101', '#VALUE!', ''],
      ['p3', '', '#N', '1', '19950101', '1', ''],
    ]
    const result = await ingest(await workbook(rows))
    const byId = valuesOf(result).sort((a, b) => (a.recordId < b.recordId ? -1 : 1))
    expect(byId.map(({ name, idKind }) => [name, idKind])).toEqual([
      ['张三', ID_KIND.missing],
      ['', ID_KIND.missing],
      ['#N', ID_KIND.missing],
    ])
    expect(result.warnings).toMatchObject([
      { code: 'E125', message: expect.stringContaining('有 3 个单元格是错误值') as string },
    ])
  })

  test('sheets are surveyed as the package reads them, hidden ones, empty ones and merged cells', async () => {
    const rows = [header, ['p1', '', '张三 & 李四', '1', '19950101', '1', '']]
    const sheets: WriteSheet[] = [
      { name: '甲 & <乙>', rows, merges: [{ startRow: 4, startCol: 0, endRow: 6, endCol: 1 }] },
      { name: '空', rows: [] },
      { name: '藏', rows, hidden: true },
      { name: '深藏', rows, veryHidden: true },
    ]
    const content = await writeXlsx({ sheets })
    const read = await readXlsx(content)
    const survey = await surveyWorkbook(content)
    expect(survey?.sheets).toMatchObject(
      read.sheets.map(({ name, rows: filled, hidden, veryHidden, merges }) => ({
        name,
        isHidden: hidden === true || veryHidden === true,
        hasValues: filled.length > 0,
        merges: (merges ?? []).map(({ startRow, endRow }) => ({ startRow, endRow })),
      })),
    )
    expect(survey?.sheets.map(({ merges }) => merges.length)).toEqual([1, 0, 0, 0])
  })

  test('a workbook of another writer is surveyed too: single quotes, namespaces, spaces kept', async () => {
    const rows = '<x:row hidden=\'1\' r=\'2\'><x:c r="A2"><x:v xml:space="preserve">7</x:v></x:c></x:row>'
    const survey = await surveyWorkbook(
      archiveOf({
        'xl/workbook.xml':
          "<x:workbook><x:sheets><x:sheet name='O\"K' sheetId='1' r:id='rId9'/></x:sheets></x:workbook>",
        'xl/_rels/workbook.xml.rels': "<Relationships><Relationship Target='/xl/a.xml' Id='rId9'/></Relationships>",
        'xl/a.xml': `<x:sheetData>${rows}</x:sheetData><x:mergeCells><x:mergeCell ref='A3:B4'/></x:mergeCells>`,
      }),
    )
    expect(survey?.sheets).toEqual([
      {
        name: 'O"K',
        isHidden: false,
        hasValues: true,
        hiddenRows: [2],
        merges: [{ startRow: 2, endRow: 3 }],
        uncalculated: 0,
      },
    ])
  })

  test('what cannot be read as one table is refused in words', async () => {
    const rows = [header, ['p1', '', '张三', '1', '19950101', '1', '']]
    expect(await codeOf(await workbook(rows))).toBe('read')
    expect(await codeOf(await workbook(rows, {}, [{ name: '二', rows }]))).toBe('E122 65')
    expect(await codeOf(await workbook(rows, {}, [{ name: '空', rows: [] }]))).toBe('read')
    expect(await codeOf(await workbook([['某县户籍'], ...rows]))).toBe('E123 65')
    const merged = { merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 1 }] }
    expect(await codeOf(await workbook(rows, merged))).toBe('E123 65')
    expect(await codeOf(await workbook([]))).toBe('E102 65')
    const [whole] = await workbook(rows)
    const content = whole.content as Uint8Array
    expect(await codeOf([{ ...whole, content: content.subarray(0, content.length - 100) }])).toBe('E109 65')
    expect(await codeOf([{ ...whole, name: 'a.csv' }])).toBe('E106 65')
    expect(await codeOf([{ ...whole, content: 'name,sex\n' }])).toBe('E106 65')
    const locked = await writeXlsx({ sheets: [{ name: 'a', rows }], encryption: { password: 'p', spinCount: 10 } })
    expect(await codeOf([{ ...whole, content: locked }])).toBe('E108 65')
    // Packed anew by a packing program, with a password for each part.
    const packed = Buffer.from(content)
    packed.writeUInt16LE(1, packed.indexOf('PK\x01\x02') + 8)
    expect(await codeOf([{ ...whole, content: packed }])).toBe('E108 65')
  })
})

describe('DBF', () => {
  const columns = ['RYNBID', 'GMSFHM', 'XM', 'XB', 'CSRQ', 'HH', 'SSXQ', '公民身份']
  const widths = [6, 18, 8, 1, 8, 4, 12, 2]

  function dbf(
    rows: readonly (readonly string[])[],
    deleted: ReadonlySet<number> = new Set(),
    names = columns,
    encoding = 'gb18030',
  ): Buffer {
    const headerLength = 32 + 32 * names.length + 1
    const recordLength = 1 + widths.reduce((sum, width) => sum + width, 0)
    const bytes = Buffer.alloc(headerLength + rows.length * recordLength + 1, 0x20)
    bytes.fill(0, 0, headerLength)
    bytes.set([3, 120, 11, 1])
    bytes.writeUInt32LE(rows.length, 4)
    bytes.writeUInt16LE(headerLength, 8)
    bytes.writeUInt16LE(recordLength, 10)
    names.forEach((name, k) => {
      iconv.encode(name, 'gb18030').copy(bytes, 32 + 32 * k, 0, 10)
      bytes[32 + 32 * k + 11] = 67
      bytes[32 + 32 * k + 16] = widths[k]
    })
    bytes[headerLength - 1] = 0x0d
    rows.forEach((row, r) => {
      let at = headerLength + r * recordLength
      bytes[at++] = deleted.has(r) ? 0x2a : 0x20
      row.forEach((cell, k) => {
        iconv.encode(cell, encoding).copy(bytes, at, 0, widths[k])
        at += widths[k]
      })
    })
    bytes[bytes.length - 1] = 0x1a
    return bytes
  }

  const rows = [
    ['p1', idNumber('19950315', '123'), '张三', '1', '19950315', '0001', '513027001002', ''],
    ['p2', '', '欧阳·a明明', '2', '19960101', '0001', '513027001002', ''],
    ['p3', '', '李四', '2', '19970101', '0002', '513027001002', ''],
  ]

  /** Names of three and four characters: in UTF-8 a field of eight bytes cuts each. */
  const many = (names: string) =>
    Array.from({ length: 60 }, (_, n) => [
      `q${n}`,
      '',
      [0, 5, 11].map((step) => names[(n + step) % names.length]).join(''),
      '1',
      '19700101',
      '0001',
      '513027001002',
      '',
    ])
  const TRADITIONAL = '陳張劉黃楊趙吳許鄭謝國華麗芳榮貴東鳳龍寶蘭雲'

  test('UTF-8 that fields have cut inside a character is read as UTF-8, with a .cpg file or without one', async () => {
    const content = dbf(many(TRADITIONAL), new Set(), columns, 'utf-8')
    for (const cpg of ['', 'UTF-8\n', '65001']) {
      const files = writeFiles([{ register: 'police', content, name: 'a.dbf' }])
      if (cpg !== '') writeFileSync(files[0].path.replace('.dbf', '.cpg'), cpg)
      const { table } = await ingestRegisters({ pool: inlinePool, inputs: files })
      expect(rawRow(table, 0).name).toMatch(/^[\u4e00-\u9fff]{2}/)
      expect(TRADITIONAL).toContain(rawRow(table, 0).name[0])
    }
  })

  test('Big5 is told: by its bytes, by the language byte, by a .cpg file; one that says GBK goes before', async () => {
    const content = dbf(many(TRADITIONAL), new Set(), columns, 'big5')
    expect(await codeOf([{ register: 'police', content, name: 'a.dbf' }])).toBe('E155 65')
    const few = dbf(many(TRADITIONAL).slice(0, 3), new Set(), columns, 'big5')
    expect(await codeOf([{ register: 'police', content: few, name: 'a.dbf' }])).toBe('read')
    few[29] = 0x78
    expect(await codeOf([{ register: 'police', content: few, name: 'a.dbf' }])).toBe('E155 65')
    for (const [cpg, code] of [
      ['950', 'E155'],
      ['GBK', undefined],
    ] as const) {
      const files = writeFiles([{ register: 'police', content, name: 'a.dbf' }])
      writeFileSync(files[0].path.replace('.dbf', '.cpg'), cpg)
      const read = ingestRegisters({ pool: inlinePool, inputs: files }).then(
        () => undefined,
        (error: BiduiError) => error.code,
      )
      expect(await read).toBe(code)
    }
  })

  test('GBK that the language byte calls Big5, or a .cpg file UTF-8, is read as GBK', async () => {
    const simplified = many('陈张刘黄杨赵吴许郑谢国华丽芳荣贵东凤龙宝兰云')
    const content = dbf(simplified)
    content[29] = 0x7a
    const files = writeFiles([{ register: 'police', content, name: 'a.dbf' }])
    writeFileSync(files[0].path.replace('.dbf', '.cpg'), 'UTF-8')
    const { table } = await ingestRegisters({ pool: inlinePool, inputs: files })
    expect(simplified.map((row) => row[2])).toContain(rawRow(table, 0).name)
  })

  test('records are what dbffile reads; a name cut in the middle of a character is marked', async () => {
    const files = writeFiles([{ register: 'police', content: dbf(rows), name: 'a.dbf' }])
    const result = await ingestRegisters({ pool: inlinePool, inputs: files })
    const judge = await (await DBFFile.open(files[0].path, { encoding: 'gb18030' })).readRecords()
    expect(rawRows(result).map((row) => row.name)).toEqual(judge.map((record) => record.XM))
    expect(rawRows(result).map((row) => row.id_number)).toEqual(judge.map((record) => record.GMSFHM))
    expect(rawRows(result)[1].name).toMatch(/^欧阳·a.?\ufffd$/u)
    expect(readFileSync(files[0].path)).toHaveLength(result.table.files[0].bytes)
  })

  test('a deleted record is not read and keeps its row number', async () => {
    const result = await ingest([{ register: 'police', content: dbf(rows, new Set([1])), name: 'a.dbf' }])
    expect(Array.from(result.table.columns.rowNo)).toEqual([2, 4])
  })

  test('a header cut at ten bytes is known by its beginning', async () => {
    const names = ['记录号', '公民身份号码', 'XM', 'XB', 'CSRQ', 'HH', 'SSXQ', 'BZ']
    const result = await ingest([{ register: 'police', content: dbf(rows, new Set(), names), name: 'a.dbf' }])
    expect(rawRows(result)[0].id_number).toBe(rows[0][1])
  })

  test('columns that ten bytes make alike are told apart by their order, and the reader is told', async () => {
    const names = ['记录号', '公民身份号码', '姓名', '性别', '出生日期', 'household_no', '户籍地区划', 'household_type']
    const result = await ingest([{ register: 'police', content: dbf(rows, new Set(), names), name: 'a.dbf' }])
    expect(rawRows(result)[2]).toMatchObject({ household_no: '0002' })
    expect(result.table.files[0].header.slice(5)).toEqual(['household_no', 'area_code', 'household_type'])
    expect(result.warnings).toMatchObject([{ code: 'E136', file: 'a.dbf' }])
  })

  test('a name of UTF-8 that is cut inside a character is known as well', async () => {
    const names = ['记录号', '公民身份号码', '姓名', '性别', '出生日期', '户号', '户籍地区划', '备注']
    const content = dbf(rows, new Set(), names)
    names.forEach((name, k) => {
      content.fill(0, 32 + 32 * k, 32 + 32 * k + 11)
      Buffer.from(name).copy(content, 32 + 32 * k, 0, 10)
    })
    const start = 32 + 32 * names.length + 1
    for (let r = 0; r < rows.length; r++) content.write('张     ', start + r * 60 + 25)
    const result = await ingest([{ register: 'police', content, name: 'a.dbf' }])
    expect(rawRows(result)[0]).toMatchObject({ name: '张', area_code: '513027001002' })
  })

  test('memo and binary fields are not taken for text', async () => {
    const names = ['RYNBID', 'GMSFHM', 'XM', 'XB', 'CSRQ', 'HH', 'MLXZ', 'BZ']
    const content = dbf(rows, new Set(), [...names.slice(0, 6), 'SSXQ', 'BZ'])
    const typed = Buffer.from(content)
    typed[32 + 32 * 4 + 11] = 'T'.charCodeAt(0)
    typed[32 + 32 * 5 + 11] = 'I'.charCodeAt(0)
    typed[32 + 32 * 7 + 11] = 'M'.charCodeAt(0)
    const start = 32 + 32 * 8 + 1
    for (let r = 0; r < rows.length; r++) {
      typed.writeInt32LE(2_449_792, start + r * 60 + 34)
      typed.writeInt32LE(0, start + r * 60 + 38)
      typed.writeInt32LE(77 + r, start + r * 60 + 42)
      typed.write('9 ', start + r * 60 + 58)
    }
    const result = await ingest([{ register: 'police', content: typed, name: 'a.dbf' }])
    expect(rawRows(result)[0]).toMatchObject({
      birth_date: '1995-03-15',
      household_no: '77',
      area_code: '513027001002',
    })
    expect(result.warnings).toMatchObject([{ code: 'E137', file: 'a.dbf' }, { code: 'E121' }])
  })

  test('records of which the header does not know are not lost in silence', async () => {
    const content = dbf(rows)
    content.writeUInt32LE(2, 4)
    expect(await codeOf([{ register: 'police', content, name: 'a.dbf' }])).toBe('E109 65')
  })

  test('a file cut short and a file that is none are refused', async () => {
    const whole = dbf(rows)
    expect(await codeOf([{ register: 'police', content: whole.subarray(0, whole.length - 40), name: 'a.dbf' }])).toBe(
      'E109 65',
    )
    expect(await codeOf([{ register: 'police', content: 'name,sex\n', name: 'a.dbf' }])).toBe('E106 65')
  })
})
