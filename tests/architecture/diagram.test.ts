/** The picture of folders in ARCHITECTURE.md says what the imports say. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const src = join(root, 'src')

/** What every folder may use, and what the picture leaves out. */
const GROUND = new Set(['records', 'registers', 'normalise', 'workers'])

/** The folder of a file, or the file of the road; undefined for ground, leaves and what nobody imports. */
function partOf(path: string): string | undefined {
  if (path === 'pipeline.ts') return 'pipeline'
  const [top, ...rest] = path.split('/')
  return rest.length === 0 || GROUND.has(top) || path === 'linking/people.ts' ? undefined : top
}

function importsBetweenParts(): Set<string> {
  const found = new Set<string>()
  for (const name of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
    const from = /\.tsx?$/.test(name) ? partOf(name) : undefined
    if (from === undefined) continue
    for (const [, target] of readFileSync(join(src, name), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
      const to = partOf(relative(src, resolve(src, dirname(name), target)))
      if (to !== undefined && to !== from) found.add(`${from} --> ${to}`)
    }
  }
  return found
}

function drawnArrows(): string[] {
  const [, picture] =
    /```mermaid\nflowchart LR\n([^`]*)```/.exec(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')) ?? []
  return (picture ?? '').trim().split(/\n\s*/)
}

/** All that arrows lead to, from each part. */
function reachable(arrows: readonly string[]): Set<string> {
  const pairs = new Set(arrows)
  for (let size = 0; size < pairs.size; ) {
    size = pairs.size
    for (const one of Array.from(pairs))
      for (const next of arrows) {
        const [from, middle] = one.split(' --> ')
        const [start, to] = next.split(' --> ')
        if (middle === start) pairs.add(`${from} --> ${to}`)
      }
  }
  return pairs
}

test('every arrow that is drawn is an import', () => {
  const imports = importsBetweenParts()
  expect(drawnArrows().length).toBeGreaterThan(10)
  expect(drawnArrows().filter((arrow) => !imports.has(arrow))).toEqual([])
})

test('every import between folders is drawn, or reached by what is drawn', () => {
  const drawn = reachable(drawnArrows())
  expect([...importsBetweenParts()].filter((one) => !drawn.has(one)).sort()).toEqual([])
})

test('no arrows lead back to where they began', () => {
  expect([...reachable(drawnArrows())].filter((one) => one.split(' --> ')[0] === one.split(' --> ')[1])).toEqual([])
})
