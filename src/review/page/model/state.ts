/** What is on the screen: one plain value, replaced whole; components only read it. */
import type {
  Counts,
  FieldView,
  FindingView,
  HistoryEntry,
  QueueChoices,
  RecordLine,
  RerunStatus,
  SessionView,
  TaskView,
  WeightsView,
} from '../../api.ts'
import type { QueueFilter } from '../../queue/filter.ts'
import type { AuditReport } from '../../decisions/verify.ts'
import type { BatchGroup } from '../../server/desks/batch-desk.ts'
import type { Overview } from '../../server/desks/lead-desk.ts'
import type { Language, WordKey } from '../words/index.ts'
import { type Mode, NO_FILTER } from './modes.ts'

export type Dialog = 'filter' | 'reason' | 'note' | 'history' | 'search' | 'split' | 'help'

interface Notice {
  readonly key: WordKey
  readonly values?: Readonly<Record<string, string | number>>
  readonly isProblem: boolean
}

interface OpenBatch {
  readonly batch: string
  readonly size: number
  readonly left: number
}

export interface PageState {
  readonly screen: 'loading' | 'link' | 'login' | 'desk'
  readonly language: Language
  readonly session: SessionView | undefined
  /** Known when the screen was locked: only this person can open it. */
  readonly lockedUser: string
  readonly isLocked: boolean
  readonly mode: Mode
  /** What of the queue is looked at. */
  readonly filter: QueueFilter
  /** What there is to choose from, and how much of each; known while a part of the queue is looked at. */
  readonly choices: QueueChoices | undefined
  /** The first is on the screen, the others wait. */
  readonly tasks: readonly TaskView[]
  readonly isQueueEmpty: boolean
  readonly candidate: number
  readonly rejected: ReadonlySet<string>
  readonly counts: Counts | undefined
  readonly unsaved: number
  readonly isOffline: boolean
  readonly revealed: { readonly pairId: string; readonly fields: readonly FieldView[] } | undefined
  readonly weights: WeightsView | undefined
  readonly note: string
  /** What was judged last, to be sure of one's own hand. */
  readonly last: { readonly name: string; readonly verdict: string } | undefined
  readonly notice: Notice | undefined
  readonly dialog: Dialog | undefined
  readonly history: readonly HistoryEntry[]
  readonly found: readonly RecordLine[] | undefined
  readonly splitting: readonly RecordLine[]
  readonly findings: readonly FindingView[]
  readonly overview: Overview | undefined
  readonly rerun: RerunStatus | undefined
  readonly groups: readonly BatchGroup[] | undefined
  readonly batch: OpenBatch | undefined
  readonly audit: AuditReport | undefined
}

export const START: PageState = {
  screen: 'loading',
  language: 'zh',
  session: undefined,
  lockedUser: '',
  isLocked: false,
  mode: 'pair',
  filter: NO_FILTER,
  choices: undefined,
  tasks: [],
  isQueueEmpty: false,
  candidate: 0,
  rejected: new Set(),
  counts: undefined,
  unsaved: 0,
  isOffline: false,
  revealed: undefined,
  weights: undefined,
  note: '',
  last: undefined,
  notice: undefined,
  dialog: undefined,
  history: [],
  found: undefined,
  splitting: [],
  findings: [],
  overview: undefined,
  rerun: undefined,
  groups: undefined,
  batch: undefined,
  audit: undefined,
}

export const UNSAVED_MAX = 5

export function currentCandidate(state: PageState) {
  return state.tasks[0]?.candidates[state.candidate]
}

/** Something is on the screen that a verdict could be about. */
export function isAsked(state: PageState): boolean {
  return state.mode === 'findings' ? state.findings.length > 0 : state.tasks.length > 0
}

/** Names what is asked on the screen: another name, another question. */
export function shownOf(state: PageState): string {
  return `${state.tasks[0]?.taskId ?? ''} ${state.candidate} ${state.findings[0]?.findingId ?? ''} ${state.mode}`
}
