/**
 * Blocking keys offered by each kind of column: the value itself, and what survives the usual slips.
 *
 * In:  fields. Out: for every key one or more slots, a key number per row (−1: no key). Two rows agree on a key when any
 *      slot of one equals any slot of the other; only texts have several (their rarest words).
 * Leaves to rules.ts: which keys, alone or together, are worth their pairs.
 */
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
  const keys: BlockingKey[] = []
  const given = fields.findIndex((field) => field.kind === 'given name')
  const family = fields.findIndex((field) => field.kind === 'family name')
  fields.forEach((field, f) => {
    const offer = (part: string, keyOf: (value: string) => string) =>
      keys.push({ name: `${part} of ${field.name}`, fields: [f], slots: [derive(field, keyOf)], isWhole: false })
    keys.push({ name: field.name, fields: [f], slots: [field.ids.map((id) => (id === 0 ? -1 : id))], isWhole: true })
    switch (field.kind) {
      case 'given name':
      case 'family name':
        offer('sound', (value) => soundKey(value))
        offer('start', (value) => head(value, 3))
        offer('end', (value) => tail(value, 3))
        break
      case 'date':
        offer('year and month', (value) => (isWhole(value) ? value.slice(0, 7) : ''))
        offer('month and day', (value) => (isWhole(value) && !value.endsWith('01-01') ? value.slice(4) : ''))
        offer('year and day', (value) => (isWhole(value) ? value.slice(0, 4) + value.slice(7) : ''))
        offer('year', (value) => (value[0] === '~' ? '' : value.slice(0, 4)))
        offer('digits', (value) => signsOf(value.replace(/[-~]/g, '')))
        break
      case 'code':
        offer('first half', (value) => (value.length < 4 ? '' : head(value, Math.ceil(value.length / 2))))
        offer('second half', (value) => (value.length < 4 ? '' : tail(value, Math.ceil(value.length / 2))))
        offer('digits', (value) => (value.length < 5 ? '' : signsOf(value)))
        break
      case 'full name':
      case 'text':
      case 'address': {
        const bySlot = rareWords(field)
        keys.push({ name: `a rare word of ${field.name}`, fields: [f], slots: bySlot.slice(0, 3), isWhole: false })
        keys.push({ name: `two rare words of ${field.name}`, fields: [f], slots: [bothOf(bySlot)], isWhole: false })
        offer('start', (value) => head(value, 5))
        if (field.kind === 'full name') {
          offer('first word', (value) => value.split(' ')[0])
          offer('last word', (value) => value.split(' ').at(-1) ?? '')
        }
        break
      }
      default:
    }
  })
  if (given >= 0 && family >= 0) {
    const [g, s] = [fields[given], fields[family]]
    const sounds = g.dictionary.map((name) => (name === '' ? '' : soundKey(name)))
    const numbers = new Numbers()
    const slot = g.ids.map((id, row) => {
      const other = s.ids[row]
      if (id === 0 || other === 0) return -1
      const [x, y] = [sounds[id], sounds[other]]
      return numbers.of(x < y ? `${x}|${y}` : `${y}|${x}`)
    })
    keys.push({
      name: `sounds of ${g.name} and ${s.name} in either order`,
      fields: [given, family],
      slots: [slot],
      isWhole: false,
    })
  }
  return keys
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
  return field.ids.map((id) => byValue[id])
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
  return [0, 1, 2, 3].map((slot) => field.ids.map((id) => ranked[id][slot] ?? -1))
}

/** The two rarest words together, as one key. */
function bothOf(slots: readonly Int32Array[]): Int32Array {
  const numbers = new Numbers()
  return slots[0].map((first, row) => {
    const second = slots[1][row]
    if (first < 0 || second < 0) return -1
    return numbers.of(first < second ? `${first} ${second}` : `${second} ${first}`)
  })
}

function head(value: string, letters: number): string {
  const plain = value.replaceAll(' ', '')
  return plain.length < letters ? plain : plain.slice(0, letters)
}

function tail(value: string, letters: number): string {
  const plain = value.replaceAll(' ', '')
  return plain.length < letters ? plain : plain.slice(-letters)
}
