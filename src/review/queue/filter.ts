/**
 * What a person wants to see of a queue: one kind, one level of severity, one township, only what changed; and how much there is of each.
 *
 * In:  a filter and what is open, counted by cell. Out: whether an item passes; the choices of every field, each counted
 *      as if it were chosen beside what the other fields say, so that no choice shown leads to an empty queue.
 * Pure. '' is "all". Leaves to finding-desk.ts and desk-state.ts: what is open.
 */
import { compareText } from '../../text-order.ts'

export interface QueueFilter {
  /** Code of a finding, or why a pair waits. */
  readonly kind: string
  /** S1, S2, S3; pairs have none. */
  readonly severity: string
  /** Nine digits. */
  readonly township: string
  /** Only what was judged before and whose data changed since. */
  readonly changed: boolean
}

export const NO_FILTER: QueueFilter = { kind: '', severity: '', township: '', changed: false }

/** What a filter reads of an item. */
export type Sortable = QueueFilter

export function passes(item: Sortable, filter: QueueFilter): boolean {
  return (
    (filter.kind === '' || item.kind === filter.kind) &&
    (filter.severity === '' || item.severity === filter.severity) &&
    (filter.township === '' || item.township === filter.township) &&
    (!filter.changed || item.changed)
  )
}

export interface Choice {
  readonly value: string
  readonly count: number
}

export interface Choices {
  readonly kinds: readonly Choice[]
  readonly severities: readonly Choice[]
  readonly townships: readonly Choice[]
  /** How many of what passes the other fields have changed. */
  readonly changed: number
  /** How many pass the whole filter. */
  readonly passing: number
  /** How many there are without one. */
  readonly all: number
}

/** @param cells what is open, items of one cell counted together or each by itself */
export function countChoices(cells: Iterable<readonly [Sortable, number]>, filter: QueueFilter): Choices {
  const kinds = new Map<string, number>()
  const severities = new Map<string, number>()
  const townships = new Map<string, number>()
  let [changed, passing, all] = [0, 0, 0]
  const beside = {
    kind: { ...filter, kind: '' },
    severity: { ...filter, severity: '' },
    township: { ...filter, township: '' },
    changed: { ...filter, changed: true },
  }
  for (const [item, count] of cells) {
    all += count
    if (passes(item, beside.kind)) add(kinds, item.kind, count)
    if (passes(item, beside.severity)) add(severities, item.severity, count)
    if (passes(item, beside.township)) add(townships, item.township, count)
    if (passes(item, beside.changed)) changed += count
    if (passes(item, filter)) passing += count
  }
  return {
    kinds: choicesOf(kinds, filter.kind).sort((a, b) => b.count - a.count || compareText(a.value, b.value)),
    severities: choicesOf(severities, filter.severity),
    townships: choicesOf(townships, filter.township),
    changed,
    passing,
    all,
  }
}

/** What is chosen stays among the choices when none of it is left. */
function choicesOf(counts: ReadonlyMap<string, number>, chosen: string): Choice[] {
  const all = new Map(counts)
  if (chosen !== '' && !all.has(chosen)) all.set(chosen, 0)
  return [...all]
    .filter(([value, count]) => value !== '' && (count > 0 || value === chosen))
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => compareText(a.value, b.value))
}

function add(counts: Map<string, number>, value: string, count: number): void {
  counts.set(value, (counts.get(value) ?? 0) + count)
}
