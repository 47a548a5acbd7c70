/**
 * The page as its sources are now: built anew whenever they differ from those of the build that lies there.
 *
 * In:  the sources of the page. Out: the folder of the built page. The product ships a built page and never looks; only
 *      tests and bench would else look at yesterday's. Vitest calls this once before all tests, so that no two workers
 *      build at the same time.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfChanged } from './fresh-build.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SOURCE = fileURLToPath(new URL('../../src/review/page', import.meta.url))
const BUILT = fileURLToPath(new URL('../../dist/review/page', import.meta.url))

export interface PageFolders {
  readonly source: string
  readonly built: string
}

/** Builds if need be. */
export async function ensureBuiltPage(
  { source, built }: PageFolders = { source: SOURCE, built: BUILT },
  build: () => void | Promise<void> = buildPage,
): Promise<string> {
  await buildIfChanged({
    sources: [source],
    built: join(built, 'index.html'),
    stamp: join(built, '.shipped-from'),
    build,
  })
  return built
}

/** As it is shipped: in a process of its own, because Vite makes a page for development where NODE_ENV says `test`. */
function buildPage(): void {
  const env = { ...process.env, NODE_ENV: 'production' }
  execFileSync('npm', ['run', '--silent', 'build:page'], { cwd: ROOT, env, stdio: 'inherit' })
}

/** What vitest calls (globalSetup). */
export async function setup(): Promise<void> {
  await ensureBuiltPage()
}
