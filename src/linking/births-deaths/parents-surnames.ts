/**
 * The surname of a child beside a certificate of birth that names its parents and not the child.
 *
 * Of both parents it is nearly always one's; of the mother alone it is seldom hers, since children bear the father's. How often is
 * counted on children who are linked with their certificates.
 * In:  the register of births and the groups linked so far. Out: milli-bits, log2(P(surname so | own child) ÷ P(so | a stranger)).
 */
import type { Kernel } from '../../matching/kernel.ts'
import { milliBits } from '../../matching/weigh-county.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { BIRTHS } from '../../registers/columns.ts'
import type { Groups } from '../groups.ts'

/** That a child bears the surname of a parent who is named, before any is counted; and that a stranger does. */
const SHARES = {
  both: { own: 0.95, chance: 0.13 },
  father: { own: 0.9, chance: 0.07 },
  mother: { own: 0.1, chance: 0.07 },
} as const
/** Children that are believed in before any is counted. */
const CAUTION = 20

/** Who is named on a certificate. */
type Named = keyof typeof SHARES

export class ParentsSurnames {
  private readonly columns: RecordTable['columns']
  private readonly kernel: Kernel
  /** Milli-bits where the surname is a parent's, and where it is not. */
  private readonly weights: Readonly<Record<Named, readonly [agrees: number, differs: number]>>

  constructor(table: RecordTable, groups: Groups, kernel: Kernel) {
    this.columns = table.columns
    this.kernel = kernel
    const { name } = table.columns
    const counts = { both: [0, 0], father: [0, 0], mother: [0, 0] }
    for (let birth = table.starts[BIRTHS]; birth < table.starts[BIRTHS + 1]; birth++) {
      const named = this.namedOn(birth)
      if (named === undefined) continue
      // The first row of the group that is not the certificate: the register's, where there is one.
      let row = groups.root(birth)
      while (table.registerOf(row) === BIRTHS && groups.following(row) !== groups.root(birth))
        row = groups.following(row)
      if (table.registerOf(row) === BIRTHS || kernel.surnameSound(name[row]) === 0) continue
      counts[named][1]++
      if (this.isParents(birth, name[row])) counts[named][0]++
    }
    const weigh = (named: Named): [number, number] => {
      const { own, chance } = SHARES[named]
      const m = (counts[named][0] + CAUTION * own) / (counts[named][1] + CAUTION)
      return [milliBits(m / chance), milliBits((1 - m) / (1 - chance))]
    }
    this.weights = { both: weigh('both'), father: weigh('father'), mother: weigh('mother') }
  }

  /** Milli-bits of the name of a child beside a certificate without one; 0 where it is none yet (未取名). */
  weightOf(birth: number, childName: number): number {
    const named = this.namedOn(birth)
    return named === undefined || this.kernel.surnameSound(childName) === 0
      ? 0
      : this.weights[named][this.isParents(birth, childName) ? 0 : 1]
  }

  private namedOn(birth: number): Named | undefined {
    const { fatherName, motherName } = this.columns
    if (fatherName[birth] !== 0) return motherName[birth] !== 0 ? 'both' : 'father'
    return motherName[birth] !== 0 ? 'mother' : undefined
  }

  private isParents(birth: number, childName: number): boolean {
    const { fatherName, motherName } = this.columns
    return [fatherName[birth], motherName[birth]].some(
      (parent) => parent !== 0 && this.kernel.haveOneSurname(parent, childName),
    )
  }
}
