/** People counted twice who have no police row here, or none that says so: found because few are alike, or from afar. */
import { describe, expect, test } from 'vitest'
import { checkDigit } from '../../../src/normalise/id-number.ts'
import type { RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'
import { settled, together } from '../../support/settled-village.ts'
import { census, id, OTHER, police, VILLAGE } from '../../support/village-rows.ts'

const DISTANT = '360461130030'

describe('counted twice', () => {
  const twice = (hukou: string): RowText[] => [
    census('C1', { name: '钱婷', sex: '2', birth_month: '199501', hukou_place: '4', hukou_area_code: hukou }),
    census('C2', {
      name: '钱亭',
      sex: '2',
      birth_month: '199501',
      hukou_place: '4',
      hukou_area_code: hukou,
      block_code: `${OTHER}001`,
    }),
  ]

  test('two rows from a distant village that nobody else is from are one person, though a character differs', async () => {
    const linked = await linkRows([...twice(DISTANT), ...settled(600)])
    expect(together(linked, 'census:C1')).toBe('census:C1 census:C2')
  })

  test('two rows from the village of everybody are not', async () => {
    const linked = await linkRows([...twice(VILLAGE), ...settled(600)])
    expect(together(linked, 'census:C1')).toBeUndefined()
  })
})

test('who was written down in two places answers alike: for how long away and why', async () => {
  const away = { sex: '2', hukou_place: '4', birth_month: '199509', name: '陈蔚红' }
  const rows = (answers: Record<string, string>): RowText[] => [
    census('LA', { ...away, hukou_area_code: DISTANT, away_duration: '4', away_reason: '养老/康养' }),
    census('LB', {
      ...away,
      birth_month: '',
      block_code: `${OTHER}003`,
      hukou_area_code: '',
      ...answers,
    }),
    ...settled(600, 4).map(
      (row, i): RowText =>
        row.id.startsWith('T') || row.id.startsWith('S')
          ? {
              ...row,
              away_duration: String(2 + (Number(row.id.slice(1)) % 7)),
              away_reason: i % 9 === 0 ? '养老/康养' : '务工',
            }
          : row,
    ),
  ]
  const alike = await linkRows(rows({ away_duration: '4', away_reason: '养老/康养' }), [], true)
  expect(together(alike, 'census:LA')).toBe('census:LA census:LB')
  const unlike = await linkRows(rows({ away_duration: '8', away_reason: '务工' }), [], true)
  expect(together(unlike, 'census:LA')).toBeUndefined()
})

test('a hukou here and one elsewhere are rather two namesakes of one village than a slip', async () => {
  const name = { name: '吕山山', sex: '2', birth_month: '199501' }
  const rows = [
    census('C1', { ...name, household_no: '2' }),
    census('C2', { ...name, hukou_place: '4', hukou_area_code: DISTANT }),
  ]
  const twice = (sequence: number): RowText[] => {
    const person = { ...name, name: `冯小${sequence}`, id_number: id('19950101', String(sequence)), hukou_place: '4' }
    return ['1', '2'].map((n) => census(`${n}T${sequence}`, { ...person, hukou_area_code: `36046113${sequence}${n}` }))
  }
  const namesakes = Array.from({ length: 6 }, (_, k) =>
    police(`N${k}`, { name: name.name, sex: '2', birth_date: `19${k + 3}51109` }),
  )
  const { groups } = await linkRows([...rows, ...namesakes, ...settled(600), ...[301, 303, 305].flatMap(twice)])
  expect(groups.filter((group) => /census:C[12]/.test(group))).toEqual([])
})

describe('newcomers, who have no police row here', () => {
  const name = { name: '潘毅珍', sex: '2', birth_month: '195109' }
  const here = census('C1', { ...name, hukou_place: '4', hukou_area_code: DISTANT })
  const there = (row: Record<string, string>): RowText => census('C2', { ...name, block_code: `${OTHER}003`, ...row })
  const others = settled(600)

  test('are met twice where one of the rows names no hukou', async () => {
    const { groups } = await linkRows([here, there({ hukou_place: '4' }), ...others])
    expect(groups).toContain('census:C1 census:C2')
  })

  test('though the surname is misread as well', async () => {
    const child = { name: '陈尚迦', sex: '1', birth_month: '200607', hukou_place: '4' }
    const { groups } = await linkRows([
      census('C1', { ...child, hukou_area_code: DISTANT }),
      census('C2', { ...child, name: '阵尚迦' }),
      ...others,
    ])
    expect(groups).toContain('census:C1 census:C2')
  })

  test('or a wrong one, and the number begins with the right county', async () => {
    const digits = '36046119510910302'
    const number = { id_number: digits + checkDigit(digits) }
    const wrong = { name: '潘毅真', hukou_place: '3', hukou_area_code: VILLAGE, ...number }
    const { groups } = await linkRows([here, there(wrong), ...others])
    expect(groups).toContain('census:C1 census:C2')
  })

  test('come from one place: two distant counties are two people', async () => {
    const namesakes = Array.from({ length: 40 }, (_, k) => police(`N${k}`, { ...name, birth_date: `19${k + 30}1109` }))
    const elsewhere = there({ hukou_place: '4', hukou_area_code: '610361010017' })
    const { groups } = await linkRows([here, elsewhere, ...namesakes, ...others])
    expect(groups.filter((group) => /census:C[12]/.test(group))).toEqual([])
  })

  test('are met as a family: what one pair leaves open, two pairs between two households tell', async () => {
    const child = { name: '江一一', sex: '1', birth_month: '201601', hukou_place: '4' }
    const home = { household_no: '7' }
    const far = { household_no: '9', hukou_area_code: '610361010017' }
    const family = [
      census('C1', { ...name, ...home, hukou_place: '4', hukou_area_code: DISTANT }),
      there({ ...far, hukou_place: '4' }),
      census('C3', { ...child, ...home, hukou_area_code: DISTANT }),
      census('C4', { ...child, ...far, block_code: `${OTHER}003` }),
    ]
    const { groups } = await linkRows([...family, ...others])
    expect(groups).toContain('census:C1 census:C2')
    expect(groups).toContain('census:C3 census:C4')
  })
})
