/**
 * The page itself: drawn from the model, fed with keys; an idle page locks itself. The only file that listens to the
 * window.
 */
import { render } from 'preact'
import { DeskPage } from './desk-page.tsx'
import type { Arrival } from './model/arrival.ts'
import { DeskModel } from './model/desk-model.ts'
import { type KeyPress, readKey } from './model/keys.ts'
import { addressOf, isSamePlace, modesFor, readAddress } from './model/modes.ts'

const model = new DeskModel()

/** @param arrival what the code or the token kept has opened; asked for before this file was there */
export async function openDesk(arrival: Promise<Arrival>): Promise<void> {
  const wanted = readAddress(location.hash)
  if (wanted !== undefined) model.wants(wanted)
  // The office reads Chinese; a browser that does not is answered in English, and the top bar has the other one.
  if (!navigator.language.startsWith('zh')) model.choosesLanguage('en')
  model.enter(await arrival)
  nameInAddress(true)
  model.store.subscribe(() => nameInAddress(false))
  const root = document.getElementById('desk')
  if (root === null) return
  root.replaceChildren()
  render(<DeskPage model={model} />, root)
}

/** The address names the view that is open: a page loaded anew goes on there, Back leads to the one before. */
function nameInAddress(isFirst: boolean): void {
  const { screen, mode, filter } = model.state
  const named = readAddress(location.hash)
  if (screen !== 'desk' || (named !== undefined && isSamePlace(named, { mode, filter }))) return
  const address = `/${addressOf(mode, filter)}`
  if (isFirst) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
}

// A new link pasted over the page changes only the fragment: the browser stays where it is, and so do verdicts not saved yet.
window.addEventListener('hashchange', () => {
  const { hash } = location
  if (!hash.startsWith('#t=')) return
  history.replaceState(null, '', '/')
  void model.comeBack(hash)
})

window.addEventListener('popstate', () => {
  const { screen, mode, filter, session } = model.state
  const wanted = readAddress(location.hash)
  if (screen !== 'desk' || wanted === undefined || isSamePlace(wanted, { mode, filter })) return
  if (modesFor(session?.rights ?? []).includes(wanted.mode)) void model.choose(wanted.mode, wanted.filter)
})

/** Verdicts on their way would be lost with the page: the browser asks first. */
window.addEventListener('beforeunload', (event) => {
  if (model.state.unsaved > 0) event.preventDefault()
})

/** Keys that the browser would act on although the desk means something else by them; letters too that open a field, which they would be written into. */
const OWN_KEYS: ReadonlySet<string> = new Set([
  'Slash',
  'Space',
  'Backspace',
  'ArrowUp',
  'ArrowDown',
  'NumpadDivide',
  'KeyN',
  'KeyF',
])

let lastKey = performance.now()

window.addEventListener('keydown', (event) => {
  lastKey = performance.now()
  const press = pressOf(event)
  const action = readKey(press)
  if (action === undefined) return
  // A focused button takes Enter and Space itself: one press, one meaning.
  const isOnButton = event.target instanceof HTMLButtonElement
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
  // Digits, letters and arrows choose in a list of choices as they write in a field.
  const isInText =
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type !== 'button')
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
