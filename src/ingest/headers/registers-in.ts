/**
 * Which files of a folder look like registers, by their first row: for the message to somebody who gave the folder, or a register
 * where a job file is wanted.
 *
 * In:  a path. Out: register options as they would be typed. Reads the first bytes of each file only; a workbook is a packed
 *      file and is named without being looked into. Nothing here refuses: what cannot be read is left out.
 */
import { shellWord } from '../../display-text.ts'
import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { TextDecoder } from 'node:util'
import { headersOf, type RegisterName, REGISTER_SPECS, REGISTERS } from '../../registers/columns.ts'
import { isDbf } from '../formats/dbf.ts'
import { readDbfFields } from '../formats/dbf-fields.ts'
import { foldHeader } from './header-fold.ts'
import { optionOf, registerOfHeader } from './header.ts'

/** Enough for any header. */
const HEAD_BYTES = 1 << 16
/** Files of a folder that are looked at: a folder of more is no place where somebody keeps five registers. */
const FILES_MAX = 200
const EXTENSIONS = new Set(['.csv', '.txt', '.tsv', '.dbf'])
const WORKBOOKS = new Set(['.xlsx', '.xlsm'])
/** Options shown: a county by townships has hundreds of files. */
const SHOWN_MAX = 12

/** `--police f/huji.csv --census f/duanbiao.csv`, what else may be a register, or words for none. */
export function registersInFolder(folder: string): string {
  let names: string[] = []
  try {
    names = readdirSync(folder).sort().slice(0, FILES_MAX)
  } catch {
    // Told as a folder all the same.
  }
  const options: string[] = []
  const workbooks: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    const register = registerOfFile(path)
    if (register !== undefined) options.push(`--${optionOf(register)} ${shellWord(path)}`)
    else if (WORKBOOKS.has(extname(name).toLowerCase()) && !name.startsWith('~$')) workbooks.push(name)
  }
  const more = options.length > SHOWN_MAX ? ` … (${options.length})` : ''
  const found = options.length === 0 ? '' : `${options.slice(0, SHOWN_MAX).join(' ')}${more}`
  const books =
    workbooks.length === 0 ? '' : `工作簿未看 · workbooks, not looked into: ${workbooks.slice(0, SHOWN_MAX).join(', ')}`
  if (found === '' && books === '') return '其中没有认得的登记文件 · no file in it has the header of a register'
  return [found === '' ? '' : `其中像是 · in it look like registers: ${found}`, books]
    .filter((part) => part !== '')
    .join('; ')
}

/** The register that a file's header is of; undefined if it is none or cannot be told. */
export function registerOfFile(path: string): RegisterName | undefined {
  if (!EXTENSIONS.has(extname(path).toLowerCase())) return undefined
  const head = headOf(path)
  if (head === undefined || head.length === 0) return undefined
  if (isDbf(head)) return registerOfDbf(head)
  const line = textOf(head)
    .split(/[\r\n]/)
    .find((text) => text.trim() !== '')
  if (line === undefined) return undefined
  const [byComma, byTab] = [line.split(','), line.split('\t')]
  const cells = byTab.length > byComma.length ? byTab : byComma
  return registerOfHeader(new Set(cells.map((cell) => foldHeader(cell.replaceAll('"', '')))))
}

function registerOfDbf(head: Buffer): RegisterName | undefined {
  const headerLength = Math.min(head.readUInt16LE(8), head.length)
  // The names hold ten bytes; which header a cut one begins depends on the register.
  return REGISTERS.find((register) => {
    const headers = REGISTER_SPECS[register].columns.flatMap(headersOf)
    const { fields } = readDbfFields(head, headerLength, headers, undefined)
    return registerOfHeader(new Set(fields.map(({ name }) => foldHeader(name)))) === register
  })
}

function headOf(path: string): Buffer | undefined {
  try {
    if (!statSync(path).isFile()) return undefined
    const descriptor = openSync(path, 'r')
    try {
      const buffer = Buffer.alloc(HEAD_BYTES)
      return buffer.subarray(0, readSync(descriptor, buffer, 0, HEAD_BYTES, 0))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return undefined
  }
}

function textOf(head: Buffer): string {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head)
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head)
  const end = head.indexOf(10)
  const line = end < 0 ? head : head.subarray(0, end)
  return new TextDecoder(isUtf8(line) ? 'utf-8' : 'gb18030').decode(end < 0 ? head : head.subarray(0, end + 1))
}
