/** Sentences in Chinese have the marks of Chinese: whoever reads 已读,未写 takes it for two values of a list. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const src = resolve(import.meta.dirname, '../../src')

/** A comma or semicolon of ASCII behind Chinese and, without a space, before Chinese, a bracket or what is filled in, or at the end of what is written. */
const HALF_WIDTH = /[\p{Script=Han}」』）”…)][,;](?:[\p{Script=Han}「『（“{$]|$)/u

/** What a line of a source says in texts; comments and patterns are no texts. */
function textsOf(line: string): string[] {
  if (/^\s*(?:\*|\/[/*])/.test(line)) return []
  return line.match(/'(?:[^'\\]|\\.)*'|`[^`]*`/g)?.map((text) => text.slice(1, -1)) ?? []
}

const wrong = (line: string): string[] =>
  textsOf(line).filter((text) => /\p{Script=Han}/u.test(text) && HALF_WIDTH.test(text))

test('the scan sees a half-width mark in a sentence, and none in comments, patterns and lists', () => {
  expect(wrong("advice: '请闭合,或写两个 · close it, or double it'")).toHaveLength(1)
  expect(wrong('`有 ${n} 格,${m} 列`')).toHaveLength(1)
  for (const line of [
    '// 半年以上,不满一年',
    '/半年,一年/.test(text)',
    "['男', '女']",
    "'说明，见下 · see below, please'",
  ])
    expect(wrong(line)).toEqual([])
})

test('no sentence in Chinese has a half-width mark', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  const found = files.flatMap((file) =>
    readFileSync(join(src, file), 'utf8')
      .split('\n')
      .flatMap((line) => wrong(line).map((text) => `${file}: ${text}`)),
  )
  expect(found.join('\n')).toBe('')
})
