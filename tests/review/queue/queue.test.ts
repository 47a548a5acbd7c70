import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureAgreement } from '../../../src/review/queue/agreement.ts'
import { deriveVerdicts, findContradiction, type StandingPair } from '../../../src/review/queue/deduction.ts'
import { isAlarming } from '../../../src/review/queue/duty.ts'
import { LEASE_MS, Leases } from '../../../src/review/queue/leases.ts'
import { medianTime, remainingHours } from '../../../src/review/queue/remaining.ts'
import { drawSample, zeroDefectSampleSize } from '../../../src/review/queue/sampling.ts'
import {
  buildTasks,
  interleaveControl,
  otherOf,
  perplexityOf,
  type QueuePair,
  valueOf,
} from '../../../src/review/queue/tasks.ts'

const pairArbitrary: fc.Arbitrary<QueuePair> = fc
  .record({
    p: fc.integer({ min: 0, max: 30 }),
    c: fc.integer({ min: 0, max: 12 }),
    probability: fc.integer({ min: 1, max: 999 }).map((x) => x / 1000),
    area: fc.constantFrom('513027101201', '513027101202', '513027102201'),
    impact: fc.integer({ min: 1, max: 5 }),
    reason: fc.constantFrom('weight', 'ambiguous', 'twin-suspect', 'two-numbers'),
  })
  .map(({ p, c, ...rest }) => ({
    ...rest,
    pairId: `police:P${p}|census:C${c}`,
    left: `police:P${p}`,
    right: `census:C${c}`,
    leftHousehold: 'h',
    rightHousehold: 'g',
  }))

const pairsArbitrary = fc.uniqueArray(pairArbitrary, { selector: (pair) => pair.pairId, maxLength: 60 })

describe('tasks', () => {
  test('every pair is in exactly one task, of one focal record and at most five candidates', () => {
    fc.assert(
      fc.property(pairsArbitrary, (pairs) => {
        const tasks = buildTasks(pairs, 's')
        const ids = tasks.flatMap((task) => task.pairs.map((pair) => pair.pairId))
        expect([...ids].sort()).toEqual(pairs.map((pair) => pair.pairId).sort())
        for (const task of tasks) {
          expect(task.pairs.length).toBeLessThanOrEqual(5)
          for (const pair of task.pairs) expect([pair.left, pair.right]).toContain(task.focal)
        }
      }),
    )
  })

  test('the order of the pairs given never decides the order of work', () => {
    fc.assert(
      fc.property(
        pairsArbitrary.chain((pairs) =>
          fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length })),
        ),
        ([pairs, shuffled]) => {
          expect(interleaveControl(buildTasks(shuffled, 's'), 's')).toEqual(
            interleaveControl(buildTasks(pairs, 's'), 's'),
          )
        },
      ),
    )
  })

  test('more doubt, more people and dearer errors come first', () => {
    const base = { pairId: 'x', left: 'police:P1', right: 'census:C1', area: '', leftHousehold: '', rightHousehold: '' }
    const value = (probability: number, impact: number, reason: string, left = 'police:P1') =>
      valueOf({ ...base, left, probability, impact, reason })
    expect(value(0.5, 2, 'weight')).toBeGreaterThan(value(0.9, 2, 'weight'))
    expect(value(0.5, 3, 'weight')).toBeGreaterThan(value(0.5, 2, 'weight'))
    expect(value(0.5, 2, 'two-numbers')).toBeGreaterThan(value(0.5, 2, 'weight'))
    expect(value(0.5, 2, 'weight', 'census:C9')).toBeGreaterThan(value(0.5, 2, 'weight'))
  })

  test('half of the work removes at least four fifths of the expected error of a skewed queue', () => {
    const pairs = Array.from({ length: 2000 }, (_, n): QueuePair => {
      const probability = 0.05 + 0.9 * ((n * 0.618_033_988) % 1) ** 4
      return {
        pairId: `police:P${n}|census:C${n}`,
        left: `police:P${n}`,
        right: `census:C${n}`,
        probability,
        reason: 'weight',
        area: `51302710${n % 9}201`,
        impact: 1 + (n % 4),
        leftHousehold: '',
        rightHousehold: '',
      }
    })
    const order = interleaveControl(buildTasks(pairs, 's'), 's')
    const errors = order.map((task) => task.pairs.reduce((sum, pair) => sum + valueOf(pair), 0))
    const total = errors.reduce((sum, error) => sum + error, 0)
    const half = errors.slice(0, errors.length / 2).reduce((sum, error) => sum + error, 0)
    expect(half / total).toBeGreaterThan(0.8)
  })

  test('the control sample is one task in twenty, spread evenly', () => {
    const pairs = Array.from(
      { length: 4000 },
      (_, n): QueuePair => ({
        pairId: `police:P${n}|census:C${n}`,
        left: `police:P${n}`,
        right: `census:C${n}`,
        probability: 0.5,
        reason: 'weight',
        area: '',
        impact: 1,
        leftHousehold: '',
        rightHousehold: '',
      }),
    )
    const order = interleaveControl(buildTasks(pairs, 's'), 's')
    const share = order.filter((task) => task.isControl).length / order.length
    expect(share).toBeGreaterThan(0.04)
    expect(share).toBeLessThan(0.06)
    for (let from = 0; from + 400 <= 3600; from += 400) {
      const seen = order.slice(from, from + 400).filter((task) => task.isControl).length
      expect(seen).toBeGreaterThanOrEqual(19)
      expect(seen).toBeLessThanOrEqual(21)
    }
  })

  test('perplexity is 1 for a clear record and rises with every equal candidate', () => {
    expect(perplexityOf([])).toBe(1)
    expect(perplexityOf([0.999_999])).toBeCloseTo(1, 3)
    expect(perplexityOf([0.5])).toBeCloseTo(2, 9)
    expect(perplexityOf([0.5, 0.5])).toBeCloseTo(3, 9)
  })
})

describe('deduction', () => {
  const people = (record: string) => record.replace(/v\d$/, '')
  function world(pairs: readonly (readonly [string, string, StandingPair['verdict']?])[]) {
    const all = pairs.map(([left, right, verdict]) => ({ pairId: `${left}|${right}`, left, right, verdict }))
    return (record: string) => all.filter((pair) => pair.left === record || pair.right === record)
  }
  const decided = (left: string, right: string, verdict: 'same' | 'different') => ({
    pairId: `${left}|${right}`,
    left,
    right,
    verdict,
  })

  test('choosing one registered person rejects the other candidates of a census row', () => {
    const pairs = world([
      ['police:A', 'census:1'],
      ['police:B', 'census:1'],
      ['police:B', 'census:2'],
    ])
    expect(deriveVerdicts(decided('police:A', 'census:1', 'same'), pairs, people)).toEqual([
      { pairId: 'police:B|census:1', verdict: 'different', rule: 'one-to-one' },
    ])
  })

  test('two versions of one registered person are no rivals', () => {
    const pairs = world([
      ['police:Av1', 'census:1'],
      ['police:Av2', 'census:1'],
    ])
    expect(deriveVerdicts(decided('police:Av1', 'census:1', 'same'), pairs, people)).toEqual([])
  })

  test('a registered person may have two census rows: nothing follows for the other', () => {
    const pairs = world([
      ['police:A', 'census:1'],
      ['police:A', 'census:2'],
    ])
    expect(deriveVerdicts(decided('police:A', 'census:1', 'same'), pairs, people)).toEqual([])
  })

  test('same and same make same; same and different make different', () => {
    const same = world([
      ['police:A', 'census:1'],
      ['police:A', 'census:2', 'same'],
      ['census:1', 'census:2'],
    ])
    expect(deriveVerdicts(decided('police:A', 'census:1', 'same'), same, people)).toEqual([
      { pairId: 'census:1|census:2', verdict: 'same', rule: 'transitive' },
    ])
    const different = world([
      ['police:A', 'census:1'],
      ['police:A', 'census:2', 'same'],
      ['census:1', 'census:2'],
    ])
    expect(deriveVerdicts(decided('police:A', 'census:1', 'different'), different, people)).toEqual([
      { pairId: 'census:1|census:2', verdict: 'different', rule: 'transitive' },
    ])
  })

  test('different and different say nothing', () => {
    const pairs = world([
      ['police:A', 'census:1'],
      ['police:A', 'census:2', 'different'],
      ['census:1', 'census:2'],
    ])
    expect(deriveVerdicts(decided('police:A', 'census:1', 'different'), pairs, people)).toEqual([])
  })

  test('a second `same` of a census row with another registered person is a contradiction', () => {
    const pairs = world([
      ['police:A', 'census:1', 'same'],
      ['police:B', 'census:1'],
    ])
    expect(findContradiction(decided('police:B', 'census:1', 'same'), pairs, people)).toBe('police:A|census:1')
    const versions = world([
      ['police:Av1', 'census:1', 'same'],
      ['police:Av2', 'census:1'],
    ])
    expect(findContradiction(decided('police:Av2', 'census:1', 'same'), versions, people)).toBeUndefined()
  })

  test('what is deduced holds in every grouping of rows that agrees with what was said', () => {
    // Slow judge: all partitions of a few rows into people; a deduction must hold in all that fit the verdicts.
    const rows = ['police:A', 'police:B', 'census:1', 'census:2', 'census:3']
    const partitions: number[][] = []
    const grow = (groups: number[], most: number) => {
      if (groups.length === rows.length) {
        // One-to-one as the desk has it: two registered people are never one person.
        if (groups[0] !== groups[1]) partitions.push(groups)
        return
      }
      for (let group = 0; group <= most + 1; group++) grow([...groups, group], Math.max(most, group))
    }
    grow([], -1)
    const links = rows
      .flatMap((left, i) => rows.slice(i + 1).map((right) => [left, right] as const))
      .filter(([, right]) => right.startsWith('census'))
    fc.assert(
      fc.property(
        fc.constantFrom(...partitions),
        fc.shuffledSubarray(links, { minLength: 2, maxLength: 6 }),
        (truth, order) => {
          const group = (row: string) => truth[rows.indexOf(row)]
          const said: (readonly [string, string, StandingPair['verdict']?])[] = links.map(([left, right]) => {
            const at = order.findIndex(([a, b]) => a === left && b === right)
            return [
              left,
              right,
              at >= 0 && at < order.length - 1 ? (group(left) === group(right) ? 'same' : 'different') : undefined,
            ]
          })
          const [left, right] = order[order.length - 1]
          const now = decided(left, right, group(left) === group(right) ? 'same' : 'different')
          const fits = partitions.filter((partition) => {
            const one = (a: string, b: string) => partition[rows.indexOf(a)] === partition[rows.indexOf(b)]
            return (
              one(left, right) === (now.verdict === 'same') &&
              said.every(([a, b, verdict]) => verdict === undefined || one(a, b) === (verdict === 'same'))
            )
          })
          for (const derived of deriveVerdicts(now, world(said), (row) => row)) {
            const [a, b] = derived.pairId.split('|')
            for (const partition of fits)
              expect(partition[rows.indexOf(a)] === partition[rows.indexOf(b)]).toBe(derived.verdict === 'same')
          }
        },
      ),
    )
  })
})

describe('leases', () => {
  test('a task is one person’s for ten minutes, then anybody’s', () => {
    const leases = new Leases()
    expect(leases.take('t', 'zhang', 0)).toBe(true)
    expect(leases.take('t', 'li', LEASE_MS - 1)).toBe(false)
    expect(leases.take('t', 'zhang', LEASE_MS - 1)).toBe(true)
    expect(leases.take('t', 'li', LEASE_MS + 1)).toBe(false)
    expect(leases.take('t', 'li', 2 * LEASE_MS)).toBe(true)
    leases.release('t')
    expect(leases.take('t', 'zhang', 2 * LEASE_MS + 1)).toBe(true)
  })
})

describe('batch samples', () => {
  test('a sample of the size asked for shows a defect in 95 of 100 groups that hold more than the bound', () => {
    // Slow judge: the hypergeometric chance of n good draws, by counting combinations.
    const logFactorial = [0]
    for (let i = 1; i <= 3000; i++) logFactorial.push(logFactorial[i - 1] + Math.log(i))
    const choose = (n: number, k: number) => logFactorial[n] - logFactorial[k] - logFactorial[n - k]
    const chance = (size: number, bad: number, n: number) =>
      n > size - bad ? 0 : Math.exp(choose(size - bad, n) - choose(size, n))
    for (const bound of [0.005, 0.01, 0.02, 0.05])
      for (const size of [20, 47, 100, 299, 500, 1000, 3000]) {
        const n = zeroDefectSampleSize(size, bound)
        const bad = Math.floor(size * bound) + 1
        expect(chance(size, bad, n)).toBeLessThanOrEqual(0.05 + 1e-9)
        if (n > 0) expect(chance(size, bad, n - 1)).toBeGreaterThan(0.05)
      }
    // Drawing without returning saves one of the binomial 299.
    expect(zeroDefectSampleSize(1_000_000, 0.01)).toBe(298)
  })

  test('the same seed draws the same pairs in whatever order they come', () => {
    fc.assert(
      fc.property(pairsArbitrary, fc.integer({ min: 0, max: 20 }), (pairs, size) => {
        expect(drawSample([...pairs].reverse(), size, 'x')).toEqual(drawSample(pairs, size, 'x'))
      }),
    )
  })
})

describe('agreement', () => {
  /** Independent: item by item from two lists of verdicts; κ’s variance by its textbook sums, AC1’s by items. */
  function judge(first: readonly number[], second: readonly number[]) {
    const n = first.length
    const share = (list: readonly number[], value: number) => list.filter((one) => one === value).length / n
    const po = first.filter((one, i) => one === second[i]).length / n
    const pe = [0, 1].reduce((sum, value) => sum + share(first, value) * share(second, value), 0)
    const kappa = (po - pe) / (1 - pe)
    // Fleiss, Cohen, Everitt 1969: A + B − C.
    let a = 0
    let b = 0
    for (const i of [0, 1])
      for (const j of [0, 1]) {
        const p = first.filter((one, k) => one === i && second[k] === j).length / n
        if (i === j) a += p * (1 - (share(first, i) + share(second, i)) * (1 - kappa)) ** 2
        else b += p * (share(second, i) + share(first, j)) ** 2
      }
    const c = (kappa - pe * (1 - kappa)) ** 2
    const kappaError = Math.sqrt((a + (1 - kappa) ** 2 * b - c) / ((1 - pe) ** 2 * n))
    const pi = [0, 1].map((value) => (share(first, value) + share(second, value)) / 2)
    const pg = pi.reduce((sum, one) => sum + one * (1 - one), 0)
    const ac1 = (po - pg) / (1 - pg)
    const items = first.map((one, i) => {
      const agree = one === second[i] ? 1 : 0
      const chance = [0, 1].reduce(
        (sum, value) => sum + (((one === value ? 1 : 0) + (second[i] === value ? 1 : 0)) / 2) * (1 - pi[value]),
        0,
      )
      return (agree - pg) / (1 - pg) - (2 * (1 - ac1) * (chance - pg)) / (1 - pg)
    })
    const ac1Error = Math.sqrt(items.reduce((sum, item) => sum + (item - ac1) ** 2, 0) / (n * (n - 1)))
    return { po, kappa, kappaError, ac1, ac1Error }
  }

  test('%, κ and AC1 with their intervals equal an independent computation to 1e-9', () => {
    const Z = 1.959963984540054
    fc.assert(
      fc.property(fc.tuple(fc.nat(60), fc.nat(20), fc.nat(20), fc.nat(60)), ([a, b, c, d]) => {
        fc.pre(a + b > 0 && c + d > 0 && a + c > 0 && b + d > 0 && a + b + c + d > 2)
        const first = [...Array(a).fill(1), ...Array(b).fill(1), ...Array(c).fill(0), ...Array(d).fill(0)] as number[]
        const second = [...Array(a).fill(1), ...Array(b).fill(0), ...Array(c).fill(1), ...Array(d).fill(0)] as number[]
        const wanted = judge(first, second)
        const got = measureAgreement({ bothSame: a, firstSame: b, secondSame: c, bothDifferent: d })
        expect(got.percent.value).toBeCloseTo(wanted.po, 9)
        expect(got.kappa.value).toBeCloseTo(wanted.kappa, 9)
        expect(got.kappa.low).toBeCloseTo(Math.max(-1, wanted.kappa - Z * wanted.kappaError), 9)
        expect(got.kappa.high).toBeCloseTo(Math.min(1, wanted.kappa + Z * wanted.kappaError), 9)
        expect(got.ac1.value).toBeCloseTo(wanted.ac1, 9)
        expect(got.ac1.low).toBeCloseTo(Math.max(-1, wanted.ac1 - Z * wanted.ac1Error), 9)
      }),
    )
  })

  test('Wilson’s interval satisfies its own equation: its ends are z standard errors from the estimate', () => {
    const { percent } = measureAgreement({ bothSame: 80, firstSame: 5, secondSame: 3, bothDifferent: 30 })
    for (const end of [percent.low, percent.high])
      expect(Math.abs(percent.value - end) / Math.sqrt((end * (1 - end)) / 118)).toBeCloseTo(1.959963984540054, 9)
  })

  test('one pair judged alike has no spread to tell', () => {
    const { ac1, percent } = measureAgreement({ bothSame: 1, firstSame: 0, secondSame: 0, bothDifferent: 0 })
    expect(ac1).toEqual({ value: 1, low: 1, high: 1 })
    expect(percent.low).toBeLessThan(0.5)
  })

  test('the alarm rings when both κ and the percentage are low, not for a skewed prevalence alone', () => {
    expect(measureAgreement({ bothSame: 97, firstSame: 2, secondSame: 1, bothDifferent: 0 }).isAlarm).toBe(false)
    expect(measureAgreement({ bothSame: 40, firstSame: 10, secondSame: 10, bothDifferent: 40 }).isAlarm).toBe(true)
    // κ of exactly 0.75 is enough, less is not; so are twenty double reviews, nineteen are not.
    expect(measureAgreement({ bothSame: 14, firstSame: 2, secondSame: 2, bothDifferent: 14 }).isAlarm).toBe(false)
    expect(measureAgreement({ bothSame: 14, firstSame: 3, secondSame: 2, bothDifferent: 14 }).isAlarm).toBe(true)
    expect(measureAgreement({ bothSame: 6, firstSame: 4, secondSame: 4, bothDifferent: 6 }).isAlarm).toBe(true)
    expect(measureAgreement({ bothSame: 6, firstSame: 4, secondSame: 3, bothDifferent: 6 }).isAlarm).toBe(false)
    expect(measureAgreement({ bothSame: 1, firstSame: 1, secondSame: 0, bothDifferent: 1 }).isAlarm).toBe(false)
  })

  test('two bad windows of known answers in a row ring, one does not', () => {
    const good = Array.from({ length: 20 }, () => true)
    const bad = good.map((_, i) => i % 4 !== 0)
    expect(isAlarming([...good, ...bad])).toBe(false)
    expect(isAlarming([...bad, ...bad])).toBe(true)
    expect(isAlarming([...bad, ...good])).toBe(false)
  })
})

test('the time left is the median of the last times without pauses, times what is left', () => {
  expect(medianTime([1000, 2000, 3000, 90_000, 4000])).toBeUndefined()
  expect(medianTime([1000, 2000, 3000, 90_000, 4000, 5000])).toBe(3000)
  expect(remainingHours([3600, 3600, 3600, 3600, 3600], 1000)).toBe(1)
})

test('the other record of a pair is the one that was not named', () => {
  expect(otherOf({ left: 'a', right: 'b' }, 'a')).toBe('b')
  expect(otherOf({ left: 'a', right: 'b' }, 'b')).toBe('a')
})
