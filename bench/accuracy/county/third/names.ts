/**
 * Names of an invented county: surnames by village clan, given names by cohort, minority names, baby and pet names.
 *
 * In:  a random stream, sex, year of birth. Out: surname and given name apart. Lists are made for this generator.
 */
import type { Random } from '../../../../src/synth/random.ts'

export type Group = '汉族' | '维吾尔族' | '藏族' | '彝族' | '苗族' | '回族'
export interface Name {
  readonly surname: string
  readonly given: string
}

const SURNAMES =
  '王王王王李李李李张张张张刘刘刘陈陈陈杨杨黄黄吴吴赵周周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤文牛樊葛邢安齐易乔伍庞颜庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁房蒲滕屈饶牟艾尤阳时穆农司古'
const COMPOUND = ['欧阳', '上官', '司徒', '尉迟', '皇甫']

interface Cohort {
  readonly until: number
  readonly single: number
  readonly men: string
  readonly women: string
  readonly menNames: string
  readonly womenNames: string
}
const COHORTS: readonly Cohort[] = [
  {
    until: 1950,
    single: 0.07,
    men: '德福贵有才宝玉金生发财长春树林文明清万世永兴国安廷正和云山水根土火旺顺来全银富昌祥茂盛忠义仁礼学成少先尚',
    women: '秀英桂兰玉珍素芳淑贞凤莲梅翠菊香花秋月荣琴芝惠娥连巧云喜招弟腊大妹',
    menNames: '德福 长根 金生 有才 水生 福来 树林 玉山 文清 永兴',
    womenNames: '秀英 桂英 秀兰 玉兰 桂兰 玉珍 秀珍 凤英 素珍 淑英 桂花 招弟',
  },
  {
    until: 1970,
    single: 0.14,
    men: '建国军华平明文志新民卫东红兵永强胜利国庆援朝跃进忠宝林海生春安贵荣祥根发成伟光辉德友良元',
    women: '秀英桂兰玉珍芳凤莲梅翠菊香花红霞丽云琴芬萍玲敏华素爱玉金银春秋月娟美珍',
    menNames: '建国 建军 建华 国庆 卫东 志强 建平 永强 志明 国强 文革 跃进',
    womenNames: '秀英 桂英 秀兰 玉兰 桂兰 玉梅 秀梅 丽华 爱华 春兰 红英 秀芳 桂芳',
  },
  {
    until: 1985,
    single: 0.4,
    men: '伟勇军强磊涛斌波辉刚健明亮超峰鹏飞杰平华海林志文建国晓永小俊东红云春荣兵龙松',
    women: '丽芳敏静娟艳霞玲燕红梅英华萍云秀春小晓海慧琴琼莉娜洁彩凤兰翠玉芬',
    menNames: '伟 勇 军 强 磊 涛 斌 波 辉 刚 志强 小军 海军 晓东 建军',
    womenNames: '丽 芳 敏 静 娟 艳 霞 玲 燕 红 小红 海燕 红梅 晓燕 丽娟 春梅',
  },
  {
    until: 2000,
    single: 0.33,
    men: '伟杰超鹏浩磊涛鑫宇凯帅龙飞斌文俊明志强辉亮健旭阳峰博威坤晨航睿佳家嘉晓小成',
    women: '静婷丽娟敏倩雪莹娜丹琳慧颖佳嘉欣雅文玉晓小梦思怡萍燕艳芳洁蓉珊瑶晶',
    menNames: '伟 杰 超 鹏 浩 磊 涛 鑫 宇 凯 帅 文杰 志伟 俊杰 家豪',
    womenNames: '静 婷 丽 娟 敏 倩 雪 婷婷 丹丹 雪梅 晓婷 梦婷 思思 佳佳',
  },
  {
    until: 2030,
    single: 0.09,
    men: '子梓浩宇轩泽俊博文睿涵一诺嘉佳皓辰晨铭思明阳昊天奕逸航瑞霖峻煜佑恩承希元',
    women: '子梓欣怡涵雨萱诗佳嘉琪可馨一诺语桐思梦瑶雅婷芸若曦沐妍依艺紫宸悦彤晗心瑾',
    menNames: '浩宇 子轩 梓轩 宇轩 浩然 俊杰 子涵 梓豪 宇航 一诺 铭轩',
    womenNames: '梓涵 欣怡 子涵 雨涵 诗涵 一诺 可馨 佳怡 梓萱 思涵 语桐 雨桐',
  },
]
/** Not in every office's program or fount; the last lies outside the basic plane. */
export const RARE = '堃喆犇赟旻翀頔瑨珺玥燚淼昉祎甯婳媖芃斓鞛彧骉\u{2CE93}'
const SPIRIT = '绍启昭廷传继尚宪庆令维本立士克毓承懋道宏先祖光宗朝'

const UYGHUR_MEN =
  '买买提 阿卜都拉 艾合买提 吐尔逊 玉素甫 依明 肉孜 库尔班 艾尼瓦尔 热合曼 托合提 尼亚孜 亚森 伊力哈木 麦麦提江'
const UYGHUR_WOMEN = '阿依古丽 古丽努尔 帕提古丽 热依汗 阿米娜 祖丽皮亚 左热姆 吐尼沙 巴哈古丽 米热古丽'
const TIBETAN =
  '扎西 次仁 卓玛 拉姆 多吉 央金 平措 旺堆 德吉 白玛 尼玛 达瓦 索朗 顿珠 格桑 洛桑 丹增 仁青 米玛 拉巴 普布 巴桑 边巴 曲珍 曲扎 旺姆 措姆 贡布 加措 群培 强巴 欧珠 罗布 玉珍 仓决 晋美 益西 赤列 班旦 土登'
const YI_CLANS =
  '吉克 阿苏 沙马 曲比 加巴 俄尔 马海 吉木 阿尔 勒伍 巴久 比布 海来 吉伍 阿说 依火 尔古 罗洪 瓦扎 热柯 金古 的日 安巴 孙子 邱莫 石一'
const YI_FIRST = '木 尔 拉 子 伍 阿 日 支 石 布 呷 久 曲 依 史 此 铁 色 车 哈'
const YI_LAST = '果 古 且 布 甲 牛 呷 铁 日 聪 哈 木 洛 莫 作 惹 体 各 则 加'
const words = (text: string): string[] => text.split(' ')

export const drawSurname = (random: Random): string =>
  random.chance(0.002) ? random.pick(COMPOUND) : random.pick([...SURNAMES])

/** Brothers and cousins of a clan share the character of their generation. */
export function drawGiven(random: Random, sex: number, year: number, generation: string): string {
  const cohort = COHORTS.find(({ until }) => year < until) as Cohort
  if (random.chance(0.2)) return random.pick(words(sex === 1 ? cohort.menNames : cohort.womenNames))
  const pool = [...(sex === 1 ? cohort.men : cohort.women)]
  const last = random.chance(0.008) ? random.pick([...RARE]) : random.pick(pool)
  if (generation !== '') return generation + last
  if (random.chance(cohort.single)) return last
  return random.chance(0.03) ? last + last : random.pick(pool) + last
}

export const drawGeneration = (random: Random): string => random.pick([...SPIRIT])

export function drawMinority(random: Random, group: Group, sex: number, father: Name | undefined): Name | undefined {
  switch (group) {
    case '维吾尔族': {
      const own = random.pick(words(sex === 1 ? UYGHUR_MEN : UYGHUR_WOMEN))
      const patronym = father === undefined ? random.pick(words(UYGHUR_MEN)) : (father.given.split('·')[0] as string)
      return { surname: '', given: `${own}·${patronym}` }
    }
    case '藏族':
      return { surname: '', given: random.pick(words(TIBETAN)) + random.pick(words(TIBETAN)) }
    case '彝族': {
      const clan = father === undefined ? random.pick(words(YI_CLANS)) : father.surname
      return { surname: clan, given: random.pick(words(YI_FIRST)) + random.pick(words(YI_LAST)) }
    }
    default:
      return undefined
  }
}

export function babyName(random: Random, surname: string, mother: string, sex: number): string {
  const kind = random.int(6)
  if (kind === 0) return `${surname}婴`
  if (kind === 1) return `${mother}之${sex === 1 ? '子' : '女'}`
  if (kind === 2) return '未取名'
  if (kind === 3) return ''
  if (kind === 4) return `${surname}${sex === 1 ? '毛毛' : '妹妹'}`
  return `${surname}宝宝`
}

export function petName(random: Random, surname: string, given: string): string {
  const last = [...given].at(-1) as string
  return random.pick([
    `小${last}`,
    `阿${last}`,
    `${last}${last}`,
    `${surname}${last}${last}`,
    `${surname}小${last}`,
    '小毛',
  ])
}
