/**
 * The headline numbers: what each is called and how it is defined, so that no number stands without its definition.
 *
 * In:  a number. Out: the number with its name, definition and the kinds of rows it is made of (for drill-down).
 */
import { ROW_KINDS, type RowKind } from './row-kinds.ts'

type HeadlineName =
  | 'hukouRows'
  | 'hukouPeople'
  | 'missing'
  | 'registeredRows'
  | 'registeredPeople'
  | 'residents'
  | 'residentPeople'

export interface HeadlineSpec {
  readonly name: HeadlineName
  readonly zh: string
  readonly en: string
  readonly definitionZh: string
  readonly definitionEn: string
  readonly basis: 'people' | 'rows'
  readonly needs: 'police' | 'census'
  readonly kinds: readonly RowKind[]
}

export interface Headline extends HeadlineSpec {
  readonly value: number
}

const ALL_KINDS = ROW_KINDS.map(({ name }) => name)

export const HEADLINES: readonly HeadlineSpec[] = [
  {
    name: 'hukouRows',
    zh: '户籍登记数',
    en: 'hukou rows',
    definitionZh: '户籍库中标准时点有效(现行、未冲销、未注销、非时点后迁入)且在本地的记录数。',
    definitionEn: 'Police rows in force at the reference time in the loaded area.',
    basis: 'rows',
    needs: 'police',
    kinds: [],
  },
  {
    name: 'hukouPeople',
    zh: '户籍人口',
    en: 'hukou population',
    definitionZh: '上述记录关联后的人数，一人多户口只计一次；含死亡未销户者。',
    definitionEn: 'People behind these rows; two hukou of one person count once; the dead not cancelled are included.',
    basis: 'people',
    needs: 'police',
    kinds: [],
  },
  {
    name: 'missing',
    zh: '户籍漏登',
    en: 'hukou people on no form',
    definitionZh: '户籍人口中既无短表行也无死亡表行者，不含持死亡证明者和标准时点后出生者。',
    definitionEn: 'Hukou population without a short-form or death-form row, neither certified dead nor born after.',
    basis: 'people',
    needs: 'police',
    kinds: [],
  },
  {
    name: 'registeredRows',
    zh: '登记人口',
    en: 'registered rows',
    definitionZh: '短表全部行数：本地常住 + 流入 + 外出 + 户口待定。一人在户口地和现住地各登一行，计两次。',
    definitionEn: 'All short-form rows: somebody listed at the hukou and at the residence stands twice.',
    basis: 'rows',
    needs: 'census',
    kinds: ALL_KINDS,
  },
  {
    name: 'registeredPeople',
    zh: '登记的人',
    en: 'people registered',
    definitionZh: '短表行关联后的人数。',
    definitionEn: 'People behind the short-form rows.',
    basis: 'people',
    needs: 'census',
    kinds: ALL_KINDS,
  },
  {
    name: 'residents',
    zh: '常住人口(按登记)',
    en: 'usual residents as registered',
    definitionZh:
      '居住在本乡镇且户口在本乡镇或待定；居住在本乡镇、离开户口登记地半年以上；户口在本乡镇、外出不满半年或在境外。按登记项计，尚未剔除重登错登、未补漏登。',
    definitionEn:
      'Lives here with hukou in the township or undetermined; lives here, away from the hukou for half a year or more; hukou here, away for less or abroad. As answered: duplicates not removed, the missing not added.',
    basis: 'rows',
    needs: 'census',
    kinds: ROW_KINDS.filter(({ isResident }) => isResident).map(({ name }) => name),
  },
  {
    name: 'residentPeople',
    zh: '常住人口(去重)',
    en: 'usual residents, each once',
    definitionZh: '按登记至少计入一次的人数；重复计入只算一次。',
    definitionEn: 'People counted at least once.',
    basis: 'people',
    needs: 'census',
    kinds: ROW_KINDS.filter(({ isResident }) => isResident).map(({ name }) => name),
  },
]

export function headline(spec: HeadlineSpec, value: number): Headline {
  return { ...spec, value }
}
