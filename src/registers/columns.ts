/**
 * The five registers as data: which columns each has, under which headers it may arrive, and of which kind.
 *
 * One truth: header matching, `docs/registers.md`, help and error texts are all made from these tables.
 * The names are fixed by docs/registers.md, the contract with whoever makes the files. No I/O here.
 */

export const REGISTERS = ['police', 'census', 'census_deaths', 'births', 'deaths'] as const
export type RegisterName = (typeof REGISTERS)[number]

/** Register numbers as packed into tables: the order of REGISTERS. */
export const POLICE = 0
export const CENSUS = 1
export const CENSUS_DEATHS = 2
export const BIRTHS = 3
export const DEATHS = 4

type ColumnKind =
  | 'record-id'
  | 'text'
  | 'key'
  | 'id-number'
  | 'name'
  | 'sex'
  | 'ethnicity'
  | 'date'
  | 'month'
  | 'relation'
  | 'household-type'
  | 'area'
  | 'block'
  | 'code'
  | 'count'

export interface ColumnSpec {
  readonly name: string
  readonly zh: readonly string[]
  /** Pinyin initials of police systems. */
  readonly police?: string
  /** Item number on the census form. */
  readonly item?: string
  readonly kind: ColumnKind
  readonly required?: boolean
}

export interface RegisterSpec {
  readonly name: RegisterName
  readonly zh: string
  readonly columns: readonly ColumnSpec[]
  /** Column whose value stands for record_id when that column is absent. */
  readonly idFrom?: string
}

const address: ColumnSpec = { name: 'address', zh: ['住址', '地址'], police: 'MLXZ', kind: 'text' }

export const REGISTER_SPECS: Readonly<Record<RegisterName, RegisterSpec>> = {
  police: {
    name: 'police',
    zh: '户籍',
    columns: [
      { name: 'record_id', zh: ['记录号'], police: 'RYNBID', kind: 'record-id' },
      { name: 'person_no', zh: ['人员编号'], police: 'RYID', kind: 'key' },
      { name: 'id_number', zh: ['公民身份号码'], police: 'GMSFHM', kind: 'id-number', required: true },
      { name: 'name', zh: ['姓名'], police: 'XM', kind: 'name', required: true },
      { name: 'former_name', zh: ['曾用名'], police: 'CYM', kind: 'name' },
      { name: 'sex', zh: ['性别'], police: 'XB', kind: 'sex', required: true },
      { name: 'ethnicity', zh: ['民族'], police: 'MZ', kind: 'ethnicity' },
      { name: 'birth_date', zh: ['出生日期'], police: 'CSRQ', kind: 'date', required: true },
      { name: 'household_no', zh: ['户号'], police: 'HH', kind: 'key', required: true },
      { name: 'relation', zh: ['与户主关系'], police: 'YHZGX', kind: 'relation' },
      { name: 'household_type', zh: ['户类型'], police: 'HLX', kind: 'household-type' },
      { name: 'area_code', zh: ['户籍地区划'], police: 'SSXQ', kind: 'area', required: true },
      address,
      { name: 'father_name', zh: ['父亲姓名'], police: 'FQXM', kind: 'name' },
      { name: 'father_id', zh: ['父亲身份号码'], police: 'FQGMSFHM', kind: 'id-number' },
      { name: 'mother_name', zh: ['母亲姓名'], police: 'MQXM', kind: 'name' },
      { name: 'mother_id', zh: ['母亲身份号码'], police: 'MQGMSFHM', kind: 'id-number' },
      { name: 'spouse_name', zh: ['配偶姓名'], police: 'POXM', kind: 'name' },
      { name: 'spouse_id', zh: ['配偶身份号码'], police: 'POGMSFHM', kind: 'id-number' },
      { name: 'status', zh: ['人员状态'], police: 'RYZT', kind: 'code' },
      { name: 'record_flag', zh: ['记录标志'], police: 'JLBZ', kind: 'code' },
      { name: 'reversal_flag', zh: ['冲销标志'], police: 'CXBZ', kind: 'code' },
      { name: 'moved_in_on', zh: ['迁入日期'], police: 'QRRQ', kind: 'date' },
      { name: 'moved_out_on', zh: ['迁出日期'], police: 'QCRQ', kind: 'date' },
      { name: 'death_date', zh: ['死亡日期'], police: 'SWRQ', kind: 'date' },
      { name: 'cancelled_on', zh: ['注销日期'], police: 'ZXRQ', kind: 'date' },
    ],
  },
  census: {
    name: 'census',
    zh: '普查短表',
    columns: [
      { name: 'record_id', zh: ['记录号'], kind: 'record-id' },
      { name: 'block_code', zh: ['普查小区码'], kind: 'block', required: true },
      { name: 'household_no', zh: ['户编号'], kind: 'key', required: true },
      { name: 'household_type', zh: ['户别'], item: 'H1', kind: 'household-type' },
      { name: 'persons_present', zh: ['现住人数'], item: 'H2', kind: 'count' },
      { name: 'persons_away', zh: ['外出人数'], kind: 'count' },
      { name: 'name', zh: ['姓名'], item: 'D1', kind: 'name', required: true },
      { name: 'relation', zh: ['与户主关系'], item: 'D2', kind: 'relation' },
      { name: 'id_number', zh: ['公民身份号码'], item: 'D3', kind: 'id-number', required: true },
      { name: 'sex', zh: ['性别'], item: 'D4', kind: 'sex', required: true },
      { name: 'birth_month', zh: ['出生年月'], item: 'D5', kind: 'month', required: true },
      { name: 'ethnicity', zh: ['民族'], item: 'D6', kind: 'ethnicity' },
      { name: 'residence', zh: ['普查时点居住地'], item: 'D7', kind: 'code', required: true },
      { name: 'residence_area_code', zh: ['现住地区划'], kind: 'area' },
      { name: 'hukou_place', zh: ['户口登记地'], item: 'D8', kind: 'code', required: true },
      { name: 'hukou_area_code', zh: ['户口登记地区划'], kind: 'area' },
      { name: 'away_duration', zh: ['离开户口登记地时间'], item: 'D9', kind: 'code' },
      { name: 'away_reason', zh: ['离开原因'], item: 'D10', kind: 'text' },
      address,
    ],
  },
  census_deaths: {
    name: 'census_deaths',
    zh: '死亡人口调查表',
    columns: [
      { name: 'record_id', zh: ['记录号'], kind: 'record-id' },
      { name: 'block_code', zh: ['普查小区码'], kind: 'block', required: true },
      { name: 'household_no', zh: ['户编号'], item: 'S1', kind: 'key', required: true },
      { name: 'name', zh: ['姓名'], item: 'S2', kind: 'name', required: true },
      { name: 'id_number', zh: ['公民身份号码'], kind: 'id-number' },
      { name: 'sex', zh: ['性别'], item: 'S3', kind: 'sex', required: true },
      { name: 'birth_month', zh: ['出生年月'], item: 'S4', kind: 'month' },
      { name: 'death_month', zh: ['死亡年月'], item: 'S5', kind: 'month', required: true },
      { name: 'age', zh: ['年龄'], kind: 'count' },
      address,
    ],
  },
  births: {
    name: 'births',
    zh: '出生医学证明',
    idFrom: 'certificate_no',
    columns: [
      { name: 'record_id', zh: ['记录号'], kind: 'record-id' },
      { name: 'certificate_no', zh: ['出生证编号'], kind: 'key', required: true },
      { name: 'name', zh: ['姓名'], kind: 'name' },
      { name: 'sex', zh: ['性别'], kind: 'sex', required: true },
      { name: 'birth_date', zh: ['出生日期'], kind: 'date', required: true },
      { name: 'birth_order', zh: ['同胎次序'], kind: 'count' },
      { name: 'mother_name', zh: ['母亲姓名'], kind: 'name', required: true },
      { name: 'mother_id', zh: ['母亲身份号码'], kind: 'id-number' },
      { name: 'father_name', zh: ['父亲姓名'], kind: 'name' },
      { name: 'father_id', zh: ['父亲身份号码'], kind: 'id-number' },
      { name: 'area_code', zh: ['母亲现住地区划'], kind: 'area' },
      address,
    ],
  },
  deaths: {
    name: 'deaths',
    zh: '死亡医学证明',
    idFrom: 'certificate_no',
    columns: [
      { name: 'record_id', zh: ['记录号'], kind: 'record-id' },
      { name: 'certificate_no', zh: ['死亡证编号'], kind: 'key', required: true },
      { name: 'name', zh: ['姓名'], kind: 'name', required: true },
      { name: 'id_number', zh: ['公民身份号码'], kind: 'id-number' },
      { name: 'sex', zh: ['性别'], kind: 'sex', required: true },
      { name: 'birth_date', zh: ['出生日期'], kind: 'date' },
      { name: 'death_date', zh: ['死亡日期'], kind: 'date', required: true },
      { name: 'hukou_area_code', zh: ['户籍地区划'], kind: 'area' },
      { name: 'area_code', zh: ['生前住地区划'], kind: 'area' },
      address,
    ],
  },
}

export function registerNumber(name: RegisterName): number {
  return REGISTERS.indexOf(name)
}

/** Every header by which a column may be known, canonical name first. */
export function headersOf(column: ColumnSpec): readonly string[] {
  return [
    column.name,
    ...column.zh,
    ...(column.police === undefined ? [] : [column.police]),
    ...(column.item === undefined ? [] : [column.item]),
  ]
}
