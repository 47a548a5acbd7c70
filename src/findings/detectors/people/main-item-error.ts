/**
 * 主项差错, 姓名异体, 姓名缺字: name, sex, ethnicity, birth or number of a row differs from the person's active police
 * row, the best fitting one if several. Missing items never differ. Former names, variants, damaged names,
 * placeholders and cut numbers are not errors. S2 if the numbers differ.
 */
import { isLunarReading } from '../../../normalise/lunar.ts'
import { dayOf, ID_KIND, monthOf, yearOf } from '../../../records/record-table.ts'
import { BIRTHS } from '../../../registers/columns.ts'
import type { PersonDetector } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { NAME_RELATION } from '../../name-relation.ts'
import { BIT, type RowList, type Situation } from '../../situation.ts'
import { codeNumber } from '../../table.ts'
import type { RecordTable } from '../../../records/record-table.ts'

const ERROR = codeNumber('main-item-error')
const VARIANT = codeNumber('name-variant')
const DAMAGED = codeNumber('name-damaged')

/** Items that differ, as bits. */
const ITEM = { name: 1, sex: 2, ethnicity: 4, birth: 8, number: 16, variant: 32, damaged: 64 } as const
const ERRORS = ITEM.name | ITEM.sex | ITEM.ethnicity | ITEM.birth | ITEM.number

export const mainItemError: PersonDetector = {
  when: BIT.P1,
  detect(s, out) {
    let told = compareRows(s, s.census, out, NO_ROW)
    told = compareRows(s, s.forms, out, told)
    told = compareRows(s, s.births, out, told)
    compareRows(s, s.deaths, out, told)
  },
  sentences: {
    'main-item-error': (f, w) => {
      const [row, police] = [f.rows[0], f.evidence[0]]
      const differing = differences(w.table, row, police, nameRelationOf(w.ground.nameReader, w.table, row, police))
      const { birth } = w.table.columns
      const isLunar = (differing & ITEM.birth) !== 0 && isLunarReading(birth[row], birth[police])
      return `${w.block(row)}的记录${itemWords(differing)}与${w.area(police)}户籍不符${isLunar ? '(出生日期可能为农历)' : ''}。`
    },
    'name-variant': (f, w) => `${w.block(f.rows[0])}的记录姓名与户籍仅异体、繁简或译写不同。`,
    'name-damaged': (f, w) => `${w.block(f.rows[0])}的记录姓名有字无法显示。`,
  },
}

const NO_ROW = -1

/**
 * @param told police row whose damaged name was told last: once is enough, however many rows show it
 * @returns the same, after these rows
 */
function compareRows(s: Situation, rows: RowList, out: FindingList, told: number): number {
  const { table, nameReader } = s.ground
  for (let k = 0; k < rows.length; k++) {
    const row = rows.items[k]
    let best = -1
    let bestCount = Infinity
    let bestItems = 0
    for (let j = 0; j < s.active.length; j++) {
      const police = s.active.items[j]
      let relation = nameRelationOf(nameReader, table, row, police)
      if (relation === NAME_RELATION.different && isFormerName(s, row)) relation = NAME_RELATION.same
      const items = differences(table, row, police, relation)
      const count = countBits(items & ERRORS) * 8 + countBits(items & ~ERRORS)
      if (count >= bestCount) continue
      best = police
      bestCount = count
      bestItems = items
      if (items === 0) break
    }
    if ((bestItems & ERRORS) !== 0) writeError(row, best, bestItems, out)
    else if (bestItems !== 0) told = writeOtherwiseWritten(s, row, best, bestItems, out, told)
  }
  return told
}

function writeError(row: number, police: number, items: number, out: FindingList): void {
  if (!out.start(ERROR)) return
  out.row(row)
  out.evidence(police)
  out.end((items & ITEM.number) !== 0 ? 2 : 3)
}

/** The names are one, but for how they are written. Parameters and result as of compareRows. */
function writeOtherwiseWritten(
  s: Situation,
  row: number,
  police: number,
  items: number,
  out: FindingList,
  told: number,
): number {
  const { nameReader, table } = s.ground
  const isDamage = (items & ITEM.damaged) !== 0
  const isPoliceDamaged = isDamage && !nameReader.isDamaged(table.columns.name[row])
  if (isPoliceDamaged && police === told) return told
  if (!out.start(isDamage ? DAMAGED : VARIANT)) return told
  out.row(isPoliceDamaged ? police : row)
  out.evidence(isPoliceDamaged ? row : police)
  out.end()
  return isPoliceDamaged ? police : told
}

function nameRelationOf(
  reader: { relation(a: number, b: number): number },
  table: RecordTable,
  row: number,
  police: number,
): number {
  const { name } = table.columns
  return name[row] === name[police] ? NAME_RELATION.same : reader.relation(name[row], name[police])
}

/** 曾用名 of any version, or the name of another version. */
function isFormerName(s: Situation, row: number): boolean {
  return knows(s, s.effective, row) || knows(s, s.otherVersions, row)
}

function knows(s: Situation, versions: RowList, row: number): boolean {
  const { table, nameReader } = s.ground
  const { name, formerName } = table.columns
  for (let k = 0; k < versions.length; k++) {
    const version = versions.items[k]
    if (formerName[version] !== 0 && nameReader.relation(name[row], formerName[version]) < NAME_RELATION.damaged)
      return true
    if (nameReader.relation(name[row], name[version]) < NAME_RELATION.damaged) return true
  }
  return false
}

function differences(table: RecordTable, row: number, police: number, relation: number): number {
  const { sex, ethnicity, birth } = table.columns
  let items = 0
  if (relation === NAME_RELATION.different) items |= ITEM.name
  else if (relation === NAME_RELATION.variant) items |= ITEM.variant
  else if (relation === NAME_RELATION.damaged) items |= ITEM.damaged
  if (sex[row] !== 0 && sex[police] !== 0 && sex[row] !== sex[police]) items |= ITEM.sex
  if (ethnicity[row] !== 0 && ethnicity[police] !== 0 && ethnicity[row] !== ethnicity[police]) items |= ITEM.ethnicity
  if (birth[row] !== birth[police] && birthsDiffer(birth[row], birth[police], row >= table.starts[BIRTHS]))
    items |= ITEM.birth
  if (numbersDiffer(table, row, police)) items |= ITEM.number
  return items
}

/** Only what both sides know is compared; census forms ask for the month. */
function birthsDiffer(a: number, b: number, isDayAsked: boolean): boolean {
  if (a === 0 || b === 0) return false
  if (yearOf(a) !== yearOf(b)) return true
  if (monthOf(a) !== 0 && monthOf(b) !== 0 && monthOf(a) !== monthOf(b)) return true
  return isDayAsked && dayOf(a) !== 0 && dayOf(b) !== 0 && dayOf(a) !== dayOf(b)
}

function numbersDiffer(table: RecordTable, row: number, police: number): boolean {
  const { idNo } = table.columns
  if (idNo[row] === idNo[police] && idNo[row] !== 0) return false
  return isWholeNumber(table, row) && isWholeNumber(table, police)
}

/** A number that says something: not missing, a placeholder or cut short. */
function isWholeNumber(table: RecordTable, row: number): boolean {
  const { idNo, idKind, idText } = table.columns
  const kind = idKind[row]
  if (kind === ID_KIND.malformed) return table.texts.length(idText[row]) >= 18
  return idNo[row] !== 0 && kind !== ID_KIND.tailSupplied
}

function countBits(items: number): number {
  let count = 0
  for (let rest = items; rest !== 0; rest &= rest - 1) count++
  return count
}

function itemWords(items: number): string {
  const words: string[] = []
  if ((items & ITEM.name) !== 0) words.push('姓名')
  if ((items & ITEM.sex) !== 0) words.push('性别')
  if ((items & ITEM.ethnicity) !== 0) words.push('民族')
  if ((items & ITEM.birth) !== 0) words.push('出生日期')
  if ((items & ITEM.number) !== 0) words.push('公民身份号码')
  return words.join('、') || '主项'
}
