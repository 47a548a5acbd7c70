/**
 * summary.json: what was read, linked and found, in counts. The same input and settings give the same bytes.
 *
 * In: the result of a run, and findings as they pass by (a tally). Out: the summary as a value, and as a text that
 * somebody new understands. No times (manifest.ts has them), nothing personal; areas down to the township.
 */
import type { QuarantinedRow } from '../ingest/index.ts'
import { DECISION, LAYERS, type Links, type People } from '../linking/people.ts'
import type { RecordTable } from '../records/record-table.ts'
import { REGISTER_SPECS, REGISTERS, type RegisterName } from '../registers/columns.ts'
import type { StoredFinding } from '../store/finding-tables.ts'
import { dateText } from './date-text.ts'
import { type NewestEntries, newestEntries } from './newest-entries.ts'
import type { RowsByTownship } from './row-losses.ts'
import type { RunWarning } from './run-warning.ts'
import { compareText } from '../text-order.ts'

interface RegisterCount {
  readonly register: RegisterName
  readonly zh: string
  readonly files: number
  readonly rows: number
  readonly accepted: number
  readonly quarantined: number
}

interface LinkCount {
  readonly left: RegisterName
  readonly right: RegisterName
  readonly link: number
  readonly review: number
}

/** Findings of one code and one level of severity: a code may fall on several levels. */
export interface CodeCount {
  readonly code: string
  readonly zh: string
  readonly severity: string
  readonly lineage: string
  readonly count: number
  /** By certainty: certain, probable, review. */
  readonly certain: number
  readonly probable: number
  readonly review: number
}

interface AreaCount {
  /** Township (9 digits); 6 digits or '' where no more is known. */
  readonly area_code: string
  readonly findings: number
  readonly by_severity: Readonly<Record<string, number>>
  readonly by_code: Readonly<Record<string, number>>
}

/** Both sides of an identity that the counts should satisfy. */
export interface Balance {
  readonly name: string
  readonly zh: string
  readonly left: number
  readonly right: number
}

export interface FindingNotMade {
  readonly code: string
  readonly why: string
}

export interface Summary {
  readonly schema: 1
  readonly reference_date: string
  readonly loaded_counties: readonly string[]
  readonly registers: readonly RegisterCount[]
  /** Accepted rows by register and township (9 digits; '' where none is known), for the next night to see what it lacks. */
  readonly rows_by_township?: RowsByTownship
  /** The day of each register's newest entry, for the next night to see that its extract is older. */
  readonly newest_entries?: NewestEntries
  readonly quarantine_by_code: Readonly<Record<string, number>>
  readonly links: {
    readonly total: number
    readonly review: number
    readonly by_registers: readonly LinkCount[]
    readonly by_layer: Readonly<Record<string, number>>
    readonly review_by_reason: Readonly<Record<string, number>>
    /** Pairs by whole bits of match weight: [bit, links, reviews]. */
    readonly weights: readonly (readonly [number, number, number])[]
  }
  readonly people: {
    readonly total: number
    readonly in_one_register: number
    /** People by the registers they stand in, e.g. `police+census`. */
    readonly by_registers: Readonly<Record<string, number>>
  }
  readonly findings: {
    readonly total: number
    readonly by_severity: Readonly<Record<string, number>>
    readonly by_code: readonly CodeCount[]
    readonly by_area: readonly AreaCount[]
    readonly not_made: readonly FindingNotMade[]
  }
  readonly balances: readonly (Balance & { readonly difference: number })[]
  readonly warnings: readonly RunWarning[]
}

export interface SummaryInput {
  readonly table: RecordTable
  readonly people: People
  readonly links: Links
  readonly reasons: ReadonlyMap<number, string>
  readonly quarantine: readonly QuarantinedRow[]
  readonly findingsNotMade: readonly FindingNotMade[]
  readonly warnings: readonly RunWarning[]
  readonly balances: readonly Balance[]
  /** Packed. */
  readonly referenceDate: number
  /** Chinese name of a finding code. */
  readonly nameOfCode: (code: string) => string
}

/** Counts findings as they pass by. */
export class FindingTally {
  total = 0
  /** By code, then by severity. */
  readonly byCode = new Map<string, Map<string, { lineage: string; counts: Map<string, number> }>>()
  readonly byArea = new Map<string, { severities: Map<string, number>; codes: Map<string, number> }>()

  add(finding: StoredFinding): void {
    this.total++
    let levels = this.byCode.get(finding.code)
    if (levels === undefined) {
      levels = new Map()
      this.byCode.set(finding.code, levels)
    }
    let level = levels.get(finding.severity)
    if (level === undefined) {
      level = { lineage: finding.lineage, counts: new Map() }
      levels.set(finding.severity, level)
    }
    count(level.counts, finding.certainty)
    const township = finding.areaCode.slice(0, 9)
    let area = this.byArea.get(township)
    if (area === undefined) {
      area = { severities: new Map(), codes: new Map() }
      this.byArea.set(township, area)
    }
    count(area.severities, finding.severity)
    count(area.codes, finding.code)
  }
}

export function summarise(input: SummaryInput, tally: FindingTally): Summary {
  const { table } = input
  const bySeverity = new Map<string, number>()
  for (const { severities } of tally.byArea.values()) for (const [s, n] of severities) count(bySeverity, s, n)
  return {
    schema: 1,
    reference_date: dateText(input.referenceDate),
    loaded_counties: [...table.handle.loadedCounties]
      .sort((a, b) => a - b)
      .map((code) => String(code).padStart(6, '0')),
    registers: registerCounts(table),
    rows_by_township: rowsByTownship(table),
    newest_entries: newestEntries(table, input.referenceDate),
    quarantine_by_code: sortedCounts(countEach(input.quarantine, (row) => row.code)),
    links: linkCounts(input),
    people: peopleCounts(table, input.people),
    findings: {
      total: tally.total,
      by_severity: sortedCounts(bySeverity),
      by_code: codeCounts(input, tally),
      by_area: [...tally.byArea]
        .sort(([a], [b]) => compareText(a, b))
        .map(([area_code, { severities, codes }]) => ({
          area_code,
          findings: [...codes.values()].reduce((sum, n) => sum + n, 0),
          by_severity: sortedCounts(severities),
          by_code: sortedCounts(codes),
        })),
      not_made: [...input.findingsNotMade].sort((a, b) => compareText(a.code, b.code)),
    },
    balances: input.balances.map((balance) => ({ ...balance, difference: balance.left - balance.right })),
    warnings: [...input.warnings].sort(
      (a, b) => compareText(a.file, b.file) || compareText(a.code, b.code) || compareText(a.message, b.message),
    ),
  }
}

/** By code, then by severity. */
function codeCounts({ nameOfCode }: SummaryInput, { byCode }: FindingTally): CodeCount[] {
  return [...byCode]
    .flatMap(([code, levels]) => [...levels].map(([severity, level]) => ({ code, severity, ...level })))
    .sort((a, b) => compareText(a.code, b.code) || compareText(a.severity, b.severity))
    .map(({ code, severity, lineage, counts }) => {
      const [certain, probable, review] = ['certain', 'probable', 'review'].map((c) => counts.get(c) ?? 0)
      const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
      return { code, zh: nameOfCode(code), severity, lineage, count: total, certain, probable, review }
    })
}

function registerCounts(table: RecordTable): RegisterCount[] {
  return REGISTERS.flatMap((register) => {
    const files = table.files.filter((file) => file.register === register)
    if (files.length === 0) return []
    const sum = (of: (file: (typeof files)[number]) => number): number => files.reduce((n, file) => n + of(file), 0)
    return [
      {
        register,
        zh: REGISTER_SPECS[register].zh,
        files: files.length,
        rows: sum((file) => file.rows),
        accepted: sum((file) => file.accepted),
        quarantined: sum((file) => file.quarantined),
      },
    ]
  })
}

/** Bins of one bit each, from this one on; what lies beyond is counted in the last on that side. */
const LOWEST_BIT = -64
const BIT_BINS = 256

function linkCounts(input: SummaryInput): Summary['links'] {
  const { table, links, reasons } = input
  const registers = REGISTERS.length
  const pairs = new Int32Array(registers * registers * 2)
  const layers = new Int32Array(LAYERS.length)
  const weights = new Int32Array(BIT_BINS * 2)
  let review = 0
  for (let n = 0; n < links.count; n++) {
    const decision = links.decision[n]
    pairs[(table.registerOf(links.left[n]) * registers + table.registerOf(links.right[n])) * 2 + decision]++
    if (decision === DECISION.link) layers[links.layer[n]]++
    else review++
    const bit = Math.min(LOWEST_BIT + BIT_BINS - 1, Math.max(LOWEST_BIT, Math.floor(links.weight[n] / 1000)))
    weights[(bit - LOWEST_BIT) * 2 + decision]++
  }
  const byRegisters: LinkCount[] = []
  for (let l = 0; l < registers; l++)
    for (let r = 0; r < registers; r++) {
      const at = (l * registers + r) * 2
      if (pairs[at] + pairs[at + 1] > 0)
        byRegisters.push({ left: REGISTERS[l], right: REGISTERS[r], link: pairs[at], review: pairs[at + 1] })
    }
  const bins: [number, number, number][] = []
  for (let bin = 0; bin < BIT_BINS; bin++)
    if (weights[bin * 2] + weights[bin * 2 + 1] > 0)
      bins.push([bin + LOWEST_BIT, weights[bin * 2], weights[bin * 2 + 1]])
  return {
    total: links.count - review,
    review,
    by_registers: byRegisters,
    by_layer: Object.fromEntries(LAYERS.flatMap((layer, k) => (layers[k] > 0 ? [[layer, layers[k]]] : []))),
    review_by_reason: sortedCounts(countEach(reasons.values(), (reason) => reason)),
    weights: bins,
  }
}

/** Rows outside the loaded counties, and those of no known township, are counted together under ''. */
export function rowsByTownship(table: RecordTable): RowsByTownship {
  const loaded = new Set([...table.handle.loadedCounties].map((code) => String(code).padStart(6, '0')))
  const { area } = table.columns
  let last = 0
  for (let row = 0; row < table.rows; row++) if (area[row] > last) last = area[row]
  const byArea = new Uint32Array(last + 1)
  const counts: [string, Record<string, number>][] = []
  for (let g = 0; g < REGISTERS.length; g++) {
    byArea.fill(0)
    for (let row = table.starts[g]; row < table.starts[g + 1]; row++) byArea[area[row]]++
    const byTownship = new Map<string, number>()
    for (let code = 0; code < byArea.length; code++) {
      const rows = byArea[code]
      if (rows === 0) continue
      const text = table.areaText(code)
      count(byTownship, loaded.has(text.slice(0, 6)) && text.length >= 9 ? text.slice(0, 9) : '', rows)
    }
    if (byTownship.size > 0) counts.push([REGISTERS[g], sortedCounts(byTownship)])
  }
  return Object.fromEntries(counts)
}

function peopleCounts(table: RecordTable, people: People): Summary['people'] {
  const bySet = new Int32Array(1 << REGISTERS.length)
  for (let person = 0; person < people.count; person++) {
    let set = 0
    for (let k = people.rowStart[person]; k < people.rowStart[person + 1]; k++)
      set |= 1 << table.registerOf(people.rows[k])
    bySet[set]++
  }
  const byRegisters: [string, number][] = []
  let inOne = 0
  for (let set = 1; set < bySet.length; set++) {
    if (bySet[set] === 0) continue
    if ((set & (set - 1)) === 0) inOne += bySet[set]
    byRegisters.push([REGISTERS.filter((_, g) => ((set >> g) & 1) === 1).join('+'), bySet[set]])
  }
  return { total: people.count, in_one_register: inOne, by_registers: Object.fromEntries(byRegisters) }
}

function count(counts: Map<string, number>, key: string, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by)
}

function countEach<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) count(counts, keyOf(value))
  return counts
}

function sortedCounts(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)))
}
