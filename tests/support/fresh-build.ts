/**
 * What is built from sources, as the sources are now.
 *
 * In:  the sources, the folder of what is built from them, how to build it. Out: nothing but a build where one was needed.
 * The digest of the sources lies beside what was built; a build by somebody else leaves none, and nobody knows of which
 * sources it is.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Build {
  /** Files, and folders with all that is in them. */
  readonly sources: readonly string[]
  /** Folders among the sources that this build does not read. */
  readonly without?: readonly string[]
  /** A file that only a build leaves. */
  readonly built: string
  /** Where the digest is kept. */
  readonly stamp: string
  /** Builds. May empty the folder of the stamp. */
  readonly build: () => void | Promise<void>
}

/** Builds if the sources are not those of the build that lies there, or none does. */
export async function buildIfChanged({ sources, without = [], built, stamp, build }: Build): Promise<void> {
  const digest = digestOf(sources.flatMap((source) => filesOf(source, without)))
  if (existsSync(built) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return
  await build()
  writeFileSync(stamp, digest)
}

function filesOf(source: string, without: readonly string[]): readonly string[] {
  if (without.includes(source)) return []
  if (statSync(source).isFile()) return [source]
  return readdirSync(source)
    .sort()
    .flatMap((name) => filesOf(join(source, name), without))
}

function digestOf(paths: readonly string[]): string {
  const digest = createHash('sha256')
  for (const path of paths) digest.update(`${path}\n`).update(readFileSync(path)).update('\n')
  return digest.digest('hex')
}
