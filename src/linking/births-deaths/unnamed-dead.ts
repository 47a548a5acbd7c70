/**
 * The dead whom nobody had named: whoever is written 未取名, 无名 or 李娟之子 is mostly an infant, and two rows called after one parent are
 * one infant's.
 *
 * The comparison of names is silent about them, and many forms have no birth and no age.
 * In:  the rows of the dead. Out: milli-bits, log2(m/u). How many of the unnamed are infants is counted among those with a birth, believed as
 * usual until some are; u: how many of the other register's dead are infants, and how many of these are called so.
 */
import { milliBits } from '../../matching/weigh-county.ts'
import { NAME_KIND, analyseName } from '../../normalise/name.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { parentNamed } from './called-after.ts'
import { isInfant } from './infant-agreements.ts'

/**
 * Infants and others that are believed in before any is counted, of the unnamed and of those with a name: households know whom they
 * have lost, and their unnamed are infants.
 */
const USUAL_UNNAMED = { infants: 19, others: 1 }
const USUAL_NAMED = { infants: 1, others: 39 }
/** Of infants called after a parent on both rows, those called after the same one; the others have two parents, or two spellings. */
const SAME_PARENT = 0.7

/** What one of the dead is called. */
interface Called {
  readonly isUnnamed: boolean
  /** The parent, folded, whom the name names; empty where it names none. */
  readonly parent: string
}

interface Counted {
  total: number
  infants: number
  /** Infants by the parent they are called after. */
  readonly calledAfter: Map<string, number>
}

export class UnnamedDead {
  private readonly table: RecordTable
  private readonly byRegister = new Map<number, Counted>()
  /** By name: each of the dead is met with hundreds of others. */
  private readonly called = new Map<number, Called>()
  /** Share of infants among the unnamed, and among those with a name. */
  private readonly infants: { readonly unnamed: number; readonly named: number }

  constructor(table: RecordTable, dead: readonly number[]) {
    this.table = table
    const [unnamed, named] = [{ ...USUAL_UNNAMED }, { ...USUAL_NAMED }]
    for (const row of dead) {
      if (table.columns.birth[row] === 0) continue
      const isYoung = this.isInfant(row)
      this.count(row, isYoung)
      const kind = this.isUnnamed(row) ? unnamed : named
      if (isYoung) kind.infants++
      else kind.others++
    }
    this.infants = { unnamed: shareOf(unnamed), named: shareOf(named) }
  }

  /** Milli-bits of a row and one of another register. */
  weigh(left: number, right: number): number {
    const { birth } = this.table.columns
    if (birth[left] === 0) return birth[right] === 0 ? 0 : this.weighUnnamed(left, right)
    if (birth[right] === 0) return this.weighUnnamed(right, left)
    return this.weighParents(left, right)
  }

  /** Of a row without a birth and one that has it. Where both have names, these are compared elsewhere. */
  private weighUnnamed(row: number, other: number): number {
    const { age, name } = this.table.columns
    const isUnnamed = this.isUnnamed(row)
    if (age[row] !== 0 || name[row] === 0 || (!isUnnamed && !this.isUnnamed(other))) return 0
    const { total, infants } = this.countedOf(other)
    const share = isUnnamed ? this.infants.unnamed : this.infants.named
    return this.isInfant(other)
      ? milliBits((share * total) / infants) + this.weighParents(row, other)
      : milliBits(((1 - share) * total) / (total - infants))
  }

  private weighParents(row: number, other: number): number {
    const [parent, another] = [this.parentOf(row), this.parentOf(other)]
    if (parent === '' || another === '') return 0
    if (parent !== another) return milliBits(1 - SAME_PARENT)
    const { infants, calledAfter } = this.countedOf(other)
    return milliBits((SAME_PARENT * Math.max(1, infants)) / (calledAfter.get(parent) ?? 1))
  }

  private count(row: number, isYoung: boolean): void {
    const register = this.table.registerOf(row)
    const counted = this.byRegister.get(register) ?? { total: 0, infants: 0, calledAfter: new Map<string, number>() }
    this.byRegister.set(register, counted)
    counted.total++
    if (!isYoung) return
    counted.infants++
    const parent = this.parentOf(row)
    if (parent !== '') counted.calledAfter.set(parent, (counted.calledAfter.get(parent) ?? 0) + 1)
  }

  private countedOf(row: number): Counted {
    return this.byRegister.get(this.table.registerOf(row)) as Counted
  }

  private isInfant(row: number): boolean {
    const { birth, death } = this.table.columns
    return isInfant(birth[row], death[row])
  }

  private isUnnamed(row: number): boolean {
    return this.calledOf(row).isUnnamed
  }

  private parentOf(row: number): string {
    return this.calledOf(row).parent
  }

  private calledOf(row: number): Called {
    const { names, columns } = this.table
    const name = columns.name[row]
    let called = this.called.get(name)
    if (called === undefined) {
      const isUnnamed = name !== 0 && analyseName(names.text(name)).kind === NAME_KIND.placeholder
      called = { isUnnamed, parent: parentNamed(this.table, row) }
      this.called.set(name, called)
    }
    return called
  }
}

function shareOf({ infants, others }: { readonly infants: number; readonly others: number }): number {
  return infants / (infants + others)
}
