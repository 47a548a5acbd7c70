/**
 * The built page, read once into memory: exact address → bytes and type. Nothing else of the disk can be asked for.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { packageRoot } from '../../package-root.ts'
import { BiduiError, EXIT } from '../../errors.ts'

interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
}

export type StaticFiles = ReadonlyMap<string, StaticFile>

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The folder of the built page. */
export function findPageDirectory(): string {
  const page = join(packageRoot(), 'dist', 'review', 'page')
  if (!existsSync(join(page, 'index.html')))
    throw new BiduiError('E407', EXIT.config, '审核台网页还没有生成 · the review page has not been built.', {
      advice: '请运行一次 · run `npm run build` once.',
    })
  return page
}

export function readPage(directory: string): StaticFiles {
  const files = new Map<string, StaticFile>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = new Uint8Array(readFileSync(path))
    files.set(`/${relative(directory, path).split(sep).join('/')}`, { bytes, type })
  }
  const index = files.get('/index.html')
  if (index !== undefined) files.set('/', index)
  return files
}
