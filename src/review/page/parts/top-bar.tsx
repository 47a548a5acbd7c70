/** Who, what queue, how much, how long, and whether everything is saved. */
import type { DeskModel } from '../model/desk-model.ts'
import { countText } from '../model/amounts.ts'
import { type Mode, type PageState, UNSAVED_MAX } from '../model/state.ts'
import { say } from '../words/index.ts'

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

export function TopBar({ model, state }: { readonly model: DeskModel; readonly state: PageState }) {
  const { session, counts } = state
  const rights = new Set(session?.rights ?? [])
  return (
    <header class="top">
      <h1 class="brand">{say('desk')}</h1>
      <nav class="modes" aria-label={say('desk')}>
        {MODES.filter(({ right }) => rights.has(right)).map(({ mode }) => (
          <button
            key={mode}
            type="button"
            class="mode"
            aria-current={state.mode === mode ? 'page' : undefined}
            onClick={() => void model.choose(mode)}
          >
            {say(`mode.${mode}`)}
            {mode === 'adjudicate' && (counts?.conflicts ?? 0) > 0 ? (
              <span class="badge">{counts?.conflicts}</span>
            ) : null}
          </button>
        ))}
      </nav>
      {counts === undefined ? null : (
        <dl class="tally">
          <Tally label={say('today')} value={countText(counts.today)} />
          <Tally
            label={say('remaining')}
            value={countText(
              state.mode === 'findings'
                ? counts.findings
                : state.mode === 'adjudicate'
                  ? counts.conflicts
                  : counts.remaining,
            )}
          />
          <div class="tally-item quiet">
            <dt class="unseen">{say('remaining')}</dt>
            <dd>
              {counts.hours === null
                ? say('hoursUnknown')
                : say('hours', { n: Math.max(0.1, counts.hours).toFixed(1) })}
            </dd>
          </div>
        </dl>
      )}
      <Saved state={state} />
      <span class={state.revealed === undefined ? 'mask' : 'mask mask-off'}>
        {state.revealed === undefined ? say('mask', { n: 'L1' }) : say('mask.revealed')}
      </span>
      <span class="who">{session?.user}</span>
      <span class="tools">
        <button
          type="button"
          class="plain"
          onClick={() => model.choosesLanguage(state.language === 'zh' ? 'en' : 'zh')}
        >
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
    </header>
  )
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
