/**
 * Starts the page: the code in the fragment buys a session, keys go to the model, an idle page locks itself.
 * The only file that listens to the window.
 */
import { render } from 'preact'
import type { Entrance } from '../api.ts'
import { DeskPage } from './desk-page.tsx'
import { call, hasToken, keepToken, Refused } from './model/connection.ts'
import { DeskModel } from './model/desk-model.ts'
import { type KeyPress, readKey } from './model/keys.ts'
import './style.css'

const model = new DeskModel()
// The code goes out before anything is drawn: the desk answers while the browser still lays out an empty page.
void start()
const root = document.getElementById('desk')
if (root !== null) render(<DeskPage model={model} />, root)

async function start(): Promise<void> {
  const code = /^#t=([\w-]{43})$/.exec(location.hash)?.[1]
  // The code leaves the address at once: it is worth nothing after this call.
  if (location.hash !== '') history.replaceState(null, '', '/')
  try {
    if (code !== undefined) {
      const opened = await call<Entrance & { token: string }>('/api/open', { code })
      keepToken(opened.token)
      model.enter(opened)
    } else if (hasToken()) {
      const kept = await call<Entrance & { user: string }>('/api/session')
      model.enter(kept, kept.user)
    } else model.stayOutside()
  } catch (error) {
    if (error instanceof Refused) keepToken(undefined)
    model.stayOutside()
  }
}

/** Keys that the browser would act on although the desk means something else by them. */
const OWN_KEYS: ReadonlySet<string> = new Set(['Slash', 'Space', 'Backspace', 'ArrowUp', 'ArrowDown', 'NumpadDivide'])

let lastKey = performance.now()

window.addEventListener('keydown', (event) => {
  lastKey = performance.now()
  const press = pressOf(event)
  const action = readKey(press)
  if (action === undefined) return
  // A focused button takes Enter and Space itself: one press, one meaning.
  const isOnButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLSelectElement
  if (isOnButton && (press.code === 'Enter' || press.code === 'NumpadEnter' || press.code === 'Space')) return
  const isInList = event.target instanceof HTMLElement && event.target.classList.contains('scroll')
  if (isInList && (press.code === 'ArrowUp' || press.code === 'ArrowDown')) return
  if (!press.isInText && OWN_KEYS.has(press.code)) event.preventDefault()
  model.handle(action, event.timeStamp)
})
window.addEventListener('keyup', (event) => {
  if (event.code === 'KeyV') model.looking.hide()
})
window.addEventListener('blur', () => model.looking.hide())
document.addEventListener('visibilitychange', () => model.looking.hide())
document.addEventListener('pointerdown', () => {
  lastKey = performance.now()
})
for (const kind of ['copy', 'cut', 'dragstart'] as const)
  document.addEventListener(kind, (event) => {
    if (model.state.revealed !== undefined) event.preventDefault()
  })

const IDLE_CHECK_MS = 15_000
setInterval(() => {
  const idleMs = model.state.session?.idleMs ?? Number.POSITIVE_INFINITY
  if (model.state.screen === 'desk' && performance.now() - lastKey > idleMs) void model.lock()
}, IDLE_CHECK_MS)

function pressOf(event: KeyboardEvent): KeyPress {
  const { target } = event
  const isInText =
    target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== 'button')
  return {
    code: event.code,
    key: event.key,
    keyCode: event.keyCode,
    repeat: event.repeat,
    isComposing: event.isComposing,
    shiftKey: event.shiftKey,
    ctrlKey: event.ctrlKey,
    altKey: event.altKey,
    metaKey: event.metaKey,
    isInText,
  }
}
