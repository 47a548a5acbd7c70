/**
 * Rows as they are written: one type a register, every value the text that stands in the file.
 *
 * `person` is the truth and never written beside the row. The header tables give each column its
 * canonical, Chinese and police name (docs/registers.md).
 */

export interface PoliceRow {
  readonly person: number
  record_id: string
  person_no: string
  id_number: string
  name: string
  former_name: string
  sex: string
  ethnicity: string
  birth_date: string
  household_no: string
  relation: string
  household_type: string
  area_code: string
  address: string
  father_name: string
  father_id: string
  mother_name: string
  mother_id: string
  spouse_name: string
  spouse_id: string
  status: string
  record_flag: string
  reversal_flag: string
  moved_in_on: string
  moved_out_on: string
  death_date: string
  cancelled_on: string
}

export interface CensusRow {
  readonly person: number
  record_id: string
  block_code: string
  household_no: string
  household_type: string
  persons_present: string
  persons_away: string
  name: string
  relation: string
  id_number: string
  sex: string
  birth_month: string
  ethnicity: string
  residence: string
  residence_area_code: string
  hukou_place: string
  hukou_area_code: string
  away_duration: string
  away_reason: string
  address: string
}

export interface CensusDeathRow {
  readonly person: number
  record_id: string
  block_code: string
  household_no: string
  name: string
  id_number: string
  sex: string
  birth_month: string
  death_month: string
  age: string
}

export interface BirthRow {
  readonly person: number
  record_id: string
  certificate_no: string
  name: string
  sex: string
  birth_date: string
  birth_order: string
  mother_name: string
  mother_id: string
  father_name: string
  father_id: string
  area_code: string
  address: string
}

export interface DeathRow {
  readonly person: number
  record_id: string
  certificate_no: string
  name: string
  id_number: string
  sex: string
  birth_date: string
  death_date: string
  hukou_area_code: string
  area_code: string
  address: string
}

export interface Registers {
  readonly police: PoliceRow[]
  readonly census: CensusRow[]
  readonly census_deaths: CensusDeathRow[]
  readonly births: BirthRow[]
  readonly deaths: DeathRow[]
}

export type RegisterName = keyof Registers

type Columns<Row> = readonly (readonly [column: Exclude<keyof Row, 'person'>, zh: string, police: string])[]

export const COLUMNS: {
  readonly police: Columns<PoliceRow>
  readonly census: Columns<CensusRow>
  readonly census_deaths: Columns<CensusDeathRow>
  readonly births: Columns<BirthRow>
  readonly deaths: Columns<DeathRow>
} = {
  police: [
    ['record_id', '记录号', 'RYNBID'],
    ['person_no', '人员编号', 'RYID'],
    ['id_number', '公民身份号码', 'GMSFHM'],
    ['name', '姓名', 'XM'],
    ['former_name', '曾用名', 'CYM'],
    ['sex', '性别', 'XB'],
    ['ethnicity', '民族', 'MZ'],
    ['birth_date', '出生日期', 'CSRQ'],
    ['household_no', '户号', 'HH'],
    ['relation', '与户主关系', 'YHZGX'],
    ['household_type', '户类型', 'HLX'],
    ['area_code', '户籍地区划', 'SSXQ'],
    ['address', '住址', 'MLXZ'],
    ['father_name', '父亲姓名', 'FQXM'],
    ['father_id', '父亲身份号码', 'FQGMSFHM'],
    ['mother_name', '母亲姓名', 'MQXM'],
    ['mother_id', '母亲身份号码', 'MQGMSFHM'],
    ['spouse_name', '配偶姓名', 'POXM'],
    ['spouse_id', '配偶身份号码', 'POGMSFHM'],
    ['status', '人员状态', 'RYZT'],
    ['record_flag', '记录标志', 'JLBZ'],
    ['reversal_flag', '冲销标志', 'CXBZ'],
    ['moved_in_on', '迁入日期', 'QRRQ'],
    ['moved_out_on', '迁出日期', 'QCRQ'],
    ['death_date', '死亡日期', 'SWRQ'],
    ['cancelled_on', '注销日期', 'ZXRQ'],
  ],
  census: [
    ['record_id', '记录号', 'record_id'],
    ['block_code', '普查小区码', 'block_code'],
    ['household_no', '户编号', 'household_no'],
    ['household_type', '户别', 'H1'],
    ['persons_present', '现住人数', 'persons_present'],
    ['persons_away', '外出人数', 'persons_away'],
    ['name', '姓名', 'D1'],
    ['relation', '与户主关系', 'D2'],
    ['id_number', '公民身份号码', 'D3'],
    ['sex', '性别', 'D4'],
    ['birth_month', '出生年月', 'D5'],
    ['ethnicity', '民族', 'D6'],
    ['residence', '普查时点居住地', 'D7'],
    ['residence_area_code', '现住地区划', 'residence_area_code'],
    ['hukou_place', '户口登记地', 'D8'],
    ['hukou_area_code', '户口登记地区划', 'hukou_area_code'],
    ['away_duration', '离开户口登记地时间', 'D9'],
    ['away_reason', '离开原因', 'D10'],
    ['address', '地址', 'address'],
  ],
  census_deaths: [
    ['record_id', '记录号', 'record_id'],
    ['block_code', '普查小区码', 'block_code'],
    ['household_no', '户编号', 'household_no'],
    ['name', '姓名', 'name'],
    ['id_number', '公民身份号码', 'id_number'],
    ['sex', '性别', 'sex'],
    ['birth_month', '出生年月', 'birth_month'],
    ['death_month', '死亡年月', 'death_month'],
    ['age', '年龄', 'age'],
  ],
  births: [
    ['record_id', '记录号', 'record_id'],
    ['certificate_no', '出生证编号', 'certificate_no'],
    ['name', '姓名', 'name'],
    ['sex', '性别', 'sex'],
    ['birth_date', '出生日期', 'birth_date'],
    ['birth_order', '同胎次序', 'birth_order'],
    ['mother_name', '母亲姓名', 'mother_name'],
    ['mother_id', '母亲身份号码', 'mother_id'],
    ['father_name', '父亲姓名', 'father_name'],
    ['father_id', '父亲身份号码', 'father_id'],
    ['area_code', '母亲现住地区划', 'area_code'],
    ['address', '地址', 'address'],
  ],
  deaths: [
    ['record_id', '记录号', 'record_id'],
    ['certificate_no', '死亡证编号', 'certificate_no'],
    ['name', '姓名', 'name'],
    ['id_number', '公民身份号码', 'id_number'],
    ['sex', '性别', 'sex'],
    ['birth_date', '出生日期', 'birth_date'],
    ['death_date', '死亡日期', 'death_date'],
    ['hukou_area_code', '户籍地区划', 'hukou_area_code'],
    ['area_code', '生前住地区划', 'area_code'],
    ['address', '地址', 'address'],
  ],
}
