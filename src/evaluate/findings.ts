/**
 * Findings against true findings, by code.
 *
 * The unit is a line: one code on one record. A finding on two records is two lines; a true finding on two records that
 * names only one of them is one found and one missed line. So a code's figures do not depend on how lines are bundled.
 * A line that must be there and is, under its code or another name of the same fact (alt), is found. A line made that
 * only may be there counts neither for nor against. A line made that is neither is wrong.
 * A household finding is identified by any record of its household: `householdOf` gives the household of a record.
 */
import { harmonic } from './pairwise.ts'
import type { FindingLine } from './read-tables.ts'

/** Other names of the same fact (docs/synth.md): true code → codes that also say it. */
const OTHER_NAMES: Readonly<Record<string, readonly string[]>> = {
  'duplicate-same-place': ['present-twice'],
  'missing-everywhere': ['whole-household-missing'],
  'missing-possibly-dead': ['missing-everywhere'],
  'double-hukou': ['multiple-id'],
  'moved-not-cancelled': ['double-hukou', 'multiple-id'],
  'id-birth-mismatch': ['lunar-suspect'],
  'main-item-error': ['lunar-suspect', 'name-variant', 'name-damaged'],
}

/** Codes that any record of the household identifies. */
const BY_HOUSEHOLD: ReadonlySet<string> = new Set(['household-count-mismatch'])

export interface CodeQuality {
  readonly code: string
  /** Lines that must be there. */
  readonly must: number
  readonly found: number
  readonly missed: number
  /** Lines made: right, allowed (may), wrong. */
  readonly made: number
  readonly right: number
  readonly allowed: number
  readonly wrong: number
  /** right ÷ (right + wrong) */
  readonly precision: number
  /** found ÷ must */
  readonly recall: number
  readonly f1: number
}

export interface FindingQuality {
  readonly total: CodeQuality
  readonly codes: readonly CodeQuality[]
  /** Codes made of which the truth, must and may, knows no line: not judged. */
  readonly notJudged: readonly { readonly code: string; readonly made: number }[]
  readonly wrongLines: readonly FindingLine[]
  readonly missedLines: readonly FindingLine[]
}

export interface FindingComparison {
  readonly made: readonly FindingLine[]
  readonly must: readonly FindingLine[]
  readonly may?: readonly FindingLine[]
  readonly householdOf?: (record: string) => string | undefined
}

interface Counts {
  must: number
  found: number
  right: number
  allowed: number
  wrong: number
}

export function measureFindings(comparison: FindingComparison): FindingQuality {
  const { householdOf } = comparison
  const keyOf = ({ code, record }: FindingLine): string =>
    `${code} ${(BY_HOUSEHOLD.has(code) ? householdOf?.(record) : undefined) ?? record}`
  const made = distinct(comparison.made, keyOf)
  const must = distinct(comparison.must, keyOf)
  const may = distinct(comparison.may ?? [], keyOf)
  const counts = new Map<string, Counts>()
  const countsOf = (code: string): Counts => {
    let found = counts.get(code)
    if (found === undefined) {
      found = { must: 0, found: 0, right: 0, allowed: 0, wrong: 0 }
      counts.set(code, found)
    }
    return found
  }
  const missedLines: FindingLine[] = []
  for (const [key, line] of must) {
    const count = countsOf(line.code)
    count.must++
    const names = OTHER_NAMES[line.code] ?? []
    if (made.has(key) || names.some((code) => made.has(keyOf({ code, record: line.record })))) count.found++
    else missedLines.push(line)
  }
  const judged = new Set([...must.values(), ...may.values()].map((line) => line.code))
  const notJudged = new Map<string, number>()
  const wrongLines: FindingLine[] = []
  for (const [key, line] of made) {
    const isRight = must.has(key) || namedBy(line.code).some((code) => must.has(keyOf({ code, record: line.record })))
    if (isRight) countsOf(line.code).right++
    else if (may.has(key)) countsOf(line.code).allowed++
    else if (judged.has(line.code)) {
      countsOf(line.code).wrong++
      wrongLines.push(line)
    } else notJudged.set(line.code, (notJudged.get(line.code) ?? 0) + 1)
  }
  const total: Counts = { must: 0, found: 0, right: 0, allowed: 0, wrong: 0 }
  for (const count of counts.values()) {
    total.must += count.must
    total.found += count.found
    total.right += count.right
    total.allowed += count.allowed
    total.wrong += count.wrong
  }
  return {
    total: quality('all', total),
    codes: [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => quality(code, count)),
    notJudged: [...notJudged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, n]) => ({ code, made: n })),
    wrongLines,
    missedLines,
  }
}

/** True codes of which `code` is another name. */
function namedBy(code: string): string[] {
  return ALSO_NAMES.get(code) ?? []
}

const ALSO_NAMES = new Map<string, string[]>()
for (const [code, names] of Object.entries(OTHER_NAMES))
  for (const name of names) ALSO_NAMES.set(name, [...(ALSO_NAMES.get(name) ?? []), code])

function distinct(lines: readonly FindingLine[], keyOf: (line: FindingLine) => string): Map<string, FindingLine> {
  const found = new Map<string, FindingLine>()
  for (const line of lines) {
    const key = keyOf(line)
    if (!found.has(key)) found.set(key, line)
  }
  return found
}

function quality(code: string, count: Counts): CodeQuality {
  const precision = count.right / (count.right + count.wrong)
  const recall = count.found / count.must
  return {
    code,
    must: count.must,
    found: count.found,
    missed: count.must - count.found,
    made: count.right + count.allowed + count.wrong,
    right: count.right,
    allowed: count.allowed,
    wrong: count.wrong,
    precision,
    recall,
    f1: harmonic(precision, recall),
  }
}
