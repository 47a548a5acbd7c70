/** Who, what queue, how much, how long, and whether everything is saved. */
import type { Counts } from '../../api.ts'
import type { DeskModel } from '../model/desk-model.ts'
import { countText } from '../model/amounts.ts'
import { isPartOfPairs, modesFor } from '../model/modes.ts'
import { type PageState, UNSAVED_MAX } from '../model/state.ts'
import { say } from '../words/index.ts'

interface Props {
  readonly model: DeskModel
  readonly state: PageState
}

export function TopBar({ model, state }: Props) {
  return (
    <header class="top">
      <h1 class="brand">{say('desk')}</h1>
      <Modes model={model} state={state} />
      {state.counts === undefined ? null : <Tallies state={state} counts={state.counts} />}
      <Saved state={state} />
      <span class={state.revealed === undefined ? 'mask' : 'mask mask-off'}>
        {state.revealed === undefined ? say('mask', { n: 'L1' }) : say('mask.revealed')}
      </span>
      <span class="who">{state.session?.user}</span>
      <Tools model={model} state={state} />
    </header>
  )
}

/** The queues this person may work in, and what waits in them that cannot be left lying. */
function Modes({ model, state: { session, counts, mode: current } }: Props) {
  return (
    <nav class="modes" aria-label={say('desk')}>
      {modesFor(session?.rights ?? []).map((mode) => (
        <button
          key={mode}
          type="button"
          class="mode"
          aria-current={current === mode ? 'page' : undefined}
          onClick={() => void model.choose(mode)}
        >
          {say(`mode.${mode}`)}
          {mode === 'pair' && (counts?.changed ?? 0) > 0 ? (
            <span class="badge">{say('changedBadge', { n: counts?.changed ?? 0 })}</span>
          ) : null}
          {mode === 'adjudicate' && (counts?.conflicts ?? 0) > 0 ? (
            <span class="badge">{counts?.conflicts}</span>
          ) : null}
        </button>
      ))}
    </nav>
  )
}

function Tallies({ state, counts }: { readonly state: PageState; readonly counts: Counts }) {
  const remaining = remainingIn(state, counts)
  const hours = hoursIn(state, counts)
  return (
    <dl class="tally">
      <Tally label={say('today')} value={countText(counts.today)} />
      <Tally label={say('remaining')} value={countText(remaining)} />
      {remaining === 0 ? null : (
        <div class="tally-item quiet">
          <dt class="unseen">{say('remaining')}</dt>
          <dd>{durationWord(hours)}</dd>
        </div>
      )}
    </dl>
  )
}

/** Less than an hour and a half in minutes: nobody plans by a tenth of an hour. */
function durationWord(hours: number | null): string {
  if (hours === null) return say('hoursUnknown')
  return hours < 1.5
    ? say('minutes', { n: Math.max(1, Math.round(hours * 60)) })
    : say('hours', { n: hours.toFixed(1) })
}

function Tools({ model, state }: Props) {
  return (
    <span class="tools">
      <button type="button" class="plain" onClick={() => model.choosesLanguage(state.language === 'zh' ? 'en' : 'zh')}>
        {say('language')}
      </button>
      <button type="button" class="plain" onClick={() => model.open('help')} aria-keyshortcuts="?">
        ? {say('help')}
      </button>
      <button type="button" class="plain" onClick={() => void model.lock()} aria-keyshortcuts="L">
        {say('lockScreen')}
      </button>
      <button type="button" class="plain" onClick={() => void model.logout()}>
        {say('logout')}
      </button>
    </span>
  )
}

/** What is left of the queue that is open. */
function remainingIn({ mode, choices }: PageState, counts: Counts): number {
  if (mode === 'findings') return counts.findings
  if (isPartOfPairs(mode)) return choices?.all ?? counts.remaining
  return mode === 'adjudicate' ? counts.conflicts : counts.remaining
}

/** At one's own pace of late; the desk works it out for all pairs, other queues go by the same pace. */
function hoursIn(state: PageState, counts: Counts): number | null {
  if (counts.hours === null || counts.seconds === 0) return counts.hours
  return (remainingIn(state, counts) * counts.seconds) / 3600
}

function Tally({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div class="tally-item">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Saved({ state }: { readonly state: PageState }) {
  const { unsaved } = state
  const kind =
    unsaved === 0 ? 'saved' : unsaved >= UNSAVED_MAX || state.isOffline ? 'saved unsaved-many' : 'saved unsaved'
  return (
    <span class={kind} role="status" data-unsaved={unsaved}>
      {unsaved === 0 ? `✓ ${say('saved')}` : `● ${say('unsaved', { n: unsaved })}`}
    </span>
  )
}
