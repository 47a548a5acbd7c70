/** One person with two hukou, told by the family or by a census row; and who only looks so. */
import { describe, expect, test } from 'vitest'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, OTHER, police, TWO_HUKOU } from '../../support/village-rows.ts'

describe('second hukou', () => {
  const { spouse, first, second } = TWO_HUKOU
  const one = ['police:P1 police:P2']

  test('the same spouse by number beside the same name is one person, whatever the birth', async () => {
    const rows = [police('P1', { ...first, spouse_id: spouse }), police('P2', { ...second, spouse_id: spouse })]
    expect((await linkRows(rows)).groups).toEqual(one)
  })

  test('of the dead too: the hukou that was not cancelled is still theirs', async () => {
    const groupsOf = async (died: Record<string, string>): Promise<readonly string[]> => {
      const dead = police('P1', { ...first, spouse_id: spouse, status: '1', ...died })
      return (await linkRows([dead, police('P2', { ...second, spouse_id: spouse })])).groups
    }
    expect(await groupsOf({ death_date: '20200607' })).toEqual(one)
    expect(await groupsOf({})).toEqual(one)
  })

  test('but a child that died leaves its name to the next one', async () => {
    const parents = { mother_id: spouse }
    const next = police('P2', { ...second, ...parents })
    const groupsOf = async (died: string): Promise<readonly string[]> =>
      (await linkRows([police('P1', { ...first, ...parents, status: '1', death_date: died }), next])).groups
    expect(await groupsOf('19951102')).toEqual([])
    expect(await groupsOf('20151102')).toEqual(one)
  })

  test('beside the same birth date under another name as well', async () => {
    const renamed = { ...first, name: '刘波毅', id_number: id('19950720', '453'), area_code: OTHER }
    const rows = [police('P1', { ...first, spouse_id: spouse }), police('P2', { ...renamed, spouse_id: spouse })]
    expect((await linkRows(rows)).groups).toEqual(one)
  })

  test("a spouse's number is read as the name that the register gives it", async () => {
    const { groups } = await linkRows([
      police('P1', { ...first, spouse_id: spouse }),
      police('P2', { ...second, spouse_name: '何泽翠' }),
      police('P3', { name: '何泽翠', sex: '2', birth_date: '19960827', id_number: spouse }),
    ])
    expect(groups).toEqual(one)
  })

  test('a spouse of the same name proves nothing where everybody bears these names', async () => {
    const couple = [
      police('P1', { ...first, spouse_name: '何泽翠' }),
      police('P2', { ...second, spouse_name: '何泽翠' }),
    ]
    expect((await linkRows(couple)).groups).toEqual(one)
    const born = (k: number): string => `${1994 + (k % 3)}${String(1 + (k % 12)).padStart(2, '0')}15`
    const namesakes = Array.from({ length: 240 }, (_, k) => {
      const number = id(born(k), String(100 + k))
      return police(`N${k}`, { name: k % 2 === 0 ? '彭昌发' : '何泽翠', birth_date: born(k), id_number: number })
    })
    const { groups } = await linkRows([...couple, ...namesakes])
    expect(groups.filter((group) => /police:P[12]/.test(group))).toEqual([])
  })

  test('the same mother by number beside the same name is one person; her twins are two', async () => {
    const mother = { mother_id: spouse }
    const twin = { ...first, name: '彭昌明', id_number: id('19950720', '691') }
    const child = [police('P1', { ...first, ...mother }), police('P2', { ...second, ...mother })]
    expect((await linkRows([...child, police('P3', { ...twin, ...mother })])).groups).toEqual(one)
  })

  test('another given name beside the same spouse is asked, for a brother may have married the widow', async () => {
    const renamed = { ...second, name: '彭昌武', spouse_id: spouse }
    const { groups, reviews } = await linkRows([police('P1', { ...first, spouse_id: spouse }), police('P2', renamed)])
    expect(groups).toEqual([])
    expect(reviews).toEqual(['police:P1 police:P2 household'])
  })

  test('unless the birth was only moved by a year', async () => {
    const moved = { name: '彭昌武', birth_date: '19960720', id_number: id('19960720', '453'), area_code: OTHER }
    const rows = [
      police('P1', { ...first, spouse_id: spouse }),
      police('P2', { ...first, ...moved, spouse_id: spouse }),
    ]
    expect((await linkRows(rows)).groups).toEqual(one)
  })

  test('or by some years, month and day kept', async () => {
    const renamed = (birth: string): Record<string, string> => ({
      ...first,
      name: '彭昌武',
      birth_date: birth,
      id_number: id(birth, '453'),
      area_code: OTHER,
      spouse_id: spouse,
    })
    const groupsOf = async (birth: string): Promise<readonly string[]> =>
      (await linkRows([police('P1', { ...first, spouse_id: spouse }), police('P2', renamed(birth))])).groups
    expect(await groupsOf('19910720')).toEqual(one)
    expect(await groupsOf('19910811')).toEqual([])
  })

  test('a number with one wrong digit beside the same name and birth date is the same number', async () => {
    const wrong = `${first.id_number.slice(0, 6)}189${first.id_number.slice(9)}`
    const left = { ...first, id_number: wrong, status: '2', moved_out_on: '20150528' }
    const rows = [police('P1', { ...first, moved_in_on: '20150528' }), police('P2', left)]
    expect((await linkRows(rows)).groups).toEqual(one)
  })

  test('a row without a number that was left on the day when the other was entered is the same person', async () => {
    const left = { ...first, id_number: '', area_code: OTHER, status: '2', moved_out_on: '20150528' }
    const groupsWith = async (movedIn: string): Promise<readonly string[]> =>
      (await linkRows([police('P1', { ...first, moved_in_on: movedIn }), police('P2', left)])).groups
    expect(await groupsWith('20150528')).toEqual(one)
    expect(await groupsWith('20150630')).toEqual(one)
    expect(await groupsWith('20031102')).toEqual([])
    expect(await groupsWith('')).toEqual([])
  })

  test("a row with a namesake's number is his whom it fits, and both are one where nobody else is met under it", async () => {
    const namesake = { ...second, birth_date: '19961103', id_number: id('19961103', '617') }
    const row = {
      name: first.name,
      sex: '1',
      birth_month: '199507',
      id_number: namesake.id_number,
      address: '坡河村7组258号',
    }
    const rows = [police('P1', { ...first, address: row.address }), police('P2', namesake), census('C1', row)]
    expect((await linkRows(rows)).groups).toEqual(['police:P1 police:P2 census:C1'])
    const met = { ...row, birth_month: '199611', block_code: `${OTHER}003`, address: '' }
    const { groups } = await linkRows([...rows, census('C2', met)])
    expect(groups.filter((group) => group.includes('P1') && group.includes('P2'))).toEqual([])
  })

  test('a disbelieved number is that of the other hukou, if of the surname and born that day of another month', async () => {
    const person = { name: '仇春衡', sex: '1', birth_date: '19700228', id_number: id('19700228', '493') }
    const holder = (birth: string): Record<string, string> => ({
      name: '仇明',
      sex: '1',
      birth_date: birth,
      id_number: id(birth, '597'),
      area_code: OTHER,
    })
    const areOne = async (birth: string): Promise<boolean> => {
      const row = { name: person.name, sex: '1', birth_month: '197002', id_number: holder(birth).id_number }
      const { groups } = await linkRows([police('P1', person), police('P2', holder(birth)), census('C1', row)])
      return groups.some((group) => group.includes('police:P1 police:P2'))
    }
    expect(await areOne('19700328')).toBe(true)
    expect(await areOne('19760512')).toBe(false)
  })

  test('but in the village of the holder a row of January is his own: so forms say that nobody knew the month', async () => {
    const other = { ...first, birth_date: '19950123', id_number: id('19950123', '675') }
    const village = '513027001003'
    const holder = { ...first, birth_date: '19951227', id_number: id('19951227', '617'), area_code: village }
    const row = { name: first.name, sex: '1', birth_month: '199501', id_number: holder.id_number }
    const rows = [police('P1', other), police('P2', holder)]
    const own = census('C1', { ...row, block_code: `${village}001` })
    expect((await linkRows([...rows, own], [], true)).groups).toEqual(['police:P2 census:C1'])
    const inMarch = police('P1', { ...other, birth_date: '19950323', id_number: id('19950323', '675') })
    const known = census('C1', { ...row, birth_month: '199503', block_code: `${village}001` })
    expect((await linkRows([inMarch, rows[1], known], [], true)).groups).toEqual(['police:P1 police:P2 census:C1'])
  })

  test('but a row born on the day of the moon of the holder is his own, where the namesake has a row himself', async () => {
    const address = '坡河村7组9号'
    const holder = { ...first, birth_date: '19950817', id_number: id('19950817', '617'), address }
    const row = { name: first.name, sex: '1', birth_month: '199507' }
    const namesake = police('P1', { ...first, address })
    const rows = [namesake, police('P2', holder), census('C1', { ...row, id_number: holder.id_number, address })]
    const own = census('C2', { ...row, id_number: first.id_number, block_code: `${OTHER}001`, hukou_place: '3' })
    const both = (groups: readonly string[]): boolean =>
      groups.some((group) => group.includes('P1') && group.includes('P2'))
    expect(both((await linkRows([...rows, own], [], true)).groups)).toBe(false)
    // At the namesake's house, not the holder's: his row under the other number, and both are one.
    const house = [
      police('P1', { ...first, address: `${address.slice(0, 5)}9号` }),
      police('P2', { ...holder, address: `${address.slice(0, 5)}4号` }),
    ]
    const there = census('C1', { ...row, id_number: holder.id_number, address: `${address.slice(0, 5)}9号` })
    expect(both((await linkRows([...house, there], [], true)).groups)).toBe(true)
  })

  test('but two at home, each with a number and a wife, whose fathers bear one name, are two', async () => {
    const other = { ...first, id_number: id('19950720', '453'), area_code: OTHER }
    const rows = (wives: readonly string[]): Parameters<typeof linkRows>[0] => [
      police('P1', { ...first, father_name: '彭永发', spouse_name: wives[0] ?? '' }),
      police('P2', { ...other, father_name: '彭永发', spouse_name: wives[1] ?? '' }),
      census('C1', { name: first.name, sex: '1', birth_month: '199507', id_number: first.id_number }),
    ]
    const atHome = { name: first.name, sex: '1', birth_month: '199507', id_number: other.id_number }
    const { groups } = await linkRows([
      ...rows(['何泽翠', '罗小红']),
      census('C2', { ...atHome, block_code: `${OTHER}003` }),
    ])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
    // One wife and one home: a second hukou.
    expect((await linkRows(rows(['何泽翠', '何泽翠']))).groups).toEqual(['police:P1 police:P2 census:C1'])
  })

  test('a census row that is the one by name and home and bears the number of the other tells it', async () => {
    const home = { address: '坡河村7组258号' }
    const moved = {
      ...first,
      name: '彭文武',
      birth_date: '19960720',
      id_number: id('19960720', '453'),
      area_code: OTHER,
    }
    const row = { name: first.name, sex: '1', birth_month: '199507', id_number: moved.id_number, ...home }
    const { groups } = await linkRows([police('P1', { ...first, ...home }), police('P2', moved), census('C1', row)])
    expect(groups).toEqual(['police:P1 police:P2 census:C1'])
    const uncle = { ...moved, birth_date: '19940211', id_number: id('19940211', '453') }
    const borrowed = census('C1', { ...row, id_number: uncle.id_number })
    const apart = await linkRows([police('P1', { ...first, ...home }), police('P2', uncle), borrowed])
    expect(apart.groups.filter((group) => group.includes('P1') && group.includes('P2'))).toEqual([])
  })

  test('but not a row that is the holder of the number in all: two namesakes of one birthday', async () => {
    const twin = { ...first, id_number: id('19950720', '453') }
    const { groups } = await linkRows([
      police('P1', first),
      police('P2', twin),
      census('C1', { ...twin, birth_month: '199507' }),
    ])
    expect(groups).toEqual(['police:P2 census:C1'])
  })

  test('brothers of one name have each a wife of his own', async () => {
    const mother = { mother_id: spouse }
    const married = (row: Record<string, string>, wife: string): Record<string, string> => ({
      ...row,
      ...mother,
      spouse_name: wife,
    })
    const rows = [police('P1', married(first, '何泽翠')), police('P2', married(second, '苟甲琼'))]
    expect((await linkRows(rows)).groups).toEqual([])
  })

  test("one number written for two men's wives does not make one man of them", async () => {
    const other = { ...first, name: '王学礼', id_number: id('19950720', '453'), area_code: OTHER }
    const rows = [
      police('P1', { ...first, spouse_id: spouse, spouse_name: '罗花' }),
      police('P2', { ...other, spouse_id: spouse, spouse_name: '林开花' }),
    ]
    expect((await linkRows(rows)).groups).toEqual([])
  })

  test('two couples of the same names who are each at home are asked', async () => {
    const couple = [
      police('P1', { ...first, spouse_name: '何泽翠' }),
      police('P2', { ...second, spouse_name: '何泽翠' }),
      census('C1', { ...first, birth_month: '199507' }),
      census('C2', { ...second, birth_month: '199601', block_code: `${OTHER}003` }),
    ]
    const { groups, reviews } = await linkRows(couple)
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
    expect(reviews).toContain('police:P1 police:P2 household')
  })

  test('a hukou in force and the one that a man with another number moved away from are one person', async () => {
    const moved = { ...second, status: '2', moved_out_on: '20120817', spouse_id: spouse }
    const rows = [police('P1', { ...first, spouse_id: spouse }), police('P2', moved)]
    expect((await linkRows(rows)).groups).toEqual(one)
  })

  test('who marries again marries somebody else', async () => {
    const later = { name: '冼杰', sex: '1', birth_date: '19930302', id_number: id('19930302', '111') }
    const rows = [police('P1', { ...first, spouse_id: spouse }), police('P2', { ...later, spouse_id: spouse })]
    expect((await linkRows(rows)).groups).toEqual([])
  })

  describe('told by names and births of the family', () => {
    const parents = { father_name: '彭大海', mother_name: '苟甲琼' }
    const mother = id('19700103', '224')

    test("the same name and mother's name is one person, unless the fathers differ", async () => {
      const here = police('P1', { ...first, ...parents })
      expect((await linkRows([here, police('P2', { ...second, ...parents })])).groups).toEqual(one)
      const cousin = { ...second, ...parents, father_name: '冼建国' }
      expect((await linkRows([here, police('P2', cousin)])).groups).toEqual([])
    })

    test('a birth moved by three years keeps month and day', async () => {
      const moved = (birth: string): Record<string, string> => ({
        ...second,
        ...parents,
        birth_date: birth,
        id_number: id(birth, '617'),
      })
      const at = async (birth: string): Promise<readonly string[]> =>
        (await linkRows([police('P1', { ...first, ...parents }), police('P2', moved(birth))])).groups
      expect(await at('19920720')).toEqual(one)
      expect(await at('19920811')).toEqual([])
    })

    test('no mother has two children a month apart', async () => {
      const child = (birth: string, more: Record<string, string> = {}): Record<string, string> => ({
        name: '彭文武',
        sex: '1',
        birth_date: birth,
        id_number: id(birth, '453'),
        mother_id: mother,
        area_code: OTHER,
        ...more,
      })
      const here = police('P1', { ...first, mother_id: mother })
      const groupsOf = async (row: Record<string, string>): Promise<readonly string[]> =>
        (await linkRows([here, police('P2', row)])).groups
      // Asked, for the birth of one may be written as it never was: the census has seen neither of them.
      expect((await linkRows([here, police('P2', child('19950820'))])).reviews).toEqual([
        'police:P1 police:P2 household',
      ])
      expect(await groupsOf(child('19970820'))).toEqual([])
      expect(await groupsOf(child('19950720'))).toEqual([])
    })

    test('brothers seldom marry women of one name, and are not born on one day of two years', async () => {
      const brother = { ...second, name: '彭文武', mother_id: mother, spouse_name: '何泽翠' }
      const here = police('P1', { ...first, mother_id: mother, spouse_name: '何泽翠' })
      const moved = { ...brother, birth_date: '19960720', id_number: id('19960720', '453') }
      expect((await linkRows([here, police('P2', moved)])).groups).toEqual(one)
      const other = { ...moved, spouse_name: '冼小红' }
      expect((await linkRows([here, police('P2', other)])).groups).toEqual([])
    })

    test('born on one day and married to somebody of one name, under the same number', async () => {
      const here = police('P1', { ...first, spouse_name: '何泽翠' })
      const renamed = { ...first, name: '彭文武', spouse_name: '何泽翠', area_code: OTHER }
      expect((await linkRows([here, police('P2', renamed)])).groups).toEqual(one)
    })
  })
})
