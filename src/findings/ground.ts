/**
 * Ground of all findings: which police rows are effective and active at T0, which numbers belong to people with an
 * active hukou, which registers were given.
 *
 * In:  the record table, people and settings. Out: flags per row, asked by situations and detectors.
 */
import type { NameFeatures } from '../records/name-features.ts'
import type { People } from '../linking/people.ts'
import type { RecordTable } from '../records/record-table.ts'
import { isInForce } from '../records/versions-in-force.ts'
import { POLICE, REGISTERS, type RegisterName } from '../registers/columns.ts'
import type { FindingSettings } from '../settings.ts'
import { graceOf, type Grace, isFrom, yearsBefore } from './calendar.ts'
import { LIKELY_PARTNER } from './finding-list.ts'
import { isGoodNumber } from './id-rows.ts'
import { NameReader } from './name-relation.ts'
import { Places } from './places.ts'
import type { SupposedPerson } from './supposed-people.ts'

export interface FindingContext {
  readonly table: RecordTable
  readonly people: People
  readonly settings: FindingSettings
  /** Registers that were given; rows of others are not looked at. */
  readonly given: ReadonlySet<RegisterName>
  /** 1 = the row stands in a review pair nobody has decided yet; LIKELY_PARTNER = one that is probably one person. */
  readonly reviewRows?: Uint8Array
  /** People who are likely one, counted or registered twice (supposed-people.ts). */
  readonly supposedPeople?: readonly SupposedPerson[]
  /** Features of the names, for telling variant from different names. */
  readonly names?: NameFeatures
}

export const STATUS = { normal: 0, dead: 1, moved: 2, army: 3, abroad: 4, deleted: 7, cancelled: 8, other: 9 } as const

/** What is known before anybody has found out which rows are one person. */
export type RegisterContext = Pick<FindingContext, 'table' | 'settings' | 'given'>

/** How a police row stands. */
export const STANDING = {
  /** An old version or a reversed one: nothing is found on it. */
  ineffective: 0,
  /** Status 0, moved in at or after T0. */
  notYet: 1,
  /** Cancelled before T0. */
  gone: 2,
  active: 3,
} as const

/** The part of the ground that rows and registers give by themselves. */
export class RegisterGround {
  readonly table: RecordTable
  readonly settings: FindingSettings
  readonly places: Places
  readonly reference: number
  /** Given registers by register number. */
  readonly given: readonly boolean[]
  /** STANDING of each police row; police rows are the first of the table. */
  readonly standing: Uint8Array

  constructor({ table, settings, given }: RegisterContext) {
    this.table = table
    this.settings = settings
    this.places = new Places(table)
    this.reference = settings.referenceDate
    this.given = REGISTERS.map((register) => given.has(register))
    this.standing = this.given[POLICE] ? standings(table, settings.referenceDate) : new Uint8Array(table.starts[1])
  }
}

export class Ground extends RegisterGround {
  readonly people: People
  readonly names: NameFeatures | undefined
  private readonly reviewRows: Uint8Array | undefined
  readonly supposedPeople: readonly SupposedPerson[]
  readonly nameReader: NameReader
  /** First day of the window W; the last is the day before T0. */
  readonly windowStart: number
  /** 1 = the ID number stands on a police row of a person with an active hukou here. */
  readonly activeNumbers: Uint8Array
  /** Pairs of census households, and people, for whom a household finding speaks. */
  readonly replacedPairs = new Set<number>()
  readonly replacedMissing = new Set<number>()
  /** Row plus 1 of the only active holder of each number, 0 none, made when first asked for. */
  private holders: Int32Array | undefined

  constructor(context: FindingContext) {
    super(context)
    const { table, people, settings } = context
    this.people = people
    this.names = context.names
    this.reviewRows = context.reviewRows
    this.supposedPeople = context.supposedPeople ?? []
    this.nameReader = new NameReader(table.names, context.names)
    this.windowStart = yearsBefore(settings.referenceDate, 1)
    this.activeNumbers = this.numbersOfActivePeople()
  }

  /** Whether a row of the person waits in review for a partner that is more likely than not. */
  hasLikelyPartner(person: number): boolean {
    const { reviewRows, people } = this
    if (reviewRows === undefined) return false
    for (let k = people.rowStart[person]; k < people.rowStart[person + 1]; k++)
      if (reviewRows[people.rows[k]] === LIKELY_PARTNER) return true
    return false
  }

  /** An active police row that bears a good number; -1 none, or several. */
  holderOf(id: number): number {
    this.holders ??= this.findHolders()
    return this.holders[id] - 1
  }

  /** Whether an event is in W. */
  isInWindow(date: number): boolean {
    return isFrom(date, this.windowStart) && !isFrom(date, this.reference)
  }

  grace(event: number, register: RegisterName): Grace {
    return graceOf(event, this.settings.graceDays, this.reference, this.settings.asOf[register])
  }

  private findHolders(): Int32Array {
    const { table, people, standing } = this
    const { idNo, idKind } = table.columns
    const holders = new Int32Array(table.ids.size + 1)
    const isShared = new Uint8Array(table.ids.size + 1)
    for (let row = 0; row < standing.length; row++) {
      if (standing[row] !== STANDING.active || !isGoodNumber(idKind[row])) continue
      const id = idNo[row]
      if (holders[id] === 0) holders[id] = row + 1
      else if (people.personOf[holders[id] - 1] !== people.personOf[row]) isShared[id] = 1
    }
    for (let id = 0; id < holders.length; id++) if (isShared[id] === 1) holders[id] = 0
    return holders
  }

  private numbersOfActivePeople(): Uint8Array {
    const { table, people, standing, places } = this
    const { idNo, area } = table.columns
    const active = new Uint8Array(people.count)
    const end = table.starts[1]
    for (let row = 0; row < end; row++) {
      if (standing[row] === STANDING.active && (area[row] === 0 || places.loaded[area[row]] === 1))
        active[people.personOf[row]] = 1
    }
    const numbers = new Uint8Array(table.ids.size + 1)
    for (let row = 0; row < end; row++) if (active[people.personOf[row]] === 1) numbers[idNo[row]] = 1
    numbers[0] = 0
    return numbers
  }
}

function standings(table: RecordTable, reference: number): Uint8Array {
  const { status, movedIn, movedOut, death, cancelled } = table.columns
  const end = table.starts[1]
  const standing = new Uint8Array(end)
  for (let row = 0; row < end; row++) {
    if (!isInForce(table.columns, row)) continue
    if (status[row] === STATUS.normal) {
      standing[row] = isFrom(movedIn[row], reference) ? STANDING.notYet : STANDING.active
      continue
    }
    const ended =
      status[row] === STATUS.moved
        ? movedOut[row]
        : status[row] === STATUS.dead
          ? death[row] || cancelled[row]
          : cancelled[row]
    standing[row] = isFrom(ended, reference) ? STANDING.active : STANDING.gone
  }
  return standing
}
