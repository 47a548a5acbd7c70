/** Levels in words: English and Chinese, for explain, the review page and the report. */

import { ADDRESS_LEVEL, KIN_LEVEL, PLACE_LEVEL } from '../kernel.ts'

type Words = readonly [en: string, zh: string]

const NAME: readonly Words[] = [
  ['no name to compare, or a pet name', '姓名无从比较或为小名'],
  ['same name', '姓名相同'],
  ['same name in variant characters or a former name', '姓名相同（异体字或曾用名）'],
  ['same sound, other characters', '姓名音同字不同'],
  ['one look-alike character', '姓名一字形近'],
  ['nearly the same sound', '姓名音近'],
  ['same characters in another order', '姓名字序颠倒'],
  ['a character dropped, added or lost', '姓名缺字、多字或字迹丢失'],
  ['one character differs', '姓名一字不同'],
  ['same given name, other surname', '名同姓不同'],
  ['same surname only', '仅姓相同'],
  ['different names', '姓名不同'],
]

const BIRTH: readonly Words[] = [
  ['no birth date to compare', '出生日期无从比较'],
  ['same date', '出生日期相同'],
  ['same month', '出生年月相同'],
  ['same month, other day', '出生年月相同，日不同'],
  ['day and month swapped', '出生月日颠倒'],
  ['one digit or one month off', '出生日期差一位'],
  ['one is the lunar reading of the other', '疑为农历与公历之差'],
  ['a year or two off, month and day the same', '出生年差一两年，月日相同'],
  ['same year only', '仅出生年相同'],
  ['year nearly the same', '出生年相近'],
  ['different dates', '出生日期不同'],
]

const ID: readonly Words[] = [
  ['no number to compare', '证件号无从比较'],
  ['same valid number', '证件号相同且校验正确'],
  ['same number, not proved by a check digit', '证件号相同（校验位不能证明）'],
  ['one digit differs, a check fails', '证件号差一位，校验不符'],
  ['two digits swapped, a check fails', '证件号两位颠倒，校验不符'],
  ['same first digits, tail cut off', '证件号前段相同，末段被截'],
  ['a digit dropped or added', '证件号缺一位或多一位'],
  ['two digits differ, a check fails', '证件号差两位，校验不符'],
  ['only the area code differs', '证件号仅地址码不同'],
  ['two valid numbers', '两个有效而不同的证件号'],
  ['different numbers', '证件号不同'],
  ["the number is somebody else's", '证件号属于他人（借用或填串）'],
]

const SEX: readonly Words[] = [
  ['no sex to compare', '性别无从比较'],
  ['same sex', '性别相同'],
  ['different sex', '性别不同'],
]

/** 0 one of them unknown, 1 same, 2 different. */
const ETHNICITY: readonly Words[] = [
  ['no ethnicity to compare', '民族无从比较'],
  ['same ethnicity', '民族相同'],
  ['another ethnicity', '民族不同'],
]

const PLACE: Readonly<Record<number, Words>> = {
  [PLACE_LEVEL.missing]: ['no place to compare', '户籍地无从比较'],
  [PLACE_LEVEL.village]: ['hukou village as claimed', '户籍村居一致'],
  [PLACE_LEVEL.townshipAsKnown]: ['township as claimed', '户籍乡镇一致（只知到乡镇）'],
  [PLACE_LEVEL.townshipVillageDiffers]: ['same township, other village', '同乡镇不同村居'],
  [PLACE_LEVEL.countyAsKnown]: ['county as claimed', '户籍县一致（只知到县）'],
  [PLACE_LEVEL.countyTownshipDiffers]: ['same county, other township', '同县不同乡镇'],
  [PLACE_LEVEL.countyDiffers]: ['another county', '不同县'],
  [PLACE_LEVEL.sameVillageHere]: ['claims differ, both rows in one village', '所报户籍地不同，但登记在同一村居'],
}

const KIN: Readonly<Record<number, Words>> = {
  [KIN_LEVEL.missing]: ['nothing to compare', '无从比较'],
  [KIN_LEVEL.agree]: ['parents or spouse agree', '父母或配偶一致'],
  [KIN_LEVEL.partly]: ['one of the family agrees by name', '父母或配偶之一姓名一致'],
  [KIN_LEVEL.differ]: ['parents differ', '父母不一致'],
  [KIN_LEVEL.claimVillage]: ["the away row names the other row's village", '外出去向与另一登记的村居一致'],
  [KIN_LEVEL.claimTownship]: ["the away row names the other row's township", '外出去向与另一登记的乡镇一致'],
  [KIN_LEVEL.claimCounty]: ["the away row names the other row's county", '外出去向与另一登记的县一致'],
  [KIN_LEVEL.claimElsewhere]: ['the away row names another place', '外出去向与另一登记地不一致'],
}

const ADDRESS: Readonly<Record<number, Words>> = {
  [ADDRESS_LEVEL.missing]: ['no address to compare', '住址无从比较'],
  [ADDRESS_LEVEL.equal]: ['same address', '住址一致'],
  [ADDRESS_LEVEL.differ]: ['other address', '住址不同'],
  [ADDRESS_LEVEL.firstPart]: ['same group or road as far as known', '住址组别（路段）一致，门牌未详'],
}

/**
 * Where a row says a part of the name or of the birth, which weighs otherwise than its level does, a number that says nothing, or no
 * hukou at all.
 */
const PART = {
  surname: ['the same surname, of one no more is said', '姓相同（一方只知姓）'],
  nickname: ['a pet name or the given name alone, and it fits', '小名或只称名（与姓名相合）'],
  year: ['same year, of one no more is known', '出生年相同（一方只有年份）'],
  nobodys: ['a number that people of several households bear', '证件号为多户不同的人共用，不比'],
  village: ['a row names no hukou place; both rows in one village', '有一方未报户籍地，但登记在同一村居'],
} as const satisfies Readonly<Record<string, Words>>

export function describePart(part: keyof typeof PART): Words {
  return PART[part]
}
export function describeName(level: number): Words {
  return NAME[level]
}
export function describeBirth(level: number): Words {
  return BIRTH[level]
}
export function describeId(level: number): Words {
  return ID[level]
}
export function describeSex(level: number): Words {
  return SEX[level]
}
export function describeEthnicity(level: number): Words {
  return ETHNICITY[level]
}
export function describePlace(level: number): Words {
  return PLACE[level]
}
export function describeKin(level: number): Words {
  return KIN[level]
}
export function describeAddress(level: number): Words {
  return ADDRESS[level]
}
