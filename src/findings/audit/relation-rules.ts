/**
 * Relations inside a household that cannot be, or are seldom: two heads, a spouse of the same sex, ages that do not
 * fit. The same rules for a police household and a census form, since relations are one graph (RELATION).
 *
 * In:  rows of one household. Out: for each broken rule the rows concerned. Adoption and step-parents exist: only the
 * head's own line is tested, and what is merely seldom is soft.
 */
import { RELATION, type RecordColumns } from '../../records/record-table.ts'
import { dayOf, monthOf, yearOf } from '../../records/record-table.ts'

export interface RelationRule {
  readonly id: string
  readonly isHard: boolean
  readonly zh: string
  readonly en: string
  /** Rows that break it, empty if none does. */
  find(rows: Int32Array, columns: RecordColumns): readonly number[]
}

const MALE = 1
const FEMALE = 2
const PARENT_GAP_MIN = 15
const MOTHER_GAP_MAX = 55
const GRANDPARENT_GAP_MIN = 30

export const RELATION_RULES: readonly RelationRule[] = [
  {
    id: 'two-heads',
    isHard: true,
    zh: '一户有两个以上户主',
    en: 'more than one head',
    find: (rows, columns) => several(rows, columns, RELATION.head),
  },
  {
    id: 'two-spouses',
    isHard: true,
    zh: '户主有两个以上配偶',
    en: 'more than one spouse of the head',
    find: (rows, columns) => several(rows, columns, RELATION.spouse),
  },
  {
    id: 'spouse-same-sex',
    isHard: true,
    zh: '配偶与户主性别相同',
    en: 'head and spouse of one sex',
    find(rows, columns) {
      const head = onlyHead(rows, columns)
      if (head < 0 || columns.sex[head] === 0) return []
      const same = members(rows, columns, RELATION.spouse).filter((row) => columns.sex[row] === columns.sex[head])
      return same.length === 0 ? [] : [...same, head]
    },
  },
  {
    id: 'child-too-old',
    isHard: true,
    zh: '子女与户主年龄差不足15岁',
    en: 'child less than 15 years younger than the head',
    find: (rows, columns) => gaps(rows, columns, RELATION.child, (row, head) => yearsFrom(head, row) < PARENT_GAP_MIN),
  },
  {
    id: 'child-too-young',
    isHard: false,
    zh: '子女比女户主小55岁以上',
    en: 'child more than 55 years younger than a female head',
    find(rows, columns) {
      const head = onlyHead(rows, columns)
      if (head < 0 || columns.sex[head] !== FEMALE) return []
      return gaps(rows, columns, RELATION.child, (row, headBirth) => yearsFrom(headBirth, row) > MOTHER_GAP_MAX)
    },
  },
  {
    id: 'parent-too-young',
    isHard: true,
    zh: '父母与户主年龄差不足15岁',
    en: 'parent less than 15 years older than the head',
    find: (rows, columns) => gaps(rows, columns, RELATION.parent, (row, head) => yearsFrom(row, head) < PARENT_GAP_MIN),
  },
  {
    id: 'mother-too-old',
    isHard: false,
    zh: '母亲比户主大55岁以上',
    en: 'mother more than 55 years older than the head',
    find(rows, columns) {
      const found = gaps(rows, columns, RELATION.parent, (row, head) => yearsFrom(row, head) > MOTHER_GAP_MAX)
      const mothers = found.slice(0, -1).filter((row) => columns.sex[row] !== MALE)
      return mothers.length === 0 ? [] : [...mothers, found[found.length - 1]]
    },
  },
  {
    id: 'grandchild-too-old',
    isHard: false,
    zh: '孙子女与户主年龄差不足30岁',
    en: 'grandchild less than 30 years younger than the head',
    find: (rows, columns) =>
      gaps(rows, columns, RELATION.grandchild, (row, head) => yearsFrom(head, row) < GRANDPARENT_GAP_MIN),
  },
]

function members(rows: Int32Array, columns: RecordColumns, relation: number): readonly number[] {
  const found: number[] = []
  for (const row of rows) if (columns.relation[row] === relation) found.push(row)
  return found
}

function several(rows: Int32Array, columns: RecordColumns, relation: number): readonly number[] {
  let count = 0
  for (const row of rows) if (columns.relation[row] === relation) count++
  return count > 1 ? members(rows, columns, relation) : []
}

/** The head; -1 if there is none or more than one. */
function onlyHead(rows: Int32Array, columns: RecordColumns): number {
  let head = -1
  for (const row of rows) {
    if (columns.relation[row] !== RELATION.head) continue
    if (head >= 0) return -1
    head = row
  }
  return head
}

/** Members of a relation whose birth and the head's do not go together, the head last. */
function gaps(
  rows: Int32Array,
  columns: RecordColumns,
  relation: number,
  isWrong: (birth: number, headBirth: number) => boolean,
): readonly number[] {
  const { birth } = columns
  const head = onlyHead(rows, columns)
  if (head < 0 || birth[head] === 0) return []
  const wrong: number[] = []
  for (const row of rows) {
    if (columns.relation[row] !== relation || birth[row] === 0) continue
    if (isWrong(birth[row], birth[head])) wrong.push(row)
  }
  return wrong.length === 0 ? [] : [...wrong, head]
}

/** Whole years from one birth to a later one, by month and day as far as both are known; negative the other way round. */
function yearsFrom(older: number, younger: number): number {
  const years = yearOf(younger) - yearOf(older)
  const [from, to] = [monthOf(older), monthOf(younger)]
  if (from === 0 || to === 0) return years
  const isEarlierDay = dayOf(older) !== 0 && dayOf(younger) !== 0 && dayOf(younger) < dayOf(older)
  return to < from || (to === from && isEarlierDay) ? years - 1 : years
}
