/**
 * Surnames with their share of the population (per 10,000), and what a county makes of them.
 *
 * The first twenty follow NCIIC 2008; the rest falls off so that the top 100 hold
 * about 86 % and the top 200 about 95 %. Compound surnames hold 0.09 % together.
 * A county favours some surnames and lacks others: the weights are bent by its seed.
 */
import { type Random, WeightedTable } from '../random.ts'

const TOP: readonly (readonly [string, number])[] = [
  ['王', 749],
  ['李', 737],
  ['张', 703],
  ['刘', 531],
  ['陈', 455],
  ['杨', 337],
  ['黄', 235],
  ['赵', 211],
  ['吴', 200],
  ['周', 196],
  ['徐', 150],
  ['孙', 146],
  ['朱', 132],
  ['马', 131],
  ['胡', 120],
  ['郭', 115],
  ['何', 107],
  ['高', 104],
  ['罗', 99],
  ['林', 98],
]
const NEXT =
  '郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严赖覃洪武莫孔' +
  '汤向常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由'
const COMPOUND: readonly (readonly [string, number])[] = [
  ['欧阳', 6.8],
  ['上官', 0.9],
  ['皇甫', 0.5],
  ['令狐', 0.4],
  ['司徒', 0.2],
  ['诸葛', 0.2],
  ['司马', 0.2],
  ['夏侯', 0.06],
  ['尉迟', 0.05],
  ['公孙', 0.05],
  ['东方', 0.05],
  ['慕容', 0.04],
  ['长孙', 0.03],
  ['端木', 0.03],
  ['轩辕', 0.02],
]

/** [surname, share]: the nation's table. */
export const SURNAMES: readonly (readonly [string, number])[] = [
  ...TOP,
  ...uniqueCharacters(NEXT, TOP).map((surname, i) => [surname, 93 * Math.exp(-i * 0.017)] as const),
  ...COMPOUND,
]

function uniqueCharacters(text: string, taken: readonly (readonly [string, number])[]): string[] {
  const seen = new Set(taken.map(([surname]) => surname))
  return [...text].filter((c) => !seen.has(c) && seen.add(c) !== undefined)
}

/** The county's own mix: every share times a factor between about 0.3 and 3. */
export function mixSurnames(random: Random): WeightedTable<string> {
  return new WeightedTable(
    SURNAMES.map(([surname]) => surname),
    SURNAMES.map(([, share]) => share * Math.exp(random.bell(0, 0.45))),
  )
}
