import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openXlsx, readXlsx, saveXlsx, writeXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { AnswerStore, loadAnswers } from '../../../src/report/lists/answer-store.ts'
import { checkValue, openListKey } from '../../../src/report/lists/check-value.ts'
import { encodeCsv } from '../../../src/report/lists/csv.ts'
import { SHOWN_COLUMNS } from '../../../src/report/lists/issue-rows.ts'
import { VERDICTS } from '../../../src/report/lists/questions.ts'
import { OFFICE_TEST_MS, officeTest, savedByOffice } from '../../support/office.ts'
import { SMALL, csvOf, scratch, sendLists, take } from './list-round-trip.ts'
import { invented, writeRun } from './make-run.ts'

test('what the desk found true stays on the list with its verdict, and is no answer until the field writes one', async () => {
  const [first, second, third] = SMALL.findings
  const words = new Map([
    [first.id, { verdict: '属实', day: '2020-11-24', isClosed: false }],
    [second.id, { verdict: '属实', day: '2020-11-24', isClosed: false }],
    [third.id, { verdict: '不属实', day: '2020-11-24', isClosed: true }],
  ] as const)
  const sent = await sendLists(SMALL, undefined, { deskVerdict: (id) => words.get(id) })
  const list = csvOf(sent)
  const lineOf = (id: string) => list.rows.findIndex((row) => row[list.at('编号')] === id)
  expect(lineOf(third.id)).toBe(-1)
  for (const { id } of [first, second]) {
    expect(list.rows[lineOf(id)][list.at('核实结果')]).toBe('属实')
    expect(list.rows[lineOf(id)][list.at('备注')]).toBe('审核台 2020-11-24 属实')
  }
  const workbook = await openXlsx(readFileSync(join(sent.out, '513027100_问题清单.xlsx')))
  const rows = workbook.sheets.flatMap((sheet) => sheet.rows)
  expect(rows.find((row) => row[0] === first.id)?.slice(10, 15)).toEqual([
    '属实',
    null,
    null,
    null,
    '审核台 2020-11-24 属实',
  ])
  // The township has put the second right; the first comes back as it was sent.
  list.fill(lineOf(second.id), '核实结果', '已补登')
  const { counts, outcomes } = await take(sent, [list.write()])
  expect(counts).toMatchObject({ applied: 1, rejected: 0, conflicting: 0 })
  expect(outcomes.find((one) => one.findingId === first.id)?.kind).toBe('unanswered')
  expect([...loadAnswers(sent.run)].map(([id, { verdict }]) => [id, verdict])).toEqual([[second.id, '已补登']])
})

describe('10,000 answers', () => {
  const COUNTY = invented({ townships: 10, blocksPerTownship: 10, findingsPerBlock: 100 })
  const TOWNSHIPS = Array.from({ length: 10 }, (_, t) => `5130271${String(t).padStart(2, '0')}`)
  let sent: Awaited<ReturnType<typeof sendLists>>
  beforeAll(async () => {
    sent = await sendLists(COUNTY)
  })

  const verdictOf = (id: string) => VERDICTS[Number(id.slice(1)) % VERDICTS.length]

  async function fillWorkbook(township: string): Promise<string> {
    const workbook = await openXlsx(readFileSync(join(sent.out, `${township}_问题清单.xlsx`)))
    for (const sheet of workbook.sheets)
      for (const row of sheet.rows.slice(4)) {
        row[10] = verdictOf(String(row[0]))
        row[14] = '已问'
      }
    const path = join(scratch, `${township}_filled.xlsx`)
    writeFileSync(path, await saveXlsx(workbook))
    return path
  }

  test('half in workbooks, half in CSV with columns in another order, are all placed', async () => {
    const files: string[] = []
    for (const township of TOWNSHIPS.slice(0, 5)) files.push(await fillWorkbook(township))
    for (const township of TOWNSHIPS.slice(5)) {
      const { rows, at } = csvOf(sent, township)
      for (const row of rows.slice(1)) row[at('核实结果')] = verdictOf(row[at('编号')])
      const path = join(scratch, `${township}_filled.csv`)
      writeFileSync(path, encodeCsv(rows.map((row) => [...row].reverse())))
      files.push(path)
    }
    const preview = await take(sent, files, false)
    expect(preview.counts).toEqual({
      applied: 10_000,
      unchanged: 0,
      conflicting: 0,
      rejected: 0,
      unanswered: 0,
      missing: 0,
    })
    expect(loadAnswers(sent.run).size).toBe(0)

    const applied = await take(sent, files)
    expect(applied.counts).toEqual(preview.counts)
    const answers = loadAnswers(sent.run)
    expect(answers.size).toBe(10_000)
    for (const [id, answer] of answers) expect(answer.verdict).toBe(verdictOf(id))

    // One township by workbook and one by CSV: what holds of these holds of all.
    const two = [files[0], files[9]]
    expect((await take(sent, two)).counts).toMatchObject({ applied: 0, unchanged: 2000 })
    const store = new AnswerStore(sent.run)
    expect(store.undoImport(applied.importId, '李', 't')).toEqual({ fallen: 10_000, standing: 0 })
    expect(() => store.undoImport(applied.importId, '李', 't')).toThrow(/已撤销/)
    store.close()
    expect(loadAnswers(sent.run).size).toBe(0)
    expect((await take(sent, two)).counts).toMatchObject({ applied: 2000, unchanged: 0 })
  })
})

describe('a returned row', () => {
  let sent: Awaited<ReturnType<typeof sendLists>>
  beforeAll(async () => {
    sent = await sendLists(SMALL)
  })
  const only = async (path: string, apply = false) =>
    (await take(sent, [path], apply)).outcomes.filter(({ kind }) => kind !== 'unanswered')

  test('with any one shown cell changed is refused by name of its column: 100 % of 12 rows × 10 cells', async () => {
    const columns = [
      '编号',
      '问题类型',
      '户编号',
      '地址',
      '姓名',
      '性别',
      '证件号',
      '户籍所载',
      '普查所载',
      '需核实事项',
      '校验列',
    ]
    let found = 0
    for (const column of columns) {
      const csv = csvOf(sent)
      for (let line = 1; line < csv.rows.length; line++) {
        csv.fill(line, '核实结果', '属实')
        const cell = csv.rows[line][csv.at(column)]
        csv.fill(line, column, column === '编号' ? `${cell}X` : `${cell}改`)
      }
      const outcomes = (await take(sent, [csv.write()], false)).outcomes.filter(({ kind }) => kind !== 'missing')
      expect(outcomes).toHaveLength(12)
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ kind: 'rejected', code: 'E301' })
        if (column !== '编号' && column !== '校验列') expect(outcome.message).toContain(`「${column}」`)
        found++
      }
    }
    expect(found).toBe(12 * columns.length)
  })

  test('with two rows’ check values exchanged is refused', async () => {
    const csv = csvOf(sent)
    const check = csv.at('校验列')
    ;[csv.rows[1][check], csv.rows[2][check]] = [csv.rows[2][check], csv.rows[1][check]]
    expect((await only(csv.write())).map(({ code, line }) => [code, line])).toEqual([
      ['E301', 2],
      ['E301', 3],
    ])
  })

  test('names file, sheet and the row as the spreadsheet numbers it', async () => {
    const csv = csvOf(sent)
    csv.fill(7, '核实结果', '大概')
    const [outcome] = await only(csv.write('乡镇.csv'))
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'E303', file: '乡镇.csv', line: 8 })
    expect(outcome.message).toContain('属实、不属实')
  })

  test('with a formula for an answer is refused', async () => {
    const workbook = await readXlsx(readFileSync(join(sent.out, '513027100_问题清单.xlsx')))
    const [sheet] = workbook.sheets
    const bytes = await writeXlsx({
      sheets: [
        {
          name: sheet.name,
          rows: sheet.rows,
          cells: new Map([['4,10', { formula: 'A1', formulaResult: '属实', type: 'formula' }]]),
        },
      ],
    })
    const path = join(scratch, 'formula.xlsx')
    writeFileSync(path, bytes)
    expect(await only(path)).toMatchObject([{ kind: 'rejected', code: 'E303', line: 5 }])
  })

  test('with filled cells but no answer, or three digits for the last four, is refused', async () => {
    const csv = csvOf(sent)
    csv.fill(1, '核实人', '张')
    csv.fill(2, '核实结果', '属实')
    csv.fill(2, '证件号后四位', '123')
    expect((await only(csv.write())).map(({ code }) => code)).toEqual(['E303', 'E303'])
  })

  test('without a number of its own is refused as added', async () => {
    const csv = csvOf(sent)
    csv.rows.push(csv.rows[0].map((name) => (name === '姓名' ? '新人' : '')))
    expect(await only(csv.write())).toMatchObject([{ kind: 'rejected', code: 'E306', line: 14 }])
  })

  test('that was deleted from its sheet is reported as unanswered', async () => {
    const csv = csvOf(sent)
    const [gone] = csv.rows.splice(3, 1)
    expect(await only(csv.write())).toMatchObject([{ kind: 'missing', code: 'E305', findingId: gone[csv.at('编号')] }])
  })

  test('that another copy of the list has answered is not called missing', async () => {
    const first = csvOf(sent)
    first.fill(4, '核实结果', '属实')
    const { importId } = await take(sent, [first.write()])
    const second = csvOf(sent)
    second.rows.splice(4, 1)
    const path = second.write()
    expect(await only(path)).toEqual([])
    const store = new AnswerStore(sent.run)
    store.undoImport(importId, '张', 't')
    store.close()
    expect(await only(path)).toMatchObject([{ kind: 'missing', code: 'E305' }])
  })

  test('whose sheet was not sent back at all is not called deleted', async () => {
    const csv = csvOf(sent)
    const block = csv.rows[1][csv.at('普查小区')]
    const kept = csv.rows.filter((row, i) => i === 0 || row[csv.at('普查小区')] === block)
    csv.rows.splice(0, csv.rows.length, ...kept)
    expect(kept).toHaveLength(7)
    expect(await only(csv.write())).toEqual([])
  })

  test('given twice with different answers is in conflict, with the same answer counts once', async () => {
    const csv = csvOf(sent)
    csv.fill(1, '核实结果', '属实')
    csv.fill(2, '核实结果', '已更正')
    csv.rows.push([...csv.rows[1]], [...csv.rows[2]])
    csv.fill(13, '核实结果', '不属实')
    expect((await only(csv.write())).map(({ kind, code, line }) => [kind, code, line])).toEqual([
      ['conflicting', 'E304', 2],
      ['applied', '', 3],
      ['conflicting', 'E304', 14],
      ['unchanged', '', 15],
    ])
  })

  test('to findings that are the second of their code on their records is each one’s own', async () => {
    const seconds = SMALL.findings.map((finding, n) => (n < 3 ? { ...finding, id: `${finding.id}-${n + 2}` } : finding))
    const lists = await sendLists({ ...SMALL, findings: seconds })
    const csv = csvOf(lists)
    const verdicts = ['属实', '属实', '不属实']
    const lineOf = (id: string) => csv.rows.findIndex((row) => row[csv.at('编号')] === id)
    for (const [n, { id }] of seconds.slice(0, 3).entries()) csv.fill(lineOf(id), '核实结果', verdicts[n])
    const { counts } = await take(lists, [csv.write()])
    expect(counts).toMatchObject({ applied: 3, unchanged: 0, conflicting: 0, rejected: 0 })
    const taken = new Map([...loadAnswers(lists.run)].map(([id, { verdict }]) => [id, verdict]))
    expect(seconds.slice(0, 3).map(({ id }) => taken.get(id))).toEqual(verdicts)
  })

  test('that contradicts an answer already taken is in conflict until that import is undone', async () => {
    const first = csvOf(sent)
    first.fill(5, '核实结果', '属实')
    const { importId } = await take(sent, [first.write()])
    const second = csvOf(sent)
    second.fill(5, '核实结果', '不属实')
    const path = second.write()
    expect(await only(path)).toMatchObject([{ kind: 'conflicting', code: 'E304' }])
    const store = new AnswerStore(sent.run)
    store.undoImport(importId, '张', 't')
    store.close()
    expect(await only(path)).toMatchObject([{ kind: 'applied' }])
  })

  test('keeps whose number the last four digits are, not the digits', async () => {
    const csv = csvOf(sent)
    const number = SMALL.records[0].raw['id_number']
    csv.fill(1, '核实结果', '属实')
    csv.fill(1, '证件号后四位', number.slice(14).toLowerCase())
    csv.fill(2, '核实结果', '属实')
    csv.fill(2, '证件号后四位', '000X')
    const { importId } = await take(sent, [csv.write()])
    const answers = [...loadAnswers(sent.run).values()]
    expect(answers.map(({ tailFits }) => tailFits)).toEqual([number.startsWith('5') ? 'both' : '', 'neither'])
    const store = new AnswerStore(sent.run)
    store.undoImport(importId, '张', 't')
    store.close()
    expect(readFileSync(join(sent.run, 'answers.sqlite')).includes(number.slice(14))).toBe(false)
  })
})

describe('an outdated list', () => {
  test('is told from a changed row: the finding is gone, or shows other values today', async () => {
    const sent = await sendLists(SMALL)
    const later = {
      records: SMALL.records.map((record) =>
        record.key === 'census:C1' ? { ...record, raw: { ...record.raw, address: '东垭社区新址' } } : record,
      ),
      findings: SMALL.findings.filter(({ id }) => !id.endsWith('2')),
    }
    const next = writeRun(join(scratch, 'later'), later)
    const csv = csvOf(sent)
    for (let line = 1; line < csv.rows.length; line++) csv.fill(line, '核实结果', '属实')
    const { outcomes } = await take({ run: next, key: sent.key }, [csv.write()])
    const codes = new Map(outcomes.map(({ findingId, code }) => [findingId, code]))
    expect([...codes.values()].filter((code) => code === 'E302')).toHaveLength(2)
    expect(codes.get('F0000000000002')).toBe('E302')
    expect(codes.get('F0000000000003')).toBe('')
  })

  test('that only words it otherwise, as an earlier version did, or whose link was confirmed since, is taken', async () => {
    const record = { ...SMALL.records.find(({ key }) => key === 'census:C1')! }
    const away = {
      ...record,
      raw: { ...record.raw, residence: '5', residence_area_code: '510104', away_duration: '3' },
    }
    const sent = await sendLists({ ...SMALL, records: SMALL.records.map((one) => (one.key === away.key ? away : one)) })
    const csv = csvOf(sent)
    const line = csv.rows.findIndex((row) => row.some((cell) => cell.includes('半年至一年')))
    csv.fill(line, '核实结果', '属实')
    const reword = (column: string, words: (text: string) => string) =>
      csv.fill(line, column, words(csv.rows[line][csv.at(column)]))
    reword('普查所载', (text) => text.replace('半年至一年', '半年至1年').replaceAll('，', ','))
    reword('问题类型', (text) => `${text}「链接待确认」`)
    reword('需核实事项', (text) => `${text}请核对。`)
    const seal = () => {
      const shown = SHOWN_COLUMNS.map((column) => csv.rows[line][csv.at(column)])
      const key = openListKey(sent.key, 'take-back')
      csv.fill(line, '校验列', checkValue(key, csv.rows[line][csv.at('编号')], shown))
    }
    seal()
    expect((await take(sent, [csv.write()], false)).counts).toMatchObject({ applied: 1, rejected: 0 })
    // Another span is another value.
    reword('普查所载', (text) => text.replace('半年至1年', '1至2年'))
    seal()
    expect((await take(sent, [csv.write()], false)).outcomes.find(({ code }) => code === 'E302')).toBeDefined()
  })

  test('of another office’s key is not believed', async () => {
    const sent = await sendLists(SMALL)
    const other = await sendLists(SMALL)
    const csv = csvOf(sent)
    csv.fill(1, '核实结果', '属实')
    const { counts } = await take({ run: other.run, key: other.key }, [csv.write()])
    expect(counts).toMatchObject({ applied: 0, rejected: 12 })
  })

  test('without the key is refused with what to do', async () => {
    const sent = await sendLists(SMALL)
    await expect(take({ run: sent.run, key: join(scratch, 'no.key') }, [])).rejects.toThrow(/\[E405\].*--key/)
  })
})

describe('files', () => {
  const write = (name: string, bytes: Uint8Array | string) => {
    const path = join(scratch, name)
    writeFileSync(path, bytes)
    return path
  }
  test.each([
    ['empty.csv', new Uint8Array(), /\[E102\].*为空/],
    [
      'open.ods',
      Buffer.from('PK\u0003\u0004mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      /\[E107\].*\.ods.*另存为/,
    ],
    ['old.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), /\[E107\].*另存为/],
    ['torn.xlsx', new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9]), /\[E109\].*损坏/],
    ['other.csv', 'a,b\r\n1,2\r\n', /\[E118\].*校验列/],
  ])('%s is refused in words', async (name, bytes, message) => {
    const sent = await sendLists(SMALL)
    await expect(take(sent, [write(name, bytes)])).rejects.toThrow(message)
  })

  test('that is not there is named', async () => {
    const sent = await sendLists(SMALL)
    await expect(take(sent, [join(scratch, 'gone.csv')])).rejects.toThrow(/\[E101\] gone\.csv/)
  })

  test('saved by a spreadsheet as GB18030, with tabs, or with tabs as Unicode text are read', async () => {
    const sent = await sendLists(SMALL)
    const csv = csvOf(sent)
    csv.fill(1, '核实结果', '属实')
    const { default: iconv } = await import('iconv-lite')
    const text = new TextDecoder().decode(encodeCsv(csv.rows))
    expect((await take(sent, [write('gb.csv', iconv.encode(text, 'gb18030'))], false)).counts.applied).toBe(1)
    const tabs = csv.rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join('\t')).join('\r\n')
    expect((await take(sent, [write('tabs.txt', tabs)], false)).counts.applied).toBe(1)
    const unicode = Buffer.from(`\ufeff${tabs}`, 'utf16le')
    expect((await take(sent, [write('unicode.txt', unicode)], false)).counts.applied).toBe(1)
  })

  officeTest(
    'opened and saved by LibreOffice come back whole',
    async () => {
      const sent = await sendLists(SMALL)
      const workbook = await openXlsx(readFileSync(join(sent.out, '513027100_问题清单.xlsx')))
      for (const sheet of workbook.sheets) for (const row of sheet.rows.slice(4)) row[10] = '已补登'
      const path = write('office.xlsx', await saveXlsx(workbook))
      const saved = write('saved.xlsx', savedByOffice(path))
      expect((await take(sent, [saved], false)).counts).toMatchObject({ applied: 12, rejected: 0 })
    },
    OFFICE_TEST_MS,
  )
})

test('answers.sqlite refuses to forget', async () => {
  const sent = await sendLists(SMALL)
  const csv = csvOf(sent)
  csv.fill(1, '核实结果', '属实')
  await take(sent, [csv.write()])
  const database = new Database(join(sent.run, 'answers.sqlite'))
  for (const table of ['answer', 'event', 'sent', 'list_sent']) {
    expect(() => database.exec(`DELETE FROM ${table}`)).toThrow(/append-only/)
    expect(() => database.exec(`UPDATE ${table} SET rowid = rowid`)).toThrow()
  }
  database.close()
})
