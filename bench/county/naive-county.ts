/**
 * The naive version end to end: npx tsx bench/county/naive-county.ts COUNTY OUT
 *
 * In: a folder left by `bidui synth`. Out: people.csv and links.csv as the contract has them, and a line of JSON with
 * the seconds of each step. It makes no findings, database or report: it does less than bidui and is timed for less.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { REGISTERS } from '../../src/registers/columns.ts'
import { linkGreedily, type NaiveRecord, scoreCandidates } from './naive-matching.ts'

const [county, out] = process.argv.slice(2)
if (county === undefined || out === undefined) throw new Error('usage: naive-county.ts COUNTY OUT')

function readRegister(register: string): NaiveRecord[] {
  const rows = parse(readFileSync(join(county, `${register}.csv`)), { columns: true, bom: true }) as Record<
    string,
    string | undefined
  >[]
  return rows.map((row) => ({
    register,
    recordId: row.record_id ?? '',
    id: idOf(row.id_number ?? ''),
    name: (row.name ?? '').trim(),
    formerName: (row.former_name ?? '').trim(),
    sex: (row.sex ?? '').replace('男', '1').replace('女', '2'),
    birth: digitsOf(row.birth_date ?? row.birth_month ?? ''),
    area: areaOf(register, row),
    here: row.area_code ?? (row.block_code ?? '').slice(0, 12),
    address: row.address ?? '',
    motherId: idOf(row.mother_id ?? ''),
    motherName: (row.mother_name ?? '').trim(),
  }))
}

/** Where the hukou is, as far as the row tells without thinking. */
function areaOf(register: string, row: Record<string, string | undefined>): string {
  const block = (row.block_code ?? '').slice(0, 12)
  if (register === 'census') return row.hukou_place === '1' ? block : (row.hukou_area_code ?? '')
  return row.hukou_area_code ?? row.area_code ?? block
}

function idOf(text: string): string {
  const id = text.trim().toUpperCase()
  return /^\d{14}/u.test(id) && !/^(\d)\1+$/u.test(id) ? id : ''
}

/** 1945/6/26, 1945-06-26 and 194506 as digits. */
function digitsOf(text: string): string {
  const parts = text.split(/[-/.年月日]/u).filter((part) => part !== '')
  return parts.map((part) => part.padStart(2, '0')).join('')
}

const seconds: Record<string, number> = {}
function timed<T>(step: string, work: () => T): T {
  const start = performance.now()
  const result = work()
  seconds[step] = Math.round(performance.now() - start) / 1000
  return result
}

const records = timed('read', () => REGISTERS.flatMap(readRegister))
const candidates = timed('block and score', () => scoreCandidates(records))
const { personOf, links } = timed('link', () => linkGreedily(records, candidates.pairs))
timed('write', () => {
  mkdirSync(out, { recursive: true })
  const people = ['person_id,register,record_id']
  records.forEach(({ register, recordId }, row) => people.push(`N${personOf[row]},${register},${recordId}`))
  writeFileSync(join(out, 'people.csv'), `${people.join('\n')}\n`)
  const lines = ['left_register,left_record_id,right_register,right_record_id,match_weight,match_probability,decision']
  for (const { left, right, similarity } of links) {
    const [a, b] = [records[left], records[right]]
    const odds = similarity / (1 - Math.min(similarity, 0.999999))
    const figures = `${Math.log2(odds).toFixed(3)},${similarity.toFixed(6)}`
    lines.push(`${a.register},${a.recordId},${b.register},${b.recordId},${figures},link`)
  }
  writeFileSync(join(out, 'links.csv'), `${lines.join('\n')}\n`)
})
const { compared, blocksLeftOut } = candidates
process.stdout.write(
  `${JSON.stringify({ rows: records.length, compared, blocksLeftOut, links: links.length, seconds })}\n`,
)
