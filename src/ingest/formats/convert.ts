/**
 * Workbooks and DBF files → delimited bytes, one file a task, in worker threads.
 *
 * In: paths, formats, headers each register may have. Out: shared bytes, or why a file is refused (as a code, since an
 * error's class does not survive the trip between threads).
 */
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { convertDbf } from './dbf.ts'
import { claim } from '../plan.ts'
import { type Conversion, type ConversionRefusal, convertXlsx } from './xlsx.ts'

export type ForeignFormat = 'xlsx' | 'dbf'

export interface ConvertMessage {
  readonly files: readonly {
    readonly path: string
    readonly format: ForeignFormat
    readonly headers: readonly string[]
  }[]
  readonly counter: SharedArrayBuffer
}

export type ConvertedFile = { readonly file: number } & (Conversion | ConversionRefusal)

/** What a .cpg file beside a DBF says of its text; '' if there is none. */
function codePageBeside(path: string): string {
  const stem = path.slice(0, path.length - extname(path).length)
  for (const extension of ['.cpg', '.CPG', '.cst'])
    try {
      return readFileSync(stem + extension, 'latin1')
        .slice(0, 40)
        .trim()
    } catch {
      // None of this name.
    }
  return ''
}

export async function convertFiles(message: ConvertMessage): Promise<ConvertedFile[]> {
  const converted: ConvertedFile[] = []
  for (const file of claim(message.counter, message.files.length)) {
    const { path, format, headers } = message.files[file]
    const bytes = readFileSync(path)
    converted.push({
      file,
      ...(format === 'xlsx' ? await convertXlsx(bytes) : convertDbf(bytes, headers, codePageBeside(path))),
    })
  }
  return converted
}
