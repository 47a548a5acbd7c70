/**
 * The page as its sources are now: built anew whenever they differ from those of the build that lies there.
 *
 * In:  the sources of the page. Out: the folder of the built page. The product ships a built page and never looks; only
 *      tests and bench would else look at yesterday's. Vitest calls this once before all tests, so that no two workers
 *      build at the same time.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SOURCE = fileURLToPath(new URL('../../src/review/page', import.meta.url))
const BUILT = fileURLToPath(new URL('../../dist/review/page', import.meta.url))

export interface PageFolders {
  readonly source: string
  readonly built: string
}

/** Builds if need be. The digest of the sources lies in the built folder, which every build empties first. */
export async function ensureBuiltPage(
  { source, built }: PageFolders = { source: SOURCE, built: BUILT },
  build: () => Promise<void> = buildPage,
): Promise<string> {
  const stamp = join(built, '.sources')
  const digest = digestOf(source)
  if (existsSync(join(built, 'index.html')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return built
  await build()
  writeFileSync(stamp, digest)
  return built
}

async function buildPage(): Promise<void> {
  const { build } = await import('vite')
  await build({ configFile: join(SOURCE, 'vite.config.ts'), root: SOURCE, logLevel: 'error' })
}

function digestOf(folder: string): string {
  const digest = createHash('sha256')
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const path of paths) digest.update(`${path.slice(folder.length)}\n`).update(readFileSync(path))
  return digest.digest('hex')
}

/** What vitest calls (globalSetup). */
export async function setup(): Promise<void> {
  await ensureBuiltPage()
}
