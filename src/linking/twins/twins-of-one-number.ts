/**
 * Twins whom the register gave one number: 明文 and 明闻, each in a booklet of the own.
 *
 * One number on two police rows of two names is one person registered twice, the name misread or changed once, or twins of whom one was
 * given the other's number. Names are misread as often as twins are named alike, so something else has to say which it is: a
 * booklet that has both under two person numbers, another sex, a wife or husband of another name, or that the census met each at
 * home under the own name. Where the register's booklets hold copies of entries (copied-entries.ts) a booklet alone says nothing.
 * In:  police pairs of one valid number and two names; all pairs. Out: those of two people.
 */
import { PAIR_WORDS } from '../../blocking/pair-buffer.ts'
import { BIRTH_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../matching/compare/levels.ts'
import { birthLevelOf, type Kernel, nameLevelOf, PLACE_LEVEL, placeLevelOf, sexLevelOf } from '../../matching/kernel.ts'
import type { RecordTable } from '../../records/record-table.ts'
import { CENSUS, POLICE } from '../../registers/columns.ts'
import type { CopiedEntries } from './copied-entries.ts'

export interface PolicePair {
  readonly left: number
  readonly right: number
  readonly pattern: number
}

export function twinsOfOneNumber(
  table: RecordTable,
  kernel: Kernel,
  unlike: readonly PolicePair[],
  copies: CopiedEntries,
  pairs: Int32Array,
  count: number,
): PolicePair[] {
  if (unlike.length === 0) return []
  const { household, personNo, spouseName } = table.columns
  const atHome = metAtHome(table, new Set(unlike.flatMap(({ left, right }) => [left, right])), pairs, count)
  return unlike.filter(({ left, right, pattern }) => {
    // One person number, or none: a version of the row, which clerks correct.
    const areTwoEntries = personNo[left] !== 0 && personNo[right] !== 0 && personNo[left] !== personNo[right]
    if (household[left] !== 0 && household[left] === household[right]) {
      if (!areTwoEntries) return false
      if (!copies.isCopy(left, right, pattern)) return true
    }
    const [wife, other] = [spouseName[left], spouseName[right]]
    return (
      sexLevelOf(pattern) === SEX_LEVEL.different ||
      (wife !== 0 && other !== 0 && kernel.nameLevel(wife, other) >= NAME_LEVEL.surnameEqual) ||
      (atHome.has(left) && atHome.has(right))
    )
  })
}

/** Which of these police rows have a present row in their village, under the same name and month. */
function metAtHome(table: RecordTable, rows: ReadonlySet<number>, pairs: Int32Array, count: number): Set<number> {
  const { residence } = table.columns
  const met = new Set<number>()
  for (let i = 0; i < count; i++) {
    const [left, right, pattern] = [pairs[i * PAIR_WORDS], pairs[i * PAIR_WORDS + 1], pairs[i * PAIR_WORDS + 2]]
    if (left >= table.starts[POLICE + 1] || !rows.has(left) || table.registerOf(right) !== CENSUS) continue
    const [name, birth] = [nameLevelOf(pattern), birthLevelOf(pattern)]
    const isNamed = name !== NAME_LEVEL.missing && name <= NAME_LEVEL.variant
    const isBorn = birth === BIRTH_LEVEL.dateEqual || birth === BIRTH_LEVEL.monthKnown
    if (isNamed && isBorn && residence[right] === 1 && placeLevelOf(pattern) === PLACE_LEVEL.village) met.add(left)
  }
  return met
}
