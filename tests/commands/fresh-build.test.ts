/** Tests start what the sources are now. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildIfChanged } from '../support/fresh-build.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const home = temporaryFolder('fresh-build')
const at = (name: string) => join(home, name)

test('is built anew when a source changed, came or has another name, and not for what the build does not read', async () => {
  for (const folder of ['src', 'src/page', 'dist']) mkdirSync(at(folder))
  writeFileSync(at('src/cli.ts'), 'one')
  writeFileSync(at('settings.json'), '{}')
  let builds = 0
  const buildsAfter = async () => {
    await buildIfChanged({
      sources: [at('src'), at('settings.json')],
      without: [at('src/page')],
      built: at('dist/cli.js'),
      stamp: at('dist/.sources'),
      build: () => {
        builds++
        writeFileSync(at('dist/cli.js'), '')
      },
    })
    return builds
  }
  expect(await buildsAfter()).toBe(1)
  expect(await buildsAfter()).toBe(1)
  writeFileSync(at('src/page/desk.ts'), 'of another build')
  expect(await buildsAfter()).toBe(1)
  writeFileSync(at('src/run.ts'), 'two')
  expect(await buildsAfter()).toBe(2)
  renameSync(at('src/run.ts'), at('src/walk.ts'))
  expect(await buildsAfter()).toBe(3)
  writeFileSync(at('settings.json'), '{"strict":true}')
  expect(await buildsAfter()).toBe(4)
  rmSync(at('dist/cli.js'))
  expect(await buildsAfter()).toBe(5)
})
