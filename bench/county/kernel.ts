/**
 * Pairs a second of the scoring kernel beside string distances on the same pairs:
 *   npx tsx bench/county/kernel.ts COUNTY [pairs] [runs]      (COUNTY: left by `bidui synth`)
 *
 * The pairs are those that the blocking rules propose, in the order in which they do, up to an equal number a rule.
 * Results are compared before anything is timed: what the kernel calls the same name, valid number or date must be the
 * same text, and sex must agree both ways. One thread; both sides get their records ready beforehand from the same rows.
 * The kernel is that of the built program, which a run scores with, and reads ahead as a run does: `npm run build` first.
 */
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { BlockScratch, refineBuckets, refineOversizeBlocks, walkBlocks } from '../../src/blocking/blocks.ts'
import { computeKeys, KeyParts, partsOfRules } from '../../src/blocking/keys.ts'
import { DEFAULT_RULES } from '../../src/blocking/rules.ts'
import { ingestRegisters, rawRow } from '../../src/ingest/index.ts'
import { BIRTH_LEVEL, ID_LEVEL, NAME_LEVEL, SEX_LEVEL } from '../../src/matching/compare/levels.ts'
import { birthLevelOf, idLevelOf, nameLevelOf, sexLevelOf } from '../../src/matching/kernel.ts'
import { matchCounty } from '../../src/matching/match-county.ts'
import { workspaceBytes } from '../../src/matching/workspace.ts'
import { REGISTERS } from '../../src/registers/columns.ts'
import { WorkerPool } from '../../src/workers/pool.ts'
import { median } from './measured-child.ts'
import { comparePair, type NaiveRecord } from './naive-matching.ts'

/** A module of the built program, as the type of its source. */
const built = (path: string): Promise<unknown> => import(new URL(`../../dist/modules/${path}.js`, import.meta.url).href)
const { Kernel } = (await built('matching/kernel')) as typeof import('../../src/matching/kernel.ts')
const { PAIRS_AHEAD, readAhead } = (await built(
  'matching/pair-scorer',
)) as typeof import('../../src/matching/pair-scorer.ts')

const [dir, pairsWanted = '400000', runs = '5'] = process.argv.slice(2)
if (dir === undefined) throw new Error('usage: kernel.ts COUNTY [pairs] [runs]')

const pool = new WorkerPool(2)
const inputs = REGISTERS.map((register) => ({ register, path: join(dir, `${register}.csv`) }))
const { table, memory } = await ingestRegisters({ inputs, pool, extraBytes: workspaceBytes })
const { names, lines } = await matchCounty(table, memory, DEFAULT_RULES, pool)
await pool.close()

const { left, right } = proposePairs(Number(pairsWanted))
const records = new Map<number, NaiveRecord>()
for (const row of new Set([...left, ...right])) records.set(row, naiveRecord(row))
const leftRecords = Array.from(left, (row) => records.get(row)!)
const rightRecords = Array.from(right, (row) => records.get(row)!)

/** Proposed pairs, an equal number of each rule at most; a pair credited to one rule only, as blocking does it. */
function proposePairs(wanted: number) {
  const parts = new KeyParts(table, names)
  const keys = { words: new Int32Array(table.rows * DEFAULT_RULES.length), rows: table.rows }
  computeKeys(parts, partsOfRules(DEFAULT_RULES), keys, 0, table.rows)
  const buckets = refineBuckets(table.rows)
  DEFAULT_RULES.forEach((rule, r) => refineOversizeBlocks(rule, r, parts, keys, buckets))
  const scratch = new BlockScratch(table.rows)
  const most = Math.ceil(wanted / DEFAULT_RULES.length)
  const lefts: number[] = []
  const rights: number[] = []
  DEFAULT_RULES.forEach((rule, r) => {
    let taken = 0
    walkBlocks(rule, r, keys, scratch, (a, b) => {
      if (taken++ >= most || lefts.length >= wanted) return
      lefts.push(a)
      rights.push(b)
    })
  })
  return { left: Int32Array.from(lefts), right: Int32Array.from(rights) }
}

/** The row as strings, folded as far as string distances need it. */
function naiveRecord(row: number): NaiveRecord {
  const raw = rawRow(table, row)
  const c = table.columns
  const id = foldNumber(raw.id_number ?? '')
  const motherId = foldNumber(raw.mother_id ?? '')
  return {
    register: REGISTERS[table.registerOf(row)],
    recordId: raw.record_id ?? '',
    id: c.idNo[row] === 0 ? '' : id,
    name: c.name[row] === 0 ? '' : table.names.text(c.name[row]),
    formerName: '',
    sex: c.sex[row] === 0 ? '' : String(c.sex[row]),
    birth: birthText(c.birth[row]),
    area: raw.hukou_area_code ?? raw.area_code ?? '',
    here: raw.area_code ?? '',
    address: raw.address ?? '',
    motherId,
    motherName: raw.mother_name ?? '',
  }
}

function birthText(packed: number): string {
  const [year, month, day] = [packed >> 9, (packed >> 5) & 15, packed & 31]
  const two = (n: number): string => (n === 0 ? '' : String(n).padStart(2, '0'))
  return packed === 0 ? '' : `${year}${two(month)}${two(day)}`
}

/** Widths, spaces and strokes are no part of a number. */
function foldNumber(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/gu, '')
}

/** Widths, blanks and the many middle dots are no part of a name. */
function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s\p{P}\p{S}]/gu, '')
    .toUpperCase()
}

const kernel = new Kernel(table, names, lines)
const levenshtein = createRequire(import.meta.url)('fast-levenshtein') as { get(a: string, b: string): number }

/** Throws unless both sides say the same about every pair where they speak of the same thing. */
function verify(): string {
  let equalNames = 0
  let equalNumbers = 0
  let equalBirths = 0
  // Equal texts that prove nothing: no name yet (待取名), a character that is lost (李□).
  let otherNames = 0
  const must = (is: boolean, what: string, k: number): void => {
    if (!is) throw new Error(`pair ${k}: kernel and strings disagree about the ${what}`)
  }
  for (let k = 0; k < left.length; k++) {
    const a = leftRecords[k]
    const b = rightRecords[k]
    const pattern = kernel.compare(left[k], right[k])
    if (pattern !== kernel.compare(right[k], left[k])) throw new Error(`pair ${k}: the kernel is not symmetric`)
    const sex = sexLevelOf(pattern)
    const expectedSex =
      a.sex === '' || b.sex === '' ? SEX_LEVEL.missing : a.sex === b.sex ? SEX_LEVEL.equal : SEX_LEVEL.different
    must(sex === expectedSex, 'sex', k)
    const name = nameLevelOf(pattern)
    if (name === NAME_LEVEL.exact) {
      equalNames++
      must(foldName(a.name) === foldName(b.name), 'name', k)
    } else if (a.name !== '' && a.name === b.name) otherNames++
    if (idLevelOf(pattern) === ID_LEVEL.sameValid) {
      equalNumbers++
      // 15-digit numbers were upgraded while reading: only whole numbers can be compared as text.
      if (a.id.length === 18 && b.id.length === 18) must(levenshtein.get(a.id, b.id) === 0, 'number', k)
    }
    if (birthLevelOf(pattern) === BIRTH_LEVEL.dateEqual) {
      equalBirths++
      must(a.birth === b.birth, 'birth', k)
    }
  }
  if (equalNames === 0 || equalNumbers === 0 || equalBirths === 0) throw new Error('nothing was compared')
  if (otherNames > equalNames / 100)
    throw new Error(`${otherNames} pairs have equal names that the kernel does not see`)
  return `${left.length} pairs, of them ${equalNames} with the same name, ${equalNumbers} the same number, ${equalBirths} the same date: both agree`
}

let sink = 0
function scoreWithKernel(): void {
  let mix = 0
  for (let from = 0; from < left.length; from += PAIRS_AHEAD) {
    const to = Math.min(left.length, from + PAIRS_AHEAD)
    mix ^= readAhead(lines, names.compared, left, right, from, to)
    for (let k = from; k < to; k++) mix = (mix + kernel.compare(left[k], right[k])) | 0
  }
  sink ^= mix
}
function scoreWithStrings(): void {
  let sum = 0
  for (let k = 0; k < leftRecords.length; k++) sum += comparePair(leftRecords[k], rightRecords[k])
  sink ^= sum | 0
}

/** Pairs a second, by CPU time: other work on the machine does not count. */
function rate(score: () => void, repeat: number): readonly number[] {
  for (let warm = 0; warm < 2; warm++) score()
  return Array.from({ length: Number(runs) }, () => {
    const before = process.cpuUsage()
    for (let k = 0; k < repeat; k++) score()
    const used = process.cpuUsage(before)
    return (left.length * repeat) / ((used.user + used.system) / 1e6)
  })
}

const verdict = verify()
const ours = rate(scoreWithKernel, 10)
const theirs = rate(scoreWithStrings, 1)
const show = (name: string, rates: readonly number[]): string => {
  const millions = (value: number): string => (value / 1e6).toFixed(2)
  return `${name}: ${millions(median(rates))} M pairs/s [${millions(Math.min(...rates))}..${millions(Math.max(...rates))}]`
}
process.stdout.write(
  [
    `${table.rows} rows, Node ${process.version}, ${cpus()[0]?.model.trim() ?? '?'}, one thread, CPU time, ${runs} runs`,
    verdict,
    show('kernel', ours),
    show('strings', theirs),
    `ratio ${(median(ours) / median(theirs)).toFixed(1)}×`,
    '',
  ].join('\n'),
)
// The sums are looked at, so that no compiler may leave the work out.
if (Number.isNaN(sink)) throw new Error('the sums are not numbers')
