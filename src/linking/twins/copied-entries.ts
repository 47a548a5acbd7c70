/**
 * Household books in which one entry was made twice: a register merged with its own copy, or typed in by two clerks.
 *
 * Two entries of one book under one valid number and two names are twins who were given one number, or one person copied with the
 * name misread. Twins of one number are rare, and so are copies; but where books are copied it shows, for most copies keep the name,
 * which twins never share.
 *
 * In:  police pairs of one valid number. Out: whether a pair under two names is such a copy.
 */
import { PAIR_WORDS } from '../../blocking/pair-buffer.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, idLevelOf, nameLevelOf, sexLevelOf } from '../../matching/kernel.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { isActive } from '../../records/versions-in-force.ts'
import { POLICE } from '../../registers/columns.ts'

/** So many copies under one name show that books are copied. */
const COPIES_MIN = 10

export class CopiedEntries {
  private readonly table: RecordTable
  /** Whether ten entries or more stand twice under one name, and no fewer than under two. */
  readonly areTold: boolean

  constructor(table: RecordTable, pairs: Int32Array, count: number) {
    this.table = table
    const policeEnd = table.starts[POLICE + 1]
    let [alike, unlike] = [0, 0]
    for (let i = 0; i < count; i++) {
      const [left, right, pattern] = [pairs[i * PAIR_WORDS], pairs[i * PAIR_WORDS + 1], pairs[i * PAIR_WORDS + 2]]
      if (right >= policeEnd || idLevelOf(pattern) !== ID_LEVEL.sameValid || !this.areOfOneBook(left, right)) continue
      const name = nameLevelOf(pattern)
      if (name === NAME_LEVEL.missing) continue
      if (name <= NAME_LEVEL.variant) alike++
      else unlike++
    }
    this.areTold = alike >= COPIES_MIN && alike >= unlike
  }

  /** Whether two police rows of one number are an entry and its copy, though their names differ in a character. */
  isCopy(left: number, right: number, pattern: number): boolean {
    return (
      this.areTold &&
      nameLevelOf(pattern) <= NAME_LEVEL.givenEqual &&
      birthLevelOf(pattern) < BIRTH_LEVEL.yearEqual &&
      sexLevelOf(pattern) !== SEX_LEVEL.different &&
      this.areOfOneBook(left, right)
    )
  }

  /** Two entries in force of one household book, not two versions of one. */
  private areOfOneBook(left: number, right: number): boolean {
    const { columns } = this.table
    const { household, personNo } = columns
    return (
      household[left] !== 0 &&
      household[left] === household[right] &&
      personNo[left] !== personNo[right] &&
      isActive(columns, left) &&
      isActive(columns, right)
    )
  }
}
