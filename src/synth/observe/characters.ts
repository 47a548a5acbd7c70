/**
 * What a character is taken for: the same sound, nearly the same sound, the same look, a variant.
 *
 * In:  a character. Out: another one, or undefined where no plausible mistake is known. Sounds come
 *      from pinyin-pro, over the characters that names are made of; looks and variants are listed.
 */
import { pinyin } from 'pinyin-pro'
import type { Random } from '../random.ts'
import { GIVEN_CHARACTERS } from '../world/given-names.ts'
import { SURNAMES } from '../world/surnames.ts'

const LOOK_ALIKE =
  '己已巳 戊戌戍 土士 未末 天夭 人入 大太犬 王玉主 日曰目 午牛 刀力 干千于 田由甲申 末未 白百自 今令 冶治 杨扬 陈阵 侯候 祁祈 岑芩 裴斐 冉再 戴载 师帅 兰三 洪供 琴芩 晴睛清 涛祷 艳绝 晓哓 萍苹 梅海 霞露 燕蒸 波坡 淑椒 辉晖挥 浩洁 杰黍 俊峻骏 娟涓 娜哪 婷停 锋峰烽 铭名 钢纲 明朋 林材 枝技 泉帛 芳芬 菊掬 蓉容 莲连 飞气 兴共 琪棋祺淇 瑶摇遥 瑜喻愉 珍诊 玲铃怜 敏毓 君群郡 成戍 志恙 忠患 思恩 怡恰 恒桓垣 惠蕙 慧彗 栋拣 桂挂 森淼 楠南 欣掀 武式 永水冰 汉汊 江汪 泽择 洋样 润闰 清请 源原 漫慢 炎火 烨华 焕换 熙照 爽奭 献猷 瑞端 璐露 男思 登凳 盛盔 秀季 祥样 福幅 秋秒 科料 立位 章童 竹行 策荣 素累 红江 纯钝 绍招 维堆 美姜 翔祥 翠翆 聪耿 胜性 良郎 艺忆 花华 若苦 英央 茂茷 荣宋 萱宣 蓝篮 虎虚 诗待 诚城 谦廉 贤坚 贵责 轩杆 辰晨 达大 迪由 通涌 道遁 郁都 金全 银根 锦绵 长张 阳阴 雅稚 雨两 雪雷 霖森 静靖 顺须 风凤 香秋 驰池 鸣鸟 鹏鸿 龙尤 亮亭 佳住 伟纬 倩情 兵乒 冬各 凯剀 初衫 利刹 勇男 勤勒 卫卩 友发 吉古 国围 坤神 娇桥 宁字 安妥 宏宠 宝宾 宣宜 富宫 寿涛 山出 岚风 川州 帆机 平干 广厂 庆床 康唐 建健 强弦 彬杉 彤形 德得 刘对 黄寅 赵起 周同 徐涂 孙孔 朱未 马鸟 胡湖 郭敦 何向 高亭 罗夕 郑邓 梁粱 谢射 宋宗 唐康 许计 韩朝 冯冷 曹槽 曾會 彭澎 萧肃 蔡祭 潘番 田由 董重 袁哀 余佘 叶汁 蒋浆 杜社 苏办 魏巍 程桯 吕昌 丁了 沈忱 任仁 姚桃 卢户 傅传 钟仲 姜美 谭潭 廖寥 范犯 汪汗 陆陈 石右 贾货 韦书 夏复 邱丘 方万 邹皱 熊能 孟盂 秦泰 江红 阎闫 薛辟 尹伊 段假 雷雪 黎黍'

const VARIANTS =
  '刘劉 陈陳 杨楊 黄黃 赵趙 吴吳 孙孫 马馬 罗羅 郑鄭 谢謝 许許 邓鄧 韩韓 冯馮 萧肖 蒋蔣 苏蘇 叶葉 吕呂 卢盧 傅付 钟鐘 谭譚 陆陸 贾賈 韦韋 邹鄒 阎闫 龙龍 陶匋 贺賀 顾顧 龚龔 万萬 钱錢 严嚴 赖賴 戴代 蓝藍 兰蘭 于於 华華 国國 伟偉 军軍 强強 峰峯 杰傑 涛濤 丽麗 艳豔 娟娟 凤鳳 兴興 荣榮 贵貴 庆慶 云雲 飞飛 鹏鵬 宝寶 启啟 群羣 升昇 晋晉 淑尗 凯凱 辉輝 玉玊 莲蓮 琼瓊 兰蘭 萍蘋 红紅 静靜 婵嬋 娇嬌 芸蕓 锦錦 铭銘 钢鋼 银銀 长長 东東 义義 礼禮 学學 应應 权權 浚濬 苹蘋 岩巖 欢歡 卫衞 喆哲 仝同 甯宁 堃坤 淼渺 珏玨 璇璿 瑶瑤 晓曉 阳陽 为為 泽澤 宁寧 树樹 梦夢 灵靈 爱愛 尔爾 罗羅 灿燦 绍紹 继繼 维維 纲綱 绪緒 绮綺 缘緣 诗詩 诚誠 谦謙 贤賢 达達 运運 远遠 连連 选選 进進 邓鄧 锋鋒 阁閣 际際 陈陳 韵韻 颖穎 骏駿 鸣鳴 鸿鴻 齐齊'

const SPLIT: Readonly<Record<string, string>> = {
  𬭎: '(金弘)',
  𫖮: '(岂页)',
  䶮: '(龙天)',
  龑: '(龙天)',
  喆: '(吉吉)',
  堃: '(方方土)',
  垚: '(土土土)',
  燊: '(火火火木)',
  赟: '(斌贝)',
  淼: '(水水水)',
  昉: '(日方)',
  𫟹: '(钅杰)',
  𬘡: '(纟因)',
  珺: '(王君)',
  翀: '(羽中)',
}

interface Sounds {
  readonly syllable: ReadonlyMap<string, string>
  readonly toned: ReadonlyMap<string, string>
  readonly bySyllable: ReadonlyMap<string, readonly string[]>
  readonly byFuzzy: ReadonlyMap<string, readonly string[]>
}

let sounds: Sounds | undefined
const lookAlikes = groupUp(LOOK_ALIKE)
const variants = groupUp(VARIANTS)

function groupUp(text: string): Map<string, readonly string[]> {
  const table = new Map<string, string[]>()
  for (const group of text.split(' ')) {
    const members = [...group]
    for (const member of members) {
      const others = members.filter((other) => other !== member)
      if (others.length > 0) table.set(member, [...(table.get(member) ?? []), ...others])
    }
  }
  return table
}

/** z/zh c/ch s/sh n/l in/ing en/eng an/ang f/h r/l are heard as one. */
function blurSyllable(syllable: string): string {
  return syllable
    .replace(/^(z|c|s)h/, '$1')
    .replace(/^n/, 'l')
    .replace(/^r/, 'l')
    .replace(/^f/, 'h')
    .replace(/(in|en|an)g$/, '$1')
}

function hear(): Sounds {
  if (sounds !== undefined) return sounds
  const characters = [...new Set([...GIVEN_CHARACTERS, ...SURNAMES.flatMap(([surname]) => [...surname])])]
  const syllable = new Map<string, string>()
  const toned = new Map<string, string>()
  const bySyllable = new Map<string, string[]>()
  const byFuzzy = new Map<string, string[]>()
  for (const character of characters) {
    const withTone = pinyin(character, { toneType: 'num' })
    if (withTone === character || withTone === '') continue
    const plain = withTone.replace(/[0-9]/g, '')
    syllable.set(character, plain)
    toned.set(character, withTone)
    bySyllable.set(plain, [...(bySyllable.get(plain) ?? []), character])
    const blurred = blurSyllable(plain)
    byFuzzy.set(blurred, [...(byFuzzy.get(blurred) ?? []), character])
  }
  sounds = { syllable, toned, bySyllable, byFuzzy }
  return sounds
}

function choose(random: Random, candidates: readonly string[] | undefined, not: string): string | undefined {
  const others = candidates?.filter((candidate) => candidate !== not) ?? []
  if (others.length === 0) return undefined
  // Typists take the first of the list offered: the commoner characters stand in front.
  return others[Math.floor(random.next() ** 1.6 * others.length)]
}

export function sameSound(random: Random, character: string): string | undefined {
  const { syllable, toned, bySyllable } = hear()
  const plain = syllable.get(character)
  if (plain === undefined) return undefined
  const all = bySyllable.get(plain)
  const tone = toned.get(character)
  const sameTone = all?.filter((other) => toned.get(other) === tone)
  return (random.chance(0.7) ? choose(random, sameTone, character) : undefined) ?? choose(random, all, character)
}

export function nearSound(random: Random, character: string): string | undefined {
  const { syllable, byFuzzy } = hear()
  const plain = syllable.get(character)
  if (plain === undefined) return undefined
  return choose(
    random,
    byFuzzy.get(blurSyllable(plain))?.filter((other) => syllable.get(other) !== plain),
    character,
  )
}

export function sameLook(random: Random, character: string): string | undefined {
  return choose(random, lookAlikes.get(character), character)
}

export function variantOf(random: Random, character: string): string | undefined {
  return choose(random, variants.get(character), character)
}

function soundOf(character: string): string | undefined {
  return hear().syllable.get(character)
}

/** What is left of a character that a system cannot hold. */
export function damageCharacter(random: Random, character: string): string {
  const split = SPLIT[character]
  if (split !== undefined && random.chance(0.5)) return split
  const draw = random.next()
  if (draw < 0.35) return '?'
  if (draw < 0.6) return '□'
  if (draw < 0.7) return '*'
  if (draw < 0.88) return String.fromCharCode(0xe000 + ((character.codePointAt(0) as number) % 1500))
  return (soundOf(character) ?? '?').toUpperCase()
}

/** Are two characters listed above as one character written in two ways? */
export function areListedVariants(left: string, right: string): boolean {
  return variants.get(left)?.includes(right) ?? false
}
