/** The whole page from one state; tells the model when a task has been painted. */
import { useLayoutEffect, useState } from 'preact/hooks'
import type { DeskModel } from './model/desk-model.ts'
import { canFilter, isFiltered, isPartOfPairs } from './model/modes.ts'
import { type PageState, shownOf } from './model/state.ts'
import { Actions } from './parts/actions.tsx'
import { Dialogs } from './parts/dialogs.tsx'
import { FilterBar } from './parts/filter.tsx'
import { Finding } from './parts/finding.tsx'
import { Gate } from './parts/gate.tsx'
import { Audit, Batches, DailyReport, LeadOverview } from './parts/lead.tsx'
import { Task } from './parts/task.tsx'
import { TopBar } from './parts/top-bar.tsx'
import { say } from './words/index.ts'

export function DeskPage({ model }: { readonly model: DeskModel }) {
  const [state, setState] = useState(model.state)
  // At once: an answer that came before a later effect would never be shown.
  useLayoutEffect(() => model.store.subscribe(() => setState(model.state)), [model])
  const shown = shownOf(state)
  useLayoutEffect(() => {
    // After the next frame the task is on the glass; only from then on may a key mean it.
    const frame = requestAnimationFrame(() => requestAnimationFrame((now) => model.store.painted(shown, now)))
    return () => cancelAnimationFrame(frame)
  }, [model, shown])
  // Before the paint: English words in the widths of Chinese ones would not fit for a moment.
  useLayoutEffect(() => {
    document.documentElement.lang = state.language === 'zh' ? 'zh-CN' : 'en'
    document.title = say('title')
  }, [state.language])
  const isReplaced = state.notice === undefined && state.counts?.isRunReplaced === true
  if (state.screen !== 'desk') return <Gate model={model} state={state} />
  return (
    <div class={canFilter(state.mode) && isFiltered(state.filter) ? 'desk desk-filtered' : 'desk'}>
      <TopBar model={model} state={state} />
      <FilterBar model={model} state={state} />
      <Body model={model} state={state} />
      <div class="foot">
        <p
          class={state.notice?.isProblem === true || state.isOffline || isReplaced ? 'notice problem' : 'notice'}
          role="status"
          aria-live="polite"
        >
          {state.isOffline
            ? say('disconnected')
            : state.notice === undefined
              ? isReplaced
                ? say('runReplaced')
                : ''
              : say(state.notice.key, state.notice.values)}
        </p>
        {hasKeys(state) ? <Actions model={model} state={state} /> : null}
      </div>
      <Dialogs model={model} state={state} />
      {state.mode === 'report' ? null : <p class="not-printed">{say('notPrinted')}</p>}
    </div>
  )
}

function Body({ model, state }: { readonly model: DeskModel; readonly state: PageState }) {
  switch (state.mode) {
    case 'overview':
      return <LeadOverview model={model} state={state} />
    case 'report':
      return <DailyReport state={state} />
    case 'audit':
      return <Audit model={model} state={state} />
    case 'findings':
      return state.findings[0] === undefined ? <Empty state={state} /> : <Finding finding={state.findings[0]} />
    case 'batch':
      return state.tasks.length > 0 ? <Task model={model} state={state} /> : <Batches model={model} state={state} />
    default:
      return state.tasks.length > 0 ? <Task model={model} state={state} /> : <Empty state={state} />
  }
}

function Empty({ state }: { readonly state: PageState }) {
  // The count above is that of all pairs: an empty queue of households beside it looks like a fault.
  const isElsewhere = isPartOfPairs(state.mode) && (state.counts?.remaining ?? 0) > 0
  return (
    <main class="task empty">
      {state.isQueueEmpty ? (
        <>
          <p class="empty-title">{say(isFiltered(state.filter) ? 'emptyFilter' : 'emptyQueue')}</p>
          <p class="hint">{say(isFiltered(state.filter) ? 'emptyFilterHint' : 'emptyQueueHint')}</p>
          {isElsewhere ? <p class="hint">{say('emptyQueueElsewhere', { n: state.counts?.remaining ?? 0 })}</p> : null}
        </>
      ) : (
        <p>{say('loading')}</p>
      )}
    </main>
  )
}

function hasKeys(state: PageState): boolean {
  return (
    state.mode !== 'overview' &&
    state.mode !== 'report' &&
    state.mode !== 'audit' &&
    (state.mode !== 'batch' || state.tasks.length > 0)
  )
}
