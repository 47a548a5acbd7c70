import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inlineConstants } from '../../scripts/inline-constants.mjs'

const LEVELS = `export const BITS = 4
export const LEVEL = { none: 0, near: 1 << BITS, far: -(2 ** BITS), third: 1 / 3 }
export const NAMES = { none: 'none', near: 'near' }
export const limits = { rows: 7 }
let LATER = 1
export { LATER }
`

/** Text of a module that imports from LEVELS (and from what passes it on), after inlining. */
function inlined(text: string): string {
  const sources = new Map([
    ['/p/levels.js', LEVELS],
    ['/p/passed-on.js', "export { LEVEL as STEP, BITS } from './levels.js'\n"],
    ['/p/folder/user.js', text],
  ])
  return inlineConstants(sources).get('/p/folder/user.js') ?? text
}

const FROM_LEVELS = "import { BITS, LEVEL, NAMES, limits, LATER } from '../levels.js'\n"

describe('constants written into the compiled program', () => {
  it('puts numbers, and numbers of objects, where they are used', () => {
    const text = inlined(`${FROM_LEVELS}export const f = (x) => x * BITS + LEVEL.near - LEVEL.far * LEVEL.third`)
    expect(text).toBe(`${FROM_LEVELS}export const f = (x) => x * 4 + 16 - (-16) * ${1 / 3}`)
  })

  it('follows constants that another module passes on under another name', () => {
    const from = "import { STEP, BITS as WIDTH } from '../passed-on.js'\n"
    expect(inlined(`${from}const HERE = { at: STEP.near + WIDTH }\nf(HERE.at)`)).toBe(
      `${from}const HERE = { at: 16 + 4 }\nf(20)`,
    )
  })

  it('leaves what is no constant number: texts, small letters, what may change, what is asked for by computing', () => {
    const text = `${FROM_LEVELS}f(NAMES.near, limits.rows, LATER, LEVEL[x], Object.keys(LEVEL), LEVEL.unknown, x.LEVEL.near, x.BITS)`
    expect(inlined(text)).toBe(text)
  })

  it('leaves a name that an inner scope of the file gives to something else', () => {
    const text = `${FROM_LEVELS}function f(LEVEL) { return LEVEL.near }\nclass A { m() { const { BITS } = this; return BITS } }`
    expect(inlined(text)).toBe(text)
  })

  it('keeps the name of a property that is written short, and names of properties and methods', () => {
    expect(inlined(`${FROM_LEVELS}f({ BITS, LEVEL: LEVEL.none }); class A { BITS = BITS; LEVEL() {} }`)).toBe(
      `${FROM_LEVELS}f({ BITS: 4, LEVEL: 0 }); class A { BITS = 4; LEVEL() {} }`,
    )
  })

  it('refuses a program that assigns to a constant', () => {
    expect(() => inlined(`${FROM_LEVELS}LEVEL.near = 3`)).toThrow(/user\.js: a constant is assigned to/u)
    expect(() => inlined(`${FROM_LEVELS}LEVEL.near++`)).toThrow(/assigned to/u)
  })

  it('has been done to the program that is tested', () => {
    const kernel = readFileSync(new URL('../../dist/modules/matching/kernel.js', import.meta.url), 'utf8')
    expect(kernel).toContain('compare(a, b)')
    expect(kernel).not.toMatch(/\b(?:WORD|SHIFT|NAME_LEVEL|ID_LEVEL)\.\w/u)
  })
})
