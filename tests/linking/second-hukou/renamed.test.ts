/** Second hukou under a name that is not quite the first one; and brothers, sisters and namesakes who only look so. */
import { describe, expect, test } from 'vitest'
import { NAME_LEVEL } from '../../../src/matching/compare/levels.ts'
import { USUAL_SECOND_HUKOU } from '../../../src/linking/second-hukou/share-of-second-hukou.ts'
import { keepsGivenName, renamingOf, weighFormerName, weighRenamed } from '../../../src/linking/second-hukou/renamed.ts'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, OTHER, police } from '../../support/village-rows.ts'

const one = ['police:P1 police:P2']
const first = { name: '王泽翔', sex: '1', birth_date: '20050720', id_number: id('20050720', '675') }
const parents = { father_name: '王国峰', mother_name: '李琼枝' }

describe('a second hukou under another name', () => {
  test("the mother's surname before the same given name, under the same number, is one person", async () => {
    const mother = { ...first, mother_name: parents.mother_name }
    const rows = [police('P1', mother), police('P2', { ...mother, name: '李泽翔', area_code: OTHER })]
    expect((await linkRows(rows)).groups).toEqual(one)
    // Whoever shares no more than the number is asked about, not taken for a second bearer of it.
    const alone = await linkRows([police('P1', first), police('P2', { ...first, name: '李泽翔', area_code: OTHER })])
    expect(alone.reviews).toEqual(['police:P1 police:P2 weight'])
  })

  test('but a given name of one character under one number is two people: 欧阳兰 and 朱倩兰', async () => {
    const rows = [
      police('P1', { ...first, name: '欧阳兰' }),
      police('P2', { ...first, name: '朱倩兰', area_code: OTHER }),
    ]
    expect((await linkRows(rows)).groups).toEqual([])
  })

  test('a row without a number, the name misread, born that day of another year to parents of those names, is asked about', async () => {
    const misread = { ...first, name: '汪泽翔', birth_date: '20040720', id_number: '', area_code: OTHER }
    const rows = [police('P1', { ...first, ...parents }), police('P2', { ...misread, ...parents })]
    expect((await linkRows(rows)).reviews).toEqual(['police:P1 police:P2 household'])
  })

  test('a character typed as its sound beside the birth date and the parents is the same name', async () => {
    const typed = { ...first, name: 'wang泽翔', id_number: '' }
    const rows = [police('P1', { ...first, ...parents }), police('P2', { ...typed, ...parents })]
    expect((await linkRows(rows)).groups).toEqual(one)
  })

  test('but twins whose names sound alike and who are both at home are two', async () => {
    const twin = { ...first, name: '王泽祥', id_number: '', area_code: OTHER }
    const rows = [
      police('P1', { ...first, ...parents }),
      police('P2', { ...twin, ...parents }),
      census('C1', { name: '王泽翔', sex: '1', birth_month: '200507', id_number: first.id_number }),
      census('C2', { name: '王泽祥', sex: '1', birth_month: '200507', block_code: `${OTHER}003` }),
    ]
    const { groups } = await linkRows(rows)
    expect(groups).toContain('police:P1 census:C1')
    expect(groups).toContain('police:P2 census:C2')
  })

  test('nor are twins one person who are each married to somebody else: 秦伟 and 秦伟涛', async () => {
    const twin = { sex: '1', birth_date: '19900324', father_name: '秦守华', mother_name: '许有霄' }
    const rows = [
      police('P1', { ...twin, name: '秦伟', spouse_name: '王德霞' }),
      police('P2', { ...twin, name: '秦伟涛', spouse_name: '谭蓉敏' }),
    ]
    expect((await linkRows(rows)).groups).toEqual([])
  })

  test("the same given name under the mother's surname and number is no brother", async () => {
    const mother = { mother_name: '李琼枝', mother_id: id('19820303', '248') }
    const renamed = {
      ...first,
      name: '李泽翔',
      birth_date: '20060720',
      id_number: id('20060720', '453'),
      area_code: OTHER,
    }
    expect(
      (await linkRows([police('P1', { ...first, ...mother }), police('P2', { ...renamed, ...mother })])).groups,
    ).toEqual(one)
  })
})

describe('a second hukou under the former name 曾用名', () => {
  const old = { ...first, name: '陈水生', birth_date: '20040720', id_number: id('20040720', '453'), area_code: OTHER }
  const now = { ...first, former_name: '陈水生' }
  const home = { name: '王泽翔', sex: '1', birth_month: '200507', id_number: first.id_number }

  test("beside the mother's name it is one person", async () => {
    const mother = { mother_name: parents.mother_name }
    expect((await linkRows([police('P1', { ...now, ...mother }), police('P2', { ...old, ...mother })])).groups).toEqual(
      one,
    )
    // Whichever of the two was changed.
    const changed = { ...old, name: '王泽翔', former_name: '' }
    const other = { ...now, name: '陈水生', former_name: '王泽翔' }
    expect(
      (await linkRows([police('P1', { ...changed, ...mother }), police('P2', { ...other, ...mother })])).groups,
    ).toEqual(one)
  })

  test('alone it is asked about', async () => {
    const { groups, reviews } = await linkRows([police('P1', now), police('P2', old), census('C1', home)])
    expect(groups).toEqual(['police:P1 census:C1'])
    expect(reviews).toEqual(['police:P1 police:P2 household'])
  })

  test('but who is at home under either name, with either number, is two', async () => {
    const away = {
      name: '陈水生',
      sex: '1',
      birth_month: '200407',
      id_number: old.id_number,
      block_code: `${OTHER}003`,
    }
    const rows = [police('P1', now), police('P2', old), census('C1', home), census('C2', away)]
    const { groups, reviews } = await linkRows(rows)
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
    expect(reviews).toEqual([])
  })

  test('nor is a stranger of that name one, whose mother is another, nor one born on another day', async () => {
    const stranger = { ...old, mother_name: '郑巧云' }
    const rows = [police('P1', { ...now, mother_name: parents.mother_name }), police('P2', stranger)]
    expect(await linkRows(rows)).toMatchObject({ groups: [], reviews: [] })
    const day = { ...old, birth_date: '20040721', id_number: id('20040721', '453') }
    expect(await linkRows([police('P1', now), police('P2', day)])).toMatchObject({ groups: [], reviews: [] })
  })
})

describe('renamings', () => {
  test('a name at home is told from a brother by its first character', () => {
    const other = NAME_LEVEL.oneOther
    expect(renamingOf('王小翔', '王泽翔', other)).toBe('atHome')
    expect(renamingOf('王泽翔', '王翔翔', other)).toBe('atHome')
    expect(renamingOf('王阿翔', '王翔', NAME_LEVEL.dropped)).toBe('misread')
    expect(renamingOf('王泽翔', '王泽宇', other)).toBeUndefined()
    expect(renamingOf('王宇翔', '王泽翔', other)).toBeUndefined()
  })

  test('a given name of two characters is kept, not one of a compound surname', () => {
    expect(keepsGivenName('王泽翔', '李泽翔')).toBe(true)
    expect(keepsGivenName('王翔', '李翔')).toBe(false)
    expect(keepsGivenName('欧阳兰', '朱倩兰')).toBe(false)
  })

  test('twins of names alike are as many as second hukou misread; nobody gives two children one name', () => {
    expect(weighRenamed(USUAL_SECOND_HUKOU, 'misread', 0, 5, true)).toBeLessThan(0)
    expect(weighRenamed(USUAL_SECOND_HUKOU, 'misread', 1, 5, true)).toBeGreaterThan(2000)
    expect(weighRenamed(USUAL_SECOND_HUKOU, 'surname', 0, 5, false)).toBeGreaterThan(6000)
    // Where the parent's name is everybody's, chance gives such pairs too.
    expect(weighRenamed(USUAL_SECOND_HUKOU, 'surname', 4, 400, false)).toBeLessThan(0)
  })

  test('a former name weighs by how many bear it, and by how many have such a family', () => {
    expect(weighFormerName(USUAL_SECOND_HUKOU, 0, 0.5, 1)).toBeGreaterThan(5000)
    expect(weighFormerName(USUAL_SECOND_HUKOU, 4, 400, 1)).toBeLessThan(0)
    expect(weighFormerName(USUAL_SECOND_HUKOU, 0, 50, 0.001)).toBeGreaterThan(
      weighFormerName(USUAL_SECOND_HUKOU, 0, 50, 1),
    )
  })
})
