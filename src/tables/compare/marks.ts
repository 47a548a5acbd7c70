/**
 * Marks: what inside a title tells a thing from its variants, as comparisons beside that of the words.
 *
 * In:  a text field. Out: levels for its numbers and codes (model, size, edition: "pslx350h", "2007", "iii") and for its
 *      words of a variant (colours, editions, "live", "remix"), and for what it measures (64 gb); 0 where neither text has any. Nothing is made for a column in which
 *      marks are seldom. Variants share nearly all their words, so only a column of its own can outweigh these.
 * Marks are personal in the sense of companions.ts: what shares all but them is a variant, not the same thing.
 */
import type { Field } from '../fields/fields.ts'
import { isUnspaced } from '../fields/fold.ts'
import { areMeasuresSame, type Measures, measuresOf, measuresOnce } from './measures.ts'

export interface MarkLevels {
  readonly name: string
  /** [0] is 'missing'. */
  readonly levels: readonly string[]
  readonly usualM: readonly number[]
  /** Levels that speak of a variant. */
  readonly contradicting: readonly number[]
  /** Whether the levels say nothing but that: what they agree on is told by other marks already. */
  readonly isSilent?: boolean
  /** Of two values, which may be the same one; 0 is not allowed. */
  levelOf(u: number, v: number): number
}

/** Part of the known rows that must hold a mark. */
const SHARE_LEAST = 0.05
/** Rows up to which sizes are looked at: more of them show by themselves how seldom the numbers of matches differ. */
const SIZES_ROWS_MOST = 400
/** Bits of rarity from which shared marks are rare: one row in 256. */
const RARE_BITS = 8

/** Rows up to which a mark written like a code is a thing's own. */
const CODE_ROWS_MOST = 4
/** Part of the known rows that must have one. */
const CODED_LEAST = 1 / 4
/** Signs that such a mark has at least; a number with its unit behind it is a measure, not a code. */
const CODE_LEAST = 5
const MEASURE = /^\d{1,4}[a-z]+$|^\d+x\d+[a-z]*$/

/** Words a code may be written in, and signs it must have to be known by them. */
const RUN_WORDS_MOST = 4
const RUN_LEAST = 3

const NUMERALS = new Map([
  ['ii', '2'],
  ['iii', '3'],
  ['iv', '4'],
  ['vi', '6'],
  ['vii', '7'],
  ['viii', '8'],
  ['ix', '9'],
])
/** What may stand before a point and a nought. */
const VERSION = /^v?(\d{1,2})$/
/** Another recording, not another spelling: who lacks the word lacks the version. */
const VERSIONS = new Set(
  'live remix remixed acoustic instrumental karaoke unplugged reprise medley interlude intro outro'.split(' '),
)
/** What a maker calls the sizes of a program or a device: another of them is another product, none says little. */
const EDITIONS: ReadonlyMap<string, string> = new Map([
  ...'professional standard deluxe premium ultimate platinum enterprise home student basic starter'
    .split(' ')
    .map((word) => [word, word] as const),
  ['pro', 'professional'],
  ['std', 'standard'],
  ['dlx', 'deluxe'],
])
/** Editions that a column must know for their words to be such, and part of the known rows that name one. */
const EDITIONS_LEAST = 3
const EDITION_LEAST = 0.005
const NONE: ReadonlySet<string> = new Set()
const COLOURS = new Set(
  'black white silver red blue green yellow pink purple orange grey gray brown gold beige titanium graphite'.split(' '),
)

/** @param isAlone whether no other column of words or codes says which thing a row is: its codes are then told from other numbers */
export function markLevels(field: Field, isAlone = true): MarkLevels[] {
  if (field.kind !== 'text') return []
  const isOfFew = field.known <= SIZES_ROWS_MOST
  const all = [new Numbers(field, isAlone), new Variants(field), ...(isOfFew ? [new Sizes(field)] : [])]
  return all.filter((marks) => marks.share >= SHARE_LEAST)
}

/** Words of a text column that are compared as marks, and so are no part of what its texts have in common. */
export function wordsOfVersions(field: Field): ReadonlySet<string> {
  return field.kind === 'text' && new Variants(field).share >= SHARE_LEAST ? VERSIONS : NONE
}

/** How the numbers of two texts agree, and how matches usually fall on that; the levels of codes are parts of two others. */
const NUMBER_LEVELS = [
  { name: 'missing', usualM: 1, usualMOfCodes: 1 },
  { name: 'same, rare', usualM: 0.25, usualMOfCodes: 0.25 },
  { name: 'same, common', usualM: 0.2, usualMOfCodes: 0.2 },
  { name: 'more in one, rare shared', usualM: 0.15, usualMOfCodes: 0.15 },
  { name: 'more in one', usualM: 0.08, usualMOfCodes: 0.08 },
  { name: 'others in both, code shared', usualM: 0, usualMOfCodes: 0.03 },
  { name: 'others in both, rare shared', usualM: 0.06, usualMOfCodes: 0.03 },
  { name: 'others in both', usualM: 0.04, usualMOfCodes: 0.02 },
  { name: 'in one only', usualM: 0.15, usualMOfCodes: 0.15 },
  { name: 'another code in both', usualM: 0, usualMOfCodes: 0.02 },
  { name: 'differ', usualM: 0.07, usualMOfCodes: 0.07 },
]

class Numbers implements MarkLevels {
  readonly name: string
  readonly levels: readonly string[]
  readonly usualM: readonly number[]
  readonly contradicting: readonly number[]
  readonly share: number
  private readonly marks: readonly (readonly string[])[]
  private readonly runs: readonly ReadonlyMap<string, readonly string[]>[]
  private readonly bits: ReadonlyMap<string, number>
  private readonly codes: ReadonlySet<string>
  /** Where each of NUMBER_LEVELS stands among the levels. */
  private readonly places: readonly number[]

  constructor(field: Field, isAlone: boolean) {
    this.name = `${field.name}: numbers`
    this.marks = field.dictionary.map(numbersOf)
    this.runs = field.dictionary.map(runsOf)
    const rows = new Map<string, number>()
    let marked = 0
    this.marks.forEach((list, id) => {
      if (list.length > 0 && id > 0) marked += field.counts[id]
      for (const mark of list) rows.set(mark, (rows.get(mark) ?? 0) + field.counts[id])
    })
    this.share = field.known === 0 ? 0 : marked / field.known
    this.bits = new Map([...rows].map(([mark, count]) => [mark, Math.log2(Math.max(field.known / count, 1))]))
    this.codes = isAlone ? codesAmong(this.marks, field, rows) : NONE
    const areCoded = this.codes.size > 0
    const levels = NUMBER_LEVELS.filter(({ usualM }) => areCoded || usualM > 0)
    this.levels = levels.map(({ name }) => name)
    this.usualM = levels.map(({ usualM, usualMOfCodes }) => (areCoded ? usualMOfCodes : usualM))
    this.contradicting = levels.flatMap(({ name }, level) => (name === 'another code in both' ? [level] : []))
    this.places = NUMBER_LEVELS.map((level) => levels.indexOf(level))
  }

  levelOf(u: number, v: number): number {
    return this.places[this.placeOf(u, v)]
  }

  /** In NUMBER_LEVELS. */
  private placeOf(u: number, v: number): number {
    const [a, b] = [this.marks[u], this.marks[v]]
    if (a.length === 0 && b.length === 0) return 0
    if (a.length === 0 || b.length === 0) return 8
    let bits = 0
    let isCodeShared = false
    const ofA = new Set<string>()
    const ofB = new Set<string>()
    const take = (mark: string, other: string) => {
      ofA.add(mark)
      ofB.add(other)
      bits += Math.max(this.bits.get(mark) as number, this.bits.get(other) as number)
      isCodeShared ||= this.codes.has(mark) || this.codes.has(other)
    }
    for (const mark of a) if (b.includes(mark)) take(mark, mark)
    // A code that one wrote in parts: all the parts are it.
    for (const [whole, wholeTaken, runs, partsTaken] of [
      [a, ofA, this.runs[v], ofB],
      [b, ofB, this.runs[u], ofA],
    ] as const)
      for (const mark of whole) {
        const parts = wholeTaken.has(mark) ? undefined : runs.get(mark)
        if (parts === undefined || parts.some((part) => partsTaken.has(part))) continue
        wholeTaken.add(mark)
        for (const part of parts) partsTaken.add(part)
        bits += this.bits.get(mark) as number
        isCodeShared ||= this.codes.has(mark)
      }
    for (const mark of a) {
      if (ofA.has(mark)) continue
      const other = b.find((one) => !ofB.has(one) && areOneCode(mark, one))
      if (other !== undefined) take(mark, other)
    }
    if (ofA.size === 0) return 10
    const common = bits >= RARE_BITS || isCodeShared ? 0 : 1
    const isAllOfA = ofA.size === a.length
    const isAllOfB = ofB.size === b.length
    if (isAllOfA && isAllOfB) return 1 + common
    if (isAllOfA || isAllOfB) return 3 + common
    if (isCodeShared) return 5
    const others = (list: readonly string[], taken: ReadonlySet<string>) =>
      list.filter((mark) => !taken.has(mark) && this.codes.has(mark))
    return areOtherCodes(others(a, ofA), others(b, ofB)) ? 9 : 6 + common
  }
}

class Variants implements MarkLevels {
  readonly name: string
  readonly levels = ['missing', 'same', 'colour or edition in one only', 'version in one only', 'differ']
  readonly usualM = [1, 0.7, 0.2, 0.05, 0.05]
  readonly contradicting = [3, 4]
  readonly share: number
  private readonly colours: readonly (readonly string[])[]
  private readonly editions: readonly (readonly string[])[]
  private readonly versions: readonly string[]

  constructor(field: Field) {
    this.name = `${field.name}: variant`
    const found = (text: string, meant: (word: string) => string | undefined) =>
      [...new Set(text.split(' ').flatMap((word) => meant(word) ?? []))].sort()
    this.colours = field.dictionary.map((text) => found(text, (word) => (COLOURS.has(word) ? word : undefined)))
    this.editions = onlyAmongOthers(
      field.dictionary.map((text) => found(text, (word) => EDITIONS.get(word))),
      field,
    )
    this.versions = field.dictionary.map((text) =>
      found(text, (word) => (VERSIONS.has(word) ? word : undefined)).join(' '),
    )
    let marked = 0
    for (let id = 1; id < field.dictionary.length; id++)
      if (this.colours[id].length + this.editions[id].length > 0 || this.versions[id] !== '') marked += field.counts[id]
    this.share = field.known === 0 ? 0 : marked / field.known
  }

  levelOf(u: number, v: number): number {
    const [x, y] = [this.versions[u], this.versions[v]]
    if (x !== y) return x === '' || y === '' ? 3 : 4
    const [colour, edition] = [this.colours, this.editions].map((words) => likenessOf(words[u], words[v]))
    return Math.max(colour, edition, x === '' ? 0 : 1)
  }
}

/** Home is an edition beside deluxe and student; alone it is a word of a song or a beer. */
function onlyAmongOthers(
  editions: readonly (readonly string[])[],
  { counts, known }: Field,
): readonly (readonly string[])[] {
  const rows = new Map<string, number>()
  editions.forEach((words, id) => {
    if (id > 0) for (const word of words) rows.set(word, (rows.get(word) ?? 0) + counts[id])
  })
  const usual = [...rows.values()].filter((count) => count >= EDITION_LEAST * known)
  return usual.length >= EDITIONS_LEAST ? editions : editions.map(() => [])
}

/** Of words of one kind, as levels of variants: none, the same, more in one, others. */
function likenessOf(a: readonly string[], b: readonly string[]): 0 | 1 | 2 | 4 {
  if (a.length === 0 && b.length === 0) return 0
  if (a.length === b.length && a.every((word, i) => word === b[i])) return 1
  return a.length === 0 || b.length === 0 || a.some((word) => b.includes(word)) ? 2 : 4
}

/** Sizes of one thing: what two texts measure in one unit. That two sizes are the same says no more than the same numbers do. */
class Sizes implements MarkLevels {
  readonly name: string
  readonly levels = ['missing', 'same', 'differ']
  readonly usualM = [1, 0.97, 0.03]
  readonly contradicting = [2]
  readonly isSilent = true
  readonly share: number
  private readonly measures: readonly Measures[]

  constructor(field: Field) {
    this.name = `${field.name}: sizes`
    this.measures = measuresOnce(field.dictionary.map(measuresOf), field.counts)
    let marked = 0
    for (let id = 1; id < field.dictionary.length; id++) if (this.measures[id].size > 0) marked += field.counts[id]
    this.share = field.known === 0 ? 0 : marked / field.known
  }

  levelOf(u: number, v: number): number {
    const same = areMeasuresSame(this.measures[u], this.measures[v])
    return same === undefined ? 0 : same ? 1 : 2
  }
}

/**
 * Words with a digit in them, Roman numerals from II on as digits; in unspaced text the runs of digits and letters. A version is
 * its number, however it is written: 8, v8, 8.0.
 */
export function numbersOf(text: string): string[] {
  const marks = new Set<string>()
  const words = text.split(' ')
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '0' && i > 0 && VERSION.test(words[i - 1])) continue
    const word = words[i].replace(VERSION, '$1')
    const numeral = NUMERALS.get(word)
    if (numeral !== undefined) marks.add(numeral)
    else if (!/\d/.test(word)) continue
    else if (isUnspaced(word)) for (const part of word.match(/[a-z\d]*\d[a-z\d]*/g) ?? []) marks.add(plain(part))
    else marks.add(plain(word))
  }
  return [...marks].sort()
}

/** Two to four neighbouring words run together, where that has a digit, and the marks among them. */
function runsOf(text: string): Map<string, string[]> {
  const runs = new Map<string, string[]>()
  const words = text.split(' ')
  for (let from = 0; from < words.length; from++) {
    let run = words[from]
    for (let to = from + 1; to < Math.min(from + RUN_WORDS_MOST, words.length); to++) {
      run += words[to]
      if (run.length >= RUN_LEAST && /\d/.test(run))
        runs.set(plain(run), numbersOf(words.slice(from, to + 1).join(' ')))
    }
  }
  return runs
}

/** A model or an article number, by the way it is written. */
function isCode(mark: string): boolean {
  return mark.length >= CODE_LEAST && !MEASURE.test(mark)
}

/** Whether both have codes, and none is begun by one of the other: a shop leaves off the sign of the colour or the country. */
function areOtherCodes(a: readonly string[], b: readonly string[]): boolean {
  const areBegun = a.some((x) => b.some((y) => x.startsWith(y) || y.startsWith(x)))
  return a.length > 0 && b.length > 0 && !areBegun
}

/** Marks of few rows written like codes; none where too few rows have one to tell things by them. */
function codesAmong(
  marks: readonly (readonly string[])[],
  { counts, known }: Field,
  rows: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const most = Math.max(CODE_ROWS_MOST, known / 2 ** RARE_BITS)
  const codes = new Set([...rows].flatMap(([mark, count]) => (count <= most && isCode(mark) ? [mark] : [])))
  let coded = 0
  marks.forEach((list, id) => {
    if (id > 0 && list.some((mark) => codes.has(mark))) coded += counts[id]
  })
  return coded >= CODED_LEAST * known ? codes : NONE
}

/** 007 and 7 are one number. */
function plain(number: string): string {
  return /^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, '') : number
}

/** One code, or the end of the other as where a hyphen parts "ps lx350h" from "pslx350h". */
function areOneCode(x: string, y: string): boolean {
  if (x === y) return true
  const [short, long] = x.length < y.length ? [x, y] : [y, x]
  if (short.length < 3 || /^\d+$/.test(long)) return false
  return long.endsWith(short) && (short.length >= 4 || /[a-z]/.test(short))
}
