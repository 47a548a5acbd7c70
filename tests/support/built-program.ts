/**
 * The program as it is shipped, compiled anew whenever its sources differ from those of the build that lies there.
 *
 * Tests that start `bidui` as somebody at a terminal does start this: what leaves the house is what is tested, and a
 * process of plain JavaScript costs half of one that compiles its sources first, in every worker thread again.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { buildIfChanged } from './fresh-build.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** What `npm run build:program` does with what the compiler wrote, in this order. */
const FINISHING = ['scripts/inline-constants.mjs', 'scripts/bundle.mjs']

async function ensureBuiltProgram(): Promise<void> {
  await buildIfChanged({
    sources: ['src', 'tsconfig.json', 'tsconfig.build.json', ...FINISHING].map((path) => join(ROOT, path)),
    without: [join(ROOT, 'src/review/page')],
    built: join(ROOT, 'dist/cli.js'),
    stamp: join(ROOT, 'dist/.sources'),
    // An error of types is told and no reason to wait with the tests: the compiler writes the program all the same.
    build: () => {
      spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], { cwd: ROOT, stdio: 'inherit' })
      for (const script of FINISHING)
        execFileSync(process.execPath, [join(ROOT, script)], { cwd: ROOT, stdio: 'inherit' })
    },
  })
}

/** What vitest calls (globalSetup); of `vitest watch` before each rerun too. */
export async function setup(project: TestProject): Promise<void> {
  await ensureBuiltProgram()
  project.onTestsRerun(ensureBuiltProgram)
}
