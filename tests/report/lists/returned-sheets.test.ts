/** Lists as offices send them back: heads deleted, columns renamed or doubled, cells merged, words of their own. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openXlsx, saveXlsx, type Workbook } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { AnswerStore, loadAnswers } from '../../../src/report/lists/answer-store.ts'
import { SMALL, csvOf, scratch, sendLists, take } from './list-round-trip.ts'

let sent: Awaited<ReturnType<typeof sendLists>>
beforeAll(async () => {
  sent = await sendLists(SMALL)
})

let saved = 0
async function workbookWith(change: (workbook: Workbook) => void): Promise<string> {
  const workbook = await openXlsx(readFileSync(join(sent.out, '513027100_问题清单.xlsx')))
  change(workbook)
  const path = join(scratch, `returned${++saved}.xlsx`)
  writeFileSync(path, await saveXlsx(workbook))
  return path
}

describe('a page that cannot be read as sent is told, never passed over', () => {
  test('a page whose head was deleted is refused by name, the other pages are read', async () => {
    const path = await workbookWith(({ sheets }) => {
      for (const sheet of sheets) for (const row of sheet.rows.slice(4)) row[10] = '属实'
      sheets[0].rows.splice(3, 1)
    })
    const { outcomes, counts } = await take(sent, [path], false)
    expect(counts).toMatchObject({ applied: 6, rejected: 1 })
    expect(outcomes.find(({ kind }) => kind === 'rejected')).toMatchObject({
      code: 'E118',
      sheet: '513027100001001',
      message: expect.stringContaining('6 行未读'),
    })
  })

  test('a page without the column 核实结果 is refused, not counted as unanswered', async () => {
    const csv = csvOf(sent)
    csv.fill(0, '核实结果', '核实情况')
    const { outcomes, counts } = await take(sent, [csv.write()], false)
    expect(counts).toMatchObject({ rejected: 1, unanswered: 0 })
    expect(outcomes[0]).toMatchObject({ code: 'E118', message: expect.stringContaining('「核实结果」') })
  })

  test('a page with a column twice is refused: which of the two counts is not guessed', async () => {
    const csv = csvOf(sent)
    for (const row of csv.rows) row.push(row === csv.rows[0] ? '核实结果▼' : '属实')
    const { outcomes, counts } = await take(sent, [csv.write()], false)
    expect(counts).toMatchObject({ applied: 0, rejected: 1, unanswered: 0 })
    expect(outcomes[0]).toMatchObject({ code: 'E119', message: expect.stringContaining('「核实结果」') })
  })

  test('a head with words in brackets is the column, unless the plain one stands beside it', async () => {
    const csv = csvOf(sent)
    csv.fill(1, '核实结果', '属实')
    csv.rows[0][csv.at('核实结果')] = '核实结果（必填）'
    csv.rows[0].push('备注(二)')
    csv.rows[1].push('已搬走')
    const { counts, notices } = await take(sent, [csv.write()], false)
    expect(counts).toMatchObject({ applied: 1, rejected: 0 })
    expect(notices).toEqual([expect.stringContaining('「备注(二)」列')])
  })

  test('totals and signatures at the end are named as not read; what stands above a row of the list is refused', async () => {
    const csv = csvOf(sent)
    csv.fill(1, '核实结果', '属实')
    csv.rows.push(['合计', '12条'], [''], ['填表人：王五', '', '日期 11月20日'])
    const { counts, notices } = await take(sent, [csv.write()], false)
    expect(counts).toMatchObject({ applied: 1, rejected: 0, missing: 0 })
    expect(notices).toEqual([expect.stringContaining('表尾的合计、签名')])
    csv.rows.push([...csv.rows[2]])
    expect((await take(sent, [csv.write()], false)).counts).toMatchObject({ applied: 1, rejected: 2 })
  })

  test('a page of the township’s own tables is named and refuses nothing', async () => {
    const path = await workbookWith(({ sheets }) => {
      sheets[0].rows[4][10] = '属实'
      sheets.push({
        name: '汇总',
        rows: [
          ['问题', '数量', '核实', '备注'],
          ['漏登', 5, 4, '电话'],
        ],
      })
    })
    const { counts, notices } = await take(sent, [path], false)
    expect(counts).toMatchObject({ applied: 1, rejected: 0 })
    expect(notices).toEqual([expect.stringContaining('[汇总]: 本页不是清单')])
  })

  test('a column of the township’s own is named as not read, and refuses nothing', async () => {
    const csv = csvOf(sent)
    for (const row of csv.rows) row.push(row === csv.rows[0] ? '补充说明' : '')
    csv.rows[3][csv.rows[3].length - 1] = '已去派出所'
    csv.fill(3, '核实结果', '属实')
    const { counts, notices } = await take(sent, [csv.write()], false)
    expect(counts).toMatchObject({ applied: 1, rejected: 0 })
    expect(notices).toEqual([expect.stringContaining('「补充说明」')])
    expect(notices.join()).not.toContain('派出所')
  })

  test('pages put one below the other, each with its head and title lines: all rows are read, columns by their own head', async () => {
    const path = await workbookWith(({ sheets }) => {
      for (const sheet of sheets) for (const row of sheet.rows.slice(4)) row[10] = '属实'
      const [first, second] = sheets
      // The second with its columns the other way round, and two blank rows before it.
      const turned = second.rows.map((row, r) =>
        r < 3 ? row : Array.from({ length: 16 }, (_, c) => row[15 - c] ?? null),
      )
      first.rows.push([null], [null], ...turned)
      second.rows.splice(0)
      second.merges = []
    })
    const { outcomes, counts } = await take(sent, [path], false)
    expect(counts).toMatchObject({ applied: 12, rejected: 0, missing: 0 })
    // Two blank rows, three title lines and the head stand between rows 10 and 17.
    expect(outcomes.map(({ line }) => line)).toEqual([5, 6, 7, 8, 9, 10, 17, 18, 19, 20, 21, 22])
  })

  test('of a page that was copied and answered otherwise, the page of the other answer is named', async () => {
    const path = await workbookWith((workbook) => {
      const [first] = workbook.sheets
      const copy = { ...first, name: '副本', rows: first.rows.map((row) => [...row]) }
      first.rows[4][10] = '属实'
      copy.rows[4][10] = '不属实'
      workbook.sheets.push(copy)
    })
    const { outcomes, counts } = await take(sent, [path], false)
    expect(counts).toMatchObject({ applied: 0, conflicting: 2 })
    const said = outcomes.filter(({ kind }) => kind === 'conflicting').map(({ message }) => message)
    expect(said[0]).toContain('[副本] 第5行')
    expect(said[1]).toContain('[513027100001001] 第5行')
  })

  test('a name that slipped under 编号 is refused without being repeated', async () => {
    const csv = csvOf(sent)
    csv.fill(1, '编号', '欧阳金凤')
    const { outcomes } = await take(sent, [csv.write()], false)
    expect(outcomes[0]).toMatchObject({ kind: 'rejected', code: 'E301', findingId: '' })
    expect(JSON.stringify(outcomes)).not.toContain('欧阳')
  })

  test('a list of another run is told as such, once', async () => {
    const other = await sendLists(SMALL)
    const csv = csvOf(other)
    csv.fill(1, '核实结果', '属实')
    const { counts, notices } = await take(sent, [csv.write()], false)
    expect(counts).toMatchObject({ applied: 0, rejected: 12 })
    expect(notices).toEqual([expect.stringContaining('--key')])
  })
})

describe('an answer', () => {
  test('merged over several rows stands for its own row only, the others are told', async () => {
    const path = await workbookWith(({ sheets }) => {
      sheets[0].rows[4][10] = '属实'
      sheets[0].merges = [...(sheets[0].merges ?? []), { startRow: 4, endRow: 6, startCol: 10, endCol: 10 }]
    })
    const { outcomes, counts } = await take(sent, [path], false)
    expect(counts).toMatchObject({ applied: 1, rejected: 2 })
    expect(outcomes.filter(({ kind }) => kind === 'rejected').map(({ code, line }) => [code, line])).toEqual([
      ['E303', 6],
      ['E303', 7],
    ])
  })

  test.each(['√', '✔', '是', '否', '对。', '×', 'TRUE', '1'])(
    'that is a tick, a cross, yes or no says not which choice is meant: %s',
    async (text) => {
      expect(await judge(text)).toMatchObject({
        kind: 'rejected',
        code: 'E303',
        message: expect.stringContaining('对勾或是、否') as string,
      })
    },
  )

  test('may have blanks between the last four digits; of fewer it is said that noughts count', async () => {
    const csv = csvOf(sent)
    for (const [row, tail] of [
      [1, '12 34'],
      [2, '123'],
    ] as const) {
      csv.fill(row, '核实结果', '属实')
      csv.fill(row, '证件号后四位', tail)
    }
    const { outcomes, counts } = await take(sent, [csv.write()], false)
    expect(counts).toMatchObject({ applied: 1, rejected: 1 })
    expect(outcomes.find(({ kind }) => kind === 'rejected')?.message).toContain('前面的 0 也要写')
  })

  test('given twice with another note says so', async () => {
    const [one, other] = [csvOf(sent), csvOf(sent)]
    for (const csv of [one, other]) csv.fill(1, '核实结果', '属实')
    other.fill(1, '备注', '已电话核实')
    const { outcomes } = await take(sent, [one.write(), other.write()], false)
    const conflicts = outcomes.filter(({ kind }) => kind === 'conflicting')
    expect(conflicts).toHaveLength(2)
    for (const { message } of conflicts) expect(message).toContain('的「备注」不同')
  })

  const judge = async (text: string) => {
    const csv = csvOf(sent)
    csv.fill(1, '核实结果', text)
    return (await take(sent, [csv.write()], false)).outcomes.find(({ line }) => line === 2)
  }

  test.each(['属 实', '　属实　', '属实。', '\u200b属实', '属实\n', '属\u3000实；'])(
    'with blanks, invisible characters or a full stop is the choice it is: %j',
    async (text) => {
      expect(await judge(text)).toMatchObject({ kind: 'applied', answer: { verdict: '属实' } })
    },
  )

  test.each([
    ['己更正', '已更正'],
    ['属實', '属实'],
    ['屬實', '属实'],
    ['查無此人', '查无此人'],
    ['不属实（电话核实）', '不属实'],
    ['查无些人', '查无此人'],
  ])('of other words is refused with the choice that is near: %s', async (text, near) => {
    const outcome = await judge(text)
    expect(outcome).toMatchObject({ kind: 'rejected', code: 'E303' })
    expect(outcome?.message).toContain(`「${near}」？`)
    expect(outcome?.message).not.toContain(text)
  })

  test.each(['是', '√', '已补登或已更正', '1'])(
    'near none of the choices is refused without a guess: %s',
    async (text) => {
      const outcome = await judge(text)
      expect(outcome).toMatchObject({ kind: 'rejected', code: 'E303' })
      expect(outcome?.message).not.toContain('？')
    },
  )

  test.each([
    ['44155', '2020-11-20'],
    ['44155.5', '2020-11-20'],
    ['11月20日', '11月20日'],
  ])('of the day %s is kept as %s: a spreadsheet returns a date as its number', async (written, kept) => {
    const csv = csvOf(sent)
    csv.fill(1, '核实结果', '属实')
    csv.fill(1, '日期', written)
    const { outcomes } = await take(sent, [csv.write()], false)
    expect(outcomes.find(({ line }) => line === 2)?.answer?.visitedOn).toBe(kept)
  })

  test('that contradicts one taken earlier is told with the import to undo', async () => {
    const run = await sendLists(SMALL)
    const first = csvOf(run)
    first.fill(5, '核实结果', '属实')
    const { importId } = await take(run, [first.write()])
    const second = csvOf(run)
    second.fill(5, '核实结果', '不属实')
    const { outcomes } = await take(run, [second.write()])
    expect(outcomes.find(({ code }) => code === 'E304')?.message).toContain(importId)
  })

  test('that a later file gave too outlives the undo of the first', async () => {
    const run = await sendLists(SMALL)
    const first = csvOf(run)
    for (const line of [1, 2]) first.fill(line, '核实结果', '属实')
    const { importId } = await take(run, [first.write()])
    const second = csvOf(run)
    for (const line of [2, 3]) second.fill(line, '核实结果', '属实')
    expect((await take(run, [second.write()])).counts).toMatchObject({ applied: 1, unchanged: 1 })
    const store = new AnswerStore(run.run)
    expect(store.undoImport(importId, '张', 't')).toEqual({ fallen: 1, standing: 1 })
    store.close()
    const ids = [2, 3].map((line) => second.rows[line][second.at('编号')])
    expect([...loadAnswers(run.run).keys()].sort()).toEqual(ids.sort())
  })
})
