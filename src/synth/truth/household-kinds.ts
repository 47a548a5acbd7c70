/**
 * True findings on what a household is: hukou where nobody lives, relations that cannot be.
 *
 * In:  all rows and every person's state. Out: empty-hukou, collective-empty, attached-hukou and
 *      household-relation-error (6.5). A relation or an age gap is read from the rows, right or wrong as they are.
 */
import type { CensusRow, PoliceRow, RegisterName, Registers } from '../rows.ts'
import { T0 } from '../calendar.ts'
import { isActive, type PersonState, villageOf } from './people-index.ts'
import { readDate, readMonth, readSex } from './readings.ts'
import { type FindingSink, keysOf } from './sink.ts'
import { groupBy } from './group-by.ts'

const LIVING = 1
const LISTED = 2
const HERE = 4
const PARKED = 8
/** Two hukou, or decided by an earlier rule: a fair reader may leave the person out. */
const UNCLEAR = 16

/** Households of the register of which no member is present at the hukou. */
export class UnlivedHouseholds {
  private readonly registers: Registers
  private readonly states: Uint8Array

  constructor(registers: Registers, size: number) {
    this.registers = registers
    this.states = new Uint8Array(size)
  }

  gather(state: PersonState): void {
    const { active, census, present, away, hukouVillages, death, decided, forms } = state
    const born = Math.max(...active.map((row) => readDate(row.birth_date)), state.born)
    if (active.length === 0 || (death > 0 && death < T0) || born >= T0) return
    let bits = LIVING
    if (census.length > 0) bits |= LISTED
    if (present.some((row) => hukouVillages.has(villageOf(row)) && !isOtherBlock(row, away))) bits |= HERE
    if (away.some((row) => row.away_reason === '寄挂户口' && hukouVillages.has(villageOf(row)))) bits |= PARKED
    if (decided || hukouVillages.size > 1 || active.length > 1 || forms.length > 0) bits |= UNCLEAR
    this.states[state.person] = bits
  }

  judge(sink: FindingSink): void {
    const homes = groupBy(
      this.registers.police.filter((row) => this.states[row.person] !== 0 && isActive(row)),
      (row) => `${row.area_code}/${row.household_no}`,
    )
    for (const rows of homes.values()) this.judgeHome(rows, sink)
  }

  private judgeHome(rows: readonly PoliceRow[], sink: FindingSink): void {
    const states = rows.map((row) => this.states[row.person] as number)
    const isFamily = (rows[0] as PoliceRow).household_type !== '集体户'
    const isAny = (bit: number): boolean => states.some((bits) => (bits & bit) !== 0)
    if (isFamily) this.judgeAttached(rows, sink)
    if (states.some((bits) => (bits & (HERE | UNCLEAR)) === HERE)) return
    const isClear = !isAny(UNCLEAR)
    if (isFamily) sink.put('empty-hukou', isClear && isAny(PARKED), keysOf('police', rows))
    // One finding a household, identified by any of its rows: none of them must be the one.
    else sink.may('collective-empty', keysOf('police', rows))
  }

  private judgeAttached(rows: readonly PoliceRow[], sink: FindingSink): void {
    for (const row of rows) {
      const state = this.states[row.person] as number
      if (readRelation(row.relation, 'police') !== 'stranger' || (state & (HERE | UNCLEAR)) === HERE) continue
      sink.put('attached-hukou', (state & (LISTED | UNCLEAR)) === LISTED, keysOf('police', [row]))
    }
  }
}

function isOtherBlock(here: CensusRow, away: readonly CensusRow[]): boolean {
  return away.some(
    (row) => row.residence === '2' && villageOf(row) === villageOf(here) && row.block_code !== here.block_code,
  )
}

type Relation = 'head' | 'spouse' | 'child' | 'parent' | 'grandchild' | 'stranger' | 'other'

const POLICE_WORDS: Readonly<Record<string, Relation>> = {
  户主: 'head',
  夫: 'spouse',
  妻: 'spouse',
  子: 'child',
  女: 'child',
  孙子: 'grandchild',
  孙女: 'grandchild',
  父亲: 'parent',
  母亲: 'parent',
  非亲属: 'stranger',
}

function readRelation(text: string, register: 'police' | 'census'): Relation {
  if (text === '') return 'other'
  if (register === 'census')
    return (['head', 'spouse', 'child', 'parent', '', '', '', 'grandchild'][Number(text)] || 'other') as Relation
  if (!/^[0-9]{2}$/.test(text)) return POLICE_WORDS[text] ?? 'other'
  if (text === '01' || text === '02') return 'head'
  if (text === '99') return 'stranger'
  if (text === '28' || text === '38') return 'other'
  if (text >= '53' && text <= '56') return 'other'
  const byTens: Readonly<Record<string, Relation>> = {
    '1': 'spouse',
    '2': 'child',
    '3': 'child',
    '4': 'grandchild',
    '5': 'parent',
  }
  return byTens[text[0] as string] ?? 'other'
}

interface Member {
  readonly record_id: string
  readonly person: number
  readonly relation: Relation
  readonly sex: number
  /** YYYYMMDD, or YYYYMM00 where the form asks for the month; 0 not said. */
  readonly birth: number
}

/** Relations inside a household of either register. Collective households have none to test. */
export function judgeRelations(registers: Registers, sink: FindingSink): void {
  const police = groupBy(
    registers.police.filter((row) => row.household_type !== '集体户' && isActive(row)),
    (row) => `${row.area_code}/${row.household_no}`,
  )
  for (const rows of police.values()) {
    const members = rows.map((row) => memberOf(row, readRelation(row.relation, 'police'), readDate(row.birth_date)))
    judgeMembers('police', members, sink)
  }
  const census = groupBy(
    registers.census.filter((row) => row.household_type !== '2'),
    (row) => `${row.block_code}/${row.household_no}`,
  )
  for (const rows of census.values()) {
    const members = rows.map((row) =>
      memberOf(row, readRelation(row.relation, 'census'), readMonth(row.birth_month) * 100),
    )
    judgeMembers('census', members, sink)
  }
}

function memberOf(row: PoliceRow | CensusRow, relation: Relation, birth: number): Member {
  return { record_id: row.record_id, person: row.person, relation, sex: readSex(row.sex), birth }
}

function judgeMembers(register: RegisterName, members: readonly Member[], sink: FindingSink): void {
  const say = (isMust: boolean, rows: readonly Member[]): void => {
    if (new Set(rows.map((row) => row.person)).size > 1)
      sink.put('household-relation-error', isMust, keysOf(register, rows))
  }
  const of = (relation: Relation): Member[] => members.filter((member) => member.relation === relation)
  const heads = of('head')
  if (heads.length > 1) say(true, heads)
  const spouses = of('spouse')
  if (spouses.length > 1) say(false, spouses)
  const [head] = heads
  if (head === undefined || heads.length > 1) return
  const withHead = (isMust: boolean, rows: readonly Member[]): void => {
    if (rows.length > 0) say(isMust, [...rows, head])
  }
  withHead(
    true,
    spouses.filter((spouse) => spouse.sex !== 0 && spouse.sex === head.sex),
  )
  if (head.birth === 0) return
  const dated = (relation: Relation): Member[] => of(relation).filter((member) => member.birth !== 0)
  // At 15 and 55 years to the month it depends on how one counts.
  const child = dated('child').map((row) => [row, yearsBetween(head.birth, row.birth)] as const)
  const parent = dated('parent').map((row) => [row, yearsBetween(row.birth, head.birth)] as const)
  for (const pairs of [child, parent]) {
    withHead(
      true,
      rowsOf(pairs, (years) => years < 15),
    )
    const isMother = (row: Member): boolean => (pairs === child ? head : row).sex === 2
    const ofMothers = pairs.filter(([row]) => isMother(row))
    withHead(
      true,
      rowsOf(ofMothers, (years) => years >= 56),
    )
    withHead(
      false,
      rowsOf(pairs, (years) => years >= 55),
    )
  }
  withHead(
    false,
    dated('grandchild').filter((row) => yearsBetween(head.birth, row.birth) < 31),
  )
}

function rowsOf(pairs: readonly (readonly [Member, number])[], isWrong: (years: number) => boolean): Member[] {
  return pairs.filter(([, years]) => isWrong(years)).map(([row]) => row)
}

/** Whole years from one birth to another; negative if the second came first. */
const yearsBetween = (older: number, younger: number): number => Math.floor((younger - older) / 10000)
