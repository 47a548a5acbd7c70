/**
 * Ethnicity (GB/T 3304): name or code → 1–56, 97 other, 98 naturalised; 0 unknown.
 */
import { foldCode, withoutFloatTail } from './cell-text.ts'

/** In the order of the standard: index + 1 is the code. */
export const ETHNICITIES: readonly string[] = (
  '汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 ' +
  '达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺'
).split(' ')

const ALIASES: Readonly<Record<string, number>> = {
  漢: 1,
  滿: 11,
  壯: 8,
  傜: 13,
  畬: 22,
  崩龙: 46,
  民家: 14,
  維吾爾: 5,
  穿青: 97,
  穿青人: 97,
  僜: 97,
  僜人: 97,
  夏尔巴: 97,
  革家: 97,
  亻革家: 97,
  其他: 97,
  其它: 97,
  未识别: 97,
  未识别的民族: 97,
  入籍: 98,
  外国血统: 98,
  外国血统中国籍人士: 98,
}

const CODES: ReadonlyMap<string, number> = new Map([
  ...ETHNICITIES.map((name, index) => [name, index + 1] as const),
  ...Object.entries(ALIASES),
])

export function parseEthnicity(text: string): number {
  const folded = withoutFloatTail(foldCode(text))
  if (/^\d{1,2}$/.test(folded)) {
    const code = Number(folded)
    return (code >= 1 && code <= 56) || code === 97 || code === 98 ? code : 0
  }
  // "01汉族", "汉族(01)", "汉族", "汉".
  const name = folded.replace(/^\d{1,2}[.、-]?/, '').replace(/\(\d+\)$/, '')
  return CODES.get(name) ?? CODES.get(name.replace(/族$/, '')) ?? 0
}

/** 汉族; '' for 0. */
export function formatEthnicity(code: number): string {
  if (code === 97) return '其他'
  if (code === 98) return '入籍'
  return code >= 1 && code <= 56 ? `${ETHNICITIES[code - 1]}族` : ''
}
