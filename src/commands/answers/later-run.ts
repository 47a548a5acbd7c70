/**
 * The newest run that was made after this one: what is imported here by now does not reach it by itself.
 *
 * In:  a run directory. Out: the run at the end of the nights that followed it, as its manifest and those beside it tell.
 */
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { foldersWith } from '../../near-path.ts'
import { readRunJson } from '../../report/run-directory/read-run-json.ts'
import type { Manifest } from '../../report/run-directory/manifest.ts'

export function laterRun(directory: string): string | undefined {
  const here = realpathSync(directory)
  const followers = followersBeside(dirname(here))
  let name = basename(here)
  // No night follows itself; a manifest that was copied about may say so.
  const seen = new Set([name])
  for (;;) {
    const next = followers.get(name)
    if (next === undefined || seen.has(next)) break
    seen.add(next)
    name = next
  }
  return name === basename(here) ? undefined : join(dirname(here), name)
}

/** Name of a run → name of the run that took it for the night before; of several the one that was finished last. */
function followersBeside(folder: string): ReadonlyMap<string, string> {
  const made = foldersWith(folder, 'manifest.json')
    .flatMap((run) => {
      const { previous, times } = manifestOf(run) ?? {}
      const isRun = existsSync(join(run, 'run.sqlite')) && basename(realpathSync(run)) === basename(run)
      return isRun && previous?.run !== undefined
        ? [{ run: basename(run), previous: previous.run, finished: times?.finished_at ?? '' }]
        : []
    })
    .sort((a, b) => (a.finished < b.finished ? -1 : 1))
  return new Map(made.map(({ run, previous }) => [previous, run]))
}

/** A manifest that somebody else's program wrote, or that was cut short, says nothing. */
function manifestOf(run: string): Partial<Manifest> | undefined {
  try {
    return (readRunJson(join(run, 'manifest.json')) as Partial<Manifest> | null) ?? undefined
  } catch {
    return undefined
  }
}
