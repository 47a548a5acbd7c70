/**
 * The same county gives the same bytes with any number of workers, and the same people, links and findings whatever
 * the order of the rows in the files.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { REGISTERS } from '../../src/registers/columns.ts'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const root = temporaryFolder('bidui-determinism')
const asWritten = join(root, 'as-written')
const shuffled = join(root, 'shuffled')
const first = join(root, 'run-2')

beforeAll(async () => {
  await synthesizeCounty({ people: 3000, seed: 'determinism', out: asWritten })
  mkdirSync(shuffled)
  for (const register of REGISTERS) {
    const [header, ...rows] = readFileSync(join(asWritten, `${register}.csv`), 'utf8')
      .trimEnd()
      .split('\n')
    writeFileSync(join(shuffled, `${register}.csv`), [header, ...shuffle(rows), ''].join('\n'))
  }
  run(asWritten, first, 2)
})

test.each([1, 4])('%i workers leave the same bytes as two', (workers) => {
  const out = join(root, `run-${workers}`)
  run(asWritten, out, workers)
  // The manifest tells the time; pages of the database hold the order of writing, its rows are compared elsewhere.
  const names = readdirSync(first).filter((name) => name !== 'manifest.json' && name !== 'run.sqlite')
  expect(names).toContain('links.csv')
  for (const name of names)
    expect(readFileSync(join(out, name)).equals(readFileSync(join(first, name))), name).toBe(true)
})

test('the order of the rows decides nothing', () => {
  const out = join(root, 'run-shuffled')
  run(shuffled, out, 2)
  for (const name of ['people.csv', 'links.csv', 'findings.csv']) {
    const lines = sortedLines(join(first, name))
    expect(lines.length, name).toBeGreaterThan(500)
    expect(sortedLines(join(out, name)), name).toEqual(lines)
  }
})

function run(data: string, out: string, workers: number): void {
  const files = REGISTERS.flatMap((register) => [`--${register.replaceAll('_', '-')}`, join(data, `${register}.csv`)])
  const order = ['--purpose', 'test', '--authorisation', 'test']
  const { status, err } = programIn(root)('run', ...files, ...order, '--out', out, '--workers', `${workers}`, '--quiet')
  expect(status, err).toBe(0)
}

function sortedLines(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').toSorted()
}

/** Fisher–Yates with a fixed sequence: the same shuffle in every run of the test. */
function shuffle(rows: readonly string[]): string[] {
  const result = [...rows]
  let state = 12_345
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    const k = state % (i + 1)
    ;[result[i], result[k]] = [result[k], result[i]]
  }
  return result
}
