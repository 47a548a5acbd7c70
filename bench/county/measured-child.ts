/**
 * One contender in a process of its own: what it cost as the operating system counts it.
 *
 * In: arguments for Node. Out: wall seconds, CPU seconds of all its threads, peak resident memory, standard output.
 * The child itself writes process.resourceUsage() when it ends: no tool that a machine may lack is needed.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Measured {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
  readonly output: string
}

const USAGE_AT_EXIT = `import { writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
if (isMainThread) process.on('exit', () => writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage())))`

interface Usage {
  readonly userCPUTime: number
  readonly systemCPUTime: number
  readonly maxRSS: number
}

/** @param exits statuses that count as done */
export function runMeasured(args: readonly string[], exits: readonly number[] = [0]): Measured {
  const folder = mkdtempSync(join(tmpdir(), 'bench-usage-'))
  try {
    const usageFile = join(folder, 'usage.json')
    const preload = `data:text/javascript,${encodeURIComponent(USAGE_AT_EXIT)}`
    const start = performance.now()
    const child = spawnSync(process.execPath, ['--import', preload, ...args], {
      env: { ...process.env, BENCH_USAGE: usageFile },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    const wallSeconds = (performance.now() - start) / 1000
    if (child.status === null || !exits.includes(child.status))
      throw new Error(`${args.slice(0, 3).join(' ')} ended with status ${child.status}:\n${child.stderr.slice(-2000)}`)
    const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as Usage
    return {
      wallSeconds,
      cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
      peakMegabytes: (usage.maxRSS * 1024) / 1e6,
      output: child.stdout,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
