/** Files written beside their place: those of dead processes go, those of living ones stay, a stop cleans up and says so. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openListKey } from '../../../src/report/lists/check-value.ts'
import { StagedDirectory } from '../../../src/report/lists/write-lists.ts'
import { onInterrupt, stagedBeside, writeWhole } from '../../../src/report/run-directory/staging.ts'
import { builtModule, outcomeOf } from '../../support/program.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const home = temporaryFolder('bidui-staging')

test('what a killed process left is removed by the next that writes there; other files are not touched', () => {
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  const folder = join(home, 'a')
  mkdirSync(join(folder, `.lists.writing-${dead}`), { recursive: true })
  writeFileSync(join(folder, `.lists.writing-${dead}`, '513027100_问题清单.xlsx'), 'x')
  writeFileSync(join(folder, `.lists.writing-${process.ppid}`), 'of a living process')
  writeFileSync(join(folder, '.lists.writing-notes'), 'not ours')
  const staged = new StagedDirectory(join(folder, 'lists'))
  expect(readdirSync(folder).sort()).toEqual(
    [`.lists.writing-${process.pid}`, `.lists.writing-${process.ppid}`, '.lists.writing-notes'].sort(),
  )
  staged.write('one.csv', '1')
  staged.publish()
  expect(readdirSync(join(folder, 'lists'))).toEqual(['one.csv'])
  expect(existsSync(stagedBeside(join(folder, 'lists')))).toBe(false)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s while lists are written: %i, a sentence, and nothing left', async (signal, status) => {
  const folder = join(home, signal)
  mkdirSync(folder)
  const script = `
    const { StagedDirectory } = await import(${builtModule('report/lists/write-lists')})
    new StagedDirectory(${JSON.stringify(join(folder, 'lists'))}).write('half.csv', 'x')
    process.stdout.write('written')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  expect(readdirSync(folder)).toHaveLength(1)
  const left = await new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill(signal)
  })
  expect(left).toBe(status)
  expect(said).toContain('已中断')
  expect(readdirSync(folder)).toEqual([])
})

test('however much is under way, a signal is heard once, and not at all when all is done', () => {
  const heard = () => ['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal))
  const before = heard()
  const [endOne, endOther] = [onInterrupt(() => undefined), onInterrupt(() => undefined)]
  expect(heard()).toEqual(before.map((count) => count + 1))
  endOne()
  expect(heard()).toEqual(before.map((count) => count + 1))
  endOther()
  expect(heard()).toEqual(before)
})

test('a file that finds no room leaves nothing under its name, and what stood there stays', () => {
  const path = join(home, 'page.html')
  writeWhole(path, 'old')
  // Who may write 1 kB and no more: the system takes the first part of what is longer.
  const write = `
    process.on('SIGXFSZ', () => {})
    const { writeWhole } = await import(${builtModule('report/run-directory/staging')})
    try { writeWhole(${JSON.stringify(path)}, 'x'.repeat(1500)) } catch (error) { console.log(error.code) }`
  const limited = `ulimit -f 1; exec "$0" --input-type=module -e '${write.replaceAll("'", `'"'"'`)}'`
  expect(outcomeOf('bash', ['-c', limited, process.execPath]).out).toContain('EFBIG')
  expect(readFileSync(path, 'utf8')).toBe('old')
  expect(readdirSync(home).filter((name) => name.includes('page'))).toEqual(['page.html'])
})

test('a list key has its name only when it is whole, and is made once', () => {
  const path = join(home, 'list.key')
  const key = openListKey(path, 'send')
  expect(openListKey(path, 'take-back')).toEqual(key)
  expect(readdirSync(home).filter((name) => name.startsWith('.list.key'))).toEqual([])
})
