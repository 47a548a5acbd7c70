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
import { isActive } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'

/** Persons without a census row that are believed in before any is counted; likewise away rows. */
const CAUTION = 50
/** A key that more leftovers share than this tells nothing. */
const SHARED_KEY_MAX = 64
/** Begins the key of month and sex: whoever meets under it alone must resemble the other in name. */
const MONTH_ALONE = 'm'
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

  /** Pairs of a seeker and an open row that share a key; `byName` where it is worth nothing without their names. */
  *meetings(): Iterable<readonly [seeker: number, open: number, byName: boolean]> {
    const { table } = this.context
    const openByKey = this.openByKey()
    for (let row = table.starts[CENSUS]; row < table.starts[CENSUS + 1]; row++) {
      if (this.isSeeker[row] === 0) continue
      for (const key of this.keysOf(row)) {
        const open = openByKey.get(key) ?? []
        if (open.length <= SHARED_KEY_MAX) for (const other of open) yield [row, other, key.startsWith(MONTH_ALONE)]
      }
    }
    for (const [row, person] of this.namesakesThere()) yield [row, person, false]
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

  private openByKey(): Map<string, number[]> {
    const { table } = this.context
    const byKey = new Map<string, number[]>()
    for (let row = 0; row < table.starts[CENSUS + 1]; row++) {
      if (this.isOpen[row] === 0) continue
      for (const key of this.keysOf(row)) {
        const list = byKey.get(key)
        if (list === undefined) byKey.set(key, [row])
        else list.push(row)
      }
    }
    return byKey
  }

  /**
   * Keys under which two leftovers meet: name; hukou village and sex, surname, or address; area and end of the number; month of birth
   * and hukou village; month and village of residence. Month and sex alone (MONTH_ALONE) for those who know of the other place no more
   * than the township or the county.
   */
  private keysOf(row: number): string[] {
    const { table, kernel } = this.context
    const c = table.columns
    const month = c.birth[row] >> 5
    const keys = c.name[row] === 0 ? [] : [`n${kernel.nameKey(c.name[row])}`]
    const hukou = c.hukouArea[row] || c.area[row]
    const isCensus = table.registerOf(row) === CENSUS
    const living = isCensus && c.residence[row] > 1 ? c.residenceArea[row] : isCensus ? c.area[row] : 0
    keys.push(`v${hukou} ${c.sex[row]}`)
    // Sex and month may both be wrong: then surname and village, or the house and the number's end, are what is left.
    if (c.name[row] !== 0) keys.push(`s${hukou} ${kernel.surnameSound(c.name[row])}`)
    if (c.addressHash[row] !== 0) keys.push(`a${hukou} ${c.addressHash[row]}`)
    if (c.idNo[row] !== 0) keys.push(`t${table.ids.first(c.idNo[row])} ${table.ids.third(c.idNo[row])}`)
    if (living !== 0) keys.push(`p${hukou} ${living}`)
    if ((month & 15) === 0) return keys
    keys.push(`h${month} ${hukou}`, `${MONTH_ALONE}${month} ${c.sex[row]}`)
    if (living !== 0) keys.push(`r${month} ${living}`)
    return keys
  }
}
