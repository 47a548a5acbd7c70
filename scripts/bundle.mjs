/**
 * Bundles the compiled program (dist/modules) into the files that are started. Run by `npm run build:program` after the constants.
 *
 * Node reads some 400 modules of ours and of the packages for a run, and each worker thread most of them again: a third of the time
 * of a run over a few rows (bench/README.md). Bundled they are some 40 files.
 *
 *   dist/cli.js, dist/index.js     what is started, what is imported
 *   dist/bundle/entry.js, jobs/    what worker threads load (src/workers)
 *   dist/bundle/*                  what those share
 */
import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const DIST = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist')
const MODULES = join(DIST, 'modules')
const JOBS = join(MODULES, 'workers', 'jobs')

/** Read by path at run time: a compiled library, and a worker of its own. */
const LEFT_OUT = ['better-sqlite3', 'piscina']

const jobs = readdirSync(JOBS).filter((name) => name.endsWith('.js'))
const input = {
  cli: join(MODULES, 'cli.js'),
  index: join(MODULES, 'index.js'),
  // As pool.ts and entry.ts name them, from the folder where their own code lies.
  'bundle/entry': join(MODULES, 'workers', 'entry.js'),
  ...Object.fromEntries(jobs.map((name) => [`bundle/jobs/${basename(name, '.js')}`, join(JOBS, name)])),
}

rmSync(join(DIST, 'bundle'), { recursive: true, force: true })
const build = await rolldown({ input, platform: 'node', external: LEFT_OUT, logLevel: 'warn' })
await build.write({
  dir: DIST,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'bundle/[name]-[hash].js',
  // Names of functions are read in profiles and in what an unforeseen error tells.
  minify: false,
})
await build.close()
