/**
 * Blocking keys offered by each kind of column: the value itself, and what survives the usual slips.
 *
 * In:  fields. Out: for every key one or more slots, a key number per row (−1: no key). Two rows agree on a key when any
 *      slot of one equals any slot of the other; only texts have several (their rarest words).
 * Leaves to rules.ts: which keys, alone or together, are worth their pairs.
 */
import { sharedInts } from '../../records/shared-memory.ts'
import type { Field } from '../fields/fields.ts'
import { soundKey } from '../fields/sound.ts'
import { wordsOf } from '../compare/text-levels.ts'

export interface BlockingKey {
  readonly name: string
  /** Places of the fields it is made from. */
  readonly fields: readonly number[]
  readonly slots: readonly Int32Array[]
  /** The value itself, nothing taken away. */
  readonly isWhole: boolean
}

export function offerKeys(fields: readonly Field[]): BlockingKey[] {
  const keys = fields.flatMap((field, place): BlockingKey[] => [
    { name: field.name, fields: [place], slots: [keysOf(field.ids, (id) => (id === 0 ? -1 : id))], isWhole: true },
    ...keysOfKind(field, place),
  ])
  const given = fields.findIndex((field) => field.kind === 'given name')
  const family = fields.findIndex((field) => field.kind === 'family name')
  if (given >= 0 && family >= 0) keys.push(eitherOrder(fields, given, family))
  return keys
}

/** What is kept of a value: '' where the value is too little to keep a part of it. */
type PartOf = (value: string) => string

const NAME_PARTS: readonly (readonly [string, PartOf])[] = [
  ['sound', (value) => soundKey(value)],
  ['start', (value) => head(value, 3)],
  ['end', (value) => tail(value, 3)],
]

const DATE_PARTS: readonly (readonly [string, PartOf])[] = [
  ['year and month', (value) => (isWhole(value) ? value.slice(0, 7) : '')],
  // The first of January stands for any day that nobody knew.
  ['month and day', (value) => (isWhole(value) && !value.endsWith('01-01') ? value.slice(4) : '')],
  ['year and day', (value) => (isWhole(value) ? value.slice(0, 4) + value.slice(7) : '')],
  ['year', (value) => (value[0] === '~' ? '' : value.slice(0, 4))],
  ['digits', (value) => signsOf(value.replace(/[-~]/g, ''))],
]

const CODE_PARTS: readonly (readonly [string, PartOf])[] = [
  ['first half', (value) => (value.length < 4 ? '' : head(value, Math.ceil(value.length / 2)))],
  ['second half', (value) => (value.length < 4 ? '' : tail(value, Math.ceil(value.length / 2)))],
  ['digits', (value) => (value.length < 5 ? '' : signsOf(value))],
]

const TEXT_PARTS: readonly (readonly [string, PartOf])[] = [['start', (value) => head(value, 5)]]

const FULL_NAME_PARTS: readonly (readonly [string, PartOf])[] = [
  ...TEXT_PARTS,
  ['first word', (value) => value.split(' ')[0]],
  ['last word', (value) => value.split(' ').at(-1) ?? ''],
]

/** Keys made of parts of a value, as its kind is usually miswritten. */
function keysOfKind(field: Field, place: number): BlockingKey[] {
  const offer = (name: string, slots: readonly Int32Array[]): BlockingKey => ({
    name: `${name} of ${field.name}`,
    fields: [place],
    slots,
    isWhole: false,
  })
  const ofParts = (parts: readonly (readonly [string, PartOf])[]) =>
    parts.map(([part, partOf]) => offer(part, [derive(field, partOf)]))
  switch (field.kind) {
    case 'given name':
    case 'family name':
      return ofParts(NAME_PARTS)
    case 'date':
      return ofParts(DATE_PARTS)
    case 'code':
      return ofParts(CODE_PARTS)
    case 'full name':
    case 'text':
    case 'address': {
      const words = rareWords(field)
      return [
        offer('a rare word', words.slice(0, 3)),
        offer('two rare words', [bothOf(words)]),
        ...ofParts(field.kind === 'full name' ? FULL_NAME_PARTS : TEXT_PARTS),
      ]
    }
    default:
      return []
  }
}

/** Both names by sound, whichever stands in which column. */
function eitherOrder(fields: readonly Field[], given: number, family: number): BlockingKey {
  const [g, s] = [fields[given], fields[family]]
  // Given and family names share one dictionary.
  const sounds = g.dictionary.map((name) => (name === '' ? '' : soundKey(name)))
  const numbers = new Numbers()
  const slot = keysOf(g.ids, (id, row) => {
    const other = s.ids[row]
    if (id === 0 || other === 0) return -1
    const [x, y] = [sounds[id], sounds[other]]
    return numbers.of(x < y ? `${x}|${y}` : `${y}|${x}`)
  })
  return {
    name: `sounds of ${g.name} and ${s.name} in either order`,
    fields: [given, family],
    slots: [slot],
    isWhole: false,
  }
}

/** Year, month and day are all known. */
function isWhole(date: string): boolean {
  return date[0] !== '~' && !date.endsWith('00') && date.slice(5, 7) !== '00'
}

/** The same for the same signs in any order. */
function signsOf(value: string): string {
  if (!/^\d*$/.test(value)) return Array.from(value).sort().join('')
  let signs = ''
  for (let digit = 0; digit < 10; digit++)
    for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) === 48 + digit) signs += digit
  return signs
}

class Numbers {
  private readonly numbers = new Map<string, number>()

  of(text: string): number {
    let number = this.numbers.get(text)
    if (number === undefined) {
      number = this.numbers.size
      this.numbers.set(text, number)
    }
    return number
  }
}

function derive(field: Field, keyOf: (value: string) => string): Int32Array {
  const numbers = new Numbers()
  const byValue = new Int32Array(field.dictionary.length).fill(-1)
  for (let id = 1; id < byValue.length; id++) {
    const key = keyOf(field.dictionary[id])
    if (key !== '') byValue[id] = numbers.of(key)
  }
  return keysOf(field.ids, (id) => byValue[id])
}

/** The four rarest words of each row's value, the rarest first; words of one letter say too little. */
function rareWords(field: Field): Int32Array[] {
  const numbers = new Numbers()
  const rows: number[] = []
  const texts: string[] = []
  const lists = field.dictionary.map((text, id) => {
    const list: number[] = []
    for (const word of new Set(wordsOf(text))) {
      if (word.length < 2) continue
      const number = numbers.of(word)
      texts[number] = word
      rows[number] = (rows[number] ?? 0) + field.counts[id]
      list.push(number)
    }
    return list
  })
  // A word met in one row only brings nobody together: after it comes the next.
  const ranked = lists.map((words) =>
    words.filter((word) => rows[word] > 1).sort((a, b) => rows[a] - rows[b] || (texts[a] < texts[b] ? -1 : 1)),
  )
  return [0, 1, 2, 3].map((slot) => keysOf(field.ids, (id) => ranked[id][slot] ?? -1))
}

/** The two rarest words together, as one key. */
function bothOf(slots: readonly Int32Array[]): Int32Array {
  const numbers = new Numbers()
  return keysOf(slots[0], (first, row) => {
    const second = slots[1][row]
    if (first < 0 || second < 0) return -1
    return numbers.of(first < second ? `${first} ${second}` : `${second} ${first}`)
  })
}

/** In memory that all threads read: any of them may make blocks. */
function keysOf(ids: Int32Array, keyOf: (id: number, row: number) => number): Int32Array {
  const keys = sharedInts(ids.length)
  for (let row = 0; row < ids.length; row++) keys[row] = keyOf(ids[row], row)
  return keys
}

function head(value: string, letters: number): string {
  const plain = value.replaceAll(' ', '')
  return plain.length < letters ? plain : plain.slice(0, letters)
}

function tail(value: string, letters: number): string {
  const plain = value.replaceAll(' ', '')
  return plain.length < letters ? plain : plain.slice(-letters)
}
