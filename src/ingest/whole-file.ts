/**
 * One file as delimited bytes, for commands that look at a table of their own beside the registers: workbooks and DBF files are
 * converted as `bidui run` converts them, everything else is handed on as it is.
 *
 * In:  the path, the headers the table may have (a DBF cuts them at ten bytes). Out: bytes of a CSV and what its reader should know;
 *      a file that cannot be read is refused by its code.
 */
import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { convertFiles } from './formats/convert.ts'
import { refuseFile } from './messages.ts'
import { openInput } from './open.ts'

export interface WholeFile {
  readonly bytes: Uint8Array
  /** Chinese · English. */
  readonly warnings: readonly string[]
}

const FOREIGN = new Set(['.xlsx', '.xlsm', '.dbf'])

/** Whether a file says by its name that it is a workbook or a DBF. */
export function isForeign(path: string): boolean {
  return FOREIGN.has(extname(path).toLowerCase())
}

export async function readWholeFile(path: string, headers: readonly string[]): Promise<WholeFile> {
  if (!isForeign(path)) return { bytes: readFileSync(path), warnings: [] }
  const name = basename(path)
  const { format } = openInput(path)
  if (format === undefined) return { bytes: readFileSync(path), warnings: [] }
  const files = [{ path, format, headers }]
  const [converted] = await convertFiles({ files, counter: new SharedArrayBuffer(4) })
  if ('refusal' in converted) throw refuseFile(converted.refusal, name, converted.detail)
  const warnings = (converted.warnings ?? []).map(({ code, message }) => `[${code}] ${name}: ${message}`)
  return { bytes: new Uint8Array(converted.bytes, 0, converted.length), warnings }
}
