/** Two rows of one household book under two valid numbers: one person written down again, twins, father and son. */
import { describe, expect, test } from 'vitest'
import type { RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'
import { id, police } from '../../support/village-rows.ts'

const HOME = { household_no: '1012020284', address: '长庙镇杨岩村5组94号' }

function inBook(recordId: string, name: string, birth: string, row: Record<string, string> = {}): RowText {
  return police(recordId, { ...HOME, name, sex: '1', birth_date: birth, id_number: id(birth, '061'), ...row })
}

describe('two rows of one household book under two numbers', () => {
  const one = ['police:P1 police:P2']

  test('of one name, born on one day of two years, are one person though no row names a parent or spouse', async () => {
    const rows = [inBook('P1', '叶晓东', '19850901'), inBook('P2', '叶晓东', '19860901')]
    // Where few have a second hukou, as these rows believe, it is asked for want of weight; two births of two months are not asked about.
    expect((await linkRows(rows)).reviews).toEqual(['police:P1 police:P2 weight'])
    const brothers = [inBook('P1', '叶晓东', '19850901'), inBook('P2', '叶晓东', '19861120')]
    expect((await linkRows(brothers)).reviews).toEqual([])
  })

  test('of one sound and one spouse as well', async () => {
    const spouse = { spouse_name: '洪光', spouse_id: id('19541028', '399') }
    const rows = [inBook('P1', '刘翠琼', '19560222', spouse), inBook('P2', '刘翠穷', '19550222', spouse)]
    expect((await linkRows(rows)).groups).toEqual(one)
  })

  test('of one parent and births of one year are one; a year apart they are brothers', async () => {
    const parents = { father_name: '叶建国', father_id: id('19541028', '399'), mother_name: '陈美英' }
    const first = inBook('P1', '叶晓东', '19850901', parents)
    // Two good numbers are asked about where few have a second hukou, and no twin is suspected in births of two months; one number is enough.
    const renumbered = await linkRows([first, inBook('P2', '叶晓东', '19850214', parents)])
    expect(renumbered.reviews).toEqual(['police:P1 police:P2 weight'])
    const second = (name: string, birth: string): RowText => inBook('P2', name, birth, { ...parents, id_number: '' })
    expect((await linkRows([first, second('叶晓东', '19850214')])).groups).toEqual(one)
    expect((await linkRows([first, second('叶晓冬', '19850214')])).groups).toEqual([])
    expect((await linkRows([first, second('叶晓东', '19861120')])).groups).toEqual([])
  })

  test('of one year, naming nobody, are asked about in a family and are strangers in a dormitory', async () => {
    const rows = (household_type: string): RowText[] => [
      inBook('P1', '叶晓东', '19850901', { household_type }),
      inBook('P2', '叶晓东', '19850214', { household_type, id_number: '' }),
    ]
    expect((await linkRows(rows('家庭户'))).reviews).toEqual(['police:P1 police:P2 weight'])
    expect((await linkRows(rows('集体户'))).reviews).toEqual([])
  })

  test('twins whose names sound alike are two, and so are a father and a son of one name', async () => {
    const parents = { father_name: '叶建国', mother_name: '陈美英' }
    const twins = [
      inBook('P1', '叶浩阳', '19850901', parents),
      inBook('P2', '叶浩洋', '19850901', { ...parents, id_number: id('19850901', '063') }),
    ]
    expect((await linkRows(twins)).groups).toEqual([])
    expect((await linkRows([inBook('P1', '叶晓东', '19850901'), inBook('P2', '叶晓东', '20110901')])).groups).toEqual(
      [],
    )
  })
})
