/** The row of keys at the foot: what each does, and the same by mouse. */
import type { DeskModel } from '../model/desk-model.ts'
import { FINDING_KEYS } from '../model/judging.ts'
import { currentCandidate, isAsked, type PageState } from '../model/state.ts'
import type { Action } from '../model/keys.ts'
import { canFilter, isFiltered } from '../model/modes.ts'
import { isWordKey, say } from '../words/index.ts'

const PAIR_KEYS = [
  { digit: 1, verdict: 'same' },
  { digit: 2, verdict: 'different' },
  { digit: 3, verdict: 'field' },
  { digit: 4, verdict: 'escalate' },
  { digit: 0, verdict: 'defer' },
] as const

interface ActionsProps {
  readonly model: DeskModel
  readonly state: PageState
}

type Press = (action: Action) => () => void

export function Actions({ model, state }: ActionsProps) {
  const press: Press = (action) => () => model.handle(action, Number.POSITIVE_INFINITY)
  return (
    <footer class="actions">
      {isAsked(state) ? <VerdictKeys state={state} press={press} /> : <div />}
      <p class="last">
        {state.last === undefined ? null : (
          <>
            {say('last')} <strong>{sayWord(state.last.verdict)}</strong> {state.last.name}
          </>
        )}
      </p>
      <OtherKeys model={model} state={state} press={press} />
    </footer>
  )
}

/** What can be said of the pair, the finding or the household on the screen. */
function VerdictKeys({ state, press }: { readonly state: PageState; readonly press: Press }) {
  const isLocked = state.isOffline && state.unsaved > 0
  const trivial = currentCandidate(state)?.household.rows.filter((row) => row.isTrivial === true).length ?? 0
  const pairKeys = PAIR_KEYS.filter(
    ({ verdict }) =>
      (state.mode !== 'adjudicate' || (verdict !== 'escalate' && verdict !== 'defer')) &&
      (state.mode !== 'batch' || (verdict !== 'escalate' && verdict !== 'field')),
  )
  return (
    <div class="verdict-keys">
      {state.mode === 'findings'
        ? FINDING_KEYS.map((verdict, digit) =>
            verdict === undefined ? null : (
              <KeyButton
                key={verdict}
                cap={String(digit)}
                word={say(`finding.${verdict}`)}
                kind={verdict}
                onPress={press({ do: 'digit', digit, withReason: false })}
                isDisabled={isLocked}
              />
            ),
          )
        : pairKeys.map(({ digit, verdict }) => (
            <KeyButton
              key={verdict}
              cap={String(digit)}
              word={say(`verdict.${verdict}`)}
              kind={verdict}
              onPress={press({ do: 'digit', digit, withReason: false })}
              isDisabled={isLocked}
            />
          ))}
      {state.mode === 'household' && trivial > 0 ? (
        <KeyButton
          cap="⏎"
          word={say('confirmHouseholdN', { n: trivial })}
          kind="confirm"
          onPress={press({ do: 'confirm' })}
          isDisabled={isLocked}
        />
      ) : null}
    </div>
  )
}

/** What can be looked at, taken back and written beside a verdict. */
function OtherKeys({ model, state, press }: ActionsProps & { readonly press: Press }) {
  return (
    <div class="other-keys">
      <KeyButton cap="←" word={say('undo')} kind="quiet" onPress={press({ do: 'undo' })} />
      {state.mode === 'findings' ? null : (
        <>
          <HoldButton model={model} />
          <KeyButton cap="E" word={say('weights')} kind="quiet" onPress={press({ do: 'weights' })} />
        </>
      )}
      <KeyButton cap="N" word={say('note')} kind="quiet" onPress={press({ do: 'note' })} isOn={state.note !== ''} />
      {canFilter(state.mode) ? (
        <KeyButton
          cap="F"
          word={say('filter')}
          kind="quiet"
          onPress={press({ do: 'filter' })}
          isOn={isFiltered(state.filter)}
        />
      ) : null}
      <KeyButton cap="H" word={say('history')} kind="quiet" onPress={press({ do: 'history' })} />
      <KeyButton cap="/" word={say('search')} kind="quiet" onPress={press({ do: 'search' })} />
    </div>
  )
}

interface KeyButtonProps {
  readonly cap: string
  readonly word: string
  readonly kind: string
  readonly onPress: () => void
  readonly isDisabled?: boolean
  readonly isOn?: boolean
}

function KeyButton({ cap, word, kind, onPress, isDisabled = false, isOn }: KeyButtonProps) {
  return (
    <button
      type="button"
      class={`key key-${kind}`}
      onClick={onPress}
      disabled={isDisabled}
      aria-keyshortcuts={cap}
      aria-pressed={isOn}
    >
      <kbd>{cap}</kbd> {word}
    </button>
  )
}

/** Held like the key: shown while it is down, gone when it is up. */
function HoldButton({ model }: { readonly model: DeskModel }) {
  return (
    <button
      type="button"
      class="key key-quiet"
      aria-keyshortcuts="V"
      onPointerDown={() => model.handle({ do: 'reveal' }, Number.POSITIVE_INFINITY)}
      onPointerUp={() => model.looking.hide()}
      onPointerLeave={() => model.looking.hide()}
    >
      <kbd>V</kbd> {say('reveal')}
    </button>
  )
}

function sayWord(key: string): string {
  return isWordKey(key) ? say(key) : key
}
