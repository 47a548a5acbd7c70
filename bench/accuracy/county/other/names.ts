/**
 * Names of the other county: stocks of a southern province, generation characters, dotted names; and how clerks get
 * them wrong. Deliberately not the lists of src/synth.
 */
import type { Draw } from './draw.ts'

const SURNAMES = Array.from(
  '刘谭陈李罗黄王周张曾邓彭杨何朱欧吴贺颜夏谢蔡丁龙文易尹胡肖汤廖邱段洪唐曹余单解仇区查华覃翟缪冼阳向田石侯戴郭宁旷匡晏皮洋付闫傅萧肖章程成伍武徐许柳黎厉邹于俞鱼阎严增冉再候代裴斐祁祈岑芩',
)
const COMPOUND = ['欧阳', '上官', '司徒', '令狐', '诸葛']
const GENERATION = Array.from('传家声远宗祖德光昭世泽长继承绍先志开来永吉昌文章华国诗礼传芳忠孝仁义')
const MALE = Array.from('军勇建平斌辉峰林涛波刚鹏飞杰浩宇轩豪俊毅松柏生财贵发根苟牛春秋湘衡湖海洋龙虎彪武亮明清良全')
const FEMALE = Array.from('英秀兰芳梅玲艳霞红燕娟丽萍桂香莲菊花珍凤姣娥元翠月云满桃冬清慧敏婷欣怡雨涵思梓诗琪瑶佳')
const PLAIN_MALE = [
  '建国',
  '志强',
  '小平',
  '国庆',
  '解放',
  '新华',
  '卫东',
  '子轩',
  '浩然',
  '宇航',
  '俊杰',
  '梓豪',
  '伟',
  '勇',
  '军',
  '强',
  '磊',
  '涛',
  '超',
  '斌',
]
const PLAIN_FEMALE = [
  '秀英',
  '桂兰',
  '冬梅',
  '春香',
  '小红',
  '丽娟',
  '子涵',
  '梓萱',
  '欣怡',
  '诗涵',
  '芳',
  '娟',
  '静',
  '敏',
  '丽',
  '艳',
  '霞',
  '燕',
  '婷',
  '慧',
]
const TOKENS_MALE = [
  '买买提',
  '阿不都',
  '艾合买提',
  '吐尔逊',
  '玉素甫',
  '阿卜力孜',
  '木沙',
  '肉孜',
  '依明',
  '司马义',
  '库尔班',
  '热合曼',
  '艾尔肯',
  '卡德尔',
  '亚森',
  '沙吾提',
  '提力瓦地',
  '铁木尔',
  '赛买提',
  '努尔麦麦提',
]
const TOKENS_FEMALE = [
  '古丽',
  '阿依古丽',
  '帕提古丽',
  '热依汗',
  '布海其汗',
  '祖丽皮亚',
  '米热古丽',
  '努尔古丽',
  '阿依先木',
  '汗克孜',
  '茹仙古丽',
  '齐曼古丽',
  '早热古丽',
  '迪丽努尔',
  '再吐娜',
]
const RESPELLED: readonly (readonly [string, string])[] = [
  ['买买提', '麦麦提'],
  ['阿不都', '阿卜都'],
  ['肉孜', '若孜'],
  ['吐尔逊', '图尔荪'],
  ['依明', '伊敏'],
  ['艾尔肯', '阿尔肯'],
  ['古丽', '姑丽'],
  ['提', '铁'],
  ['尔', '儿'],
]

/** Characters that are taken for one another, by ear and by eye. */
const BY_EAR = [
  '军君均钧',
  '平萍苹',
  '丽莉利俐',
  '英瑛',
  '兰岚蓝',
  '玲铃灵',
  '燕艳雁',
  '红虹洪宏鸿',
  '辉晖',
  '文雯闻',
  '志治致',
  '建健',
  '伟玮炜',
  '林琳霖',
  '志智',
  '国果',
  '秀绣',
  '芳方',
  '香湘',
  '霞遐',
  '娟鹃',
  '娥峨',
  '轩萱宣',
  '浩皓昊',
  '宇雨羽',
  '佳嘉加',
  '怡宜仪',
  '欣新心',
  '涵晗函',
  '子紫',
  '梓籽',
  '诗施',
  '章张',
  '成程陈',
  '曾增',
  '付傅',
  '肖萧',
  '闫阎严',
  '余于俞',
  '许徐',
  '彭鹏',
  '刘柳',
  '明铭鸣',
  '春椿',
  '贵桂',
  '生升声',
  '发法',
  '杰洁',
  '峰锋丰枫',
  '光广',
  '清青卿',
]
const BY_EYE = [
  '未末',
  '大太',
  '王玉',
  '土士',
  '干于',
  '日曰',
  '己已',
  '候侯',
  '冉再',
  '崔催',
  '邱丘',
  '妹妺',
  '娟涓',
  '郎朗',
  '延廷',
  '晴睛',
  '辛幸',
  '拆折',
  '莱菜',
  '宣宜',
  '治冶',
  '科料',
  '荣莹',
  '芬芳',
  '昊吴',
  '彬杉',
  '享亨',
  '茂茨',
  '凤风',
]
const BY_TONGUE = [
  '林灵玲',
  '兰南',
  '李里你',
  '刘牛',
  '芝之枝知姿',
  '春村',
  '胜森深',
  '金京',
  '心兴',
  '飞辉',
  '黄王汪',
  '云荣',
  '湘香',
]
const TRADITIONAL = [
  '国國',
  '华華',
  '兰蘭',
  '刘劉',
  '陈陳',
  '张張',
  '凤鳳',
  '云雲',
  '丽麗',
  '杰傑',
  '峰峯',
  '伟偉',
  '红紅',
  '贵貴',
  '谭譚',
  '罗羅',
  '黄黃',
  '邓鄧',
  '颜顏',
  '谢謝',
  '龙龍',
  '桂桂',
]

export interface NamedFamily {
  readonly surname: string
  /** Generation character of the children, if the clan has one. */
  readonly generation: string
}

export function drawSurname(draw: Draw): string {
  return draw.chance(0.006) ? draw.of(COMPOUND) : draw.zipf(SURNAMES, 6)
}

export function drawGeneration(draw: Draw): string {
  return draw.chance(0.55) ? draw.of(GENERATION) : ''
}

export function drawName(draw: Draw, family: NamedFamily, isMale: boolean): string {
  const one = isMale ? MALE : FEMALE
  if (family.generation !== '' && draw.chance(isMale ? 0.8 : 0.45))
    return family.surname + family.generation + draw.zipf(one, 12)
  const roll = draw.unit()
  if (roll < 0.3) return family.surname + draw.zipf(isMale ? PLAIN_MALE : PLAIN_FEMALE, 4)
  if (roll < 0.45) return family.surname + draw.zipf(one, 6)
  const a = draw.zipf(one, 10)
  return family.surname + a + (draw.chance(0.08) ? a : draw.zipf(one, 10))
}

export function drawDotted(draw: Draw, father: string, isMale: boolean): string {
  const own = draw.zipf(isMale ? TOKENS_MALE : TOKENS_FEMALE, 5)
  const fathers = father === '' ? draw.zipf(TOKENS_MALE, 5) : father.split('·')[0]
  return `${own}·${fathers}`
}

function otherOf(draw: Draw, groups: readonly string[], c: string): string {
  const group = groups.filter((g) => g.includes(c))
  if (group.length === 0) return ''
  const others = Array.from(draw.of(group)).filter((o) => o !== c)
  return others.length === 0 ? '' : draw.of(others)
}

function replaced(draw: Draw, name: string, groups: readonly string[]): string {
  const letters = Array.from(name)
  const at = letters.map((_, i) => i).filter((i) => otherOf(draw, groups, letters[i]) !== '')
  if (at.length === 0) return ''
  const i = draw.of(at)
  letters[i] = otherOf(draw, groups, letters[i])
  return letters.join('')
}

/** One slip of a clerk; never the same text again. */
export function slipName(draw: Draw, name: string): string {
  for (let i = 0; i < 8; i++) {
    const slip = name.includes('·') ? slipDotted(draw, name) : slipHan(draw, name)
    if (slip !== '' && slip !== name) return slip
  }
  return name
}

function slipDotted(draw: Draw, name: string): string {
  const tokens = name.split('·')
  switch (draw.weighed([40, 14, 12, 8, 8, 8])) {
    case 0: {
      const [from, to] = draw.of(RESPELLED)
      return name.includes(from) ? name.replace(from, to) : name.replace(to, from)
    }
    case 1:
      return tokens[0]
    case 2:
      return name.replace('·', draw.of(['.', ' ', '•', '', '-']))
    case 3:
      return tokens.toReversed().join('·')
    case 4:
      return name.slice(0, Math.max(3, name.length - draw.from(1, 2)))
    default:
      return name.replace(draw.of(Array.from(tokens[0])), '')
  }
}

function slipHan(draw: Draw, name: string): string {
  const letters = Array.from(name)
  const given = draw.from(1, letters.length - 1)
  switch (draw.weighed([34, 14, 12, 8, 6, 8, 5, 3, 4, 3])) {
    case 0:
      return replaced(draw, name, BY_EAR)
    case 1:
      return replaced(draw, name, BY_EYE)
    case 2:
      return replaced(draw, name, BY_TONGUE)
    case 3:
      return replaced(draw, name, TRADITIONAL)
    case 4:
      return letters.length >= 3 ? letters.filter((_, i) => i !== given).join('') : ''
    case 5:
      letters[given] = draw.of([...MALE, ...FEMALE])
      return letters.join('')
    case 6:
      if (letters.length < 3) return ''
      return [...letters.slice(0, -2), letters[letters.length - 1], letters[letters.length - 2]].join('')
    case 7:
      letters[given] = draw.of(['?', '□', '\uE2B5', '*', '�'])
      return letters.join('')
    case 8:
      return draw.chance(0.5)
        ? `小${letters[letters.length - 1]}`
        : `${letters[0]}${draw.of(['妹', '伢', '满', '毛'])}${draw.of(['仔', '毛', '子'])}`
    default:
      return `${draw.zipf(SURNAMES)}${letters.slice(1).join('')}`
  }
}

/** What stands for a child not yet named. */
export function unnamed(draw: Draw, mother: string): string {
  return draw.of([
    '',
    '未取名',
    '无名',
    `${mother}之子`,
    `${mother}之女`,
    '宝宝',
    `${Array.from(mother)[0]}毛毛`,
    '未取',
  ])
}
