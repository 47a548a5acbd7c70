/** Ethnic groups as registers write them: GB/T 3304 code, short name, full name. */
import type { Random } from '../random.ts'

const NAMES: Readonly<Record<string, string>> = {
  '01': '汉',
  '02': '蒙古',
  '03': '回',
  '04': '藏',
  '05': '维吾尔',
  '06': '苗',
  '07': '彝',
  '08': '壮',
  '11': '满',
  '15': '土家',
  '17': '哈萨克',
  '29': '柯尔克孜',
}
const CODES = Object.keys(NAMES)

export function writeEthnicity(random: Random, code: string, errorRate: number, style: 0 | 1 | 2): string {
  const written = random.chance(errorRate) ? (code === '01' ? random.pick(CODES) : '01') : code
  const name = NAMES[written] ?? '其他'
  return style === 0 ? written : style === 1 ? name : `${name}族`
}
