/**
 * What this machine says of itself, for `bidui doctor`: facts are read, nothing is judged (machine-checks.ts does).
 *
 * In: the directory in which runs are to be written. Out: MachineFacts. Reads; writes nothing.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statfsSync } from 'node:fs'
import { freemem, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { volumeEncryption } from '../../store/volume-encryption.ts'
import type { MachineFacts } from './machine-checks.ts'

/** Bytes of one character in each encoding that registers come in; of GB18030 one of four bytes, which small builds lack. */
const SAMPLES: readonly (readonly [encoding: string, bytes: readonly number[], text: string])[] = [
  ['utf-8', [0xe6, 0xaf, 0x94], '比'],
  ['utf-16le', [0xd4, 0x6b], '比'],
  ['gb18030', [0x95, 0x32, 0x82, 0x36], '𠀀'],
  ['big5', [0xa4, 0xf1], '比'],
]

export function machineFacts(directory: string): MachineFacts {
  return {
    nodeVersion: process.version,
    memoryTotal: Math.min(totalmem(), memoryLimit() ?? Number.POSITIVE_INFINITY),
    memoryFree: memoryFree(),
    diskFree: diskFree(existingPlace(directory)),
    volume: volumeEncryption(directory),
    unreadable: SAMPLES.filter((sample) => !canRead(...sample)).map(([encoding]) => encoding),
    locale: localeOf(process.env),
    isTerminal: process.stdout.isTTY,
    chineseFonts: chineseFonts(),
    now: new Date(),
  }
}

/** The nearest folder above that is there: a run makes the rest. */
export function existingPlace(path: string): string {
  let place = resolve(path)
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place)
  return place
}

/** The first that is set decides, as everywhere (POSIX, 8.2). */
export function localeOf(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  return [environment.LC_ALL, environment.LC_CTYPE, environment.LANG].find((name) => name !== undefined && name !== '')
}

/** Linux counts what caches give back as well; elsewhere what nobody has taken. */
function memoryFree(): number {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(readIfThere('/proc/meminfo') ?? '')?.[1]
  const free = available === undefined ? freemem() : Number(available) * 1024
  const limit = memoryLimit()
  return limit === undefined ? free : Math.min(free, Math.max(0, limit - process.memoryUsage().rss))
}

/** The limit of a container or service; undefined where there is none. */
function memoryLimit(): number | undefined {
  const limit = process.constrainedMemory()
  return limit > 0 && limit < totalmem() ? limit : undefined
}

function diskFree(place: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(place)
    return bavail * bsize
  } catch {
    return undefined
  }
}

function canRead(encoding: string, bytes: readonly number[], text: string): boolean {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(Uint8Array.from(bytes)) === text
  } catch {
    return false
  }
}

function chineseFonts(): number | undefined {
  const listed = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8', timeout: 10_000 })
  return listed.error === undefined && listed.status === 0
    ? listed.stdout.split('\n').filter((line) => line.trim() !== '').length
    : undefined
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
