/**
 * Blocking rules as values: which parts two records must share to become a candidate pair.
 *
 * Every rule holds a part whose number of values grows with the data (district, birth date, full name or number);
 * otherwise its cost would grow with the square of the county. A record that lacks a part of a rule is not met by
 * that rule, but by others: the set is made so that a wrong or missing ID number, a wrong name, a wrong birth month
 * or a wrong place alone never hides a person.
 */

/** What a key can be made of. Each is a value of one record; see keys.ts for how it is computed. */
export const KEY_PARTS = {
  'id-number': 'whole ID number · 公民身份号码',
  'id-prefix': 'first 14 digits of the ID number · 号码前14位',
  'id-birth-tail': 'digits 7–18 of the ID number · 号码后12位',
  'id-area-tail': 'area and last four digits of the ID number · 号码地址码与后四位',
  'id-month-day-tail': 'ID number without its year · 号码去年份',
  'irregular-id': 'irregular number as text · 异常号码',
  'birth-month': 'year and month of birth · 出生年月',
  'birth-date': 'date of birth · 出生日期',
  'birth-day': 'month and day of birth, any year · 出生月日',
  'birth-year': 'year of birth · 出生年',
  sex: 'sex · 性别',
  name: 'name, variants folded · 姓名',
  'name-sound': 'sound of the name · 姓名读音',
  'name-bag': 'characters of the name in any order · 姓名用字',
  'first-token': 'first part of a dotted name · 名字首段',
  surname: 'surname · 姓',
  'surname-sound': 'sound of the surname · 姓的读音',
  'given-sound': 'sound of the given name · 名的读音',
  'given-name': 'given name · 名',
  village: 'hukou village · 户籍村居',
  district: 'hukou township · 户籍乡镇',
  'here-village': 'village where the row lies · 登记村居',
  'lives-village': 'village where somebody away from the hukou lives · 外出所在村居',
  'mother-id': "mother's ID number · 母亲号码",
  'mother-name': "mother's name · 母亲姓名",
  household: 'household · 户',
  'name-or-former': 'name or former name · 姓名或曾用名',
} as const
export type KeyPart = keyof typeof KEY_PARTS

export interface BlockingRule {
  readonly name: string
  readonly parts: readonly KeyPart[]
  /** Further parts that split a block that is too large, one after another. */
  readonly refineBy: readonly KeyPart[]
}

const byName: readonly KeyPart[] = ['name-sound', 'birth-date', 'here-village', 'household']

/** The county's rules. The first keys are the ID-number prefix and the district. */
export const DEFAULT_RULES: readonly BlockingRule[] = [
  { name: 'ID number', parts: ['id-number'], refineBy: byName },
  { name: 'ID prefix 14 + district', parts: ['id-prefix', 'district'], refineBy: byName },
  { name: 'ID digits 7–18', parts: ['id-birth-tail'], refineBy: byName },
  { name: 'ID area and tail + birth month', parts: ['id-area-tail', 'birth-month'], refineBy: byName },
  { name: 'ID without year + surname sound', parts: ['id-month-day-tail', 'surname-sound'], refineBy: byName },
  { name: 'irregular number', parts: ['irregular-id', 'birth-month'], refineBy: byName },
  {
    name: 'name + birth month',
    parts: ['name', 'birth-month'],
    refineBy: ['sex', 'birth-date', 'district', 'household'],
  },
  {
    name: 'former name + birth month',
    parts: ['name-or-former', 'birth-month'],
    refineBy: ['sex', 'birth-date', 'district'],
  },
  { name: 'name + village', parts: ['name', 'village'], refineBy: ['birth-year', 'sex', 'birth-date', 'household'] },
  { name: 'name + month and day of birth', parts: ['name', 'birth-day'], refineBy: ['sex', 'birth-date', 'district'] },
  {
    name: 'name sound + birth year + district',
    parts: ['name-sound', 'birth-year', 'district'],
    refineBy: ['sex', 'village', 'name'],
  },
  {
    name: 'birth month + sex + village',
    parts: ['birth-month', 'sex', 'village'],
    refineBy: ['birth-date', 'surname-sound', 'given-sound', 'household'],
  },
  {
    name: 'surname sound + birth month + district',
    parts: ['surname-sound', 'birth-month', 'district'],
    refineBy: ['sex', 'birth-date', 'given-sound'],
  },
  { name: 'name sound + birth month', parts: ['name-sound', 'birth-month'], refineBy: ['sex', 'district', 'name'] },
  {
    name: 'given name + birth month + district',
    parts: ['given-name', 'birth-month', 'district'],
    refineBy: ['sex', 'birth-date', 'surname-sound'],
  },
  {
    name: 'name characters + birth year',
    parts: ['name-bag', 'birth-year'],
    refineBy: ['birth-month', 'sex', 'district', 'household'],
  },
  {
    name: 'first name part + birth month + sex',
    parts: ['first-token', 'birth-month', 'sex'],
    refineBy: ['district', 'village', 'birth-date'],
  },
  {
    name: 'name sound + village of the row',
    parts: ['name-sound', 'here-village'],
    refineBy: ['birth-year', 'sex', 'household'],
  },
  { name: 'mother + birth month', parts: ['mother-id', 'birth-month'], refineBy: ['birth-date', 'sex'] },
  {
    name: "mother's name + birth date + sex",
    parts: ['mother-name', 'birth-date', 'sex'],
    refineBy: ['name', 'district'],
  },
  {
    name: 'name sound + village lived in',
    parts: ['name-sound', 'lives-village'],
    refineBy: ['birth-year', 'sex', 'district'],
  },
]
