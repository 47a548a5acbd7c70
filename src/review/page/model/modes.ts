/**
 * The queues and views of the desk, which right each needs, and how the address names the one that is open and what of it
 * is looked at: `#findings?kind=missing-everywhere&township=513027101`.
 * A page loaded anew goes on where it was, and the browser's Back leads to the view before.
 */
import type { QueueFilter } from '../../queue/filter.ts'

export type Mode =
  | 'pair'
  | 'household'
  | 'duplicate'
  | 'findings'
  | 'adjudicate'
  | 'batch'
  | 'overview'
  | 'report'
  | 'audit'

export const NO_FILTER: QueueFilter = { kind: '', severity: '', township: '', changed: false }
/** The queues of which a part can be looked at. */
const FILTERED: ReadonlySet<Mode> = new Set<Mode>(['pair', 'household', 'duplicate', 'findings'])

const MODES: readonly { readonly mode: Mode; readonly right: string }[] = [
  { mode: 'pair', right: '/api/next' },
  { mode: 'household', right: '/api/next' },
  { mode: 'duplicate', right: '/api/next' },
  { mode: 'findings', right: '/api/findings/next' },
  { mode: 'adjudicate', right: '/api/lead/next' },
  { mode: 'batch', right: '/api/lead/batches' },
  { mode: 'overview', right: '/api/lead/overview' },
  { mode: 'report', right: '/api/lead/report' },
  { mode: 'audit', right: '/api/audit/verify' },
]

export function modesFor(rights: readonly string[]): readonly Mode[] {
  return MODES.filter(({ right }) => rights.includes(right)).map(({ mode }) => mode)
}

export function canFilter(mode: Mode): boolean {
  return FILTERED.has(mode)
}

/** A queue of pairs that are in "by person" too: it has a count of its own. */
export function isPartOfPairs(mode: Mode): boolean {
  return mode === 'household' || mode === 'duplicate'
}

export function isFiltered({ kind, severity, township, changed }: QueueFilter): boolean {
  return kind !== '' || severity !== '' || township !== '' || changed
}

/** The first queue, whole, has the plain address. */
export function addressOf(mode: Mode, filter: QueueFilter = NO_FILTER): string {
  const { kind, severity, township, changed } = filter
  const parts = { kind, severity, township, changed: changed ? '1' : '' }
  const wish = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== ''))
  if (wish.size > 0) return `#${mode}?${wish.toString()}`
  return mode === 'pair' ? '' : `#${mode}`
}

export interface Address {
  readonly mode: Mode
  readonly filter: QueueFilter
}

export function readAddress(fragment: string): Address | undefined {
  const [name, wish = ''] = fragment.replace(/^#/, '').split('?')
  const mode = MODES.find((one) => one.mode === (name === '' ? 'pair' : name))?.mode
  if (mode === undefined) return undefined
  if (!canFilter(mode)) return { mode, filter: NO_FILTER }
  const said = new URLSearchParams(wish)
  const part = (key: string, shape: RegExp): string => {
    const value = said.get(key) ?? ''
    return shape.test(value) ? value : ''
  }
  return {
    mode,
    filter: {
      kind: part('kind', /^[a-z][a-z-]{0,58}$/),
      severity: part('severity', /^S[1-3]$/),
      township: part('township', /^\d{1,9}$/),
      changed: said.get('changed') === '1',
    },
  }
}

/** One text for one wish: another text, another part of the queue. */
export function isSamePlace(one: Address, other: Address): boolean {
  return addressOf(one.mode, one.filter) === addressOf(other.mode, other.filter)
}
