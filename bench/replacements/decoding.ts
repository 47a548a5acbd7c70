/** Cells of a register in UTF-8 and GB18030: decoded into reused UTF-16 units, beside the decoder that makes a text of each. */
import { TextDecoder } from 'node:util'
import iconv from 'iconv-lite'
import { CellDecoder, type CellEncoding } from '../../src/ingest/encoding/decode.ts'
import { hashUnits } from '../../src/records/text-dictionary.ts'
import { Chance } from '../accuracy/tables/words.ts'
import { type Contest, sha256 } from './contest.ts'

const CELLS = 300_000

export function decoding(): readonly Contest[] {
  const chance = new Chance(8)
  const cells = Array.from({ length: CELLS }, () =>
    Array.from({ length: chance.between(2, 12) }, () => String.fromCharCode(0x4e00 + chance.below(5000))).join(''),
  )
  return (['utf-8', 'gb18030'] as const).map((encoding) => {
    const encoded = cells.map((cell) => iconv.encode(cell, encoding))
    let end = 0
    const ends = Int32Array.from(encoded, ({ length }) => (end += length))
    const bytes = Buffer.concat(encoded)
    return {
      part: `ingest/encoding/decode.ts, ${encoding}`,
      instead: 'TextDecoder',
      work: 'cells of 2 to 12 characters',
      units: CELLS,
      byHand: () => hashesByHand(bytes, ends, encoding),
      byLibrary: () => hashesByLibrary(bytes, ends, encoding),
      digest: sha256,
    }
  })
}

function hashesByHand(bytes: Buffer, ends: Int32Array, encoding: CellEncoding): Int32Array {
  const decoder = new CellDecoder(encoding)
  return ends.map((end, k) => {
    const length = decoder.decode(bytes, k === 0 ? 0 : ends[k - 1], end)
    return hashUnits(decoder.units, length)
  })
}

function hashesByLibrary(bytes: Buffer, ends: Int32Array, encoding: CellEncoding): Int32Array {
  const decoder = new TextDecoder(encoding)
  return ends.map((end, k) => {
    const text = decoder.decode(bytes.subarray(k === 0 ? 0 : ends[k - 1], end))
    return hashUnits(
      Uint16Array.from(text, (unit) => unit.charCodeAt(0)),
      text.length,
    )
  })
}
