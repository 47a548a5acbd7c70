/**
 * Townships, villages and blocks of the made-up county, and the codes of places outside it.
 *
 * In:  the number of people and a random stream. Out: places with 12-digit codes, and how strongly
 *      each draws people to it. 513027 was abolished in 1993; births before 1994 carry 513047, and places
 *      elsewhere carry codes that were never issued, so that no number belongs to anybody.
 */
import type { Random, WeightedTable } from '../random.ts'
import type { Township, Village } from './model.ts'

export const COUNTY = '513027'
const COUNTY_NAME = '临川县'
/** The county's code in the numbers of those born before 1994; never issued. */
export const COUNTY_BEFORE_1993 = '513047'

/** 513027 was still given out in 1993, so it is used for births from 1994 on only. */
export function localArea(birth: number): string {
  return birth < 19940101 ? COUNTY_BEFORE_1993 : COUNTY
}
export const OTHER_COUNTIES =
  '513061 513062 513063 511061 511062 511063 512961 512962 511261 511262 610361 610362 420261 420262 330761 330762 330763 410561 410562 520361 520362 530161 530162 620161 360461 360462 430461 430462 450961 450962 130561 370261 654361 653161 513261 152661 513461'.split(
    ' ',
  )

const PEOPLE_PER_VILLAGE = 2100
const PEOPLE_PER_BLOCK = 250
const TOWNSHIP_FIRST = '龙清白石双金永太高大青黄红玉云东新安文凤天花柳松竹平长福兴梓'
const TOWNSHIP_SECOND = '河江山溪坪桥塘沟岭坝滩泉湾口庙场'
const VILLAGE_FIRST = '新光明胜利红旗和民主前进团结大石小河青松黄泥杨柳李家王双龙白云高坡水井五星向阳东南西北上下中长岭'
const VILLAGE_SECOND = '坝湾坪沟梁岩坡堡垭塘寨庙桥河山'

export function layOutPlaces(people: number, random: Random, surnames: WeightedTable<string>): Township[] {
  const villageCount = Math.max(9, Math.round(people / PEOPLE_PER_VILLAGE))
  const townshipCount = Math.max(3, Math.min(25, Math.round(villageCount / 9)))
  const townships = drawTownships(townshipCount, random)
  const sites = drawSites(villageCount, townships, random)
  const weights = sites.reduce((sum, site) => sum + site.weight, 0)
  const pulls = sites.reduce((sum, site) => sum + site.pull, 0)
  const names = new Set<string>()
  for (const { township, urban, weight, pull } of sites) {
    const share = { weight: weight / weights, pull: pull / pulls }
    // About two thirds of the register people are there, and the movers come on top.
    const expected = people * (0.5 * share.weight + 0.4 * share.pull)
    const blocks = Math.max(2, Math.round(expected / PEOPLE_PER_BLOCK))
    const clans = random.chance(urban ? 0.05 : 0.4)
    const number = urban ? 1 + township.villages.length : 200 + township.villages.length
    township.villages.push({
      code: township.code + String(number).padStart(3, '0'),
      name: drawPlaceName(random, VILLAGE_FIRST, VILLAGE_SECOND, urban ? '社区' : '村', names),
      township,
      urban,
      blocks,
      ...share,
      clan: clans ? surnames.draw(random) : '',
      clanShare: clans ? 0.35 + random.next() * 0.4 : 0,
      groups: random.range(4, 12),
      households: 0,
      lastNumber: Array.from({ length: blocks }, () => 0),
    })
  }
  return townships
}

/** Streets, towns and rural townships, in the ranges of numbers that each kind has; without villages yet. */
function drawTownships(count: number, random: Random): Township[] {
  const names = new Set<string>()
  const townships: Township[] = []
  let streets = 0
  let towns = 0
  let rural = 0
  for (let i = 0; i < count; i++) {
    const kind = i < Math.max(1, count * 0.16) ? '街道' : i < count * 0.7 ? '镇' : '乡'
    const number = kind === '街道' ? ++streets : kind === '镇' ? 100 + towns++ : 200 + rural++
    townships.push({
      code: COUNTY + String(number).padStart(3, '0'),
      name: drawPlaceName(random, TOWNSHIP_FIRST, TOWNSHIP_SECOND, kind, names),
      urban: kind === '街道',
      villages: [],
      writesText: random.chance(0.25),
      dateStyle: random.chance(0.7) ? 0 : random.chance(0.6) ? 1 : 2,
    })
  }
  return townships
}

/** A village to be: how many of the county live there and how many it draws, as weights. */
interface Site {
  readonly township: Township
  readonly urban: boolean
  readonly weight: number
  readonly pull: number
}

function drawSites(count: number, townships: readonly Township[], random: Random): Site[] {
  return Array.from({ length: count }, (_, i) => {
    const township = townships[i % townships.length] as Township
    const inTown = Math.floor(i / townships.length)
    const urban = township.urban || (inTown < 1 && township.name.endsWith('镇'))
    return {
      township,
      urban,
      weight: random.bell(1, 0.25),
      pull: urban ? random.bell(6, 2) : random.bell(0.35, 0.1),
    }
  })
}

function drawPlaceName(random: Random, first: string, second: string, kind: string, taken: Set<string>): string {
  for (let i = 0; ; i++) {
    const name = random.pick(first) + (i > 40 ? random.pick(first) : '') + random.pick(second) + kind
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}

/** A village code somewhere outside the county. */
export function drawCodeElsewhere(random: Random): string {
  const county = random.pick(OTHER_COUNTIES)
  const township = random.chance(0.5) ? random.range(1, 12) : random.range(100, 130)
  return county + String(township).padStart(3, '0') + String(random.range(1, 30)).padStart(3, '0')
}

/** 地址 as the register writes it. */
export function addressOf(village: Village, houseNo: number): string {
  const group = (houseNo % village.groups) + 1
  return village.urban
    ? `${COUNTY_NAME}${village.township.name}${village.name}${group}栋${houseNo}号`
    : `${COUNTY_NAME}${village.township.name}${village.name}${group}组${houseNo}号`
}
