/**
 * What a written value says: dates in three styles, months, sex, ethnic group, census places.
 *
 * In:  texts as they stand in the rows. Out: numbers and codes, 0 or '' where nothing is said.
 *      Written anew for the judge: nothing here is shared with the product's own normalising.
 */

const ETHNIC_GROUPS: Readonly<Record<string, string>> = {
  汉: '01',
  蒙古: '02',
  回: '03',
  藏: '04',
  维吾尔: '05',
  苗: '06',
  彝: '07',
  壮: '08',
  满: '11',
  土家: '15',
  哈萨克: '17',
  柯尔克孜: '29',
}

/** YYYYMMDD, YYYY-MM-DD or YYYY/M/D; 0 when it is no full date. */
export function readDate(text: string): number {
  if (text.length === 8 && !text.includes('/') && !text.includes('-')) return Number(text)
  const parts = text.split(/[-/]/)
  if (parts.length !== 3) return 0
  return Number(parts[0]) * 10000 + Number(parts[1]) * 100 + Number(parts[2])
}

/** YYYYMM, YYYY-MM, YYYY-M, YYYY/M or a full date: the month. */
export function readMonth(text: string): number {
  if (/^[0-9]{6}$/.test(text)) return Number(text)
  const [, year, month] = /^([0-9]{4})[-/]([0-9]{1,2})$/.exec(text) ?? []
  if (month !== undefined) return Number(year) * 100 + Number(month)
  return Math.floor(readDate(text) / 100)
}

export function readSex(text: string): number {
  return text === '1' || text === '男' ? 1 : text === '2' || text === '女' ? 2 : 0
}

export function readEthnicGroup(text: string): string {
  if (text === '' || /^[0-9]{2}$/.test(text)) return text
  return ETHNIC_GROUPS[text.replace(/族$/, '')] ?? ''
}

/** How far `to` is from `from`: 2 same village, 3 same township, 4 same county, 5 beyond. */
export function distance(from: string, to: string): number {
  if (from === to) return 2
  if (from.slice(0, 9) === to.slice(0, 9)) return 3
  return from.slice(0, 6) === to.slice(0, 6) ? 4 : 5
}
