/** The program that is started stands in few files, and needs no package but those that cannot be bundled. */
import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const DIST = fileURLToPath(new URL('../../dist', import.meta.url))
const JOBS = fileURLToPath(new URL('../../src/workers/jobs', import.meta.url))

const bundled = readdirSync(join(DIST, 'bundle'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.js'),
)
const files = ['cli.js', 'index.js', ...bundled.map((name) => join('bundle', name))]

/** What a bundled file imports when it begins (one line each), and later. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(DIST, file), 'utf8')
  const atOnce = text.matchAll(/^(?:import|export) (?:[^\n"']+ from )?["']([^"'\n]+)["'];$/gmu)
  return [...atOnce, ...text.matchAll(/\bawait import\("([^"\n]+)"\)/gu)].map(([, name]) => name!)
}

test('nothing bundled imports a module that is not bundled', () => {
  const outside = files.flatMap(importsOf).filter((name) => !name.startsWith('.') && !isBuiltin(name))
  expect([...new Set(outside)].sort()).toEqual(['better-sqlite3', 'piscina'])
  expect(files.flatMap(importsOf).filter((name) => name.includes('modules/'))).toEqual([])
  expect(importsOf('cli.js').length).toBeGreaterThan(3)
})

test('every job of the worker threads lies where their entry looks for it', () => {
  const jobs = readdirSync(JOBS).map((name) => join('jobs', name.replace(/\.ts$/u, '.js')))
  expect(bundled).toEqual(expect.arrayContaining(['entry.js', ...jobs]))
  expect(readFileSync(join(DIST, 'bundle', 'entry.js'), 'utf8')).toContain('entry-')
})
