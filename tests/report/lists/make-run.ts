/**
 * A run directory made by hand for tests: invented people of the county 513027 (abolished 1993, births after it).
 *
 * In:  sizes. Out: a directory with run.sqlite as `bidui run` leaves it. The same sizes give the same run.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { RUN_INDICES, RUN_SCHEMA, RUN_SCHEMA_VERSION } from '../../../src/store/schema.ts'
import { insertSources, packRow } from '../../../src/store/source-columns.ts'
import { everyRegister } from '../../support/sources.ts'

interface MadeRecord {
  readonly key: string
  readonly person: string
  readonly household: string
  readonly area: string
  readonly block?: string
  readonly raw: Readonly<Record<string, string>>
  /** Fingerprint of the compared fields; one for all where nothing depends on it. */
  readonly print?: string
}

interface MadeFinding {
  readonly id: string
  readonly code: string
  readonly severity?: string
  readonly lineage?: string
  readonly certainty?: string
  readonly person?: string
  readonly area: string
  readonly detail?: string
  readonly records: readonly string[]
}

export interface MadeRun {
  readonly records: readonly MadeRecord[]
  readonly findings: readonly MadeFinding[]
  readonly settings?: Readonly<Record<string, string>>
}

export function writeRun(directory: string, run: MadeRun): string {
  mkdirSync(directory, { recursive: true })
  const database = new Database(join(directory, 'run.sqlite'))
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  database.pragma(`user_version = ${RUN_SCHEMA_VERSION}`)
  database.exec(RUN_SCHEMA)
  const record = database.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const finding = database.prepare('INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const named = database.prepare('INSERT INTO finding_record VALUES (?, ?, ?)')
  const household = database.prepare('INSERT OR IGNORE INTO household VALUES (?, ?, ?, ?, ?, ?)')
  const sources = everyRegister()
  insertSources(database, sources)
  const sourceOf = (register: string) => sources.find((line) => line.register === register)!
  database.transaction(() => {
    for (const r of run.records) {
      const [register, id] = r.key.split(':')
      record.run(
        r.key,
        register,
        id,
        r.person,
        r.household,
        r.area,
        r.block ?? '',
        packRow(sourceOf(register), r.raw),
        r.print ?? 'f',
      )
      if (r.household !== '')
        household.run(r.household, register, r.area, r.block ?? '', r.raw['household_no'] ?? '', 1)
    }
    for (const f of run.findings) {
      finding.run(
        f.id,
        f.code,
        f.severity ?? 'S1',
        f.lineage ?? 'cen',
        f.certainty ?? 'certain',
        f.person ?? 'P1',
        f.area,
        f.detail ?? '现住与外出并报。',
      )
      f.records.forEach((key, position) => named.run(f.id, position, key))
    }
    const setting = database.prepare('INSERT INTO run VALUES (?, ?)')
    for (const [key, value] of Object.entries(run.settings ?? {})) setting.run(key, value)
  })()
  database.exec(RUN_INDICES)
  database.close()
  return directory
}

const CHECKS = '10X98765432'
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A valid number of an abolished county, never issued to anybody born after 1993. */
export function inventedNumber(n: number, birth = '19990101'): string {
  const body = `513027${birth}${String(n % 1000).padStart(3, '0')}`
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(body[i]) * WEIGHTS[i]
  return body + CHECKS[sum % 11]
}

const SURNAMES = ['王', '李', '张', '刘', '陈', '欧阳']
const GIVEN = ['大明', '小红', '建国', '秀英', '伟', '子涵']
const CODES = [
  'present-twice',
  'missing-at-residence',
  'main-item-error',
  'missing-everywhere',
  'double-hukou',
  'id-missing',
]

export interface RunSize {
  readonly townships: number
  readonly blocksPerTownship: number
  readonly findingsPerBlock: number
}

const TOWNSHIPS = ['长滩镇', '清桥镇', '平桥乡']

/** A county of that size: a police row, a present row elsewhere and a finding for each person. */
export function invented(size: RunSize): MadeRun {
  const records: MadeRecord[] = []
  const findings: MadeFinding[] = []
  let n = 0
  for (let t = 0; t < size.townships; t++)
    for (let b = 0; b < size.blocksPerTownship; b++) {
      const area = `513027${String(100 + t).padStart(3, '0')}${String(1 + (b >> 2)).padStart(3, '0')}`
      const block = `${area}${String(1 + (b & 3)).padStart(3, '0')}`
      for (let f = 0; f < size.findingsPerBlock; f++) {
        n++
        const person = `P${n}`
        const name = SURNAMES[n % SURNAMES.length] + GIVEN[(n * 7) % GIVEN.length]
        const month = String(1 + (n % 12)).padStart(2, '0')
        const birth = `${1994 + (n % 25)}${month}${String(1 + (n % 28)).padStart(2, '0')}`
        const id = inventedNumber(n, birth)
        const sex = Number(id[16]) % 2 === 1 ? '1' : '2'
        const code = CODES[n % CODES.length]
        const police: MadeRecord = {
          key: `police:A${n}`,
          person,
          household: `hp${n >> 2}`,
          area,
          raw: {
            id_number: id,
            name,
            sex,
            birth_date: birth,
            household_no: String(70_000 + (n >> 2)),
            relation: n % 4 === 0 ? '02' : '20',
            address: `${TOWNSHIPS[t % TOWNSHIPS.length]}东垭社区${n}号`,
            status: '0',
          },
        }
        const census: MadeRecord = {
          key: `census:C${n}`,
          person,
          household: `hc${n >> 2}`,
          area,
          block,
          raw: {
            id_number: id,
            name: n % 5 === 0 ? `${name}明` : name,
            sex,
            birth_month: birth.slice(0, 6),
            household_no: String((n >> 2) % 90).padStart(3, '0'),
            relation: n % 4 === 0 ? '0' : '2',
            residence: n % 3 === 0 ? '4' : '1',
            hukou_place: '1',
            away_duration: n % 3 === 0 ? '4' : '',
            address: `${TOWNSHIPS[t % TOWNSHIPS.length]}东垭社区${n}号`,
          },
        }
        records.push(police, census)
        const adm = code === 'double-hukou'
        findings.push({
          id: `F${String(n).padStart(13, '0')}`,
          code,
          severity: code === 'main-item-error' || code === 'id-missing' ? 'S3' : adm ? 'S2' : 'S1',
          lineage: adm ? 'adm' : 'cen',
          certainty: n % 11 === 0 ? 'probable' : 'certain',
          person,
          area,
          detail: `${area}的登记与${block}的登记需要核实。`,
          records: adm || code === 'missing-everywhere' ? [police.key] : [police.key, census.key],
        })
      }
    }
  return { records, findings, settings: { purpose: '人口普查比对复查', authorisation: '普查办〔2020〕7号' } }
}
