/**
 * What is said of each phase while tables are compared: one line of counts, in both languages.
 *
 * In:  counts. Out: a line without an end. Leaves to results/show.ts: what a person asks of the result.
 */
import { countOf, countText } from '../display-text.ts'
import type { DependentModel } from './model/dependence.ts'

export function openedLine(records: number, columns: number): string {
  return `读入 ${countText(records)} 条记录，比对 ${columns} 列 · ${countOf(records, 'record')}, ${countOf(columns, 'column')} compared`
}

/** @param coverage share of the likely matches that the rules find, 0 to 1 */
export function rulesLine(keys: number, rules: number, coverage: number, likelyMatches: number): string {
  const [share, likely] = [percentText(coverage), countText(likelyMatches)]
  return `分组 ${keys} 个键选出 ${rules} 条规则，能找到 ${likely} 对可能匹配的 ${share} · ${keys} keys offered → ${rules} blocking rules, which find ${share} of ${likely} likely matches`
}

/** @param share of all pairs there are, 0 to 1 */
export function pairsLine(pairs: number, share: number, patterns: number): string {
  return `候选对 ${countText(pairs)}（全部的 ${percentText(share)}），${countText(patterns)} 种情形 · ${countOf(pairs, 'candidate pair')} (${percentText(share)} of all), ${countOf(patterns, 'pattern')}`
}

export function modelLine({ lambda, iterations, converged }: DependentModel): string {
  const among = countText(Math.round(1 / lambda))
  return converged
    ? `模型 每 ${among} 对有一对为真，迭代 ${iterations} 次收敛 · model: one true pair in ${among}; converged after ${iterations} iterations`
    : `模型 每 ${among} 对有一对为真，迭代 ${iterations} 次仍未收敛，概率还会变 · model: one true pair in ${among}; NOT converged after ${iterations} iterations: probabilities may still move`
}

export function linksLine(links: number, toReview: number, isOneToOne: boolean): string {
  const [zh, en] = isOneToOne ? ['（一对一）', ' (one to one)'] : ['', '']
  return `关联 ${countText(links)} 对，待审 ${countText(toReview)} 对${zh} · ${countOf(links, 'link')}, ${countText(toReview)} to review${en}`
}

/** A share as a percentage: one place after the point, or two digits where it is small. */
export function percentText(share: number): string {
  const value = share * 100
  return `${value === 0 || value >= 10 ? value.toFixed(1) : value.toPrecision(2)} %`
}
