/**
 * One thread's readers of typed cells for one encoding: decoder, ID numbers, and a memory of values for each
 * vocabulary (sex, codes, areas …).
 *
 * In: dictionaries of the shared memory. Out: numbers for the columns. Which cell is read into which column is said
 * in rows.ts; what a text means is said in src/normalise.
 */
import { mix } from '../../records/mix.ts'
import { hashAddress } from '../../normalise/address.ts'
import { hashPlainAddress } from '../../normalise/plain-address.ts'
import { parseAreaCode, parseBlockCode } from '../../normalise/area-code.ts'
import { parseAwayReason } from '../../normalise/away-reason.ts'
import {
  isFlag,
  isStatus,
  parseAwayDuration,
  parseCount,
  parseHukouPlace,
  parseRecordFlag,
  parseResidence,
  parseReversalFlag,
  parseStatus,
} from '../../normalise/codes.ts'
import { parseEthnicity } from '../../normalise/ethnicity.ts'
import { parseHouseholdType } from '../../normalise/household-type.ts'
import { parseRelation } from '../../normalise/relation.ts'
import { parseSex } from '../../normalise/sex.ts'
import type { TripleDictionary } from '../../records/triple-dictionary.ts'
import { CachedCells } from './cached-cells.ts'
import { CellDecoder, type CellEncoding } from '../encoding/decode.ts'
import { IdNumberReader } from './fields.ts'

/** Second number of a code that is known in part only, because a spreadsheet took its end. */
export const CUT = -1
/** Second number of a value that nobody knows and that is therefore read as its column's default. */
export const GUESSED = -2

export class CellReaders {
  readonly decoder: CellDecoder
  readonly idNumber: IdNumberReader
  readonly sex: CachedCells
  readonly ethnicity: CachedCells
  readonly policeRelation: CachedCells
  readonly censusRelation: CachedCells
  readonly householdType: CachedCells
  readonly residence: CachedCells
  readonly hukouPlace: CachedCells
  readonly awayDuration: CachedCells
  readonly awayReason: CachedCells
  readonly status: CachedCells
  readonly recordFlag: CachedCells
  readonly reversalFlag: CachedCells
  /** Count plus 1; 0 unknown. */
  readonly count: CachedCells
  /** Number of the area dictionary; `second` is CUT where a spreadsheet took the code's end. */
  readonly area: CachedCells
  /** The same of a block's village; `second` is the block plus 1, or CUT. */
  readonly block: CachedCells
  readonly address: CachedCells

  constructor(encoding: CellEncoding, areas: TripleDictionary) {
    const decoder = new CellDecoder(encoding)
    this.decoder = decoder
    this.idNumber = new IdNumberReader(decoder)
    this.sex = new CachedCells(decoder, parseSex)
    this.ethnicity = new CachedCells(decoder, parseEthnicity)
    this.policeRelation = new CachedCells(decoder, (text) => parseRelation(text, 'police'))
    this.censusRelation = new CachedCells(decoder, (text) => parseRelation(text, 'census'))
    this.householdType = new CachedCells(decoder, parseHouseholdType)
    this.residence = new CachedCells(decoder, parseResidence)
    this.hukouPlace = new CachedCells(decoder, parseHukouPlace)
    this.awayDuration = new CachedCells(decoder, parseAwayDuration)
    this.awayReason = new CachedCells(decoder, parseAwayReason)
    this.status = new CachedCells(decoder, (text) => [parseStatus(text), isStatus(text) ? 0 : GUESSED])
    this.recordFlag = new CachedCells(decoder, (text) => [parseRecordFlag(text), isFlag(text) ? 0 : GUESSED])
    this.reversalFlag = new CachedCells(decoder, (text) => [parseReversalFlag(text), isFlag(text) ? 0 : GUESSED])
    this.count = new CachedCells(decoder, (text) => parseCount(text) + 1)
    this.area = new CachedCells(
      decoder,
      (text) => {
        const { high, low, digits, isCut } = parseAreaCode(text)
        return digits === 0 ? 0 : [areas.intern(high, low, digits), isCut === true ? CUT : 0]
      },
      4096,
    )
    this.block = new CachedCells(
      decoder,
      (text) => {
        const { high, low, digits, block, isCut } = parseBlockCode(text)
        return digits === 0 ? [0, 0] : [areas.intern(high, low, digits), isCut === true ? CUT : block + 1]
      },
      4096,
    )
    this.address = new CachedCells(decoder, hashAddress, 1024, 160, hashPlainAddress)
  }
}

/** Two independent 32-bit hashes of a key's bytes: together they stand for the key. */
export class KeyHash {
  first = 0
  second = 0

  /** @param a, @param b, @param c what the key belongs to: part of its identity */
  of(bytes: Uint8Array, start: number, end: number, a = 0, b = 0, c = 0): void {
    let first = 0x811c9dc5 ^ Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)
    let second = 0x3c6ef372 + Math.imul(a, 0x27d4eb2f) + Math.imul(b, 0x165667b1) + Math.imul(c, 0x2545f491)
    for (let at = start; at < end; at++) {
      const b = bytes[at]
      first = Math.imul(first ^ b, 0x01000193)
      second = Math.imul((second << 5) ^ (second >>> 27) ^ b, 0x5bd1e995)
    }
    this.first = mix(first)
    this.second = mix(second ^ (end - start))
  }
}
