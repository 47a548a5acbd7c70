/**
 * Who is left: census rows that look for a partner (seekers), and the rows that would be without one (open rows).
 *
 * Open are police persons in force whom no census row and no death names, and away rows without the present row that they expect. That
 * the other row is open counts for a pair by 1 ÷ q, with q the share of such persons or away rows.
 * In:  groups after the household layer. Out: who seeks, pairs of a seeker and an open row that share a key, milli-bits.
 */
import { EXPECTS } from '../../matching/expected-partners.ts'
import type { Kernel } from '../../matching/kernel.ts'
import { isPresent, LINE_WORDS, PRESENCE, presenceOf, registerOf, WORD } from '../../matching/packed-records.ts'
import { type CountyWeights, milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { mixTriple } from '../../records/triple-dictionary.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'
import { KeyedRows } from './shared-keys.ts'

/** Persons without a census row that are believed in before any is counted; likewise away rows. */
const CAUTION = 50
/** A key that more leftovers share than this tells nothing. */
const SHARED_KEY_MAX = 64
/** Of who has no name, or names no village. */
const NO_KEY = -1

export interface OpenRowsContext {
  readonly table: RecordTable
  readonly lines: Int32Array
  readonly groups: Groups
  readonly kernel: Kernel
  readonly weights: CountyWeights
}

export class OpenRows {
  /** 1 for each census row that seeks. */
  readonly isSeeker: Uint8Array
  private readonly isOpen: Uint8Array
  private readonly context: OpenRowsContext
  /** Milli-bits that an open police person adds, and an open away row. */
  private readonly personBonus: number
  private readonly awayBonus: number

  constructor(context: OpenRowsContext) {
    this.context = context
    this.isSeeker = new Uint8Array(context.table.rows)
    this.isOpen = new Uint8Array(context.table.rows)
    this.personBonus = this.markPolice()
    this.awayBonus = this.markCensus()
  }

  /** Opens police persons; returns what being open weighs. */
  private markPolice(): number {
    const { table, groups } = this.context
    let [all, open] = [0, 0]
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++) {
      if (!isActive(table.columns, row)) continue
      const root = groups.root(row)
      all++
      if (groups.present[root] + groups.away[root] + groups.deaths[root] + groups.deathForms[root] > 0) continue
      open++
      this.isOpen[row] = 1
    }
    return milliBits((all + CAUTION) / (open + CAUTION))
  }

  /** Opens away rows and finds who seeks; returns what an away row that is open weighs. */
  private markCensus(): number {
    const { table, lines, groups, weights } = this.context
    let [all, open] = [0, 0]
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      const root = groups.root(row)
      const expects = weights.expects[row]
      const isAway = presenceOf(lines[row * LINE_WORDS + WORD.packed]) === PRESENCE.away
      const expectsOther = (expects & EXPECTS.census) !== 0
      const lacksOther = expectsOther && (isAway ? groups.present[root] : groups.away[root]) === 0
      if (isAway && expectsOther) all++
      if (isAway && lacksOther) {
        open++
        this.isOpen[row] = 1
      }
      const lacksPolice = (expects & EXPECTS.police) !== 0 && groups.police[root] === 0
      if (lacksPolice || (!isAway && lacksOther)) this.isSeeker[row] = 1
    }
    return milliBits((all + CAUTION) / (open + CAUTION))
  }

  /** Milli-bits that it adds to a pair, left < right, that its other row is open too; 0 where it is not. */
  bonusOf(left: number, right: number): number {
    const { isSeeker, isOpen } = this
    const { table, lines, groups } = this.context
    if (isSeeker[right] === 1 && isOpen[left] === 1 && left < table.starts[POLICE + 1])
      return groups.police[groups.root(right)] === 0 ? this.personBonus : 0
    const [here, away] = isOpen[left] === 1 ? [right, left] : [left, right]
    if (isOpen[away] === 0 || isSeeker[here] === 0 || registerOf(lines[away * LINE_WORDS + WORD.packed]) !== CENSUS)
      return 0
    const isPair =
      isPresent(lines, here) && groups.present[groups.root(away)] === 0 && groups.away[groups.root(here)] === 0
    return isPair ? this.awayBonus : 0
  }

  /**
   * Calls `see` with pairs of a seeker and an open row that share a key, and are not two people by their numbers; `byName` where the pair
   * is worth nothing without their names. A pair may come several times.
   */
  meet(see: (seeker: number, open: number, byName: boolean) => void): void {
    const { table, groups } = this.context
    const seekers = new KeyedRows(table, groups, this.isSeeker)
    const open = new KeyedRows(table, groups, this.isOpen)
    for (const { keyOf, byName } of this.keys()) {
      seekers.sortBy(keyOf)
      open.sortBy(keyOf)
      seekers.meet(open, SHARED_KEY_MAX, (seeker, other) => see(seeker, other, byName))
    }
    for (const [row, person] of this.namesakesThere()) see(row, person, false)
  }

  /** Seekers of a police row, and who of nearly their name has his hukou where they say, whatever rows he has and however old he is. */
  private *namesakesThere(): Iterable<readonly [seeker: number, person: number]> {
    const { table, groups, kernel } = this.context
    const { area, hukouArea, name } = table.columns
    const keyOf = (village: number, named: number): number =>
      village === 0 || named === 0 ? NO_KEY : village * 2 ** 32 + (kernel.nameSound(named) >>> 0)
    const persons = new Map<number, number[]>()
    const seekers: number[] = []
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      if (this.isSeeker[row] === 0 || groups.police[groups.root(row)] > 0) continue
      seekers.push(row)
      persons.set(keyOf(hukouArea[row], name[row]), [])
    }
    persons.delete(NO_KEY)
    for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++)
      if (isActive(table.columns, row)) persons.get(keyOf(area[row], name[row]))?.push(row)
    for (const row of seekers) {
      const list = persons.get(keyOf(hukouArea[row], name[row])) ?? []
      if (list.length <= SHARED_KEY_MAX) for (const person of list) yield [row, person]
    }
  }

  /**
   * What two leftovers meet under: name; hukou village and sex, surname, or address; area and end of the number; month of birth and hukou
   * village; village of residence with either. Month and sex alone for those who know of the other place no more than the township or the
   * county: such a pair must resemble each other in name.
   */
  private keys(): readonly { readonly keyOf: (row: number) => number; readonly byName: boolean }[] {
    const { table, kernel } = this.context
    const c = table.columns
    const hukouOf = (row: number): number => c.hukouArea[row] || c.area[row]
    const livingAt = (row: number): number => {
      if (table.registerOf(row) !== CENSUS) return 0
      return c.residence[row] > 1 ? c.residenceArea[row] : c.area[row]
    }
    const monthOf = (row: number): number => (((c.birth[row] >> 5) & 15) === 0 ? 0 : c.birth[row] >> 5)
    /** None where the first is not known. */
    const key = (known: number, beside: number, third = 0): number =>
      known === 0 ? 0 : mixTriple(known, beside, third) || 1
    const keys = [
      (row: number) => (c.name[row] === 0 ? 0 : key(1, kernel.nameKey(c.name[row]))),
      (row: number) => key(1, hukouOf(row), c.sex[row]),
      // Sex and month may both be wrong: then surname and village, or the house and the number's end, are what is left.
      (row: number) => (c.name[row] === 0 ? 0 : key(1, hukouOf(row), kernel.surnameSound(c.name[row]))),
      (row: number) => key(c.addressHash[row], hukouOf(row)),
      (row: number) => (c.idNo[row] === 0 ? 0 : key(1, table.ids.first(c.idNo[row]), table.ids.third(c.idNo[row]))),
      (row: number) => key(livingAt(row), hukouOf(row)),
      (row: number) => key(monthOf(row), hukouOf(row)),
      (row: number) => (monthOf(row) === 0 ? 0 : key(livingAt(row), monthOf(row))),
    ]
    return [
      ...keys.map((keyOf) => ({ keyOf, byName: false })),
      { keyOf: (row: number) => key(monthOf(row), c.sex[row]), byName: true },
    ]
  }
}
