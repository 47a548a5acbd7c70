import { describe, expect, test } from 'vitest'
import { formatChecks } from '../../src/commands/doctor.ts'
import { checkFacts, type MachineFacts } from '../../src/commands/doctor/machine-checks.ts'
import { localeOf, machineFacts } from '../../src/commands/doctor/machine-facts.ts'

const GOOD: MachineFacts = {
  nodeVersion: 'v20.19.0',
  memoryTotal: 8e9,
  memoryFree: 4e9,
  diskFree: 50e9,
  volume: { state: 'encrypted', by: 'dm-crypt' },
  unreadable: [],
  locale: 'zh_CN.UTF-8',
  isTerminal: true,
  chineseFonts: 3,
  now: new Date('2027-01-05T08:00:00Z'),
}

/** Names of what is not fine, with how bad it is. */
function told(facts: Partial<MachineFacts>, people = 850_000): string[] {
  return checkFacts({ ...GOOD, ...facts }, people).flatMap(({ name, state, advice }) => {
    expect(advice === undefined).toBe(state === 'fine')
    return state === 'fine' ? [] : [`${name} ${state}`]
  })
}

describe('a machine is told what it lacks, and that only', () => {
  test.each<[string, Partial<MachineFacts>, string[]]>([
    ['nothing', {}, []],
    ['a later Node', { nodeVersion: 'v24.0.1' }, []],
    ['an earlier Node', { nodeVersion: 'v20.18.3' }, ['Node.js failed']],
    ['a much earlier Node', { nodeVersion: 'v9.99.0' }, ['Node.js failed']],
    ['memory for a smaller county', { memoryFree: 600e6 }, ['memory warning']],
    ['memory for none', { memoryFree: 150e6 }, ['memory failed']],
    ['a disk that is nearly full', { diskFree: 300e6 }, ['disk warning']],
    ['a disk that tells nothing', { diskFree: undefined }, ['disk warning']],
    ['no encryption', { volume: { state: 'plain', by: 'ext4' } }, ['encryption at rest warning']],
    ['a Node of few encodings', { unreadable: ['gb18030'] }, ['encodings failed']],
    ['a terminal of ASCII', { locale: 'C' }, ['terminal warning']],
    ['the same, of which nobody reads', { locale: 'C', isTerminal: false }, []],
    ['no Chinese font', { chineseFonts: 0 }, ['Chinese fonts warning']],
    ['a system without a list of fonts', { chineseFonts: undefined }, []],
    ['a clock that was never set', { now: new Date('1970-01-01T00:03:00Z') }, ['clock warning']],
  ])('%s', (_, facts, missing) => {
    expect(told(facts)).toEqual(missing)
  })

  test('memory and disk are asked for the county that is to be run', () => {
    expect(told({ memoryFree: 1.2e9, diskFree: 1e9 })).toEqual([])
    expect(told({ memoryFree: 1.2e9, diskFree: 1e9 }, 1_800_000)).toEqual(['memory warning', 'disk warning'])
  })
})

test('the list ends with whether a run works, and says how many things are missing', () => {
  expect(formatChecks(checkFacts(GOOD, 1000))).toMatch(/可以运行 · a run works on this machine\n$/)
  const bad = formatChecks(checkFacts({ ...GOOD, nodeVersion: 'v18.0.0', unreadable: ['big5'] }, 1000))
  expect(bad).toMatch(/^缺失 FAILED +Node\.js 运行环境 +v18\.0\.0\n {13}请安装 Node\.js 20\.19/)
  expect(bad).toMatch(/2 项缺失，不能运行 · 2 missing: a run would fail\n$/)
})

test('the clock is told as the one on the wall of an office shows it', () => {
  const clock = checkFacts(GOOD, 1000).find(({ name }) => name === 'clock')
  expect(clock?.found).toBe('2027-01-05 16:00 +08:00')
})

test('this machine, on which the tests run, can read all encodings and is new enough', () => {
  const facts = machineFacts('.')
  expect(facts.unreadable).toEqual([])
  expect(facts.memoryFree).toBeGreaterThan(0)
  expect(facts.memoryFree).toBeLessThanOrEqual(facts.memoryTotal)
  expect(checkFacts(facts, 1).find(({ name }) => name === 'Node.js')?.state).toBe('fine')
})

test.each([
  [{ LC_ALL: '', LC_CTYPE: 'zh_CN.GB18030', LANG: 'C' }, 'zh_CN.GB18030'],
  [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'C'],
  [{}, undefined],
])('of %j the first that is set names the character set', (environment, name) => {
  expect(localeOf(environment)).toBe(name)
})
