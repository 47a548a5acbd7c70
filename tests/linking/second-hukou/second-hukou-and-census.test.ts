/** One person with two hukou, told by where the census saw him, and where it did not. */
import { describe, expect, test } from 'vitest'
import { linkRows } from '../../support/link-rows.ts'
import { census, id, OTHER, police, TWO_HUKOU, VILLAGE } from '../../support/village-rows.ts'

/** Of neighbours whom the census met. */
const SURNAMES = ['苟', '冼', '卞', '邝', '晏', '柴', '褚', '屠', '阮', '鲍', '符', '甄', '麦', '冉', '蒲', '詹']

describe('a hukou without a number, and a second one under a number of its own', () => {
  test('leave the census row of the first where it is, though it bears a third number', async () => {
    const who = { name: '黄胜胜', sex: '1', birth_date: '19630320', spouse_name: '赵花春' }
    const { groups } = await linkRows([
      police('P1', who),
      police('P2', { ...who, id_number: id('19630320', '191'), area_code: OTHER }),
      census('C1', { name: who.name, sex: '1', birth_month: '196303', id_number: id('19630320', '481') }),
    ])
    expect(groups).toEqual(['police:P1 police:P2 census:C1'])
  })
})

describe('second hukou', () => {
  const { spouse, first, second } = TWO_HUKOU

  describe('told by the census, which saw only one of the two', () => {
    // Another given name beside the same spouse: by itself a question.
    const there = { ...second, name: '彭昌武', spouse_id: spouse }
    const here = { ...first, spouse_id: spouse }
    const seen = { name: first.name, sex: '1', birth_month: '199507', id_number: first.id_number }
    const mother = { mother_id: id('19700103', '224') }
    /** Neighbours of whom so many are in no list. */
    const neighbours = (unlisted: number, surname = '苟'): ReturnType<typeof police>[] =>
      Array.from({ length: 60 }, (_, k) => {
        const birth = `${1940 + k}0${1 + (k % 9)}11`
        const row = { name: `${surname}${'甲乙丙丁戊己'[k % 6]}${'春夏秋冬东西南北中高'[Math.floor(k / 6)]}`, sex: '1' }
        const number = id(birth, `${331 + 22 * SURNAMES.indexOf(surname)}`)
        const entry = police(`N${surname}${k}`, { ...row, birth_date: birth, id_number: number })
        if (k < unlisted) return [entry]
        return [entry, census(`M${surname}${k}`, { ...row, birth_month: birth.slice(0, 6), id_number: number })]
      }).flat()
    const many = [...neighbours(0), ...neighbours(0, '冼')]
    const pair = [police('P1', here), police('P2', there), census('C1', seen)]
    const groupsOf = async (rows: ReturnType<typeof police>[]): Promise<string[]> =>
      (await linkRows(rows)).groups.filter((group) => /P[12]\b/.test(group))

    test('whose second row is in no list is one person', async () => {
      expect(await groupsOf([...pair, ...neighbours(0)])).toEqual(['police:P1 police:P2 census:C1'])
    })

    test('two children of one mother born some months apart under two names are asked about, whatever the census saw', async () => {
      const child = { ...first, ...mother }
      const rows = (name: string, birth: string) => [
        police('P1', child),
        police('P2', { ...child, name, birth_date: birth, id_number: id(birth, '617'), area_code: OTHER }),
        census('C1', seen),
        ...SURNAMES.flatMap((surname) => neighbours(0, surname)),
      ]
      const apart = ['police:P1 census:C1']
      expect(await groupsOf(rows('彭玉红', '19951020'))).toEqual(apart)
      expect((await linkRows(rows('彭玉红', '19951020'))).reviews).toContain('police:P1 police:P2 household')
      // One name, or one day of the year: no other child's.
      const together = ['police:P1 police:P2 census:C1']
      expect(await groupsOf(rows(first.name, '19951020'))).toEqual(together)
    })

    test('but not where half of the people are in no list', async () => {
      expect(await groupsOf([...pair, ...neighbours(30)])).toEqual(['police:P1 census:C1'])
    })

    test('two who are both at home are two people', async () => {
      const other = {
        ...seen,
        name: there.name,
        birth_month: '199601',
        id_number: there.id_number,
        block_code: `${OTHER}003`,
      }
      const rows = [...pair, census('C2', other), ...neighbours(0)]
      expect(await groupsOf(rows)).toEqual(['police:P1 census:C1', 'police:P2 census:C2'])
    })

    test('a name of nobody else, born that day five years apart, or another name under one number, is told only so', async () => {
      const later = { ...first, birth_date: '19990720', id_number: id('19990720', '617'), area_code: OTHER }
      const renamed = { ...first, name: '彭文武', area_code: OTHER }
      for (const other of [later, renamed]) {
        const rows = [police('P1', first), police('P2', other), census('C1', seen)]
        expect(await groupsOf([...rows, ...many])).toEqual(['police:P1 police:P2 census:C1'])
        expect(await groupsOf([...rows, ...neighbours(30)])).toEqual(['police:P1 census:C1'])
        expect(await groupsOf([...rows.slice(0, 2), ...many])).toEqual([])
      }
    })

    test('a misread name of one birth date is asked about where the census knows one of the two', async () => {
      const misread = { ...first, name: '彭昌法', id_number: id(first.birth_date, '041') }
      const asked = async (...more: ReturnType<typeof police>[]): Promise<boolean> => {
        const { reviews } = await linkRows([police('P1', first), police('P2', misread), ...more])
        return reviews.includes('police:P1 police:P2 two-hukou')
      }
      expect(await asked(census('C1', seen), ...many)).toBe(true)
      expect(await asked(...many)).toBe(false)
      expect(await asked(census('C1', seen), ...neighbours(30))).toBe(false)
    })

    test('a birth ten years and a day off beside the names of the parents is told only so', async () => {
      const parents = { father_name: '彭大海', mother_name: '苟甲琼' }
      const off = { ...first, ...parents, birth_date: '19850719', id_number: id('19850719', '617'), area_code: OTHER }
      const rows = [police('P1', { ...first, ...parents }), police('P2', off)]
      expect(await groupsOf([...rows, ...many])).toEqual([])
      expect(await groupsOf([...rows, census('C1', seen), ...many])).toEqual(['police:P1 police:P2 census:C1'])
    })

    test("the father's name alone beside the own one is enough", async () => {
      const father = { father_name: '彭大海' }
      const later = { ...first, ...father, birth_date: '19950101', id_number: id('19950101', '617') }
      const rows = [police('P1', { ...first, ...father, area_code: OTHER }), police('P2', later)]
      expect(await groupsOf(rows)).toEqual(['police:P1 police:P2'])
    })

    test('a name of one sound, born on one day of two years to one mother, is told only so; on one day they may be twins', async () => {
      const child = (name: string, birth: string): ReturnType<typeof police> =>
        police('P2', { ...first, name, birth_date: birth, id_number: id(birth, '617'), ...mother, area_code: OTHER })
      const with_ = async (other: ReturnType<typeof police>): Promise<string[]> =>
        groupsOf([police('P1', { ...first, ...mother }), other, census('C1', seen), ...many])
      expect(await with_(child('彭昌法', '19960720'))).toEqual(['police:P1 police:P2 census:C1'])
      expect(await with_(child('彭昌武', '19960720'))).toEqual(['police:P1 census:C1'])
      expect(await with_(child('彭昌法', '19950720'))).toEqual(['police:P1 census:C1'])
    })

    test('one name and birth under one mother is one person under a wrong sex, unless numbers say that they are two', async () => {
      const other = { ...first, ...mother, sex: '2', area_code: OTHER }
      const with_ = async (number: string): Promise<string[]> => {
        const two = [police('P1', { ...first, ...mother }), police('P2', { ...other, id_number: number })]
        return groupsOf([...two, census('C1', seen), ...many])
      }
      expect(await with_('')).toEqual(['police:P1 police:P2 census:C1'])
      expect(await with_(id('19950720', '628'))).toEqual(['police:P1 census:C1'])
    })

    test('who is present twice under his own number is one, who is so without it may be two', async () => {
      const again = (number: string): ReturnType<typeof census> =>
        census('C2', { ...seen, id_number: number, block_code: `${VILLAGE}004` })
      expect(await groupsOf([...pair, again(first.id_number), ...many])).toEqual([
        'police:P1 police:P2 census:C1 census:C2',
      ])
      expect(await groupsOf([...pair, again(''), ...many])).toEqual(['police:P1 census:C1 census:C2'])
    })

    test('a death that is known counts as seen', async () => {
      const dead = { ...first, spouse_id: '' }
      const slip = {
        register: 'deaths',
        id: 'D1',
        ...seen,
        birth_date: first.birth_date,
        death_date: '20190105',
      } as const
      const rows = [
        police('P1', dead),
        police('P2', { ...dead, birth_date: '19990720', id_number: id('19990720', '617'), area_code: OTHER }),
      ]
      expect(await groupsOf([...rows, slip, ...many])).toEqual(['police:P1 police:P2 deaths:D1'])
    })

    test('and so are two with other parents', async () => {
      const apart = [
        police('P1', { ...here, mother_id: id('19700103', '224') }),
        police('P2', { ...there, mother_id: id('19720511', '268') }),
      ]
      expect(await groupsOf([...apart, pair[2], ...neighbours(0)])).toEqual(['police:P1 census:C1'])
    })
  })

  describe('told by who is listed there', () => {
    // Of one day of the year, with another given name and number: by itself nothing.
    const there = {
      name: '彭文武',
      sex: '1',
      birth_date: '19920720',
      id_number: id('19920720', '453'),
      area_code: OTHER,
    }
    const seen = { name: first.name, sex: '1', birth_month: '199507', id_number: first.id_number }
    const away = { ...seen, block_code: `${OTHER}003`, residence: '5', away_duration: '6' }
    const pair = [police('P1', first), police('P2', there), census('C1', seen)]
    const groupsOf = async (...more: ReturnType<typeof police>[]): Promise<readonly string[]> =>
      (await linkRows([...pair, ...more])).groups

    test('whose family lists him in a village where only somebody of his birthday is registered, unlisted', async () => {
      expect(await groupsOf()).toEqual(['police:P1 census:C1'])
      expect(await groupsOf(census('C2', away))).toEqual(['police:P1 police:P2 census:C1 census:C2'])
    })

    test('but who is listed there himself is somebody else', async () => {
      const self = { name: there.name, sex: '1', birth_month: '199207', id_number: there.id_number }
      expect(await groupsOf(census('C2', away), census('C3', { ...self, block_code: `${OTHER}003` }))).toEqual([
        'police:P1 census:C1 census:C2',
        'police:P2 census:C3',
      ])
    })

    test('where two unlisted people fit as well nobody is chosen', async () => {
      const other = police('P3', { ...there, name: '彭文全', id_number: id('19920720', '477') })
      expect(await groupsOf(census('C2', away), other)).toEqual(['police:P1 census:C1 census:C2'])
    })

    test('where the register knows the whole village by another code nobody is chosen', async () => {
      const neighbours = Array.from({ length: 40 }, (_, k) => {
        const birth = `${1940 + k}0${1 + (k % 9)}11`
        const row = { name: `苟${'甲乙丙丁'[k % 4]}${'春夏秋冬东西南北中高'[Math.floor(k / 4)]}`, sex: '1' }
        const number = id(birth, '331')
        const listed = { ...row, birth_month: birth.slice(0, 6), id_number: number, block_code: `${OTHER}003` }
        return [police(`N${k}`, { ...row, birth_date: birth, id_number: number }), census(`M${k}`, listed)]
      }).flat()
      const groups = await groupsOf(census('C2', away), ...neighbours)
      expect(groups).toContain('police:N7 census:M7')
      expect(groups.filter((group) => group.includes('police:P'))).toEqual(['police:P1 census:C1 census:C2'])
    })

    test('a row left behind by a move away says nothing of a second hukou', async () => {
      const left = { ...first, area_code: OTHER, person_no: '1', status: '2', moved_out_on: '20120817' }
      const moved = [police('P1', { ...first, person_no: '1' }), police('P4', left), ...pair.slice(1)]
      const { groups } = await linkRows([...moved, census('C2', away)])
      expect(groups).toEqual(['police:P1 police:P4 census:C1 census:C2'])
    })
  })
})
