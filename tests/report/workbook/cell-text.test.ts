import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeCsv, encodeCsv } from '../../../src/report/lists/csv.ts'
import { guardText, printableText, unguardText } from '../../../src/report/workbook/cell-text.ts'
import { readWorkbook, writeWorkbook } from '../../../src/report/workbook/xlsx.ts'
import { OFFICE_TEST_MS, officeTest, savedByOffice } from '../../support/office.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { anyCharacter } from '../../support/any-character.ts'

const STARTS = ['', '\t', '\r', '\n', '\0', '\ufeff', ' ', '　', "'", '\u200b', '\u2060', '\u00a0', '\r\n\t']
const SIGNS = ['=', '+', '-', '@', '＝', '＋', '－', '＠']
const BODIES = ['1+1', 'HYPERLINK("http://x.invalid","a")', "cmd|' /C calc'!A0"]

/** 13 × 8 × 3 = 312 and twelve that are dangerous in other ways. */
const PAYLOADS = [
  ...STARTS.flatMap((start) => SIGNS.flatMap((sign) => BODIES.map((body) => start + sign + body))),
  '#N/A',
  '#REF!',
  '_x003D_1+1',
  'a\n=1+1',
  '"=1+1"',
  '=1+1\r\n',
  '%0A=1',
  '{=1+1}',
  ',=1+1',
  ';=1+1',
  'TRUE',
  '1E5',
]
const NUMBERS = ['513027199903051232', '51302719990305123X', '012', '1990-01', '1/2', '000000000000000001']

const scratch = temporaryFolder('bidui-office')

/** Opens a file in LibreOffice and saves it as XLSX. */
function openAndSave(name: string, bytes: Uint8Array, filter: readonly string[] = []): Uint8Array {
  const source = join(scratch, name)
  writeFileSync(source, bytes)
  return savedByOffice(source, filter)
}

const workbookOf = (texts: readonly string[]) =>
  writeWorkbook({
    title: 't',
    sheets: [
      {
        name: '513027100001001',
        title: '清单',
        lines: [],
        columns: [
          { header: '甲', width: 30 },
          { header: '乙', width: 30, answer: true },
        ],
        rows: texts.map((text) => [text, text]),
        footer: '',
      },
    ],
  })

describe('more than 300 payloads', () => {
  test('no two of them are alike', () => expect(new Set(PAYLOADS).size).toBe(13 * 8 * 3 + 12))

  test('a workbook keeps each as text and nothing as a formula', async () => {
    const [sheet] = await readWorkbook(await workbookOf([...PAYLOADS, ...NUMBERS]))
    const cells = sheet.rows.slice(2).flat()
    expect(cells.filter((cell) => cell.formula)).toEqual([])
    expect(sheet.rows.slice(2).map((row) => row[0].text)).toEqual([...PAYLOADS, ...NUMBERS].map(printableText))
  })

  test('CSV guards each, and taking the guard off gives the text back', () => {
    const [...rows] = decodeCsv(encodeCsv(PAYLOADS.map((text) => [text, 'x'])))
    expect(rows.map((row) => row[0])).toEqual(PAYLOADS.map(printableText))
    const raw = new TextDecoder().decode(encodeCsv(PAYLOADS.slice(0, 13 * 8 * 3).map((text) => [text])))
    // A control character is written as its picture, which no spreadsheet looks past.
    for (const line of raw
      .replace(/^\ufeff/, '')
      .split('\r\n')
      .slice(0, -1))
      expect(line).toMatch(/^"?['␀-␟]/)
  })

  test('whatever stands before the sign of a formula, it is guarded', () => {
    for (const text of PAYLOADS.slice(0, 13 * 8 * 3)) expect(guardText(text)).toBe(`'${text}`)
  })

  officeTest(
    'LibreOffice opens and saves them without a formula, and 18-digit numbers survive',
    async () => {
      const all = [...PAYLOADS, ...NUMBERS]
      const [fromXlsx] = await readWorkbook(openAndSave('payloads.xlsx', await workbookOf(all)))
      const cells = fromXlsx.rows.slice(2)
      expect(cells.flat().filter((cell) => cell.formula)).toEqual([])
      expect(cells.map((row) => row[0].text)).toEqual(all.map(printableText))

      const [fromCsv] = await readWorkbook(
        openAndSave('payloads2.csv', encodeCsv([['甲', '乙'], ...all.map((text) => [text, '.'])]), [
          '--infilter=CSV:44,34,76,1',
        ]),
      )
      expect(fromCsv.rows.flat().filter((cell) => cell.formula)).toEqual([])
      expect(fromCsv.rows.slice(-NUMBERS.length).map((row) => unguardText(row[0].text))).toEqual(NUMBERS)
    },
    OFFICE_TEST_MS,
  )
})

describe('texts', () => {
  test('an apostrophe that no guard has put there stays: it is what somebody typed', () => {
    expect(unguardText("'t Hart")).toBe("'t Hart")
    expect(unguardText("'=1+1")).toBe('=1+1')
  })

  test('guarding is undone exactly, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(unguardText(guardText(text))).toBe(text)
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^['=+\-@ 0-9a]{0,6}$/), (text) => {
        expect(unguardText(guardText(text))).toBe(text)
      }),
    )
  })

  test('showing twice is showing once', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(printableText(printableText(text))).toBe(printableText(text))
      }),
    )
  })

  test('any table of texts comes back from CSV and from a workbook as it was shown', async () => {
    const cell = fc.string({ unit: anyCharacter, maxLength: 12 }).map((text) => `甲${text}`)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
        const shown = rows.map((row) => row.map(printableText))
        expect(decodeCsv(encodeCsv(rows))).toEqual(shown)
      }),
      { numRuns: 200 },
    )
  })

  test('a 15-digit legacy block and a name with a rare character stay whole', async () => {
    const [sheet] = await readWorkbook(await workbookOf(['513027100001001', '王𠮷', '张\ue863']))
    expect(sheet.rows.slice(2).map((row) => row[0].text)).toEqual(['513027100001001', '王𠮷', '张\ue863'])
  })
})
