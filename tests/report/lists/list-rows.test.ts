/** What one row of a list shows, of whom, and to which office. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decodeCsv } from '../../../src/report/lists/csv.ts'
import { inventedNumber } from './make-run.ts'
import { listsOf } from './made-lists.ts'

describe('one row', () => {
  const area = '513027100001'
  const certificate = {
    key: 'births:B1',
    person: 'P1',
    household: '',
    area,
    raw: {
      name: '未取名',
      sex: '1',
      birth_date: '20200305',
      mother_name: '李×英',
      mother_id: inventedNumber(7),
      area_code: area,
    },
  }
  const police = {
    key: 'police:A1',
    person: 'P1',
    household: 'h1',
    area,
    raw: {
      name: '王新',
      id_number: inventedNumber(9, '20200305'),
      sex: '1',
      birth_date: '20200305',
      household_no: '7',
      relation: '20',
      address: '东垭社区3号',
    },
  }
  const parent = {
    key: 'police:A2',
    person: 'P2',
    household: 'h1',
    area,
    raw: { ...police.raw, name: '王大', id_number: inventedNumber(11), relation: '02' },
  }
  const counted = {
    key: 'census:C2',
    person: 'P2',
    household: 'c1',
    area,
    block: `${area}007`,
    raw: { name: '王大', household_no: '012', residence: '1' },
  }
  const cell = (lists: { out: string }, name: string) => {
    const [header, row] = decodeCsv(readFileSync(join(lists.out, '513027100_问题清单.csv')))
    return row[header.indexOf(name)]
  }

  test('shows the mother of a newborn that no household register knows', async () => {
    const lists = await listsOf({
      records: [certificate],
      findings: [{ id: 'F1', code: 'newborn-missing', area, records: ['births:B1'] }],
    })
    expect(cell(lists, '户籍所载')).toContain('母亲 李×英')
    expect(cell(lists, '姓名')).toBe('未取名')
    expect(cell(lists, '普查小区')).toBe(`${area}未分小区`)
  })

  test('hides her where the child already stands in a household register: it may have been adopted', async () => {
    const lists = await listsOf({
      records: [certificate, police],
      findings: [{ id: 'F1', code: 'newborn-missing', area, records: ['births:B1', 'police:A1'] }],
    })
    expect(readFileSync(join(lists.out, '513027100_问题清单.csv'), 'utf8')).not.toContain('李×英')
  })

  test('of a person whom no census row knows stands in the 普查小区 where the rest of the household was counted', async () => {
    const lists = await listsOf({
      records: [police, parent, counted],
      findings: [{ id: 'F1', code: 'missing-everywhere', area, records: ['police:A1'] }],
    })
    expect(cell(lists, '普查小区')).toBe(`${area}007`)
  })

  test('on a census row shows where the same person stands in the household register, but not to other offices', async () => {
    const row = { ...counted, person: 'P1', raw: { ...counted.raw, hukou_place: '3' } }
    const run = {
      records: [police, row],
      findings: [{ id: 'F1', code: 'hukou-claim-mismatch', area, records: ['census:C2'] }],
    }
    expect(cell(await listsOf(run), '户籍所载')).toBe(`${area} 户号7，正常`)
    const birth = {
      records: [police, certificate],
      findings: [{ id: 'F1', code: 'birth-not-registered', lineage: 'adm', area, records: ['births:B1'] }],
    }
    expect(cell(await listsOf(birth, { to: 'police' }), '户籍所载')).not.toContain('户号7')
  })

  test('says that a link is not certain, and masks a number that stands in an address or a sentence', async () => {
    const odd = { ...police, raw: { ...police.raw, address: `东垭社区 ${police.raw.id_number}` } }
    const lists = await listsOf({
      records: [odd],
      findings: [
        {
          id: 'F1',
          code: 'missing-everywhere',
          certainty: 'probable',
          area,
          detail: `号码${police.raw.id_number}。`,
          records: ['police:A1'],
        },
      ],
    })
    expect(cell(lists, '问题类型')).toBe('漏登（链接待确认）')
    expect(readFileSync(join(lists.out, '513027100_问题清单.csv'), 'utf8')).not.toContain(police.raw.id_number)
  })

  test('with a code unknown here still goes out, with a plain question', async () => {
    const lists = await listsOf({
      records: [police],
      findings: [{ id: 'F1', code: 'new-code', area, records: ['police:A1'] }],
    })
    expect(cell(lists, '需核实事项')).toContain('情况是否属实？')
  })
})
