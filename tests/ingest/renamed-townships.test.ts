import { describe, expect, test } from 'vitest'
import { idNumber, ingest, valuesOf } from './small-registers.ts'

const OLD = ['513027110201', '513027110202']
const NEW = ['513027103201', '513027103202']
const HOME = '513027001001'
const people = (year: number) =>
  Array.from({ length: 24 }, (_, k) => idNumber(`${year}031${k % 9}`, String(101 + k * 2)))
const VILLAGERS = people(1965)
const TOWNSPEOPLE = people(1975)

/** Two villages of twelve people each, a third of townspeople; one of the villagers lives in town and gives `claim` as the hukou. */
async function claimed(claim: string, names: { before?: string[]; after?: string[]; more?: string } = {}) {
  const { before = OLD, after = NEW, more = '' } = names
  const at = (villages: string[], k: number) => villages[Math.floor(k / 12)]
  const police = [
    'record_id,id_number,name,sex,birth_date,household_no,area_code',
    ...VILLAGERS.map((id, k) => `P${k},${id},王秀英,1,19650312,${k},${at(before, k)}`),
    ...TOWNSPEOPLE.map((id, k) => `Q${k},${id},王秀英,1,19750312,9${k},${HOME}`),
  ].join('\n')
  const census = [
    'record_id,block_code,household_no,name,id_number,sex,birth_month,residence,residence_area_code,hukou_place,hukou_area_code',
    ...VILLAGERS.map((id, k) => `C${k},${at(after, k)}001,${k},王秀英,${id},1,196503,1,,1,`),
    ...TOWNSPEOPLE.map((id, k) => `D${k},${HOME}001,${k},王秀英,${id},1,197503,1,,1,`),
    `claim,${HOME}001,99,王秀英,${VILLAGERS[0]},1,196503,1,,3,${claim}`,
    `away,${HOME}001,98,王秀英,${TOWNSPEOPLE[0]},1,197503,4,${claim},1,`,
    ...(more === '' ? [] : [more]),
  ].join('\n')
  const rows = valuesOf(
    await ingest([
      { register: 'police', content: police },
      { register: 'census', content: census },
    ]),
  )
  const row = (id: string) => rows.find(({ recordId }) => recordId === id)
  expect(row('away')?.residenceArea).toBe(row('claim')?.hukouArea)
  return row('claim')?.hukouArea
}

describe('a township whose villages all bear another code in the census', () => {
  test('is meant by a claim that knows only its old code', async () => {
    expect(await claimed('513027110')).toBe('513027103')
  })

  test('also where a row names it by its new code', async () => {
    const more = `new,${HOME}001,97,王秀英,${VILLAGERS[1]},1,196503,1,,3,513027103`
    expect(await claimed('513027110', { more })).toBe('513027103')
  })

  test('a county too', async () => {
    const before = ['513044110201', '513044110202']
    expect(await claimed('513044', { before })).toBe('513027')
    expect(await claimed('513044110', { before })).toBe('513027103')
  })
})

describe('a township keeps its code', () => {
  test('where its villages went to several, or one of them kept its code', async () => {
    expect(await claimed('513027110', { after: [NEW[0], '513027105202'] })).toBe('513027110')
    expect(await claimed('513027110', { after: [NEW[0], OLD[1]] })).toBe('513027110')
  })

  test('where a block of the census bears it', async () => {
    const more = 'other,513027110207001,1,王秀英,,1,196503,1,,1,'
    expect(await claimed('513027110', { more })).toBe('513027110')
  })

  test('and a county of which one township moved', async () => {
    expect(await claimed('513027', { after: ['513044103201', '513044103202'] })).toBe('513027')
  })
})
