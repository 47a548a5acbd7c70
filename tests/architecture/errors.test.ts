/** Every error that a person may see speaks Chinese and English: staff read the one, whoever mends the machine the other. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const src = resolve(import.meta.dirname, '../../src')

/** Files whose errors are put together from words that stand elsewhere. */
const COMPOSED: Readonly<Record<string, string>> = {
  'errors.ts': 'the class itself',
  'ingest/messages.ts': 'joins the Chinese and the English of its table',
  'tables/read/read-table.ts': 'puts file and line before what broke',
  'workers/failure.ts': 'restores an error that was worded in another thread',
}

/** The arguments of every `new BiduiError(…)` of a source, strings and nested calls included. */
function errorsIn(text: string): string[] {
  return [...text.matchAll(/new BiduiError\(/g)].map(({ index, 0: { length } }) => {
    let depth = 1
    let quote = ''
    let at = index + length
    for (; depth > 0 && at < text.length; at++) {
      const sign = text[at]
      if (quote !== '') {
        if (sign === '\\') at++
        else if (sign === quote) quote = ''
      } else if ('\'"`'.includes(sign)) quote = sign
      else if (sign === '(') depth++
      else if (sign === ')') depth--
    }
    return text.slice(index + length, at - 1)
  })
}

test('the scan sees an error that speaks one language', () => {
  const [one, other] = errorsIn(
    "throw new BiduiError('E1', 64, `${f(a)}: not \")\" here.`)\nthrow new BiduiError('E2', 64, '没有 · none.', { cause })",
  )
  expect([/\p{Script=Han}/u.test(one), /\p{Script=Han}/u.test(other)]).toEqual([false, true])
})

/** Text literals of an error that hold more than a few English words for one Chinese character: what is wrong, and what to do. */
function englishAlone(error: string): string[] {
  const literals = error.match(/`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g) ?? []
  return literals.filter((literal) => {
    const plain = literal.replaceAll(/\$\{[^}]*\}|--[a-z-]+/g, ' ')
    const words = plain.match(/\b[a-z]{2,}\b/gi)?.length ?? 0
    const characters = plain.match(/\p{Script=Han}/gu)?.length ?? 0
    return words >= 3 && words > 4 * characters
  })
}

test('the advice of an error speaks both languages as the error does', () => {
  const [error] = errorsIn(
    "new BiduiError('E1', 64, '没有 · no such file.', { advice: 'Give the name of another file.' })",
  )
  expect(englishAlone(error)).toEqual(["'Give the name of another file.'"])
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  const wrong = files
    .filter((name) => !(relative('.', name) in COMPOSED))
    .flatMap((name) => errorsIn(readFileSync(join(src, name), 'utf8')).flatMap(englishAlone))
  expect(wrong).toEqual([])
})

test('every error says in Chinese and in English what is wrong', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
  let errors = 0
  const wrong = files.flatMap((name) => {
    if (relative('.', name) in COMPOSED) return []
    const found = errorsIn(readFileSync(join(src, name), 'utf8'))
    errors += found.length
    return found
      .filter((one) => !/\p{Script=Han}/u.test(one) || !/[a-z]{2,} [a-z]{2,}/i.test(one))
      .map((one) => `${name}: ${one.replaceAll(/\s+/g, ' ').slice(0, 120)}`)
  })
  expect(wrong).toEqual([])
  expect(errors).toBeGreaterThan(100)
})
