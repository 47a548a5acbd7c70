/**
 * Codes that no longer or never were: 号码地区码不存在, 号码地区码时间不符, 区划代码已停用, 地址未落到村居. Where a code would
 * fall on more than 5 % of a register's rows it is a property of the register, told once in the summary.
 */
import { isCountyCodeInForce, isCountyCodeKnown } from '../../../normalise/county-history.ts'
import { idBirthDate } from '../../../normalise/id-number.ts'
import { yearOf } from '../../../records/record-table.ts'
import { CENSUS, POLICE, REGISTERS } from '../../../registers/columns.ts'
import type { RegisterDetector } from '../../detector.ts'
import { type RegisterGround, STANDING, STATUS } from '../../ground.ts'
import { isGoodNumber } from '../../id-rows.ts'
import { codeNumber, type FindingCode } from '../../table.ts'

/** Larger shares of a register are told once. */
const SHARE_MAX = 0.05
/** Numbering began. */
const FIRST_NUMBERS = 1984
/** More than any year: county and year make one number. */
const YEARS = 4096

/** How a number's county code stood when the number was given. */
const COUNTY = { known: 1, unknown: 2, notInForce: 3 } as const

type Question = (row: number) => boolean

export const areaCodes: RegisterDetector = {
  detect(ground, out) {
    const { table } = ground
    for (const [code, asks] of questions(ground)) {
      for (const register of [POLICE, CENSUS]) {
        if (!ground.given[register]) continue
        const from = table.starts[register]
        const end = table.starts[register + 1]
        const most = SHARE_MAX * (end - from)
        const found: number[] = []
        let count = 0
        for (let row = from; row < end; row++) {
          if (!asks(row) || !counts(ground, row)) continue
          if (++count <= most) found.push(row)
        }
        if (count > most) {
          out.tellOnce({ code, register: REGISTERS[register], rows: count, of: end - from })
          continue
        }
        for (const row of found) {
          if (!out.start(codeNumber(code))) break
          out.row(row)
          out.end()
        }
      }
    }
  },
  sentences: {
    'id-area-unknown': (f, w) => `${w.block(f.rows[0])}的记录号码前六位不是任何时期的区划代码。`,
    'id-area-not-in-force': (f, w) => `${w.block(f.rows[0])}的记录号码前六位在编号时不是有效的区划代码。`,
    'address-code-obsolete': (f, w) => `区划代码${w.area(f.rows[0])}所属的县级代码已停用。`,
    'address-unresolved': (f, w) => `区划代码只到${w.area(f.rows[0])}，未落到村居。`,
  },
}

function counts(ground: RegisterGround, row: number): boolean {
  if (row >= ground.table.starts[CENSUS]) return true
  return ground.standing[row] !== STANDING.ineffective && ground.table.columns.status[row] === STATUS.normal
}

function questions(ground: RegisterGround): readonly (readonly [FindingCode, Question])[] {
  const { table, places } = ground
  const { idNo, idKind, area } = table.columns
  const year = yearOf(ground.reference)
  // Asked of every row twice: answers by county and year, and by number.
  const byCounty = new Map<number, number>()
  const byNumber = new Uint8Array(table.ids.size + 1)
  const standingOf = (row: number): number => {
    const id = idNo[row]
    if (byNumber[id] !== 0) return byNumber[id]
    const county = decimalOf(table.ids.first(id))
    const numbered = Math.max(FIRST_NUMBERS, yearOf(idBirthDate(table.ids.second(id))))
    const key = county * YEARS + numbered
    let answer = byCounty.get(key)
    if (answer === undefined) {
      answer = !isCountyCodeKnown(county)
        ? COUNTY.unknown
        : isCountyCodeInForce(county, numbered) === 'no'
          ? COUNTY.notInForce
          : COUNTY.known
      byCounty.set(key, answer)
    }
    byNumber[id] = answer
    return answer
  }
  const obsolete = new Map<number, boolean>()
  const isObsolete = (county: number): boolean => {
    let answer = obsolete.get(county)
    if (answer === undefined) obsolete.set(county, (answer = isCountyCodeInForce(county, year) === 'no'))
    return answer
  }
  return [
    ['id-area-unknown', (row) => isGoodNumber(idKind[row]) && standingOf(row) === COUNTY.unknown],
    ['id-area-not-in-force', (row) => isGoodNumber(idKind[row]) && standingOf(row) === COUNTY.notInForce],
    ['address-code-obsolete', (row) => area[row] !== 0 && isObsolete(places.countyOf(area[row]))],
    ['address-unresolved', (row) => !places.isVillage(area[row])],
  ]
}

/** Six BCD digits as a number. */
function decimalOf(bcd: number): number {
  let value = 0
  for (let shift = 20; shift >= 0; shift -= 4) value = value * 10 + ((bcd >>> shift) & 15)
  return value
}
