/**
 * How well two reviewers agree, beyond what chance would give: percentage, Cohen's κ, Gwet's AC1, each with a 95 %
 * interval.
 *
 * In:  a 2 × 2 table of verdicts (same, different). Out: estimates and intervals.
 * κ alone misleads where one verdict is rare (Feinstein and Cicchetti 1990), so AC1 and the percentage stand beside it.
 * Wilson 1927 for the percentage; Fleiss, Cohen and Everitt 1969, equation 13 for κ; Gwet 2008, equation 12 for AC1.
 */
import { NORMAL_975, wilsonInterval } from '../../wilson.ts'

export interface AgreementTable {
  readonly bothSame: number
  readonly firstSame: number
  readonly secondSame: number
  readonly bothDifferent: number
}

export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface Agreement {
  readonly n: number
  readonly percent: Estimate
  readonly kappa: Estimate
  readonly ac1: Estimate
  /** κ below 0.75 and agreement below 95 %: somebody has to look. */
  readonly isAlarm: boolean
}

const KAPPA_MIN = 0.75
const PERCENT_MIN = 0.95
/** Below this many double reviews an alarm says more about chance than about people. */
const ALARM_COUNT_MIN = 20

export function measureAgreement(table: AgreementTable): Agreement {
  const { bothSame: a, firstSame: b, secondSame: c, bothDifferent: d } = table
  const n = a + b + c + d
  if (n === 0) return { n, percent: NOTHING, kappa: NOTHING, ac1: NOTHING, isAlarm: false }
  const percent = shareOf(a + d, n)
  const kappa = cohenKappa(a / n, b / n, c / n, d / n, n)
  const ac1 = gwetAc1(a / n, b / n, c / n, d / n, n)
  const isAlarm = n >= ALARM_COUNT_MIN && kappa.value < KAPPA_MIN && percent.value < PERCENT_MIN
  return { n, percent, kappa, ac1, isAlarm }
}

const NOTHING: Estimate = { value: Number.NaN, low: Number.NaN, high: Number.NaN }

/** Share k of n with Wilson's interval. */
export function shareOf(k: number, n: number): Estimate {
  if (n === 0) return NOTHING
  return { value: k / n, ...wilsonInterval(k / n, n) }
}

function cohenKappa(a: number, b: number, c: number, d: number, n: number): Estimate {
  const rows = [a + b, c + d]
  const columns = [a + c, b + d]
  const observed = a + d
  const expected = rows[0] * columns[0] + rows[1] * columns[1]
  if (expected === 1) return { value: 1, low: 1, high: 1 }
  const value = (observed - expected) / (1 - expected)
  const cells = [
    [a, b],
    [c, d],
  ]
  let spread = 0
  for (let i = 0; i < 2; i++)
    for (let j = 0; j < 2; j++) {
      const margin = rows[j] + columns[i]
      spread +=
        i === j
          ? cells[i][j] * (1 - (rows[i] + columns[i]) * (1 - value)) ** 2
          : cells[i][j] * margin ** 2 * (1 - value) ** 2
    }
  const variance = (spread - (value - expected * (1 - value)) ** 2) / (n * (1 - expected) ** 2)
  return interval(value, variance)
}

/** Chance agreement by the mean prevalence π: Pe = 2π(1 − π). */
function gwetAc1(a: number, b: number, c: number, d: number, n: number): Estimate {
  const prevalence = (a + b + (a + c)) / 2
  const observed = a + d
  const expected = 2 * prevalence * (1 - prevalence)
  const value = (observed - expected) / (1 - expected)
  // Variance over items: each item's share in AC1, linearised (Gwet 2008).
  const items = [
    { share: a, agrees: 1, meanSame: 1 },
    { share: b + c, agrees: 0, meanSame: 0.5 },
    { share: d, agrees: 1, meanSame: 0 },
  ]
  let variance = 0
  if (n > 1) {
    for (const { share, agrees, meanSame } of items) {
      const ofItem = (agrees - expected) / (1 - expected)
      const chance = meanSame * (1 - prevalence) + (1 - meanSame) * prevalence
      const term = ofItem - (2 * (1 - value) * (chance - expected)) / (1 - expected)
      variance += share * (term - value) ** 2
    }
    variance /= n - 1
  }
  return interval(value, variance)
}

function interval(value: number, variance: number): Estimate {
  const half = NORMAL_975 * Math.sqrt(Math.max(0, variance))
  return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half) }
}
