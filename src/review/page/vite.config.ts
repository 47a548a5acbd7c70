/**
 * Builds the page into dist/review/page: a script that starts, one that is the desk, one style sheet; nothing inline,
 * nothing from elsewhere.
 */
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * The browser fetches the desk's script with the one that starts, not when that one asks for it; and it lets that one run
 * before it draws an empty page, so that the code is on its way to the desk meanwhile.
 */
const fetchEarly: Plugin = {
  name: 'fetch-early',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) => ({
      html: html.replace('<script async ', '<script async blocking="render" '),
      tags: Object.values(bundle).flatMap((chunk) =>
        chunk.type === 'chunk' && chunk.isDynamicEntry
          ? [{ tag: 'link', attrs: { rel: 'modulepreload', href: `/${chunk.fileName}` }, injectTo: 'head' as const }]
          : [],
      ),
    }),
  },
}

export const config = defineConfig({
  root: here,
  base: '/',
  publicDir: false,
  plugins: [fetchEarly],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../../../dist/review/page', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    sourcemap: false,
    reportCompressedSize: false,
  },
})

// Vite asks for a default export.
export { config as default }
