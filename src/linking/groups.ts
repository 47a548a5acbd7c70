/**
 * Groups of rows that are one person so far, and what each group already holds.
 *
 * A disjoint-set forest; the root is always the smallest row, so the forest depends on the links, not on their order.
 * Facts are kept at the root: which credible ID number, how many police persons, present and away rows, certificates.
 * They are what makes two groups incompatible; nothing is merged silently against them.
 */
import { DISCREDITED } from './number-holders.ts'
import { LINE_WORDS, PRESENCE, presenceOf, registerOf, WORD } from '../matching/packed-records.ts'
import type { RecordTable } from '../records/record-table.ts'
import { HOUSEHOLD_TYPE, ID_KIND } from '../records/record-table.ts'
import { isInForce } from '../records/versions-in-force.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../registers/columns.ts'

/** The root of a row's group; halves the way there for the next one who asks. */
export function rootIn(parent: Int32Array, row: number): number {
  let r = row
  while (parent[r] !== r) {
    parent[r] = parent[parent[r]]
    r = parent[r]
  }
  return r
}

export class Groups {
  readonly parent: Int32Array
  /** Credible valid number of the group; 0 none. */
  readonly idNo: Int32Array
  /** Police persons (person numbers) in the group. */
  readonly police: Uint8Array
  readonly present: Uint8Array
  readonly away: Uint8Array
  readonly births: Uint8Array
  readonly deaths: Uint8Array
  readonly deathForms: Uint8Array
  /** The row that a group's number is from. */
  private readonly idRow: Int32Array
  /** The rows of a group as a ring: the following row of each. */
  private readonly ring: Int32Array
  private readonly household: Uint32Array
  private readonly householdType: Uint8Array
  /** By root, 1 = joined since forgetJoined. */
  private readonly joined: Uint8Array
  /** Rows that a person has decided to be somebody else, by root. */
  private readonly others = new Map<number, Set<number>>()

  /** @param discredited rows whose number is known to be somebody else's: it does not count for the group */
  constructor(table: RecordTable, lines: Int32Array, discredited: Uint8Array) {
    const n = table.rows
    this.idRow = new Int32Array(n)
    this.ring = new Int32Array(n)
    this.joined = new Uint8Array(n)
    this.household = table.columns.household
    this.householdType = table.columns.householdType
    this.parent = new Int32Array(n)
    this.idNo = new Int32Array(n)
    this.police = new Uint8Array(n)
    this.present = new Uint8Array(n)
    this.away = new Uint8Array(n)
    this.births = new Uint8Array(n)
    this.deaths = new Uint8Array(n)
    this.deathForms = new Uint8Array(n)
    const c = table.columns
    for (let row = 0; row < n; row++) {
      this.parent[row] = row
      this.idRow[row] = row
      this.ring[row] = row
      const packed = lines[row * LINE_WORDS + WORD.packed]
      // The number of an old version is an alias: it finds rows, but it speaks against none, for it was given up.
      const isGivenUp = registerOf(packed) === POLICE && c.recordFlag[row] !== 1
      if (c.idKind[row] === ID_KIND.valid && !isGivenUp && (discredited[row] & DISCREDITED) === 0)
        this.idNo[row] = c.idNo[row]
      switch (registerOf(packed)) {
        case POLICE:
          // An old version without a person number is nobody beside the current one.
          this.police[row] = c.personNo[row] !== 0 || isInForce(c, row) ? 1 : 0
          break
        case CENSUS:
          if (presenceOf(packed) === PRESENCE.away) this.away[row] = 1
          else this.present[row] = 1
          break
        case BIRTHS:
          this.births[row] = 1
          break
        case DEATHS:
          this.deaths[row] = 1
          break
        case CENSUS_DEATHS:
          this.deathForms[row] = 1
          break
      }
    }
  }

  root(row: number): number {
    return rootIn(this.parent, row)
  }

  /** The row of the same group after this one; after the last comes the first. */
  following(row: number): number {
    return this.ring[row]
  }

  /** From here on `hasJoined` tells of what is joined later. */
  forgetJoined(): void {
    this.joined.fill(0)
  }

  /** Whether the group of a root has been joined with another since forgetJoined. */
  hasJoined(root: number): boolean {
    return this.joined[root] !== 0
  }

  /** Whether the groups of two roots have rows in one household: who lives there is written down once. */
  shareHousehold(ra: number, rb: number): boolean {
    const { household, ring } = this
    let a = ra
    do {
      let b = rb
      do {
        if (household[a] !== 0 && household[a] === household[b]) return true
        b = ring[b]
      } while (b !== rb)
      a = ring[a]
    } while (a !== ra)
    return false
  }

  /** Whether two roots themselves stand in one household, and not in a collective one, where strangers do. */
  areInOneBook(ra: number, rb: number): boolean {
    const { household, householdType } = this
    return (
      household[ra] !== 0 &&
      household[ra] === household[rb] &&
      householdType[ra] !== HOUSEHOLD_TYPE.collective &&
      householdType[rb] !== HOUSEHOLD_TYPE.collective
    )
  }

  /**
   * Whether the groups of two roots have two different credible numbers: the conflict of most pairs of strangers, and one
   * that needs no comparison to be seen.
   */
  haveTwoNumbers(ra: number, rb: number): boolean {
    const number = this.idNo[ra]
    const other = this.idNo[rb]
    return number !== 0 && other !== 0 && number !== other
  }

  /** Keeps two rows apart for good: a person has decided that they are two people. */
  forbid(a: number, b: number): void {
    for (const [row, other] of [
      [this.root(a), b],
      [this.root(b), a],
    ]) {
      const known = this.others.get(row)
      if (known === undefined) this.others.set(row, new Set([other]))
      else known.add(other)
    }
  }

  /** Whether a person's decision keeps the groups of two roots apart. */
  isForbidden(ra: number, rb: number): boolean {
    if (this.others.size === 0) return false
    for (const other of this.others.get(ra) ?? []) if (this.root(other) === rb) return true
    return false
  }

  /** Joins the groups of two rows. */
  join(a: number, b: number): void {
    this.unite(a, b, (one, other) => Math.min(255, one + other))
  }

  /** Joins the groups of two rows whose police rows are versions of one person: they count once. */
  joinVersions(a: number, b: number): void {
    this.unite(a, b, Math.max)
  }

  private unite(a: number, b: number, policeOf: (one: number, other: number) => number): void {
    const ra = this.root(a)
    const rb = this.root(b)
    if (ra === rb) return
    const to = ra < rb ? ra : rb
    const from = ra < rb ? rb : ra
    this.parent[from] = to
    this.joined[to] = 1
    // Two rings that exchange one link each are one ring.
    const { ring } = this
    const following = ring[to]
    ring[to] = ring[from]
    ring[from] = following
    const moved = this.others.get(from)
    if (moved !== undefined) {
      const kept = this.others.get(to)
      if (kept === undefined) this.others.set(to, moved)
      else for (const other of moved) kept.add(other)
      this.others.delete(from)
    }
    // The number of the first row that has one, which is the police register's if it can be: never of the order of joining.
    if (this.idNo[from] !== 0 && (this.idNo[to] === 0 || this.idRow[from] < this.idRow[to])) {
      this.idNo[to] = this.idNo[from]
      this.idRow[to] = this.idRow[from]
    }
    this.police[to] = policeOf(this.police[to], this.police[from])
    this.present[to] = Math.min(255, this.present[to] + this.present[from])
    this.away[to] = Math.min(255, this.away[to] + this.away[from])
    this.births[to] = Math.min(255, this.births[to] + this.births[from])
    this.deaths[to] = Math.min(255, this.deaths[to] + this.deaths[from])
    this.deathForms[to] = Math.min(255, this.deathForms[to] + this.deathForms[from])
  }
}

/** Joins the versions of each person of the police system. */
export function joinPersonNumbers(table: RecordTable, groups: Groups): void {
  const first = new Int32Array(table.personNos.size + 1).fill(-1)
  const { personNo } = table.columns
  for (let row = table.starts[POLICE]; row < table.starts[POLICE + 1]; row++) {
    const no = personNo[row]
    if (no === 0) continue
    if (first[no] < 0) first[no] = row
    else groups.joinVersions(first[no], row)
  }
}
