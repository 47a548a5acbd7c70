import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

/**
 * Dependencies point along the road and inwards. For each folder: the folders it may import from.
 * A step never imports a later one; the middle is pure.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  registers: [],
  records: ['registers'],
  normalise: ['registers', 'records'],
  ingest: ['registers', 'records', 'normalise', 'workers'],
  blocking: ['registers', 'records', 'normalise'],
  matching: ['registers', 'records', 'normalise', 'blocking', 'ingest', 'linking/people.ts', 'workers'],
  linking: ['registers', 'records', 'normalise', 'blocking', 'matching'],
  findings: ['registers', 'records', 'normalise', 'blocking', 'matching', 'linking'],
  ids: ['registers', 'records', 'linking/people.ts'],
  store: ['registers', 'records', 'normalise', 'ingest', 'blocking', 'matching', 'linking', 'ids'],
  tables: ['records', 'blocking/radix-sort.ts', 'matching/weigh/error-rates.ts', 'linking/people.ts', 'workers'],
  synth: ['registers', 'records', 'normalise'],
}

const src = resolve(import.meta.dirname, '../../src')

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : entry.name.endsWith('.ts')
        ? [join(folder, entry.name)]
        : [],
  )
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1])
}

for (const [folder, allowed] of Object.entries(MAY_IMPORT))
  test(`src/${folder} imports only from ${allowed.join(', ') || 'itself'}`, () => {
    const wrong: string[] = []
    for (const file of sources(join(src, folder)))
      for (const target of importsOf(file)) {
        if (!target.startsWith('.')) continue
        const path = relative(src, resolve(dirname(file), target))
        const top = path.split('/')[0]
        const fine = !path.includes('/') || top === folder || allowed.some((a) => a === top || path === a)
        if (!fine) wrong.push(`${relative(src, file)} → ${path}`)
      }
    expect(wrong).toEqual([])
  })

test('no two files import each other, by way of others either', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
  const imports = new Map(
    files.map((name) => [
      name,
      importsOf(join(src, name))
        .filter((target) => target.startsWith('.'))
        .map((target) => relative(src, resolve(src, dirname(name), target))),
    ]),
  )
  // Files that import only what is settled are settled; what is left over stands in a circle, or leads into one.
  const settled = new Set<string>()
  for (let size = -1; size < settled.size; ) {
    size = settled.size
    for (const [name, targets] of imports)
      if (targets.every((target) => settled.has(target) || !imports.has(target))) settled.add(name)
  }
  expect(files.length).toBeGreaterThan(300)
  expect(files.filter((name) => !settled.has(name))).toEqual([])
})

const PURE = ['normalise', 'blocking', 'linking', 'findings', 'ids', 'matching/compare', 'matching/weigh']
const IMPURE =
  /\bnode:(fs|net|http|https|child_process|os|process|crypto)\b|\bprocess\.|Math\.random|Date\.now|new Date\(\)|performance\.now|\bfetch\(/

for (const folder of PURE)
  test(`src/${folder} reads no file, clock, network, environment or chance`, () => {
    const wrong = sources(join(src, folder)).filter((file) => IMPURE.test(stripComments(readFileSync(file, 'utf8'))))
    expect(wrong.map((file) => relative(src, file))).toEqual([])
  })

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
}
