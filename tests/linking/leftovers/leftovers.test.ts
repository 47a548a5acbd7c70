/** What is found only because both sides would be without a counterpart, or because few people die or come from afar. */
import { describe, expect, test } from 'vitest'
import { checkDigit } from '../../../src/normalise/id-number.ts'
import type { RowText } from '../../support/build-table.ts'
import { type LinkedRows, linkRows } from '../../support/link-rows.ts'
import { census, id, OTHER, police, VILLAGE } from '../../support/village-rows.ts'

const DISTANT = '360461130030'
const LONELY = '513027105209'

const SURNAMES = [...'赵钱孙李周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕']
const GIVEN = [...'文武德才志明国庆海山']

/** A village where everybody has a police row and a census row of the same number; one in three lives elsewhere, one in fifty, or as said, is counted twice. */
function settled(people: number, twiceEvery = 50): RowText[] {
  return Array.from({ length: people }, (_, i) => {
    const birth = `${1994 + (i % 9)}${String(1 + (i % 12)).padStart(2, '0')}${String(1 + (i % 28)).padStart(2, '0')}`
    const name = `${SURNAMES[i % 20]}${GIVEN[Math.floor(i / 20) % 10]}${GIVEN[Math.floor(i / 200) % 10]}`
    const person = { id_number: id(birth, String(100 + i)), name, sex: i % 2 === 1 ? '2' : '1' }
    const month = { ...person, birth_month: birth.slice(0, 6) }
    const here = census(`S${i}`, month)
    const there = census(`T${i}`, { ...month, block_code: `${OTHER}003`, hukou_place: '3', hukou_area_code: VILLAGE })
    const away = census(`A${i}`, { ...month, residence: '4', residence_area_code: OTHER })
    const rows = i % twiceEvery === 1 ? [here, there] : i % 3 === 0 ? [away, there] : [here]
    return [police(`S${i}`, { ...person, birth_date: birth }), ...rows]
  }).flat()
}

const together = ({ groups }: LinkedRows, key: string): string | undefined => groups.find((g) => g.includes(key))

describe('leftovers', () => {
  const rows = [
    police('P1', {
      name: '涂美英',
      sex: '2',
      birth_date: '19951105',
      address: '坡河村7组258号',
      id_number: id('19951105', '386'),
    }),
    census('C1', { name: '涂三娃', sex: '2', birth_month: '199511', address: '坡河村7组258号' }),
  ]

  test('a pet name in the right home is found where everybody else has both rows', async () => {
    const linked = await linkRows([...rows, ...settled(600)], [], true)
    expect(together(linked, 'police:P1')).toBe('police:P1 census:C1')
  })

  test('in a village of many leftovers, where village and sex tell nothing, surname or house brings them together', async () => {
    const unknown = Array.from({ length: 80 }, (_, i) => {
      const birth = `19${30 + (i % 50)}0101`
      const name = `${SURNAMES[i % 20]}${GIVEN[i % 10]}`
      return police(`U${i}`, { name, sex: '2', birth_date: birth, id_number: id(birth, String(400 + 2 * i)) })
    })
    const wrong = census('C1', { name: '涂美芳', sex: '2', birth_month: '199611', address: '坡河村7组258号' })
    const linked = await linkRows([rows[0], wrong, ...unknown, ...settled(600)], [], true)
    expect([...linked.groups, ...linked.reviews]).toContainEqual(expect.stringContaining('police:P1 census:C1'))
  })

  test('who says whose hukou he has is found by the sound of the name, though that person has an away row already', async () => {
    const birth = '19951105'
    const person = { sex: '2', id_number: id(birth, '386') }
    const linked = await linkRows(
      [
        police('P1', { ...person, name: '涂美英', birth_date: birth }),
        census('A1', { ...person, name: '涂美', birth_month: '199511', residence: '5', residence_area_code: '340102' }),
        // He lives in another township, and nobody asked when he was born.
        census('R1', {
          name: '涂美莹',
          sex: '2',
          block_code: `${OTHER}003`,
          hukou_place: '3',
          hukou_area_code: VILLAGE,
        }),
        ...settled(600),
      ],
      [],
      true,
    )
    expect([...linked.groups, ...linked.reviews]).toContainEqual(
      expect.stringMatching(/police:P1 census:(A1 census:)?R1/),
    )
  })

  test('where the person of the register has a census row already, only who is as good as named', async () => {
    const taken = census('C2', { name: '涂美英', sex: '2', birth_month: '199511', id_number: id('19951105', '386') })
    // Of 三娃 nothing is said but the month and the house; of 涂三娃 the surname too: somebody listed her a second time.
    const pet = census('C1', { ...rows[1], name: '三娃' })
    expect(together(await linkRows([rows[0], pet, taken, ...settled(600)], [], true), 'police:P1')).toBe(
      'police:P1 census:C2',
    )
    expect(together(await linkRows([...rows, taken, ...settled(600)], [], true), 'police:P1')).toBe(
      'police:P1 census:C1 census:C2',
    )
  })

  test('an away row and a present row without a birth find each other when both would be alone', async () => {
    const linked = await linkRows(
      [
        census('A1', { name: '曹勇', sex: '1', birth_month: '199405', residence: '4', residence_area_code: OTHER }),
        census('R1', {
          name: '曹勇',
          sex: '1',
          block_code: `${OTHER}003`,
          hukou_place: '3',
          hukou_area_code: '513027001',
        }),
        ...settled(600),
      ],
      [],
      true,
    )
    expect(together(linked, 'census:A1')).toBe('census:A1 census:R1')
  })
})

describe('leftovers that know little of each other’s place', () => {
  const away = census('LA', {
    name: '柳敏慧',
    sex: '2',
    birth_month: '198408',
    residence: '4',
    residence_area_code: LONELY.slice(0, 9),
    away_duration: '4',
  })
  const present = (name: string): RowText =>
    census('LR', {
      name,
      sex: '2',
      birth_month: '198408',
      block_code: `${LONELY}003`,
      hukou_place: '3',
      hukou_area_code: '',
      away_duration: '4',
    })

  test('meet by the month of birth where the names resemble each other, to be asked at least', async () => {
    const linked = await linkRows([away, present('柳敏惠'), ...settled(600)], [], true)
    expect(linked.reviews).toContain('census:LA census:LR weight')
  })

  test('but not without a name', async () => {
    const linked = await linkRows([away, present('未取名'), ...settled(600)], [], true)
    expect(together(linked, 'census:LA')).toBeUndefined()
    expect(linked.reviews.filter((line) => line.includes('census:LA'))).toEqual([])
  })
})

describe('leftovers of one village', () => {
  test('an away row and a present row that name each other’s village meet, without one name and without a birth', async () => {
    const linked = await linkRows(
      [
        census('LA', { name: '柳敏慧', sex: '2', birth_month: '198408', residence: '4', residence_area_code: LONELY }),
        census('LR', {
          name: '刘敏慧',
          sex: '2',
          block_code: `${LONELY}003`,
          hukou_place: '3',
          hukou_area_code: VILLAGE,
        }),
        ...settled(600),
      ],
      [],
      true,
    )
    expect(together(linked, 'census:LA')).toBe('census:LA census:LR')
  })

  test('who claims a hukou here and is nobody else’s counterpart is more likely counted twice than unknown', async () => {
    const person = { name: '冼秀英', sex: '2' }
    const linked = await linkRows(
      [
        police('P1', { ...person, birth_date: '19860404', id_number: id('19860404', '386') }),
        census('C1', { ...person, birth_month: '198604', id_number: id('19860404', '386') }),
        census('R1', {
          ...person,
          birth_month: '198602',
          block_code: `${OTHER}003`,
          hukou_place: '3',
          hukou_area_code: VILLAGE,
        }),
        ...settled(600, 4),
      ],
      [],
      true,
    )
    expect(together(linked, 'police:P1')).toBe('police:P1 census:C1 census:R1')
  })
})

describe('the dead', () => {
  test('a form without birth and number is found by name and month of death among the few dead of the county', async () => {
    const form: RowText = {
      register: 'census_deaths',
      id: 'F1',
      block_code: `${OTHER}003`,
      household_no: '008',
      name: '肖昌宇',
      sex: '1',
      death_month: '202008',
    }
    const certificate: RowText = {
      register: 'deaths',
      id: 'D1',
      name: '肖昌宇',
      sex: '1',
      birth_date: '19501009',
      id_number: id('19501009', '661'),
      death_date: '20200811',
      hukou_area_code: VILLAGE,
    }
    expect((await linkRows([form, certificate])).groups).toEqual(['census_deaths:F1 deaths:D1'])
  })

  const form = (row: Record<string, string>): RowText => ({
    register: 'census_deaths',
    id: 'F1',
    block_code: `${VILLAGE}003`,
    household_no: '008',
    name: '王小建国',
    sex: '1',
    birth_month: '199402',
    death_month: '202001',
    ...row,
  })
  const certificate: RowText = {
    register: 'deaths',
    id: 'D1',
    name: '王建国',
    sex: '1',
    birth_date: '1994-02-05',
    death_date: '2020-01-27',
    hukou_area_code: VILLAGE,
    area_code: VILLAGE,
  }

  test('a form with another name is found by village, birth and month of death', async () => {
    const { groups } = await linkRows([form({}), certificate])
    expect(groups).toEqual(['census_deaths:F1 deaths:D1'])
  })

  test('not among the dead of another village', async () => {
    const { groups } = await linkRows([form({ block_code: `${OTHER}003` }), certificate])
    expect(groups).toEqual([])
  })

  test('a form written twice is one person', async () => {
    const { groups } = await linkRows([
      form({ name: '裴树文' }),
      form({ id: 'F2', name: '裴树文', birth_month: '199902' }),
    ])
    expect(groups).toEqual(['census_deaths:F1 census_deaths:F2'])
  })
})

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

test('a cancelled row and the one in force under one number are one person whose name was written anew', async () => {
  const person = { id_number: id('19950130', '021'), sex: '1', birth_date: '19950130' }
  const cancelled = { name: '杨立良', area_code: OTHER, status: '7', cancelled_on: '20140304' }
  const { groups } = await linkRows([
    police('P1', { ...person, ...cancelled }),
    police('P2', { ...person, name: '杨立郎' }),
    census('C1', { ...person, name: '杨立良', birth_month: '199501' }),
  ])
  expect(groups).toEqual(['police:P1 police:P2 census:C1'])
})

test('two of one name in the book and two at home are two people, however alike', async () => {
  const home = { name: '阿依努尔·别克', sex: '2', address: '井垭村7组150号' }
  const parents = { father_name: '别克·达吾列', mother_name: '阿依达娜·马合沙提', household_no: 'H1' }
  const twins = ['396', '398'].flatMap((sequence, i) => {
    const own = { ...home, id_number: id('20060813', sequence) }
    return [
      police(`P${i}`, { ...own, ...parents, birth_date: '20060813' }),
      census(`C${i}`, { ...own, birth_month: '200608', household_no: '108' }),
    ]
  })
  const { groups, reviews } = await linkRows(twins)
  expect(groups).toEqual(['police:P0 census:C0', 'police:P1 census:C1'])
  expect(reviews).toContain('police:P0 police:P1 twin-suspect')
})

test('twins of two names stay two where one is away and a digit of a number is lost', async () => {
  const home = { sex: '1', address: '进寨村1组160号' }
  const book = { mother_name: '杨志花', father_name: '谢长生', household_no: 'H1', birth_date: '20010823' }
  const [one, other] = [id('20010823', '303'), id('20010823', '303').replace(/..$/, '5')]
  const { groups } = await linkRows([
    police('P0', { ...home, ...book, name: '谢嘉捷', id_number: one }),
    police('P1', { ...home, ...book, name: '谢嘉博', id_number: other }),
    census('C0', { ...home, name: '谢嘉捷', birth_month: '200108', household_no: '108' }),
    census('C1', { ...home, name: '谢嘉博', birth_month: '200108', household_no: '108', residence: '5' }),
    ...settled(600),
  ])
  expect(groups.filter((group) => /P[01] /.test(group))).toEqual(['police:P0 census:C0', 'police:P1 census:C1'])
})

test('a daughter of her mother’s name and with her mother’s number is the daughter', async () => {
  const home = { name: '阿依古丽·买买提', sex: '2', address: '下桥村7组82号' }
  const mother = id('19960422', '588')
  const { groups } = await linkRows([
    police('P0', { ...home, household_no: 'H1', birth_date: '19960422', id_number: mother }),
    police('P1', { ...home, household_no: 'H1', birth_date: '20180216', id_number: id('20180216', '138') }),
    census('C0', { ...home, household_no: '108', birth_month: '199604', id_number: mother }),
    census('C1', { ...home, household_no: '108', birth_month: '201802', id_number: mother }),
  ])
  expect(groups).toEqual(['police:P0 census:C0', 'police:P1 census:C1'])
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

describe('one number on two rows of a household', () => {
  const home = { sex: '1', household_no: '91', address: '旗寨村3组191号' }
  const elder = { ...home, name: '任梓轩', id_number: id('20110523', '207') }
  const younger = { ...home, name: '任梓良', id_number: id('20110523', '209') }
  const book = [
    police('P1', { ...elder, birth_date: '20110523' }),
    police('P2', { ...younger, birth_date: '20110523' }),
  ]

  test('is the twin whom the register knows by it; the other is found by name', async () => {
    const { groups } = await linkRows([
      ...book,
      census('C1', { ...elder, birth_month: '201105' }),
      census('C2', { ...younger, id_number: elder.id_number, birth_month: '201105' }),
    ])
    expect(groups).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
  })

  test('of people whom no register knows keeps them two', async () => {
    const { groups } = await linkRows([
      census('C1', { ...elder, birth_month: '201105' }),
      census('C2', { ...younger, id_number: elder.id_number, birth_month: '201105' }),
    ])
    expect(groups).toEqual([])
  })
})
