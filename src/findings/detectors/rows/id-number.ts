/**
 * The number of a row by itself: missing, placeholder, wrong check digit, impossible date, 15 digits, cut by a
 * spreadsheet, other sex, other birth. A table of kinds, one row a code. Looked at on effective police rows and census
 * rows; what a number means between people is shared-id's and main-item-error's.
 */
import type { RowDetector } from '../../detector.ts'
import type { FindingList } from '../../finding-list.ts'
import { type RegisterGround, STANDING, STATUS } from '../../ground.ts'
import { isGoodNumber } from '../../id-rows.ts'
import { checkNibble, idBirthDate, idSex } from '../../../normalise/id-number.ts'
import { isLunarReading } from '../../../normalise/lunar.ts'
import { dayOf, ID_KIND, monthOf, type RecordTable, yearOf } from '../../../records/record-table.ts'
import { CENSUS, POLICE } from '../../../registers/columns.ts'
import { codeNumber } from '../../table.ts'

const INVALID_CHECK = codeNumber('id-invalid-check')
const INVALID_DATE = codeNumber('id-invalid-date')
const SEX = codeNumber('id-sex-mismatch')
const BIRTH = codeNumber('id-birth-mismatch')

/** The finding on each kind of number; -1 none. A wrong length is a wrong number as well. */
const BY_KIND = new Int32Array(Object.keys(ID_KIND).length).fill(-1)
BY_KIND[ID_KIND.missing] = codeNumber('id-missing')
BY_KIND[ID_KIND.placeholder] = codeNumber('id-placeholder')
BY_KIND[ID_KIND.legacy] = codeNumber('id-legacy-15')
BY_KIND[ID_KIND.tailSupplied] = INVALID_CHECK
BY_KIND[ID_KIND.checkFails] = INVALID_CHECK
BY_KIND[ID_KIND.dateImpossible] = INVALID_DATE
BY_KIND[ID_KIND.truncated] = codeNumber('id-excel-truncated')
BY_KIND[ID_KIND.malformed] = INVALID_CHECK

export const idNumber: RowDetector = {
  registers: [POLICE, CENSUS],
  detect(row, ground, out) {
    const { idKind, status } = ground.table.columns
    const isPolice = row < ground.table.starts[1]
    if (isPolice && ground.standing[row] === STANDING.ineffective) return
    const kind = idKind[row]
    const isUnborn = (kind === ID_KIND.valid || kind === ID_KIND.nobodys) && isOfFuture(row, ground)
    if (isGoodNumber(kind)) compareWithRow(row, ground, isUnborn, out)
    const isCheckOnly = kind === ID_KIND.dateImpossible && failsCheckOnly(row, ground.table)
    const code = isCheckOnly ? INVALID_CHECK : isUnborn ? INVALID_DATE : BY_KIND[kind]
    if (code < 0 || (isPolice && status[row] !== STATUS.normal)) return
    write(code, row, out)
  },
  sentences: {
    'id-missing': (f, w) => `${w.block(f.rows[0])}的记录没有填公民身份号码。`,
    'id-placeholder': (f, w) => `${w.block(f.rows[0])}的记录号码栏填的是代用字符。`,
    'id-invalid-check': (f, w) => {
      const kind = w.table.columns.idKind[f.rows[0]]
      const isWhole = kind === ID_KIND.checkFails || kind === ID_KIND.dateImpossible
      const wrong = isWhole ? '校验码不符' : '位数或字符不对'
      return `${w.block(f.rows[0])}的记录号码${wrong}。`
    },
    'id-invalid-date': (f, w) => `${w.block(f.rows[0])}的记录号码中的出生日期不存在或尚未到来。`,
    'id-legacy-15': (f, w) => `${w.block(f.rows[0])}的记录仍用15位号码。`,
    'id-excel-truncated': (f, w) => `${w.block(f.rows[0])}的记录号码末位被表格软件截断。`,
    'id-sex-mismatch': (f, w) =>
      `${w.block(f.rows[0])}的记录性别为${w.table.columns.sex[f.rows[0]] === 1 ? '男' : '女'}，与号码顺序码不符。`,
    'id-birth-mismatch': (f, w) =>
      `${w.block(f.rows[0])}的记录出生日期${w.birth(f.rows[0])}与号码中的不符${isLunar(f.rows[0], w.table) ? '(可能为农历)' : ''}。`,
  },
}

function compareWithRow(row: number, ground: RegisterGround, isUnborn: boolean, out: FindingList): void {
  const { table } = ground
  const { idNo, sex, birth } = table.columns
  const id = idNo[row]
  if (sex[row] !== 0 && idSex(table.ids.third(id)) !== sex[row]) write(SEX, row, out)
  const born = birth[row]
  if (born === 0 || isUnborn) return
  const inNumber = idBirthDate(table.ids.second(id))
  const isMonthOnly = row >= table.starts[CENSUS]
  const differs =
    yearOf(born) !== yearOf(inNumber) ||
    (monthOf(born) !== 0 && monthOf(born) !== monthOf(inNumber)) ||
    (!isMonthOnly && dayOf(born) !== 0 && dayOf(born) !== dayOf(inNumber))
  if (inNumber !== 0 && differs) write(BIRTH, row, out)
}

/**
 * Somebody of 2041 in a census of 2020: the day exists and the check digit fits, but nobody has it yet. A register may
 * reach into the year after the reference date.
 */
function isOfFuture(row: number, { table, reference }: RegisterGround): boolean {
  return yearOf(idBirthDate(table.ids.second(table.columns.idNo[row]))) > yearOf(reference) + 1
}

/** The year is out of reach (1080, 2310) but the day is one of the calendar: a wrong digit, and the check digit says so. */
function failsCheckOnly(row: number, table: RecordTable): boolean {
  const { ids } = table
  const id = table.columns.idNo[row]
  const birth = ids.second(id)
  // Any year will do for month and day, but 29 February must be one of that year: 400 years give the same calendar.
  const year = decimal(birth >>> 16)
  const sameCalendar = packBcdYear(2000 + (year % 100 === 0 ? (year % 400 === 0 ? 0 : 100) : year % 100))
  const isDay = idBirthDate(((sameCalendar << 16) | (birth & 0xffff)) >>> 0) !== 0
  const check = ids.third(id) & 15
  return isDay && checkNibble(ids.first(id), birth, ids.third(id)) !== check
}

/** Four BCD digits as a number, and back. */
function decimal(bcd: number): number {
  return ((bcd >>> 12) & 15) * 1000 + ((bcd >>> 8) & 15) * 100 + ((bcd >>> 4) & 15) * 10 + (bcd & 15)
}

function packBcdYear(year: number): number {
  return Number.parseInt(String(year), 16)
}

function isLunar(row: number, table: RecordTable): boolean {
  const { birth, idNo } = table.columns
  return isLunarReading(birth[row], idBirthDate(table.ids.second(idNo[row])))
}

function write(code: number, row: number, out: FindingList): void {
  if (!out.start(code)) return
  out.row(row)
  out.end()
}
