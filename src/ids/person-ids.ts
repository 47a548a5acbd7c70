/**
 * Person ids: `P` and 13 characters, made from the person's smallest record key, the same in every run with that record.
 *
 * In: the record table and people. Out: one 64-bit number a person, in shared arrays so that every writer can read them.
 * The smallest key is by register order, then record id in code points. Two people whose hashes meet are told apart by
 * hashing again with a salt, the one with the greater key giving way; nobody gives way to one who hashed again.
 */
import type { People } from '../linking/people.ts'
import { mix } from '../records/mix.ts'
import { hashIdText, writeHashId } from './hash-ids.ts'
import { type RecordIds, ROWS_AHEAD } from './record-ids.ts'

export interface PersonIds {
  readonly high: Uint32Array
  readonly low: Uint32Array
}

/** @param bits fewer than 64 only where a test wants collisions */
export function makePersonIds(ids: RecordIds, people: People, bits = 64): PersonIds {
  const high = new Uint32Array(new SharedArrayBuffer(people.count * 4))
  const low = new Uint32Array(new SharedArrayBuffer(people.count * 4))
  const highMask = bits >= 64 ? 0xffffffff : bits > 32 ? 2 ** (bits - 32) - 1 : 0
  const lowMask = bits >= 32 ? 0xffffffff : 2 ** bits - 1
  const { starts } = ids.table
  const setHash = (person: number, row: number, register: number, salt: number): void => {
    ids.hashKey(row, register, salt)
    high[person] = ids.high & highMask
    low[person] = ids.low & lowMask
  }
  let register = 0
  let readTo = 0
  for (let person = 0; person < people.count; person++) {
    const k = people.rowStart[person]
    if (k >= readTo) {
      readTo = Math.min(people.rows.length, k + ROWS_AHEAD)
      ids.readAhead(people.rows, k, readTo)
    }
    // People are numbered by their smallest row and rows lie register by register.
    const first = people.rows[people.rowStart[person]]
    while (first >= starts[register + 1]) register++
    setHash(person, smallestKeyRow(ids, people, person, register), register, 0)
  }
  /** Who hashed again, and how often. */
  const salts = new Map<number, number>()
  for (let salt = 1; ; salt++) {
    const losers = findLosers(ids, people, high, low, salts)
    if (losers.length === 0) return { high, low }
    for (const person of losers) {
      const row = smallestKeyRow(ids, people, person)
      setHash(person, row, ids.table.registerOf(row), salt)
      salts.set(person, salt)
    }
  }
}

export function personIdText(ids: PersonIds, person: number): string {
  return hashIdText('P', ids.high[person], ids.low[person])
}

/** Writes the id's 14 bytes at `at`; returns the offset after them. */
export function writePersonId(ids: PersonIds, person: number, buffer: Uint8Array, at: number): number {
  return writeHashId(80, ids.high[person], ids.low[person], buffer, at)
}

/** The row of the person whose key is smallest; `register` is that of its first row. */
function smallestKeyRow(ids: RecordIds, people: People, person: number, register?: number): number {
  const { rows, rowStart } = people
  const from = rowStart[person]
  const to = rowStart[person + 1]
  let best = rows[from]
  if (to - from === 1) return best
  const registerEnd = ids.table.starts[(register ?? ids.table.registerOf(best)) + 1]
  for (let k = from + 1; k < to && rows[k] < registerEnd; k++) if (ids.compare(rows[k], best) < 0) best = rows[k]
  return best
}

/** Of every group of people with one hash, all but the one who hashed least often; among those, with the smallest key. */
function findLosers(
  ids: RecordIds,
  people: People,
  high: Uint32Array,
  low: Uint32Array,
  salts: ReadonlyMap<number, number>,
): number[] {
  const { count } = people
  let slots = 1024
  while (slots < count * 2) slots *= 2
  const table = new Int32Array(slots)
  const losers: number[] = []
  for (let person = 0; person < count; person++) {
    let mine = person
    let i = mix(low[person] ^ Math.imul(high[person], 0x9e3779b1)) & (slots - 1)
    for (;;) {
      const other = table[i] - 1
      if (other < 0) {
        table[i] = mine + 1
        break
      }
      if (high[other] === high[person] && low[other] === low[person]) {
        const tries = (salts.get(mine) ?? 0) - (salts.get(other) ?? 0)
        if ((tries || comparePeople(ids, people, mine, other)) < 0) {
          table[i] = mine + 1
          mine = other
        }
        losers.push(mine)
        break
      }
      i = (i + 1) & (slots - 1)
    }
  }
  return losers
}

function comparePeople(ids: RecordIds, people: People, left: number, right: number): number {
  const a = smallestKeyRow(ids, people, left)
  const b = smallestKeyRow(ids, people, right)
  const registers = ids.table.registerOf(a) - ids.table.registerOf(b)
  // Rows known only by their number may share a key between two files: then the canonical row order decides.
  return registers || ids.compare(a, b) || a - b
}
