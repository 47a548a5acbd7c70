/** What opens above the task: reasons, note, history, search, split, help. Esc closes; the focus stays inside. */
import { useState } from 'preact/hooks'
import type { RecordLine } from '../../api.ts'
import type { DeskModel } from '../model/desk-model.ts'
import { GOLD_REASON } from '../model/judging.ts'
import type { Mode } from '../model/modes.ts'
import type { PageState } from '../model/state.ts'
import { Filter } from './filter.tsx'
import { Frame } from './frame.tsx'
import { RecordId } from './record-id.tsx'
import { say, sayCode, type WordKey } from '../words/index.ts'

interface Props {
  readonly model: DeskModel
  readonly state: PageState
}

export function Dialogs({ model, state }: Props) {
  switch (state.dialog) {
    case 'filter':
      return <Filter model={model} state={state} />
    case 'reason':
      return <Reasons model={model} canBeGold={state.mode === 'adjudicate'} />
    case 'note':
      return <Note model={model} state={state} />
    case 'history':
      return <History model={model} state={state} />
    case 'search':
      return <Search model={model} state={state} />
    case 'split':
      return <Split model={model} state={state} />
    case 'help':
      return <Help model={model} mode={state.mode} />
    default:
      return null
  }
}

const REASONS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

function Reasons({ model, canBeGold }: { readonly model: DeskModel; readonly canBeGold: boolean }) {
  return (
    <Frame model={model} title="reasonTitle">
      <div class="reasons">
        {REASONS.map((reason) => (
          <button
            key={reason}
            type="button"
            class="key"
            onClick={() => model.judging.chooseReason(reason, performance.now())}
          >
            <kbd>{reason}</kbd> {say(`why.${reason}`)}
          </button>
        ))}
        {canBeGold ? (
          <button type="button" class="key" onClick={() => model.judging.chooseReason(GOLD_REASON, performance.now())}>
            <kbd>{GOLD_REASON}</kbd> {say('goldMark')}
          </button>
        ) : null}
      </div>
    </Frame>
  )
}

function Note({ model, state }: Props) {
  const [text, setText] = useState(state.note)
  return (
    <Frame model={model} title="note">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          model.keepNote(text)
        }}
      >
        <label class="hint" for="note-text">
          {say('noteHint')}
        </label>
        <textarea
          id="note-text"
          rows={4}
          maxLength={500}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.ctrlKey && event.key === 'Enter' && !event.isComposing) model.keepNote(text)
          }}
        />
        <p class="hint">{say('noteKept')}</p>
        <button type="submit" class="key">
          {say('save')}
        </button>
      </form>
    </Frame>
  )
}

function History({ model, state }: Props) {
  return (
    <Frame model={model} title="history">
      {state.history.length === 0 ? <p>{say('historyEmpty')}</p> : null}
      <ul class="history">
        {state.history.map((entry) => (
          <li key={entry.batch}>
            <time>{entry.t.slice(11, 19)}</time>
            <strong>{sayCode(entry.of === 'finding' ? 'finding' : 'verdict', entry.verdict)}</strong>
            <span class="history-label">{entry.label}</span>
            {entry.pairs > 1 ? <span class="hint">{say('pairsCount', { n: entry.pairs })}</span> : null}
            <button type="button" class="plain" onClick={() => model.judging.undo(entry.batch)}>
              {say('reopen')}
            </button>
          </li>
        ))}
      </ul>
    </Frame>
  )
}

function Search({ model, state }: Props) {
  const [text, setText] = useState('')
  return (
    <Frame model={model} title="search">
      <form
        class="search"
        onSubmit={(event) => {
          event.preventDefault()
          void model.looking.search(text)
        }}
      >
        <label class="hint" for="search-text">
          {say('searchHint')}
        </label>
        <input
          id="search-text"
          value={text}
          autocomplete="off"
          maxLength={60}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="key">
          {say('search')}
        </button>
      </form>
      {state.found?.length === 0 ? <p>{say('searchNothing')}</p> : null}
      <ul class="found">
        {(state.found ?? []).map((record) => (
          <li key={record.key}>
            <Line record={record} />
            {state.tasks.length === 0 ? null : (
              <button type="button" class="plain" onClick={() => void model.looking.linkByHand(record.key)}>
                {say('linkByHand')}
              </button>
            )}
            <button type="button" class="plain" onClick={() => void model.looking.openPerson(record.key)}>
              {say('openPerson')}
            </button>
          </li>
        ))}
      </ul>
    </Frame>
  )
}

function Line({ record }: { readonly record: RecordLine }) {
  return (
    <span class="line">
      <span class="tag">
        <RecordId recordKey={record.key} />
      </span>{' '}
      <strong>{record.name}</strong> {record.sex} {record.birth} <span class="hint">{record.place}</span>
    </span>
  )
}

function Split({ model, state }: Props) {
  const [groups, setGroups] = useState<Readonly<Record<string, number>>>({})
  const groupOf = (key: string) => groups[key] ?? 1
  return (
    <Frame model={model} title="split">
      <p class="hint">{say('splitHint')}</p>
      <ul class="found">
        {state.splitting.map((record) => (
          <li key={record.key}>
            <label class="group">
              {say('group')}
              <select
                value={String(groupOf(record.key))}
                onChange={(event) => setGroups({ ...groups, [record.key]: Number(event.currentTarget.value) })}
              >
                {[1, 2, 3, 4].map((group) => (
                  <option key={group} value={String(group)}>
                    {group}
                  </option>
                ))}
              </select>
            </label>
            <Line record={record} />
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="key"
        disabled={new Set(state.splitting.map((record) => groupOf(record.key))).size < 2}
        onClick={() =>
          void model.looking.split(state.splitting.map((record) => [record.key, groupOf(record.key)] as const))
        }
      >
        {say('splitApply')}
      </button>
    </Frame>
  )
}

const PAIR_HELP: readonly (readonly [string, WordKey])[] = [
  ['1 2 3 4 0', 'key.digits'],
  ['Shift+1', 'key.reason'],
  ['Backspace', 'key.undo'],
  ['Enter', 'key.enter'],
  ['↑ ↓', 'key.candidates'],
  ['V', 'key.reveal'],
  ['E', 'key.weights'],
]

const FINDING_HELP: readonly (readonly [string, WordKey])[] = [
  ['1', 'finding.true'],
  ['2', 'finding.untrue'],
  ['3', 'finding.field'],
  ['4 5 6', 'key.corrected'],
  ['7', 'finding.unverifiable'],
  ['Backspace', 'key.undo'],
]

const COMMON_HELP: readonly (readonly [string, WordKey])[] = [
  ['N', 'key.note'],
  ['H', 'key.history'],
  ['F', 'key.filter'],
  ['/', 'key.search'],
  ['[ ]', 'key.queues'],
  ['L', 'key.lock'],
  ['?', 'key.help'],
]

const HELP_SIGNS: readonly (readonly [string, WordKey])[] = [
  ['=', 'helpSign.same'],
  ['≠n', 'helpSign.differ'],
  ['~', 'helpSign.near'],
  ['⇄', 'helpSign.swap'],
  ['∅', 'helpSign.missing'],
]

/** The digits mean something else for a finding: the keys of the queue that is open, then what all have. */
function Help({ model, mode }: { readonly model: DeskModel; readonly mode: Mode }) {
  const list = (rows: readonly (readonly [string, WordKey])[]) => (
    <dl class="help">
      {rows.map(([cap, word]) => (
        <div key={cap}>
          <dt>
            <kbd>{cap}</kbd>
          </dt>
          <dd>{say(word)}</dd>
        </div>
      ))}
    </dl>
  )
  return (
    <Frame model={model} title="keys">
      {list([...(mode === 'findings' ? FINDING_HELP : PAIR_HELP), ...COMMON_HELP])}
      {mode === 'findings' ? null : (
        <>
          <h3>{say('helpSigns')}</h3>
          {list(HELP_SIGNS)}
        </>
      )}
    </Frame>
  )
}
