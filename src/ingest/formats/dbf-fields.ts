/**
 * The field descriptors of a DBF table: names, places, types.
 *
 * In: the file's bytes and the headers its register may have. Out: the fields with whole names, and what was supposed
 * of them. Field names hold ten bytes: a longer header is known by its first ten if they are the beginning of one
 * header only; of several (户口登记地, 户口登记地区划) if as many fields have that name: then they stand in the
 * register's order, and the reader is told.
 */
import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { foldHeader } from '../headers/header-fold.ts'
import type { ConversionWarning } from './xlsx.ts'

const NAME_BYTES = 10

export interface DbfField {
  readonly name: string
  readonly at: number
  readonly length: number
  /** C, N, D, M … */
  readonly type: string
}

export interface DbfFields {
  readonly fields: readonly DbfField[]
  readonly warnings: readonly ConversionWarning[]
}

export function readDbfFields(
  bytes: Buffer,
  headerLength: number,
  headers: readonly string[],
  /** Of the records; undefined if they are ASCII. */
  encoding: 'utf-8' | 'gb18030' | undefined,
): DbfFields {
  const fields: DbfField[] = []
  const isCut: boolean[] = []
  let place = 1
  for (let at = 32; at + 32 <= headerLength && bytes[at] !== 0x0d; at += 32) {
    const nul = bytes.subarray(at, at + 11).indexOf(0)
    const nameBytes = bytes.subarray(at, at + (nul < 0 ? 11 : nul))
    // A UTF-8 name may be cut inside a character: then the records tell.
    const isOfUtf8 = isUtf8(nameBytes) || encoding === 'utf-8'
    const name = new TextDecoder(isOfUtf8 ? 'utf-8' : 'gb18030').decode(nameBytes).replace(/\ufffd+$/, '')
    fields.push({ name, at: place, length: bytes[at + 16], type: String.fromCharCode(bytes[at + 11]) })
    isCut.push(nameBytes.length >= NAME_BYTES - 1)
    place += bytes[at + 16]
  }
  return wholeNames(fields, isCut, headers)
}

function wholeNames(fields: readonly DbfField[], isCut: readonly boolean[], headers: readonly string[]): DbfFields {
  const warnings: ConversionWarning[] = []
  const seen = new Map<string, number>()
  const count = (folded: string): number => fields.filter(({ name }) => foldHeader(name) === folded).length
  const whole = fields.map((field, k) => {
    if (!isCut[k]) return field
    const folded = foldHeader(field.name)
    const begun = headers.filter((header) => foldHeader(header).startsWith(folded))
    const same = count(folded)
    const nth = seen.get(folded) ?? 0
    seen.set(folded, nth + 1)
    if (same === 1)
      return begun.length === 1 && !begun.some((header) => foldHeader(header) === folded)
        ? { ...field, name: begun[0] }
        : field
    if (begun.length !== same) return field
    if (nth === 0)
      warnings.push({
        code: 'E136',
        message: `DBF 列名只有十个字节，${same} 列同名，按登记册的列次序读作 · DBF names hold ten bytes: the ${same} columns 「${field.name}」 were read, in this order, as ${begun.join(', ')}`,
      })
    return { ...field, name: begun[nth] }
  })
  return { fields: whole, warnings }
}
