/**
 * Where a certificate of birth points: the village of the mother, and those where a parent whose number it bears is
 * registered or listed. A hospital knows where the mother lives; the death certificate of her child knows where she is
 * registered.
 */
import type { Kernel } from '../../matching/kernel.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isInForce } from '../../records/versions-in-force.ts'
import { BIRTHS, CENSUS, CENSUS_DEATHS, DEATHS, POLICE } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'

/** Kinds of rows that may lack their certificate; λ is counted for each. */
export const KIND = { police: 0, census: 1, form: 2, death: 3, deathWithoutBirth: 4 } as const
export const KINDS = Object.keys(KIND).length
export type Kind = (typeof KIND)[keyof typeof KIND]

export const NEAR = { village: 0, town: 1, elsewhere: 2 } as const
/** So many pairs in one village, in one township, elsewhere are believed in before any is counted. */
const USUAL_PLACES = [3, 1, 1]

/** How near a certificate and a row are, and how often linked ones of each kind are so near. */
export class BirthPlaces {
  private readonly table: RecordTable
  /** By area: a number of its township. */
  readonly townOf: Float64Array
  /** By kind and nearness; USUAL_PLACES before any pair is counted. */
  readonly shares: readonly (readonly number[])[]

  /** By parent's number. */
  private readonly homes: ReadonlyMap<number, readonly number[]>

  constructor(table: RecordTable, groups: Groups, kernel: Kernel) {
    this.table = table
    this.homes = findHomes(table)
    const { areas } = table
    this.townOf = new Float64Array(areas.size + 1)
    for (let area = 1; area <= areas.size; area++)
      this.townOf[area] = areas.first(area) * 1000 + Math.floor(areas.second(area) / 1000)
    this.shares = this.count(groups, kernel)
  }

  /** Villages and townships that a certificate points to. */
  of(birth: number): { readonly villages: ReadonlySet<number>; readonly towns: ReadonlySet<number> } {
    const { area } = this.table.columns
    const villages = new Set([birth, ...this.homesOf(birth)].map((row) => area[row]).filter((place) => place !== 0))
    return { villages, towns: new Set([...villages].map((village) => this.townOf[village])) }
  }

  /** Where a row lies, and where it has its hukou. */
  villagesOf(row: number): ReadonlySet<number> {
    const { area, hukouArea } = this.table.columns
    return new Set([area[row], hukouArea[row]].filter((village) => village !== 0))
  }

  /** Effective police and census rows that bear the number of a parent. */
  homesOf(birth: number): readonly number[] {
    const { motherId, fatherId } = this.table.columns
    return [...(this.homes.get(motherId[birth]) ?? []), ...(this.homes.get(fatherId[birth]) ?? [])]
  }

  /** null where one of them names no place. */
  nearness(birth: number, row: number): number | null {
    const { villages, towns } = this.of(birth)
    const there = [...this.villagesOf(row)]
    if (villages.size === 0 || there.length === 0) return null
    if (there.some((village) => villages.has(village))) return NEAR.village
    return there.some((village) => towns.has(this.townOf[village])) ? NEAR.town : NEAR.elsewhere
  }

  private count(groups: Groups, kernel: Kernel): number[][] {
    const { starts, columns } = this.table
    const counts = Array.from({ length: KINDS }, () => [...USUAL_PLACES])
    for (let birth = starts[BIRTHS]; birth < starts[BIRTHS + 1]; birth++)
      for (let row = groups.following(birth); row !== birth; row = groups.following(row)) {
        const kind = kindOf(this.table.registerOf(row))
        // Without a name the steps before link within the village only.
        const [ours, theirs] = [columns.name[birth], columns.name[row]]
        if (kind === null || ours === 0 || theirs === 0 || kernel.nameKey(ours) !== kernel.nameKey(theirs)) continue
        const near = this.nearness(birth, row)
        if (near !== null) counts[kind][near]++
      }
    counts[KIND.deathWithoutBirth] = counts[KIND.death]
    return counts.map((levels) => {
      const sum = levels.reduce((total, count) => total + count, 0)
      return levels.map((count) => count / sum)
    })
  }
}

function findHomes({ starts, columns, ids }: RecordTable): Map<number, number[]> {
  const { motherId, fatherId, idNo } = columns
  // Marks, not sets: every row of the county is asked.
  const isWanted = new Uint8Array(ids.size + 1)
  for (let birth = starts[BIRTHS]; birth < starts[BIRTHS + 1]; birth++)
    isWanted[motherId[birth]] = isWanted[fatherId[birth]] = 1
  isWanted[0] = 0
  const homes = new Map<number, number[]>()
  for (let row = 0; row < starts[CENSUS + 1]; row++) {
    if (isWanted[idNo[row]] === 0) continue
    if (row < starts[POLICE + 1] && !isInForce(columns, row)) continue
    const rows = homes.get(idNo[row])
    if (rows === undefined) homes.set(idNo[row], [row])
    else rows.push(row)
  }
  return homes
}

function kindOf(register: number): Kind | null {
  if (register === POLICE) return KIND.police
  if (register === CENSUS) return KIND.census
  if (register === CENSUS_DEATHS) return KIND.form
  return register === DEATHS ? KIND.death : null
}
