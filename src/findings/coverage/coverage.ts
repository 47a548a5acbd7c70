/**
 * The coverage estimate (docs/balance.md): undercount, overcount and net error of the census, people with hukou here.
 *
 * In:  the finding context, error rates of linkage, the smallest stratum. Out: the table by stratum, the totals, what
 * the answer would be if linkage were better or worse, and the assumptions in words. Pure; nothing per enumerator.
 */
import { CENSUS, POLICE } from '../../registers/columns.ts'
import { type FindingContext, Ground } from '../ground.ts'
import { addEstimates, type Estimate, estimatePopulation, type LinkageError, type TwoLists } from './dual-system.ts'
import { type VitalLists, vitalLists } from './vital-lists.ts'
import { poolSmallStrata, sumOf } from './pooling.ts'
import { coverageStrata, type Overcount, type StratumCounts } from './strata.ts'

export interface CoverageOptions {
  readonly linkage: LinkageError
  /** People on both lists below which a stratum is not shown alone. */
  readonly minimum: number
}

export const DEFAULT_MINIMUM = 10

interface CoverageLine extends StratumCounts {
  readonly estimate: Estimate
  /** 1 − first / population: those the census missed. Negative where the correction for linkage asks too much. */
  readonly undercount: number
  /** 漏登率: missed / (registered + missed), missed = on the second list only. */
  readonly missedRate: number
}

interface CoverageTotal extends TwoLists {
  readonly estimate: Estimate
  readonly undercount: number
  readonly undercountLow: number
  readonly undercountHigh: number
  readonly missedRate: number
  readonly overcount: Overcount
  /** (correct + duplicates + dead + born after) / population − 1. */
  readonly netError: number
}

export interface Coverage {
  readonly strata: readonly CoverageLine[]
  readonly total: CoverageTotal | undefined
  /** The total if linkage were perfect, as given, and twice as bad. */
  readonly sensitivity: readonly { readonly linkage: LinkageError; readonly population: number }[]
  /** Births and deaths of the window on three lists, where the registers were given. */
  readonly vital: readonly VitalLists[]
  readonly minimum: number
  readonly linkage: LinkageError
  readonly assumptions: readonly { readonly zh: string; readonly en: string }[]
  /** Why there is no table; '' if there is. */
  readonly notMade: '' | 'needs-both-registers' | 'too-few'
}

const ASSUMPTIONS = [
  {
    zh: '封闭：两份名单都以标准时点为准；此前死亡、此后出生者已剔除。',
    en: 'Closure: both lists stand for the reference time; the dead and those born after are taken out.',
  },
  {
    zh: '独立：普查底册抄自户籍，两者并不独立(正相关)，估计数偏低，漏登偏小。',
    en: 'Independence does not hold: the census was prepared from police lists, so the estimate is too low.',
  },
  {
    zh: '同质：同一乡镇、年龄组、性别内被登记的机会相同。',
    en: 'Homogeneity: one chance of being listed within a township, age group and sex.',
  },
  {
    zh: '关联无误，或误差率如所给：漏链 1% 约使估计数增加 1%。',
    en: 'Linkage is perfect, or as wrong as given: 1 % of links missed adds about 1 % to the estimate.',
  },
  {
    zh: '范围：户口在本地者；外来人口无第二名单，不在其内。不修改任何登记。',
    en: 'Scope: people with hukou here; inflow has no second list. No form is altered.',
  },
] as const

export function estimateCoverage(context: FindingContext, options: CoverageOptions): Coverage {
  const ground = new Ground(context)
  const { linkage, minimum } = options
  const empty = {
    strata: [],
    total: undefined,
    sensitivity: [],
    vital: vitalLists(ground),
    minimum,
    linkage,
    assumptions: ASSUMPTIONS,
  }
  if (!ground.given[POLICE] || !ground.given[CENSUS]) return { ...empty, notMade: 'needs-both-registers' }
  const { strata, overcount } = coverageStrata(ground)
  const pooled = poolSmallStrata(strata, minimum)
  if (sumOf(pooled).both < minimum || pooled.length === 0) return { ...empty, notMade: 'too-few' }
  const lines = pooled.map((stratum): CoverageLine => {
    const estimate = estimatePopulation(stratum, linkage)
    return {
      ...stratum,
      estimate,
      undercount: 1 - stratum.first / estimate.population,
      missedRate: missedRate(stratum),
    }
  })
  return {
    ...empty,
    strata: lines,
    total: totalOf(lines, overcount),
    sensitivity: [0, 1, 2].map((factor) => {
      const error = { missed: capped(linkage.missed * factor), false: capped(linkage.false * factor) }
      const estimates = pooled.map((stratum) => estimatePopulation(stratum, error))
      return { linkage: error, population: addEstimates(estimates, pooled).population }
    }),
    notMade: '',
  }
}

/** Missed / (registered + missed), as the census reports it from its check samples. */
export function missedRate({ first, second, both }: TwoLists): number {
  const missed = second - both
  return first + missed === 0 ? 0 : missed / (first + missed)
}

function totalOf(lines: readonly CoverageLine[], overcount: Overcount): CoverageTotal {
  const counts = sumOf(lines)
  const estimate = addEstimates(
    lines.map((line) => line.estimate),
    lines,
  )
  const wrong = overcount.duplicateRows + overcount.dead + overcount.bornAfter
  return {
    ...counts,
    estimate,
    undercount: 1 - counts.first / estimate.population,
    undercountLow: 1 - counts.first / estimate.low,
    undercountHigh: 1 - counts.first / estimate.high,
    missedRate: missedRate(counts),
    overcount,
    netError: (counts.first + wrong) / estimate.population - 1,
  }
}

function capped(rate: number): number {
  return Math.min(rate, 0.99)
}
