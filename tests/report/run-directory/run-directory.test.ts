import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BiduiError, EXIT } from '../../../src/errors.ts'
import { cannotWrite, RunDirectory } from '../../../src/report/run-directory/run-directory.ts'
import { builtModule } from '../../support/program.ts'
import { freshFolder } from '../small-run.ts'

function refusal(act: () => unknown): BiduiError {
  try {
    act()
  } catch (error) {
    if (error instanceof BiduiError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

test('nothing stands under its name until the run is committed, then everything does', () => {
  const parent = freshFolder()
  const out = join(parent, 'deep', 'run')
  const directory = RunDirectory.create(out)
  writeFileSync(directory.file('people.csv'), 'x')
  expect(existsSync(out)).toBe(false)
  expect(statSync(directory.path).mode & 0o777).toBe(0o700)
  directory.commit()
  expect(readFileSync(join(out, 'people.csv'), 'utf8')).toBe('x')
  expect(readdirSync(join(parent, 'deep'))).toEqual(['run'])
})

test('an empty directory is taken, one with something in it is refused with what to do', () => {
  const parent = freshFolder()
  const out = join(parent, 'run')
  mkdirSync(out)
  const directory = RunDirectory.create(out)
  writeFileSync(directory.file('a'), '')
  directory.commit()
  const error = refusal(() => RunDirectory.create(out))
  expect(error.exitStatus).toBe(EXIT.cannotCreate)
  expect(error.message).toContain('not empty')
  expect(error.message).toContain('new directory')
  expect(readdirSync(out)).toEqual(['a'])
})

test('a file under the name is refused', () => {
  const out = join(freshFolder(), 'run')
  writeFileSync(out, 'mine')
  expect(refusal(() => RunDirectory.create(out)).exitStatus).toBe(EXIT.cannotCreate)
  expect(readFileSync(out, 'utf8')).toBe('mine')
})

test('an aborted run leaves nothing', () => {
  const parent = freshFolder()
  const directory = RunDirectory.create(join(parent, 'run'))
  writeFileSync(directory.file('people.csv'), 'half')
  directory.abort()
  directory.abort()
  expect(readdirSync(parent)).toEqual([])
})

test('a second run is refused while the first holds the lock, and told who holds it', () => {
  const out = join(freshFolder(), 'run')
  const directory = RunDirectory.create(out)
  const error = refusal(() => RunDirectory.create(out))
  expect(error.exitStatus).toBe(EXIT.locked)
  expect(error.message).toContain(String(process.pid))
  expect(error.message).toContain(hostname())
  directory.abort()
  RunDirectory.create(out).abort()
})

test('the lock of another host is never taken over', () => {
  const parent = freshFolder()
  writeFileSync(
    join(parent, '.run.lock'),
    JSON.stringify({ host: 'elsewhere', pid: 999_999_999, procStart: '', bootId: '' }),
  )
  const error = refusal(() => RunDirectory.create(join(parent, 'run')))
  expect(error.exitStatus).toBe(EXIT.locked)
  expect(error.message).toContain('elsewhere')
})

test('the lock of a process number that was given to a new process is taken over', () => {
  const parent = freshFolder()
  const stale = { host: hostname(), pid: process.pid, procStart: '1', bootId: '' }
  writeFileSync(join(parent, '.run.lock'), JSON.stringify(stale))
  RunDirectory.create(join(parent, 'run')).abort()
  expect(readdirSync(parent)).toEqual([])
})

test('what runs left that died while they took the lock is removed; what a living process is about to link is not', () => {
  const parent = freshFolder()
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  const alive = `.run.lock.${process.ppid}`
  for (const name of [`.run.lock.${dead}`, `.run.lock.stale-${dead}`, alive, '.run.lock.notes'])
    writeFileSync(join(parent, name), '{}')
  RunDirectory.create(join(parent, 'run')).abort()
  expect(readdirSync(parent).sort()).toEqual([alive, '.run.lock.notes'].sort())
})

test('a full disk is exit 74 with what to do; a bug stays a bug', () => {
  const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' })
  const error = cannotWrite('run', full)
  expect(error).toBeInstanceOf(BiduiError)
  expect((error as BiduiError).exitStatus).toBe(EXIT.io)
  const bug = new TypeError('x is undefined')
  expect(cannotWrite('run', bug)).toBe(bug)
})

const CHILD = `
import { writeFileSync } from 'node:fs'
import { RunDirectory } from ${builtModule('report/run-directory/run-directory')}
const directory = RunDirectory.create(process.argv[1])
writeFileSync(directory.file('people.csv'), 'half')
process.stdout.write('ready')
setInterval(() => {}, 1000)
`

async function killInTheMiddle(out: string, signal: NodeJS.Signals): Promise<number | null> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD, out], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((done) => child.stdout.once('data', done))
  child.kill(signal)
  return await new Promise((done) => child.once('exit', (code) => done(code)))
}

test('a run that is interrupted cleans up and says so by its exit status', async () => {
  const parent = freshFolder()
  expect(await killInTheMiddle(join(parent, 'run'), 'SIGINT')).toBe(130)
  expect(readdirSync(parent)).toEqual([])
  expect(await killInTheMiddle(join(parent, 'run'), 'SIGTERM')).toBe(143)
  expect(readdirSync(parent)).toEqual([])
})

test('a run that is killed leaves no result, and the next run clears what it left', async () => {
  const parent = freshFolder()
  const out = join(parent, 'run')
  expect(await killInTheMiddle(out, 'SIGKILL')).toBe(null)
  expect(existsSync(out)).toBe(false)
  expect(readdirSync(parent).length).toBe(2)
  const directory = RunDirectory.create(out)
  writeFileSync(directory.file('people.csv'), 'whole')
  directory.commit()
  expect(readdirSync(parent)).toEqual(['run'])
  expect(readFileSync(join(out, 'people.csv'), 'utf8')).toBe('whole')
})

test('of several runs that begin at once one gets the directory', () => {
  const parent = freshFolder()
  const out = join(parent, 'run')
  const held = RunDirectory.create(out)
  const refused = spawnSync(process.execPath, ['--input-type=module', '-e', CHILD, out], {
    // One that is let in never ends.
    timeout: 60_000,
    encoding: 'utf8',
  })
  expect(refused.status).not.toBe(0)
  expect(refused.stderr).toContain('E404')
  held.abort()
})
