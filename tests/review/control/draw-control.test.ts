/** The control sample of a run: what is drawn, what was judged before, and the error rates of `bidui run --decisions`. */
import { expect, test } from 'vitest'
import { drawControl, estimateDraw } from '../../../src/commands/run/draw-control.ts'
import { DECISION, LAYERS } from '../../../src/linking/people.ts'
import type { Linked } from '../../../src/pipeline.ts'
import { mix } from '../../../src/records/mix.ts'
import type { DecidedPair } from '../../../src/review/decisions/index.ts'
import { isDrawn } from '../../../src/review/queue/control-sample.ts'
import { isControl, QUEUE_SEED } from '../../../src/review/queue/tasks.ts'

interface Line {
  readonly row: number
  readonly layer?: (typeof LAYERS)[number]
}

const ROWS = 20_000

/** Police row n and census row ROWS + n; a pair weighs 3 bits (p = 0.89) by itself, links 12 bits. */
function linkedWith(given: {
  readonly judgements?: Linked['judgements']
  readonly waiting?: readonly number[]
  readonly links?: readonly Line[]
  readonly rejected?: readonly number[]
  /** A police row that the next one has replaced. */
  readonly old?: number
}): Linked {
  const { judgements = [], waiting = [], links = [], rejected = [], old = -2 } = given
  const lines = [
    ...links.map(({ row, layer = 'exact' as const }) => ({
      row,
      layer,
      decision: DECISION.link as number,
      weight: 12_000,
    })),
    ...waiting.map((row) => ({ row, layer: 'review' as const, decision: DECISION.review as number, weight: 3000 })),
  ]
  return {
    ingest: {
      table: {
        registerOf: (row: number) => (row < ROWS ? 0 : 1),
        recordId: (row: number) => String(row),
        starts: [0, ROWS, 2 * ROWS],
        columns: {
          recordHash: Int32Array.from({ length: 2 * ROWS }, (_, row) => mix(row + 1)),
          personNo: Uint32Array.from({ length: ROWS }, (_, row) => (row === old || row === old + 1 ? 1 : 0)),
          recordFlag: Uint8Array.from({ length: ROWS }, (_, row) => (row === old ? 0 : 1)),
          reversalFlag: new Uint8Array(ROWS),
        },
      },
    },
    kernel: { compare: () => 0 },
    weights: { weigh: () => 3000 },
    thresholds: { link: 0.98, review: 0.05 },
    judgements,
    rejected: Promise.resolve({
      left: rejected,
      right: rejected.map((row) => ROWS + row),
      weight: rejected.map(() => -8000),
    }),
    result: {
      discredited: new Uint8Array(2 * ROWS),
      links: {
        count: lines.length,
        left: Int32Array.from(lines, ({ row }) => row),
        right: Int32Array.from(lines, ({ row }) => ROWS + row),
        weight: Int32Array.from(lines, ({ weight }) => weight),
        decision: Uint8Array.from(lines, ({ decision }) => decision),
        layer: Uint8Array.from(lines, ({ layer }) => LAYERS.indexOf(layer)),
      },
    },
  } as unknown as Linked
}

const judged = (row: number, verdict: 'same' | 'different', isStale = false) => ({
  left: row,
  right: ROWS + row,
  verdict,
  isStale,
})
const decidedOf = (row: number, more: Partial<DecidedPair> = {}): DecidedPair => ({
  left: `police:${row}`,
  right: `census:${ROWS + row}`,
  verdict: 'same',
  fpLeft: '',
  fpRight: '',
  isByHand: false,
  seq: row,
  run: '',
  ...more,
})
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)

test('waiting and decided pairs are the whole, control verdicts the sample; what was made by hand or changed is neither', async () => {
  const rows = range(0, 1000)
  const control = rows.filter((row) => isControl(`census:${ROWS + row}`, QUEUE_SEED))
  const others = rows.filter((row) => !isControl(`census:${ROWS + row}`, QUEUE_SEED))
  expect(control.length).toBeGreaterThan(20)
  const judgements = [
    ...control.slice(0, 6).map((row) => judged(row, 'same')),
    ...control.slice(6, 8).map((row) => judged(row, 'different')),
    judged(control[9], 'same', true),
    judged(control[10], 'same'),
    ...others.slice(0, 30).map((row) => judged(row, 'different')),
  ]
  const decided = judgements.map(({ left }) => decidedOf(left, { isByHand: left === control[10] }))
  const linked = linkedWith({ judgements, waiting: others.slice(30, 90) })
  const estimate = estimateDraw(linked, await drawControl(linked, decided), 0.001)
  const band = estimate.bands.find(({ from }) => from === 0.8)
  expect(band).toMatchObject({ waiting: 8 + 30 + 60, judged: 8, same: 6 })
})

test('links of each layer and the rows left alone are drawn with the chance of their kind, the same pairs every time', async () => {
  const links: Line[] = [
    ...range(0, 12_000).map((row) => ({ row })),
    ...range(12_000, 15_000).map((row) => ({ row, layer: 'household' as const })),
    ...range(15_000, 15_500).map((row) => ({ row, layer: 'decision' as const })),
    ...range(15_500, 15_700).map((row) => ({ row, layer: 'person_no' as const })),
  ]
  const draw = await drawControl(linkedWith({ links, rejected: range(16_000, 20_000) }), [])
  const drawn = (stratum: string, layer: string) =>
    draw.pairs.filter(({ kind }) => kind.stratum === stratum && kind.layer === layer)
  const counted = (layer: string) => draw.cells.filter((cell) => cell.layer === layer).map((cell) => cell.pairs)
  // 149 wanted of each kind, and five in a hundred at most.
  for (const kind of [drawn('accepted', 'exact'), drawn('accepted', 'household'), drawn('rejected', '')]) {
    expect(kind.length).toBeGreaterThan(110)
    expect(kind.length).toBeLessThan(195)
  }
  expect(drawn('accepted', 'decision')).toEqual([])
  expect(drawn('accepted', 'person_no')).toEqual([])
  expect(counted('exact')).toEqual([12_000])
  expect(counted('')).toEqual([4000])
  const again = await drawControl(linkedWith({ links: links.toReversed(), rejected: range(16_000, 20_000) }), [])
  const rows = (pairs: typeof draw.pairs) => pairs.map(({ left }) => left).sort((a, b) => a - b)
  expect(rows(again.pairs)).toEqual(rows(draw.pairs))
  const few = await drawControl(linkedWith({ links: range(0, 200).map((row) => ({ row })) }), [])
  expect(few.pairs.length).toBeLessThan(25)
})

test('chance takes a pair whichever row comes first, and a larger chance takes what a smaller one took', () => {
  let [small, large] = [0, 0]
  for (let i = 0; i < 20_000; i++) {
    const [a, b] = [mix(i), mix(i + 777_777)]
    expect(isDrawn(a, b, 0.05)).toBe(isDrawn(b, a, 0.05))
    if (isDrawn(a, b, 0.02)) {
      small++
      expect(isDrawn(a, b, 0.05)).toBe(true)
    }
    if (isDrawn(a, b, 0.05)) large++
  }
  expect(small / 20_000).toBeCloseTo(0.02, 2)
  expect(large / 20_000).toBeCloseTo(0.05, 2)
})

test('a link judged under an earlier run still speaks for the links of its layer, though it is a decision now', async () => {
  const judgements = [...range(0, 9).map((row) => judged(row, 'same')), judged(9, 'different')]
  const decided = judgements.map(({ left }) => decidedOf(left, { control: 'accepted:household' }))
  const links: Line[] = [
    ...range(0, 9).map((row) => ({ row, layer: 'decision' as const })),
    ...range(100, 1090).map((row) => ({ row, layer: 'household' as const })),
  ]
  const linked = linkedWith({ judgements, links })
  const draw = await drawControl(linked, decided)
  const kind = estimateDraw(linked, draw, 0.001).links.find(({ layer }) => layer === 'household')
  expect(kind).toMatchObject({ pairs: 1000, judged: 10, wrong: 1 })
  expect(draw.pairs.filter(({ verdict }) => verdict !== undefined)).toHaveLength(10)
})

test('a rejection that people upheld is counted once, among the rows left alone', async () => {
  const linked = linkedWith({ judgements: [judged(5, 'different')], rejected: range(0, 400) })
  const { rejected } = estimateDraw(linked, await drawControl(linked, [decidedOf(5, { control: 'rejected' })]), 0.001)
  expect(rejected).toMatchObject({ pairs: 400, judged: 1, wrong: 0 })
})

test('a link that rests on an old version of a police row is shown with the version in force', async () => {
  const links = range(0, 4000).map((row) => ({ row }))
  const [first, ...others] = (await drawControl(linkedWith({ links }), [])).pairs
  const { pairs } = await drawControl(linkedWith({ links, old: first.left }), [])
  expect(pairs).toEqual([{ ...first, left: first.left + 1 }, ...others])
})
