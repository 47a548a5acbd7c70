/**
 * Where newcomers come from: where a row claims its hukou, or, if it claims none elsewhere, where its number was given.
 *
 * In:  rows of people without a police row here. Out: how far the origins of two rows agree, and the chance that those of
 * two strangers do, counted among the newcomers themselves. Places are codes of six (county), nine or twelve digits.
 */
import type { RecordTable } from '../../records/record-table.ts'

/** How the origins of two rows stand to each other. */
export const ORIGIN = { same: 0, partly: 1, differ: 2, hereAndElsewhere: 3 } as const

/** County, township and village codes as numbers of 6, 9 and 12 digits. */
const DIGITS = [6, 9, 12] as const

/** Where nearly all come from one county, two who name two are not believed to be one person for that. */
const TWO_COUNTIES_LEAST = 0.5

export interface OriginAgreement {
  readonly level: number
  /** That two strangers agree so. */
  readonly chance: number
}

export class Origins {
  /** Of each row its newcomer number from 1; 0 = none. */
  private readonly numberOf: Int32Array
  /** By newcomer number, the numbers of the places it claims and its number names; 0 = none. */
  private readonly claimed: Int32Array
  private readonly numbered: Int32Array
  /** 1 = claims a hukou here, where the register has none for it. */
  private readonly claimsHere: Uint8Array
  private here = 0
  private total = 0
  /** That two strangers from afar come from two counties: certain where there are thousands, far from it where there are three. */
  private readonly twoCounties: number
  /** By place number: code of 12 digits, zeros behind what is known, and how many digits are known. */
  private readonly codes: number[] = [0]
  private readonly digits: number[] = [0]
  private readonly places = new Map<number, number>()
  /** Newcomers by code cut to so many digits. */
  private readonly counts = DIGITS.map(() => new Map<number, number>())

  constructor(table: RecordTable, rows: Int32Array, numberOf: Int32Array) {
    const { hukouArea, idNo } = table.columns
    const { areas, ids } = table
    this.numberOf = numberOf
    this.claimed = new Int32Array(rows.length + 1)
    this.numbered = new Int32Array(rows.length + 1)
    this.claimsHere = new Uint8Array(rows.length + 1)
    const loaded = new Set(table.handle.loadedCounties)
    // Areas and counties are few: each is looked at once.
    const placeOfArea = new Int32Array(areas.size + 1)
    for (let area = 1; area <= areas.size; area++)
      if (areas.first(area) !== 0 && !loaded.has(areas.first(area)))
        placeOfArea[area] = this.place(areas.first(area) * 1e6 + areas.second(area), areas.third(area))
    const placeOfCounty = new Map<number, number>()
    const countyPlace = (packed: number): number => {
      let place = placeOfCounty.get(packed)
      if (place === undefined) {
        // The area of a number is packed a digit in four bits.
        const county = Number(packed.toString(16))
        place = county === 0 || loaded.has(county) ? 0 : this.place(county * 1e6, 6)
        placeOfCounty.set(packed, place)
      }
      return place
    }
    const countOf = new Map<number, number>()
    rows.forEach((row, k) => {
      const area = hukouArea[row]
      this.claimed[k + 1] = placeOfArea[area]
      if (idNo[row] !== 0) this.numbered[k + 1] = countyPlace(ids.first(idNo[row]))
      if (area !== 0 && loaded.has(areas.first(area))) this.claimsHere[k + 1] = 1
      const place = this.claimed[k + 1] || this.numbered[k + 1]
      if (place !== 0) {
        this.total++
        countOf.set(place, (countOf.get(place) ?? 0) + 1)
      } else this.here += this.claimsHere[k + 1]
    })
    for (const [place, count] of countOf)
      DIGITS.forEach((length, k) => {
        if (length > this.digits[place]) return
        const cut = cutTo(this.codes[place], length)
        this.counts[k].set(cut, (this.counts[k].get(cut) ?? 0) + count)
      })
    // Of two different strangers: each of the pair is one of its county already.
    let ofOneCounty = 0
    for (const count of this.counts[0].values()) ofOneCounty += count * (count - 1)
    const pairs = this.total * (this.total - 1)
    this.twoCounties = Math.max((pairs - ofOneCounty) / Math.max(pairs, 1), TWO_COUNTIES_LEAST)
  }

  /** Both claim a hukou here: their police row may be missing, but they are no newcomers. */
  areHere(a: number, b: number): boolean {
    return this.isHere(this.numberOf[a], true) && this.isHere(this.numberOf[b], true)
  }

  /** Six digits; 0 unknown. */
  countyOf(row: number): number {
    return cutTo(this.codes[this.placeOf(this.numberOf[row])], 6)
  }

  /** Of two rows, how many bear a number that says where it was given. */
  numbersOf(a: number, b: number): number {
    return Number(this.numbered[this.numberOf[a]] !== 0) + Number(this.numbered[this.numberOf[b]] !== 0)
  }

  /**
   * How far two rows agree; undefined if one of them is unknown. A code of six digits agrees with every village of its
   * county, and says so little.
   * @param isRead of either row, whether its number is looked at: without it the pair says what such pairs without it say
   */
  compare(a: number, b: number, isRead: readonly [a: boolean, b: boolean] = [true, true]): OriginAgreement | undefined {
    const { codes, digits, claimed } = this
    const [m, n] = [this.numberOf[a], this.numberOf[b]]
    const [numberOfA, numberOfB] = [isRead[0] ? this.numbered[m] : 0, isRead[1] ? this.numbered[n] : 0]
    const [p, q] = [claimed[m] || numberOfA, claimed[n] || numberOfB]
    if ((p !== 0 && this.isHere(n, isRead[1])) || (q !== 0 && this.isHere(m, isRead[0]))) {
      const share = (this.here + 1) / (this.here + this.total + 2)
      return { level: ORIGIN.hereAndElsewhere, chance: 2 * share * (1 - share) }
    }
    if (p === 0 || q === 0) return undefined
    const known = Math.min(digits[p], digits[q])
    if (cutTo(codes[p], known) === cutTo(codes[q], known))
      return { level: ORIGIN.same, chance: this.chanceOf(codes[p], known) }
    // Somebody may claim another place and bear a number of the right one.
    const partly = this.isSameCounty(numberOfA, q) ? numberOfA : this.isSameCounty(p, numberOfB) ? p : 0
    const county = partly !== 0 ? partly : this.isSameCounty(p, q) ? p : 0
    if (county !== 0) return { level: ORIGIN.partly, chance: this.chanceOf(codes[county], 6) }
    return { level: ORIGIN.differ, chance: this.twoCounties }
  }

  /** Claims a hukou here, and bears no other county's number. */
  private isHere(newcomer: number, isNumberRead: boolean): boolean {
    return this.claimsHere[newcomer] === 1 && !(isNumberRead && this.numbered[newcomer] !== 0)
  }

  private isSameCounty(one: number, other: number): boolean {
    return one !== 0 && other !== 0 && cutTo(this.codes[one], 6) === cutTo(this.codes[other], 6)
  }

  private placeOf(newcomer: number): number {
    return this.claimed[newcomer] || this.numbered[newcomer]
  }

  private place(code: number, digits: number): number {
    const key = code * 16 + digits
    let place = this.places.get(key)
    if (place === undefined) {
      place = this.codes.length
      this.codes.push(code)
      this.digits.push(digits)
      this.places.set(key, place)
    }
    return place
  }

  /** The chance that another newcomer is from there; the pair itself apart. */
  private chanceOf(code: number, digits: number): number {
    const k = DIGITS.findIndex((length) => length === digits)
    const others = Math.max(1, (this.counts[k]?.get(cutTo(code, digits)) ?? 2) - 2)
    return Math.min(1, others / Math.max(1, this.total))
  }
}

/** 10 to the power of what is cut off, by how many digits stay. */
const CUT = Array.from({ length: 13 }, (_, digits) => 10 ** (12 - digits))

function cutTo(code: number, digits: number): number {
  return Math.floor(code / CUT[digits])
}
