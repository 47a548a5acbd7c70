/**
 * How a name, a number or a date comes out wrong under somebody's hands.
 *
 * In:  a random stream and what should have been written. Out: what was. Homophones are found by pronunciation over
 * the common characters of names, not from a list of known confusions; look-alikes and full forms are listed here.
 */
import { Converter } from 'opencc-js'
import { pinyin } from 'pinyin-pro'
import { dateOf, dayOf } from '../../../../src/synth/calendar.ts'
import type { Random } from '../../../../src/synth/random.ts'
import { Solar } from 'lunar-typescript'
import { RARE } from './names.ts'

const COMMON = [
  ...new Set(
    '波博勃伯已己以义艺毅亿易一伊依怡宜仪益意逸丽莉立力利黎李理礼里静敬晶精菁婧景径玲灵铃凌林琳霖临燕艳雁彦妍岩俊军君钧均峻骏隽辉晖惠慧会卉娜那纳梅美玫媚枚淑舒叔书树素苏梓子紫姿孜滋萍平苹评华花桦画英瑛莹颖影盈迎营映兰岚蓝澜玉宇雨羽语郁钰煜瑜余于育珍真贞振镇震芳方芬纷凤风峰锋丰枫霞夏侠翠萃菊局香湘祥翔向项秋邱月悦越岳荣容蓉融琴勤芹秦沁芝之志智治芷知红宏洪鸿虹弘泓云芸韵运允春纯椿金锦今津进瑾晋银吟寅建健剑见坚国果过文雯汶闻明铭鸣名民敏闽伟玮维卫威薇微巍勇永咏泳涌强蔷刚钢岗磊雷蕾蕊涛陶韬桃斌彬宾滨杰洁婕捷超朝鹏朋浩皓昊豪飞菲非妃龙隆珑海军波亮良梁靓超峰志学雪血成诚城程承晨辰陈臣宸嘉佳家加甲佳欣新鑫昕心馨轩萱宣泽则博文睿瑞锐涵晗含韩寒诺思斯丝诗师诗雅娅亚雨桐彤童同通瑶遥尧窑曦希熙溪西喜沐木牧慕可克柯凯恺开东冬栋德得福富付复根更生胜盛升声水顺舜来莱全泉权发法财才彩采宝保堡有友佑又清青卿庆晴树林木森昌常长畅茂贸义仁任人礼先仙贤显少绍邵韶小晓肖筱孝笑安按岸贵桂圭元园原源远媛圆远缘张章彰王旺汪望黄煌刘柳流吴武伍午徐许旭绪赵兆照周舟洲孙马玛朱珠竹祝胡湖虎郭何和河贺合禾高罗洛骆郑正政谢宋松送唐糖唐冯曹草彭曾增田天甜董懂潘盘袁蔡蒋江姜将杜叶业晔魏未沈钟中忠终崔谭坛谈陆路露范凡帆樊廖料石实时史世仕士韦贾邹熊雄白柏百孟梦侯厚尹薛闫严颜阎段毛卯茂郝顾谷古龚公功莫墨默孔汤易乔桥庄聂鲁翟宅殷音因詹展战占耿关官观焦娇蛟俞左佐甘干包鲍报宁凝尚上商符芙纪季吉继梅童毕碧单山珊杉裴佩培霍火涂图屠苗妙曲屈翁滕腾饶尤游幽阳杨洋阳扬穆目农',
  ),
]
const soundOf = (character: string): string => pinyin(character, { toneType: 'none' })
const SOUNDS = new Map<string, string[]>()
for (const character of COMMON) SOUNDS.set(soundOf(character), [...(SOUNDS.get(soundOf(character)) ?? []), character])
/** Sounds that one ear takes for another. */
const EARS: readonly (readonly [RegExp, string])[] = [
  [/ng$/, 'n'],
  [/n$/, 'ng'],
  [/^zh/, 'z'],
  [/^sh/, 's'],
  [/^ch/, 'c'],
  [/^n/, 'l'],
  [/^l/, 'n'],
  [/^h(?=u)/, 'f'],
]
const SHAPES = [
  '己已巳',
  '末未',
  '土士',
  '日曰',
  '千干于',
  '兰三',
  '玉王',
  '东车',
  '风凤',
  '贝见',
  '历厉',
  '刀力',
  '人入',
  '天夫',
  '大太',
  '住佳往',
  '候侯',
  '享亨',
  '冶治',
  '洁浩',
  '晴睛',
  '哲皙',
  '亮高',
  '铃玲',
  '崇祟',
  '裴斐',
  '妹妺',
  '昊吴',
  '萍苹',
  '梅悔',
  '涛淘',
  '俊峻',
  '波坡',
  '芬芳',
  '娟捐',
  '祥详',
  '彬杉',
  '伟纬',
  '辉挥',
  '艳绝',
  '清请',
  '桂挂',
  '林木',
  '华毕',
  '军车',
  '国图',
  '荣荥',
  '弛驰',
  '宣宜',
  '萱营',
  '梓样',
  '子孑',
  '睿窘',
  '浩活',
  '宇字',
  '轩轩',
  '晨辰',
  '王壬',
  '张弘',
  '刘列',
  '陈陆',
  '杨扬',
  '周同',
  '孙孔',
  '朱未',
  '徐除',
]
const toFull = Converter({ from: 'cn', to: 't' })

function swapped<T>(items: readonly T[], i: number, j: number): T[] {
  const out = [...items]
  ;[out[i], out[j]] = [out[j] as T, out[i] as T]
  return out
}

export const traditional = (name: string): string => toFull(name)

/** One character of a name goes wrong; `writing` = copied from paper rather than heard. */
export function slipName(random: Random, surname: string, given: string, writing: boolean): string {
  const all = [...surname, ...given]
  const at = all.length > 1 && random.chance(0.85) ? random.range(1, all.length - 1) : 0
  const own = all[at] as string
  const put = (other: string): string => all.map((character, i) => (i === at ? other : character)).join('')
  const kind = random.next()
  if (kind < 0.06 && all.length > 2) return all.filter((_, i) => i !== at).join('')
  if (kind < 0.1 && [...given].length === 2 && surname !== '') return surname + [...given].reverse().join('')
  if (kind < 0.14) return all.join('') + random.pick(['华', '英', '明', '子', '平'])
  const shapes = SHAPES.filter((set) => set.includes(own)).flatMap((set) => [...set].filter((c) => c !== own))
  if ((writing || kind < 0.3) && shapes.length > 0) return put(random.pick(shapes))
  const sound = soundOf(own)
  const ear = kind > 0.85 ? EARS.find(([pattern]) => pattern.test(sound)) : undefined
  const heard = ear === undefined ? sound : sound.replace(...ear)
  const others = (SOUNDS.get(heard) ?? SOUNDS.get(sound) ?? []).filter((c) => c !== own)
  return others.length > 0 ? put(random.pick(others)) : put(random.pick(COMMON))
}

/** What a program without the character leaves in its place. */
export function loseRare(name: string, mark: string): string {
  return [...name]
    .map((character) => {
      if (!RARE.includes(character)) return character
      if (mark === 'pinyin') return soundOf(character).toUpperCase() || '?'
      if (mark === 'kin') return SOUNDS.get(soundOf(character))?.[0] ?? '?'
      return mark
    })
    .join('')
}

export const respellPoint = (random: Random, name: string): string =>
  name.replaceAll('·', random.pick(['•', '.', '．', '・', ' ', '', '-', '。']))

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
export function withCheck(seventeen: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(seventeen[i]), 0)
  return seventeen + '10X98765432'[sum % 11]
}

/** One digit wrong, two exchanged, one too few or too many; the check digit is left as it was. */
export function slipNumber(random: Random, number: string): string {
  const digits = [...number]
  const at = random.range(6, Math.min(16, digits.length - 1))
  const kind = random.next()
  if (kind < 0.65) return digits.map((d, i) => (i === at ? String((Number(d) + random.range(1, 9)) % 10) : d)).join('')
  if (kind < 0.82) {
    const neighbour = digits.findIndex((d, i) => i >= at - 6 && d !== digits[i + 1] && i + 1 < digits.length - 1)
    if (neighbour >= 0) return swapped(digits, neighbour, neighbour + 1).join('')
  }
  if (kind < 0.9) return digits.filter((_, i) => i !== at).join('')
  if (kind < 0.95) return [...digits.slice(0, at), digits[at], ...digits.slice(at)].join('')
  return `${number.slice(0, 15)}000`
}

/** A number that looks right and is nobody's, or somebody else's. */
export function slipNumberSoundly(random: Random, number: string): string {
  const at = random.range(6, 16)
  const other = String((Number(number[at]) + random.range(1, 9)) % 10)
  return withCheck(number.slice(0, at) + other + number.slice(at + 1, 17))
}

export const PLACEHOLDERS = ['无', '000000000000000000', '999999999999999999', '111111111111111111', '不详', '暂无']

export function slipDate(random: Random, date: number): number {
  const [year, month, day] = [Math.floor(date / 10000), Math.floor(date / 100) % 100, date % 100]
  const kind = random.next()
  if (kind < 0.3) return (year + random.pick([-1, 1])) * 10000 + month * 100 + Math.min(day, 28)
  if (kind < 0.5) return year * 10000 + random.range(1, 12) * 100 + Math.min(day, 28)
  if (kind < 0.7) return dateOf(dayOf(date) + random.pick([-2, -1, 1, 2, 10, -10]))
  if (kind < 0.8 && day <= 12) return year * 10000 + day * 100 + month
  if (kind < 0.9) return (year + random.pick([-10, 10, -2, 2])) * 10000 + month * 100 + Math.min(day, 28)
  return year * 10000 + 101
}

/** The day of the farmers' calendar, written down as if it were of the other. */
export function asLunar(date: number): number {
  const lunar = Solar.fromYmd(Math.floor(date / 10000), Math.floor(date / 100) % 100, date % 100).getLunar()
  return lunar.getYear() * 10000 + Math.abs(lunar.getMonth()) * 100 + lunar.getDay()
}
