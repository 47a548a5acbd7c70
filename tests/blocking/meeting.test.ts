/** What is said of a pair afterwards is what blocking did: the walk itself is the judge. */
import { describe, expect, test } from 'vitest'
import { BlockScratch, refineBuckets, refineOversizeBlocks, walkBlocks } from '../../src/blocking/blocks.ts'
import { computeKeys, KeyParts, partsOfRules } from '../../src/blocking/keys.ts'
import { meetingOfRows, nearestRules, type PartState, type RuleMeeting } from '../../src/blocking/meeting.ts'
import { DEFAULT_RULES } from '../../src/blocking/rules.ts'
import { matchCounty } from '../../src/matching/match-county.ts'
import { workspaceBytes } from '../../src/matching/workspace.ts'
import { buildTable, type RowText } from '../support/build-table.ts'
import { inlinePool } from '../support/inline-pool.ts'

async function opened(rows: readonly RowText[]) {
  const built = buildTable(rows, { extraBytes: workspaceBytes(400_000) })
  const { names } = await matchCounty(built.table, built.memory, DEFAULT_RULES, inlinePool)
  return { ...built, names }
}

/** Rules that propose a pair, by a walk over the whole table; each rule alone, so that none hides another. */
function walkedRules({ table, names }: Awaited<ReturnType<typeof opened>>, left: number, right: number): string[] {
  const parts = new KeyParts(table, names)
  const scratch = new BlockScratch(table.rows)
  return DEFAULT_RULES.filter((rule) => {
    const keys = { words: new Int32Array(table.rows), rows: table.rows }
    computeKeys(parts, partsOfRules([rule]), keys, 0, table.rows)
    refineOversizeBlocks(rule, 0, parts, keys, refineBuckets(table.rows))
    let isMet = false
    walkBlocks(rule, 0, keys, scratch, (a, b) => {
      if (a === left && b === right) isMet = true
    })
    return isMet
  }).map(({ name }) => name)
}

const police = (id: string, more: Readonly<Record<string, string>>): RowText => ({
  register: 'police',
  id,
  name: '彭文明',
  sex: '1',
  birth_date: '1943-09-05',
  area_code: '513027101001',
  household_no: id,
  ...more,
})
const census = (id: string, more: Readonly<Record<string, string>>): RowText => ({
  register: 'census',
  id,
  name: '彭文明',
  sex: '1',
  birth_month: '194309',
  block_code: '513027101001001',
  household_no: id,
  residence: '1',
  hukou_place: '1',
  ...more,
})

describe('the rules that met a pair', () => {
  test('are those that proposed it, pair by pair', async () => {
    const county = await opened([
      police('P1', {}),
      police('P2', { name: '彭文铭', birth_date: '1944-03-05' }),
      police('P3', { name: '李芳', sex: '2', birth_date: '1980-01-02', area_code: '513027102001' }),
      census('C1', {}),
      census('C2', { name: '彭明文', block_code: '513027103001001' }),
      census('C3', { name: '', birth_month: '' }),
    ])
    const { table, names } = county
    for (let left = 0; left < table.rows; left++)
      for (let right = left + 1; right < table.rows; right++) {
        const met = meetingOfRows(DEFAULT_RULES, table, names, left, right).filter(({ outcome }) => outcome === 'met')
        expect(met.map(({ rule }) => rule)).toEqual(walkedRules(county, left, right))
      }
  })

  test('a block that was split by further parts says by which', async () => {
    const many = Array.from({ length: 401 }, (_, i) =>
      census(`C${i}`, { block_code: `513027${101 + (i % 40)}001001`, sex: String(1 + (i % 2)) }),
    )
    const county = await opened([police('P1', { area_code: '513027300001', sex: '2' }), ...many])
    const [left, right] = [county.rowOf('police:P1'), county.rowOf('census:C0')]
    const rules = meetingOfRows(DEFAULT_RULES, county.table, county.names, left, right)
    const rule = rules.find((one) => one.rule === 'name + birth month')
    expect(rule?.outcome).toBe('split')
    expect(rule?.parts.find(({ part }) => part === 'sex')?.state).toBe('different')
    expect(rules.filter(({ outcome }) => outcome === 'met').map(({ rule: name }) => name)).toEqual(
      walkedRules(county, left, right),
    )
  })

  test('a block that nothing splits is walked with a window', async () => {
    const county = await opened(Array.from({ length: 1700 }, (_, i) => census(`C${i}`, { household_no: '1' })))
    for (const right of [399, 400, 401, 1699]) {
      const rules = meetingOfRows(DEFAULT_RULES, county.table, county.names, 0, right)
      expect(rules.filter(({ outcome }) => outcome === 'met').map(({ rule }) => rule)).toEqual(
        walkedRules(county, 0, right),
      )
      expect(rules.some(({ outcome }) => outcome === 'window')).toBe(right > 400)
    }
  })
})

test.each([
  ['513047197810211839', 1],
  ['513047197810211838', 0],
])('a sex left out is that of the number %s, if its check digit is right', async (id_number, rules) => {
  const born = { birth_date: '1978-10-21', area_code: '513027101202' }
  const county = await opened([
    police('P1', { ...born, name: '张成军', sex: '', id_number }),
    census('C1', { name: '李成', sex: '1', birth_month: '1978-10', block_code: '513027101202003' }),
  ])
  expect(walkedRules(county, 0, 1)).toEqual(['birth month + sex + village'].slice(0, rules))
})

test('an away row meets the row of that name in the village where it says the person lives, whatever the births', async () => {
  const away = { name: '彭文明', birth_month: '1941-02', residence: '4', residence_area_code: '513027102202' }
  const there = { name: '彭文铭', birth_month: '1943-09', block_code: '513027102202001', hukou_place: '3' }
  const rule = 'name sound + village lived in'
  const meet = async (more: Record<string, string>): Promise<boolean> => {
    const county = await opened([
      census('C1', { ...away, block_code: '513027101201001' }),
      census('C2', { ...there, hukou_area_code: '513027101', ...more }),
    ])
    const rules = walkedRules(county, 0, 1)
    expect(rules.filter((name) => name !== rule)).toEqual([])
    return rules.includes(rule)
  }
  expect(await meet({})).toBe(true)
  expect(await meet({ hukou_area_code: '' })).toBe(true)
  expect(await meet({ block_code: '513027102203001' })).toBe(false)
  // Who is registered where they live is nobody's who left.
  expect(await meet({ hukou_place: '1', hukou_area_code: '' })).toBe(false)
})

test('what either row lacks is said of that row, and of both where both lack it', async () => {
  const county = await opened([
    police('P1', { name: '张成军', father_name: '张山', former_name: '张军' }),
    census('C1', { name: '', birth_month: '' }),
  ])
  const states = (left: number, right: number) =>
    new Map(
      meetingOfRows(DEFAULT_RULES, county.table, county.names, left, right).flatMap(({ parts }) =>
        parts.map(({ part, state }): [string, PartState] => [part, state]),
      ),
    )
  expect(states(0, 1).get('name')).toBe('right lacks it')
  expect(states(1, 0).get('name')).toBe('left lacks it')
  expect(states(0, 1).get('id-number')).toBe('both lack it')
})

test('the nearest rule is the one that lacked the fewest parts, however many it has in common', () => {
  const meeting = (rule: string, ...states: PartState[]): RuleMeeting => ({
    rule,
    outcome: 'apart',
    parts: states.map((state) => ({ part: 'name', words: 'name', state })),
  })
  const rules = [
    meeting('neither has it', 'both lack it'),
    meeting('two slips', 'different', 'different', 'same', 'same', 'same'),
    meeting('one slip of one', 'different'),
    meeting('one slip of four', 'different', 'same', 'same', 'same'),
  ]
  expect(nearestRules(rules, 3).map(({ rule }) => rule)).toEqual(['one slip of four', 'one slip of one', 'two slips'])
})

test('the nearest rule names what the pair lacked, a slip before what neither row has', async () => {
  const county = await opened([
    police('P1', {
      name: '张成军',
      birth_date: '1978-10-21',
      area_code: '513027101202',
      id_number: '513047197810211839',
    }),
    census('C1', { name: '张军', birth_month: '1978-10', block_code: '513027100001003' }),
  ])
  const rules = meetingOfRows(DEFAULT_RULES, county.table, county.names, 0, 1)
  expect(rules.every(({ outcome }) => outcome === 'apart')).toBe(true)
  const [nearest] = nearestRules(rules, 1)
  expect(nearest.parts.map(({ state }) => state).sort()).toEqual(['different', 'same', 'same'])
  expect(nearest.rule).toBe('birth month + sex + village')
})
