import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

export interface PairCase {
  readonly a: string
  readonly b: string
  /** Name of a level. */
  readonly level: string
  /** How much the pair says for one person. */
  readonly strength: 'STRONG' | 'MEDIUM' | 'WEAK'
  readonly note: string
}

/** The labelled pairs of tests/cases/<name>.csv. */
export function readCases(name: 'names' | 'ids' | 'dates'): readonly PairCase[] {
  return parse(readFileSync(new URL(`${name}.csv`, import.meta.url)), { columns: true })
}

/** Cases that a comparison answers otherwise, in either direction: `a | b: level instead of level (note)`. */
export function misjudged(
  cases: readonly PairCase[],
  levels: Readonly<Record<string, number>>,
  compare: (a: string, b: string) => number,
): readonly string[] {
  const nameOf = (level: number): string => Object.keys(levels).find((key) => levels[key] === level) ?? String(level)
  return cases.flatMap(({ a, b, level, note }) =>
    [...new Set([compare(a, b), compare(b, a)])]
      .map(nameOf)
      .filter((found) => found !== level)
      .map((found) => `${a} | ${b}: ${found} instead of ${level} (${note})`),
  )
}
