/**
 * What the compiler does not copy into dist: the review page (built by Vite) and plain .mjs files.
 * Run by `npm run build` after tsc.
 */
import { cpSync, existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

function copyModules(folder) {
  for (const name of readdirSync(join(root, 'src', folder))) {
    const path = join(folder, name)
    if (statSync(join(root, 'src', path)).isDirectory()) {
      if (path !== join('review', 'page')) copyModules(path)
    } else if (name.endsWith('.mjs')) cpSync(join(root, 'src', path), join(root, 'dist', path))
  }
}

copyModules('')

const page = join(root, 'src/review/page')
if (existsSync(join(page, 'vite.config.ts'))) {
  const { build } = await import('vite')
  await build({ configFile: join(page, 'vite.config.ts'), root: page, logLevel: 'warn' })
}
