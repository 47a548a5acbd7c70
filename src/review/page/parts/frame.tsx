/** What every dialog of the desk is: a title, a way out by Esc, the focus inside it and in its first field. */
import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { DeskModel } from '../model/desk-model.ts'
import { say, type WordKey } from '../words/index.ts'

export function Frame({
  model,
  title,
  children,
}: {
  readonly model: DeskModel
  readonly title: WordKey
  readonly children: ComponentChildren
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the paint: the next key may come sooner than a later effect, and belongs to the field.
  useLayoutEffect(() => {
    const shown = dialog.current
    if (shown === null || shown.open) return
    shown.showModal()
    // Who opened it by a key goes on typing; without a field the button to close is first.
    shown.querySelector<HTMLElement>('input, textarea, select')?.focus()
  }, [])
  return (
    <dialog
      ref={dialog}
      aria-labelledby="dialog-title"
      onCancel={(event) => {
        event.preventDefault()
        model.close()
      }}
    >
      <div class="dialog-head">
        <h2 id="dialog-title">{say(title)}</h2>
        <button type="button" class="plain" onClick={() => model.close()}>
          {say('close')} <kbd>Esc</kbd>
        </button>
      </div>
      {children}
    </dialog>
  )
}
