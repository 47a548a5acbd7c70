/**
 * Names of townships (街道, 镇, 乡, 苏木), read from addresses: no register has a column for them.
 *
 * In:  addresses as written, by the nine-digit code of the township their row belongs to. Out: a name for each code whose
 *      addresses agree on one. An address may name no township, or another one (a row under a wrong code), so the name
 *      is what most of those that name any say; where they do not agree, or two townships of one county would
 *      bear one name, there is none: a wrong name on a list is worse than a code.
 */
import { foldCell } from './cell-text.ts'

/** Province, city, county at the head; each may be missing. A city's name holds no county and the other way round. */
const ABOVE =
  /^(?:[^省]{2,3}省|[^区县市]{2,6}自治区)?(?:[^省市县区旗]{2,10}(?:市|自治州|地区|盟)(?!区))?(?:[^省市县区旗](?:[^省市县区旗镇乡道]|[镇乡道](?=[县区市旗])){0,9}(?:县|区|市|旗)(?![县区]))?/u
/** 古镇镇 and 东乡街道 are named after a 镇 and a 乡. */
const TOWNSHIP = /^[^\d省县组号栋]{1,9}?(?:街道|镇|乡|苏木)(?!街道|镇|乡|苏木)/u
/** What several townships of a county begin with alike, up to the end of a county's name, is the county. */
const COUNTY_LEFT = /^.{1,6}?[市县区旗](?![县区])(?=.{2})/u

/** Fewer addresses than these prove nothing. */
const LEAST = 3
/** Of the addresses that name any township. */
const SHARE = 0.6

/** 临川县白坝街道家塘社区1栋 → 白坝街道; '' where none is named. */
export function townshipInAddress(address: string): string {
  const rest = foldCell(address).replace(ABOVE, '')
  return TOWNSHIP.exec(rest)?.[0] ?? ''
}

/** What an address says below the township; all that is below the county where it names none. */
export function afterTownship(folded: string): string {
  const rest = folded.replace(ABOVE, '')
  return rest.slice(TOWNSHIP.exec(rest)?.[0].length ?? 0)
}

/** @param addresses by nine-digit code */
export function nameTownships(addresses: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return agreedNames(addresses, townshipInAddress, 6, cutCounties)
}

/**
 * The name that most addresses of a code say, of those that say any.
 * @param above digits of the code within which a name has one bearer
 */
export function agreedNames(
  addresses: ReadonlyMap<string, readonly string[]>,
  nameIn: (address: string) => string,
  above: number,
  correct: (names: Map<string, string>) => void = () => undefined,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const [code, own] of addresses) {
    const name = mostNamed(own.map(nameIn))
    if (name !== '') names.set(code, name)
  }
  correct(names)
  const bearers = new Map<string, number>()
  const keyOf = (code: string, name: string) => `${code.slice(0, above)} ${name}`
  for (const [code, name] of names) bearers.set(keyOf(code, name), (bearers.get(keyOf(code, name)) ?? 0) + 1)
  return new Map([...names].filter(([code, name]) => bearers.get(keyOf(code, name)) === 1))
}

function mostNamed(said: readonly string[]): string {
  const counts = new Map<string, number>()
  let naming = 0
  for (const name of said) {
    if (name === '') continue
    naming++
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  for (const [name, count] of counts) if (count >= LEAST && count >= SHARE * naming) return name
  return ''
}

/** 沙市区 looks like a city to whoever reads one address; it stands before every township of the county. */
function cutCounties(names: Map<string, string>): void {
  const heads = new Map<string, string[]>()
  for (const [code, name] of names) {
    const head = COUNTY_LEFT.exec(name)?.[0]
    if (head === undefined) continue
    const key = `${code.slice(0, 6)} ${head}`
    const codes = heads.get(key)
    if (codes === undefined) heads.set(key, [code])
    else codes.push(code)
  }
  for (const [key, codes] of heads) {
    if (codes.length < 2) continue
    for (const code of codes) names.set(code, (names.get(code) ?? '').slice(key.length - 7))
  }
}
