/**
 * Made-up words and the slips of pens: what the generators of test tables share.
 *
 * In:  a seed. Out: a stream of chance, vocabularies with a few common and many rare words, and corrupted copies.
 * Nothing here is a real person; words are built from syllables.
 */
export class Chance {
  private state: number

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 12345) >>> 0
    for (let i = 0; i < 8; i++) this.next()
  }

  /** 0 ≤ x < 1 (mulberry32) */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }

  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  happens(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]
  }
}

const STARTS = 'b br c ch cl d f fr g gr h j k l m n p ph r s sh st t th v w wh z'.split(' ')
const MIDDLES = 'a e i o u ai ee ea ou ie ar er or an en in on al el il'.split(' ')
const ENDS = 'n r s t l d m ck th ton ley man son field ham ford ett ins by y a e o'.split(' ')

/** A vocabulary whose word at rank r is met in proportion to 1 / (r + offset)^steepness. */
export class Vocabulary {
  readonly words: string[] = []
  private readonly sums: number[] = []

  constructor(chance: Chance, size: number, steepness = 0.9, make: () => string = () => madeWord(chance)) {
    const seen = new Set<string>()
    let sum = 0
    for (let tries = 0; this.words.length < size && tries < size * 50; tries++) {
      const word = make()
      if (seen.has(word)) continue
      seen.add(word)
      this.words.push(word)
      sum += 1 / (this.words.length + 3) ** steepness
      this.sums.push(sum)
    }
  }

  draw(chance: Chance): string {
    const at = chance.next() * this.sums[this.sums.length - 1]
    let low = 0
    let high = this.sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.sums[middle] < at) low = middle + 1
      else high = middle
    }
    return this.words[low]
  }
}

export function madeWord(chance: Chance): string {
  let word = chance.pick(STARTS) + chance.pick(MIDDLES)
  if (chance.happens(0.6)) word += chance.pick(STARTS) + chance.pick(MIDDLES)
  return word + chance.pick(ENDS)
}

const LETTERS = Array.from('abcdefghijklmnopqrstuvwxyz')

/** One slip: a letter put in, left out, changed, or two changed round; digits for digits. */
export function slip(chance: Chance, text: string): string {
  if (text.length < 2) return text
  const at = chance.below(text.length)
  const isDigit = /\d/.test(text[at])
  const other = isDigit ? String(chance.below(10)) : chance.pick(LETTERS)
  switch (chance.below(4)) {
    case 0:
      return text.slice(0, at) + other + text.slice(at)
    case 1:
      return text.slice(0, at) + text.slice(at + 1)
    case 2:
      return text.slice(0, at) + other + text.slice(at + 1)
    default: {
      const i = Math.min(at, text.length - 2)
      return text.slice(0, i) + text[i + 1] + text[i] + text.slice(i + 2)
    }
  }
}

const SOUNDS: readonly (readonly [string, string])[] = [
  ['ph', 'f'],
  ['ee', 'ea'],
  ['ck', 'k'],
  ['ie', 'y'],
  ['ou', 'ow'],
  ['s', 'z'],
  ['c', 'k'],
  ['t', 'tt'],
  ['n', 'nn'],
  ['l', 'll'],
  ['ai', 'ay'],
  ['th', 't'],
  ['wh', 'w'],
  ['i', 'y'],
  ['er', 'or'],
  ['m', 'n'],
]

/** Written as heard. */
export function mishear(chance: Chance, text: string): string {
  const fits = SOUNDS.filter(([a, b]) => text.includes(a) || text.includes(b))
  if (fits.length === 0) return slip(chance, text)
  const [a, b] = chance.pick(fits)
  return text.includes(a) ? text.replace(a, b) : text.replace(b, a)
}

export function csvText(rows: readonly Readonly<Record<string, string>>[]): string {
  const columns = Object.keys(rows[0])
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return `${[columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))].join('\n')}\n`
}

export type Row = Record<string, string>

/** A fixed shuffle, so that twins do not lie side by side. */
export function shuffled<T>(chance: Chance, list: readonly T[]): T[] {
  const out = [...list]
  for (let i = out.length - 1; i > 0; i--) {
    const j = chance.below(i + 1)
    ;[out[i], out[j]] = [out[j], out[i]]
  }
  return out
}
