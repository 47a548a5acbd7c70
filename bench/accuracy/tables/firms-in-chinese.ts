/**
 * Firms and shops of a county as its market office, its tax office and its townships write them, in Chinese.
 * In: seed and how many. Out: one table, a third of the firms in it twice or more.
 *
 * A name may begin with the province's or the county's name or the township's and may leave its legal form off; an address may begin with
 * province, county or township, lack its number, or say the shop beside it. Names are two or three auspicious characters and a trade, so that
 * firms of one name stand in other townships; several stand in one building.
 */
import type { MadeTable } from './made-table.ts'
import { digits, ranked } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const LUCKY = [...'鑫宏达兴盛源泰福安顺德昌隆华瑞祥和丰茂金玉宝康健美佳乐天地人信诚义仁恒通永']
const TRADES =
  '商贸 建材 食品 餐饮 超市 药房 农资 运输 广告 装饰 五金 服装 家电 汽修 物流 养殖专业合作社 种植专业合作社'.split(' ')
const FORMS = ['有限公司', '有限责任公司', '店', '经营部', '']
const TOWNSHIPS = '城关 长滩 上桥 白岩 青溪 龙泉 双河 石板 大坪 小河 马场 新屯'.split(' ')
const ROADS = '人民 建设 解放 迎宾 滨河 文化 中山 新华 民族 环城'.split(' ')

interface Firm {
  readonly township: string
  readonly name: string
  readonly trade: string
  readonly form: string
  readonly road: string
  readonly house: number
  readonly phone: string
}

function makeFirm(chance: Chance): Firm {
  const trade = chance.pick(TRADES)
  return {
    township: ranked(chance, TOWNSHIPS, 0.6),
    name: Array.from({ length: chance.happens(0.3) ? 3 : 2 }, () => chance.pick(LUCKY)).join(''),
    trade,
    form: trade.endsWith('合作社') ? '' : chance.pick(FORMS),
    road: chance.pick(ROADS),
    house: chance.between(1, 300),
    phone: `1${chance.pick(['38', '59', '77', '86'])}${digits(chance, 8)}`,
  }
}

function nameOf(chance: Chance, { township, name, trade, form }: Firm, isCopy: boolean): string {
  const place = chance.happens(0.3) ? '贵州临川县' : chance.happens(0.3) ? '临川县' : ''
  const town = chance.happens(0.3) ? `${township}镇` : chance.happens(0.2) ? township : ''
  const written = isCopy && chance.happens(0.08) ? name.replace(chance.pick([...name]), chance.pick(LUCKY)) : name
  return `${place}${town}${written}${trade}${isCopy && chance.happens(0.3) ? '' : form}`
}

function addressOf(chance: Chance, { township, road, house }: Firm, isCopy: boolean): string {
  const place = chance.pick(['临川县', '', '贵州省临川县', '贵州省黔南州临川县'])
  const number = isCopy && chance.happens(0.1) ? '' : `${house}号`
  const shop = number !== '' && chance.happens(0.15) ? `${chance.between(1, 12)}号门面` : ''
  return `${place}${township}镇${road}路${number}${shop}`
}

export function makeFirmsInChinese(seed: number, options: { firms: number; hasPhones: boolean }): MadeTable {
  const chance = new Chance(seed ^ 0xc4f)
  const rows: Row[] = []
  for (let n = 0; n < options.firms; n++) {
    const own = makeFirm(chance)
    // Tenants of one building.
    const before = rows.length > 0 && chance.happens(0.1) ? n - 1 : undefined
    const count = 1 + (chance.happens(0.33) ? chance.between(1, 2) : 0)
    for (let r = 0; r < count; r++) {
      const row: Row = {
        id: `${n}-${r}`,
        单位名称: nameOf(chance, own, r > 0),
        地址:
          before === undefined
            ? addressOf(chance, own, r > 0)
            : (rows.find((each) => each.cluster === String(before)) as Row).地址,
        行业: chance.happens(0.2) ? '' : own.trade,
        cluster: String(n),
      }
      rows.push(options.hasPhones ? { ...row, 电话: chance.happens(0.3) ? '' : own.phone } : row)
    }
  }
  const columns = { 单位名称: 'text', 地址: 'address', 行业: 'text' }
  return {
    left: shuffled(chance, rows),
    right: undefined,
    spec: { id: 'id', columns: options.hasPhones ? { ...columns, 电话: 'code' } : columns },
  }
}
