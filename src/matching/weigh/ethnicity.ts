/**
 * What the ethnicity (民族, census D6) of two rows says: little where nearly all are Han, much where they are not.
 *
 * Ethnicity hangs together with names (a 阿不都热合曼 is no Han) and with villages. So its u is counted among people of one
 * name, where most false candidates come from, and agreement proves nothing beside a shared village, township, family or
 * number, which bring the ethnicity with them. Disagreement always counts. Fellegi–Sunter weights with a u for each
 * value; m is what rows of one number and name show.
 *
 * In:  RecordTable. Out: an EthnicityModel, and from it weights in milli-bits. Pure.
 */
import { ID_KIND, type RecordTable } from '../../records/record-table.ts'
import { isInForce } from '../../records/versions-in-force.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import { ID_LEVEL } from '../compare/levels.ts'
import {
  idLevelOf,
  KIN_LEVEL,
  kinLevelOf,
  PAIR_CLASS,
  PAIR_CLASSES,
  pairClassOf,
  PLACE_LEVEL,
  placeLevelOf,
} from '../kernel.ts'
import { listRows } from '../random-pairs.ts'

/** GB/T 3304: 1–56, 97, 98. */
export const ETHNICITY_CODES = 99

export interface EthnicityModel {
  /** Share of the pairs of one person that give two ethnicities, by pair class (PAIR_CLASSES). */
  readonly differs: readonly number[]
  /** By code: the chance that another person of the same name has this ethnicity too; 1 where nobody has it. */
  readonly amongNamesakes: readonly number[]
  /** The chance that two people of one name have two ethnicities; 0 where the county has only one. */
  readonly namesakesDiffer: number
}

/** Clerks get it wrong in one row of a hundred, until rows have shown how often. */
const USUAL_DIFFERS = 0.01
const DIFFERS_CAUTION = 200
/** Namesakes that are believed in before any is counted. */
const NAMESAKES_CAUTION = 20
/** Rows without a number are written worse than those that m was counted on. */
const AGAINST_MAX = 3000
const FOR_MAX = 5000

/** Nothing is known: every weight is 0. */
export const NO_ETHNICITY: EthnicityModel = {
  differs: PAIR_CLASSES.map(() => USUAL_DIFFERS),
  amongNamesakes: Array.from({ length: ETHNICITY_CODES }, () => 1),
  namesakesDiffer: USUAL_DIFFERS,
}

/** Counts in the police register; in the census where there is none. */
export function countEthnicities(table: RecordTable): EthnicityModel {
  const register = table.starts[POLICE + 1] > table.starts[POLICE] ? POLICE : CENSUS
  const { ethnicity, name } = table.columns
  const isCounted = (row: number): boolean =>
    ethnicity[row] !== 0 && (register !== POLICE || isInForce(table.columns, row))
  const { start, rows } = listRows(table, register, name, table.names.size)
  const bearers = new Float64Array(ETHNICITY_CODES)
  const others = new Float64Array(ETHNICITY_CODES)
  const alike = new Float64Array(ETHNICITY_CODES)
  const here = new Float64Array(ETHNICITY_CODES)
  let total = 0
  for (let n = 1; n <= table.names.size; n++) {
    let namesakes = 0
    for (let k = start[n]; k < start[n + 1]; k++) {
      if (!isCounted(rows[k])) continue
      here[ethnicity[rows[k]]]++
      namesakes++
    }
    total += namesakes
    for (let k = start[n]; k < start[n + 1]; k++) {
      const code = ethnicity[rows[k]]
      const count = here[code]
      // Once a code: the next row of it finds nothing left.
      here[code] = 0
      bearers[code] += count
      others[code] += count * (namesakes - 1)
      alike[code] += count * (count - 1)
    }
  }
  if (total === 0) return NO_ETHNICITY
  let pairs = 0
  let pairsAlike = 0
  const amongNamesakes = Array.from(bearers, (count, code) => {
    if (code === 0 || count === 0) return 1
    pairs += others[code]
    pairsAlike += alike[code]
    const share = count / total
    return (alike[code] + NAMESAKES_CAUTION * share) / (others[code] + NAMESAKES_CAUTION)
  })
  const differ = Array.from(bearers).reduce((sum, count) => sum - (count / total) ** 2, 1)
  return {
    differs: differingShares(table),
    amongNamesakes,
    namesakesDiffer: (pairs - pairsAlike + NAMESAKES_CAUTION * differ) / (pairs + NAMESAKES_CAUTION),
  }
}

/** Among rows of one valid number and one name: how often the ethnicities differ. */
function differingShares(table: RecordTable): number[] {
  const { idNo, idKind, name, ethnicity, recordFlag } = table.columns
  const firstOf = new Int32Array(table.ids.size + 1).fill(-1)
  const counts = PAIR_CLASSES.map(() => ({ asked: 0, differs: 0 }))
  const ask = (register: number, pairClass: number, isKept: boolean): void => {
    for (let row = table.starts[register]; row < table.starts[register + 1]; row++) {
      if (idKind[row] !== ID_KIND.valid || ethnicity[row] === 0) continue
      if (register === POLICE && recordFlag[row] !== 1) continue
      const first = firstOf[idNo[row]]
      if (first === -1) {
        if (isKept) firstOf[idNo[row]] = row
      } else if (name[first] === name[row]) {
        counts[pairClass].asked++
        if (ethnicity[first] !== ethnicity[row]) counts[pairClass].differs++
      }
    }
  }
  ask(POLICE, PAIR_CLASS.policePolice, true)
  ask(CENSUS, PAIR_CLASS.policeCensus, false)
  firstOf.fill(-1)
  ask(CENSUS, PAIR_CLASS.censusCensus, true)
  return counts.map(({ asked, differs }) => (differs + DIFFERS_CAUTION * USUAL_DIFFERS) / (asked + DIFFERS_CAUTION))
}

/** Milli-bits that two rows of a pair class get for both having this ethnicity, FOR_MAX at most. */
export function agreementWeight(model: EthnicityModel, pairClass: number, code: number): number {
  const ratio = (1 - model.differs[pairClass]) / model.amongNamesakes[code]
  return Math.max(0, Math.min(FOR_MAX, wholeMilliBits(ratio)))
}

/** Milli-bits, 0 or less, of two ethnicities. Where no two namesakes have two, nothing is known of what a second one says. */
export function disagreementWeight({ differs, namesakesDiffer }: EthnicityModel, pairClass: number): number {
  if (namesakesDiffer === 0) return 0
  return Math.min(0, Math.max(-AGAINST_MAX, wholeMilliBits(differs[pairClass] / namesakesDiffer)))
}

/** log2 of a ratio, in whole milli-bits; never −0. */
function wholeMilliBits(ratio: number): number {
  return Math.round(Math.log2(ratio) * 1000) | 0
}

export class EthnicityWeights {
  private readonly ethnicity: Uint8Array
  /** Milli-bits by pair class and code. */
  private readonly agreement: readonly (readonly number[])[]
  private readonly disagreement: readonly number[]

  /** @param ethnicity code of each row, 0 unknown */
  constructor(model: EthnicityModel, ethnicity: Uint8Array) {
    this.ethnicity = ethnicity
    this.agreement = PAIR_CLASSES.map((_, k) => model.amongNamesakes.map((_, code) => agreementWeight(model, k, code)))
    this.disagreement = PAIR_CLASSES.map((_, k) => disagreementWeight(model, k))
  }

  /** Milli-bits; 0 where a row does not know. Symmetric. */
  weightOf(left: number, right: number, pattern: number): number {
    const { ethnicity } = this
    const code = ethnicity[left]
    const other = ethnicity[right]
    if (code === 0 || other === 0) return 0
    const pairClass = pairClassOf(pattern)
    if (code !== other) return this.disagreement[pairClass]
    return bringsItAlong(pattern) ? 0 : this.agreement[pairClass][code]
  }
}

/** A village, a township, a family or a number that both rows share has told the ethnicity already. */
function bringsItAlong(pattern: number): boolean {
  const place = placeLevelOf(pattern)
  const kin = kinLevelOf(pattern)
  const id = idLevelOf(pattern)
  return (
    (place >= PLACE_LEVEL.village && place <= PLACE_LEVEL.townshipVillageDiffers) ||
    place === PLACE_LEVEL.sameVillageHere ||
    kin === KIN_LEVEL.agree ||
    kin === KIN_LEVEL.partly ||
    kin === KIN_LEVEL.claimVillage ||
    kin === KIN_LEVEL.claimTownship ||
    (id >= ID_LEVEL.sameValid && id <= ID_LEVEL.areaDiffers)
  )
}
