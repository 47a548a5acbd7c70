/**
 * One temporary directory for a whole run of the tests, removed after it: also after tests that failed.
 *
 * Tests and the programs they start make their folders in os.tmpdir(); this says where that is, before any test process begins.
 * What a run that was killed left behind is removed by the next one.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Followed by the id of the process that runs the tests. */
export const PREFIX = 'bidui-tests-'

export default function setup(): () => void {
  const system = tmpdir()
  removeAbandoned(system)
  const home = join(system, `${PREFIX}${process.pid}`)
  mkdirSync(home, { recursive: true })
  process.env.TMPDIR = home
  return () => {
    process.env.TMPDIR = system
    rmSync(home, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Removes the homes of test runs whose process is gone. */
export function removeAbandoned(system: string): void {
  for (const name of readdirSync(system)) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN
    if (Number.isInteger(pid) && !isRunning(pid)) rmSync(join(system, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: somebody else's process.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
