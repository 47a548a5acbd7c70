/** Levels in words: English and Chinese, for explain, the review page and the report. */

type Words = readonly [en: string, zh: string]

const NAME: readonly Words[] = [
  ['no name to compare', '姓名无从比较'],
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
  ['the number is somebody else’s', '证件号属于他人（借用或填串）'],
]

const SEX: readonly Words[] = [
  ['no sex to compare', '性别无从比较'],
  ['same sex', '性别相同'],
  ['different sex', '性别不同'],
]

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
