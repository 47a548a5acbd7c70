/**
 * People whom two snapshots or one careless desk saw more than once: voters who marry and move, patients with twins and
 * fathers of the same name, an address book in Chinese with other spellings. In: seed, how many. Out: tables with truth.
 */
import type { MadeTable } from './made-table.ts'
import { COMPOUNDS, MEN, SHORT_FORMS, SHORT_STREETS, STREETS, SURNAMES, TOWNS, WOMEN } from './names.ts'
import { digits, heard, isoDate, ranked, scanned, slippedDate, typo } from './pens.ts'
import { Chance, type Row, shuffled } from './words.ts'

const two = (value: number) => String(value).padStart(2, '0')
const shortOf = (chance: Chance, name: string) => {
  const group = SHORT_FORMS.find((names) => names.includes(name))
  return group === undefined ? name : chance.pick(group)
}

/** Two snapshots four years apart: ages advance, women marry, households move, telephones change. */
export function makeVoters(seed: number, options: { people: number; stay: number; hardness: number }): MadeTable {
  const chance = new Chance(seed ^ 0x707e)
  const family = [...SURNAMES, ...shuffled(chance, COMPOUNDS)]
  const streets = shuffled(chance, [...COMPOUNDS.slice(100, 900), ...SURNAMES])
  const zipOf = new Map(TOWNS.map((town) => [town, Array.from({ length: 3 }, () => `27${digits(chance, 3)}`)]))
  const home = () => {
    const city = ranked(chance, TOWNS, 1)
    return {
      street: `${chance.between(1, 9900)} ${ranked(chance, streets, 0.4)} ${ranked(chance, STREETS, 1)}`,
      city,
      zip: chance.pick(zipOf.get(city) as string[]),
    }
  }
  const left: Row[] = []
  const right: Row[] = []
  let person = 0
  while (person < options.people) {
    let place = home()
    let phone = `919${digits(chance, 7)}`
    const surname = ranked(chance, family, 0.8)
    const moves = chance.happens(0.12 * options.hardness)
    const before = place
    const phoneBefore = phone
    if (moves) {
      place = home()
      if (chance.happens(0.6)) phone = `919${digits(chance, 7)}`
    }
    const size = chance.between(1, 4)
    for (let p = 0; p < size; p++) {
      const isMan = chance.happens(0.5)
      const first = ranked(chance, isMan ? MEN : WOMEN, 0.8)
      const middle = chance.happens(0.15) ? '' : ranked(chance, isMan ? MEN : WOMEN, 0.6)
      const last = chance.happens(0.1) ? ranked(chance, family, 0.8) : surname
      const age = Math.floor(18 + 70 * chance.next() ** 1.3)
      const marries = !isMan && chance.happens(0.06 * options.hardness)
      const seen = (isLate: boolean): Row => {
        const h = options.hardness
        const pen = (cell: string) =>
          chance.happens(0.015 * h) ? typo(chance, cell) : chance.happens(0.01 * h) ? scanned(chance, cell) : cell
        const at = isLate ? place : before
        let name = first
        if (chance.happens(0.02 * h)) name = shortOf(chance, first)
        let m = middle
        if (m !== '' && chance.happens(0.2)) m = m[0]
        else if (chance.happens(0.05 * h)) m = ''
        return {
          voter_id: `${isLate ? 'n' : 'o'}${person}`,
          first_name: pen(name),
          middle_name: pen(m),
          last_name: pen(isLate && marries ? ranked(chance, family, 0.8) : last),
          age: String(age + (isLate ? 4 : 0) + (chance.happens(0.2) ? chance.pick([-1, 1]) : 0)),
          sex: chance.happens(0.03) ? 'u' : isMan ? 'm' : 'f',
          street: chance.happens(0.15)
            ? at.street.replace(/\w+$/, (word) => SHORT_STREETS[word] ?? word)
            : pen(at.street),
          city: at.city,
          zip: pen(at.zip),
          phone: chance.happens(0.4) ? '' : pen(isLate ? phone : phoneBefore),
          cluster: String(person),
        }
      }
      const stays = chance.happens(options.stay)
      if (stays || chance.happens(0.5)) left.push(seen(false))
      if (stays || chance.happens(0.5)) right.push(seen(true))
      person++
    }
  }
  return {
    left: shuffled(chance, left),
    right: shuffled(chance, right),
    spec: {
      id: 'voter_id',
      columns: {
        first_name: 'given name',
        middle_name: 'given name',
        last_name: 'family name',
        age: 'number',
        sex: 'category',
        street: 'address',
        city: 'text',
        zip: 'code',
        phone: 'code',
      },
    },
  }
}

/** A hospital's desk: twins a letter apart, John Smith senior and junior in one house, one telephone for all. */
export function makePatients(seed: number, options: { families: number; hardness: number }): MadeTable {
  const chance = new Chance(seed ^ 0xd0c)
  const family = [...SURNAMES, ...shuffled(chance, COMPOUNDS)]
  const rows: Row[] = []
  let person = 0
  for (let n = 0; n < options.families; n++) {
    const surname = ranked(chance, family, 0.7)
    const street = `${chance.between(1, 400)} ${ranked(chance, COMPOUNDS, 0.2)} ${ranked(chance, STREETS, 1)}`
    const city = ranked(chance, TOWNS, 0.8)
    const phone = `0${digits(chance, 9)}`
    const members: { first: string; dob: string; sex: string }[] = []
    const size = chance.between(1, 5)
    for (let p = 0; p < size; p++) {
      const isMan = chance.happens(0.5)
      const year = p < 2 ? chance.between(1935, 1980) : chance.between(1980, 2018)
      const dob = `${year}${two(chance.between(1, 12))}${two(chance.between(1, 28))}`
      const first = ranked(chance, isMan ? MEN : WOMEN, 0.7)
      members.push({ first, dob, sex: isMan ? 'm' : 'f' })
      if (p >= 2 && chance.happens(0.08)) {
        const start = first.slice(0, 2)
        const twin = chance.happens(0.3)
          ? ([...MEN, ...WOMEN].find((name) => name !== first && name.startsWith(start)) ?? 'alex')
          : ranked(chance, isMan ? MEN : WOMEN, 0.7)
        members.push({ first: twin, dob, sex: isMan ? 'm' : 'f' })
      }
    }
    if (members.length > 2 && chance.happens(0.15))
      members[2] = { ...members[2], first: members[0].first, sex: members[0].sex }
    for (const { first, dob, sex } of members) {
      const visits = chance.happens(0.35) ? 1 + Math.min(Math.floor(-Math.log(1 - chance.next()) * 1.5), 6) : 1
      const ward = `1${digits(chance, 8)}`
      const hasNumber = chance.happens(0.5)
      const moved = chance.happens(0.15)
      const newStreet = `${chance.between(1, 400)} ${ranked(chance, COMPOUNDS, 0.2)} ${ranked(chance, STREETS, 1)}`
      const newCity = chance.happens(0.7) ? city : ranked(chance, TOWNS, 0.8)
      for (let v = 0; v < visits; v++) {
        const h = v === 0 ? 0.5 : options.hardness
        const pen = (cell: string) =>
          chance.happens(0.03 * h) ? typo(chance, cell) : chance.happens(0.02 * h) ? heard(chance, cell) : cell
        const gone = (share: number, cell: string) => (chance.happens(share) ? '' : cell)
        const late = moved && v > 0
        const isBaby = +dob.slice(0, 4) > 2012 && v === 0 && chance.happens(0.3)
        rows.push({
          mrn: `m${rows.length}`,
          first: isBaby
            ? `baby ${sex === 'm' ? 'boy' : 'girl'}`
            : pen(chance.happens(0.03 * h) ? shortOf(chance, first) : first),
          last: pen(sex === 'f' && v > 0 && chance.happens(0.03 * h) ? ranked(chance, family, 0.7) : surname),
          dob: gone(0.02 * h, isoDate(chance.happens(0.03 * h) ? slippedDate(chance, dob) : dob)),
          sex: gone(0.01 * h, sex),
          street: pen(late ? newStreet : street),
          city: late ? newCity : city,
          phone: gone(0.3, phone),
          ssn: hasNumber ? gone(0.3, pen(ward)) : '',
          cluster: String(person),
        })
      }
      person++
    }
  }
  return {
    left: shuffled(chance, rows),
    right: undefined,
    spec: {
      id: 'mrn',
      columns: {
        first: 'given name',
        last: 'family name',
        dob: 'date',
        sex: 'category',
        street: 'address',
        city: 'text',
        phone: 'code',
        ssn: 'code',
      },
    },
  }
}

const XING = Array.from(
  '王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常',
)
const MING = Array.from(
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文辉力健俊帆雪荣爱玉萍红娥玲芬燕彩春菊凤洁梅琳素云莲真环荣爱妹霞香月莺媛艳瑞凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝思丽志国建华东海山江河',
)
const SOUNDALIKE = [
  '伟 伪 玮 炜',
  '静 婧 靖',
  '丽 莉 利',
  '军 君 钧',
  '洋 阳 扬',
  '晓 小',
  '英 瑛',
  '明 铭',
  '华 花',
  '建 健',
  '红 洪 虹',
  '玉 钰',
  '兰 岚',
  '芬 芳',
  '婷 停',
  '国 囯',
  '艳 燕 雁',
  '辉 晖',
  '杰 捷',
  '春 椿',
]
const TRADITIONAL: Readonly<Record<string, string>> = {
  张: '張',
  刘: '劉',
  陈: '陳',
  杨: '楊',
  黄: '黃',
  赵: '趙',
  吴: '吳',
  孙: '孫',
  马: '馬',
  郑: '鄭',
  谢: '謝',
  许: '許',
  韩: '韓',
  冯: '馮',
  邓: '鄧',
  萧: '蕭',
  伟: '偉',
  丽: '麗',
  静: '靜',
  军: '軍',
  艳: '艷',
  杰: '傑',
  兰: '蘭',
  红: '紅',
  凤: '鳳',
  洁: '潔',
  国: '國',
  华: '華',
  东: '東',
}

/** Names, mobile numbers, birth dates and addresses in Chinese: other characters of one sound, traditional forms. */
export function makeChineseBook(seed: number, options: { people: number; hardness: number }): MadeTable {
  const chance = new Chance(seed ^ 0x2e)
  const roads = Array.from(
    { length: 120 },
    () => chance.pick(MING) + chance.pick(MING) + chance.pick(['路', '街', '巷', '大道']),
  )
  const rows: Row[] = []
  for (let n = 0; n < options.people; n++) {
    const name =
      ranked(chance, XING, 0.8) + ranked(chance, MING, 0.4) + (chance.happens(0.8) ? ranked(chance, MING, 0.4) : '')
    const phone = `1${chance.pick(['3', '5', '8'])}${digits(chance, 9)}`
    const dob = `${chance.between(1940, 2005)}${two(chance.between(1, 12))}${two(chance.between(1, 28))}`
    const district = chance.pick(['城关镇', '东风乡', '红旗街道', '新华镇', '清河乡', '石桥镇'])
    const address = `${district}${ranked(chance, roads, 0.5)}${chance.between(1, 200)}号${chance.happens(0.5) ? `${chance.between(1, 30)}栋${chance.between(1, 6)}${two(chance.between(1, 4))}室` : ''}`
    const sex = chance.happens(0.5) ? '男' : '女'
    const count = chance.happens(0.35) ? chance.between(2, 4) : 1
    for (let r = 0; r < count; r++) {
      const h = r === 0 ? 0.2 : options.hardness
      let written = name
      if (chance.happens(0.12 * h)) {
        const group = SOUNDALIKE.map((text) => text.split(' ')).find((letters) =>
          letters.some((letter) => written.slice(1).includes(letter)),
        )
        if (group !== undefined) {
          const letter = group.find((one) => written.slice(1).includes(one)) as string
          written = written[0] + written.slice(1).replace(letter, chance.pick(group))
        }
      }
      if (chance.happens(0.08 * h)) written = Array.from(written, (letter) => TRADITIONAL[letter] ?? letter).join('')
      if (chance.happens(0.03 * h)) written = written.slice(0, -1)
      const date = chance.happens(0.08 * h) ? slippedDate(chance, dob) : dob
      rows.push({
        编号: `p${n}-${r}`,
        姓名: chance.happens(0.01 * h) ? '不详' : written,
        性别: chance.happens(0.02 * h) ? '' : sex,
        出生日期: chance.happens(0.05 * h)
          ? ''
          : chance.happens(0.3)
            ? `${+date.slice(0, 4)}年${+date.slice(4, 6)}月${+date.slice(6)}日`
            : date,
        手机: chance.happens(0.2 * h)
          ? ''
          : chance.happens(0.1 * h)
            ? `1${digits(chance, 10)}`
            : chance.happens(0.05 * h)
              ? typo(chance, phone)
              : phone,
        地址: chance.happens(0.1 * h)
          ? ''
          : chance.happens(0.2 * h)
            ? address.replace(district, '')
            : chance.happens(0.1 * h)
              ? address.replace(/\d+号.*/, '')
              : address,
        cluster: String(n),
      })
    }
  }
  return {
    left: shuffled(chance, rows),
    right: undefined,
    spec: { id: '编号', columns: { 姓名: '姓名', 性别: '性别', 出生日期: '日期', 手机: 'phone', 地址: '地址' } },
  }
}
