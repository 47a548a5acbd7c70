/**
 * Relation to the head of the household, police codes (GB/T 4761) and census codes (D2) → one set, RELATION.
 *
 * The two code systems use the same digits with different meanings (police 5 parents, census 5 grandparents);
 * words mean the same in both. What cannot be read for certain is unknown.
 */
import { RELATION } from '../records/record-table.ts'
import { foldCode, withoutFloatTail } from './cell-text.ts'

export type RelationSystem = 'police' | 'census'

const CENSUS_CODES = [
  RELATION.head,
  RELATION.spouse,
  RELATION.child,
  RELATION.parent,
  RELATION.parentInLaw,
  RELATION.grandparent,
  RELATION.childInLaw,
  RELATION.grandchild,
  RELATION.sibling,
  // 其他: with or without kinship; the commonest other is a relative.
  RELATION.otherRelative,
]

/** Words of either system, by relation. */
const WORDS: readonly (readonly [relation: number, words: string])[] = [
  [RELATION.head, '户主 本人 户主本人 家长'],
  [RELATION.spouse, '配偶 夫 妻 丈夫 妻子 夫妻 爱人 老公 老婆 前妻 前夫'],
  [
    RELATION.child,
    '子 女 子女 儿子 女儿 独生子 独生女 长子 长女 次子 次女 二子 二女 三子 三女 四子 四女 五子 五女 六子 六女 七子 七女 幼子 幼女 ' +
      '大儿子 二儿子 三儿子 大女儿 二女儿 三女儿 小儿子 小女儿 养子 养女 继子 继女 养子女 继子女 非婚生子 非婚生女 婚生子 婚生女 其他儿子 其他女儿 长子女',
  ],
  [RELATION.parent, '父 母 父亲 母亲 父母 爸爸 妈妈 继父 继母 养父 养母 生父 生母 继父母 养父母 其他父母关系'],
  [RELATION.parentInLaw, '公公 婆婆 岳父 岳母 公婆 岳父母 岳父母或公婆 公婆或岳父母 丈人 丈母娘 家公 家婆'],
  [
    RELATION.grandparent,
    '祖父 祖母 祖父母 外祖父 外祖母 外祖父母 爷爷 奶奶 外公 外婆 姥爷 姥姥 曾祖父 曾祖母 曾祖父母 配偶祖父母 祖父母或外祖父母',
  ],
  [RELATION.childInLaw, '儿媳 儿媳妇 媳妇 女婿 媳婿 儿媳或女婿 婿 媳 长媳 次媳'],
  [
    RELATION.grandchild,
    '孙子 孙女 孙子女 孙辈 外孙 外孙子 外孙女 外孙子女 曾孙 曾孙子 曾孙女 曾外孙 孙媳 孙媳妇 孙女婿 外孙媳妇 外孙女婿 孙',
  ],
  [
    RELATION.sibling,
    '兄 弟 姐 妹 哥 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 姊 兄弟姐妹 长兄 大哥 二哥 大姐 二姐 胞兄 胞弟 胞姐 胞妹',
  ],
  [
    RELATION.otherRelative,
    '嫂 嫂子 嫂嫂 弟媳 弟妹 姐夫 妹夫 伯父 伯母 叔父 叔母 叔叔 婶母 婶婶 舅父 舅母 舅舅 姨父 姨母 姑父 姑母 姑姑 堂兄 堂弟 堂姐 堂妹 表兄 表弟 表姐 表妹 ' +
      '堂兄弟 堂姐妹 表兄弟 表姐妹 侄 侄子 侄儿 侄女 外甥 外甥女 内侄 内侄女 侄媳 侄女婿 其他亲属 亲属 亲戚 其他 其它 其他关系',
  ],
  [
    RELATION.nonRelative,
    '非亲属 无亲属关系 保姆 雇工 雇员 学徒 房客 寄居 寄养 同事 同学 室友 朋友 集体户成员 家庭服务员',
  ],
]

const BY_WORD: ReadonlyMap<string, number> = new Map(
  WORDS.flatMap(([relation, words]) => words.split(' ').map((word) => [word, relation] as const)),
)

export function parseRelation(text: string, system: RelationSystem): number {
  const folded = withoutFloatTail(foldCode(text))
  if (/^\d{1,2}$/.test(folded)) return system === 'census' ? census(folded) : police(folded)
  const word = folded
    .replace(/^\d{1,2}[.、-]?/, '')
    .replace(/^之/, '')
    .replace(/\(.*\)$/, '')
  return BY_WORD.get(word) ?? BY_WORD.get(word.replace('它', '他')) ?? RELATION.unknown
}

function census(code: string): number {
  return CENSUS_CODES[Number(code)] ?? RELATION.unknown
}

function police(code: string): number {
  const number = Number(code)
  if (code.length === 1) {
    // One-digit GB/T 4761 says 1 spouse, 2 son; a two-digit 01 本人 or 02 户主 that lost its zero looks the same.
    if (number === 1 || number === 2) return RELATION.unknown
    return (
      [
        RELATION.head,
        RELATION.unknown,
        RELATION.unknown,
        RELATION.child,
        RELATION.grandchild,
        RELATION.parent,
        RELATION.grandparent,
        RELATION.sibling,
        RELATION.otherRelative,
      ][number] ?? RELATION.unknown
    )
  }
  if (number === 1 || number === 2) return RELATION.head
  if (number === 28 || number === 38) return RELATION.childInLaw
  if (number >= 53 && number <= 56) return RELATION.parentInLaw
  if (number === 99) return RELATION.nonRelative
  if (number === 72 || number === 74 || number === 76 || number === 78) return RELATION.otherRelative
  switch (Math.floor(number / 10)) {
    case 1:
      return RELATION.spouse
    case 2:
    case 3:
      return RELATION.child
    case 4:
      return RELATION.grandchild
    case 5:
      return RELATION.parent
    case 6:
      return RELATION.grandparent
    case 7:
      return RELATION.sibling
    case 8:
      return RELATION.otherRelative
    case 9:
      return number <= 97 ? RELATION.otherRelative : RELATION.unknown
    default:
      return RELATION.unknown
  }
}
