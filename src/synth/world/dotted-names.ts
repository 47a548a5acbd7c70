/**
 * Names of minorities: Uyghur and Kazakh names with a father's name behind the dot, Tibetan and
 * Mongolian names without a surname, Yi names with a clan before the dot.
 *
 * Composed from the classes of transliteration; no corpus of real names was used.
 * A name is kept as tokens, so that the registers can join, cut and re-spell it each in its own way.
 */
import type { Random } from '../random.ts'

export type NameStyle = 'han' | 'uyghur' | 'kazakh' | 'tibetan' | 'mongolian' | 'yi'

const UYGHUR_MALE =
  '买买提 麦麦提 阿不都拉 阿卜杜拉 阿不力孜 阿不来提 肉孜 若孜 吐尔逊 图尔荪 吐尔洪 艾合买提 艾麦提 依明 伊敏 依布拉音 亚森 亚库普 克里木 卡德尔 热合曼 如则 玉素甫 玉山江 库尔班 努尔买买提 哈力克 司马义 斯马依 铁木尔 托合提 塔依尔 沙吾提 阿迪力 艾尼瓦尔 帕尔哈提 地里夏提 迪力夏提 木合塔尔 尼亚孜 阿布都热依木 买合木提 伊力哈木 艾力 赛买提 吾买尔 乌斯曼 穆萨 玉努斯 阿里木'
const UYGHUR_FEMALE =
  '阿依古丽 阿依古力 古丽娜尔 古丽巴哈尔 热依汗 热娜古丽 帕提古丽 帕提玛 阿米娜 阿孜古丽 米热古丽 努尔古丽 布海丽且姆 布沙热 吐尔逊古丽 玛依拉 再娜甫 再努尔 茹仙古丽 哈斯耶提 古丽仙 阿依努尔 沙代提 如先古丽 曼孜热 祖丽胡玛尔 姑丽扎尔 海丽且姆 齐曼古丽 迪丽努尔 巴哈尔古丽 孜乃提'
const KAZAKH_MALE =
  '叶尔江 叶尔肯 努尔兰 努尔别克 巴合提 巴合提别克 哈那提 加尔肯 木拉提 赛力克 托列根 阿德力别克 沙吾列 马合沙提 胡安德克 达吾列 别克 朱马别克 阿合提 铁留汗'
const KAZAKH_FEMALE =
  '阿依努尔 古丽米热 加娜尔 沙列姑丽 努尔古丽 巴合提古丽 玛尔江 阿依达娜 叶丽 库兰 赛力克古丽 吾木提 哈丽哈 祖拉 阿娜尔'
const TIBETAN =
  '扎西 卓玛 次仁 丹增 单增 旦增 顿珠 平措 格桑 拉姆 央金 德吉 多吉 洛桑 索朗 尼玛 达瓦 边巴 米玛 普布 巴桑 白玛 旺堆 旺姆 曲珍 仁青 贡布 强巴 益西 晋美 罗布 加措 群培 桑珠 措姆 拥忠 泽仁 泽旺 邓珠 曲吉'
const MONGOLIAN =
  '巴特尔 乌云 其其格 格日勒 苏和 布和 那仁 斯琴 高娃 娜仁 托娅 宝音 朝鲁 额尔德尼 哈斯 萨仁 乌兰 图雅 阿古拉 牧仁 特木尔 毕力格 孟和 巴雅尔 敖登 通拉嘎 青格乐 呼和 白音'
const YI_CLAN = '吉克 阿苏 沙马 马海 阿尔 吉木 海来 曲木 木帕 俄木 阿的 勒格 瓦其 阿力 莫色 吉伙 尔古'
const YI_GIVEN =
  '古者 日格 尔坡 拉铁 子哈 伍各 尔聪 日火 木牛 阿牛 史布 拉博 小兵 阿果 阿依 曲西 子作 伍牛 阿呷 依作 里几 布哈 克铁 友古 色哈 金萍'

const split = (text: string): readonly string[] => text.split(' ')
const GIVEN: Readonly<Record<'uyghur' | 'kazakh', Readonly<Record<1 | 2, readonly string[]>>>> = {
  uyghur: { 1: split(UYGHUR_MALE), 2: split(UYGHUR_FEMALE) },
  kazakh: { 1: split(KAZAKH_MALE), 2: split(KAZAKH_FEMALE) },
}
const tibetan = split(TIBETAN)
const mongolian = split(MONGOLIAN)
const yiClans = split(YI_CLAN)
const yiGiven = split(YI_GIVEN)

/** GB/T 3304 codes of the ethnic groups that appear, with the style of their names. */
export const ETHNIC_STYLES: readonly (readonly [code: string, style: NameStyle, share: number])[] = [
  ['03', 'han', 0.2],
  ['15', 'han', 0.2],
  ['06', 'han', 0.16],
  ['08', 'han', 0.06],
  ['11', 'han', 0.05],
  ['04', 'tibetan', 0.13],
  ['07', 'yi', 0.1],
  ['05', 'uyghur', 0.05],
  ['17', 'kazakh', 0.02],
  ['02', 'mongolian', 0.03],
]
/** The same for a county where dotted names are the rule (preset `minority`). */
export const DOTTED_STYLES: readonly (readonly [code: string, style: NameStyle, share: number])[] = [
  ['05', 'uyghur', 0.7],
  ['17', 'kazakh', 0.14],
  ['29', 'kazakh', 0.04],
  ['07', 'yi', 0.12],
]

/** Spellings that the 2002 rules exchanged; either may stand in any register. */
export const RESPELLINGS: readonly (readonly [string, string])[] = [
  ['买买提', '麦麦提'],
  ['阿不都', '阿卜都'],
  ['肉孜', '若孜'],
  ['吐尔', '图尔'],
  ['买合', '麦合'],
  ['合买', '合麦'],
  ['依布', '伊布'],
  ['依明', '伊明'],
  ['铁木', '提木'],
  ['古丽', '姑丽'],
  ['阿不', '阿布'],
  ['艾力', '艾里'],
  ['热合', '日合'],
  ['努尔', '努儿'],
  ['吐逊', '图逊'],
  ['司马义', '斯马义'],
  ['爱', '艾'],
  ['迪力', '地力'],
]

/** Tokens of a name; `fatherTokens` gives the patronymic or the clan where the style has one. */
export function drawDottedTokens(
  random: Random,
  style: NameStyle,
  sex: 1 | 2,
  fatherTokens: readonly string[],
): string[] {
  switch (style) {
    case 'uyghur':
    case 'kazakh': {
      const own = random.pick(GIVEN[style][sex])
      return [own, fatherTokens[0] ?? random.pick(GIVEN[style][1])]
    }
    case 'yi':
      return [fatherTokens.length > 1 ? (fatherTokens[0] as string) : random.pick(yiClans), random.pick(yiGiven)]
    case 'tibetan': {
      const first = random.pick(tibetan)
      const second = random.pick(tibetan)
      return [first === second || random.chance(0.25) ? first : first + second]
    }
    case 'mongolian': {
      const first = random.pick(mongolian)
      return [random.chance(0.35) ? first + random.pick(mongolian) : first]
    }
    case 'han':
      return []
  }
}
