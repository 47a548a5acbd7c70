/** What the program refuses at the terminal: a clear error, the exit status of the contract, nothing written. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { synthesizeCounty } from '../../src/synth/index.ts'
import { programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-refusals')
const bidui = programIn(home)
const county = join(home, 'county')
const registers = ['--police', join(county, 'police.csv'), '--census', join(county, 'census.csv')]

beforeAll(() => synthesizeCounty({ people: 500, seed: 'cli', out: county }))

describe('usage errors leave with 64 and name the near word', () => {
  test.each([
    ['no command', [], /Usage 用法: bidui/],
    ['a misspelt command', ['rnu'], /Did you mean run\?/],
    ['a misspelt option', ['run', '--polcie', 'x.csv'], /Did you mean --police\?/],
    ['an option without its value', ['run', '--police'], /argument missing/],
    [
      'a number that is none',
      ['run', ...registers, '--workers', 'many', '--out', 'none'],
      /many: 取值无效 · is invalid/,
    ],
    ['help for a misspelt command', ['help', 'rnu'], /Did you mean run\?/],
    ['a missing argument of a subcommand', ['answers', 'import'], /missing required argument/],
  ])('%s', (_, args, says) => {
    const { status, err } = bidui(...args)
    expect(status).toBe(64)
    expect(err).toMatch(says)
  })

  test('a finding that there is none of, and one record named twice', () => {
    expect(bidui('lists', 'run1', '--out', 'x', '--codes', 'missing-everywere')).toMatchObject({ status: 64 })
    expect(bidui('explain', 'run1', 'census:1', 'census:1').err).toContain('the same record twice')
  })

  test('asking for help is none', () => {
    expect(bidui('run', '--help').status).toBe(0)
    expect(bidui('--version').status).toBe(0)
  })
})

test('the machine is looked at, tried with an invented county, and left as it was', () => {
  const before = readdirSync(home).sort()
  const { status, out } = bidui('doctor', '--people', '1000', '--json')
  expect(status).toBe(0)
  const checks = JSON.parse(out) as { readonly name: string; readonly state: string; readonly found: string }[]
  expect(checks.find(({ name }) => name === 'trial run')).toMatchObject({ state: 'fine' })
  expect(readdirSync(home).sort()).toEqual(before)
  const below = bidui('doctor', '--out', registers[1])
  expect(below.status).toBe(78)
  expect(below.out).toContain('缺失 FAILED  folder 目录')
})

describe('what is refused', () => {
  test.each([
    ['no register', ['run', '--out', 'x'], 64, 'E401'],
    ['a path that is empty', ['run', '--police', '', '--out', 'x'], 64, '--police: 路径是空的'],
    ['an output that is empty', ['run', ...registers, '--out', ''], 64, '--out: 路径是空的'],
    ['an output below a file', ['run', ...registers, '--out', join(registers[1], 'x')], 73, 'E408'],
    ['an encoding that is none', ['run', ...registers, '--encoding', 'latin1', '--out', 'x'], 64, 'E401'],
    ['a register for a job file', ['run', registers[1]], 78, '--police'],
    ['a run held against itself', ['compare', 'county', './county'], 64, 'the same run twice'],
    [
      'a file whose name is mistyped',
      ['run', '--police', 'county/police.cvs', '--out', 'x'],
      66,
      'did you mean county/police.csv?',
    ],
    [
      'decisions under a mistyped name',
      ['run', ...registers, '--decisions', 'county/police.cvs', '--out', 'x'],
      66,
      'did you mean county/police.csv?',
    ],
    [
      'last night under a mistyped name',
      ['run', ...registers, '--previous', 'countyy', '--out', 'x'],
      66,
      'did you mean county?',
    ],
    ['no folder of decisions', ['audit', 'verify', 'decisons'], 66, 'decisons'],
    ['less than no errors', ['evaluate', 'run1', '--truth', 'people.csv', '--errors', '-1'], 64, '--errors -1'],
    ['a missing file', ['run', '--police', 'gone.csv', '--out', 'x'], 66, 'E101'],
    ['an area of five digits', ['run', ...registers, '--area', '51302', '--out', 'x'], 64, 'E401'],
    ['an impossible date', ['run', ...registers, '--reference-date', '2020-02-30', '--out', 'x'], 64, 'E401'],
    ['a directory that is not empty', ['run', ...registers, '--out', 'county'], 73, 'county'],
    ['an invented county over real registers', ['synth', '--people', '500', '--out', 'county'], 73, 'E408'],
    ['a demonstration over real registers', ['demo', '--people', '500', '--out', 'county'], 73, 'E408'],
    ['a role of nobody', ['review', 'run1', '--role', 'lead'], 64, '--role: 缺少 --user'],
    ['a role that is none', ['review', 'run1', '--user', 'zhang', '--role', 'boss'], 64, '--role boss'],
    [
      'an as-of register that does not exist',
      ['run', ...registers, '--as-of', 'polise=2020-11-20', '--out', 'x'],
      64,
      'police',
    ],
  ])('%s: a clear error, the exit status of the contract, nothing written', (_, args, exit, words) => {
    const { status, err } = bidui(...args)
    expect(err).toContain(words)
    expect(status).toBe(exit)
    expect(existsSync(join(home, 'x'))).toBe(false)
  })

  test('an unknown setting of a job file, with the near word', () => {
    writeFileSync(join(home, 'bad.yaml'), 'polcie: a.csv\n')
    const { status, err } = bidui('run', 'bad.yaml')
    expect(status).toBe(78)
    expect(err).toContain('did you mean police?')
  })
})
