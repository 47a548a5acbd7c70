/**
 * FindingList: all findings of a run as columns, because a county has hundreds of thousands.
 *
 * In:  detectors write one finding at a time (start, row…, evidence…, end). Out: `at(i)` and `forEach` give plain
 *      values; the sentence is made only when somebody reads it. Certainty and lineage are decided here, once for all.
 * `rows` are the records the finding falls on; `evidence` are further rows it rests on.
 */
import { ATTACHMENT, type People } from '../linking/people.ts'
import type { RecordTable } from '../records/record-table.ts'
import { sharedInts } from '../records/shared-memory.ts'
import { CENSUS, CENSUS_DEATHS, type RegisterName } from '../registers/columns.ts'
import { FINDING_CODES, FINDING_TABLE, type FindingCode, type Severity } from './table.ts'

const CERTAINTIES = ['certain', 'probable', 'review'] as const
type Certainty = (typeof CERTAINTIES)[number]

export interface Finding {
  readonly code: FindingCode
  readonly severity: Severity
  readonly lineage: 'adm' | 'cen'
  readonly certainty: Certainty
  /** Person number; that of the first row for a finding on several people. */
  readonly person: number
  /** The records it falls on, main one first. */
  readonly rows: readonly number[]
  /** Further rows it rests on. */
  readonly evidence: readonly number[]
  /** Where the work falls: that of the first record, digits known. */
  readonly areaCode: string
  /** The event lies between a register's as-of date and the reference date: lowered one level. */
  readonly isTiming: boolean
  /** It rests on a link that is probable or in review. */
  readonly isLinkPending: boolean
}

/** A finding that would fall on so many rows of a register that it is told once. */
export interface ToldOnce {
  readonly code: FindingCode
  readonly register: RegisterName
  readonly rows: number
  /** Rows of the register. */
  readonly of: number
}

/** Findings whose rows are read ahead at a time: more would push the first out of the cache. */
const AHEAD = 64

const TIMING = 1
const LINK_PENDING = 2
const LINEAGES = ['adm', 'cen'] as const
const RESTS = FINDING_CODES.map((code) => ['row', 'links', 'absence'].indexOf(FINDING_TABLE[code].rests))
const SEVERITY_NAMES: readonly Severity[] = ['S0', 'S1', 'S2', 'S3']
const SEVERITIES = FINDING_CODES.map((code) => SEVERITY_NAMES.indexOf(FINDING_TABLE[code].severity))
const TABLE_LINEAGES = FINDING_CODES.map((code) => ['adm', 'cen', 'row'].indexOf(FINDING_TABLE[code].lineage))
const ABSENCE = 2
/** In reviewRows: the open pair is more likely one person than not. */
export const LIKELY_PARTNER = 2

/** What another thread needs to open a list: shared memory. */
export interface FindingListHandle {
  readonly made: number
  readonly codes: Uint8Array
  readonly severities: Uint8Array
  readonly certainties: Uint8Array
  readonly lineages: Uint8Array
  readonly flags: Uint8Array
  readonly rowStart: Int32Array
  readonly evidenceStart: Int32Array
  readonly rows: Int32Array
  readonly toldOnce: readonly ToldOnce[]
}

export class FindingList {
  /** For the summary. */
  readonly toldOnce: ToldOnce[] = []
  private readonly table: RecordTable
  private readonly knownPeople: People | undefined
  private readonly reviewRows: Uint8Array | undefined
  private readonly isMade: readonly boolean[]
  private readonly sentence: (finding: Finding) => string
  private codes = sharedBytes(1 << 12)
  private severities = sharedBytes(1 << 12)
  private certainties = sharedBytes(1 << 12)
  private lineages = sharedBytes(1 << 12)
  private flags = sharedBytes(1 << 12)
  /** rowStart[i] … evidenceStart[i] … rowStart[i + 1]. */
  private rowStart = sharedInts((1 << 12) + 1)
  private evidenceStart = sharedInts(1 << 12)
  private rows = sharedInts(1 << 14)
  private rowCount = 0
  private isSupposed = false
  private made = 0
  /** What readAhead read: kept, so that no compiler leaves the reading out. */
  protected touched = 0

  /** @param people undefined while nobody knows who is one person: then codes that rest on links cannot be written. */
  constructor(
    table: RecordTable,
    people: People | undefined,
    reviewRows: Uint8Array | undefined,
    isMade: (code: FindingCode) => boolean,
    sentence: (finding: Finding) => string,
  ) {
    this.table = table
    this.knownPeople = people
    this.reviewRows = reviewRows
    this.isMade = FINDING_CODES.map(isMade)
    this.sentence = sentence
  }

  /** A list that stands: nothing can be added. */
  static open(
    table: RecordTable,
    people: People,
    sentence: (finding: Finding) => string,
    handle: FindingListHandle,
  ): FindingList {
    const list = new FindingList(table, people, undefined, () => false, sentence)
    return Object.assign(list, handle, { toldOnce: [...handle.toldOnce] })
  }

  get handle(): FindingListHandle {
    const { made, codes, severities, certainties, lineages, flags, rowStart, evidenceStart, rows, toldOnce } = this
    return { made, codes, severities, certainties, lineages, flags, rowStart, evidenceStart, rows, toldOnce }
  }

  /**
   * Adds a list that another thread made, behind this one.
   * @param holds told the code and the rows of a finding (not its evidence); one that does not hold is left out
   */
  append(other: FindingListHandle, holds: (code: FindingCode, rows: Int32Array) => boolean = () => true): void {
    for (let i = 0; i < other.made; i++) {
      const from = other.rowStart[i]
      const evidence = other.evidenceStart[i]
      const end = other.rowStart[i + 1]
      if (!holds(FINDING_CODES[other.codes[i]], other.rows.subarray(from, evidence))) continue
      if (this.made === this.codes.length) this.grow()
      const at = this.made++
      this.codes[at] = other.codes[i]
      this.severities[at] = other.severities[i]
      this.certainties[at] = other.certainties[i]
      this.lineages[at] = other.lineages[i]
      this.flags[at] = other.flags[i]
      const start = this.rowStart[at]
      while (this.rows.length < start + end - from) this.rows = widen(this.rows)
      for (let k = from; k < end; k++) this.rows[start + k - from] = other.rows[k]
      this.evidenceStart[at] = start + evidence - from
      this.rowStart[at + 1] = start + end - from
    }
    this.toldOnce.push(...other.toldOnce)
  }

  private get people(): People {
    if (this.knownPeople === undefined) throw new Error('a finding that rests on links, and nobody has linked yet')
    return this.knownPeople
  }

  get count(): number {
    return this.made
  }

  tellOnce(told: ToldOnce): void {
    this.toldOnce.push(told)
  }

  /** Opens a finding; false if it cannot be made from the registers given. */
  start(code: number): boolean {
    if (!this.isMade[code]) return false
    if (this.made === this.codes.length) this.grow()
    this.codes[this.made] = code
    this.rowCount = this.rowStart[this.made]
    this.evidenceStart[this.made] = -1
    return true
  }

  /** A record the finding falls on; the first one names the place of work. */
  row(row: number): void {
    if (this.rowCount === this.rows.length) this.rows = widen(this.rows)
    this.rows[this.rowCount++] = row
  }

  /** A further row it rests on; after the last `row`. */
  evidence(row: number): void {
    if (this.evidenceStart[this.made] < 0) this.evidenceStart[this.made] = this.rowCount
    this.row(row)
  }

  end(severity: number = SEVERITIES[this.codes[this.made]], isTiming = false): void {
    const at = this.made
    const code = this.codes[at]
    const from = this.rowStart[at]
    const keysEnd = this.evidenceStart[at] < 0 ? this.rowCount : this.evidenceStart[at]
    this.evidenceStart[at] = keysEnd
    this.rowStart[at + 1] = this.rowCount
    // S1 → S2 → S3 → S0.
    this.severities[at] = isTiming ? (severity + 1) & 3 : severity
    let isInReview = this.isSupposed
    let isProbable = false
    let isCensus = TABLE_LINEAGES[code] === 1
    const lineageFollowsRows = TABLE_LINEAGES[code] === 2
    const rests = RESTS[code]
    for (let k = from; k < this.rowCount; k++) {
      const row = this.rows[k]
      if (rests !== 0) {
        if (this.reviewRows !== undefined && this.reviewRows[row] !== 0) {
          // More likely than not the row has its partner, and a person is being asked: nothing is missing yet.
          if (rests === ABSENCE && this.reviewRows[row] === LIKELY_PARTNER) return
          isInReview = true
        }
        const attachment = this.people.attachment[row]
        if (attachment === ATTACHMENT.probable) isProbable = true
      }
      if (lineageFollowsRows && isCensusRow(this.table, row)) isCensus = true
    }
    this.certainties[at] = isInReview ? 2 : isProbable ? 1 : 0
    this.lineages[at] = isCensus ? 1 : 0
    this.flags[at] = (isTiming ? TIMING : 0) | (isInReview || isProbable ? LINK_PENDING : 0)
    this.made++
  }

  /** What `say` writes rests on an open pair, whichever rows it falls on. */
  suppose(say: () => void): void {
    this.isSupposed = true
    say()
    this.isSupposed = false
  }

  /** Whether one of the records of finding i is a row of this person. */
  concerns(i: number, person: number): boolean {
    for (let k = this.rowStart[i]; k < this.evidenceStart[i]; k++)
      if (this.people.personOf[this.rows[k]] === person) return true
    return false
  }

  at(i: number): Finding & { readonly detail: string } {
    const { rows } = this
    const from = this.rowStart[i]
    const first = rows[from]
    return new ListedFinding(
      {
        code: FINDING_CODES[this.codes[i]],
        severity: SEVERITY_NAMES[this.severities[i]],
        lineage: LINEAGES[this.lineages[i]],
        certainty: CERTAINTIES[this.certainties[i]],
        person: this.people.personOf[first],
        rows: copyRows(rows, from, this.evidenceStart[i]),
        evidence: copyRows(rows, this.evidenceStart[i], this.rowStart[i + 1]),
        areaCode: this.areaText(first),
        isTiming: (this.flags[i] & TIMING) !== 0,
        isLinkPending: (this.flags[i] & LINK_PENDING) !== 0,
      },
      this.sentence,
    )
  }

  private areaText(row: number): string {
    const { columns } = this.table
    return this.table.areaText(columns.area[row] || columns.hukouArea[row])
  }

  /** @param from first number visited, @param to the one after the last: what one worker takes of findings.csv */
  forEach(visit: (finding: Finding & { readonly detail: string }, i: number) => void, from = 0, to = this.made): void {
    for (let start = from; start < to; start += AHEAD) {
      const end = Math.min(to, start + AHEAD)
      this.readAhead(start, end)
      for (let i = start; i < end; i++) visit(this.at(i), i)
    }
  }

  /**
   * Reads beforehand what every reader asks of the rows of findings [from, to): person, place, id. Findings lie by person, their
   * rows by birth: read one by one each waits for memory, here the reads are under way together.
   */
  private readAhead(from: number, to: number): void {
    const { rows, rowStart, table, knownPeople } = this
    const { area, recordIdAt, recordIdLength } = table.columns
    const end = rowStart[to]
    let touched = 0
    for (let k = rowStart[from]; k < end; k++) touched ^= area[rows[k]] ^ recordIdLength[rows[k]] ^ recordIdAt[rows[k]]
    if (knownPeople !== undefined) for (let k = rowStart[from]; k < end; k++) touched ^= knownPeople.personOf[rows[k]]
    for (let k = rowStart[from]; k < end; k++) touched ^= table.recordIdBytes[recordIdAt[rows[k]]]
    this.touched = touched
  }

  /** Number of findings by code, codes that occur only. */
  countByCode(): ReadonlyMap<FindingCode, number> {
    const counts = new Int32Array(FINDING_CODES.length)
    for (let i = 0; i < this.made; i++) counts[this.codes[i]]++
    return new Map(FINDING_CODES.flatMap((code, k) => (counts[k] === 0 ? [] : [[code, counts[k]] as const])))
  }

  private grow(): void {
    this.codes = widen(this.codes)
    this.severities = widen(this.severities)
    this.certainties = widen(this.certainties)
    this.lineages = widen(this.lineages)
    this.flags = widen(this.flags)
    this.evidenceStart = widen(this.evidenceStart)
    const starts = sharedInts(this.codes.length + 1)
    starts.set(this.rowStart)
    this.rowStart = starts
  }
}

/** A class, because hundreds of thousands are made: an accessor defined on each object costs sixty times as much. */
class ListedFinding implements Finding {
  readonly code: FindingCode
  readonly severity: Severity
  readonly lineage: 'adm' | 'cen'
  readonly certainty: Certainty
  readonly person: number
  readonly rows: readonly number[]
  readonly evidence: readonly number[]
  readonly areaCode: string
  readonly isTiming: boolean
  readonly isLinkPending: boolean
  readonly #sentence: (finding: Finding) => string
  #detail: string | undefined

  constructor(said: Finding, sentence: (finding: Finding) => string) {
    this.code = said.code
    this.severity = said.severity
    this.lineage = said.lineage
    this.certainty = said.certainty
    this.person = said.person
    this.rows = said.rows
    this.evidence = said.evidence
    this.areaCode = said.areaCode
    this.isTiming = said.isTiming
    this.isLinkPending = said.isLinkPending
    this.#sentence = sentence
  }

  /** Made when somebody reads it first. */
  get detail(): string {
    this.#detail ??= this.#sentence(this)
    return this.#detail
  }
}

/** Most findings have one row or two, and no evidence: an array that grows by pushing takes room for seventeen. */
function copyRows(rows: Int32Array, from: number, to: number): readonly number[] {
  if (to === from) return NO_ROWS
  if (to === from + 1) return [rows[from]]
  if (to === from + 2) return [rows[from], rows[from + 1]]
  return Array.from(rows.subarray(from, to))
}

const NO_ROWS: readonly number[] = []

function isCensusRow(table: RecordTable, row: number): boolean {
  const register = table.registerOf(row)
  return register === CENSUS || register === CENSUS_DEATHS
}

function widen<A extends Uint8Array | Int32Array>(array: A): A {
  const { length } = array
  const wider = (array instanceof Uint8Array ? sharedBytes(length * 2) : sharedInts(length * 2)) as A
  wider.set(array)
  return wider
}

function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length))
}
