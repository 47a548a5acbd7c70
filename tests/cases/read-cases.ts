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

/** One row of a household case, as cells. */
export interface HouseholdRow {
  readonly register: string
  readonly key: string
  /** Whose row it is. */
  readonly person: string
  readonly home: string
  readonly name: string
  readonly sex: string
  readonly birth: string
  readonly id: string
  readonly former: string
  readonly father: string
  readonly mother: string
  readonly spouse: string
  readonly claim: string
  readonly more: string
}

export interface HouseholdCase {
  readonly name: string
  readonly strength: string
  readonly note: string
  readonly rows: readonly HouseholdRow[]
}

/** The labelled households of tests/cases/households.csv; a case's strength and note stand on its first line. */
export function readHouseholds(): readonly HouseholdCase[] {
  const lines = parse(readFileSync(new URL('households.csv', import.meta.url)), { columns: true }) as (HouseholdRow & {
    readonly case: string
    readonly strength: string
    readonly note: string
  })[]
  const cases: (HouseholdCase & { readonly rows: HouseholdRow[] })[] = []
  for (const line of lines) {
    if (line.strength !== '') cases.push({ name: line.case, strength: line.strength, note: line.note, rows: [] })
    cases[cases.length - 1].rows.push(line)
  }
  return cases
}
