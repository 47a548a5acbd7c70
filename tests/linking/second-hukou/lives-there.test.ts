/** A second hukou whose list names the village where the person lives under his first one. */
import { describe, expect, test } from 'vitest'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, OTHER, police, VILLAGE } from '../../support/village-rows.ts'

describe('who is listed as away, and is nowhere met in the village named', () => {
  const birth = '19960422'
  const first = { name: '李花田', sex: '1', birth_date: birth, id_number: id(birth, '275') }
  const second = { ...first, name: '黎花田', id_number: id(birth, '045'), area_code: OTHER }
  const seen = { ...first, birth_month: '199604' }
  const listed = {
    ...second,
    birth_month: '199604',
    block_code: `${OTHER}001`,
    residence: '4',
    residence_area_code: VILLAGE,
  }
  const neighbours = Array.from({ length: 40 }, (_, k) => {
    const born = `${1950 + k}0${1 + (k % 9)}11`
    const row = {
      name: `苟${'甲乙丙丁戊己庚辛'[k % 8]}${'春夏秋冬东'[Math.floor(k / 8)]}`,
      sex: '1',
      id_number: id(born, '331'),
    }
    return [police(`N${k}`, { ...row, birth_date: born }), census(`M${k}`, { ...row, birth_month: born.slice(0, 6) })]
  }).flat()
  const linked = async (
    here: Record<string, string>,
    there: Record<string, string>,
    more: ReturnType<typeof census>[] = [],
    said: Record<string, string> = {},
  ): Promise<{ readonly groups: readonly string[]; readonly asked: boolean }> => {
    const one = police('P1', { ...first, ...here })
    const two = police('P2', { ...second, ...there })
    const away = census('C2', {
      ...listed,
      name: there.name ?? second.name,
      id_number: there.id_number ?? second.id_number,
      ...said,
    })
    const { groups, reviews } = await linkRows([one, two, census('C1', seen), away, ...neighbours, ...more])
    return {
      groups: groups.filter((group) => /P[12]\b/.test(group)),
      asked: reviews.some((pair) => pair.startsWith('police:P1 police:P2')),
    }
  }
  const apart = ['police:P1 census:C1', 'police:P2 census:C2']

  test('is the one who lives there, of his birth date and a name of one sound', async () => {
    expect((await linked({}, {})).groups).toEqual(['police:P1 police:P2 census:C1 census:C2'])
  })

  test('also under the surname of his mother', async () => {
    const { groups } = await linked({}, { name: '苏花田' })
    expect(groups).toEqual(['police:P1 police:P2 census:C1 census:C2'])
  })

  test('and where the list gives the birth that the register has for him where he lives', async () => {
    const other = { name: '苏花田', birth_date: '19920309', id_number: id('19920309', '045') }
    const said = { birth_date: '', birth_month: '199604' }
    expect((await linked({}, other, [], said)).groups).toEqual(['police:P1 police:P2 census:C1 census:C2'])
    // Of the birth that his own hukou has he may be somebody else.
    expect((await linked({}, other, [], { ...said, birth_month: '199203' })).groups).toEqual(apart)
  })

  test('and in another village of the township, of which no code is given', async () => {
    const beside = `${VILLAGE.slice(0, 9)}209`
    const here = { name: '苏花田', area_code: beside }
    const said = { block_code: `${beside}001`, residence: '3', residence_area_code: '' }
    expect((await linked({}, here, [], said)).groups).toEqual(['police:P1 police:P2 census:C1 census:C2'])
  })

  test('but nobody of another name and another day of the month', async () => {
    const other = { name: '苏国强', birth_date: '19960409', id_number: id('19960409', '045') }
    expect((await linked({}, other)).groups).toEqual(apart)
  })

  test('nor one who lives there as well, with a row of his own', async () => {
    const own = census('C3', { ...second, birth_month: '199604', hukou_place: '3', hukou_area_code: OTHER })
    expect((await linked({}, {}, [own])).groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2 census:C3'])
  })

  test('one of another given name may be a twin: asked', async () => {
    const parents = { father_name: '李大海', mother_name: '苟甲琼' }
    const { groups, asked } = await linked(parents, { ...parents, name: '李国强' })
    expect(groups).toEqual(apart)
    expect(asked).toBe(true)
  })
})
