/** Second hukou stand alone or among strangers, people with their families: learned from the county, asked of pairs of police rows. */
import { describe, expect, test } from 'vitest'
import { indexFamilies } from '../../../src/linking/family-index.ts'
import { Groups } from '../../../src/linking/groups.ts'
import { AloneInBook } from '../../../src/linking/second-hukou/alone-in-book.ts'
import { NAME_LEVEL } from '../../../src/matching/compare/levels.ts'
import { PAIR_CLASS, SHIFT } from '../../../src/matching/kernel.ts'
import { LINE_WORDS, packRecords } from '../../../src/matching/packed-records.ts'
import { buildTable, type RowText } from '../../support/build-table.ts'
import { linkRows } from '../../support/link-rows.ts'
import { id, OTHER, police, TWO_HUKOU } from '../../support/village-rows.ts'

const WIFE = '江桂兰'
const MARRIED = { name: '彭昌发', sex: '1', spouse_name: WIFE }

/** A man in a book: with his wife, among strangers, alone. */
function man(key: string, stands: 'family' | 'others' | 'alone', row: Record<string, string> = {}): RowText[] {
  const rows = [police(key, { ...MARRIED, ...row })]
  if (stands === 'alone') return rows
  const beside = stands === 'family' ? { name: WIFE, spouse_name: row.name ?? MARRIED.name } : { name: '赵启超' }
  return [...rows, police(`${key}-2`, { ...beside, sex: '2', household_no: `H${key}` })]
}

const ASKED: RowText[] = [
  ...man('FAMILY', 'family'),
  ...man('FAMILY2', 'family'),
  ...man('OTHERS', 'others'),
  ...man('ALONE', 'alone'),
  ...man('MOVED', 'alone', { moved_in_on: '20100301' }),
  ...man('LEFT', 'alone', { status: '2' }),
]

interface Asked {
  /** So many of 100 second hukou stand alone, the others with the family. */
  readonly alone: number
  readonly taught?: number
  readonly joined?: readonly (readonly [string, string])[]
}

/** Milli-bits of two police rows in a county of 200 couples. */
function weighed({ alone, taught = 100, joined = [] }: Asked): (one: string, other: string) => number {
  const couples = Array.from({ length: 200 }, (_, k) => man(`M${k}`, 'family'))
  const second = Array.from({ length: 100 }, (_, k) => man(`S${k}`, k < alone ? 'alone' : 'family'))
  const { table, rowOf } = buildTable([...couples.flat(), ...second.flat(), ...ASKED])
  const books = new AloneInBook({
    table,
    kernel: { nameLevel: () => NAME_LEVEL.different },
    pairs: {
      count: taught,
      left: second.slice(0, taught).map((_, k) => rowOf(`police:M${k}`)),
      right: second.slice(0, taught).map((_, k) => rowOf(`police:S${k}`)),
      pattern: new Int32Array(taught).fill(PAIR_CLASS.policePolice << SHIFT.pairClass),
      weight: new Int32Array(taught).fill(20_000),
    } as never,
    households: indexFamilies(table).households,
  })
  const lines = new Int32Array(table.rows * LINE_WORDS)
  packRecords(table, lines, 0, table.rows)
  const groups = new Groups(table, lines, new Uint8Array(table.rows))
  for (const [one, other] of joined) groups.join(rowOf(`police:${one}`), rowOf(`police:${other}`))
  return (one, other) => books.weightOf(groups, rowOf(`police:${one}`), rowOf(`police:${other}`))
}

describe('how two rows stand in their books', () => {
  test('one of them alone speaks for one person, both with their families for two, as the county shows', () => {
    const of = weighed({ alone: 100 })
    // One row in seven stands alone: of two, one does in a quarter of all; of second hukou always.
    expect(of('FAMILY', 'ALONE')).toBeGreaterThan(1400)
    expect(of('ALONE', 'FAMILY')).toBe(of('FAMILY', 'ALONE'))
    expect(of('FAMILY', 'FAMILY2')).toBeLessThan(-2000)
    // Nobody was seen among strangers: that is neither.
    expect(of('FAMILY', 'OTHERS')).toBe(of('FAMILY', 'FAMILY2'))
  })

  test('a hukou left behind stands as the one in force of its person does', () => {
    const of = weighed({ alone: 100, joined: [['LEFT', 'FAMILY2']] })
    expect(of('LEFT', 'FAMILY')).toBe(of('FAMILY2', 'FAMILY'))
    expect(of('LEFT', 'FAMILY')).toBeLessThan(-2000)
    // Of nobody's who is known it says nothing.
    expect(weighed({ alone: 100 })('LEFT', 'FAMILY')).toBe(0)
  })

  test('where second hukou stand with their families as everybody does, or none was seen, nothing is said', () => {
    expect(Math.abs(weighed({ alone: 0 })('FAMILY', 'FAMILY2'))).toBeLessThan(300)
    expect(weighed({ alone: 100, taught: 0 })('FAMILY', 'ALONE')).toBe(0)
    expect(weighed({ alone: 100, taught: 0 })('FAMILY', 'FAMILY2')).toBe(0)
  })

  test('nothing is said of who moved in while none who did was seen, of who has left, and of one book', () => {
    const of = weighed({ alone: 100 })
    expect(of('FAMILY', 'MOVED')).toBe(0)
    expect(of('FAMILY', 'LEFT')).toBe(0)
    expect(of('FAMILY', 'FAMILY-2')).toBe(0)
  })

  test('why a row stands alone is explained once its owner is found; its owner stands as others do', () => {
    const of = weighed({ alone: 100, joined: [['M7', 'ALONE']] })
    expect(of('FAMILY', 'ALONE')).toBe(0)
    const owner = weighed({ alone: 100, joined: [['FAMILY', 'S7']] })
    expect(owner('FAMILY', 'ALONE')).toBeGreaterThan(1400)
    expect(owner('FAMILY', 'FAMILY2')).toBeLessThan(-2000)
  })
})

test('linking asks it of two rows under two numbers', async () => {
  const surnames = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏')
  const given = Array.from('桂兰秀英志刚国强')
  const taught = Array.from({ length: 240 }, (_, k): RowText[] => {
    const name = `${surnames[k % 30]}${given[k % 8]}${given[(k >> 3) % 7]}`
    const born = `19${50 + (k % 40)}0${1 + (k % 9)}1${k % 10}`
    const row = { name, birth_date: born, id_number: id(born, String(101 + 2 * (k % 400)).padStart(3, '0')) }
    return [...man(`M${k}`, 'family', row), ...man(`S${k}`, 'alone', { ...row, area_code: OTHER })]
  }).flat()
  /** Of one name and day, with no relative in common. */
  const weight = async (stands: 'family' | 'alone'): Promise<number> => {
    const first = man('P1', 'family', { ...TWO_HUKOU.first, spouse_name: WIFE })
    const second = police('P2', { ...TWO_HUKOU.second, birth_date: '19950720', mother_name: '姚天兰' })
    const mother = stands === 'alone' ? [] : [police('P3', { name: '姚天兰', area_code: OTHER, household_no: 'HP2' })]
    const { result, reviews, rowOf } = await linkRows([...taught, ...first, second, ...mother])
    expect(reviews).toContain('police:P1 police:P2 two-hukou')
    const rows = [rowOf('police:P1'), rowOf('police:P2')]
    const { left, right, weight: weights } = result.links
    return weights[left.findIndex((row, k) => rows.includes(row) && rows.includes(right[k]))]
  }
  expect((await weight('alone')) - (await weight('family'))).toBeGreaterThan(4000)
})
