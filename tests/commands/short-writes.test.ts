/** Commands that write one file on a disk with room for a part of it: 74, and nothing under the name that is not whole. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { outcomeOf, PROGRAM } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-short')
const order = ['--purpose', '普查核查', '--authorisation', '2020-1']

beforeAll(async () => {
  await synthesizeCounty({ people: 600, seed: 'short', out: join(home, 'county') })
  const made = bidui('run', '--police', 'county/police.csv', '--census', 'county/census.csv', '--out', 'run', '--quiet')
  expect(made.status).toBe(0)
  const [header, ...rows] = readFileSync(join(home, 'county/census.csv'), 'utf8').split('\n')
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(home, name), `${[header, ...lines].join('\n')}\n`)
  write('left.csv', rows.slice(0, 100))
  write('right.csv', rows.slice(30, 130))
  write('other.csv', rows.slice(0, rows.length / 2))
  writeFileSync(join(home, 'guess.yaml'), bidui('propose-spec', 'left.csv', 'right.csv').out)
  writeFileSync(join(home, 'guess1.yaml'), bidui('propose-spec', 'left.csv').out)
}, 120_000)
function bidui(...args: string[]) {
  return start('exec "$0" "$@"', args)
}

/** As on a disk with room for one kilobyte more in each file: the system takes the first part of what is longer. */
function withoutRoom(...args: string[]) {
  return start(`trap '' XFSZ; ulimit -f 1; exec "$0" "$@"`, args)
}

function start(script: string, args: readonly string[]) {
  return outcomeOf('bash', ['-c', script, ...PROGRAM, ...args], { cwd: home })
}

test('a run ends with 74 and the words, and leaves no directory', { timeout: 120_000 }, () => {
  const args = ['run', '--police', 'county/police.csv', '--census', 'county/census.csv', '--out', 'short', '--quiet']
  const before = readdirSync(home).sort()
  expect(withoutRoom(...args, '--workers', '2')).toMatchObject({
    status: 74,
    err: expect.stringContaining('[E409]') as string,
  })
  expect(readdirSync(home).sort()).toEqual(before)
})

test('an invented county is one or none', { timeout: 120_000 }, () => {
  const before = readdirSync(home).sort()
  expect(withoutRoom('synth', '--people', '500', '--out', 'invented')).toMatchObject({
    status: 74,
    err: expect.stringContaining('[E409]') as string,
  })
  expect(readdirSync(home).sort()).toEqual(before)
})

test.each<[string, readonly string[], string]>([
  ['the report', ['report', 'run', '--out', 'made/page.html', ...order], 'page.html'],
  [
    'lists of the same households',
    ['diff-households', 'county/census.csv', 'other.csv', '--out', 'made/diff.csv', ...order],
    'diff.csv',
  ],
  ['the lists', ['lists', 'run', '--out', 'made/lists', ...order], 'lists'],
  ['links of two tables', ['link', 'left.csv', 'right.csv', '--spec', 'guess.yaml', '--out', 'made/linked'], 'linked'],
  ['a table without doubles', ['dedupe', 'left.csv', '--spec', 'guess1.yaml', '--out', 'made/single'], 'single'],
  ['the model', ['model', 'run', '--save', 'made/model.json'], 'model.json'],
  ['the audit of the forms', ['audit-forms', 'run', '--out', 'made/forms.csv', ...order], 'forms.csv'],
])('%s', { timeout: 120_000 }, (_, args, name) => {
  const folder = join(home, 'made')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const short = withoutRoom(...args)
  // Told by the system as a file too large, not as a full disk: E409 beside E403.
  expect([short.status, short.err]).toEqual([74, expect.stringContaining('[E409]')])
  expect(readdirSync(folder)).toEqual([])
  // The next try, with room, is not refused for what the first left.
  expect(bidui(...args)).toMatchObject({ status: 0 })
  expect(readdirSync(folder)).toEqual([name])
})

test('one list given as both is no comparison', () => {
  const { status, err } = bidui('diff-households', 'county/census.csv', './county/census.csv')
  expect(status).toBe(64)
  expect(err).toContain('the same file twice')
})
