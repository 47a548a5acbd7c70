/**
 * Whether what is linked again today is what the run wrote: `explain` and `person` link the registers once more, with today's program
 * and with decisions that people may have added since.
 *
 * In:  the run directory, rows and findings as they are today. Out: words for stderr, '' where both agree. Reads people.csv and
 *      findings.csv as bytes: of a county a tenth of a second.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeCsv } from '../../report/lists/csv.ts'
import { type Manifest, toolVersion } from '../../report/run-directory/manifest.ts'

/** `register:record_id` of every row that is one person with this one in the run; undefined if the run has no such row. */
export function personOfRun(directory: string, key: string): readonly string[] | undefined {
  const bytes = fileOf(directory, 'people.csv')
  if (bytes === undefined) return undefined
  const colon = key.indexOf(':')
  const at = bytes.indexOf(`,${key.slice(0, colon)},${cellOf(key.slice(colon + 1))}\n`)
  if (at < 0) return undefined
  const id = bytes.subarray(bytes.lastIndexOf(10, at) + 1, at)
  // The rows of a person stand one below the other.
  const lines: string[] = []
  const prefix = Buffer.concat([Buffer.from('\n'), id, Buffer.from(',')])
  for (let from = bytes.indexOf(prefix); from >= 0; from = bytes.indexOf(prefix, from + 1)) {
    const end = bytes.indexOf(10, from + 1)
    lines.push(bytes.toString('utf8', from + 1, end < 0 ? bytes.length : end))
    if (lines.length > 1 && end >= 0 && !startsWith(bytes, end, prefix)) break
  }
  return decodeCsv(Buffer.from(`${lines.join('\n')}\n`)).map(([, register, record]) => `${register}:${record}`)
}

/** Findings of the run that name one of these records: their ids. */
export function findingsOfRun(directory: string, keys: readonly string[]): readonly string[] | undefined {
  const bytes = fileOf(directory, 'findings.csv')
  if (bytes === undefined) return undefined
  const ids = new Set<string>()
  for (const key of keys) {
    const needle = Buffer.from(key.replaceAll('"', '""'))
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length))
      if (isBorder(bytes[at - 1]) && isBorder(bytes[at + needle.length])) {
        const line = bytes.lastIndexOf(10, at) + 1
        ids.add(bytes.toString('latin1', line, bytes.indexOf(0x2c, line)))
      }
  }
  return [...ids]
}

export interface Today {
  /** Keys of the rows of one person, today. */
  readonly rows: readonly string[]
  /** Ids of the findings that name one of them; absent where findings were not looked for. */
  readonly findings?: readonly string[]
}

/** What a person must know who reads today's answer beside the run's files. */
export function differenceFromRun(directory: string, { versions }: Pick<Manifest, 'versions'>, today: Today): string {
  const then = personOfRun(directory, today.rows[0] ?? ':')
  const now = toolVersion()
  const told: string[] = []
  if (versions?.bidui !== now)
    told.push(
      `该结果由 bidui ${versions?.bidui ?? '?'} 写成，现在按 ${now} 重算 · the run was made by bidui ${versions?.bidui ?? '?'}, linked again by ${now}`,
    )
  if (then !== undefined && !isSameSet(then, today.rows))
    told.push(
      `结果目录中同一人的记录是 ${then.join(' ')}，今天重算为 ${today.rows.join(' ')} · one person in the run: ${then.join(' ')}; linked again today: ${today.rows.join(' ')}`,
    )
  else if (today.findings !== undefined) {
    const found = findingsOfRun(directory, today.rows)
    if (found !== undefined && !isSameSet(found, today.findings))
      told.push(
        `此人的问题：结果目录中 ${found.length} 条，今天重算 ${today.findings.length} 条，并不相同 · this person's findings are not those of the run: ${found.length} there, ${today.findings.length} today`,
      )
  }
  if (told.length === 0) return ''
  return `[E156] ${told.join('; ')}. 此后的裁决或程序的改动会改变结果，要一致请重新运行 · decisions made since the run, or another program, change what is linked: run again for files that agree.\n`
}

function fileOf(directory: string, name: string): Buffer | undefined {
  const path = join(directory, name)
  return existsSync(path) ? readFileSync(path) : undefined
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  const set = new Set(a)
  return set.size === new Set(b).size && b.every((value) => set.has(value))
}

function startsWith(bytes: Buffer, at: number, prefix: Buffer): boolean {
  return bytes.subarray(at, at + prefix.length).equals(prefix)
}

/** A record id as people.csv has it. */
function cellOf(id: string): string {
  return /[",\r\n]/.test(id) ? `"${id.replaceAll('"', '""')}"` : id
}

/** What stands beside a key in a cell of keys: a comma, a semicolon, a quote. */
function isBorder(byte: number | undefined): boolean {
  return byte === 0x2c || byte === 0x3b || byte === 0x22 || byte === undefined
}
