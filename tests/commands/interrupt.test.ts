/** Ctrl-C and SIGTERM while a county is invented or the demo runs: a sentence in both languages, and nothing left. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { PROGRAM, programIn } from '../support/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('bidui-interrupt')

function freshFolder(): string {
  return mkdtempSync(join(home, 'a-'))
}

interface Interrupted {
  readonly status: number | null
  readonly err: string
}

/** Starts bidui in a folder, and sends it the signal as soon as there is what is waited for. */
async function interrupt(
  folder: string,
  args: readonly string[],
  signal: NodeJS.Signals,
  isTime: () => boolean,
): Promise<Interrupted> {
  const child = spawn(PROGRAM[0], [PROGRAM[1], ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  let err = ''
  child.stderr.on('data', (text: Buffer) => (err += text.toString()))
  const watch = setInterval(() => {
    if (!isTime()) return
    clearInterval(watch)
    child.kill(signal)
  }, 5)
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(watch)
  return { status, err }
}

/** Whether something in the folder has a name that begins so. */
const has = (folder: string, beginning: string) => () =>
  existsSync(folder) && readdirSync(folder).some((name) => name.startsWith(beginning))

const LEFT_NOTHING = '已中断，没有留下任何文件 · interrupted: nothing was left behind\n'

/** More people than are invented before the signal comes. */
const PEOPLE = ['--people', '60000']

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s while synth invents a county: %i, and nothing left', async (signal, status) => {
  const folder = freshFolder()
  const { err, ...end } = await interrupt(
    folder,
    ['synth', ...PEOPLE, '--out', 'county'],
    signal,
    has(folder, '.county.writing-'),
  )
  expect(end.status).toBe(status)
  expect(err.endsWith(LEFT_NOTHING)).toBe(true)
  expect(readdirSync(folder)).toEqual([])
})

test('SIGINT while the demo invents its county leaves nothing', async () => {
  const folder = freshFolder()
  const demo = join(folder, 'demo')
  const { status, err } = await interrupt(folder, ['demo', ...PEOPLE], 'SIGINT', has(demo, '.county.writing-'))
  expect(status).toBe(130)
  expect(err.endsWith(LEFT_NOTHING)).toBe(true)
  expect(readdirSync(folder)).toEqual([])
})

test('SIGTERM while the demo runs takes the county away as well, and says so once', async () => {
  const folder = freshFolder()
  const demo = join(folder, 'demo')
  const { status, err } = await interrupt(folder, ['demo', '--people', '20000'], 'SIGTERM', has(demo, '.run.partial-'))
  expect(status).toBe(143)
  expect(err.split('已中断')).toHaveLength(2)
  expect(readdirSync(folder)).toEqual([])
})

test('a folder that was there before the demo stays, as empty as it was', async () => {
  const folder = freshFolder()
  mkdirSync(join(folder, 'mine'))
  const args = ['demo', '--people', '20000', '--out', 'mine']
  const { status } = await interrupt(folder, args, 'SIGINT', has(join(folder, 'mine'), '.run.partial-'))
  expect(status).toBe(130)
  expect(readdirSync(folder)).toEqual(['mine'])
  expect(readdirSync(join(folder, 'mine'))).toEqual([])
})

test('a demo that fails leaves nothing either, so that it can be begun again', () => {
  const folder = freshFolder()
  const { status, err } = programIn(folder)('demo', '--people', '10')
  expect(status).toBe(64)
  expect(err).toContain('E172')
  expect(readdirSync(folder)).toEqual([])
})
