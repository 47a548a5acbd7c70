/**
 * The queues and views of the desk, which right each needs, and how the address names the one that is open: `#findings`.
 * A page loaded anew goes on where it was, and the browser's Back leads to the view before.
 */
import type { Mode } from './state.ts'

export const MODES: readonly { readonly mode: Mode; readonly right: string }[] = [
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

/** The first queue has the plain address. */
export function addressOf(mode: Mode): string {
  return mode === 'pair' ? '' : `#${mode}`
}

export function modeOfAddress(fragment: string): Mode | undefined {
  return MODES.find(({ mode }) => addressOf(mode) === fragment)?.mode
}
