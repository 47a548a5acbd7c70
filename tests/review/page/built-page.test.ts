/** Tests look at the page as its sources are now. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ensureBuiltPage } from '../../support/built-page.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

test('the page is built when it is missing or its sources changed, and only then', async () => {
  const folder = temporaryFolder('built-page')
  const folders = { source: join(folder, 'source'), built: join(folder, 'built') }
  mkdirSync(join(folders.source, 'parts'), { recursive: true })
  writeFileSync(join(folders.source, 'parts', 'task.tsx'), 'one')
  let builds = 0
  const build = async () => {
    builds++
    rmSync(folders.built, { recursive: true, force: true })
    mkdirSync(folders.built)
    writeFileSync(join(folders.built, 'index.html'), '')
  }
  const buildsAfter = async () => {
    await ensureBuiltPage(folders, build)
    return builds
  }
  expect(await buildsAfter()).toBe(1)
  expect(await buildsAfter()).toBe(1)
  writeFileSync(join(folders.source, 'parts', 'task.tsx'), 'two')
  expect(await buildsAfter()).toBe(2)
  // A build by somebody else leaves no digest: nobody knows of which sources it is.
  await build()
  expect(await buildsAfter()).toBe(4)
})

test('what tests look at is the page as it is shipped, not one for development: it names no file of its sources', async () => {
  const assets = join(await ensureBuiltPage(), 'assets')
  const naming = readdirSync(assets).filter((name) =>
    readFileSync(join(assets, name), 'utf8').includes('src/review/page'),
  )
  expect(naming).toEqual([])
})
