/**
 * Keys → what the person meant, and when a key means nothing.
 *
 * In:  a key press and what is on the screen. Out: an action, or nothing. Physical keys (`code`) are read, because a
 *      Chinese input method turns letters and even digits into compositions; a press that belongs to a composition
 *      (isComposing, keyCode 229), repeats, or comes within 250 ms of the paint is nobody's verdict.
 */
export interface KeyPress {
  readonly code: string
  readonly key: string
  readonly keyCode: number
  readonly repeat: boolean
  readonly isComposing: boolean
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly metaKey: boolean
  /** A text field has the focus. */
  readonly isInText: boolean
}

export type Action =
  | { readonly do: 'digit'; readonly digit: number; readonly withReason: boolean }
  | {
      readonly do:
        | 'undo'
        | 'confirm'
        | 'reveal'
        | 'weights'
        | 'note'
        | 'history'
        | 'search'
        | 'help'
        | 'filter'
        | 'lock'
        | 'next-queue'
        | 'previous-queue'
        | 'up'
        | 'down'
        | 'escape'
        | 'send'
    }

const LETTERS: Readonly<Record<string, 'reveal' | 'weights' | 'note' | 'history' | 'lock' | 'filter'>> = {
  KeyV: 'reveal',
  KeyE: 'weights',
  KeyN: 'note',
  KeyH: 'history',
  KeyL: 'lock',
  KeyF: 'filter',
}

export const DWELL_MS = 250

export function readKey(press: KeyPress): Action | undefined {
  if (press.repeat || press.isComposing || press.keyCode === 229) return undefined
  if (press.code === 'Escape') return { do: 'escape' }
  if (press.isInText)
    return press.ctrlKey && (press.code === 'Enter' || press.code === 'NumpadEnter') ? { do: 'send' } : undefined
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined
  const digit = digitOf(press.code)
  if (digit !== undefined) return { do: 'digit', digit, withReason: press.shiftKey && press.code.startsWith('Digit') }
  if (press.code === 'Space') return { do: 'digit', digit: 0, withReason: false }
  if (press.code === 'Slash' || press.code === 'NumpadDivide') return { do: press.shiftKey ? 'help' : 'search' }
  const letter = LETTERS[press.code]
  if (letter !== undefined) return press.shiftKey ? undefined : { do: letter }
  switch (press.code) {
    case 'Backspace':
      return { do: 'undo' }
    case 'Enter':
    case 'NumpadEnter':
      return { do: 'confirm' }
    case 'BracketRight':
      return { do: 'next-queue' }
    case 'BracketLeft':
      return { do: 'previous-queue' }
    case 'ArrowUp':
      return { do: 'up' }
    case 'ArrowDown':
      return { do: 'down' }
    default:
      return undefined
  }
}

function digitOf(code: string): number | undefined {
  const match = /^(?:Digit|Numpad)(\d)$/.exec(code)
  return match === null ? undefined : Number(match[1])
}
