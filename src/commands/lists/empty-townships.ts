/**
 * Townships that `bidui lists` was asked for and has nothing for: a clean township, one whose findings were all left out, or a
 * code that no file of the run knows. Silence would be taken for the first.
 *
 * In:  the run, the codes asked for, what was listed. Out: an error for a code in no file (64, nothing written), else a line each.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { BiduiError, EXIT, nearestWord } from '../../errors.ts'
import type { RunSource } from '../../report/lists/run-source.ts'
import { readRunJson } from '../../report/run-directory/read-run-json.ts'
import type { Summary } from '../../report/summary.ts'

/** Refuses codes that lie in no file of the run; runs of earlier versions do not say where their rows lie. */
export function refuseStrangeTownships(source: RunSource, asked: readonly string[]): void {
  if (asked.length === 0) return
  const inFiles = townshipsInFiles(source.directory)
  if (inFiles === undefined) return
  const known = [...new Set([...inFiles, ...source.townships()])].sort()
  for (const code of asked) {
    if (known.some((township) => liesIn(township, code))) continue
    const near = nearestWord(code.slice(0, 9), known)
    throw new BiduiError(
      'E401',
      EXIT.usage,
      `--township ${code}: 本次运行的文件里没有这个乡镇 · no row of this run lies there.`,
      {
        advice:
          near === undefined
            ? '批次中的乡镇见 summary.json(rows_by_township) · summary.json (rows_by_township) names the townships of the run.'
            : `是否 ${near} · did you mean ${near}?`,
      },
    )
  }
}

/** One line for each township that was asked for and is on no list. */
export function emptyTownships(
  source: RunSource,
  {
    asked,
    listed,
    isChosen,
  }: {
    readonly asked: readonly string[]
    readonly listed: readonly string[]
    /** Levels or kinds were chosen: what was not chosen may be there. */
    readonly isChosen: boolean
  },
): readonly string[] {
  const empty = asked.filter((code) => !listed.some((township) => liesIn(township, code)))
  if (empty.length === 0) return []
  const names = source.townshipNames()
  const known = source.townships()
  return empty.map((code) => {
    const name = names.get(code.slice(0, 9))
    const place = name === undefined ? code : `${code} ${name}`
    const all = [...source.findings({ townships: [code] })]
    if (all.length === 0) {
      const near = known.some((township) => liesIn(township, code)) ? undefined : nearestWord(code, known)
      const hint =
        near === undefined || townshipsInFiles(source.directory) !== undefined
          ? ''
          : ` 是否 ${near} · did you mean ${near}?`
      return `${place}: 本次核对在此没有问题，没有清单 · no finding lies there, no list was written.${hint}`
    }
    const quiet = all.filter(({ severity }) => severity === 'S0').length
    const why = isChosen
      ? '不在所选范围，或已答结、已审结、不得给该单位 · not among what was chosen, or closed, or held back'
      : quiet === all.length
        ? '都是备查（--severity S0 可列出）· all of them information only (--severity S0 lists them)'
        : '备查、已答结、已审结，或不得给该单位 · information only, closed, or held back'
    return `${place}: 没有清单，${all.length} 个问题${why} · no list was written for its ${all.length} findings.`
  })
}

/** Whether a township of nine digits is what a code of 6 to 12 digits means, or part of it. */
function liesIn(township: string, code: string): boolean {
  return township !== '' && township.startsWith(code.slice(0, 9))
}

function townshipsInFiles(directory: string): readonly string[] | undefined {
  const path = join(directory, 'summary.json')
  if (!existsSync(path)) return undefined
  const { rows_by_township: rows } = readRunJson(path) as Partial<Pick<Summary, 'rows_by_township'>>
  if (rows === undefined) return undefined
  return [...new Set(Object.values(rows).flatMap((townships) => Object.keys(townships)))].filter((code) => code !== '')
}
