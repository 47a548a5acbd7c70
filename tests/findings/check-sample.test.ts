/** 质量抽查: what a drawn block says of the census, case by case; its intervals; its draw. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CHECK_ITEMS,
  type ClusterCount,
  drawBlocks,
  drawOnePerVillage,
  type EnumeratedRow,
  measureCheckSample,
  shareOfClusters,
} from '../../src/findings/coverage/index.ts'
import { fractionOf } from '../../src/review/queue/hash.ts'

const HERE = '513027001001001'
const THERE = '513027001002001'
let n = 0
const row = (fields: Partial<EnumeratedRow> = {}, items: Partial<EnumeratedRow['items']> = {}): EnumeratedRow => ({
  key: `r${++n}`,
  block: HERE,
  isPresent: true,
  ...fields,
  items: { ...(Object.fromEntries(CHECK_ITEMS.map((item) => [item, 'x'])) as EnumeratedRow['items']), ...items },
})

/** Each person: the row of the check and the census rows of the same person. */
function measure(people: readonly (readonly [EnumeratedRow | undefined, ...EnumeratedRow[]])[]) {
  const met = people.filter(([sample]) => sample !== undefined)
  const census = people.flatMap(([, ...rows]) => rows)
  return measureCheckSample({
    blocks: [HERE],
    sample: met.map(([sample]) => sample as EnumeratedRow),
    census,
    partners: met.map(([, ...rows]) => rows.map((own) => census.indexOf(own))),
  })
}

describe('one person met in a drawn block', () => {
  test.each<
    [string, readonly EnumeratedRow[], string[], Partial<Record<'missed' | 'missedHere' | 'duplicate', number>>]
  >([
    ['listed there: nothing to say', [row()], [], {}],
    ['listed nowhere', [], ['missed'], { missed: 1, missedHere: 1 }],
    ['listed in another block', [row({ block: THERE })], ['elsewhere'], { missedHere: 1 }],
    ['listed as away only', [row({ isPresent: false })], ['away-only'], { missed: 1, missedHere: 1 }],
    ['listed there and rightly away elsewhere', [row(), row({ block: THERE, isPresent: false })], [], {}],
    ['listed there twice', [row(), row()], ['duplicate'], { duplicate: 1 }],
    ['listed there and present elsewhere', [row(), row({ block: THERE })], ['duplicate-elsewhere'], { duplicate: 1 }],
    [
      'listed twice, both elsewhere',
      [row({ block: THERE }), row({ block: THERE })],
      ['duplicate-elsewhere', 'elsewhere'],
      { missedHere: 1, duplicate: 1 },
    ],
  ])('%s', (_, rows, kinds, counts) => {
    const others = Array.from({ length: 20 }, () => [row(), row()] as const)
    const check = measure([...others, [row(), ...rows]])
    expect(check.cases.map(({ kind }) => kind)).toEqual(kinds)
    expect([check.missed.count, check.missedHere.count, check.duplicate.count]).toEqual([
      counts.missed ?? 0,
      counts.missedHere ?? 0,
      counts.duplicate ?? 0,
    ])
    expect(check.met).toBe(21)
  })

  test('an item that one side left blank does not differ; the best of two rows is compared', () => {
    const check = measure([
      [row({}, { number: '', birth: '1990-01' }), row({}, { birth: '1990-02' })],
      [row({}, { sex: '1' }), row({}, { sex: '2', name: 'y' }), row({}, { sex: '1' })],
    ])
    expect(check.items.number).toMatchObject({ count: 0, of: 1 })
    expect(check.items.birth).toMatchObject({ count: 1, of: 2 })
    expect(check.items.sex).toMatchObject({ count: 0, of: 2 })
    expect(check.anyItem).toMatchObject({ count: 1, of: 2 })
    expect(check.cases.find(({ kind }) => kind === 'item-error')?.items).toEqual(['birth'])
  })

  test('a census row whom the check did not meet is asked about and is no rate', () => {
    const check = measure([
      [row(), row()],
      [undefined, row()],
      [undefined, row({ isPresent: false })],
    ])
    expect(check).toMatchObject({ notMet: 1, registered: 2, met: 1, both: 1 })
    expect(check.missed.count).toBe(0)
  })

  test('a row of the check outside the drawn blocks counts nowhere', () => {
    const check = measure([[row(), row()], [row({ block: THERE })]])
    expect(check).toMatchObject({ met: 1 })
    expect(check.cases).toEqual([])
  })

  test('the estimate takes out surplus rows and stands on those met twice', () => {
    const people = Array.from({ length: 90 }, () => [row(), row()] as const)
    const check = measure([...people, [row(), row(), row()], ...Array.from({ length: 9 }, () => [row()] as const)])
    // 91 listed, 100 met, 91 on both: Chapman gives 92 · 101 / 92 − 1.
    expect(check.estimate.population).toBeCloseTo(100, 9)
  })
})

describe('a share of clusters', () => {
  const clusters: readonly ClusterCount[] = [
    { count: 1, of: 100 },
    { count: 5, of: 100 },
    { count: 0, of: 50 },
    { count: 2, of: 150 },
  ]

  test('ratio and design effect as by hand', () => {
    const share = shareOfClusters(clusters)
    expect(share).toMatchObject({ count: 8, of: 400, rate: 0.02, clusters: 4 })
    // Residuals −1, 3, −1, −1 around 2, 2, 1, 3: Σ = 12; variance 4 · 12 ÷ (3 · 400²); alone 0.02 · 0.98 ÷ 400.
    expect(share.designEffect).toBeCloseTo((4 * 12) / (3 * 400 ** 2) / ((0.02 * 0.98) / 400), 9)
    expect(share.low).toBeLessThan(0.02)
    expect(share.high).toBeGreaterThan(0.02)
  })

  test('nothing found is not nothing there, all blocks drawn leaves people only', () => {
    const none = shareOfClusters([
      { count: 0, of: 120 },
      { count: 0, of: 80 },
    ])
    expect(none).toMatchObject({ rate: 0, low: 0, designEffect: 1 })
    // Wilson at nought: z² ÷ (n + z²).
    expect(none.high).toBeCloseTo(1.959964 ** 2 / (200 + 1.959964 ** 2), 9)
    expect(shareOfClusters(clusters, 4).designEffect).toBe(1)
    expect(shareOfClusters([])).toMatchObject({ of: 0, low: 0, high: 1 })
  })

  test('the interval holds the rate, stays inside 0 and 1, and does not mind the order of blocks', () => {
    const cluster = fc
      .tuple(fc.nat(300), fc.nat(300))
      .map(([a, b]): ClusterCount => ({ count: Math.min(a, b), of: Math.max(a, b) }))
    fc.assert(
      fc.property(fc.array(cluster, { maxLength: 30 }), (blocks) => {
        const share = shareOfClusters(blocks)
        expect(share.low).toBeGreaterThanOrEqual(0)
        expect(share.high).toBeLessThanOrEqual(1)
        expect(share.low).toBeLessThanOrEqual(share.rate + 1e-12)
        expect(share.high).toBeGreaterThanOrEqual(share.rate - 1e-12)
        expect(share.designEffect).toBeGreaterThanOrEqual(1)
        const turned = shareOfClusters([...blocks].reverse())
        expect(turned.high).toBeCloseTo(share.high, 9)
      }),
    )
  })

  test('19 of 20 intervals hold the true share, where blocks differ', () => {
    // A fixed sequence in place of chance: block means 0.5 % to 3.5 %, 25 blocks of 250.
    let state = 42
    const next = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return state / 2 ** 32
    }
    const runs = 400
    let held = 0
    for (let r = 0; r < runs; r++) {
      const drawn = Array.from({ length: 25 }, (): ClusterCount => {
        const mean = 0.005 + 0.03 * next()
        let count = 0
        for (let i = 0; i < 250; i++) if (next() < mean) count++
        return { count, of: 250 }
      })
      const { low, high } = shareOfClusters(drawn)
      if (low <= 0.02 && 0.02 <= high) held++
    }
    expect(held / runs).toBeGreaterThan(0.91)
    expect(held / runs).toBeLessThan(0.99)
  })
})

describe('the draw', () => {
  const blocks = Array.from({ length: 60 }, (_, i) => `51302700100${i % 6}0${String(10 + i)}`)
  const by = (seed: string) => (block: string) => fractionOf(block, seed)

  test('the same seed draws the same blocks in whatever order they come, and a larger sample holds the smaller', () => {
    const drawn = drawBlocks(blocks, by('a'))
    expect(drawBlocks([...blocks].reverse(), by('a'))).toEqual(drawn)
    expect(drawBlocks(blocks, by('b')).slice(0, 10)).not.toEqual(drawn.slice(0, 10))
    expect(new Set(drawn).size).toBe(60)
  })

  test('one block of each village', () => {
    const drawn = drawOnePerVillage(blocks, by('a'))
    expect(drawn.map((block) => block.slice(0, 12))).toEqual([...new Set(blocks.map((b) => b.slice(0, 12)))].sort())
    expect(drawn.every((block) => blocks.includes(block))).toBe(true)
  })
})
