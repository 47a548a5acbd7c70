/** Old versions of the police system that have lost their person number: who was renamed, and who only lives there too. */
import { describe, expect, test } from 'vitest'
import { linkRows } from '../support/link-rows.ts'
import { id, police } from '../support/village-rows.ts'

const number = id('19470802', '563')
const now = { name: '谢贵洋', sex: '1', birth_date: '19470802', id_number: number, household_no: 'H1' }
const one = 'police:P1 police:P2'

describe('an old version without a person number', () => {
  test('under another name, in the household of the new one, of its number and birth, is the same person', async () => {
    const rows = [police('P1', now), police('P2', { ...now, name: '谢浩', record_flag: '0' })]
    expect((await linkRows(rows)).groups).toEqual([one])
    // Both in force, they are two of the household under one number.
    expect((await linkRows([police('P1', now), police('P2', { ...now, name: '谢浩' })])).groups).toEqual([])
  })

  test('and one whose number has fifteen digits', async () => {
    const fifteen = number.slice(0, 6) + number.slice(8, 17)
    const old = { ...now, name: '谢贵祥', id_number: fifteen, record_flag: '0' }
    expect((await linkRows([police('P1', now), police('P2', old)])).groups).toEqual([one])
  })

  test('but a twin who once bore the number by mistake is not taken for its bearer', async () => {
    const twin = { ...now, name: '谢浩' }
    const rows = [
      police('P1', now),
      police('P2', { ...twin, record_flag: '0' }),
      police('P3', { ...twin, id_number: id('19470802', '571') }),
    ]
    expect((await linkRows(rows)).groups).not.toContain(one)
  })

  test('nor a brother of the household without a number', async () => {
    const brother = { ...now, name: '谢浩', id_number: '', birth_date: '19490311', record_flag: '0' }
    expect((await linkRows([police('P1', now), police('P2', brother)])).groups).toEqual([])
  })
})
