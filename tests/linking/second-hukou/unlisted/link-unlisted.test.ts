/** A hukou that stands alone and of whom no list knows may be the second one of somebody who is counted under another name. */
import { describe, expect, test } from 'vitest'
import { linkRows } from '../../../support/link-rows.ts'
import { census, id, OTHER, police } from '../../../support/village-rows.ts'

const born = '19730822'
const parents = { father_name: '夏仁林', mother_name: '裴祖香' }
const first = { name: '夏新华', sex: '1', birth_date: born, id_number: id(born, '275'), household_no: 'H1', ...parents }
const moved = '19740822'
const second = {
  name: '夏辉勇',
  sex: '1',
  birth_date: moved,
  id_number: id(moved, '531'),
  household_no: 'H900',
  area_code: OTHER,
  ...parents,
}
const seen = { name: first.name, sex: '1', birth_month: '197308', id_number: first.id_number }

const neighbours = Array.from({ length: 60 }, (_, k) => {
  const day = `${1945 + k}0${1 + (k % 9)}1${k % 9}`
  const row = {
    name: `${'苟谭龙欧'[k % 4]}${'甲乙丙丁戊己庚辛'[k % 8]}${'春夏秋冬东'[k % 5]}`,
    sex: '1',
    id_number: id(day, '331'),
    household_no: `H${10 + k}`,
  }
  return [police(`N${k}`, { ...row, birth_date: day }), census(`M${k}`, { ...row, birth_month: day.slice(0, 6) })]
}).flat()

/** What is said of the two rows: `link`, `ask` or nothing. */
async function said(
  there: Record<string, string>,
  more: ReturnType<typeof census>[] = [],
  here: Record<string, string> = {},
): Promise<string> {
  const rows = [
    police('P1', { ...first, ...here }),
    police('P2', { ...second, ...there }),
    census('C1', seen),
    ...neighbours,
    ...more,
  ]
  const { groups, reviews } = await linkRows(rows)
  if (groups.some((group) => /P1\b/.test(group) && /P2\b/.test(group))) return 'link'
  return reviews.some((pair) => pair.startsWith('police:P1 police:P2')) ? 'ask' : ''
}

describe('a hukou of whom no list knows, alone in its book', () => {
  test('is asked about where another was born that day of a near year to parents of those names', async () => {
    expect(await said({})).toBe('ask')
  })

  test('is his under another name, born some months apart to those parents and married to one of that name', async () => {
    const wife = { spouse_name: '裴映雪' }
    const months = { ...wife, birth_date: '19730310', id_number: id('19730310', '531') }
    expect(await said(months, [], wife)).toBe('link')
    // A wife of another name: a brother, or nobody's second hukou.
    expect(await said({ ...months, spouse_name: '谭小妹' }, [], wife)).not.toBe('link')
  })

  test('and where no mother could have had both, a month apart', async () => {
    const month = '19730922'
    expect(await said({ birth_date: month, id_number: id(month, '531') })).not.toBe('')
  })

  test('is his own where a list knows of him', async () => {
    const own = census('C2', {
      name: second.name,
      sex: '1',
      birth_month: '197408',
      id_number: second.id_number,
      block_code: `${OTHER}001`,
    })
    expect(await said({}, [own])).toBe('')
  })

  test('is his own among the family in the book', async () => {
    const fatherBorn = '19450303'
    const father = {
      name: '夏仁林',
      sex: '1',
      household_no: 'H900',
      birth_date: fatherBorn,
      id_number: id(fatherBorn, '113'),
    }
    const home = police('P3', { ...father, area_code: OTHER })
    const at = census('C3', { ...father, birth_month: '194503', block_code: `${OTHER}001` })
    expect(await said({}, [home, at])).toBe('')
  })

  test('is his own where the parents are others', async () => {
    expect(await said({ father_name: '谭大山', mother_name: '王秀英' })).toBe('')
  })
})
