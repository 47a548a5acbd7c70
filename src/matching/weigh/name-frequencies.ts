/**
 * How common a name is: in the county, by sound, and in one village.
 *
 * In:  RecordTable and the features of its names. Out: the chance that another person bears a name, or one that sounds
 * like it. County counts stand by name number, where a pair finds them with one look; counts of a village in one table of
 * (name, area), a line of memory each.
 */
import { RadixSorter } from '../../blocking/radix-sort.ts'
import type { NameFeatures } from '../../records/name-features.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isInForce } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import { AdjustedCounts } from './good-turing.ts'

/** A hamlet's few names tell little of how common a name is there. */
const VILLAGE_PEOPLE_MIN = 500

/**
 * Chance that another person bears a given full name, where nothing is known of the county: of one generation and sex 1 to 26 in a
 * million, by the names of 1.18 billion people (github.com/psychbruce/ChineseNames). So many people's names are believed to have shown it
 * beforehand: a few dozen rows tell nothing of how common a name is, and each of their names would pass for one of the commonest.
 */
const USUAL_CHANCE = 2e-5
const USUAL_PEOPLE = 1000
/** Of names that sound alike and are written otherwise there are about as many. */
const USUAL_SOUND_CHANCE = 2e-5

/** People by row of the census: nobody is rightly listed more than twice. */
const LISTED_TWICE = 0.5

/** What another thread needs to open the frequencies: shared memory and numbers. */
export interface NameCounts {
  /** Rows counted. */
  readonly total: number
  /** By name number: rows whose name is the same in standard characters. */
  readonly written: Int32Array
  /** By name number: rows whose name sounds the same and is written otherwise. */
  readonly homophones: Int32Array
  /** By area number: rows with a name. */
  readonly villages: Int32Array
  /** Of names that the county has more than once, rows by name and area. */
  readonly local: Int32Array
  /** r* by r (good-turing.ts). */
  readonly adjusted: readonly number[]
}

/** How many people bear a name, in the county and in a village. */
export class NameFrequencies {
  /** Rows counted. */
  readonly total: number
  private readonly counts: NameCounts
  readonly names: NameFeatures
  private readonly local: CountTable
  private readonly adjusted: AdjustedCounts

  /** @param counts as another thread has them, or as count() has just made them */
  constructor(counts: NameCounts, names: NameFeatures) {
    this.total = counts.total
    this.counts = counts
    this.names = names
    this.local = new CountTable(counts.local)
    this.adjusted = new AdjustedCounts(counts.adjusted)
  }

  get handle(): NameCounts {
    return this.counts
  }

  /**
   * Counts current police rows; census rows where there is no police register. A name that the census has more often than twice for
   * each bearer in the register has other bearers too: newcomers, and children who are called 小宝 until they have a name. Half its
   * census rows are people at the least, for nobody is listed more than twice.
   * @param people how many people the rows stand for, if they are a sample of more
   */
  static count(table: RecordTable, names: NameFeatures, people = 0): NameFrequencies {
    const register = table.starts[POLICE + 1] > table.starts[POLICE] ? POLICE : CENSUS
    const from = table.starts[register]
    const to = table.starts[register + 1]
    const c = table.columns
    const isCounted = (row: number): boolean => c.name[row] !== 0 && (register !== POLICE || isInForce(c, row))
    const bearers = new Int32Array(table.names.size + 1)
    const villages = sharedWords(table.areas.size + 1)
    let total = 0
    for (let row = from; row < to; row++) {
      if (!isCounted(row)) continue
      total++
      bearers[c.name[row]]++
      villages[c.area[row]]++
    }
    const { written, homophones, seen } = countNames(bearers, names, bearersInCensus(table, total))
    const local = CountTable.make((to - from) / 2)
    for (let row = from; row < to; row++)
      // A name that the county has once is its bearer's own in the village too: nothing to look up.
      if (isCounted(row) && written[c.name[row]] > 1) local.add(names.variantHash(c.name[row]), c.area[row], 1)
    return new NameFrequencies(
      {
        total: Math.max(1, total, people),
        written,
        homophones,
        villages,
        local: local.cells,
        adjusted: AdjustedCounts.of(seen).adjusted,
      },
      names,
    )
  }

  /**
   * Chance that another person has this name, in the county or in the village if that is more.
   * @param name name number @param village area number; 0 = the county alone
   * @param apart rows of the name that were counted and may be the person himself
   */
  chance(name: number, village: number, apart = 0): number {
    const { written, villages } = this.counts
    const county = this.believed(this.adjusted.get(Math.max(1, written[name] - apart)), USUAL_CHANCE)
    if (village === 0) return county
    const people = villages[village]
    if (people === 0) return county
    // Leaving the person out; shrunk towards the county, since one namesake more or less is chance.
    const here = written[name] > 1 ? this.local.get(this.names.variantHash(name), village) : 0
    const believed = Math.max(people, VILLAGE_PEOPLE_MIN)
    return Math.max(county, (Math.max(0, here - 1) + believed * county) / (people + believed))
  }

  /** Chance that another person's name sounds as this one does and is written otherwise. */
  soundChance(name: number): number {
    return this.believed(this.counts.homophones[name] + 0.5, USUAL_SOUND_CHANCE)
  }

  /** So many bearers among those counted, and what is usual among those believed beforehand. */
  private believed(bearers: number, usual: number): number {
    return (bearers + USUAL_PEOPLE * usual) / (this.total + USUAL_PEOPLE)
  }
}

/** Census rows by name number, and how many bearers each is at the least beside a register of `total` rows. */
function bearersInCensus({ starts, columns, names }: RecordTable, total: number): Listed {
  const rows = new Int32Array(names.size + 1)
  for (let row = starts[CENSUS]; row < starts[CENSUS + 1]; row++) rows[columns.name[row]]++
  const listed = starts[CENSUS + 1] - starts[CENSUS]
  // A register of one township beside the census of the county: a name is as common in it as in the census, not more.
  return { rows, each: Math.min(LISTED_TWICE, total / Math.max(1, listed)) }
}

interface Listed {
  readonly rows: Int32Array
  readonly each: number
}

/**
 * Sums the bearers of each name number over the numbers that are one name in standard characters, or in sound.
 * @param listed rows of the census, which are bearers too
 */
function countNames(
  bearers: Int32Array,
  names: NameFeatures,
  listed: Listed,
): { readonly written: Int32Array; readonly homophones: Int32Array; readonly seen: Int32Array } {
  const numbers = new NumbersByKey(bearers.length - 1)
  const written = sharedWords(bearers.length)
  const seen = numbers.sum((name) => names.variantHash(name), bearers, written)
  const homophones = sharedWords(bearers.length)
  numbers.sum((name) => names.soundHash(name), bearers, homophones)
  const rows = new Int32Array(bearers.length)
  numbers.sum((name) => names.variantHash(name), listed.rows, rows)
  for (let name = 1; name < bearers.length; name++) {
    homophones[name] = Math.max(0, homophones[name] - written[name])
    written[name] = Math.max(written[name], Math.floor(rows[name] * listed.each))
  }
  return { written, homophones, seen }
}

/** Names 1 to `count` brought together by a key. Sorting touches a tenth of the memory that a table of counts would. */
class NumbersByKey {
  private readonly sorter: RadixSorter
  private readonly keys: Int32Array
  private readonly names: Int32Array

  constructor(count: number) {
    this.sorter = new RadixSorter(count)
    this.keys = new Int32Array(count)
    this.names = new Int32Array(count)
  }

  /** Writes to each name what all names of its key have together in `counts`; returns the sum of each key. */
  sum(keyOf: (name: number) => number, counts: Int32Array, into: Int32Array): Int32Array {
    const { keys, names } = this
    for (let k = 0; k < keys.length; k++) {
      names[k] = k + 1
      keys[k] = keyOf(k + 1)
    }
    this.sorter.sort(keys, names, keys.length)
    return sumRuns(keys, names, counts, into)
  }
}

function sumRuns(keys: Int32Array, names: Int32Array, counts: Int32Array, into: Int32Array): Int32Array {
  const sums = new Int32Array(keys.length)
  let runs = 0
  for (let start = 0; start < keys.length; ) {
    let end = start
    let sum = 0
    while (end < keys.length && keys[end] === keys[start]) sum += counts[names[end++]]
    while (start < end) into[names[start++]] = sum
    sums[runs++] = sum
  }
  return sums.subarray(0, runs)
}

/** Words of a cell: key, second, count, and one to keep a cell inside a line of memory. */
const CELL_WORDS = 4
const COUNT = 2

/** Counts by two 32-bit keys; open addressing. A cell is met with one miss of the cache, not one for each word. */
class CountTable {
  cells: Int32Array
  private used = 0

  /** @param expected distinct keys to come, about */
  static make(expected: number): CountTable {
    let places = 1 << 12
    while (places < expected * 2) places *= 2
    return new CountTable(sharedWords(places * CELL_WORDS))
  }

  constructor(cells: Int32Array) {
    this.cells = cells
  }

  add(key: number, second: number, by: number): void {
    const at = this.find(key, second)
    const { cells } = this
    const isNew = cells[at + COUNT] === 0
    cells[at + COUNT] += by
    if (!isNew) return
    cells[at] = key
    cells[at + 1] = second
    if (++this.used * 2 * CELL_WORDS > cells.length) this.grow()
  }

  get(key: number, second: number): number {
    return this.cells[this.find(key, second) + COUNT]
  }

  /** Where the key's cell begins, or the free one where it belongs. */
  private find(key: number, second: number): number {
    const { cells } = this
    const mask = cells.length - 1
    let at = ((Math.imul(key ^ Math.imul(second, 0x85ebca6b), 0x9e3779b1) >>> 7) * CELL_WORDS) & mask
    while (cells[at + COUNT] !== 0 && (cells[at] !== key || cells[at + 1] !== second)) at = (at + CELL_WORDS) & mask
    return at
  }

  private grow(): void {
    const { cells } = this
    this.cells = sharedWords(cells.length * 2)
    for (let from = 0; from < cells.length; from += CELL_WORDS) {
      if (cells[from + COUNT] === 0) continue
      const at = this.find(cells[from], cells[from + 1])
      this.cells.set(cells.subarray(from, from + CELL_WORDS), at)
    }
  }
}

function sharedWords(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4))
}
