/** Workbooks read from bytes to bytes. The judge is the package that reads all workbooks: on the same file it says the same. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { streamXlsxRows, writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import type { SharedBytes } from '../../../src/ingest/formats/csv-bytes.ts'
import { surveyWorkbook } from '../../../src/ingest/formats/xlsx/survey-sheets.ts'
import { convertXlsx, readPlain } from '../../../src/ingest/formats/xlsx.ts'
import { HEADER, layout, row, sheetOf, STYLES, textTable, write } from '../random-workbooks.ts'
import { workbookOf } from '../workbook-files.ts'

/** The rows that the package reads, as a CSV: written plainly, and nothing of it shared with what is judged. */
async function judged(workbook: Uint8Array): Promise<string> {
  const lines: string[] = []
  let width = 0
  for await (const { index, values } of streamXlsxRows(workbook, { sheet: 0 })) {
    while (lines.length < index) lines.push('')
    if (index === 0) width = values.length
    const cells = values.map((value) => {
      if (value instanceof Date)
        return value
          .toISOString()
          .replace(/T00:00:00\.000Z$/, '')
          .replace('T', ' ')
          .slice(0, 19)
      if (typeof value === 'number' && Math.abs(value) >= 1e15) return value.toExponential().toUpperCase()
      return typeof value === 'boolean' ? String(Number(value)) : String(value ?? '')
    })
    while (cells.length < width) cells.push('')
    const shown = cells.map((cell) => (/^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/.test(cell) ? '' : cell))
    const line = shown.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
    lines.push(cells.every((cell) => cell === '') ? '' : line)
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** What was written, and nothing of the memory behind it. */
function textOf({ bytes, length }: SharedBytes): string {
  return Buffer.from(bytes, 0, length).toString('utf8')
}

/** What is read from bytes to bytes; undefined where the workbook is left to the package. */
async function plain(workbook: Uint8Array): Promise<string | undefined> {
  const read = await readPlain(workbook)
  if (read === undefined) return undefined
  return 'refusal' in read ? read.refusal : textOf(read.rows.finish())
}

async function expectJudged(workbook: Uint8Array): Promise<void> {
  expect(await plain(workbook)).toBe(await judged(workbook))
}

function rowOf(cells: string): Buffer {
  return workbookOf({ sheet: sheetOf(`<row r="2">${cells}</row>`) })
}

describe('plain workbooks', () => {
  test('are read as the package reads them: kinds, gaps, runs, entities, styles, namespaces, packing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), textTable, layout, async (rows, table, form) => {
        await expectJudged(write(rows, table, form))
      }),
      { numRuns: 400 },
    )
  })

  test('what a sheet holds beside its rows is what the survey of sheets finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), textTable, layout, async (rows, table, form) => {
        // What stands in comments is hidden from nobody but the reader.
        fc.pre(!JSON.stringify(rows).includes('<!--'))
        const workbook = write(rows, table, { ...form, space: '' })
        const read = await readPlain(workbook)
        const { hiddenRows, uncalculated } = (await surveyWorkbook(workbook))?.sheets[0] ?? {}
        expect(read).toMatchObject({ notes: { name: '户籍', hiddenRows, uncalculated } })
      }),
    )
  })

  test('of some megabytes, whose pieces end inside tags, characters and rows, are read as the package reads them', async () => {
    const rows = Array.from({ length: 9000 }, (_, k) => {
      const cells = `<c r="A${k + 2}" t="inlineStr"><is><t>${'𬭎'.repeat(1 + (k % 90))}</t></is></c>`
      return `<row r="${k + 2}" spans="1:2">${cells}<c r="B${k + 2}" t="s"><v>${k}</v></c></row>`
    })
    const texts = rows.map((_, k) => `<si><t>${'户'.repeat(k % 200)}${k}</t></si>`)
    const merges = Array.from({ length: 20_000 }, (_, k) => `<mergeCell ref="C${k + 1}:D${k + 1}"/>`)
    const workbook = workbookOf(
      { sheet: sheetOf(rows.join('')), texts: `<sst>${texts.join('')}</sst>` },
      { isDeflated: true },
    )
    await expectJudged(workbook)
    const merged = sheetOf(rows[0], '', `<mergeCells>${merges.join('')}<mergeCell ref="A7:B9"/></mergeCells>`)
    expect(await plain(workbookOf({ sheet: merged }, { isDeflated: true }))).toBe('E123')
  })

  test('a workbook saved by LibreOffice 7.4: dates of two styles, formulas, a line end in a cell, a hidden row', async () => {
    const workbook = readFileSync(join(import.meta.dirname, '../files/saved-by-libreoffice.xlsx'))
    await expectJudged(workbook)
    const read = await convertXlsx(workbook)
    if ('refusal' in read) throw new Error(read.refusal)
    const lines = textOf(read).split('\n')
    expect(lines[3]).toBe('p3,,"李 & ""王"", <赵>",2,1959-03-12,0001,513027001002')
    expect(lines.slice(4, 9)).toEqual([
      'p4,,"第一行',
      '第二行",1,1962-04-13,0001,513027001002',
      'p5,,张七,2,1965-05-14,,513027001002',
      'p6,,张八,1,1968-06-15,0007,513027001002',
      'p7,,张九,2,1971-07-16,,513027001002',
    ])
    expect(read.warnings?.map(({ code, message }) => `${code} ${/\d+ (?=行|个)|第 \d+/.exec(message)?.[0]}`)).toEqual([
      'E124 第 10',
      'E125 1 ',
    ])
  })

  test('a workbook of the package itself, with the sheet that holds the table behind an empty and a hidden one', async () => {
    const rows = [
      ['记录号', '出生日期'],
      ['p1', new Date(Date.UTC(1995, 2, 15))],
      [null, null],
      ['p2', new Date(Date.UTC(1995, 2, 15, 8, 30))],
    ]
    const workbook = await writeXlsx({
      sheets: [
        { name: '空', rows: [] },
        { name: '藏', rows, hidden: true },
        { name: '户籍', rows },
      ],
    })
    expect(await plain(workbook)).toBe('记录号,出生日期\np1,1995-03-15\n\np2,1995-03-15 08:30:00\n')
  })

  test('a cell that points at no text is empty: the package takes the first text, which is a header', async () => {
    for (const cell of ['<c t="s"/>', '<c t="s"><v/></c>', '<c t="s"><v></v></c>']) {
      const workbook = workbookOf({
        sheet: sheetOf(`<row>${cell}<c t="s"><v>1</v></c></row>`),
        texts: '<sst><si><t>姓名</t></si><si><t>李四</t></si></sst>',
      })
      expect(await plain(workbook)).toBe('姓名,性别\n,李四\n')
    }
  })

  test('a number beyond the calendar is no date, whatever its style: 19950315 was typed into a column of dates', async () => {
    const cells = ['19950315', '-1', '513027199503151236', '2958465', '2958466'].map(
      (value) => `<c s="1"><v>${value}</v></c>`,
    )
    const workbook = workbookOf({ sheet: sheetOf(`<row>${cells.join('')}</row>`), styles: STYLES })
    expect((await plain(workbook))?.split('\n')[1]).toBe('19950315,-1,5.130271995031512E+17,9999-12-31,2958466')
  })
})

describe('what is not plain is left to the package', () => {
  const text = (inner: string) => `<c t="inlineStr"><is>${inner}</is></c>`

  test.each([
    ['cells out of order', '<c r="B2"><v>2</v></c><c r="A2"><v>1</v></c>'],
    ['one column twice', '<c r="A2"><v>1</v></c><c r="A2"><v>2</v></c>'],
    ['how a text is read aloud, within a cell', text('<t>张</t><rPh sb="0" eb="1"><t>zhāng</t></rPh>')],
    ['two texts in a cell', text('<t>张</t><t>三</t>')],
    ['a text and runs', text('<t>张</t><r><t>三</t></r>')],
    ['a value beside a text', '<c t="inlineStr"><v>1</v></c>'],
    ['a text beside its kind', '<c t="n"><is><t>张</t></is></c>'],
    ['an element in a value', '<c><v>1<b/>2</v></c>'],
    ['an unknown element in a cell', '<c><v>1</v><extLst/></c>'],
    ['a processing instruction', '<?x y?><c><v>1</v></c>'],
    ['CDATA between cells', '<![CDATA[<c/>]]><c><v>1</v></c>'],
    ['another namespace', '<x:c><x:v>1</x:v></x:c>'],
    ['a text whose number is none', '<c t="s"><v>a</v></c>'],
    ['NUL', text('<t>a&#0;b</t>')],
    ['NUL as spreadsheets write it', text('<t>a_x0000_b</t>')],
    ['small letters', '<c r="a2"><v>1</v></c>'],
    ['small letters behind large ones', '<c r="Ab2"><v>1</v></c>'],
    ['a reference without a row', '<c r="A"><v>1</v></c>'],
    ['a style of no number', '<c s=" 1"><v>1</v></c>'],
    ['a value without a name', '<c ="A2"><v>1</v></c>'],
    ['attributes run together', '<c r="A2"s="1"><v>1</v></c>'],
    ['an attribute that does not end', '<c r="A2><v>1</v></c><c r="B2"><v>1</v></c>'],
    ['an attribute with spaces about its sign', '<c r = "B2"><v>1</v></c>'],
  ])('%s', async (_, cells) => {
    const workbook = rowOf(cells)
    expect(await plain(workbook)).toBeUndefined()
    const read = await convertXlsx(workbook)
    const expected = (await judged(workbook)).replaceAll('\0', '')
    expect('bytes' in read && textOf(read)).toBe(expected)
  })

  test.each([
    ['rows out of order', sheetOf('<row r="3"><c><v>3</v></c></row><row r="2"><c><v>2</v></c></row>')],
    ['a comment before the rows', sheetOf('<row><c><v>1</v></c></row>', '<!-- <sheetData> -->')],
    ['bytes that are no UTF-8', Buffer.from(sheetOf(`<row>${text('<t>\xd5\xc5</t>')}</row>`), 'latin1')],
    ['no rows', '<chartsheet><v>1</v></chartsheet>'],
  ])('%s', async (_, sheet) => {
    const workbook = workbookOf({ sheet })
    expect(await plain(workbook)).toBeUndefined()
    const read = await convertXlsx(workbook)
    expect('bytes' in read && textOf(read) === (await judged(workbook))).toBe(true)
  })

  test.each([
    ['two texts', '<sst><si><t>a</t><t>b</t></si></sst>'],
    ['a run behind a text', '<sst><si><t>a</t><r><t>b</t></r></si></sst>'],
    ['another namespace', '<x:sst><si><t>a</t></si></x:sst>'],
  ])('a table of texts: %s', async (_, texts) => {
    const workbook = workbookOf({ sheet: sheetOf('<row><c t="s"><v>0</v></c></row>'), texts })
    expect(await plain(workbook)).toBeUndefined()
    const read = await convertXlsx(workbook)
    expect('bytes' in read && textOf(read)).toBe(await judged(workbook))
  })

  test('a cell longer than a program writes one', async () => {
    const sheet = sheetOf(`<row>${text(`<t>${'张'.repeat(12_000_000)}</t>`)}</row>`)
    expect(await plain(workbookOf({ sheet }, { isDeflated: true }))).toBeUndefined()
  })
})

describe('archives', () => {
  const sheet = sheetOf('<row><c><v>1</v></c></row>'.repeat(3000))

  test('a part that inflates to more than the archive says of it is refused, before it is inflated', async () => {
    const workbook = workbookOf({ sheet }, { isDeflated: true })
    const entry = workbook.lastIndexOf('xl/worksheets/sheet1.xml') - 46
    workbook.writeUInt32LE(1000, entry + 24)
    expect(await convertXlsx(workbook)).toMatchObject({ refusal: 'E110' })
  })

  test('a part that was cut or damaged is refused', async () => {
    const whole = workbookOf({ sheet }, { isDeflated: true })
    const entry = whole.lastIndexOf('xl/worksheets/sheet1.xml') - 46
    const cut = Buffer.from(whole)
    cut.writeUInt32LE(whole.readUInt32LE(entry + 20) - 40, entry + 20)
    expect(await convertXlsx(cut)).toMatchObject({ refusal: 'E109' })
    const damaged = Buffer.from(whole)
    damaged.fill(0xff, whole.readUInt32LE(entry + 42) + 60, whole.readUInt32LE(entry + 42) + 90)
    expect(await convertXlsx(damaged)).toMatchObject({ refusal: 'E109' })
  })

  describe('one character that came over as another is refused, though all else is in order', () => {
    const texts = '<sst><si><t>甲</t></si></sst>'
    const plainSheet = sheetOf('<row><c t="s"><v>0</v></c><c><v>123456</v></c></row>')
    const comment = '<!-- <sheetData> -->'
    test.each([
      ['a number in the rows', { sheet: plainSheet, texts }, '123456', '123457'],
      ['a character in the texts', { sheet: plainSheet, texts }, '甲', '申'],
      ['a style', { sheet: plainSheet, texts, styles: STYLES }, 'numFmtId', 'numFmtIe'],
      [
        'rows that the package reads',
        { sheet: plainSheet.replace('<sheetData', `${comment}<sheetData`) },
        '123456',
        '123457',
      ],
      [
        'texts that the package reads',
        { sheet: plainSheet, texts: '<sst><si><t>甲</t><t>b</t></si></sst>' },
        '甲',
        '申',
      ],
    ])('%s', async (_, parts, sent, arrived) => {
      const damage = (workbook: Buffer): Buffer => {
        const at = workbook.indexOf(sent)
        expect(at).toBeGreaterThan(0)
        workbook.write(arrived, at)
        return workbook
      }
      expect(await convertXlsx(workbookOf(parts))).toHaveProperty('bytes')
      expect(await convertXlsx(damage(workbookOf(parts)))).toMatchObject({ refusal: 'E109' })
      // Who counts no checksum is believed.
      expect(await convertXlsx(damage(workbookOf(parts, { isUnchecked: true })))).toHaveProperty('bytes')
    })
  })

  test('rows that end too early are refused, not read as far as they go; a table of texts too', async () => {
    const row = '<row><c t="s"><v>0</v></c></row>'
    expect(await convertXlsx(workbookOf({ sheet: `<worksheet><sheetData>${HEADER}${row}<row><c><v>1` }))).toEqual({
      refusal: 'E109',
      detail: 'CutShortError',
    })
    for (const texts of ['<sst><si><t>a</t></si><si><t>b', '<sst><si><r><rPr><b></rPr><t>a</t></r></si></sst>'])
      expect(await convertXlsx(workbookOf({ sheet: sheetOf(row), texts }))).toMatchObject({ refusal: 'E109' })
  })

  test('a part packed in another way than ZIP has two is left to the package, which says so', async () => {
    const workbook = workbookOf({ sheet }, { isDeflated: true })
    workbook.writeUInt16LE(12, workbook.lastIndexOf('xl/worksheets/sheet1.xml') - 46 + 10)
    expect(await plain(workbook)).toBeUndefined()
    expect(await convertXlsx(workbook)).toMatchObject({ refusal: 'E109' })
  })
})
