/** Error rates by the control sample: against plain sums, and whether the intervals hold the truth. */
import { expect, test } from 'vitest'
import { type ControlEstimate, estimateFromControl } from '../../../src/review/queue/control-estimate.ts'
import type { ControlKind } from '../../../src/review/queue/control-sample.ts'
import { ControlTally } from '../../../src/review/queue/control-tally.ts'
import { shareOf } from '../../../src/review/queue/agreement.ts'
import { randomOf } from '../../support/random.ts'

interface WaitingPair {
  readonly probability: number
  readonly verdict?: 'same' | 'different'
}

function estimate(
  pairs: readonly WaitingPair[],
  wanted: number,
  kind: ControlKind = { stratum: 'waiting', layer: '' },
  tally = new ControlTally(),
): ControlEstimate {
  for (const { probability, verdict } of pairs) {
    tally.count(kind, probability)
    if (verdict !== undefined) tally.judge(kind, probability, verdict)
  }
  return estimateFromControl(tally.cells(), { wanted, linksFrom: 0.98 })
}

function pairs(count: number, probability: number, verdict?: WaitingPair['verdict']): readonly WaitingPair[] {
  return Array.from({ length: count }, () => ({ probability, ...(verdict === undefined ? {} : { verdict }) }))
}

test('a verdict weighs as many waiting pairs as it stands for', () => {
  const found = estimate(
    [
      // 1,000 at 0.95, twenty judged, one wrong; 100 at 0.7, ten judged, five wrong.
      ...pairs(980, 0.95),
      ...pairs(19, 0.95, 'same'),
      ...pairs(1, 0.95, 'different'),
      ...pairs(90, 0.7),
      ...pairs(5, 0.7, 'same'),
      ...pairs(5, 0.7, 'different'),
    ],
    0.01,
  )
  const at = (threshold: number) => found.thresholds.find((row) => row.threshold === threshold)!
  expect(at(0.9)).toMatchObject({ pairs: 1000, judged: 20 })
  expect(at(0.9).falseLinks!.value).toBeCloseTo(0.05, 12)
  expect(at(0.9).falseLinksExpected).toBeCloseTo(0.05, 12)
  // (1000 × 0.05 + 100 × 0.5) / 1100, not 6 / 30.
  expect(at(0.6).falseLinks!.value).toBeCloseTo(100 / 1100, 12)
  // Of 950 + 50 matches the 50 below 0.8 would be missed.
  expect(at(0.8).missedLinks!.value).toBeCloseTo(0.05, 12)
  expect(found.bands.find((band) => band.from === 0.6)).toMatchObject({ waiting: 100, judged: 10, same: 5 })
})

test('one band alone has nearly Wilson’s own interval', () => {
  const { thresholds } = estimate(
    [...pairs(5000, 0.95), ...pairs(190, 0.95, 'same'), ...pairs(10, 0.95, 'different')],
    0.01,
  )
  const plain = shareOf(10, 200)
  expect(thresholds.at(-1)!.falseLinks!.low).toBeCloseTo(plain.low, 3)
  expect(thresholds.at(-1)!.falseLinks!.high).toBeCloseTo(plain.high, 3)
})

test('a band that nobody judged leaves everything unknown that rests on it', () => {
  const { thresholds } = estimate([...pairs(50, 0.95, 'same'), ...pairs(10, 0.85)], 0.1)
  expect(thresholds.at(-1)!.falseLinks).toBeDefined()
  expect(thresholds.find((row) => row.threshold === 0.8)!.falseLinks).toBeUndefined()
  expect(thresholds.at(-1)!.missedLinks).toBeUndefined()
})

test('a lower threshold is proposed only when even the upper end keeps the wanted rate; how many verdicts that takes is told', () => {
  const wanted = 0.02
  const { verdictsNeeded } = estimate([], wanted)
  const judged = (count: number) => estimate([...pairs(9000, 0.95), ...pairs(count, 0.95, 'same')], wanted)
  expect(judged(Math.round(verdictsNeeded * 1.05)).proposal).toEqual({ links: 'more', threshold: 0.9 })
  expect(judged(Math.round(verdictsNeeded * 0.8)).proposal).toBeUndefined()
})

test('fewer links are proposed only where it is proved that they are wrong too often', () => {
  const statistical: ControlKind = { stratum: 'accepted', layer: 'statistical' }
  const judged = (wrongLow: number) =>
    estimate(
      [
        ...pairs(9000, 0.985),
        ...pairs(100 - wrongLow, 0.985, 'same'),
        ...pairs(wrongLow, 0.985, 'different'),
        ...pairs(50_000, 0.9999),
        ...pairs(200, 0.9999, 'same'),
      ],
      0.005,
      statistical,
    )
  expect(judged(20).proposal).toEqual({ links: 'fewer', threshold: 0.99 })
  // One wrong of three hundred may be chance.
  expect(judged(1).proposal).toBeUndefined()
  expect(judged(20).links.find(({ layer }) => layer === 'statistical')).toMatchObject({ judged: 300, wrong: 20 })
})

test('over all layers a verdict weighs as many links as it stands for, and rows left alone give what is missed', () => {
  const tally = new ControlTally()
  const of = (kind: ControlKind, more: readonly WaitingPair[]) => estimate(more, 0.001, kind, tally)
  of({ stratum: 'accepted', layer: 'exact' }, [...pairs(98_900, 0.9999), ...pairs(100, 0.9999, 'same')])
  expect(of({ stratum: 'accepted', layer: 'household' }, pairs(1000, 0.7)).links.at(-1)!.share).toBeUndefined()
  const { links } = of({ stratum: 'accepted', layer: 'household' }, [
    ...pairs(90, 0.7, 'same'),
    ...pairs(10, 0.7, 'different'),
  ])
  // 1,100 household links, a tenth of them wrong, among 100,100: not 10 of 200.
  expect(links.at(-1)).toMatchObject({ pairs: 100_100, judged: 200, wrong: 10 })
  expect(links.at(-1)!.share!.value).toBeCloseTo(110 / 100_100, 12)
  const { rejected, missed } = of({ stratum: 'rejected', layer: '' }, [
    ...pairs(1900, 0.001),
    ...pairs(5, 0.001, 'same'),
    ...pairs(95, 0.001, 'different'),
  ])
  expect(rejected).toMatchObject({ pairs: 2000, judged: 100, wrong: 5 })
  expect(missed!.value).toBeCloseTo(100 / (100 + 100_100 - 110), 12)
  expect(missed!.low).toBeLessThan(missed!.value)
})

test('the true rates lie in the 95 % intervals in at least 93 of 100 samples', () => {
  const random = randomOf(11)
  const truth = [0.05, 0.3, 0.55, 0.7, 0.88, 0.97]
  const sizes = [4000, 1500, 1000, 1200, 2500, 6000]
  const probability = [0.1, 0.3, 0.5, 0.7, 0.85, 0.95]
  let [held, heldMissed, tried] = [0, 0, 0]
  for (let turn = 0; turn < 100; turn++) {
    const sample: WaitingPair[] = []
    let [wrong, matchesBelow, matches] = [0, 0, 0]
    for (let b = 0; b < sizes.length; b++)
      for (let i = 0; i < sizes[b]; i++) {
        const isMatch = random() < truth[b]
        if (isMatch) matches++
        if (b >= 4 && !isMatch) wrong++
        if (b < 4 && isMatch) matchesBelow++
        const isControl = random() < 0.05
        sample.push({
          probability: probability[b],
          ...(isControl ? { verdict: isMatch ? ('same' as const) : ('different' as const) } : {}),
        })
      }
    const row = estimate(sample, 0.01).thresholds[4]
    const [rate, missed] = [wrong / (sizes[4] + sizes[5]), matchesBelow / matches]
    tried++
    if (row.falseLinks!.low <= rate && rate <= row.falseLinks!.high) held++
    if (row.missedLinks!.low <= missed && missed <= row.missedLinks!.high) heldMissed++
  }
  expect(held / tried).toBeGreaterThanOrEqual(0.93)
  expect(heldMissed / tried).toBeGreaterThanOrEqual(0.93)
})
