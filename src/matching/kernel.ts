/**
 * The scoring kernel: two packed records → one comparison pattern.
 *
 * In:  two 64-byte lines (packed-records.ts). Out: a 24-bit pattern of comparison levels:
 *
 *   bit  0      4       8    12    14      17    20        22
 *        name   birth   id   sex   place   kin   address   pair class
 *
 * The pattern gives the weight by table, the explanation and often the finding; nothing is compared twice.
 * Levels are those of compare/levels.ts. Leaves weighing to weigh-county.ts.
 */
import { hasRest, sharesFirstPart } from '../normalise/address.ts'
import { COMPARED_WORDS, type NameFeatures } from '../records/name-features.ts'
import type { RecordTable } from '../records/record-table.ts'
import { BIRTHS, CENSUS, POLICE } from '../registers/columns.ts'
import { AnalysedNames } from './compare/analysed-names.ts'
import { compareBirths } from './compare/birth.ts'
import { compareIdNumbers, compareIrregularId } from './compare/id-number.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from './compare/levels.ts'
import { areShort, compareNames, compareShortNames } from './compare/name.ts'
import { idKindOf, LINE_WORDS, PRESENCE, presenceOf, registerOf, sexOf, WORD } from './packed-records.ts'

export const PAIR_CLASS = { policePolice: 0, policeCensus: 1, censusCensus: 2, other: 3 } as const
export const PAIR_CLASSES = ['police–police', 'police–census', 'census–census', 'others'] as const

export const SHIFT = { name: 0, birth: 4, id: 8, sex: 12, place: 14, kin: 17, address: 20, pairClass: 22 } as const

/** Where the two rows say the hukou (or the row's own place) is. */
export const PLACE_LEVEL = {
  missing: 0,
  village: 1,
  townshipAsKnown: 2,
  townshipVillageDiffers: 3,
  countyAsKnown: 4,
  countyTownshipDiffers: 5,
  countyDiffers: 6,
  /** The claims differ, but both rows lie in one village. */
  sameVillageHere: 7,
} as const

/** Parents (police, births) or, between two census rows, the away row's claimed residence. */
export const KIN_LEVEL = {
  missing: 0,
  agree: 1,
  partly: 2,
  differ: 3,
  // Where an away census row says that the person lives: in the other row's village, township, county; or elsewhere. The
  // other one is a census row, or a police row of another village than the away row claims as its hukou.
  claimVillage: 4,
  claimTownship: 5,
  claimCounty: 6,
  claimElsewhere: 7,
} as const

export const ADDRESS_LEVEL = {
  missing: 0,
  equal: 1,
  differ: 2,
  /** One of the two says no more than the group, house block or road that both have. */
  firstPart: 3,
} as const

/** By the PLACE_LEVEL of the place that an away row names and the place of the other row. */
const CLAIM_LEVEL = Uint8Array.from({ length: 8 }, (_, place) => {
  if (place === PLACE_LEVEL.missing) return KIN_LEVEL.missing
  if (place === PLACE_LEVEL.village) return KIN_LEVEL.claimVillage
  if (place === PLACE_LEVEL.townshipAsKnown) return KIN_LEVEL.claimTownship
  return place === PLACE_LEVEL.countyAsKnown ? KIN_LEVEL.claimCounty : KIN_LEVEL.claimElsewhere
})

const NAME_CACHE_BITS = 16
const SAME_NUMBER = 2

/** Compares rows of one table; one for each thread, since it keeps a cache. */
export class Kernel {
  private readonly lines: Int32Array
  readonly names: NameFeatures
  private readonly analysed: AnalysedNames
  private readonly texts: RecordTable['texts']
  private readonly columns: RecordTable['columns']
  private readonly county: Int32Array
  private readonly town: Int32Array
  private readonly digits: Uint8Array
  private readonly compared: Int32Array
  /** Direct-mapped: long, dotted and damaged names are compared once per distinct pair of them. */
  private readonly cacheA = new Int32Array(1 << NAME_CACHE_BITS)
  private readonly cacheB = new Int32Array(1 << NAME_CACHE_BITS)
  private readonly cacheLevel = new Uint8Array(1 << NAME_CACHE_BITS)

  constructor(table: RecordTable, names: NameFeatures, lines: Int32Array) {
    this.lines = lines
    this.names = names
    this.analysed = new AnalysedNames(table.names)
    this.compared = names.compared
    this.texts = table.texts
    this.columns = table.columns
    const { areas } = table
    const n = areas.size + 1
    this.county = new Int32Array(n)
    this.town = new Int32Array(n)
    this.digits = new Uint8Array(n)
    for (let area = 1; area < n; area++) {
      this.county[area] = areas.first(area)
      this.town[area] = Math.floor(areas.second(area) / 1000)
      this.digits[area] = areas.third(area)
    }
  }

  /** The comparison pattern of two rows. Symmetric. */
  compare(a: number, b: number): number {
    const { lines } = this
    const at = a * LINE_WORDS
    const bt = b * LINE_WORDS
    const pa = lines[at + WORD.packed]
    const pb = lines[bt + WORD.packed]
    const ra = registerOf(pa)
    const rb = registerOf(pb)
    const pairClass = classOf(ra, rb)

    const sa = sexOf(pa)
    const sb = sexOf(pb)
    const sex = sa === 0 || sb === 0 ? SEX_LEVEL.missing : sa === sb ? SEX_LEVEL.equal : SEX_LEVEL.different
    const name = this.compareNamesOf(at, bt)
    const place = this.comparePlaces(at, bt, pairClass, ra, rb)
    return (
      name |
      (compareBirths(lines[at + WORD.birth], lines[bt + WORD.birth]) << SHIFT.birth) |
      (this.compareIds(at, bt, pa, pb) << SHIFT.id) |
      (sex << SHIFT.sex) |
      (place << SHIFT.place) |
      (this.compareKin(a, b, name, place, pa, pb, pairClass, ra, rb) << SHIFT.kin) |
      (this.compareAddresses(at, bt) << SHIFT.address) |
      (pairClass << SHIFT.pairClass)
    )
  }

  /** One number for all ways to write a name: 王 翠 巧 is 王翠巧. Others may share it. */
  nameKey(name: number): number {
    return this.names.variantHash(name)
  }

  /** Whether two names of the dictionary begin with surnames of one sound. */
  haveOneSurname(a: number, b: number): boolean {
    const sound = this.surnameSound(a)
    return sound !== 0 && sound === this.surnameSound(b)
  }

  /** One number for all names of nearly one sound. */
  nameSound(name: number): number {
    return this.names.fuzzySoundHash(name)
  }

  /** One number for all surnames of one sound; 0 where a name has none. */
  surnameSound(name: number): number {
    return this.names.surnameSoundHash(name)
  }

  private compareNamesOf(at: number, bt: number): number {
    const { lines } = this
    const na = lines[at + WORD.name]
    const nb = lines[bt + WORD.name]
    let level = this.nameLevel(na, nb)
    if (level > NAME_LEVEL.homophone || level === NAME_LEVEL.missing) {
      // A former name that stands on the other row is the same name by another word.
      const fa = lines[at + WORD.formerName]
      const fb = lines[bt + WORD.formerName]
      if (fa !== 0) level = formerLevel(level, this.nameLevel(fa, nb))
      if (fb !== 0) level = formerLevel(level, this.nameLevel(na, fb))
    }
    return level
  }

  nameLevel(na: number, nb: number): number {
    const { compared } = this
    const at = na * COMPARED_WORDS
    const bt = nb * COMPARED_WORDS
    if (areShort(compared[at], compared[bt])) return compareShortNames(compared, at, bt)
    if (na === nb && na !== 0) return compareNames(this.names, this.analysed, na, nb)
    const low = na < nb ? na : nb
    const high = na < nb ? nb : na
    const slot = Math.imul(Math.imul(low, 0x9e3779b1) ^ high, 0x85ebca6b) >>> (32 - NAME_CACHE_BITS)
    if (this.cacheA[slot] === low && this.cacheB[slot] === high) return this.cacheLevel[slot]
    const level = compareNames(this.names, this.analysed, low, high)
    this.cacheA[slot] = low
    this.cacheB[slot] = high
    this.cacheLevel[slot] = level
    return level
  }

  private compareIds(at: number, bt: number, pa: number, pb: number): number {
    const { lines } = this
    const areaA = lines[at]
    const areaB = lines[bt]
    const textA = lines[at + WORD.idText]
    const textB = lines[bt + WORD.idText]
    if (areaA === 0 && textA === 0) return ID_LEVEL.missing
    if (areaB === 0 && textB === 0) return ID_LEVEL.missing
    if (areaA !== 0 && areaB !== 0)
      return compareIdNumbers(
        areaA,
        lines[at + 1],
        pa & 0xffff,
        idKindOf(pa),
        areaB,
        lines[bt + 1],
        pb & 0xffff,
        idKindOf(pb),
      )
    if (areaA === 0 && areaB === 0) return textA === textB ? ID_LEVEL.sameUnproved : ID_LEVEL.missing
    const text = areaA === 0 ? textA : textB
    const other = areaA === 0 ? bt : at
    const packed = areaA === 0 ? pb : pa
    return compareIrregularId(this.texts.text(text), lines[other], lines[other + 1], packed & 0xffff, idKindOf(packed))
  }

  private compareAreas(x: number, y: number): number {
    if (x === 0 || y === 0) return PLACE_LEVEL.missing
    if (x === y && this.digits[x] === 12) return PLACE_LEVEL.village
    if (this.county[x] !== this.county[y]) return PLACE_LEVEL.countyDiffers
    const known = Math.min(this.digits[x], this.digits[y])
    if (known < 9) return PLACE_LEVEL.countyAsKnown
    if (this.town[x] !== this.town[y]) return PLACE_LEVEL.countyTownshipDiffers
    return known < 12 ? PLACE_LEVEL.townshipAsKnown : PLACE_LEVEL.townshipVillageDiffers
  }

  private comparePlaces(at: number, bt: number, pairClass: number, ra: number, rb: number): number {
    const { lines } = this
    const level = this.compareAreas(lines[at + WORD.hukouArea], lines[bt + WORD.hukouArea])
    if (level === PLACE_LEVEL.village) return level
    const hereA = ra === POLICE ? lines[at + WORD.hukouArea] : lines[at + WORD.area]
    const hereB = rb === POLICE ? lines[bt + WORD.hukouArea] : lines[bt + WORD.area]
    if (hereA !== 0 && hereA === hereB && this.digits[hereA] === 12) return PLACE_LEVEL.sameVillageHere
    if (level === PLACE_LEVEL.missing && pairClass === PAIR_CLASS.other) return this.compareAreas(hereA, hereB)
    return level
  }

  private compareKin(
    a: number,
    b: number,
    name: number,
    place: number,
    pa: number,
    pb: number,
    pairClass: number,
    ra: number,
    rb: number,
  ): number {
    const { lines } = this
    const at = a * LINE_WORDS
    const bt = b * LINE_WORDS
    if (pairClass === PAIR_CLASS.censusCensus) {
      const presenceA = presenceOf(pa)
      const presenceB = presenceOf(pb)
      if (presenceA === presenceB || presenceA === PRESENCE.none || presenceB === PRESENCE.none)
        return KIN_LEVEL.missing
      const away = presenceA === PRESENCE.away ? at : bt
      const here = presenceA === PRESENCE.away ? bt : at
      return CLAIM_LEVEL[this.compareAreas(lines[away + WORD.residenceArea], lines[here + WORD.area])]
    }
    if (pairClass === PAIR_CLASS.policeCensus) {
      // A married daughter is listed as away where she was born, by her parents: she lives where the police know her.
      const census = ra === CENSUS ? at : bt
      const police = ra === CENSUS ? bt : at
      const isAway = presenceOf(ra === CENSUS ? pa : pb) === PRESENCE.away
      return !isAway || place === PLACE_LEVEL.village || place === PLACE_LEVEL.sameVillageHere
        ? KIN_LEVEL.missing
        : CLAIM_LEVEL[this.compareAreas(lines[census + WORD.residenceArea], lines[police + WORD.hukouArea])]
    }
    if ((ra === POLICE || ra === BIRTHS) && (rb === POLICE || rb === BIRTHS))
      return this.compareFamilies(a, b, name, ra === POLICE && rb === POLICE)
    return KIN_LEVEL.missing
  }

  /**
   * Parents, and between police rows the spouse: by number where both rows have one, by name otherwise.
   * Another spouse is no disagreement (people marry again). Father's name and spouse stand outside the packed line, so
   * they are looked up only where the names agree.
   */
  private compareFamilies(a: number, b: number, name: number, bothPolice: boolean): number {
    const { lines } = this
    const at = a * LINE_WORDS
    const bt = b * LINE_WORDS
    const mother = this.compareRelatives(
      lines[at + WORD.motherId],
      lines[bt + WORD.motherId],
      lines[at + WORD.motherName],
      lines[bt + WORD.motherName],
    )
    const namesAgree = name !== NAME_LEVEL.missing && name <= NAME_LEVEL.dropped
    const { fatherName, spouseName, spouseId } = this.columns
    const father = this.compareRelatives(
      lines[at + WORD.fatherId],
      lines[bt + WORD.fatherId],
      namesAgree ? fatherName[a] : 0,
      namesAgree ? fatherName[b] : 0,
    )
    const spouse =
      namesAgree && bothPolice ? this.compareRelatives(spouseId[a], spouseId[b], spouseName[a], spouseName[b]) : 0
    const differs = mother < 0 || father < 0
    if (mother === SAME_NUMBER || father === SAME_NUMBER || spouse === SAME_NUMBER)
      return differs ? KIN_LEVEL.partly : KIN_LEVEL.agree
    // One parent of the same name beside another of a different one says nothing.
    if (mother > 0 || father > 0 || spouse > 0) return differs ? KIN_LEVEL.missing : KIN_LEVEL.partly
    return differs ? KIN_LEVEL.differ : KIN_LEVEL.missing
  }

  /** SAME_NUMBER, 1 same name, −1 another person, 0 not known. */
  private compareRelatives(idA: number, idB: number, nameA: number, nameB: number): number {
    if (idA !== 0 && idA === idB) return SAME_NUMBER
    if (nameA !== 0 && nameB !== 0) {
      const level = this.nameLevel(nameA, nameB)
      if (level !== NAME_LEVEL.missing && level <= NAME_LEVEL.homophone) return 1
      if (level >= NAME_LEVEL.givenEqual) return -1
    }
    return idA !== 0 && idB !== 0 ? -1 : 0
  }

  private compareAddresses(at: number, bt: number): number {
    const { lines } = this
    const a = lines[at + WORD.address]
    const b = lines[bt + WORD.address]
    if (a === 0 || b === 0) return ADDRESS_LEVEL.missing
    const placeA = lines[at + WORD.area] || lines[at + WORD.hukouArea]
    const placeB = lines[bt + WORD.area] || lines[bt + WORD.hukouArea]
    // Addresses of different villages are expected to differ: not comparable.
    if (placeA !== placeB) return ADDRESS_LEVEL.missing
    if (!sharesFirstPart(a, b)) return ADDRESS_LEVEL.differ
    if (!hasRest(a) || !hasRest(b)) return ADDRESS_LEVEL.firstPart
    return a === b ? ADDRESS_LEVEL.equal : ADDRESS_LEVEL.differ
  }
}

function classOf(registerA: number, registerB: number): number {
  if (registerA > CENSUS || registerB > CENSUS) return PAIR_CLASS.other
  return registerA + registerB
}

/** A hit through a former name counts as a variant of the name; near hits keep their level. */
function formerLevel(level: number, through: number): number {
  if (through === NAME_LEVEL.missing) return level
  const counted = through === NAME_LEVEL.exact ? NAME_LEVEL.variant : through
  if (level === NAME_LEVEL.missing) return counted <= NAME_LEVEL.homophone ? counted : level
  return counted < level ? counted : level
}

/** The levels in a pattern: NAME_LEVEL, BIRTH_LEVEL, ID_LEVEL and SEX_LEVEL of compare/levels.ts, the others of this file. */
export function nameLevelOf(pattern: number): number {
  return pattern & 15
}
export function birthLevelOf(pattern: number): number {
  return (pattern >>> SHIFT.birth) & 15
}
export function idLevelOf(pattern: number): number {
  return (pattern >>> SHIFT.id) & 15
}
export function sexLevelOf(pattern: number): number {
  return (pattern >>> SHIFT.sex) & 3
}
export function placeLevelOf(pattern: number): number {
  return (pattern >>> SHIFT.place) & 7
}
export function kinLevelOf(pattern: number): number {
  return (pattern >>> SHIFT.kin) & 7
}
export function addressLevelOf(pattern: number): number {
  return (pattern >>> SHIFT.address) & 3
}
export function pairClassOf(pattern: number): number {
  return (pattern >>> SHIFT.pairClass) & 3
}

/**
 * Whether a pattern can become a link at all. What is left out is counted, not kept: different names without any
 * agreement of the numbers or the parents, or members of one household with different names.
 */
export function isPlausible(pattern: number, sameHousehold: boolean): boolean {
  const name = nameLevelOf(pattern)
  const id = idLevelOf(pattern)
  const birth = birthLevelOf(pattern)
  const kin = kinLevelOf(pattern)
  if (id >= ID_LEVEL.sameValid && id <= ID_LEVEL.areaDiffers) return true
  if (sameHousehold) {
    if (name === NAME_LEVEL.missing) return false
    if (name <= NAME_LEVEL.homophone && birth <= BIRTH_LEVEL.monthEqual) return true
    // Written twice in one household book, the second time with another birth: no mother bears twice in a year. Of one sound only by
    // relatives, and not of one year, as twins are. The census knows no day: two sisters of one month and almost one name are two.
    if (pairClassOf(pattern) !== PAIR_CLASS.policePolice || kin === KIN_LEVEL.differ) return false
    if (name <= NAME_LEVEL.variant) return birth <= BIRTH_LEVEL.yearEqual
    return name <= NAME_LEVEL.fuzzySound && birth === BIRTH_LEVEL.yearBeside && kin !== KIN_LEVEL.missing
  }
  const address = addressLevelOf(pattern)
  const home = placeLevelOf(pattern) === PLACE_LEVEL.village && address !== ADDRESS_LEVEL.differ
  if (kin === KIN_LEVEL.agree && birth <= BIRTH_LEVEL.digitSlip) return true
  const fits = birth !== BIRTH_LEVEL.missing && birth <= BIRTH_LEVEL.monthEqual
  // Who has no name to compare has birth and home; newborns the mother's name too: many certificates lack her number.
  if (name === NAME_LEVEL.missing) return fits && (home || address === ADDRESS_LEVEL.equal || kin === KIN_LEVEL.partly)
  if (name >= NAME_LEVEL.givenEqual) return name === NAME_LEVEL.givenEqual && fits
  return birth <= BIRTH_LEVEL.nearYear
}
