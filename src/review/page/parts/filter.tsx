/**
 * What of the queue is looked at: a line that says so and leads back to all of it, and the dialog to choose in.
 *
 * The dialog holds the keys while it is open, so that a digit typed into a list is nobody's verdict.
 */
import { useState } from 'preact/hooks'
import type { QueueChoices } from '../../api.ts'
import type { Choice, QueueFilter } from '../../queue/filter.ts'
import { countText } from '../model/amounts.ts'
import type { DeskModel } from '../model/desk-model.ts'
import { canFilter, isFiltered, NO_FILTER } from '../model/modes.ts'
import type { PageState } from '../model/state.ts'
import { say, sayCode } from '../words/index.ts'
import { townshipWord } from '../words/places.ts'
import { Frame } from './frame.tsx'

interface Props {
  readonly model: DeskModel
  readonly state: PageState
}

export function FilterBar({ model, state }: Props) {
  const { mode, filter, choices } = state
  if (!canFilter(mode) || !isFiltered(filter)) return null
  const said = [
    filter.kind === '' ? '' : kindWord(state, filter.kind),
    filter.severity === '' ? '' : say('severity', { n: filter.severity }),
    filter.township === '' ? '' : townshipWord(filter.township),
    filter.changed ? say('staleCount') : '',
  ].filter((one) => one !== '')
  return (
    <section class="filter-bar" aria-label={say('filter')}>
      <strong>{say('filter')}</strong>
      {said.map((one) => (
        <span key={one} class="tag">
          {one}
        </span>
      ))}
      {choices === undefined ? null : (
        <span role="status" data-passing={choices.passing}>
          {say('filterLeft', { n: countText(choices.passing), all: countText(choices.all) })}
        </span>
      )}
      <button type="button" class="plain" onClick={() => void model.choose(mode)}>
        {say('filterClear')}
      </button>
    </section>
  )
}

export function Filter({ model, state }: Props) {
  const [wanted, setWanted] = useState(state.filter)
  const { choices, mode } = state
  const wish = (change: Partial<QueueFilter>) => {
    const next = { ...wanted, ...change }
    setWanted(next)
    void model.countFor(next)
  }
  if (choices === undefined) return null
  return (
    <Frame model={model} title="filter">
      <form
        class="filter"
        onSubmit={(event) => {
          event.preventDefault()
          void model.choose(mode, wanted)
        }}
        onKeyDown={(event) => {
          // In a list Enter would open it: who chose by the arrows is done.
          if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return
          event.preventDefault()
          void model.choose(mode, wanted)
        }}
      >
        <ChoiceLists state={state} choices={choices} wanted={wanted} onWish={wish} />
        <label class="filter-field">
          <input
            type="checkbox"
            checked={wanted.changed}
            onChange={(event) => wish({ changed: event.currentTarget.checked })}
          />
          <span>
            {say('filter.changed')} ({countText(choices.changed)})
          </span>
        </label>
        <p role="status">{say('filterLeft', { n: countText(choices.passing), all: countText(choices.all) })}</p>
        <button type="submit" class="key key-confirm">
          {say('filterApply')}
        </button>
        <button type="button" class="plain" onClick={() => void model.choose(mode, NO_FILTER)}>
          {say('filterClear')}
        </button>
      </form>
    </Frame>
  )
}

interface ChoiceListsProps {
  readonly state: PageState
  readonly choices: QueueChoices
  readonly wanted: QueueFilter
  readonly onWish: (change: Partial<QueueFilter>) => void
}

/** Kind, severity of findings, township: each with how many there are. */
function ChoiceLists({ state, choices, wanted, onWish }: ChoiceListsProps) {
  const { mode } = state
  return (
    <>
      <ChoiceList
        title={sayCode('filter', mode === 'findings' ? 'kind' : 'reason')}
        choices={choices.kinds}
        value={wanted.kind}
        word={(kind) => kindWord(state, kind)}
        onChoose={(kind) => onWish({ kind })}
      />
      {mode === 'findings' ? (
        <ChoiceList
          title={sayCode('filter', 'severity')}
          choices={choices.severities}
          value={wanted.severity}
          word={(level) => sayCode('severity', level)}
          onChoose={(severity) => onWish({ severity })}
        />
      ) : null}
      <ChoiceList
        title={sayCode('filter', 'township')}
        choices={choices.townships}
        value={wanted.township}
        word={townshipWord}
        onChoose={(township) => onWish({ township })}
      />
    </>
  )
}

interface ChoiceListProps {
  readonly title: string
  readonly choices: readonly Choice[]
  /** '' where all are looked at. */
  readonly value: string
  readonly word: (value: string) => string
  readonly onChoose: (value: string) => void
}

function ChoiceList({ title, choices, value: chosen, word, onChoose }: ChoiceListProps) {
  return (
    <label class="filter-field">
      <span>{title}</span>
      <select value={chosen} onInput={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{say('filterAll')}</option>
        {choices.map(({ value, count }) => (
          <option key={value} value={value}>
            {word(value)} ({countText(count)})
          </option>
        ))}
      </select>
    </label>
  )
}

/** Findings by their Chinese term as on the page of one; pairs by why they wait. */
function kindWord({ mode, language, choices }: PageState, kind: string): string {
  if (mode !== 'findings') return sayCode('reason', kind)
  const zh = choices?.words[kind] ?? ''
  return language === 'zh' && zh !== '' ? zh : kind
}
