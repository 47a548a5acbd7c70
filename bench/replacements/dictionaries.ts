/**
 * Numbers for distinct values: the dictionaries in shared memory, which several threads fill at once, beside a Map with texts
 * for keys, which one thread has to itself. Here one thread fills either.
 */
import { SharedMemory } from '../../src/records/shared-memory.ts'
import { reserveTexts, TextDictionary } from '../../src/records/text-dictionary.ts'
import { reserveSlots, reserveTriples, TripleDictionary } from '../../src/records/triple-dictionary.ts'
import { Chance } from '../accuracy/tables/words.ts'
import { type Contest, sha256 } from './contest.ts'

const ROWS = 800_000
/** As in a county's police register: a name is borne by three people, a number by one and its copies. */
const NAMES = 250_000
const NUMBERS = 600_000
/** Values are looked up so many at a time, as ingest does. */
const BATCH = 512
const NAME_UNITS = 3

export function dictionaries(): readonly Contest[] {
  const common = { units: ROWS, digest: sha256 }
  const chance = new Chance(2)
  const names = new Uint16Array(ROWS * NAME_UNITS)
  const triples = new Int32Array(ROWS * 3)
  for (let row = 0; row < ROWS; row++) {
    const name = new Chance(chance.below(NAMES))
    for (let k = 0; k < NAME_UNITS; k++) names[row * NAME_UNITS + k] = 0x4e00 + name.below(3000)
    const person = new Chance(chance.below(NUMBERS))
    triples[3 * row] = 510_000 + person.below(300)
    triples[3 * row + 1] = person.below(40_000)
    triples[3 * row + 2] = person.below(10_000)
  }
  return [
    {
      ...common,
      part: 'records/text-dictionary.ts',
      instead: 'Map with the text as key',
      work: 'names',
      byHand: () => internNames(names),
      byLibrary: () => mapNames(names),
    },
    {
      ...common,
      part: 'records/triple-dictionary.ts',
      instead: 'Map with the three words as a text',
      work: 'ID numbers',
      byHand: () => internTriples(triples),
      byLibrary: () => mapTriples(triples),
    },
  ]
}

function internNames(names: Uint16Array): Int32Array {
  const memory = SharedMemory.allocate(64 * ROWS)
  const pieces = { ...reserveTexts(memory, NAMES, names.length), slots: reserveSlots(memory, NAMES) }
  const dictionary = new TextDictionary(memory.memory, pieces)
  const numbers = new Int32Array(ROWS)
  const ends = Int32Array.from({ length: BATCH }, (_, k) => (k + 1) * NAME_UNITS)
  for (let row = 0; row < ROWS; row += BATCH) {
    const count = Math.min(BATCH, ROWS - row)
    dictionary.internAll(names.subarray(row * NAME_UNITS), ends, count, numbers.subarray(row, row + count))
  }
  return numbers
}

function mapNames(names: Uint16Array): Int32Array {
  const bytes = Buffer.from(names.buffer)
  const numbers = new Map<string, number>()
  return Int32Array.from({ length: ROWS }, (_, row) =>
    numberIn(numbers, bytes.toString('utf16le', row * NAME_UNITS * 2, (row + 1) * NAME_UNITS * 2)),
  )
}

function internTriples(triples: Int32Array): Int32Array {
  const memory = SharedMemory.allocate(64 * ROWS)
  const pieces = { ...reserveTriples(memory, NUMBERS), slots: reserveSlots(memory, NUMBERS) }
  const dictionary = new TripleDictionary(memory.memory, pieces)
  const numbers = new Int32Array(ROWS)
  for (let row = 0; row < ROWS; row += BATCH) {
    const count = Math.min(BATCH, ROWS - row)
    dictionary.internAll(triples.subarray(row * 3), count, numbers.subarray(row, row + count))
  }
  return numbers
}

function mapTriples(triples: Int32Array): Int32Array {
  const numbers = new Map<string, number>()
  return Int32Array.from({ length: ROWS }, (_, row) =>
    numberIn(numbers, `${triples[3 * row]},${triples[3 * row + 1]},${triples[3 * row + 2]}`),
  )
}

/** Numbers from 1, in the order of first sight. */
function numberIn(numbers: Map<string, number>, key: string): number {
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, numbers.size + 1)
  return numbers.size
}
