/** Error rates by the control sample: against plain sums, and whether the intervals hold the truth. */
import { expect, test } from 'vitest'
import { estimateFromControl, settingForThreshold, type WaitingPair } from '../../src/review/queue/control-estimate.ts'
import { wilson } from '../../src/review/queue/agreement.ts'
import { linkThresholds } from '../../src/settings.ts'
import { randomOf } from '../support/audit-mutations.ts'

function pairs(count: number, probability: number, verdict?: WaitingPair['verdict']): readonly WaitingPair[] {
  return Array.from({ length: count }, () => ({ probability, ...(verdict === undefined ? {} : { verdict }) }))
}

test('a verdict weighs as many waiting pairs as it stands for', () => {
  const estimate = estimateFromControl(
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
  const at = (threshold: number) => estimate.thresholds.find((row) => row.threshold === threshold)!
  expect(at(0.9)).toMatchObject({ pairs: 1000, judged: 20 })
  expect(at(0.9).falseLinks!.value).toBeCloseTo(0.05, 12)
  expect(at(0.9).falseLinksExpected).toBeCloseTo(0.05, 12)
  // (1000 × 0.05 + 100 × 0.5) / 1100, not 6 / 30.
  expect(at(0.6).falseLinks!.value).toBeCloseTo(100 / 1100, 12)
  // Of 950 + 50 matches the 50 below 0.8 would be missed.
  expect(at(0.8).missedLinks!.value).toBeCloseTo(0.05, 12)
  expect(estimate.bands.find((band) => band.from === 0.6)).toMatchObject({ waiting: 100, judged: 10, same: 5 })
})

test('one band alone has nearly Wilson’s own interval', () => {
  const { thresholds } = estimateFromControl(
    [...pairs(5000, 0.95), ...pairs(190, 0.95, 'same'), ...pairs(10, 0.95, 'different')],
    0.01,
  )
  const plain = wilson(10, 200)
  expect(thresholds.at(-1)!.falseLinks!.low).toBeCloseTo(plain.low, 3)
  expect(thresholds.at(-1)!.falseLinks!.high).toBeCloseTo(plain.high, 3)
})

test('a band that nobody judged leaves everything unknown that rests on it', () => {
  const { thresholds } = estimateFromControl([...pairs(50, 0.95, 'same'), ...pairs(10, 0.85)], 0.1)
  expect(thresholds.at(-1)!.falseLinks).toBeDefined()
  expect(thresholds.find((row) => row.threshold === 0.8)!.falseLinks).toBeUndefined()
  expect(thresholds.at(-1)!.missedLinks).toBeUndefined()
})

test('a threshold is suggested only when even the upper end keeps the wanted rate; how many verdicts that takes is told', () => {
  const wanted = 0.02
  const { verdictsNeeded } = estimateFromControl([], wanted)
  const judged = (count: number) => estimateFromControl([...pairs(9000, 0.95), ...pairs(count, 0.95, 'same')], wanted)
  expect(judged(Math.round(verdictsNeeded * 1.05)).suggested).toBe(0.9)
  expect(judged(Math.round(verdictsNeeded * 0.8)).suggested).toBeUndefined()
})

test('the setting that is named makes links begin at the threshold that was suggested', () => {
  for (const threshold of [0.6, 0.8, 0.9]) expect(linkThresholds(settingForThreshold(threshold)).link).toBe(threshold)
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
    const row = estimateFromControl(sample, 0.01).thresholds[4]
    const [rate, missed] = [wrong / (sizes[4] + sizes[5]), matchesBelow / matches]
    tried++
    if (row.falseLinks!.low <= rate && rate <= row.falseLinks!.high) held++
    if (row.missedLinks!.low <= missed && missed <= row.missedLinks!.high) heldMissed++
  }
  expect(held / tried).toBeGreaterThanOrEqual(0.93)
  expect(heldMissed / tried).toBeGreaterThanOrEqual(0.93)
})
