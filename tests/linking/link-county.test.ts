import { describe, expect, test } from 'vitest'
import { linkRows } from '../support/link-rows.ts'
import { census, id, OTHER, police, VILLAGE } from '../support/village-rows.ts'

describe('numbers', () => {
  const number = id('20050314', '121')
  const wang = { id_number: number, name: '王书瑶', sex: '1', birth_date: '20050314' }

  test('the same valid number and name is one person, wherever the rows lie', async () => {
    const { groups } = await linkRows([
      police('P1', wang),
      census('C1', {
        name: '王书瑶',
        sex: '1',
        id_number: number,
        birth_month: '200503',
        block_code: `${OTHER}001`,
        hukou_place: '4',
      }),
    ])
    expect(groups).toEqual(['police:P1 census:C1'])
  })

  test('a number given to two people does not join them', async () => {
    const { groups } = await linkRows([
      police('P1', wang),
      police('P2', { id_number: number, name: '赵启明', sex: '1', birth_date: '20050314', area_code: OTHER }),
    ])
    expect(groups).toEqual([])
  })

  test('two valid numbers are two people, though name and birth agree; a person is asked', async () => {
    const { groups, reviews } = await linkRows([
      police('P1', wang),
      census('C1', { name: '王书瑶', sex: '1', id_number: id('20050314', '345'), birth_month: '200503' }),
    ])
    expect(groups).toEqual([])
    expect(reviews).toEqual(['police:P1 census:C1 two-numbers'])
  })

  test('a number that puts its bearer thirty years before the row is no other person', async () => {
    const { groups } = await linkRows([
      police('P1', wang),
      census('C1', { name: '王书瑶', sex: '1', id_number: id('19750314', '121'), birth_month: '200503' }),
    ])
    expect(groups).toEqual(['police:P1 census:C1'])
  })

  test('one wrong digit whose check fails is the same person', async () => {
    const { groups } = await linkRows([
      police('P1', wang),
      census('C1', { name: '王书瑶', sex: '1', id_number: number.replace('0314', '0319'), birth_month: '200503' }),
    ])
    expect(groups).toEqual(['police:P1 census:C1'])
  })

  test('a person whose number the police changed is found by the new one and by the old one', async () => {
    const [older, newer] = [id('20050314', '121'), id('20050314', '345')]
    const version = { person_no: 'R1', name: '王书瑶', sex: '1', birth_date: '20050314' }
    const { groups, reviews } = await linkRows([
      police('P1', { ...version, id_number: older, record_flag: '0' }),
      police('P2', { ...version, id_number: newer }),
      census('C1', { name: '王书瑶', sex: '1', id_number: newer, birth_month: '200503' }),
      census('C2', {
        name: '王书瑶',
        sex: '1',
        id_number: older,
        birth_month: '200503',
        residence: '4',
        household_no: 'C1',
      }),
    ])
    expect(groups).toEqual(['police:P1 police:P2 census:C1 census:C2'])
    expect(reviews).toEqual([])
  })

  test('a number that the police gave up does not stand against the right one where the current version lacks it', async () => {
    const [older, right] = [id('20050314', '121'), id('20050314', '345')]
    const version = { person_no: 'R1', name: '王书瑶', sex: '1', birth_date: '20050314' }
    const row = { name: '王书瑶', sex: '1', id_number: right, birth_month: '200503' }
    for (const current of ['', right.replace('0314', '0341')]) {
      const { groups } = await linkRows([
        police('P1', { ...version, id_number: older, record_flag: '0' }),
        police('P2', { ...version, id_number: current }),
        census('C1', { ...row, household_no: 'F1', address: '' }),
      ])
      expect(groups).toEqual(['police:P1 police:P2 census:C1'])
    }
  })

  test('a birth that nobody knew, 1900-01-01, agrees with none and stands against none', async () => {
    const unknown = { name: '王书瑶', sex: '1', birth_month: '190001' }
    const { groups } = await linkRows([
      police('P1', { ...wang, birth_date: '19000101', address: '坡河村7组258号' }),
      census('C1', { ...unknown, address: '坡河村7组258号' }),
      police('P2', { name: '陈美华', sex: '2', birth_date: '19000101', id_number: id('19950607', '242') }),
      census('C2', { name: '陈丽', sex: '2', birth_month: '190001' }),
    ])
    expect(groups).toEqual(['police:P1 census:C1'])
  })

  test("a child's row that carries the mother's number is the child, not the mother", async () => {
    const mother = id('19950607', '242')
    const { groups } = await linkRows([
      police('P1', { ...wang, household_no: 'H1', mother_id: mother }),
      police('P2', { id_number: mother, name: '陈美华', sex: '2', birth_date: '19950607', household_no: 'H1' }),
      census('C1', { name: '王书瑶', sex: '1', id_number: mother, birth_month: '200503', household_no: 'F1' }),
      census('C2', { name: '陈美华', sex: '2', id_number: mother, birth_month: '199506', household_no: 'F1' }),
    ])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
  })

  test("a son's number on a row of his father's name without a birth is not the son, if the village knows the father", async () => {
    const father = { name: '刘荣明', sex: '1', birth_date: '19930530', id_number: id('19930530', '453') }
    const son = { name: '刘海飞', sex: '1', birth_date: '20150425', id_number: id('20150425', '431') }
    const row = census('C1', { name: father.name, sex: '1', id_number: son.id_number })
    const known = await linkRows([police('P1', father), police('P2', son), row], [], true)
    expect(known.groups.filter((group) => group.includes('P2'))).toEqual([])
    // Where it knows nobody of that name he has changed his.
    const { groups } = await linkRows([police('P2', son), row], [], true)
    expect(groups).toEqual(['police:P2 census:C1'])
  })
})

describe('people who are alike', () => {
  test('twins are two people', async () => {
    const { groups } = await linkRows([
      police('P1', {
        id_number: id('20100930', '021'),
        name: '梁浩阳',
        sex: '1',
        birth_date: '20100930',
        household_no: 'H1',
        mother_name: '于晓莉',
      }),
      police('P2', {
        id_number: id('20100930', '045'),
        name: '梁浩洋',
        sex: '1',
        birth_date: '20100930',
        household_no: 'H1',
        mother_name: '于晓莉',
      }),
      census('C1', { name: '梁浩阳', sex: '1', id_number: '', birth_month: '201009', household_no: 'F1' }),
      census('C2', { name: '梁浩洋', sex: '1', id_number: '', birth_month: '201009', household_no: 'F1' }),
    ])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
  })

  test('a girl who died is not her living brother, whose home and day of birth are hers', async () => {
    const home = { address: '临川县福坝镇下梁村1组126号' }
    const brother = { id_number: id('20191026', '203'), name: '王思皓', sex: '1', birth_date: '20191026', ...home }
    const death = (name: string, sex: string) => ({
      register: 'deaths' as const,
      id: 'D1',
      name,
      sex,
      birth_date: '20191026',
      death_date: '20191111',
      hukou_area_code: VILLAGE,
      area_code: VILLAGE,
      ...home,
    })
    const { groups, reviews } = await linkRows([police('P1', brother), death('王思开', '2')])
    expect(groups).toEqual([])
    expect(reviews).toEqual(['police:P1 deaths:D1 twin-suspect'])
    // A wrong sex alone, or a wrong name alone, is a slip.
    expect((await linkRows([police('P1', brother), death('王思皓', '2')])).groups).toEqual(['police:P1 deaths:D1'])
    expect((await linkRows([police('P1', brother), death('王思开', '1')])).groups).toEqual(['police:P1 deaths:D1'])
  })

  test('two namesakes of one birth month are never guessed between', async () => {
    const { groups, reviews } = await linkRows([
      police('P1', { id_number: id('19980102', '021'), name: '王芳', sex: '2', birth_date: '19980102' }),
      police('P2', { id_number: id('19980125', '041'), name: '王芳', sex: '2', birth_date: '19980125' }),
      census('C1', { name: '王芳', sex: '2', id_number: '', birth_month: '199801' }),
    ])
    expect(groups).toEqual([])
    expect(reviews.length).toBeGreaterThan(0)
    expect(reviews.every((line) => line.endsWith('ambiguous'))).toBe(true)
  })
})

describe('household evidence', () => {
  const family = [
    police('P1', {
      id_number: id('19940101', '013'),
      name: '李建国',
      sex: '1',
      birth_date: '19940101',
      household_no: 'H1',
    }),
    police('P2', {
      id_number: id('19950505', '026'),
      name: '周秀兰',
      sex: '2',
      birth_date: '19950505',
      household_no: 'H1',
    }),
    police('P3', {
      id_number: id('20150808', '037'),
      name: '李思远',
      sex: '1',
      birth_date: '20150808',
      household_no: 'H1',
    }),
  ]
  const away = { block_code: `${OTHER}001`, household_no: 'F1', hukou_place: '3', hukou_area_code: '' }
  const counted = [
    census('C1', { ...away, name: '李建国', sex: '1', id_number: id('19940101', '013'), birth_month: '199401' }),
    census('C2', { ...away, name: '周秀兰', sex: '2', id_number: id('19950505', '026'), birth_month: '199505' }),
  ]
  const child = census('C3', { ...away, name: '小远', sex: '1', id_number: '', birth_month: '201508' })

  test('a child known by a pet name is found in the household of its parents', async () => {
    const { groups } = await linkRows([...family, ...counted, child])
    expect(groups).toContain('police:P3 census:C3')
  })

  test('the same child far from its family is not linked', async () => {
    const { groups } = await linkRows([...family, ...counted, { ...child, household_no: 'F9' }])
    expect(groups).not.toContain('police:P3 census:C3')
  })
})

describe('newborns', () => {
  test('an unnamed newborn is found by its mother', async () => {
    const mother = id('19960202', '223')
    const { groups } = await linkRows([
      police('P1', { id_number: mother, name: '何晓梅', sex: '2', birth_date: '19960202', household_no: 'H1' }),
      police('P2', {
        id_number: id('20200619', '016'),
        name: '刘一诺',
        sex: '1',
        birth_date: '20200619',
        household_no: 'H1',
      }),
      {
        register: 'births',
        id: 'X1',
        name: '未取名',
        sex: '1',
        birth_date: '20200619',
        mother_name: '何晓梅',
        mother_id: mother,
      },
    ])
    expect(groups).toEqual(['police:P2 births:X1'])
  })
})

describe('decisions', () => {
  const rows = [
    police('P1', { id_number: id('19980102', '021'), name: '王芳', sex: '2', birth_date: '19980102' }),
    police('P2', { id_number: id('19980125', '041'), name: '王芳', sex: '2', birth_date: '19980125' }),
    census('C1', { name: '王芳', sex: '2', id_number: '', birth_month: '199801' }),
  ]

  test('what a person decided is linked, and is not asked again', async () => {
    const { groups, reviews } = await linkRows(rows, [['police:P2', 'census:C1', 'same']])
    expect(groups).toEqual(['police:P2 census:C1'])
    expect(reviews).toEqual([])
  })

  test('what a person took apart stays apart, even with the same valid number', async () => {
    const number = id('20050314', '121')
    const { groups } = await linkRows(
      [
        police('P1', { id_number: number, name: '王书瑶', sex: '1', birth_date: '20050314' }),
        census('C1', { name: '王书瑶', sex: '1', id_number: number, birth_month: '200503' }),
      ],
      [['police:P1', 'census:C1', 'different']],
    )
    expect(groups).toEqual([])
  })

  test('of verdicts that contradict each other no order makes one person of whom somebody took apart', async () => {
    const people = [...rows, census('C2', { name: '王芳', sex: '2', id_number: '', birth_month: '199801' })]
    const verdicts = [
      ['police:P1', 'census:C1', 'same'],
      ['police:P1', 'census:C2', 'same'],
      ['census:C1', 'census:C2', 'different'],
    ] as const
    // The first one holds; the other row is the other namesake's.
    expect((await linkRows(people, verdicts)).groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
    const { groups } = await linkRows(people, verdicts.toReversed())
    expect(groups).toEqual(['police:P1 census:C2', 'police:P2 census:C1'])
  })
})

describe('a "same" of other data than tonight’s', () => {
  const judged = [['police:P1', 'census:C1', 'same', 'changed since']] as const
  const wang = { name: '王书瑶', sex: '1', birth_date: '20050314' }

  test('joins until it is judged again while the rows of tonight allow it, and is asked', async () => {
    const rows = [police('P1', wang), census('C1', { name: '王书遥', sex: '1', birth_month: '200503' })]
    const { groups, reviews } = await linkRows(rows, judged)
    expect(groups).toEqual(['police:P1 census:C1'])
    expect(reviews).toEqual(['police:P1 census:C1 decided'])
  })

  test.each([
    ['two valid numbers', { id_number: id('20050314', '345'), name: '王书瑶', birth_month: '200503' }],
    ['another name and birth', { name: '赵启明', birth_month: '197111' }],
  ])('no longer joins where they speak against it: %s; it is asked', async (_, row) => {
    const rows = [police('P1', { ...wang, id_number: id('20050314', '121') }), census('C1', { sex: '1', ...row })]
    const { groups, reviews } = await linkRows(rows, judged)
    expect(groups).toEqual([])
    expect(reviews).toEqual(['police:P1 census:C1 decided'])
    const { groups: unchanged } = await linkRows(rows, [['police:P1', 'census:C1', 'same']])
    expect(unchanged).toEqual(['police:P1 census:C1'])
  })
})
