/** Before the desk: open the link, log in, unlock. Nothing of the county is on the page then. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { DeskModel } from '../model/desk-model.ts'
import type { PageState } from '../model/state.ts'
import { say } from '../words/index.ts'

export function Gate({ model, state }: { readonly model: DeskModel; readonly state: PageState }) {
  if (state.screen === 'loading') return <main class="gate">{say('loading')}</main>
  if (state.screen === 'link')
    return (
      <main class="gate">
        <h1>{say('title')}</h1>
        <p>{say('needLink')}</p>
        <p class="hint">{say('needLinkHint')}</p>
        <Problem state={state} />
      </main>
    )
  return <Login model={model} state={state} />
}

function Login({ model, state }: { readonly model: DeskModel; readonly state: PageState }) {
  const [name, setName] = useState(state.lockedUser)
  const [password, setPassword] = useState('')
  const form = useRef<HTMLFormElement>(null)
  // Whoever comes back types the password at once: the first field that is still empty.
  useEffect(
    () => form.current?.querySelector<HTMLElement>(name === '' ? '#login-name' : '#login-password')?.focus(),
    [],
  )
  return (
    <main class="gate">
      <h1>{say(state.isLocked ? 'locked' : 'title')}</h1>
      {state.isLocked ? <p class="hint">{say('lockedHint')}</p> : null}
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          void model.login(name, password)
          setPassword('')
        }}
      >
        <label for="login-name">{say('user')}</label>
        <input
          id="login-name"
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <label for="login-password">{say('password')}</label>
        <input
          id="login-password"
          type="password"
          autocomplete="off"
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
        <button type="submit" class="key key-same">
          {say('login')}
        </button>
      </form>
      <Problem state={state} />
    </main>
  )
}

function Problem({ state }: { readonly state: PageState }) {
  if (state.notice === undefined) return null
  return (
    <p class="problem" role="alert">
      {say(state.notice.key, state.notice.values)}
    </p>
  )
}
