/**
 * Look-alike characters from component trees: which pairs are near in shape.
 *
 * In:  the text of cjk-decomp (`伟:a(亻,韦)`), the characters to consider, those in everyday use.
 * Out: neighbours of each character, both ways. Similarity = strokes in aligned equal components, over all strokes
 *      (Dice); strokes are counted as primitive parts, which is near enough to rank pairs.
 * Used by gen-tables.ts only.
 */

interface Part {
  readonly operator: string
  readonly parts: readonly string[]
}

const SIMILARITY_MIN = 0.6
/** Of a character and one of its parts. */
const RADICAL_SIMILARITY_MIN = 0.7
/** What being in everyday use counts for among neighbours. */
const EVERYDAY_BONUS = 0.15
const NEIGHBOURS_MAX = 14

/** Pairs that differ by one stroke or its length: components do not tell them apart. */
const BY_HAND =
  '未末 土士 己已巳 日曰 大太犬 王玉主 千干于 人入八 天夭夫 午牛 刀刁力 戊戌戍 小少 木术本 田由甲申 白自百 目且旦 贝见 凤风 鸟乌 今令 毛手 爪瓜 ' +
  '壬王 季李 冉再 折拆 兔免 名各 圆园 晴睛 候侯 裴斐 祁祈 岑芩 洗冼 晨辰 亮高 庭廷 辉晖 丽俪 义乂 卫卫 兰三 元无 云去 文交 万方 广厂 ' +
  '丰主 车东 红江 华化 平乎 永水 氷水 友发 龙尤 龙九 仓仑 几九 儿几 巨臣 丹舟 母毋 史吏 代伐 休体 住往 佳住 冰水 冲仲 明朋 杏否 束東 柬束 ' +
  '汩泊 治冶 沈沉 炎災 玫攻 茂戊 莱菜 盲育 肓盲 采釆 金全 雪雷 霄宵 春舂 暮幕 墓慕 微徵 徽微 萍苹 瑞端 锋峰 蜂锋 娄委 姜羌 姜美 羡姜 孙孔 ' +
  '陈阵 阳阴 邓邬 郑邦 杨扬 杨场 汪注 汪江 张强 刘刎 徐涂 徐除 赵赴 周同 吴昊 吴吕 吕品 朱未 朱失 宋宁 宋末 韩朝 冯马 曹曾 曾会 彭澎 卢户 ' +
  '蒋将 余佘 余涂 谢榭 傅博 傅缚 程呈 袁哀 沈忱 秦泰 秦奏 史央 侯候 孟盂 任仁 任伍 廖缪 姚挑 方万 邹皱 石右 崔催 谭潭 陆击 毛尾 邱丘 江红 ' +
  '荣莹 莹萤 营莹 茹菇 苏办 兴光 芸芝 芳荒 芬芳 英莫 颖颍 敏敬 静争 洁浩 浩洁 波破 涛寿 淼森 鑫森 磊品 晶品 犇骉'

function readTrees(source: string): ReadonlyMap<string, Part> {
  const trees = new Map<string, Part>()
  for (const line of source.split('\n')) {
    const match = /^([^:]+):([^(]*)\(([^)]*)\)/.exec(line)
    if (match !== null) trees.set(match[1], { operator: match[2], parts: match[3] === '' ? [] : match[3].split(',') })
  }
  return trees
}

/** Similarity of characters that are near in shape, both ways. */
type Near = Map<string, Map<string, number>>

export function findLookAlikes(
  source: string,
  candidates: readonly string[],
  everyday: ReadonlySet<string>,
): ReadonlyMap<string, string[]> {
  const shapes = new Shapes(readTrees(source))
  const near: Near = new Map()
  noteEqualComponents(shapes, candidates, everyday, near)
  noteRadicals(shapes, candidates, everyday, near)
  return joinNearest(near, everyday)
}

/** Strokes of characters, and of what two of them share. */
class Shapes {
  readonly trees: ReadonlyMap<string, Part>
  private readonly sizes = new Map<string, number>()

  constructor(trees: ReadonlyMap<string, Part>) {
    this.trees = trees
  }

  size(character: string, depth = 0): number {
    const known = this.sizes.get(character)
    if (known !== undefined) return known
    const tree = this.trees.get(character)
    let strokes = 1
    if (tree !== undefined && tree.parts.length > 0 && depth < 12) {
      strokes = tree.parts.reduce((sum, part) => sum + this.size(part, depth + 1), 0)
      const repeat = /^r([345]?)/.exec(tree.operator)
      if (tree.parts.length === 1 && repeat !== null && !/^r(?:ref|rot|refl|refr)/.test(tree.operator))
        strokes *= repeat[1] === '' ? 2 : Number(repeat[1])
    }
    this.sizes.set(character, strokes)
    return strokes
  }

  shared(a: string, b: string, depth = 0): number {
    if (a === b) return this.size(a)
    const left = this.trees.get(a)
    const right = this.trees.get(b)
    if (left === undefined || right === undefined || depth > 4) return 0
    if (left.parts.length !== right.parts.length || left.parts.length < 2) return 0
    if (left.operator[0] !== right.operator[0]) return 0
    return left.parts.reduce((sum, part, index) => sum + this.shared(part, right.parts[index], depth + 1), 0)
  }
}

function noteEqualComponents(
  shapes: Shapes,
  candidates: readonly string[],
  everyday: ReadonlySet<string>,
  near: Near,
): void {
  for (const group of groupsByPart(shapes, candidates))
    for (let i = 0; i < group.length; i++)
      for (let j = i + 1; j < group.length; j++) {
        // Rare for rare: never met together in one county.
        if (!everyday.has(group[i]) && !everyday.has(group[j])) continue
        const similarity = (2 * shapes.shared(group[i], group[j])) / (shapes.size(group[i]) + shapes.size(group[j]))
        if (similarity >= SIMILARITY_MIN) note(near, group[i], group[j], similarity)
      }
}

/** Only characters with an equal component in the same place can be similar enough. */
function groupsByPart(shapes: Shapes, candidates: readonly string[]): Iterable<readonly string[]> {
  const byPart = new Map<string, string[]>()
  for (const character of candidates) {
    const tree = shapes.trees.get(character)
    if (tree === undefined || tree.parts.length < 2) continue
    tree.parts.forEach((part, index) => {
      const key = `${tree.operator[0]}${tree.parts.length}${index}${part}`
      const group = byPart.get(key)
      if (group === undefined) byPart.set(key, [character])
      else group.push(character)
    })
  }
  return byPart.values()
}

/** A radical forgotten or added: 汪 / 王, 清 / 青. */
function noteRadicals(shapes: Shapes, candidates: readonly string[], everyday: ReadonlySet<string>, near: Near): void {
  for (const character of candidates)
    for (const part of shapes.trees.get(character)?.parts ?? []) {
      if (!everyday.has(part) || !everyday.has(character)) continue
      const similarity = (2 * shapes.size(part)) / (shapes.size(part) + shapes.size(character))
      if (similarity >= RADICAL_SIMILARITY_MIN) note(near, character, part, similarity)
    }
}

function note(near: Near, a: string, b: string, similarity: number): void {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ]) {
    const others = near.get(one) ?? new Map<string, number>()
    others.set(other, similarity)
    near.set(one, others)
  }
}

/** The nearest of each character, everyday ones first, and the pairs by hand. */
function joinNearest(near: Near, everyday: ReadonlySet<string>): ReadonlyMap<string, string[]> {
  const neighbours = new Map<string, Set<string>>()
  const join = (a: string, b: string): void => {
    if (a === b) return
    neighbours.set(a, (neighbours.get(a) ?? new Set()).add(b))
    neighbours.set(b, (neighbours.get(b) ?? new Set()).add(a))
  }
  for (const [character, others] of near) {
    const rank = (other: string): number => (others.get(other) as number) + (everyday.has(other) ? EVERYDAY_BONUS : 0)
    const nearest = [...others.keys()].sort((a, b) => rank(b) - rank(a) || (a < b ? -1 : 1)).slice(0, NEIGHBOURS_MAX)
    for (const other of nearest) join(character, other)
  }
  for (const group of BY_HAND.split(' ')) {
    const members = Array.from(group)
    for (const a of members) for (const b of members) join(a, b)
  }
  return new Map([...neighbours].map(([character, others]) => [character, [...others]]))
}
