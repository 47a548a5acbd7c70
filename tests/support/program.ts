/** Starting the built program (built-program.ts), and modules of it, in a process of their own. */
import { spawnSync, type SpawnSyncOptions } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Node and the program: what stands before the command's name. */
export const PROGRAM: readonly [node: string, cli: string] = [
  process.execPath,
  fileURLToPath(new URL('../../dist/cli.js', import.meta.url)),
]

export interface Outcome {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** `bidui`, as typed in that folder. */
export const programIn =
  (folder: string) =>
  (...args: readonly string[]): Outcome =>
    outcomeOf(PROGRAM[0], [PROGRAM[1], ...args], { cwd: folder })

/** Starts a program and waits for its end. */
export function outcomeOf(file: string, args: readonly string[], options: SpawnSyncOptions = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(file, args, { ...options, encoding: 'utf8' })
  return { status, out: stdout, err: stderr }
}

/** What `import` in a script for `node -e` is given for a module of src, named without its ending. */
export const builtModule = (name: string): string =>
  JSON.stringify(new URL(`../../dist/modules/${name}.js`, import.meta.url).href)
