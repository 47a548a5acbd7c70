import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KeyPress, readKey } from '../../../src/review/page/model/keys.ts'

const PRESS: KeyPress = {
  code: 'Digit1',
  key: '1',
  keyCode: 49,
  repeat: false,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isInText: false,
}
const press = (change: Partial<KeyPress>) => readKey({ ...PRESS, ...change })

test('digits mean verdicts on the main row and on the number pad, whatever the layout says', () => {
  for (let digit = 0; digit <= 9; digit++) {
    expect(press({ code: `Digit${digit}`, key: '&' })).toEqual({ do: 'digit', digit, withReason: false })
    expect(press({ code: `Numpad${digit}` })).toEqual({ do: 'digit', digit, withReason: false })
  }
  expect(press({ code: 'Space' })).toEqual({ do: 'digit', digit: 0, withReason: false })
  expect(press({ shiftKey: true })).toEqual({ do: 'digit', digit: 1, withReason: true })
})

test('the brackets lead to the queue beside, also where an input method would write 【】', () => {
  expect(press({ code: 'BracketRight', key: '】' })).toEqual({ do: 'next-queue' })
  expect(press({ code: 'BracketLeft', key: '【' })).toEqual({ do: 'previous-queue' })
  expect(press({ code: 'BracketRight', isInText: true })).toBeUndefined()
})

test('a press of an input method, a repeat, or one with a control key means nothing, in 1,000 of 1,000', () => {
  const codes = ['Digit1', 'Digit2', 'Numpad3', 'Space', 'KeyV', 'KeyN', 'Backspace', 'Enter', 'Slash']
  fc.assert(
    fc.property(
      fc.constantFrom(...codes),
      fc.constantFrom<Partial<KeyPress>>(
        { isComposing: true },
        { keyCode: 229 },
        { repeat: true },
        { ctrlKey: true },
        { altKey: true },
        { metaKey: true },
      ),
      fc.boolean(),
      (code, guard, shiftKey) => {
        expect(press({ code, shiftKey, ...guard })).toBeUndefined()
      },
    ),
    { numRuns: 1000 },
  )
})

describe('in a text field', () => {
  test('only Esc and Ctrl+Enter leave it', () => {
    for (const code of ['Digit1', 'Space', 'Backspace', 'Enter', 'KeyL', 'Slash', 'ArrowUp'])
      expect(press({ code, isInText: true })).toBeUndefined()
    expect(press({ code: 'Escape', isInText: true })).toEqual({ do: 'escape' })
    expect(press({ code: 'Enter', ctrlKey: true, isInText: true })).toEqual({ do: 'send' })
  })
})

test('the other keys are those of the guide', () => {
  const keys: Readonly<Record<string, string>> = {
    KeyV: 'reveal',
    KeyE: 'weights',
    KeyN: 'note',
    KeyH: 'history',
    KeyL: 'lock',
    KeyF: 'filter',
    Backspace: 'undo',
    Enter: 'confirm',
    Slash: 'search',
    ArrowUp: 'up',
    ArrowDown: 'down',
  }
  for (const [code, action] of Object.entries(keys)) expect(press({ code })).toEqual({ do: action })
  expect(press({ code: 'Slash', shiftKey: true })).toEqual({ do: 'help' })
  expect(press({ code: 'KeyA' })).toBeUndefined()
})
