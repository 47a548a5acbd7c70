/** What the compiler does not copy into dist: plain .mjs files. Run by `npm run build:program` after tsc. */
import { cpSync, readdirSync, statSync } from 'node:fs'
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
